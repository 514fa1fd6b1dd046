"""Write the course as pages for Sphinx: one page a lesson, both frameworks side by side, nothing executed.

    python -m tools.website          write build/pages, then build the website into build/website
    python -m tools.website --pages  write build/pages only
    python -m tools.website --pdf    print each lesson and the whole course as PDF too (needs Chromium or Chrome)

Text and code come from lessons/, outputs from the committed notebooks, hints and explanations from tasks/. What is the
website's own (start page, glossary, style) stands in site/.
"""

import ast
import base64
import functools
import hashlib
import html
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import nbformat

from tools import figures, frames, handouts, printing, source, stepper
from tools.source import (
    Cell,
    LessonError,
    address,
    cells_of,
    in_colab,
    notebooks_of,
    on_github,
    read_lesson,
    website_address,
)
from tools.styles import lighten
from utils import catalogue, review
from utils.catalogue import OTHER, CatalogueError, Task
from utils.course import CourseError, course, lesson_of
from utils.misconceptions import by_mistake, misconceptions
from utils.predictions import Prediction
from utils.quiz import FRAMEWORKS, Quiz, QuizError

COURSE = source.COURSE
SITE = COURSE / "site"
PRACTICE = SITE / "practice"
OUTCOMES = PRACTICE / "outcomes"
PAGES = COURSE / "build" / "pages"
WEBSITE = COURSE / "build" / "website"
CHECKED = re.compile(r'^check\("(\w+)"', re.MULTILINE)
# What a page has no use for: how to type an answer into a notebook, and its first cell, which is left out.
OF_NOTEBOOKS = re.compile(
    r"Put (?:your (?:answer|letter|code)|yours|the letter of \w+ \w+) in place of .*|"
    r"Put your prediction in place of the `\.\.\.`[;.] [Yy]ou may also skip it\.|"
    r"Put your number in place of the `\.\.\.` and run the cell, or skip it\. "
    r"`reveal`, below the run, compares the two\.|"
    r"(?<=\*\*Before you run it): `\w+`(?=\.\*\*)|"
    r"The cell above found the course\. "
)
REVEALED = re.compile(r'reveal\("(\w+)"\)')
DRAWING = {"figure", "axes", "plt", "plotting"}  # the names that a cell which only draws starts from
FOLDED_FROM = 3  # lines that draw, below others
FIRST_FILLING = (0, 1)  # of the start page's softmax: a wrong one
STEP_OF, STEP_PRINTS = "02_training", ("loss of the first guess", "weight ", "loss after the step")
NEEDS_SCRIPT = "<p>A small network that you can watch while it overfits: it needs JavaScript.</p>"
NEEDS_SCRIPT_TO_ORDER = "It needs JavaScript; in the notebook, <code>hint</code> shows the lines after its hints."
WRITE_IT = 'Write it in <a href="#notebooks">the notebook</a>, where <code>check</code> judges it.'
SAME = re.compile(r"^#+ The same in \{\{other\}\}\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)
Outputs = dict[str, list]  # {framework: outputs of a cell}
T = TypeVar("T")
Block = tuple[Cell, Outputs]


class SiteError(Exception):
    """What the website cannot be built from; the message says which lesson."""


# --- lessons and their notebooks -------------------------------------------------------------------------------------


@dataclass
class Lesson:
    """A lesson's cells, each with its outputs in every framework."""

    name: str
    cells: list[Cell]
    outputs: list[Outputs]
    frameworks: tuple[str, ...]
    figures: dict[str, bytes] = field(default_factory=dict)  # {file name: its bytes}
    numbers: dict[str, dict[str, Any]] = field(default_factory=dict)  # {file name: its metadata, with what it shows}
    guesses: dict[int, str] = field(default_factory=dict)  # {id of a cell: the guess that it answers}
    predictions: dict[str, dict[str, Prediction]] = field(default_factory=dict)  # {name: {framework: it}}

    @property
    def number(self) -> str:
        return self.name[:2]

    @property
    def title(self) -> str:
        return self.cells[0].source.partition("\n")[0].strip("# ")

    @property
    def short_title(self) -> str:
        return self.title.partition(":")[0]

    @property
    def has_parts(self) -> bool:
        """Whether there are headings of the title's level below the title."""
        return any(cell.source.startswith("# ") for cell in self.cells[1:] if cell.kind == "markdown")

    def terms(self) -> str:
        """The table "the same in the other framework", as Markdown, or ""."""
        found = SAME.search("\n".join(cell.source for cell in self.cells) + "\n")
        return "\n".join(line for line in found[1].split("\n") if line.startswith("|")) if found else ""

    def tasks(self, framework: str) -> dict[str, Task]:
        """The tasks of one framework's notebook, by name."""
        subject = self.name.partition("_")[2]
        return {task.name: task for task in catalogue.tasks_of(subject) if task.only in (None, framework)}

    def solution(self, task: Task, framework: str) -> str:
        """A task's solution in one framework's notebook, as a learner would type it."""
        return catalogue.source(self.name.partition("_")[2], task, framework)

    @functools.cached_property
    def practice(self) -> dict[str, dict[str, Any]]:
        """{"framework task": its lines in disorder, each sentence of `check` with its orders and with its mistake}.

        A mistake's sentence stands in the record by its name. What both frameworks share is the same object.
        """
        file = PRACTICE / f"{self.name}.json"
        held = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        found: dict[str, dict[str, Any]] = {}
        for framework in self.frameworks:
            for task in self.tasks(framework).values():
                if entry := held.get(f"{framework} {task.name}"):
                    wrong = self.sentences(task, framework)
                    says = {self._said(text, wrong): orders for text, orders in entry["says"].items()}
                    named = {self._said(text, wrong): text[1:] for text in entry["says"] if text.startswith("=")}
                    made = {name: entry[name] for name in ("head", "parts", "size")} | {"says": says, "named": named}
                    found[f"{framework} {task.name}"] = next((e for e in found.values() if e == made), made)
        return found

    def _said(self, text: str, wrong: dict[str, str]) -> str:
        return f"✗ {self._sentence(text[1:], wrong)}" if text.startswith("=") else text

    def _sentence(self, mistake: str, wrong: dict[str, str]) -> str:
        if mistake not in wrong:
            raise SiteError(f"{self.name}: site/practice knows a mistake {mistake!r} that is no more; "
                            f"run `make ladders LESSON={self.number}`.")  # fmt: skip
        return wrong[mistake]

    @functools.cached_property
    def outcomes(self) -> dict[str, dict[str, Any]]:
        """{"framework task": the question on what comes out, with the mistakes' sentences}."""
        file = OUTCOMES / f"{self.name}.json"
        held = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        found: dict[str, dict[str, Any]] = {}
        for framework in self.frameworks:
            for task in self.tasks(framework).values():
                entry = held.get(f"{framework} {task.name}", {})
                if "right" in entry:
                    known = self.sentences(task, framework)
                    wrong = [(text, name, self._sentence(name, known)) for text, name in entry["wrong"].items()]
                    made = {name: entry[name] for name in ("asks", "tried", "call", "right")} | {"wrong": wrong}
                    found[f"{framework} {task.name}"] = made
        return found

    def sentences(self, task: Task, framework: str) -> dict[str, str]:
        """{mistake: what `check` says to it} of a task in one framework's notebook."""
        return catalogue.Entry(task, catalogue.framework_of(task, framework), {}).mistakes()

    def hints(self, task: Task, framework: str) -> tuple[str, ...]:
        """A task's hints in one framework's notebook."""
        return tuple(catalogue.text_for(hint, catalogue.framework_of(task, framework)) for hint in task.hints)


def read(path: Path) -> Lesson:
    """The Lesson of a source file, with the outputs of its committed notebooks."""
    cells, notebooks = read_lesson(path), notebooks_of(path)
    outputs: list[Outputs] = [{} for _ in cells]
    for framework, place in notebooks.items():
        if not place.is_file():
            raise SiteError(f"{path.name}: {place.relative_to(COURSE)} is missing; run `make notebooks` first.")
        made = [cell for cell in nbformat.read(place, 4).cells if cell.id not in ("badges", "setup")]
        if [cell.source for cell in made] != [cell.text(framework) for cell in cells_of(cells, framework)]:
            raise SiteError(f"{path.name}: {place.relative_to(COURSE)} is older than its text; run `make notebooks`.")
        own = [number for number, cell in enumerate(cells) if cell.framework in (None, framework)]
        for number, cell in zip(own, made, strict=True):
            outputs[number][framework] = cell.get("outputs", [])
    return Lesson(path.stem, cells, outputs, tuple(notebooks))


def lessons() -> list[Lesson]:
    """Every lesson there is, in order."""
    return [read(lesson.source) for lesson in course()]


# --- one lesson, as Markdown for MyST --------------------------------------------------------------------------------


def fence(kind: str, argument: str, body: str) -> str:
    """A MyST block; its colons are more than any within it."""
    inner = max((len(colons) for colons in re.findall(r"^:{3,}", body, re.MULTILINE)), default=2)
    colons = ":" * (inner + 1)
    return f"{colons}{{{kind}}} {argument}\n{body.strip()}\n{colons}"


def div(classes: str, *parts: str) -> str:
    return fence("div", classes, joined(parts))


def fold(summary: str, *parts: str, classes: str = "") -> str:
    """Parts that open on request."""
    options = f":class-container: {classes}\n\n" if classes else ""
    return fence("dropdown", summary, options + joined(parts))


def joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part)


