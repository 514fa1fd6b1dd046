"""Find the notebooks of a lesson in what a class handed in, and read them: whose they are, and what is new in them.

A notebook is recognized by its content: the cell that begins the lesson, whatever its file is called. The folders and
names that Moodle, Canvas and GitHub Classroom make tell whose it is; elsewhere its path does.
"""

import hashlib
import json
import os
import re
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tools.grading.drawing import LINE, Copy, told_in
from utils.course import CourseError, Lesson, lesson_of

ROOT = Path(__file__).resolve().parent.parent.parent
MOST_BYTES = 30 * 2**20
MOST_CELLS = 1_000
MOST_FIGURES = 40
BEGINS = re.compile(
    r"""\b(?:commands|begin)\(\s*["']([\w ]{1,40})["']\s*,\s*["'](pytorch|tensorflow|neutral)["']\s*\)"""
)
MOODLE = re.compile(r"(?P<name>[^/]+)_(?P<number>\d+)_assignsubmission_\w+")
CANVAS = re.compile(r"(?!anon_)(?P<name>[^/_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_[^/]+\.ipynb")


class Unreadable(ValueError):
    """A file that cannot be run; the message says why, in one sentence."""


@dataclass(frozen=True)
class Learner:
    """Whose a submission is: the name, and the number by which Moodle or Canvas knows them."""

    name: str
    moodle: str = ""
    canvas: str = ""
    is_late: bool = False  # which Canvas alone tells


@dataclass(frozen=True)
class Cell:
    """A code cell: its number among the notebook's code cells, from 1, and its source."""

    number: int
    source: str

    @cached_property
    def _symbols(self) -> tuple[list[symtable.Symbol], list[symtable.Symbol]] | None:
        """The names at the cell's top level, and those of the notebook in its functions; None where it is no Python."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                table = symtable.symtable(self.source, "cell", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        inner = [one for part in _parts(table) for one in part.get_symbols() if one.is_global()]
        return list(table.get_symbols()), inner

    @cached_property
    def uses(self) -> frozenset[str]:
        """The names of the notebook that it uses; all words, where it is no Python, such as a cell with a magic."""
        if self._symbols is None:
            return frozenset(re.findall(r"[A-Za-z_]\w*", self.source))
        return frozenset(one.get_name() for part in self._symbols for one in part if one.is_referenced())

    @cached_property
    def gives(self) -> frozenset[str]:
        """The names that it gives to the notebook, imports aside."""
        symbols = [one for part in self._symbols or () for one in part]
        return frozenset(one.get_name() for one in symbols if one.is_assigned() and not one.is_imported())

    @cached_property
    def defines(self) -> frozenset[str]:
        """Those of them that are functions or classes."""
        return frozenset(one.get_name() for one in (self._symbols or ((), ()))[0] if one.is_namespace())

    @cached_property
    def imports(self) -> frozenset[str]:
        """The names that it imports."""
        return frozenset(one.get_name() for one in (self._symbols or ((), ()))[0] if one.is_imported())


def _parts(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """The functions and classes in a table, and those in them."""
    for part in table.get_children():
        yield part
        yield from _parts(part)


@dataclass(frozen=True)
class Submission:
    """One file that was handed in. problem: why it cannot be run, in one sentence; then it has no cells."""

    path: str  # below the folder of submissions
    learner: Learner
    digest: str
    framework: str = ""
    cells: tuple[Cell, ...] = ()
    figures: tuple[str, ...] = ()  # that it shows: what stands there as base64 of PNG
    problem: str = ""
    own: frozenset[int] = field(default=frozenset())  # the numbers of the cells that the learner wrote
    copy: Copy | None = None  # what it says that it was handed out with
    is_older: bool = False  # than the course's questions

    def needed(self) -> list[Cell]:
        """The cells to run: the first, the learner's, and those of the lesson that these need.

        A cell of the lesson is needed where it gives a name that a cell which runs uses; and where it does something
        with a value, not a function, that a learner's cell uses: it may change it.
        """
        chosen = set(self.own) | {cell.number for cell in self.cells if BEGINS.search(cell.source)}
        rest = [cell for cell in self.cells if cell.number not in chosen]
        own = frozenset().union(*(cell.uses for cell in self.cells if cell.number in self.own))
        changing = own & frozenset().union(*(cell.gives - cell.defines for cell in rest))
        chosen |= {cell.number for cell in rest if cell.uses & changing}
        needed = own
        while more := {cell.number for cell in rest if (cell.gives | cell.imports) & needed} - chosen:
            chosen |= more
            needed = own.union(*(cell.uses - cell.gives for cell in rest if cell.number in chosen))
        return [cell for cell in self.cells if cell.number in chosen]

    def is_written(self, task: str) -> bool:
        """Whether the learner wrote a cell that has a task's name in it."""
        return any(task in cell.uses | cell.gives for cell in self.cells if cell.number in self.own)


