"""The pages of the website, as tools/website.py writes them; Sphinx is not needed, except where it is asked for."""

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_output

from tools import source, styles, website
from utils.course import course, lesson_of
from utils.ladder import ladder
from utils.predictions import Prediction
from utils.quiz import FRAMEWORKS, Option, Quiz, read_quiz

COURSE = Path(__file__).resolve().parent.parent
SOURCES = sorted((COURSE / "lessons").glob("[0-9][0-9]_*.md"))
PNG = "iVBORw0KGgo="


def cell(text, framework=None, kind="code", tags=(), quiz=None):
    return source.Cell(kind, text, frozenset({*tags, *([framework] if framework else [])}), line=2, quiz=quiz or {})


def lesson(*cells, outputs=None, name="99_made_up"):
    cells = (cell("# A title: with more", kind="markdown"), *cells)
    outputs = outputs or [{f: [] for f in FRAMEWORKS} for _ in cells[1:]]
    return website.Lesson(name, list(cells), [{}, *outputs], tuple(FRAMEWORKS))


def stream(text):
    return new_output("stream", text=text)


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.stem)
def real(request):
    return website.read(request.param)


def test_twins_become_one_row_and_shared_code_stands_once():
    text = website.page(lesson(cell("shared()"), cell("torch()", "pytorch"), cell("tf()", "tensorflow")))
    assert text.count("shared()") == text.count("torch()") == text.count("tf()") == 1
    assert text.index("{div} pair with-tabs") < text.index("{div} only pytorch") < text.index("torch()")
    assert text.count("{div} row-of-two") == 1
    assert text.index("shared()") < text.index("{div} pair")


def test_prose_of_both_has_no_tabs_and_names_its_framework():
    two = [cell("In {{framework}}, not {{other}}.", framework, "markdown") for framework in FRAMEWORKS]
    text = website.page(lesson(*two))
    assert "with-tabs" not in text
    assert "In PyTorch, not TensorFlow." in text
    assert "In TensorFlow, not PyTorch." in text


def test_shared_prose_has_both_names_and_a_heading_none():
    text = website.page(lesson(cell("## The same in {{other}}\n\nNot in {{other}}.", kind="markdown")))
    assert "## The same in the other framework" in text
    slash = "<span class=slash> / </span>"  # in the text, so that a search does not show PyTorchTensorFlow
    assert f'<span class="name pytorch">TensorFlow</span>{slash}<span class="name tensorflow">PyTorch</span>' in text


def test_equal_outputs_stand_once_and_different_ones_twice():
    same = {f: [stream("loss 0.25\n")] for f in FRAMEWORKS}
    different = {"pytorch": [stream("torch.float32\n")], "tensorflow": [stream("tf.float32\n")]}
    text = website.page(lesson(cell("a"), cell("b"), outputs=[same, different]))
    assert text.count("loss 0.25") == 1
    assert text.index("{div} row-of-two named") < text.index("{div} only pytorch") < text.index("torch.float32")
    assert text.index("torch.float32") < text.index("{div} only tensorflow") < text.index("tf.float32")


def test_a_block_has_more_colons_than_any_within_it(real):
    inner = website.fence("div", "inner", "text")
    assert website.fence("div", "outer", f"{inner}\n\n{inner}").startswith("::::{div} outer\n:::{div} inner")
    depths = []
    for line in re.sub(r"^(`{3,}).*?^\1", "", website.page(real), flags=re.MULTILINE | re.DOTALL).split("\n"):
        colons = len(re.match(r":*", line)[0])
        if colons > 2 and "{" in line:
            assert not depths or depths[-1] > colons
            depths.append(colons)
        elif colons > 2:
            assert depths.pop() == colons
    assert depths == []


def test_what_the_text_asks_to_guess_opens_on_request_with_the_paragraph_that_tells_it():
    asked = cell("A table.\n\nBefore you run it: which shape?", kind="markdown")
    outputs = [{f: [stream(text)] for f in FRAMEWORKS} for text in ("(3,)\n", "(4,)\n")]
    text = website.page(
        lesson(
            asked,
            cell("table.shape"),
            cell("It is (3,).\n\nMore of it.", kind="markdown"),
            cell("other.shape"),
            outputs=[{}, outputs[0], {}, outputs[1]],
        )
    )
    assert text.index("table.shape") < text.index(":class-container: answer guess-2") < text.index("(3,)\n")
    assert text.index("{div} told guess-2\nIt is (3,).\n:::") < text.index("More of it.")
    assert text.count("{dropdown}") == 1  # the next cell's output is open