def page(lesson: Lesson) -> str:
    """The page of one lesson."""
    parts = [description(lesson), prose(lesson, lesson.cells[0]), notebook_links(lesson)]
    blocks = list(zip(lesson.cells, lesson.outputs, strict=True))[1:]
    mark_guesses(lesson)
    while blocks:
        size = question_size(blocks)
        if size:
            parts.append(question(lesson, [cell for cell, _ in blocks[:size]]))
        else:
            size = group_size(blocks)
            parts.append(group(lesson, blocks[:size]))
        blocks = blocks[size:]
    return with_story(lesson, joined((*parts, raw(figures.script(lesson.name)))) + "\n")


def with_story(lesson: Lesson, text: str) -> str:
    """A lesson's page with its story of the stepper, at the end of the section that teaches the step."""
    if lesson.name not in stepper.PLACES:
        return text
    title, name = stepper.PLACES[lesson.name]
    pattern = rf"^#+ \d+\. {re.escape(title)}\n.*?(?=^\*\*A good place to stop|^##+ )"
    section = re.search(pattern, text, re.MULTILINE | re.DOTALL)
    if not section:
        raise SiteError(f"{lesson.name}: the stepper belongs to a section {title!r}, which is no more.")
    story = raw(stepper.block([stepper.stories()[name]], "../_static", "h4"))
    return f"{text[: section.end()]}{story}\n\n{text[section.end() :]}"


