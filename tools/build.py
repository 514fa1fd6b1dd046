"""Build the notebooks that learners open from the lessons that we write.

    python -m tools.build            build and run every notebook whose lesson, helpers or tasks have changed
    python -m tools.build 01         the same for lesson 01, whether changed or not
    python -m tools.build --stamp    write the repository's address from pyproject.toml into notebooks and README

One lesson is one Jupytext Markdown file; cells tagged "pytorch" or "tensorflow" go to that notebook only, and the
twins stand in pairs. A lesson without such tags becomes one notebook. An old notebook is replaced only by a good one.
"""

import hashlib
import json
import os
import re
import sys
import tempfile
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import jupytext
import nbclient
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from utils.quiz import FRAMEWORKS, QuizError, parse, question

COURSE = Path(__file__).resolve().parent.parent
TAGS = {*FRAMEWORKS, "only", "twin", "task", "quiz", "goes-on", "nbval-ignore-output", "raises-exception"}
MAY_DIFFER = {*FRAMEWORKS, "goes-on"}  # tags that twins need not share
NEED_REASON = {"only", "goes-on", "nbval-ignore-output", "raises-exception"}
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
CELL_SECONDS = 120  # an executed cell that takes longer is taken for a hang

HEADER = "---\njupyter:\n  jupytext:\n    main_language: python\n---\n"  # or jupytext takes the most frequent one

SETUP = """\
# Find the course: in this folder or one above it. Alone, as in Colab, fetch it first.
import os, pathlib, shutil, subprocess, sys

folders = [pathlib.Path.cwd(), *pathlib.Path.cwd().parents, pathlib.Path.cwd() / "{name}"]
course = next((folder for folder in folders if (folder / "utils" / "start.py").is_file()), folders[-1])
if not course.exists():
    os.environ["GIT_TERMINAL_PROMPT"] = "0"  # fail at once instead of asking for a password
    fetch = ["git", "clone", "--depth=1", "{address}", str(course)]
    if not shutil.which("git") or subprocess.run(fetch, capture_output=True).returncode:
        raise SystemExit("{sorry}")
sys.path.insert(0, str(course))

# Make this kernel ready for the lesson; check, hint, solution and progress go with its tasks.
from utils.start import begin

check, hint, solution, progress = begin("{lesson}", "{framework}")"""


class LessonError(Exception):
    """A lesson that cannot be built; the message starts with file and line."""


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson's source; `line` is where its text starts in the file."""

    kind: str
    source: str
    tags: frozenset
    reason: str
    line: int

    @property
    def framework(self):
        return next(iter(self.tags & FRAMEWORKS.keys()), None)


def read_lesson(path):
    """The cells of a lesson, checked: known tags, reasons given, every framework cell followed by its twin."""
    text = path.read_text(encoding="utf-8")
    cells, lines, start = [], text.split("\n"), 0
    for raw in jupytext.reads(HEADER + text, fmt="md").cells:
        own = re.sub(r"\A%%\w+\n", "", raw.source).split("\n")  # jupytext puts "%%bash" for a fence's "```bash"
        start = next((i for i in range(start, len(lines)) if lines[i : i + len(own)] == own), start)
        tags = frozenset(raw.metadata.get("tags", []))
        cells.append(Cell(raw.cell_type, raw.source, tags, raw.metadata.get("reason", ""), start + 1))
        start += len(own)
    _check_tags(path, cells)
    _check_pairs(path, cells)
    return [part for cell in cells for part in _asked(path, cell)]


def _asked(path, cell):
    """A question as the cell that asks it, and the one that it is answered in; any other cell as it is."""
    if "quiz" not in cell.tags:
        return [cell]
    try:
        quizzes = [
            parse(cell.source, f, f"{path.name}:{cell.line}")
            for f in ([cell.framework] if cell.framework else FRAMEWORKS)
        ]
    except QuizError as error:
        raise LessonError(str(error)) from None
    asked = replace(cell, source=question(cell.source))
    if cell.framework == "pytorch":  # its twin follows, and one cell to answer in
        return [asked]
    return [asked, Cell("code", f'check("{quizzes[0].name}", ...)', frozenset({"task"}), "", cell.line)]


