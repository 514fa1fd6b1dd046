"""Read a lesson, lessons/NN_name.md: its cells, checked, and where its notebooks go."""

import re
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from utils import predictions
from utils.predictions import Prediction
from utils.quiz import FRAMEWORKS, Quiz, QuizError, filled, parse, question

# jsonschema, which nbformat imports, would build a grammar of web addresses: a second, and no notebook is read by it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

COURSE = Path(__file__).resolve().parent.parent
TAGS = {*FRAMEWORKS, "only", "twin", "task", "quiz", "predict", "goes-on", "nbval-ignore-output", "raises-exception"}
MAY_DIFFER = {*FRAMEWORKS, "goes-on"}  # tags that twins need not share
NEED_REASON = {"only", "goes-on", "nbval-ignore-output", "raises-exception"}
FRAMEWORK_CELL = re.compile(r'^(?:```python|<!-- #region) tags=\[[^\]]*"(?:pytorch|tensorflow)"', re.MULTILINE)
HEADER = "---\njupyter:\n  jupytext:\n    main_language: python\n---\n"  # or jupytext takes the most frequent one


class LessonError(Exception):
    """A lesson that cannot be built; the message starts with file and line."""


@dataclass(frozen=True)
class Cell:
    """One cell of a lesson's source.

    kind: "code" or "markdown". line: where its text starts in the file. quiz, prediction: of a cell that asks for an
    answer or a prediction, what it asks in each framework whose notebook has the cell.
    """

    kind: str
    source: str
    tags: frozenset[str] = frozenset()
    reason: str = ""
    line: int = 1
    quiz: dict[str, Quiz] = field(default_factory=dict)
    prediction: dict[str, Prediction] = field(default_factory=dict)

    @property
    def framework(self) -> str | None:
        """The framework whose notebook has this cell, or None: both."""
        return next(iter(self.tags & FRAMEWORKS.keys()), None)

    def text(self, framework: str) -> str:
        """What the cell says in the notebook of `framework`."""
        return filled(self.source, framework)


def read_lesson(path: Path) -> list[Cell]:
    """The cells of a lesson, checked: known tags, reasons given, every framework cell followed by its twin.

    Raises LessonError.
    """
    import jupytext  # here, because a build that finds nothing to do need not wait for it

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
    both = [*FRAMEWORKS] if any(cell.framework for cell in cells) else ["neutral"]
    asked = [part for cell in cells for part in _asked(path, cell, both)]
    _check_numbers(path, asked)
    for framework in both:
        _check_predictions(path, asked, framework)
    return asked


def _asked(path: Path, cell: Cell, both: list[str]) -> list[Cell]:
    """A question or prediction as the cell that asks it, and the one to answer in; any other cell as it is."""
    frameworks = [cell.framework] if cell.framework else both
    if "predict" in cell.tags:
        return _expected(path, cell, frameworks)
    if "quiz" not in cell.tags:
        return [cell]
    try:
        quizzes = {f: parse(cell.source, f, f"{path.name}:{cell.line}") for f in frameworks}
    except QuizError as error:
        raise LessonError(str(error)) from None
    asked = replace(cell, source=question(cell.source), quiz=quizzes)
    if cell.framework == "pytorch":  # its twin follows, and one cell to answer in
        return [asked]
    name = quizzes[frameworks[0]].name
    return [asked, Cell("code", f'check("{name}", ...)', frozenset({"task"}), line=cell.line)]


def _expected(path: Path, cell: Cell, frameworks: list[str]) -> list[Cell]:
    """A prediction as the cell that asks for it, and the one that it is typed in."""
    try:
        found = {f: predictions.parse(cell.source, f, f"{path.name}:{cell.line}") for f in frameworks}
    except QuizError as error:
        raise LessonError(str(error)) from None
    asked = replace(cell, source=predictions.asked(cell.source), tags=cell.tags - {"predict"}, prediction=found)
    typed = f'predict("{found[frameworks[0]].name}", ...)  # {found[frameworks[0]].form}'
    if "only" in cell.tags:
        return [asked, replace(cell, kind="code", source=typed)]
    own = Cell("code", typed, frozenset({"predict"}), line=cell.line)
    return [asked] if cell.framework == "pytorch" else [asked, own]  # a twin follows, and one cell to type in