def find(folder: Path, lesson: Lesson) -> list[Submission]:
    """Every notebook in `folder` and below, in the order of the paths, also those that cannot be run."""
    return [read(folder, path, lesson) for path in sorted(_files(folder))]


def _files(folder: Path) -> Iterator[Path]:
    """The files that may be notebooks; no link is followed, and no hidden or macOS folder entered."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__MACOSX"))]
        for name in names:
            path = Path(place, name)
            if (
                name.lower().endswith(".ipynb")
                and not name.startswith(".")
                and path.is_file()
                and not path.is_symlink()
            ):
                yield path


def read(folder: Path, path: Path, lesson: Lesson) -> Submission:
    """The Submission of a file."""
    relative = path.relative_to(folder).as_posix()
    learner = learner_of(relative)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Unreadable(f"The file is larger than {MOST_BYTES // 2**20} MB.")
        content = path.read_bytes()
    except OSError as error:
        return Submission(relative, learner, "", problem=f"The file cannot be read ({error.strerror}).")
    except Unreadable as problem:
        return Submission(relative, learner, "", problem=str(problem))
    digest = hashlib.sha256(content).hexdigest()
    try:
        cells, figures = _cells(content)
        begun = _begun(cells)
        framework = _framework(begun, lesson)
    except Unreadable as problem:
        return Submission(relative, learner, digest, problem=str(problem))
    known = lesson_cells(lesson, framework)
    own = frozenset(cell.number for cell in cells if _normal(cell.source) not in known)
    return Submission(
        relative, learner, digest, framework, cells, figures, own=own, copy=told_in(begun), is_older=_is_older(begun)
    )


def _cells(content: bytes) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """The code cells of a notebook, and the figures that it shows. Raises Unreadable."""
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError):
        raise Unreadable("The file is no notebook, or only a part of one: it is not JSON.") from None
    held = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(held, list) or len(held) > MOST_CELLS:
        raise Unreadable("The file is no notebook of format 4 with at most 1,000 cells.")
    language = _inside(notebook, "metadata", "kernelspec", "language") or "python"
    if str(language).lower() != "python":
        raise Unreadable("The notebook is not in Python.")
    code = [cell for cell in held if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    cells = tuple(Cell(number, _joined(cell.get("source"))) for number, cell in enumerate(code, 1))
    outputs = [output for cell in code for output in cell.get("outputs") or [] if isinstance(output, dict)]
    pictures = [_joined(_inside(output, "data", "image/png")).replace("\n", "") for output in outputs]
    return cells, tuple(text for text in pictures if text)[:MOST_FIGURES]


def _inside(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _joined(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _begun(cells: tuple[Cell, ...]) -> str:
    """The source of the cell that begins the lesson. Raises Unreadable where there is none."""
    for cell in cells:
        if BEGINS.search(cell.source):
            return cell.source
    raise Unreadable("The notebook does not begin any lesson of this course: its first code cell is missing.")


def _framework(source: str, lesson: Lesson) -> str:
    """The framework of a notebook of the lesson. Raises Unreadable where it is another one's."""
    begun = BEGINS.search(source)
    assert begun
    subject = re.sub(r"^\d\d_", "", begun[1])
    if subject == lesson.subject:
        return begun[2]
    try:
        raise Unreadable(f"The notebook is of lesson {lesson_of(subject).number}, not of {lesson.number}.")
    except CourseError:
        raise Unreadable("The notebook is of a lesson that this course does not have.") from None


def _is_older(source: str) -> bool:
    """Whether the cell that begins the lesson is from before the questions had their numbers of today."""
    begun = BEGINS.search(source)
    return begun is None or begun[0].startswith("begin")


def lesson_cells(lesson: Lesson, framework: str) -> set[str]:
    """The sources of a lesson's own code cells."""
    place = ROOT / "notebooks" / ("" if framework == "neutral" else framework) / f"{lesson.file}.ipynb"
    if not place.is_file():
        return set()
    cells = json.loads(place.read_text(encoding="utf-8"))["cells"]
    return {_normal("".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"}


def _normal(source: str) -> str:
    """A source without spaces at the ends of lines, which editors change, and without the line of a copy."""
    return "\n".join(line.rstrip() for line in LINE.sub("", source).strip().splitlines())


def learner_of(relative: str) -> Learner:
    """Whose a file is, by its path below the folder of submissions."""
    if found := MOODLE.search(relative):
        return Learner(found["name"].strip(), moodle=found["number"])
    if found := CANVAS.fullmatch(relative.rpartition("/")[2]):
        return Learner(found["name"], canvas=found["number"], is_late=bool(found["late"]))
    folder, _, name = relative.rpartition("/")
    return Learner(folder.partition("/")[0] or name.removesuffix(".ipynb"))