def _check_tags(path, cells):
    for cell in cells:
        if cell.tags - TAGS:
            raise LessonError(f"{path.name}:{cell.line}: unknown tag {sorted(cell.tags - TAGS)[0]!r}")
        if FRAMEWORKS.keys() <= cell.tags:
            raise LessonError(f"{path.name}:{cell.line}: a cell for both frameworks needs no framework's tag")
        if cell.tags & NEED_REASON and not cell.reason:
            raise LessonError(f'{path.name}:{cell.line}: {sorted(cell.tags & NEED_REASON)[0]} needs reason="..."')
        if cell.source.startswith("%%"):
            raise LessonError(f"{path.name}:{cell.line}: a fenced block of another language; write ``` without one")
        if cell.kind == "code" and cell.source.endswith(";"):  # hides the value in Jupyter, but not under nbval
            raise LessonError(f"{path.name}:{cell.line}: the cell ends with a semicolon; assign the value to _ instead")


def _check_pairs(path, cells):
    """Cells of one framework stand in pairs of the same kind and tags, PyTorch first, unless tagged only."""
    waiting = None
    for cell in [*cells, Cell("end", "", frozenset(), "", 0)]:
        if "only" in cell.tags:
            continue
        if waiting is None:
            if cell.framework == "tensorflow":
                raise LessonError(f"{path.name}:{cell.line}: a TensorFlow cell without a PyTorch twin above it")
            waiting = cell if cell.framework else None
            continue
        alike = cell.kind == waiting.kind and cell.tags - MAY_DIFFER == waiting.tags - MAY_DIFFER
        if cell.framework != "tensorflow" or not alike:
            raise LessonError(f"{path.name}:{waiting.line}: a PyTorch cell without a TensorFlow twin below it")
        waiting = None


def address():
    """The repository's address, from the one place that holds it."""
    return tomllib.loads((COURSE / "pyproject.toml").read_text())["tool"]["course"]["repository"].rstrip("/")


def notebooks_of(path, cells):
    """{framework: where its notebook goes}; the framework is "neutral" for a lesson without framework cells."""
    folder = COURSE / "notebooks"
    if not any(cell.framework for cell in cells):
        return {"neutral": folder / f"{path.stem}.ipynb"}
    return {framework: folder / framework / f"{path.stem}.ipynb" for framework in FRAMEWORKS}


def cells_of(cells, framework):
    """The cells of a lesson that one framework's notebook has."""
    return [cell for cell in cells if cell.framework in (None, framework)]


def make_notebook(lesson, cells, framework):
    """The notebook of one framework, not yet run. Same cells, same ids and bytes, whenever it is built."""
    notebook = new_notebook(metadata=_metadata())
    seen = {}
    for number, cell in enumerate(cells_of(cells, framework)):
        source = _fill(cell.source, framework)
        new = new_code_cell if cell.kind == "code" else new_markdown_cell
        notebook.cells.append(new(source, id=_cell_id(source, seen), metadata=_cell_metadata(cell)))
        if number == 0:
            notebook.cells.append(new_markdown_cell(_badges(lesson, framework), id="badges"))
            notebook.cells.append(new_code_cell(_setup(lesson, framework), id="setup"))
    return notebook


def _metadata():
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"kernelspec": kernel, "language_info": {"name": "python"}}


def _cell_metadata(cell):
    tags = sorted(cell.tags - FRAMEWORKS.keys() - {"quiz"})
    return ({"tags": tags} if tags else {}) | ({"reason": cell.reason} if cell.reason else {})


def _cell_id(source, seen):
    """An id that stays while the cell's text stays, wherever the cell moves."""
    digest = hashlib.sha256(source.encode()).hexdigest()[:10]
    seen[digest] = seen.get(digest, 0) + 1
    return digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def _fill(source, framework):
    if framework not in FRAMEWORKS:
        return source
    other = next(f for f in FRAMEWORKS if f != framework)
    return source.replace("{{framework}}", FRAMEWORKS[framework]).replace("{{other}}", FRAMEWORKS[other])