def test_a_prediction_is_told_with_the_output_and_nothing_is_typed():
    prediction = Prediction("total", "number", (), 4.0, "It is 1 + `3`.")
    asked = cell("**Before you run it: `total`.** What is it?", kind="markdown")
    asked.prediction.update(dict.fromkeys(FRAMEWORKS, prediction))
    typed, revealed = cell('predict("total", ...)  # a number'), cell('reveal("total")')
    outputs = [{}, {f: [] for f in FRAMEWORKS}, {f: [stream("4\n")] for f in FRAMEWORKS}]
    outputs.append({f: [stream("○ total: it is 4.\n")] for f in FRAMEWORKS})
    text = website.page(lesson(asked, typed, cell("print(1 + 3)"), revealed, outputs=outputs))
    assert "**Before you run it.** What is it?" in text
    assert (
        text.index("print(1 + 3)") < text.index(":class-container: answer guess-2") < text.index("{div} told guess-2")
    )
    assert "<p>It is 4. It is 1 + <code>3</code>.</p>" in text
    assert not re.search(r"predict\(|reveal\(|○", text)
    held = json.loads(website.html.unescape(re.search(r"data-prediction='(.*?)'", text)[1]))
    assert (held["guess"], held["kind"], held["right"], held["shown"]) == ("guess-2", "number", 4.0, "4")
    assert text.count("<form") == 1  # both notebooks ask the same


def test_the_lines_that_only_draw_are_folded():
    drawing = 'figure, axes = plt.subplots()\nfor x in y:\n    axes.plot(x)\nplotting.show("It falls.")'
    assert website.split_drawing(drawing) == ("", drawing)
    assert website.split_drawing(f"fit = train()\n\n# Its curve\n{drawing}") == (
        "fit = train()",
        f"# Its curve\n{drawing}",
    )
    assert website.split_drawing(f"{drawing}\nprint(x)") == (f"{drawing}\nprint(x)", "")
    for plain in ("x = 1\nplt.plot(x)\nplotting.show(x)", "def draw():\n    plt.plot()", "!pip list"):
        assert website.split_drawing(plain) == (plain, "")
    text = website.page(lesson(cell(f"fit = train()\n{drawing}")))
    assert text.index("fit = train()") < text.index("{dropdown} The code of this figure") < text.index("plt.subplots")


def test_what_is_said_to_whoever_types_into_a_notebook_is_left_out(real):
    text = website.page(real)
    assert not re.search(r"Put (your|the letter)|`check\(\"quiz|After this notebook|end of this notebook", text)


def test_a_figure_has_its_size_and_its_description():
    metadata = {"image/png": {"alt": 'The loss "falls" below 1 < 2.', "width": 600, "height": 380}}
    output = new_output("display_data", data={"image/png": PNG, "text/plain": "x"}, metadata=metadata)
    made = lesson(cell("show()"), outputs=[{f: [output] for f in FRAMEWORKS}])
    text = website.page(made)
    assert 'alt="The loss &quot;falls&quot; below 1 &lt; 2." width="600" height="380" loading="lazy"' in text
    assert list(made.figures.values()) == [b"\x89PNG\r\n\x1a\n"]


def test_colours_of_a_terminal_are_left_out():
    assert "\x1b" not in website.literal("\x1b[31mred\x1b[0m")
    assert website.literal("  \n") == ""


def test_links_lead_to_pages_files_and_other_sites():
    assert website.relink("[x](pytorch/01_tensors.ipynb)", "") == '<a href="01_tensors.html?framework=pytorch">x</a>'
    assert website.relink("[x](../00_start_here.ipynb)", "pytorch") == '<a href="00_start_here.html">x</a>'
    assert website.relink("[x](../../data/README.md)", "pytorch") == f"[x]({source.address()}/blob/main/data/README.md)"
    assert website.relink("[x](https://pytorch.org)", "pytorch") == "[x](https://pytorch.org)"


def test_a_link_to_nothing_stops_the_build():
    with pytest.raises(website.SiteError, match="no_such"):
        website.relink("[x](no_such.ipynb)", "pytorch")