def description(lesson: Lesson) -> str:
    """What a search engine says of a page: the lesson's title and the first thing that a reader learns there."""
    learned = re.search(r"^- (.+?)[;.]$", lesson.cells[0].source, re.MULTILINE)
    text = f"Lesson {lesson.number}, {lesson.title}, in PyTorch and TensorFlow side by side."
    text += f" You learn to {fill(learned[1], None, plain=True)}." if learned else ""
    return f"---\nmyst:\n  html_meta:\n    description: {json.dumps(text)}\n---"


def mark_guesses(lesson: Lesson) -> None:
    """Note which outputs a text has asked to guess, and which text then tells them: they appear on request.

    The question stands in the last paragraph before the code; its answer is the first paragraph below it.
    """
    for framework in lesson.frameworks:
        guess, seen = "", False
        for cell in (cell for cell in lesson.cells if cell.framework in (None, framework)):
            if cell.kind == "code":
                if guess and not cell.source.startswith("predict("):
                    lesson.guesses[id(cell)], seen = guess, True
                continue
            for asked, prediction in cell.prediction.items():
                lesson.predictions.setdefault(prediction.name, {})[asked] = prediction
            if seen:
                lesson.guesses[id(cell)], seen = guess, False
                guess = ""
            if cell.prediction or "efore you run" in cell.source.rstrip().rpartition("\n\n")[2]:
                guess = guess_of(cell)


def guess_of(cell: Cell) -> str:
    """The name of the guess that a text asks for."""
    return f"guess-{cell.line}"


def prediction_form(prediction: Prediction, guess: str, framework: str) -> str:
    """What site/static/predict.js asks and judges: the right answer, and what is said to others."""
    held = {
        "name": prediction.name,
        "guess": guess,
        "kind": prediction.kind,
        "form": prediction.form,
        "right": prediction.right,
        "shown": prediction.shown(prediction.right),
        "tolerance": prediction.tolerance + 1e-9 * abs(prediction.right) if prediction.kind == "number" else 0,
        "options": {option.letter: [option.text, option.because] for option in prediction.options},
    }
    if framework not in FRAMEWORKS:  # else the reader's own, which the page knows
        held["framework"] = framework
    text = html.escape(json.dumps(held, ensure_ascii=False), quote=False).replace("'", "&#39;")
    return f"<form class='predict pst-js-only' data-prediction='{text}'></form>"


def group_size(blocks: list[Block]) -> int:
    """How many cells stand together: a shared one alone, those of a framework up to the next shared one."""
    own = next((number for number, (cell, _) in enumerate(blocks) if cell.framework is None or cell.quiz), len(blocks))
    return own or 1


def question_size(blocks: list[Block]) -> int:
    """How many cells a question of the quiz takes, up to the one that it is answered in; 0 when none starts here."""
    if not blocks[0][0].quiz:
        return 0
    return next(number for number, (cell, _) in enumerate(blocks) if cell.kind == "code") + 1


def group(lesson: Lesson, blocks: list[Block]) -> str:
    """Cells that stand together: shared as it is, or rows with a cell of each framework."""
    if blocks[0][0].framework is None:
        return cell_text(lesson, *blocks[0])
    rows, kinds = [], {cell.framework for cell, _ in blocks if cell.kind == "code"}
    while blocks:
        row = blocks[:2] if is_pair(blocks) else blocks[:1]
        texts = {cell.framework: cell_text(lesson, cell, outputs) for cell, outputs in row}
        sides = [div(f"only {framework}", text) for framework, text in texts.items() if text]
        rows.append(div("row-of-two", *sides) if sides else "")
        blocks = blocks[len(row) :]
    return div("pair with-tabs" if kinds == FRAMEWORKS.keys() else "pair", *rows)


def is_pair(blocks: list[Block]) -> bool:
    return (
        len(blocks) > 1
        and [cell.framework for cell, _ in blocks[:2]] == list(FRAMEWORKS)
        and not any("only" in cell.tags for cell, _ in blocks[:2])
    )


def cell_text(lesson: Lesson, cell: Cell, outputs: Outputs) -> str:
    """A cell: text, code with its outputs, or a task with its help."""
    guess = lesson.guesses.get(id(cell))
    if cell.kind == "markdown":
        first, _, rest = prose(lesson, cell).partition("\n\n")
        told = guess and not first.startswith(("#", "|", "-", "$"))
        forms = {f: prediction_form(prediction, guess_of(cell), f) for f, prediction in cell.prediction.items()}
        return joined((div(f"told {guess}", first) if told else first, rest, for_each(forms, raw)))
    if cell.source == "progress()" or cell.source.startswith("predict("):  # a page has nothing to count or to keep
        return ""
    revealed = REVEALED.match(cell.source)
    if revealed:
        found = {f: p for f, p in lesson.predictions[revealed[1]].items() if cell.framework in (None, f)}
        texts = {f: f"It is {p.shown(p.right)}. {p.because}" for f, p in found.items()}
        return div(f"told {guess}", for_each(texts, lambda text: raw(f"<p>{inline(text)}</p>")))
    name = CHECKED.search(cell.source)
    if "task" in cell.tags and name:
        return task_text(lesson, cell, name[1])
    code, drawing = (f"```python\n{part}\n```" if part else "" for part in split_drawing(cell.source))
    shown = both(lesson, outputs)
    if drawing:
        code = joined((code, fold("The code of this figure", drawing, classes="drawing")))
    if guess and shown:
        shown = fold("Guess first, then open what it shows", shown, classes=f"answer {guess}")
    return joined((code, shown))


