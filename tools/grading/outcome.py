"""What a teacher takes away: a page per learner, one for the class, JSON for a robot; the tables are tables.py's.

Every page is one file that loads nothing and runs nothing, and whatever a learner wrote is escaped in it.
"""

import hashlib
import html
import io
import json
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from tools.grading.figures import Figure, by_task, written_anew
from tools.grading.notebooks import Submission
from tools.grading.tables import Graded, Worksheet, tables, text_of
from tools.grading.verdicts import Found, Result
from utils.course import Lesson
from utils.report import STYLE

ALIKE = 0.9  # of the runs of RUN tokens that two submissions have, how many both have
RUN = 6
FEWEST = 60  # runs that a submission needs to be compared
MANY_NUMBERS, LONG_WORD = 200, 500  # of one cell: more than a solution of the course has
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
SIGNS = {"right": "✓ right", "wrong": "✗ wrong", "open": "○ open", "skipped": "○ skipped", "failed": "○ not seen"}
OWN_STYLE = (
    STYLE
    + """
:root { color-scheme: light dark; background: Canvas; }
body { max-width: 60em; color: CanvasText; overflow-wrap: anywhere; }
img { max-width: 100%; background: #fff; } figure { margin: .5em 0; } td p { margin: 0; }
th, td { vertical-align: top; } th:first-child, td:first-child { min-width: 7em; overflow-wrap: break-word; }
th.short, td.short { white-space: nowrap; }
.scroll { overflow-x: auto; } .scroll td:last-child { min-width: 12em; }
.side { display: flex; flex-wrap: wrap; gap: 1em; } .side > * { flex: 1 1 16em; margin: 0; }"""
)


def write(
    out: Path, lesson: Lesson, graded: Graded, looks: Sequence[str] = (), worksheet: Worksheet | None = None
) -> None:
    """Write all pages and tables into `out`; `looks` are more places to look at, as sentences.

    worksheet: one that is filled in, to be written in the place of the table of its name.
    """
    (out / "learners").mkdir(parents=True, exist_ok=True)
    model = model_answers(lesson)
    for submission, result in graded:
        (out / "learners" / page_name(submission)).write_text(learner_page(submission, result, model), encoding="utf-8")
    (out / "class.html").write_text(class_page(lesson, graded, looks), encoding="utf-8")
    files = {name: text_of(rows) for name, rows in tables(lesson, graded).items()}
    if worksheet:
        files[worksheet.name] = worksheet.mark + text_of(worksheet.rows, worksheet.delimiter)
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8", newline="")


# Pages ----------------------------------------------------------------------------------------------------------------


def page_name(submission: Submission) -> str:
    """The file name of a learner's page: letters and digits of the name, and what makes it one of a kind."""
    letters = re.sub(r"[^a-z0-9]+", "-", submission.learner.name.lower()).strip("-")[:40]
    return f"{letters or 'learner'}-{hashlib.sha256(submission.path.encode()).hexdigest()[:8]}.html"


def learner_page(submission: Submission, result: Result, model: dict[str, str]) -> str:
    """Points by task with what is to be told and the figures of it, and the written answers beside the model's."""
    drawn = by_task(result.figures, submission, (one.task for one in result.found))
    rows = [
        (_text(one.title), SIGNS[one.status], f"{one.points} of {one.of}",
         f"<p>{_text(one.sentence)}</p>" + "".join(map(_picture, drawn.pop(one.task, []))))
        for one in result.found
    ]  # fmt: skip
    parts = [f"<p>{_text(submission.path)}: {result.points} of {result.of} points.</p>"]
    parts += [f"<p><strong>{_text(result.problem)}</strong></p>"] if result.problem else []
    parts += ["<h2>Tasks</h2>", _table(("task", "state", "points", "what was seen"), rows)] if rows else []
    if result.cells:
        parts += ["<h2>A fresh run</h2>", _list(result.cells)]
    if result.answers:
        parts += ["<h2>Written answers</h2>", *(_beside(*item, model) for item in result.answers.items())]
    others = [_picture(figure) for own in drawn.values() for figure in own]
    parts += ["<h2>Other figures of the run</h2>", *others] if others else []
    handed_in = [Figure(0, f"Figure {number} of the notebook", png) for number, png in
                 enumerate(filter(None, map(written_anew, submission.figures)), 1)]  # fmt: skip
    parts += ["<h2>Figures, as handed in</h2>", *map(_picture, handed_in)] if handed_in else []
    return _page(_whose(submission), parts)