def test_a_notebook_older_than_its_text_stops_the_build(tmp_path):
    path = tmp_path / SOURCES[-1].name
    path.write_text(SOURCES[-1].read_text(encoding="utf-8") + "\n\nOne more sentence.\n", encoding="utf-8")
    with pytest.raises(website.SiteError, match="older than its text"):
        website.read(path)


def test_a_sentence_of_a_task_is_shown_as_it_is():
    assert website.inline("call super().__init__() if a < b: `x[0]`") == (
        "call super().__init__() if a &lt; b: <code>x[0]</code>"
    )


def test_every_cell_and_output_of_a_lesson_is_on_its_page(real):
    text = website.page(real)
    for own, outputs in zip(real.cells, real.outputs, strict=True):
        if own.source.startswith(("progress()", 'check("quiz', "predict(", "reveal(")):
            continue
        if "task" in own.tags:
            assert own.source.partition("\ncheck(")[0].rstrip() in text
            continue
        if own.kind == "code":
            assert all(part in text for part in website.split_drawing(own.source))
        for output in (output for found in outputs.values() for output in found):
            if "image/png" in output.get("data", {}):
                assert website.html.escape(output.metadata["image/png"]["alt"]) in text
            elif "<overfitting-playground>" not in output.get("data", {}).get("text/html", ""):
                assert website.plain(output).rstrip() in text


def test_every_task_shows_hints_and_solution(real):
    text = website.page(real)
    for framework in real.frameworks:
        for task in real.tasks(framework).values():
            assert real.solution(task, framework) in text
            assert f"Hint 1 of {len(real.hints(task, framework))}" in text
    assert "not written yet" not in text and "solved in this notebook" not in text  # nothing on a page looks broken


def test_each_task_with_a_ladder_has_its_lines_on_the_page_and_each_verdict_is_a_sentence_of_today(real):
    text = website.page(real)
    for framework in real.frameworks:
        for task in real.tasks(framework).values():
            key, steps = f"{framework} {task.name}", ladder(real.name.partition("_")[2], task, framework)
            assert (key in real.practice) == (steps is not None)
            if steps is None:
                continue
            entry, shared = real.practice[key], website.keys_of(real.practice, {framework: task})[framework]
            assert f'id="{shared.replace(" ", "-")}" data-task="{shared}"' in text
            assert (entry["head"], entry["parts"], entry["size"]) == (steps.head, steps.pieces, len(steps.order))
            verdicts = {order: said for said, orders in entry["says"].items() for order in orders.split()}
            assert verdicts[steps.order] == "✓ right."
            wrong = real.sentences(task, framework)
            assert all(verdicts[order] == f"✗ {wrong[mistake]}" for order, mistake in steps.slips.items())
            assert all(said == f"✗ {wrong[mistake]}" for said, mistake in entry["named"].items())
            assert website.practice_tasks(real, real.practice)[task.name][framework] == shared


def test_each_question_on_what_comes_out_has_its_place_below_the_task_and_the_sentences_of_today(real):
    text = website.page(real)
    for framework in real.frameworks:
        for task in real.tasks(framework).values():
            entry = real.outcomes.get(f"{framework} {task.name}")
            if entry is None:
                continue
            assert f'id="outcome-{framework}-{task.name}" data-task="{framework} {task.name}"' in text
            known = real.sentences(task, framework)
            assert all(sentence == known[mistake] for _, mistake, sentence in entry["wrong"])
    assert 0 < len(real.outcomes) == text.count("{dropdown} Predict what comes out")


def test_the_practice_page_knows_the_misconception_behind_each_mistake_and_every_lesson():
    found = website.lessons()
    index, text = website.practice_index(found), website.practice_page(found)
    for one in found:
        assert f'data-lesson="{one.name}"' in text
        for keys in index["tasks"][one.name].values():
            for key in keys.values():
                task = key.split(" ")[1]
                owners = {index["mistakes"][task][mistake] for mistake in one.practice[key]["named"].values()}
                assert owners <= index["misconceptions"].keys()


def test_a_message_of_a_command_is_its_text_whether_it_is_printed_or_shown():
    html = '<div class="course-message"><p>softmax: <code>right</code></p></div>'
    shown = new_output("display_data", data={"text/plain": "✓ softmax: `right`", "text/html": html})
    for output in (shown, stream("✓ softmax: `right`\n")):
        text = website.page(lesson(cell("check()"), outputs=[{f: [output] for f in FRAMEWORKS}]))
        assert text.count("✓ softmax: `right`") == 1 and "course-message" not in text
    error = new_output("error", ename="ValueError", evalue="no axis", traceback=[])
    assert website.plain(error) == "ValueError: no axis"


