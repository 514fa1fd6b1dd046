"""Write the course as pages for Sphinx: one page a lesson, both frameworks side by side, nothing executed.

    python -m tools.website          write build/pages, then build the website into build/website
    python -m tools.website --pages  write build/pages only

Text and code come from lessons/, outputs from the committed notebooks, hints and explanations from tasks/. What is the
website's own (start page, glossary, style) stands in site/.
"""

import base64
import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat

COURSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(COURSE))

from tools import build  # noqa: E402
from utils.catalogue import OTHER, source  # noqa: E402
from utils.check import Session  # noqa: E402
from utils.course import course  # noqa: E402
from utils.quiz import FRAMEWORKS, Quiz  # noqa: E402

SITE = COURSE / "site"
PAGES = COURSE / "build" / "pages"
WEBSITE = COURSE / "build" / "website"
FAST = tuple(lesson.number for lesson in course() if lesson.path == "fast")
QUESTION = re.compile(r"\n\n(?=\*\*Question \d)")
CHECKED = re.compile(r'^check\("(\w+)"', re.MULTILINE)
SAME = re.compile(r"^#+ The same in \{\{other\}\}\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


class SiteError(Exception):
    """What the website cannot be built from; the message says which lesson."""


# --- lessons and their notebooks -------------------------------------------------------------------------------------


@dataclass
class Lesson:
    """A lesson's cells, each with its outputs: {framework: [output, ...]}."""

    name: str
    cells: list
    outputs: list
    frameworks: tuple
    figures: dict = field(default_factory=dict)  # {file name: its bytes}

    @property
    def number(self):
        return self.name[:2]

    @property
    def title(self):
        return self.cells[0].source.partition("\n")[0].strip("# ")

    @property
    def short_title(self):
        return self.title.partition(":")[0]

    @property
    def time(self):
        """What the lesson says about its length, such as "100 minutes"."""
        found = re.search(r"^Time: (?:about )?(\d+ \w+)", "\n".join(cell.source for cell in self.cells), re.MULTILINE)
        return found[1] if found else ""

    @property
    def has_parts(self):
        """Whether there are headings of the title's level below the title."""
        return any(cell.source.startswith("# ") for cell in self.cells[1:] if cell.kind == "markdown")

    def terms(self):
        """The table "the same in the other framework", as Markdown, or ""."""
        found = SAME.search("\n".join(cell.source for cell in self.cells) + "\n")
        return "\n".join(line for line in found[1].split("\n") if line.startswith("|")) if found else ""


def read(path):
    """The Lesson of a source file, with the outputs of its committed notebooks."""
    cells = build.read_lesson(path)
    notebooks = build.notebooks_of(path, cells)
    outputs = [{} for _ in cells]
    for framework, place in notebooks.items():
        if not place.is_file():
            raise SiteError(f"{path.name}: {place.relative_to(COURSE)} is missing; run `make notebooks` first.")
        own = [number for number, cell in enumerate(cells) if cell.framework in (None, framework)]
        made = [cell for cell in nbformat.read(place, 4).cells if cell.id not in ("badges", "setup")]
        if [cell.source for cell in made] != [build._fill(cells[number].source, framework) for number in own]:
            raise SiteError(f"{path.name}: {place.relative_to(COURSE)} is older than its text; run `make notebooks`.")
        for number, cell in zip(own, made, strict=True):
            outputs[number][framework] = cell.get("outputs", [])
    return Lesson(path.stem, cells, outputs, tuple(notebooks))


def lessons():
    """Every lesson there is, in order."""
    return [read(path) for path in sorted((COURSE / "lessons").glob("[0-9][0-9]_*.md"))]


# --- one lesson, as Markdown for MyST --------------------------------------------------------------------------------


def fence(depth, kind, argument, body):
    """A MyST block; `depth` colons more than its content needs."""
    return f"{':' * depth}{{{kind}}} {argument}\n{body.strip()}\n{':' * depth}"


def div(classes, *parts, depth):
    return fence(depth, "div", classes, "\n\n".join(part for part in parts if part))


def page(lesson):
    """The page of one lesson."""
    parts = [prose(lesson, lesson.cells[0]), notebook_links(lesson)]
    blocks = split_questions(lesson)[1:]
    while blocks:
        size = question_size(blocks)
        if size:
            parts.append(question(lesson, blocks[:size]))
        else:
            size = group_size(blocks)
            parts.append(group(lesson, blocks[:size], depth=6))
        blocks = blocks[size:]
    return "\n\n".join(part for part in parts if part) + "\n"


def split_questions(lesson):
    """[(cell, its outputs), ...], where each question of the quiz starts a cell."""
    blocks = []
    for cell, outputs in zip(lesson.cells, lesson.outputs, strict=True):
        sources = QUESTION.split(cell.source) if cell.kind == "markdown" else [cell.source]
        blocks += [(build.Cell(cell.kind, source, cell.tags, cell.reason, cell.line), outputs) for source in sources]
    return blocks


def group_size(blocks):
    """How many cells stand together: a shared one alone, those of a framework up to the next shared one."""
    own = next((number for number, (cell, _) in enumerate(blocks) if cell.framework is None), len(blocks))
    return own or 1


def question_size(blocks):
    """How many cells a question of the quiz takes, up to its check; 0 when none starts here."""
    if not blocks[0][0].source.startswith("**Question"):
        return 0
    size = next(number for number, (cell, _) in enumerate(blocks) if cell.kind == "code") + 1
    return size + (blocks[size - 1][0].framework == "pytorch")


def group(lesson, blocks, depth):
    """Cells that stand together: shared as it is, or rows with a cell of each framework."""
    if blocks[0][0].framework is None:
        return cell_text(lesson, *blocks[0], depth=depth)
    rows, kinds = [], {cell.framework for cell, _ in blocks if cell.kind == "code"}
    while blocks:
        row = blocks[:2] if is_pair(blocks) else blocks[:1]
        sides = [
            div(f"only {cell.framework}", cell_text(lesson, cell, outputs, depth - 2), depth=depth - 2)
            for cell, outputs in row
        ]
        rows.append(div("row-of-two", *sides, depth=depth - 1))
        blocks = blocks[len(row) :]
    classes = "pair with-tabs" if kinds == FRAMEWORKS.keys() else "pair"
    return div(classes, *rows, depth=depth)


def is_pair(blocks):
    return (
        len(blocks) > 1
        and [cell.framework for cell, _ in blocks[:2]] == list(FRAMEWORKS)
        and not any("only" in cell.tags for cell, _ in blocks[:2])
    )


def cell_text(lesson, cell, outputs, depth):
    if cell.kind == "markdown":
        return prose(lesson, cell)
    parts = [f"```python\n{cell.source}\n```", both(lesson, outputs, depth)]
    name = CHECKED.search(cell.source)
    if "task" in cell.tags and name:
        parts.append(task_help(lesson, cell, name[1], depth))
    return "\n\n".join(part for part in parts if part)


def both(lesson, outputs, depth):
    """The outputs of a cell: once where the notebooks agree, else one after the other."""
    texts = {framework: "\n\n".join(output_text(lesson, o) for o in found) for framework, found in outputs.items()}
    if len(set(texts.values())) == 1:
        return next(iter(texts.values()))
    return div("row-of-two", *(div(f"only {f}", text, depth=depth - 2) for f, text in texts.items()), depth=depth - 1)


def output_text(lesson, output):
    """One output of a cell, as Markdown."""
    if output.output_type == "stream":
        return literal(output.text)
    if output.output_type == "error":
        return literal(f"{output.ename}: {output.evalue}")
    if "image/png" in output.data:
        return figure(lesson, base64.b64decode(output.data["image/png"]), output.metadata["image/png"])
    if "<overfitting-playground>" in output.data.get("text/html", ""):
        return '````{raw} html\n<div class="playground">' + output.data["text/html"] + "</div>\n````"
    return literal(output.data["text/plain"])


def literal(text):
    text = re.sub(r"\x1b\[[0-9;]*m", "", text).rstrip()
    return f"````{{code-block}} text\n:class: output\n\n{text}\n````" if text.strip() else ""


def figure(lesson, picture, metadata):
    """A figure with its alternative text; its size is stated so that nothing moves while it loads."""
    name = hashlib.sha256(picture).hexdigest()[:16] + ".png"
    lesson.figures[name] = picture
    alt, width, height = html.escape(metadata["alt"]), metadata["width"], metadata["height"]
    return (
        "```{raw} html\n"
        f'<img class="figure" src="../figures/{name}" alt="{alt}" width="{width}" height="{height}" loading="lazy">\n'
        "```"
    )


def prose(lesson, cell):
    """Text of a lesson with the names of the frameworks and the links of the website."""
    text = re.sub(r"Put your answer in place of .*", "", cell.source)  # a page has buttons for that
    if cell.line > 1 and lesson.has_parts:
        text = re.sub(r"^#", "##", text, flags=re.MULTILINE)  # a page has one title, its parts stand below
    lines = [fill(line, cell.framework, plain=line.startswith("#")) for line in text.split("\n")]
    return relink("\n".join(lines), "" if lesson.frameworks == ("neutral",) else "pytorch")


def fill(line, framework, plain):
    """`{{framework}}` and `{{other}}`: in shared text both names, of which the page shows the chosen one's."""
    for word, change in (("{{framework}}", dict(zip(FRAMEWORKS, FRAMEWORKS, strict=True))), ("{{other}}", OTHER)):
        if framework:
            name = FRAMEWORKS[change[framework]]
        elif plain:
            name = "your framework" if word == "{{framework}}" else "the other framework"
        else:
            names = "".join(f'<span class="name {f}">{FRAMEWORKS[change[f]]}</span>' for f in FRAMEWORKS)
            name = f"<span>{names}</span>"
        line = line.replace(word, name)
    return line


def relink(text, base):
    """Links between notebooks become links between pages, other files of the course links to the repository."""

    def target(match):
        words, place = match[1], match[2]
        if re.match(r"[a-z]+:|#", place):
            return match[0]
        path, _, anchor = place.partition("#")
        path = os.path.normpath(f"notebooks/{base}/{path}").replace(os.sep, "/")
        if not (COURSE / path).exists():
            raise SiteError(f"a link leads to {path}, which is not there.")
        if not path.endswith(".ipynb"):
            return f"[{words}]({build.address()}/blob/main/{path})"
        framework = next((f for f in FRAMEWORKS if f"/{f}/" in path), None)
        query = f"?framework={framework}" if framework else ""
        return f'<a href="{Path(path).stem}.html{query}{"#" + anchor if anchor else ""}">{words}</a>'

    return re.sub(r"(?<!!)\[([^\]\n]+)\]\(([^)\s]+)\)", target, text)


def notebook_links(lesson):
    """Buttons for each notebook: open in Colab, download, open on GitHub."""
    rows = []
    for framework in lesson.frameworks:
        place = f"{framework}/{lesson.name}.ipynb" if framework in FRAMEWORKS else f"{lesson.name}.ipynb"
        name = f"{FRAMEWORKS[framework]} notebook" if framework in FRAMEWORKS else "Notebook"
        address = f"{build.address()}/blob/main/notebooks/{place}"
        colab = address.replace("https://github.com", "https://colab.research.google.com/github")
        links = (
            (colab, "Open in Colab", ""),
            (f"../notebooks/{place}", "Download", " download"),
            (address, "View on GitHub", ""),
        )
        buttons = " ".join(
            f'<a class="notebook" href="{href}"{more}>{words}<span class="visually-hidden"> ({name})</span></a>'
            for href, words, more in links
        )
        shown = f"only {framework}" if framework in FRAMEWORKS else "shared"
        rows.append(f'<p class="{shown}"><span class="notebook-name">{name}</span> {buttons}</p>')
    return '```{raw} html\n<div class="notebooks d-print-none">\n' + "\n".join(rows) + "\n</div>\n```"


# --- tasks and quiz --------------------------------------------------------------------------------------------------


def inline(text):
    """A sentence of the tasks as HTML: only `code` is marked up in them."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))


def raw(text):
    return f"```{{raw}} html\n{text}\n```"


def for_each(texts, make, depth):
    """One block for all where {framework: text} agree, else a block for each."""
    if len(set(texts.values())) == 1:
        return make(next(iter(texts.values())))
    return "\n\n".join(div(f"only {f}", make(text), depth=depth) for f, text in texts.items())


def task_help(lesson, cell, name, depth):
    """The hints and the solution of a task, folded."""
    sessions = {f: Session(lesson.name, f) for f in lesson.frameworks if cell.framework in (None, f)}
    tasks = {f: session.tasks[name] for f, session in sessions.items() if name in session.tasks}
    if not tasks or isinstance(next(iter(tasks.values())), Quiz):
        return ""

    def hints_of(framework, task):
        wanted = OTHER[framework] if task.translate else framework
        return tuple(text if isinstance(text, str) else text[wanted] for text in task.hints)

    def show_hints(texts):
        return "\n\n".join(
            fence(3, "dropdown", f"Hint {number} of {len(texts)}", raw(f"<p>{inline(text)}</p>"))
            for number, text in enumerate(texts, 1)
        )

    hints = for_each({f: hints_of(f, task) for f, task in tasks.items()}, show_hints, depth=4)
    solutions = {f: source(sessions[f].subject, task, f) for f, task in tasks.items()}
    shown = for_each(solutions, lambda source: f"```python\n{source}\n```", depth=4)
    return f"{hints}\n\n{fence(5, 'dropdown', 'Solution', shown)}"


def question(lesson, blocks):
    """A question of the quiz; the page's script makes its options buttons, without it the answers are folded."""
    name = CHECKED.search(blocks[-1][0].source)
    if not name:
        raise SiteError(f"{lesson.name}: line {blocks[-1][0].line}: a question without its check.")
    blocks, parts = [block for block in blocks if block[0].kind == "markdown"], []
    while blocks:
        size = group_size(blocks)
        parts.append(group(lesson, blocks[:size], depth=6))
        blocks = blocks[size:]
    answers = {f: Session(lesson.name, f).tasks.get(name[1]) for f in lesson.frameworks}
    texts = {f: answer_text(quiz) for f, quiz in answers.items() if quiz}
    return div("quiz", *parts, for_each(texts, raw, depth=6), depth=7)


def answer_text(quiz):
    """The explanation of each option as HTML."""
    lines = [f'<details class="answers" data-right="{quiz.right.letter}"><summary>Answers</summary><ul>']
    for option in quiz.options:
        verdict = "right" if option.right else "not right"
        explained = f"<strong>{option.letter}) {verdict}.</strong> {inline(option.because)}"
        lines.append(f'<li data-option="{option.letter}">{explained}</li>')
    return "\n".join([*lines, "</ul></details>"])


# --- the other pages -------------------------------------------------------------------------------------------------


def terms_page(found):
    """Every lesson's table of terms on one page."""
    parts = [(SITE / "terms.md").read_text(encoding="utf-8").rstrip()]
    for lesson in found:
        table = lesson.terms()
        if table:
            head = f"## {lesson.number} {lesson.short_title}\n\n[To the lesson](lessons/{lesson.name}.md)"
            parts.append(f"{head}\n\n{fill(table, None, plain=True)}")
    return "\n\n".join(parts) + "\n"


def glossary_page(found):
    """site/glossary.md, with a link to the lesson that explains a term first."""
    text = (SITE / "glossary.md").read_text(encoding="utf-8")
    places = {}
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


def start_page(found):
    """site/index.md with the lessons of the two paths and the table of contents."""

    def path(chosen):
        return "\n".join(
            f"- [**{lesson.number}** {lesson.short_title}](lessons/{lesson.name}.md)"
            + (f' <span class="time">{lesson.time}</span>' if lesson.time else "")
            for lesson in chosen
        )

    text = (SITE / "index.md").read_text(encoding="utf-8")
    text = text.replace("(thorough)", path(found))
    text = text.replace("(fast)", path([lesson for lesson in found if lesson.number in FAST]))
    contents = [f"{lesson.number} {lesson.short_title} <lessons/{lesson.name}>" for lesson in found]
    return text.replace("(lessons)", "\n".join(contents)).replace("(repository)", build.address())


# --- writing and building --------------------------------------------------------------------------------------------


def write_pages():
    """Write the pages for Sphinx into build/pages, and beside them what is copied as it is."""
    found = lessons()
    shutil.rmtree(PAGES, ignore_errors=True)
    copied = PAGES / "copied"
    for folder in (PAGES / "lessons", copied / "figures"):
        folder.mkdir(parents=True)
    for lesson in found:
        (PAGES / "lessons" / f"{lesson.name}.md").write_text(page(lesson), encoding="utf-8")
        for name, picture in lesson.figures.items():
            (copied / "figures" / name).write_bytes(picture)
    shutil.copytree(COURSE / "notebooks", copied / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for name, text in (("index", start_page), ("terms", terms_page), ("glossary", glossary_page)):
        (PAGES / f"{name}.md").write_text(text(found), encoding="utf-8")


class _Links(HTMLParser):
    """The addresses and the anchors of one page."""

    def __init__(self, text):
        super().__init__()
        self.addresses, self.anchors = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.anchors.add(value)
            elif name in ("href", "src") and value:
                self.addresses.append(value)


def broken_links(folder):
    """["page: address", ...] of the links within the website that lead nowhere."""
    places = [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    pages = {path.resolve(): _Links(path.read_text(encoding="utf-8")) for path in places}
    broken = []
    for path, links in pages.items():
        for address in links.addresses:
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            known = pages.get(target)
            if not target.is_file() or (parts.fragment and known and unquote(parts.fragment) not in known.anchors):
                broken.append(f"{path.relative_to(folder.resolve())}: {address}")
    return broken


def main(arguments):
    try:
        write_pages()
    except (SiteError, build.LessonError) as error:
        sys.exit(f"The website was not built: {error}")
    if "--pages" in arguments:
        return
    shutil.rmtree(WEBSITE, ignore_errors=True)
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-W", "--keep-going", "-j", "auto"]
    folders = ["-c", str(SITE), "-d", str(COURSE / "build" / "doctrees"), str(PAGES), str(WEBSITE)]
    if subprocess.run(command + folders, env=os.environ | {"PYTHONPATH": str(SITE)}).returncode:
        sys.exit("The website was not built: mend what is named above.")
    broken = broken_links(WEBSITE)
    if broken:
        sys.exit("The website has broken links:\n" + "\n".join(broken))
    print(f"Open {WEBSITE / 'index.html'} in a browser.")


if __name__ == "__main__":
    main(sys.argv[1:])