def split_drawing(code: str) -> tuple[str, str]:
    """A cell's code, and the statements at its end that only draw: each starts from a figure, its axes or our helpers.

    A line or two stay with the rest.
    """
    try:
        statements = ast.parse(code).body
    except SyntaxError:  # a command of the shell
        return code, ""

    def draws(statement: ast.stmt) -> bool:
        names = {found.id for found in ast.walk(statement) if isinstance(found, ast.Name)}
        return isinstance(statement, ast.Expr | ast.Assign | ast.For) and bool(names & DRAWING)

    drawing = list(itertools.takewhile(draws, reversed(statements)))
    lines = code.split("\n")
    first = drawing[-1].lineno - 1 if drawing else len(lines)
    while first and lines[first - 1].startswith("#"):  # what is said of the drawing
        first -= 1
    if first and len(lines) - first < FOLDED_FROM:
        return code, ""
    return "\n".join(lines[:first]).rstrip(), "\n".join(lines[first:])


def both(lesson: Lesson, outputs: Outputs) -> str:
    """The outputs of a cell: once where the notebooks agree, else side by side, each with its framework's name."""
    texts = {framework: joined(output_text(lesson, o) for o in found) for framework, found in outputs.items()}
    return for_each(texts, lambda text: text)


def output_text(lesson: Lesson, output: Any) -> str:
    """One output of a cell, as Markdown."""
    data = output.get("data", {})
    if "image/png" in data:
        return figure(lesson, base64.b64decode(data["image/png"]), output.metadata["image/png"])
    if "<overfitting-playground>" in data.get("text/html", ""):
        return playground()
    return literal(plain(output))


def plain(output: Any) -> str:
    """What an output says as text: what was printed, a message of `check` in a stream or beside its HTML, an error."""
    if output.output_type == "stream":
        return output.text
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return output.data.get("text/plain", "")


def literal(text: str) -> str:
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).rstrip()
    return f"````{{code-block}} text\n:class: output\n\n{text}\n````" if text.strip() else ""


def figure(lesson: Lesson, picture: bytes, metadata: dict[str, Any]) -> str:
    """A figure with its alternative text."""
    name = hashlib.sha256(picture).hexdigest()[:16] + ".png"
    lesson.figures[name], lesson.numbers[name] = picture, metadata
    return raw(figures.image(lesson.name, name, metadata))


def prose(lesson: Lesson, cell: Cell) -> str:
    """Text of a lesson with the names of the frameworks and the links of the website."""
    text = OF_NOTEBOOKS.sub("", cell.source)
    text = re.sub(r"\b(After|end of) this notebook\b", r"\1 this lesson", text)
    if cell.line > 1 and lesson.has_parts:
        text = re.sub(r"^#", "##", text, flags=re.MULTILINE)  # a page has one title, its parts stand below
    lines = [fill(line, cell.framework, plain=line.startswith("#")) for line in text.split("\n")]
    return relinked(lesson, "\n".join(lines))


def relinked(lesson: Lesson, text: str) -> str:
    """A text of the lesson's notebooks with the links of the website."""
    return relink(text, "" if lesson.frameworks == ("neutral",) else "pytorch")


def fill(line: str, framework: str | None, plain: bool) -> str:
    """`{{framework}}` and `{{other}}`: in shared text both names, of which the page shows the chosen one's."""
    for word, change in (("{{framework}}", dict(zip(FRAMEWORKS, FRAMEWORKS, strict=True))), ("{{other}}", OTHER)):
        if framework:
            name = FRAMEWORKS[change[framework]]
        elif plain:
            name = "your framework" if word == "{{framework}}" else "the other framework"
        else:
            names = (f'<span class="name {f}">{FRAMEWORKS[change[f]]}</span>' for f in FRAMEWORKS)
            name = f"<span>{'<span class=slash> / </span>'.join(names)}</span>"
        line = line.replace(word, name)
    return line


def relink(text: str, base: str) -> str:
    """Links between notebooks become links between pages, other files of the course links to the repository."""

    def target(match: re.Match[str]) -> str:
        words, place = match[1], match[2]
        if re.match(r"[a-z]+:|#", place):
            return match[0]
        path, _, anchor = place.partition("#")
        path = os.path.normpath(f"notebooks/{base}/{path}").replace(os.sep, "/")
        if not (COURSE / path).exists():
            raise SiteError(f"a link leads to {path}, which is not there.")
        if not path.endswith(".ipynb"):
            return f"[{words}]({on_github(path)})"
        framework = next((f for f in FRAMEWORKS if f"/{f}/" in path), None)
        query = f"?framework={framework}" if framework else ""
        return f'<a href="{Path(path).stem}.html{query}{"#" + anchor if anchor else ""}">{words}</a>'

    return re.sub(r"(?<!!)\[([^\]\n]+)\]\(([^)\s]+)\)", target, text)


def notebook_links(lesson: Lesson) -> str:
    """Buttons for each notebook: open in Colab, download, open on GitHub."""
    rows = []
    for framework in lesson.frameworks:
        place = f"{framework}/{lesson.name}.ipynb" if framework in FRAMEWORKS else f"{lesson.name}.ipynb"
        name = f"{FRAMEWORKS[framework]} notebook" if framework in FRAMEWORKS else "Notebook"
        links = (
            (in_colab(place), "Open in Colab", ""),
            (f"../notebooks/{place}", "Download", " download"),
            (on_github(f"notebooks/{place}"), "View on GitHub", ""),
        )
        buttons = " ".join(
            f'<a class="notebook" href="{href}"{more}>{words}<span class="visually-hidden"> ({name})</span></a>'
            for href, words, more in links
        )
        shown = f"only {framework}" if framework in FRAMEWORKS else "shared"
        rows.append(f'<p class="{shown}"><span class="notebook-name">{name}</span> {buttons}</p>')
    return raw('<div class="notebooks d-print-none" id="notebooks">\n' + "\n".join(rows) + "\n</div>")