def test_a_mistake_that_is_no_more_stops_the_build():
    made = lesson(cell("x"))
    assert made._said("=columns", {"columns": "over columns."}) == "✗ over columns."
    assert made._said("○ not Python.", {}) == "○ not Python."
    with pytest.raises(website.SiteError, match="knows a mistake 'rows' that is no more; run `make ladders"):
        made._said("=rows", {"columns": "over columns."})


def test_every_option_stands_on_the_page_with_its_explanation_and_none_twice(real):
    text = website.page(real)
    shown = re.findall(
        r'<li data-option="(\w)"( data-right)?>\n````\n\n(.*?)\n\n.*?<p class="because">(.*?)</p>', text, re.S
    )
    quizzes = {(quiz, real.name): None for framework in real.frameworks for quiz in read_quiz(real.name, framework)}
    wanted = [option for quiz, _ in quizzes for option in quiz.options]
    assert sorted((letter, bool(right), why.partition("</strong> ")[2]) for letter, right, _, why in shown) == sorted(
        (option.letter, option.right, website.inline(option.because)) for option in wanted
    )


def test_a_question_is_asked_once_where_the_notebooks_ask_the_same():
    options = (Option("a", "`x`", True, "It is."), Option("b", "$y$", False, "a < b is not."))
    quiz = Quiz("quiz_3", "Which?", options)
    asked = [cell("...", kind="markdown", quiz=dict.fromkeys(FRAMEWORKS, quiz)), cell('check("quiz_3", ...)')]
    text = website.page(lesson(*asked))
    assert text.count("**Question 3.** Which?") == text.count("It is.") == 1
    assert "a) `x`" in text and "b) $y$" in text and "a &lt; b is not." in text
    assert 'check("quiz_3"' not in text
    other = Quiz("quiz_3", "Which other?", options)
    twins = [cell("...", f, "markdown", quiz={f: q}) for f, q in zip(FRAMEWORKS, (quiz, other), strict=True)]
    text = website.page(lesson(*twins, asked[1]))
    assert text.index("{div} only pytorch") < text.index("Which?") < text.index("{div} only tensorflow")
    assert text.index("{div} only tensorflow") < text.index("Which other?")


def test_a_page_has_one_title(real):
    text = re.sub(r"```.*?```", "", website.page(real), flags=re.DOTALL)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


def test_the_tables_of_terms_are_collected():
    found = website.lessons()
    text = website.terms_page(found)
    with_table = [one for one in found if one.terms()]
    assert [one.number for one in found if one.frameworks != ("neutral",)] == [one.number for one in with_table]
    for one in with_table:
        assert one.terms().split("\n")[-1] in text


def test_the_glossary_names_a_lesson_for_each_term_in_alphabetical_order():
    text = website.glossary_page(website.lessons())
    entries = text.partition("```{glossary}\n")[2].partition("\n```")[0].split("\n\n")
    assert all(re.search(r"\(\[lesson \d\d\]\(lessons/\d\d_\w+\.md\)\)$", entry) for entry in entries)
    names = [entry.partition("\n")[0].lower() for entry in entries]
    assert names == sorted(names)


def test_the_paths_on_the_start_page():
    text = website.start_page(website.lessons())
    thorough, fast = text.partition("The thorough path")[2].split("The fast path")
    numbers = [path.stem[:2] for path in SOURCES]
    assert re.findall(r"\*\*(\d\d)\*\*", thorough) == numbers
    assert re.findall(r"\*\*(\d\d)\*\*", fast.partition("## ")[0]) == [o.number for o in course() if o.path == "fast"]
    times = re.findall(r'class="time">(.*?)<', thorough)
    assert times == [website.in_words(sum(lesson_of(number).minutes)) for number in numbers]
    assert [website.in_words(minutes) for minutes in (75, 120, 140)] == [
        "75 minutes",
        "2 hours",
        "2 hours and 20 minutes",
    ]
    assert not re.search(r"\((hero|step|playground|number of \w+|thorough|fast|lessons|repository)\)", text)