def _colab_badge(lesson, framework):
    where = f"{framework}/{lesson}" if framework in FRAMEWORKS else lesson
    colab = address().replace("https://github.com", "https://colab.research.google.com/github")
    return f"[![Open in Colab]({BADGE})]({colab}/blob/main/notebooks/{where}.ipynb)"


def _badges(lesson, framework):
    badge = _colab_badge(lesson, framework)
    if framework not in FRAMEWORKS:
        return badge
    other = next(f for f in FRAMEWORKS if f != framework)
    return (
        f"{badge} This is the {FRAMEWORKS[framework]} notebook; the same lesson in "
        f"[{FRAMEWORKS[other]}](../{other}/{lesson}.ipynb). [Start page](../00_start_here.ipynb)"
    )


def _setup(lesson, framework):
    sorry = (
        "The course could not be fetched: go online and run this again, or put the notebook into the course's folder."
    )
    if "/OWNER/" in address():
        sorry = "This copy of the course has no address to fetch from yet: put this notebook into the course's folder."
    return SETUP.format(
        name=address().rpartition("/")[2], address=address(), sorry=sorry, lesson=lesson, framework=framework
    )


def run(path, cells, notebook, folder):
    """Execute the notebook of `cells` in `folder`; LessonError names the first cell that fails or is noisy."""
    lines = [cells[0].line] * 3 + [cell.line for cell in cells[1:]]  # the badges and the setup cell come second
    started = [0]
    client = nbclient.NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": folder}},
        on_cell_start=lambda cell, cell_index: started.append(cell_index),
    )
    try:
        client.execute()
    except (nbclient.exceptions.CellControlSignal, nbclient.exceptions.DeadKernelError) as error:
        raise LessonError(f"{path.name}:{lines[started[-1]]}: the cell failed: {_reason(error)}") from None
    for cell, line in zip(notebook.cells, lines, strict=True):
        if cell.cell_type == "code":
            cell.outputs = clean(cell.outputs)
            fault = _noise(cell.outputs)
            if fault:
                raise LessonError(f"{path.name}:{line}: {fault}")


def _reason(error):
    """What nbclient's long message comes to, in one line."""
    if isinstance(error, nbclient.exceptions.CellExecutionError):
        return f"{error.ename}: {error.evalue}".strip()
    if isinstance(error, nbclient.exceptions.CellTimeoutError):
        return f"it takes longer than {CELL_SECONDS} seconds"
    return "the kernel died"


def clean(outputs):
    """Outputs without what changes from run to run: streams joined, no timing, no transient data."""
    joined = []
    for output in outputs:
        output.pop("transient", None)
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def texts(outputs):
    """What a cell shows, pictures aside, in the form in which it is compared."""
    shown = []
    for output in clean(outputs):
        data = {kind: content for kind, content in output.get("data", {}).items() if kind != "image/png"}
        shown.append((output.output_type, output.get("text"), data, output.get("ename"), output.get("evalue")))
    return shown