# --- tasks and quiz --------------------------------------------------------------------------------------------------


def inline(text: str) -> str:
    """A sentence of the tasks as HTML: only `code` is marked up in them."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def raw(text: str) -> str:
    return f"````{{raw}} html\n{text}\n````"


def for_each(texts: dict[str, T], make: Callable[[T], str]) -> str:
    """One block for all where {framework: text} agree, else one for each, side by side under the frameworks' names."""
    if len(set(texts.values())) <= 1:
        return joined(make(text) for text in list(texts.values())[:1])
    return div("row-of-two named", *(div(f"only {f}", make(text)) for f, text in texts.items()))


def task_text(lesson: Lesson, cell: Cell, name: str) -> str:
    """A task: its starter code, a wrong answer to judge, hints and solution."""
    own = {f: lesson.tasks(f) for f in lesson.frameworks if cell.framework in (None, f)}
    tasks = {f: known[name] for f, known in own.items() if name in known}
    code = CHECKED.split(cell.source)[0].rstrip()
    if not tasks:
        return f"```python\n{code}\n```"

    def show_hints(texts: tuple[str, ...]) -> str:
        return joined(
            fold(f"Hint {number} of {len(texts)}", raw(f"<p>{inline(text)}</p>"))
            for number, text in enumerate(texts, 1)
        )

    return joined(
        (
            f"```python\n{code}\n```",
            raw(f'<p class="in-notebook">{WRITE_IT}</p>'),
            for_each(keys_of(lesson.outcomes, tasks), lambda key: prediction_of_outcome(key) if key else ""),
            for_each(keys_of(lesson.practice, tasks), lambda key: puzzle(key) if key else ""),
            for_each({f: lesson.hints(task, f) for f, task in tasks.items()}, show_hints),
            fold(
                "Solution",
                for_each(
                    {f: lesson.solution(task, f) for f, task in tasks.items()}, lambda text: f"```python\n{text}\n```"
                ),
            ),
        )
    )


def keys_of(found: dict[str, dict[str, Any]], tasks: dict[str, Task]) -> dict[str, str]:
    """{framework: the name of a task's practice, or ""}; where both frameworks share it, by the first one's name."""
    entries = {f: found.get(f"{f} {task.name}") for f, task in tasks.items()}
    return {f: next((key for key, e in found.items() if e is entry), "") for f, entry in entries.items()}


def prediction_of_outcome(key: str) -> str:
    """A question on what comes out of a task; site/static/predict.js asks it when it is opened."""
    place = raw(f'<div class="outcome" id="outcome-{key.replace(" ", "-")}" data-task="{key}"></div>')
    return fold("Predict what comes out", place, classes="practice pst-js-only")


def puzzle(key: str) -> str:
    """A task's lines to put in order; site/static/ladder.js lays them out when it is opened."""
    without = f"<noscript><p>{NEEDS_SCRIPT_TO_ORDER}</p></noscript>"
    place = raw(f'<div class="ladder" id="{key.replace(" ", "-")}" data-task="{key}">{without}</div>')
    return fold("Put the lines in order", place, classes="practice")


def question(lesson: Lesson, cells: list[Cell]) -> str:
    """A question of the quiz: once where the notebooks ask the same, else side by side."""
    quizzes = {framework: quiz for cell in cells for framework, quiz in cell.quiz.items()}
    return for_each(quizzes, lambda quiz: div("quiz", quiz_text(lesson, quiz)))


def quiz_text(lesson: Lesson, quiz: Quiz) -> str:
    """A question and its options; the page's script makes them buttons, without it each explanation is folded."""
    number = quiz.name.partition("_")[2]
    asked = OF_NOTEBOOKS.sub("", quiz.text)
    text = f"**Question {number}.** {asked}" if number else asked
    parts = [relinked(lesson, text), raw('<ul class="options">')]
    for option in quiz.options:
        verdict = "✓ Right." if option.right else f"✗ Not {option.letter})."
        because = f'<p class="because"><strong>{verdict}</strong> {inline(option.because)}</p>'
        parts += [
            raw(f'<li data-option="{option.letter}"{" data-right" if option.right else ""}>'),
            relinked(lesson, f"{option.letter}) {option.text}"),
            raw(f"<details><summary>Answer</summary>{because}</details></li>"),
        ]
    return "\n\n".join([*parts, raw("</ul>")])


# --- the other pages -------------------------------------------------------------------------------------------------


def terms_page(found: list[Lesson]) -> str:
    """Every lesson's table of terms on one page."""
    parts = [(SITE / "terms.md").read_text(encoding="utf-8").rstrip()]
    for lesson in found:
        table = lesson.terms()
        if table:
            head = f"## {lesson.number} {lesson.short_title}\n\n[To the lesson](lessons/{lesson.name}.md)"
            parts.append(f"{head}\n\n{fill(table, None, plain=True)}")
    return "\n\n".join(parts) + "\n"