def test_the_start_page_shows_twins_that_agree_and_stops_where_they_do_not():
    training = website.read(COURSE / "lessons" / "02_training.md")
    text = website.one_step(training)
    assert text.count("Both print `") == text.count("side pytorch") == text.count("side tensorflow") == 3
    assert text.index("loss.backward()") < text.index("tape.gradient")
    place = next(n for n, own in enumerate(training.cells) if "loss after the step" in own.source)
    training.outputs[place] = {"pytorch": [stream("loss after the step: 2.8\n")]}
    with pytest.raises(website.SiteError, match="should be the same"):
        website.one_step(training)


def test_every_filling_of_the_start_page_is_said_what_the_engine_says():
    pytest.importorskip("torch")
    pytest.importorskip("tensorflow")
    from tools import fillings

    recorded = json.loads(fillings.RECORD.read_text(encoding="utf-8"))
    assert recorded == json.loads(json.dumps(fillings.record())), "run `python -m tools.fillings`"
    assert [f["right"] for f in recorded["fillings"]].count(True) == 1
    assert len({(f["exponentials"], f["sums"]) for f in recorded["fillings"]}) == 16
    assert len({f["says"]["pytorch"] for f in recorded["fillings"]}) >= 7


def test_a_lesson_says_what_it_is_about(real):
    text = website.page(real)
    assert text.startswith("---\nmyst:\n  html_meta:\n    description: ")
    said = json.loads(text.split("description: ")[1].partition("\n")[0])
    assert real.title in said and "You learn to " in said and "{{" not in said


def test_every_page_is_listed_for_search_engines_and_a_wrong_link_leads_to_the_start_page(tmp_path, monkeypatch):
    monkeypatch.setattr(website, "WEBSITE", tmp_path)
    monkeypatch.setattr(source, "address", lambda: "https://github.com/Someone/course")
    for name in ("index.html", "search.html", "lessons/01_tensors.html", "_static/x.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    website.write_for_visitors()
    places = re.findall(r"<loc>(.*?)</loc>", (tmp_path / "sitemap.xml").read_text(encoding="utf-8"))
    home = "https://someone.github.io/course/"
    assert places == [f"{home}index.html", f"{home}lessons/01_tensors.html"]
    assert f'href="{home}"' in (tmp_path / "404.html").read_text(encoding="utf-8")


def test_a_custom_property_that_nothing_reads_is_left_out_and_nothing_else():
    css = ':root{--a:1px;--b:url("data:image/svg+xml;{}");--c:var(--a)}.x--b:hover{color:red}'
    assert styles.without_unused(css, {"--a"}) == ":root{--a:1px;}.x--b:hover{color:red}"


def test_broken_links_are_found(tmp_path):
    (tmp_path / "a.html").write_text('<a href="b.html#here">b</a> <img src="gone.png"> <a href="https://x.org/">x</a>')
    (tmp_path / "b.html").write_text('<p id="there"></p><a href="a.html?framework=pytorch">a</a><a href="#no">n</a>')
    assert website.broken_links(tmp_path) == ["a.html: b.html#here", "a.html: gone.png", "b.html: #no"]


def test_terms_are_linked_once_for_each_framework():
    pytest.importorskip("sphinx")
    pytest.importorskip("latex2mathml")
    nodes = pytest.importorskip("docutils.nodes")
    sys.path.insert(0, str(COURSE / "site"))
    extension = importlib.import_module("extension")
    from types import SimpleNamespace

    from docutils.utils import new_document

    document = new_document("page")
    places = ("The loss.", None), ("Losses and the loss.", None), ("A tensor.", "pytorch"), ("Tensors.", "tensorflow")
    for text, framework in places:
        box = nodes.container("", nodes.paragraph("", text), classes=[framework] if framework else [])
        document += box
    domain = SimpleNamespace(
        objects={("term", "loss"): ("glossary", "term-loss"), ("term", "tensor"): ("glossary", "t")}
    )
    app = SimpleNamespace(
        env=SimpleNamespace(get_domain=lambda _: domain),
        builder=SimpleNamespace(get_relative_uri=lambda page, target: f"../{target}.html"),
    )
    extension.link_terms(app, document, "lessons/99_made_up")
    links = [(link.astext(), link["refuri"]) for link in document.findall(nodes.reference)]
    assert links == [
        ("loss", "../glossary.html#term-loss"),
        ("tensor", "../glossary.html#t"),
        ("Tensors", "../glossary.html#t"),
    ]
