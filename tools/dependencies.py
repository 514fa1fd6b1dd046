"""What the outputs of a notebook depend on, found by reading, without running anything.

They depend on its code cells; on our modules that those import, and these in turn; on the data that cells and modules
name; on the pinned packages that they import; on the names of its tasks, which progress() lists, on its predictions,
which reveal() answers, on the starter cells that check compares with, and on a task that the lesson itself answers to
show what check says. The rest of the catalogue cannot change an output: no other task is answered in a notebook.
"""

import ast
import functools
import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools import source
from utils.catalogue import Task, framework_of, tasks_of
from utils.course import lesson_of
from utils.predictions import read_predictions
from utils.quiz import read_quiz

DATA = ("data/*.csv", "data/*.json", "site/playground/*")
PINS = ("requirements.lock", "requirements.txt")  # the first that is there
KERNEL = {"ipykernel", "ipython"}  # they make the outputs of what the cells give
PACKAGE = {"sklearn": "scikit-learn"}  # where a package is not called as its module
# What our modules import for the notebooks of the other framework only.
FOREIGN = {"pytorch": {"tensorflow"}, "tensorflow": {"torch", "pytorch-lightning", "torchmetrics"}}
Seen = tuple[tuple[str, ...], tuple[str, ...]]  # the imports and the texts of a file or a cell


def dependencies(lesson: str, framework: str, cells: Iterable[tuple[str, frozenset[str]]]) -> dict[str, str]:
    """{what: its state} of all that the outputs of one notebook depend on.

    lesson: such as "01_tensors". cells: source and tags of each code cell, the set-up cell among them.
    What is "code cells", "tasks", a file of the course (its digest) or a package (its version).
    """
    cells = list(cells)
    in_cells = [_seen_in_cell(text) for text, _ in cells]
    files = closure(name for imports, _ in in_cells for name in imports)
    in_files = [_seen_in(file) for file in files]
    named = {text.rpartition("/")[2] for _, texts in in_cells + in_files for text in texts}
    data = {file for pattern in DATA for file in source.COURSE.glob(pattern) if file.name in named}
    packages = _packages(in_cells) | (_packages(in_files) - FOREIGN.get(framework, set())) | KERNEL
    return {
        "code cells": digest(repr([(text, "raises-exception" in tags) for text, tags in cells])),
        "tasks": digest(repr(_tasks(lesson, framework, [text for text, tags in cells if "task" not in tags]))),
        **{_name(file): digest(code(file)) for file in sorted(files)},
        **{_name(file): digest(file.read_text(encoding="utf-8")) for file in sorted(data)},
        **{name: version for name, version in sorted(pins().items()) if name in packages},
    }


def _packages(seen: list[Seen]) -> set[str]:
    modules = {name.partition(".")[0] for imports, _ in seen for name in imports}
    return {PACKAGE.get(module, module.replace("_", "-")) for module in modules}


def closure(names: Iterable[str]) -> set[Path]:
    """The files of our modules among `names`, such as "utils.data", and of all of ours that these import."""
    waiting, found = list(names), set()
    while waiting:
        for file in _files(waiting.pop()):
            if file not in found:
                found.add(file)
                waiting += _seen_in(file)[0]
    return found


def digest(*texts: str) -> str:
    """One short digest of several texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def code(file: Path) -> str:
    """A Python file as text that a changed comment or another layout leaves as it is, in every version of Python."""
    return _code(file.read_text(encoding="utf-8"))


@functools.cache
def _code(text: str) -> str:
    return repr(_plain(_tree(text)))


def pins() -> dict[str, str]:
    """{package: version} of the course's list; several versions, for several systems, joined."""
    listed = next((source.COURSE / name for name in PINS if (source.COURSE / name).is_file()), None)
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", listed.read_text("utf-8") if listed else "", re.M):
        found.setdefault(name.lower(), []).append(version)
    return {name: " or ".join(sorted(set(versions))) for name, versions in found.items()}


def _tasks(lesson: str, framework: str, told: list[str]) -> list:
    """What an unsolved notebook shows of its tasks; `told` are the cells in which the lesson itself may answer one."""
    subject = lesson_of(lesson).subject
    tasks = [task for task in tasks_of(subject) if task.only in (None, framework)]
    files = {task.name: _files_of(subject, task, framework) for task in tasks}
    starters = [repr(_plain(node)) for own in files.values() for file in own for node in _starters(file)]
    answered = [code(file) for name in files for file in files[name] if any(f'("{name}"' in cell for cell in told)]
    asked = [
        [quiz.name for quiz in read_quiz(lesson, framework)],
        [repr(p) for p in read_predictions(lesson, framework)],
    ]
    return [[*files], *asked, starters, answered]


def _files_of(subject: str, task: Task, framework: str) -> list[Path]:
    parts = dict.fromkeys(("__init__", "neutral", framework_of(task, framework)))
    places = [source.COURSE / "tasks" / subject / task.name / f"{part}.py" for part in parts]
    return [file for file in places if file.is_file()]


def _starters(file: Path) -> Iterator[ast.AST]:
    return (node for node in _tree_of(file).body if getattr(node, "name", "").endswith("__starter"))


def _files(module: str) -> Iterator[Path]:
    """The files of ours that importing `module` runs: its packages and itself."""
    parts = module.split(".")
    for length in range(1, len(parts) + 1):
        place = source.COURSE.joinpath(*parts[:length])
        yield from (file for file in (place / "__init__.py", place.with_suffix(".py")) if file.is_file())


def _seen_in(file: Path) -> Seen:
    return _seen(file.read_text(encoding="utf-8"), _name(file).rpartition("/")[0].replace("/", "."))


def _seen_in_cell(text: str) -> Seen:
    """The same of a cell, without the lines of IPython's own; nothing where a wrong syntax is the point."""
    try:
        return _seen(re.sub(r"^(\s*)[%!].*", r"\1pass", text, flags=re.MULTILINE), "")
    except SyntaxError:
        return (), ()


@functools.cache
def _seen(text: str, package: str) -> Seen:
    """The modules that a Python text in `package` imports, also within functions, and the texts that it holds.

    What is imported from a package may be a module of it, and counts as one.
    """
    imports, texts = [], []
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.Import):
            imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            own = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            base = ".".join(part for part in (own if node.level else "", node.module) if part)
            imports += [base, *(f"{base}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.append(node.value)
    return tuple(imports), tuple(texts)


def _tree_of(file: Path) -> ast.Module:
    return _tree(file.read_text(encoding="utf-8"))


@functools.cache
def _tree(text: str) -> ast.Module:
    return ast.parse(text)


def _plain(node: object) -> object:
    """A tree as nested lists, without places and without what is empty (ast.dump's text has changed with Python)."""
    if isinstance(node, ast.JoinedStr):  # some versions of Python cut the text between two values in pieces
        return ["JoinedStr", [part for values in _parts(node) for part in values]]
    if isinstance(node, ast.AST):
        fields = [(name, _plain(value)) for name, value in ast.iter_fields(node) if value not in (None, [])]
        return [type(node).__name__, *fields]
    return [_plain(part) for part in node] if isinstance(node, list) else node


def _parts(node: ast.JoinedStr) -> Iterator[list]:
    for is_text, group in itertools.groupby(node.values, lambda part: isinstance(part, ast.Constant)):
        parts = list(group)
        text = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        if text or not is_text:
            yield [text] if is_text else [_plain(part) for part in parts]


def _name(file: Path) -> str:
    return file.relative_to(source.COURSE).as_posix()