def glossary_page(found: list[Lesson]) -> str:
    """site/glossary.md, with a link to the lesson that explains a term first."""
    text = (SITE / "glossary.md").read_text(encoding="utf-8")
    places: dict[str, Lesson] = {}
    for lesson in found:
        for cell in lesson.cells:
            if cell.kind == "markdown":
                for word in re.findall(r"(?<![*\w])\*([^*\n]+)\*(?!\*)", cell.source.partition("Where to read on")[0]):
                    places.setdefault(word.lower(), lesson)
    entries = re.split(r"\n\n(?=\S)", text.partition("```{glossary}\n")[2].partition("\n```")[0])
    for entry in entries:
        terms = [line for line in entry.split("\n") if line and not line.startswith(" ")]
        where = [places[form] for term in terms for form in (term.lower(), f"{term.lower()}s") if form in places]
        if not where:
            raise SiteError(f"site/glossary.md: no lesson explains {terms[0]!r} in *emphasis*.")
        first = min(where, key=lambda lesson: lesson.number)
        link = f"([lesson {first.number}](lessons/{first.name}.md))"
        text = text.replace(entry, f"{entry.rstrip()} {link}", 1)
    return text


def errors_page(found: list[Lesson]) -> str:
    """site/errors.md, the recorded errors, and the misconceptions behind mistakes that raise none."""
    parts = [(SITE / "errors.md").read_text(encoding="utf-8").rstrip()]
    for number, entry in enumerate(json.loads((SITE / "errors.json").read_text(encoding="utf-8")), 1):
        sides = (
            div(
                f"side {framework}",
                f"```python\n{entry[framework]['code']}\n```",
                literal(entry[framework]["says"]),
                raw(f'<p class="means">{inline(sentence(entry[framework]["means"]))}</p>'),
            )
            for framework in FRAMEWORKS
        )
        parts += [f"## {number}. {entry['slip']}", div("row-of-two always", *sides)]
    parts.append(
        "## Mistakes that raise no error\n\nThe code runs and the numbers are wrong. "
        "These are the misconceptions behind the mistakes that the tasks know."
    )
    parts += [
        raw(f'<p class="misconception"><strong>{inline(one.title)}.</strong> {inline(one.explanation.strip())}</p>')
        for one in misconceptions().values()
    ]
    return joined(parts) + "\n"


def sentence(text: str) -> str:
    """A text that begins with a capital, unless it begins with code."""
    return text[0].upper() + text[1:] if re.match(r"[a-z]+[ ,]", text) else text


def stepper_page(found: list[Lesson]) -> str:
    """site/stepper.md with the recorded stories."""
    made = raw(stepper.block([*stepper.stories().values()], "_static", "h2"))
    return (SITE / "stepper.md").read_text(encoding="utf-8").replace("(stories)", made)


def practice_page(found: list[Lesson]) -> str:
    """site/practice.md with the number of tasks of each lesson, which site/static/practice.js makes links to them."""
    rows = "\n".join(
        f'<li data-lesson="{lesson.name}">'
        f'<a href="lessons/{lesson.name}.html">{lesson.number} {lesson.short_title}</a> '
        f'<span class="open" data-kind="tasks">{len(practice_tasks(lesson, lesson.practice))} tasks with lines to put '
        f'in order</span> <span class="open" data-kind="outcomes">'
        f"{len(practice_tasks(lesson, lesson.outcomes))} tasks with a prediction</span></li>"
        for lesson in found
    )
    made = raw(f'<ul class="practice-lessons">\n{rows}\n</ul>')
    return (SITE / "practice.md").read_text(encoding="utf-8").replace("(lessons)", made)


def practice_tasks(lesson: Lesson, found: dict[str, dict[str, Any]]) -> dict[str, dict[str, str]]:
    """{task: {framework: the name of its practice}} of the tasks that have one in `found`, in the lesson's order."""
    tasks = {name: task for framework in lesson.frameworks for name, task in lesson.tasks(framework).items()}
    made = {}
    for name, task in tasks.items():
        own = {f: task for f in lesson.frameworks if task.only in (None, f)}
        if keys := {framework: key for framework, key in keys_of(found, own).items() if key}:
            made[name] = keys
    return made


def practice_index(found: list[Lesson]) -> dict[str, Any]:
    """What the practice page knows of all lessons: their tasks, and the misconception behind each mistake."""
    owners: dict[str, dict[str, str]] = {}
    for (task, mistake), name in by_mistake().items():
        owners.setdefault(task, {})[mistake] = name
    texts = {one.name: {"title": one.title, "because": one.explanation} for one in misconceptions().values()}
    tasks = {lesson.name: practice_tasks(lesson, lesson.practice) for lesson in found}
    asked = {lesson.name: practice_tasks(lesson, lesson.outcomes) for lesson in found}
    return {"days": review.DAYS, "misconceptions": texts, "mistakes": owners, "tasks": tasks, "outcomes": asked}


def take_away_page(found: list[Lesson], pdf: bool) -> str:
    """site/take_away.md with the slides of every lesson, and with the PDFs where they are made."""
    text = (SITE / "take_away.md").read_text(encoding="utf-8")
    slides = "\n".join(
        f'- <a href="slides/{lesson.name}.html">{lesson.number} {lesson.short_title}</a>' for lesson in found
    )

    def links(name: str, words: str, frameworks: Iterable[str]) -> str:
        if len(names := list(frameworks)) == 1:
            return f'- <a href="pdf/{name}.pdf">{words}</a>'
        each = (f'<a href="pdf/{name}-{f}.pdf">{FRAMEWORKS[f]}<span class="visually-hidden">, {words}</span></a>'
                for f in names)  # fmt: skip
        return f"- {words}: {', '.join(each)}"

    printed = (
        "`make pdf` in the repository prints each lesson and the whole course, where Chromium or Chrome is installed."
    )
    if pdf:
        rows = [links("course", "The whole course", FRAMEWORKS)]
        rows += [links(lesson.name, f"{lesson.number} {lesson.short_title}", lesson.frameworks) for lesson in found]
        rows += [links("terms", "Term by term", ["both"]), links("errors", "Twenty errors", ["both"])]
        printed = "\n".join(rows)
    return text.replace("(slides)", slides).replace("(pdf)", printed)


