"""What readers take away: recorded errors are raised again; sheets, slides and PDFs hold what the pages hold."""

import json
import shutil

import pytest
from bs4 import BeautifulSoup

from tools import errors, handouts, printing, website
from utils.misconceptions import misconceptions

LESSON = """<article><section><h1>A title<a class="headerlink" href="#t">#</a></h1><section id="look"><h2>1. Look</h2>
<p><a href="../glossary.html#loss">loss</a> <a href="#look">above</a> <span class="name pytorch">PyTorch</span></p>
<div class="only pytorch"><details class="answer"><summary>What it prints</summary>
<div class="sd-summary-content"><pre>3.5</pre></div></details>
<img class="figure" src="../figures/a.png" alt="It falls." width="6" height="4" loading="lazy"></div>
<div class="only tensorflow"><pre>tf.ones</pre>
<img class="figure" src="../figures/b.png" alt="It falls." width="6" height="4" loading="lazy"></div>
<div class="quiz"><p><strong>Question 1.</strong> Which?</p><ul class="options">
<li data-option="a"><p>a) x</p><details><summary>Answer</summary>
<p class="because"><strong>✗ Not a).</strong> Too few.</p></details></li>
<li data-option="b" data-right=""><p>b) y</p><details><summary>Answer</summary>
<p class="because"><strong>✓ Right.</strong> It is.</p></details></li></ul></div></section>
<section><h3>2. Sum up</h3><details><summary>Hint 1 of 1</summary><div class="sd-summary-content"><p>Try it.</p></div>
</details><details><summary> Solution</summary><div class="sd-summary-content"><pre>return 1</pre></div></details>
</section></section></article>"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "lessons" / "09_made_up.html"
    path.parent.mkdir()
    path.write_text(LESSON, encoding="utf-8")
    return path


def test_every_recorded_error_is_raised_again():
    pytest.importorskip("torch")
    pytest.importorskip("tensorflow")
    recorded = json.loads(errors.RECORD.read_text(encoding="utf-8"))
    assert recorded == errors.record(), "run `python -m tools.errors`"


def test_there_are_twenty_errors_and_each_has_a_sentence_of_its_own():
    recorded = json.loads(errors.RECORD.read_text(encoding="utf-8"))
    told = [entry[framework]["says"] for entry in recorded for framework in website.FRAMEWORKS]
    assert len(set(told)) == 20 and all(len(text) < 160 for text in told)


def test_an_error_that_is_not_raised_or_not_known_stops_the_recording():
    pytest.importorskip("torch")
    with pytest.raises(ValueError, match="raises nothing"):
        errors.raised("pytorch", "torch.ones(3)")
    with pytest.raises(ValueError, match="no explanation"):
        errors.raised("pytorch", "raise OSError('seven')")


def test_the_page_of_errors_has_every_error_and_every_misconception():
    text = website.errors_page([])
    for entry in json.loads(errors.RECORD.read_text(encoding="utf-8")):
        assert all(entry[f]["code"] in text and entry[f]["says"] in text for f in website.FRAMEWORKS)
    assert text.count('class="misconception"') == len(misconceptions())
    assert website.sentence("nothing was") == "Nothing was" and website.sentence("one_hot takes") == "one_hot takes"
    assert website.sentence("backward() starts") == "backward() starts"


def test_pdfs_are_linked_only_where_they_are_made():
    found = [website.Lesson("09_made_up", [website.Cell("markdown", "# A title", frozenset(), 1)], [], ("pytorch",))]
    assert "pdf/" not in website.take_away_page(found, pdf=False)
    text = website.take_away_page(found, pdf=True)
    assert 'href="pdf/09_made_up.pdf"' in text and 'href="pdf/course-tensorflow.pdf"' in text
    assert 'href="slides/09_made_up.html"' in text


def test_a_lesson_on_paper_is_for_one_framework_with_answers_at_the_end(page):
    text = handouts.paper(page, "pytorch", "09-")
    shown = BeautifulSoup(text, "html.parser").get_text()
    assert "tf.ones" not in text and "Try it." not in text and "<details" not in text
    assert shown.index("3.5") < shown.index("b) y") < shown.index("Answers and solutions")
    assert shown.index("Answers and solutions") < shown.index("✗ a) Too few.") < shown.index("✓ b) It is.")
    assert shown.rindex("2. Sum up") < shown.index("return 1")
    assert 'id="09-look"' in text and 'href="#09-look"' in text
    assert f'href="{handouts.public("glossary.html#loss")}"' in text
    assert (page.parent.parent / "figures" / "a.png").as_uri() in text and 'alt="It falls."' in text
    assert "tf.ones" in handouts.paper(page, "tensorflow") and "a.png" not in handouts.paper(page, "tensorflow")
    assert handouts.frameworks_in(handouts.article(page)) == ["pytorch", "tensorflow"]


def test_slides_show_a_figure_once_and_the_answer_after_its_question(page):
    made = list(handouts.slides(handouts.article(page), "A title"))
    assert [slide.partition('"slide ')[2].partition('"')[0] for slide in made] == [
        "title", "figure", "question", "answer",
    ]  # fmt: skip
    assert "It is." not in made[2] and "It is." in made[3] and "Too few." not in made[3]


def test_a_row_of_terms_stands_once_and_pytorch_on_the_left():
    def table(heads, *rows):
        cells = ["".join(f"<td><p>{cell}</p></td>" for cell in row) for row in rows]
        head = "".join(f"<th><p>{name}</p></th>" for name in heads)
        body = "".join(f"<tr>{row}</tr>" for row in cells)
        return f"<section><h2>T</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></section>"

    one = table(["", "PyTorch", "TensorFlow"], ["sum", "x.sum()", "tf.sum"], ["ones", "torch.ones", "tf.ones"])
    two = table(["", "PyTorch", "TensorFlow"], ["add up", "x.sum()", "tf.sum"])
    keras = table(["Keras", "PyTorch Lightning"], ["fit", "Trainer.fit"])
    terms = BeautifulSoup(f"<article><section>{one}{two}{keras}</section></article>", "html.parser").article
    text = handouts.terms_sheet(terms)
    assert text.count("x.sum()") == 1 and text.count("<table") == 3
    assert "<td>Trainer.fit</td><td>fit</td>" in text


def test_without_a_browser_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.delenv("CHROME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(printing.PrintError, match="none was found: install it"):
        printing.find_chromium()
    monkeypatch.setenv("CHROME", "/no/such/browser")
    with pytest.raises(printing.PrintError, match="CHROME=/no/such/browser cannot be run"):
        printing.find_chromium()


def test_a_page_that_cannot_be_printed_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROME", "false")
    with pytest.raises(printing.PrintError, match=r"could not print terms\.html"):
        printing.print_page(tmp_path / "terms.html", tmp_path / "pdf" / "terms.pdf")