def _check_predictions(path: Path, cells: list[Cell], framework: str) -> None:
    """Each prediction of a notebook is typed and revealed below it, and `predict` and `reveal` stay its commands."""
    waiting: dict[str, int] = {}
    form = ""
    for cell in cells_of(cells, framework):
        if cell.prediction:
            form = f'predict("{cell.prediction[framework].name}", ...)  # {cell.prediction[framework].form}'
        elif "predict" in cell.tags and cell.source != form:
            raise LessonError(f"{path.name}:{cell.line}: twins ask for predictions of the same name and form")
        elif "predict" in cell.tags:
            waiting[form.split('"')[1]] = cell.line
        for name in re.findall(r'^reveal\("(\w+)"', cell.source if cell.kind == "code" else "", re.MULTILINE):
            if waiting.pop(name, None) is None:
                raise LessonError(f"{path.name}:{cell.line}: reveals {name}, which no prediction above asks for")
        if form and re.search(r"^(def )?(predict|reveal)( = |\(\w+[,)])", cell.source, re.MULTILINE):
            raise LessonError(f"{path.name}:{cell.line}: predict and reveal are commands; use another name")
    for name, line in waiting.items():
        raise LessonError(f'{path.name}:{line}: the prediction needs a cell below with reveal("{name}")')


def _check_numbers(path: Path, cells: list[Cell]) -> None:
    """Each notebook's questions are numbered through."""
    last: Counter[str] = Counter()
    for cell in cells:
        for framework, quiz in cell.quiz.items():
            last[framework] += 1
            if quiz.name != f"quiz_{last[framework]}":
                raise LessonError(f"{path.name}:{cell.line}: this is question {last[framework]} of its notebook")


def _check_tags(path: Path, cells: list[Cell]) -> None:
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


def _check_pairs(path: Path, cells: list[Cell]) -> None:
    """Cells of one framework stand in pairs of the same kind and tags, PyTorch first, unless tagged only."""
    waiting = None
    for cell in [*cells, Cell("end", "")]:
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


def cells_of(cells: list[Cell], framework: str) -> list[Cell]:
    """The cells of a lesson that one framework's notebook has."""
    return [cell for cell in cells if cell.framework in (None, framework)]


def title_of(path: Path) -> str:
    """The lesson's own title, its first line."""
    return path.read_text(encoding="utf-8").partition("\n")[0].strip("# \r")


def notebooks_of(path: Path) -> dict[str, Path]:
    """{framework: where its notebook goes}; the framework is "neutral" for a lesson without framework cells."""
    folder = COURSE / "notebooks"
    if not FRAMEWORK_CELL.search(path.read_text(encoding="utf-8")):
        return {"neutral": folder / f"{path.stem}.ipynb"}
    return {framework: folder / framework / f"{path.stem}.ipynb" for framework in FRAMEWORKS}


def address() -> str:
    """The repository's address, from the one place that holds it."""
    return tomllib.loads((COURSE / "pyproject.toml").read_text("utf-8"))["tool"]["course"]["repository"].rstrip("/")


def website_address() -> str:
    """Where GitHub publishes the website of this repository."""
    owner, name = address().split("/")[-2:]
    return f"https://{owner.lower()}.github.io/{name}/"


def on_github(path: str) -> str:
    """The address of a file of the course, such as "data/README.md"."""
    return f"{address()}/blob/main/{path}"


def in_colab(notebook: str) -> str:
    """The address that opens a notebook of the course, such as "pytorch/01_tensors.ipynb", in Colab."""
    return on_github(f"notebooks/{notebook}").replace("https://github.com", "https://colab.research.google.com/github")