def in_words(minutes: int) -> str:
    """A duration as the lessons tell it: 75 minutes, or 2 hours and 20 minutes from two hours on."""
    hours, rest = divmod(minutes, 60)
    if hours < 2:
        return f"{minutes} minutes"
    return f"{hours} hours and {rest} minutes" if rest else f"{hours} hours"


def start_page(found: list[Lesson]) -> str:
    """site/index.md with the lessons of the two paths and the table of contents."""

    def path(chosen: list[Lesson]) -> str:
        return "\n".join(
            f"- [**{lesson.number}** {lesson.short_title}](lessons/{lesson.name}.md) "
            f'<span class="time">{in_words(sum(lesson_of(lesson.name).minutes))}</span>'
            for lesson in chosen
        )

    text = (SITE / "index.md").read_text(encoding="utf-8")
    contents = [f"{lesson.number} {lesson.short_title} <lessons/{lesson.name}>" for lesson in found]
    parts = {
        "thorough": path(found),
        "fast": path([lesson for lesson in found if lesson_of(lesson.name).path == "fast"]),
        "lessons": "\n".join(contents),
        "repository": address(),
        "hero": hero(),
        "playground": playground(),
        "step": one_step(next(lesson for lesson in found if lesson.name == STEP_OF)),
        **counts(found),
    }
    return re.sub(rf"\(({'|'.join(parts)})\)", lambda match: parts[match[1]], text)


def counts(found: list[Lesson]) -> dict[str, str]:
    """What is inside, in numbers: tasks, the mistakes that they name, questions, pairs of cells that print the same."""
    tasks = {
        (lesson.name, name): task
        for lesson in found
        for f in lesson.frameworks
        for name, task in lesson.tasks(f).items()
    }
    questions = {(lesson.name, quiz.name) for lesson in found for cell in lesson.cells for quiz in cell.quiz.values()}
    twins = sum("twin" in cell.tags and cell.framework == "pytorch" for lesson in found for cell in lesson.cells)
    mistakes = sum(len(task.mistakes) for task in tasks.values())
    numbers = {"tasks": len(tasks), "mistakes": mistakes, "questions": len(questions), "twins": twins}
    return {f"number of {name}": str(number) for name, number in numbers.items()} | {
        "number of lessons": str(len(found))
    }


def hero() -> str:
    """The softmax whose two lines the reader fills in; every verdict is recorded from the course's own engine."""
    record = json.loads((SITE / "softmax.json").read_text(encoding="utf-8"))
    first = next(
        filling for filling in record["fillings"] if (filling["exponentials"], filling["sums"]) == FIRST_FILLING
    )
    slots = (("exponentials", "exponentials =", FIRST_FILLING[0]), ("sums", "return exponentials /", FIRST_FILLING[1]))
    fields = "".join(
        f'<fieldset class="pst-js-only"><legend><code>{words}</code></legend>'
        + "".join(
            f'<label><input type="radio" name="{slot}" value="{number}"{" checked" if number == chosen else ""}> '
            f"<code>{html.escape(code)}</code></label>"
            for number, code in enumerate(record["code"]["pytorch"][slot])
        )
        + "</fieldset>"
        for slot, words, chosen in slots
    )
    code = record["code"]["pytorch"]
    lines = (code["exponentials"][FIRST_FILLING[0]], code["sums"][FIRST_FILLING[1]])
    data = json.dumps(record, separators=(",", ":")).replace("<", "\\u003c")
    return raw(
        '<div class="hero"><div class="hero-code"><pre tabindex="0"><span class="code-line">def softmax(logits):</span>'
        f'<span class="code-line">    exponentials = <mark>{lines[0]}</mark></span>'
        f'<span class="code-line">    return exponentials / <mark>{lines[1]}</mark></span></pre>{fields}</div>'
        f'<div class="hero-result"><p class="says" role="status">✗ softmax: {html.escape(first["says"]["pytorch"])}</p>'
        '<div class="hero-table"></div><div class="hero-twin" hidden></div></div></div>'
        f'<script type="application/json" id="fillings">{data}</script>'
        '<script src="_static/hero.js" defer></script>'
    )


def playground() -> str:
    """The playground as it stands in a page: no cell is run here."""
    fragment = (SITE / "playground" / "overfitting.html").read_text(encoding="utf-8")
    return raw(
        '<div class="playground" id="playground">'
        + re.sub(r"<p>Run this cell.*?</p>", NEEDS_SCRIPT, fragment)
        + "</div>"
    )