def _noise(outputs):
    """What must not be saved: error stream, paths of this machine."""
    errors = [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    if errors:
        first_line = errors[0].strip().partition("\n")[0]
        return f"the cell writes to the error stream: {first_line[:120]}"
    text = json.dumps([_without_images(output) for output in outputs], ensure_ascii=False)
    for private in (str(COURSE), str(Path.home()) + os.sep, tempfile.gettempdir() + os.sep, "/ipykernel_"):
        if private in text:
            return f"the output holds a path of this machine ({private})"
    return None


def _without_images(output):
    data = {kind: content for kind, content in output.get("data", {}).items() if not kind.startswith("image/png")}
    return {**output, "data": data}


def fingerprint(path):
    """What a lesson's outputs depend on: its text, the helpers, its tasks, the data and the measurements it names."""
    number, text = path.stem[:2], path.read_text(encoding="utf-8")
    files = [path, Path(__file__)]
    data = ("data/*.csv", f"data/*_{number}.json", "site/playground/*")
    for pattern in ("utils/*.py", f"tasks/lesson{number}/*.py", *data):
        files += sorted(COURSE.glob(pattern))
    files += [file for file in sorted(COURSE.glob("data/*.json")) if file.name in text]
    joined = b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(joined).hexdigest()[:16]


def write(notebook, target):
    """Write atomically: the old notebook stays until the new one is whole."""
    nbformat.validate(notebook)
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_suffix(".tmp")
    new.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    new.replace(target)


def build(path):
    """Build and run the notebooks of one lesson; none is written unless all are good."""
    cells = read_lesson(path)
    made = []
    for framework, target in notebooks_of(path, cells).items():
        print(f"{target.relative_to(COURSE)} ...", flush=True)
        notebook = make_notebook(path.stem, cells, framework)
        target.parent.mkdir(parents=True, exist_ok=True)
        run(path, cells_of(cells, framework), notebook, str(target.parent))
        notebook.metadata["built_from"] = fingerprint(path)
        made.append((notebook, target))
    for notebook, target in made:
        write(notebook, target)


def is_current(path):
    """Whether the notebooks of a lesson were built from what is there now."""
    targets = notebooks_of(path, read_lesson(path)).values()
    return all(t.is_file() and nbformat.read(t, 4).metadata.get("built_from") == fingerprint(path) for t in targets)


def stamp(path):
    """Write the address into a lesson's notebooks, keeping every output; refuses when a cell has changed otherwise."""
    cells = read_lesson(path)
    for framework, target in notebooks_of(path, cells).items():
        new = make_notebook(path.stem, cells, framework)
        old = nbformat.read(target, 4) if target.is_file() else new_notebook()
        if [(c.id, c.metadata) for c in old.cells] != [(c.id, c.metadata) for c in new.cells]:
            raise LessonError(f"{path.name}:1: has changed since its notebook was built; run `make notebooks` first")
        for before, after in zip(old.cells, new.cells, strict=True):
            before.source = after.source
        write(old, target)


def write_readme():
    """Bring the README's table of notebooks, its badges and the address of `git clone` up to date."""
    folder = COURSE / "notebooks"
    rows = ["| lesson | PyTorch | TensorFlow |", "|---|---|---|"]
    for lesson in sorted({path.stem for path in folder.rglob("[0-9][0-9]_*.ipynb")}):
        places = {"neutral": folder, **{framework: folder / framework for framework in FRAMEWORKS}}
        found = {f: place / f"{lesson}.ipynb" for f, place in places.items() if (place / f"{lesson}.ipynb").is_file()}
        title = nbformat.read(next(iter(found.values())), 4).cells[0].source.partition("\n")[0].strip("# ")
        links = [f"[open]({path.relative_to(COURSE)}) {_colab_badge(lesson, f)}" for f, path in found.items()]
        rows.append(f"| {lesson[:2]} {title} | {links[0]} | {links[-1] if len(links) > 1 else 'the same'} |")
    readme = COURSE / "README.md"
    text = re.sub(r"(?<=git clone )\S+", address(), readme.read_text(encoding="utf-8"))
    begin, end = "(written by `make notebooks`) -->\n", "<!-- notebooks: end -->"
    before, after = text.partition(begin)[0], text.partition(end)[2]
    readme.write_text(before + begin + "\n".join(rows) + "\n" + end + after, encoding="utf-8")


def main(arguments):
    lessons = sorted((COURSE / "lessons").glob("[0-9][0-9]_*.md"))
    number = next((word for word in arguments if word != "--stamp"), "")
    chosen = [path for path in lessons if path.stem.startswith(number)]
    if not chosen:
        sys.exit(f"No lesson starts with {number!r}. There are: {', '.join(path.stem for path in lessons)}.")
    try:
        for path in chosen:
            if "--stamp" in arguments:
                stamp(path)
            elif number or not is_current(path):
                build(path)
    except LessonError as error:
        sys.exit(f"{error}\nThe notebook in notebooks/ is still the old one.")
    write_readme()
    if "/OWNER/" in address():
        print("The repository has no address yet: OWNER stands in pyproject.toml; change it there, then `make stamp`.")


if __name__ == "__main__":
    main(sys.argv[1:])