def _whose(submission: Submission) -> str:
    """A learner's name, with the number that tells two of one name apart."""
    one = submission.learner
    return ", number ".join(filter(None, [one.name or "No name", one.moodle or one.canvas]))


def _picture(figure: Figure) -> str:
    alt = figure.alt or f"Figure of code cell {figure.cell}, without a description"
    return f'<figure><img alt="{_text(alt)}" src="data:image/png;base64,{_text(figure.png)}"></figure>'


def _beside(question: str, answer: str, model: dict[str, str]) -> str:
    right = model.get(question.partition(".")[0].strip(), "")
    columns = f"<pre>{_text(answer.strip() or 'No answer.')}</pre>" + (
        f"<p><em>{_text(right)}</em></p>" if right else ""
    )
    return f'<h3>{_text(question)}</h3><div class="side">{columns}</div>'


def model_answers(lesson: Lesson) -> dict[str, str]:
    """{number of a written question: the model answer} of a lesson that has such."""
    text = lesson.source.read_text(encoding="utf-8")
    folded = re.search(r"<summary>Model answers</summary>(.*?)</details>", text, re.DOTALL)
    found = re.findall(r"^(\d+)\. (.+)$", folded[1], re.MULTILINE) if folded else []
    return dict(found)


def class_page(lesson: Lesson, graded: Graded, looks: Sequence[str] = ()) -> str:
    """All learners, which mistakes were made how often, who could not be run, and where to look."""
    run = [(one, result) for one, result in graded if result.found]
    rows = [_learner_row(*pair) for pair in graded]
    parts = [
        f"<p>{len(graded)} notebooks of lesson {_text(lesson.number)}, {len(run)} of them run.</p>",
        "<h2>Learners</h2>",
        _table(("learner", "points", "seconds", "remark"), rows),
        "<h2>Misconceptions</h2><p>How many of those who wrote an answer read this sentence; the darker, the more.</p>",
        _heatmap([result for _, result in run]),
    ]
    if looks := [*looks, *places_to_look(graded)]:
        parts += ["<h2>Places to look</h2><p>None of these is a verdict.</p>", _list(looks)]
    return _page(f"Lesson {lesson.number}: {lesson.title}", parts)


def _learner_row(one: Submission, result: Result) -> tuple[str, ...]:
    link = f'<a href="learners/{page_name(one)}">{_text(_whose(one))}</a>'
    remarks = [result.problem] if result.problem else []
    remarks += ["Handed in late."] if one.learner.is_late else []
    remarks += [f"Handed out to {one.copy.learner}."] if one.copy and one.copy.learner else []
    remarks += [f"Code cells that ended with an error: {len(result.cells)}."] if result.cells else []
    points = f"{result.points} of {result.of}" if result.found else "not run"
    return link, points, f"{result.seconds:g}", _text(" ".join(remarks))


def _heatmap(results: Sequence[Result]) -> str:
    """A row for each task and sentence, the most frequent first, shaded by its share of those who wrote an answer."""
    rows = []
    for task in dict.fromkeys(found.task for result in results for found in result.found):
        own = [found for result in results for found in result.found if found.task == task]
        written = [found for found in own if found.status in ("right", "wrong")]
        missed = Counter(_general(found) for found in written if found.status == "wrong")
        right = sum(found.status == "right" for found in written)
        head = f'<th scope="rowgroup" rowspan="{len(missed) + 1}">{_text(own[0].title)}</th>'
        rows.append(
            f'<tr>{head}<td class="short">{right} of {len(written)}</td>'
            f"<td>right; {len(own) - len(written)} have no answer</td></tr>"
        )
        for sentence, count in missed.most_common():
            shade = f"background: rgba(213, 94, 0, {0.1 + 0.7 * count / len(written):.2f})"
            share = f'<td class="short" style="{shade}">{count} of {len(written)}</td>'
            rows.append(f"<tr>{share}<td>{_text(sentence)}</td></tr>")
    return _scrolled(_heads(("task", "learners", "sentence")), "".join(rows))


def _general(found: Found) -> str:
    """A sentence as it counts for the class: that of a mistake is the same for all, others hang on numbers."""
    return found.sentence if found.mistake else "another answer that is not right"


def _page(title: str, parts: Iterable[str]) -> str:
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    policy += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<meta charset="utf-8">{policy}<title>{_text(title)}</title><style>{OWN_STYLE}</style>'
    body = "\n".join([f"<h1>{_text(title)}</h1>", *parts])
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><main>\n{body}\n</main></body></html>\n'


def _text(text: object) -> str:
    return html.escape(str(text))