def one_step(lesson: Lesson) -> str:
    """One step of training, from a lesson's twin cells: two columns of code, and below each pair what both print.

    Raises SiteError where the two print something else.
    """
    rows = []
    cells = list(zip(lesson.cells, lesson.outputs, strict=True))
    for (one, outputs), (other, others) in itertools.pairwise(cells):
        texts = ["".join(map(plain, printed)) for printed in (*outputs.values(), *others.values())]
        if not is_pair([(one, outputs), (other, others)]) or "twin" not in one.tags:
            continue
        if not any(texts[0].startswith(start) for start in STEP_PRINTS):
            continue
        if len(set(texts)) > 1:
            raise SiteError(f"{lesson.name}: the start page shows twins that print {texts}, which should be the same.")
        sides = [div(f"side {cell.framework}", f"```python\n{cell.source}\n```") for cell in (one, other)]
        rows.append(div("row-of-two always", *sides) + "\n\n" + div("same", f"Both print `{texts[0].strip()}`"))
    if len(rows) != len(STEP_PRINTS):
        raise SiteError(f"{lesson.name}: the start page looks for twins that print {', '.join(STEP_PRINTS)}.")
    return joined(rows)


# --- writing and building --------------------------------------------------------------------------------------------


def write_pages(pdf: bool = False) -> None:
    """Write the pages for Sphinx into build/pages, and beside them what is copied as it is."""
    found = lessons()
    shutil.rmtree(PAGES, ignore_errors=True)
    copied = PAGES / "copied"
    for folder in (PAGES / "lessons", copied / "figures", copied / "practice" / "outcomes"):
        folder.mkdir(parents=True)
    for lesson in found:
        (PAGES / "lessons" / f"{lesson.name}.md").write_text(page(lesson), encoding="utf-8")
        for place, practice in (("practice", lesson.practice), ("practice/outcomes", lesson.outcomes)):
            data = json.dumps(practice, ensure_ascii=False, separators=(",", ":"))
            (copied / place / f"{lesson.name}.json").write_text(data, encoding="utf-8")
        for name, picture in lesson.figures.items():
            (copied / "figures" / name).write_bytes(picture)
        numbers = figures.record(lesson.name, lesson.numbers)
        (copied / "figures" / f"{lesson.name}.json").write_text(numbers, encoding="utf-8")
    index = json.dumps(practice_index(found), ensure_ascii=False, separators=(",", ":"))
    (copied / "practice" / "index.json").write_text(index, encoding="utf-8")
    shutil.copytree(COURSE / "notebooks", copied / "notebooks", ignore=shutil.ignore_patterns(".*"))
    pages = {"index": start_page, "terms": terms_page, "glossary": glossary_page, "errors": errors_page}
    pages |= {"stepper": stepper_page, "practice": practice_page}
    for name, text in pages.items():
        (PAGES / f"{name}.md").write_text(text(found), encoding="utf-8")
    (PAGES / "take_away.md").write_text(take_away_page(found, pdf), encoding="utf-8")


def write_for_visitors() -> None:
    """Write what leads visitors from elsewhere: a list of all pages for search engines, and a page for a wrong link."""
    pages = sorted(path.relative_to(WEBSITE).as_posix() for path in WEBSITE.rglob("*.html"))
    listed = "".join(
        f"<url><loc>{website_address()}{page}</loc></url>\n"
        for page in pages
        if not page.startswith("_static/") and page != "search.html"
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    (WEBSITE / "sitemap.xml").write_text(f"{head}{listed}</urlset>\n", encoding="utf-8")
    missing = (SITE / "404.html").read_text(encoding="utf-8")
    (WEBSITE / "404.html").write_text(missing.replace("(start page)", website_address()), encoding="utf-8")


class _Links(HTMLParser):
    """The addresses and the anchors of one page."""

    def __init__(self, text: str):
        super().__init__()
        self.addresses: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.anchors.add(value)
            elif name in ("href", "src") and value:
                self.addresses.append(value)


def broken_links(folder: Path) -> list[str]:
    """["page: address", ...] of the links within the website that lead nowhere."""
    places = [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    pages = {path.resolve(): _Links(path.read_text(encoding="utf-8")) for path in places}
    broken = []
    for path, links in pages.items():
        for link in links.addresses:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(target)
            if not target.is_file() or (parts.fragment and known and unquote(parts.fragment) not in known.anchors):
                broken.append(f"{path.relative_to(folder.resolve())}: {link}")
    return broken


def main(arguments: list[str]) -> None:
    pdf = "--pdf" in arguments
    try:
        if pdf:
            printing.find_chromium()  # before minutes of work
        write_pages(pdf)
    except (
        SiteError,
        LessonError,
        CourseError,
        CatalogueError,
        QuizError,
        printing.PrintError,
        figures.FigureError,
        stepper.DisagreementError,
    ) as error:
        sys.exit(f"The website was not built: {error}")
    if "--pages" in arguments:
        return
    shutil.rmtree(WEBSITE, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-W", "--keep-going", "-j", "auto"]
    command += ["-A", f"website={website_address()}", "-A", f"share_alt={frames.description()}"]
    folders = ["-c", str(SITE), "-d", str(COURSE / "build" / "doctrees"), str(PAGES), str(WEBSITE)]
    if subprocess.run(command + folders, env=os.environ | {"PYTHONPATH": str(SITE)}).returncode:
        sys.exit("The website was not built: mend what is named above.")
    lighten(WEBSITE)
    write_for_visitors()
    handouts.write_sheets(WEBSITE)
    handouts.write_slides(WEBSITE)
    if pdf:
        try:
            printing.write_pdfs(WEBSITE)
        except printing.PrintError as error:
            sys.exit(f"The PDFs were not made: {error}")
    broken = broken_links(WEBSITE)
    if broken:
        sys.exit("The website has broken links:\n" + "\n".join(broken))
    print(f"Open {WEBSITE / 'index.html'} in a browser.")


if __name__ == "__main__":
    main(sys.argv[1:])