def _list(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{_text(text)}</li>" for text in texts) + "</ul>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML."""
    body = "".join("<tr>" + "".join(f"<td{_kind(cell)}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return _scrolled(_heads(heads), body)


def _heads(names: Sequence[str]) -> str:
    return "<tr>" + "".join(f'<th scope="col"{_kind(name)}>{_text(name)}</th>' for name in names) + "</tr>"


def _scrolled(*rows: str) -> str:
    """A table that a narrow window scrolls, and not the page; by keys too."""
    return f'<div class="scroll" tabindex="0"><table>{"".join(rows)}</table></div>'


def _kind(cell: str) -> str:
    """The class of a cell that should not be broken, such as "3 of 5"."""
    return ' class="short"' if len(cell) <= 12 else ""


# Places to look -------------------------------------------------------------------------------------------------------


def places_to_look(graded: Graded) -> list[str]:
    """Near-identical code of two learners, stored numbers, and what a notebook replaced in a library, as sentences."""
    looks = []
    runs = {one.path: token_runs(one) for one, _ in graded}
    for (one, _), (other, _) in combinations(graded, 2):
        mine, yours = runs[one.path], runs[other.path]
        if min(len(mine), len(yours)) >= FEWEST and len(mine & yours) >= ALIKE * len(mine | yours):
            share = len(mine & yours) / len(mine | yours)
            looks.append(f"{one.path} and {other.path} share {share:.0%} of their code, names and comments aside.")
    for one, result in graded:
        looks += [f"{one.path} holds {cell}. Were they made elsewhere?" for cell in stored_numbers(one)]
        if result.replaced:
            looks.append(f"{one.path} put something else in the place of {', '.join(result.replaced)}.")
    return looks


def token_runs(submission: Submission) -> set[tuple[str, ...]]:
    """Every RUN tokens that follow each other in what the learner wrote; all names count as the same."""
    found: set[tuple[str, ...]] = set()
    for cell in submission.cells:
        if cell.number in submission.own:
            tokens = _tokens(cell.source)
            found |= set(zip(*(tokens[start:] for start in range(RUN)), strict=False))
    return found


def stored_numbers(submission: Submission) -> Iterator[str]:
    """Which cells that the learner wrote hold many numbers, or a text without spaces that may: such as weights."""
    for cell in submission.cells:
        if cell.number in submission.own:
            tokens = _tokens(cell.source)
            count = sum(bool(re.match(r"\.?\d", token)) for token in tokens)
            longest = max((len(word) for token in tokens for word in token.split()), default=0)
            if count > MANY_NUMBERS:
                yield f"{count} numbers in code cell {cell.number}"
            elif longest > LONG_WORD:
                yield f"{longest} characters without a space in code cell {cell.number}"


def _tokens(source: str) -> list[str]:
    plain = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.NAME:
                plain.append("name")
            elif token.type in (tokenize.OP, tokenize.NUMBER, tokenize.STRING):
                plain.append(token.string)
    except (tokenize.TokenError, SyntaxError):
        return plain
    return plain


# For robots -----------------------------------------------------------------------------------------------------------


def for_gradescope(result: Result) -> str:
    """The results.json of a Gradescope autograder."""
    tests = [
        {"name": one.title, "score": one.points, "max_score": one.of, "output": one.sentence,
         "status": "passed" if one.status == "right" else "failed", "visibility": "visible"}
        for one in _worth_points(result)
    ]  # fmt: skip
    said = "\n".join([*([result.problem] if result.problem else []), *result.cells])
    held = {"score": result.points, "output": said, "execution_time": round(result.seconds), "tests": tests}
    return json.dumps(held, indent=1)


def for_github(result: Result) -> str:
    """What GitHub Classroom's autograding-grading-reporter reads of one runner, before it is put into base64.

    No text in it has a second line, which a runner could take for a command such as "::notice::".
    """
    states = {"right": "pass", "wrong": "fail"}
    tests = [
        {"name": one.title, "status": states.get(one.status, "error"), "score": one.points,
         "message": " ".join(one.sentence.split()), "test_code": one.task, "filename": "", "line_no": 0,
         "execution_time": ""}
        for one in _worth_points(result)
    ]  # fmt: skip
    status = "error" if result.problem else "pass" if result.points == result.of else "fail"
    return json.dumps({"version": 1, "status": status, "max_score": result.of, "tests": tests})


def _worth_points(result: Result) -> list[Found]:
    """What points are given for: no question of the quiz where a teacher does not count them."""
    return [one for one in result.found if one.of]
