"""The catalogue of tasks: what tasks/<subject>/<task>/ holds, for the engine and for whoever lists it.

`__init__.py` holds TASK: what is tried, hints, and a sentence for each typical mistake. The functions stand in
`pytorch.py` and `tensorflow.py`, or in `neutral.py` where no framework is needed: the solution has the task's name,
`<task>__ok_<way>` is another right answer, `<task>__<mistake>` a mistake, `<task>__<mistake>__<variant>` another way of
making it, and `<task>__starter` a starter cell that holds more than `...`: unchanged, it counts as not written.
"""

import ast
import importlib
import importlib.util
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Text = str | dict[str, str]  # where the frameworks differ: {framework: text}
Observe = Callable[[Any, int], Iterator[tuple[str, Any]]]
Facts = Callable[[Any, int], Iterator[str]]
SHARED = "common"  # the folder of what a lesson's tasks share; no task
OTHER = {"pytorch": "tensorflow", "tensorflow": "pytorch"}


class CatalogueError(ValueError):
    """A task that the engine cannot use; the message starts with the file."""


@dataclass(frozen=True)
class Task:
    """One task.

    observe: generator function (answer, seed) -> (what was tried, in the learner's words; value seen) pairs; for a
        task with `value=True` the answer is a plain object and observe may be left out.
    hints: from a nudge to nearly the solution.
    mistakes: {name: sentence}. A sentence given as a dict for one framework only is a mistake that exists only there.
    only: the framework whose notebook has this task (None: both). after: the task that must be solved before.
    translate: the answer is written in the OTHER framework than the notebook's.
    open_ended: checked by what it achieves, so that other right answers need no listing.
    recorded: its solution and mistakes take long, so what is seen of them stands in recorded.json (`make record`).
    facts: generator function (answer, seed) -> sentences that are true of this answer, as was tried. The first one stands
        behind the general message where no mistake fits; it takes no part in the judging.
    seconds: time limit of one check. rtol, atol: tolerance of comparing values.
    ways: those of the other right answers `<task>__ok_<way>` that solution(task, way) shows on request.
    """

    name: str
    hints: tuple[Text, ...]
    mistakes: dict[str, Text]
    observe: Observe | None = None
    value: bool = False
    only: str | None = None
    after: str | None = None
    translate: bool = False
    open_ended: bool = False
    recorded: bool = False
    seconds: float = 5.0
    rtol: float = 1e-3
    atol: float = 1e-5
    ways: tuple[str, ...] = ()
    facts: Facts | None = None


def tasks_of(subject: str) -> tuple[Task, ...]:
    """The tasks of a lesson, such as "tensors", in the order of its notebook."""
    names = importlib.import_module(f"tasks.{subject}").TASKS
    return tuple(importlib.import_module(f"tasks.{subject}.{name}").TASK for name in names)


def framework_of(task: Task, framework: str) -> str:
    """The framework that a task's answer is written in, in the notebook of `framework`."""
    return OTHER[framework] if task.translate else framework


@dataclass(frozen=True)
class Entry:
    """One task in the framework that its answer is written in: its functions and their sentences."""

    task: Task
    framework: str
    functions: dict[str, Any]

    @property
    def solution(self) -> Any:
        return self.functions[self.task.name]

    @property
    def starter(self) -> Any:
        """The function or class of a starter cell that holds more than `...`, or None."""
        return self.functions.get(f"{self.task.name}__starter")

    def others(self) -> list[str]:
        """The names of the other right answers."""
        return [name for name in self.functions if name.startswith(f"{self.task.name}__ok_")]

    def mistakes(self) -> dict[str, str]:
        """{name: sentence} of the mistakes that exist in this framework."""
        own = {n: s for n, s in self.task.mistakes.items() if isinstance(s, str) or self.framework in s}
        return {name: text_for(sentence, self.framework) for name, sentence in own.items()}

    def variants(self, mistake: str) -> list[str]:
        """The names of the functions that make one mistake."""
        name = f"{self.task.name}__{mistake}"
        return [f for f in self.functions if f == name or f.startswith(f"{name}__")]

    def answer(self, name: str) -> Any:
        """What a learner who wrote the function `name` would hand in: the function, or its result for a value task."""
        return self.functions[name]() if self.task.value else self.functions[name]


def entry(subject: str, task: Task, framework: str) -> Entry:
    """The Entry of a task in the notebook of `framework`; imports the framework only where the answers need it."""
    framework = framework_of(task, framework)
    functions: dict[str, Any] = {}
    for part in ("neutral", framework):
        name = f"tasks.{subject}.{task.name}.{part}"
        if importlib.util.find_spec(name):
            own = vars(importlib.import_module(name)).items()
            functions |= {n: f for n, f in own if n == task.name or n.startswith(f"{task.name}__")}
    for function in functions.values():
        if isinstance(
            function, type
        ):  # frameworks put the name of a class into their messages: let it be the learner's
            function.__name__ = task.name
    return Entry(task, framework, functions)


def sources(subject: str, task: Task, framework: str) -> dict[str, str]:
    """{name: source} of the functions and classes of a task in the notebook of `framework`, as their files have them.

    Read, not imported, so that it needs no framework.
    """
    found: dict[str, str] = {}
    for text, node in _read(subject, task, framework):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            found[node.name] = "\n".join(text.split("\n")[first - 1 : node.end_lineno])
    return found


def helpers(subject: str, task: Task, framework: str) -> set[str]:
    """The names in a task's files that a learner does not have: other functions, constants, what tasks share."""
    found: set[str] = set()
    for _, node in _read(subject, task, framework):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("tasks"):
            found |= {alias.asname or alias.name for alias in node.names}
    return found - {task.name}


def _read(subject: str, task: Task, framework: str) -> Iterator[tuple[str, ast.stmt]]:
    """(text of the file, statement) of all that a task's files hold for the notebook of `framework`."""
    folder = Path(importlib.import_module(f"tasks.{subject}.{task.name}").__path__[0])
    for file in (folder / "neutral.py", folder / f"{framework_of(task, framework)}.py"):
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        for node in ast.parse(text).body:
            yield text, node


def source(subject: str, task: Task, framework: str, way: str | None = None) -> str:
    """The solution in the notebook of `framework`, or its other right answer `way`, as a learner would type it.

    Raises LookupError where there is none.
    """
    wanted = f"{task.name}__ok_{way}" if way else task.name
    found = sources(subject, task, framework)
    if wanted not in found:
        raise LookupError(f"tasks/{subject}/{task.name} has no {wanted} for {framework}")
    return _typed(found[wanted], task, way)


def _typed(text: str, task: Task, way: str | None) -> str:
    if not task.value:
        return text.replace(f"__ok_{way}", "") if way else text
    body = textwrap.dedent(text.partition(":\n")[2])
    return re.sub(r"^return ", f"{task.name} = ", body, flags=re.MULTILINE)


def needs_framework(subject: str, task: Task) -> bool:
    """Whether a task's answers are written in a framework."""
    parts = [f"tasks.{subject}.{task.name}.{framework}" for framework in OTHER]
    return any(importlib.util.find_spec(part) for part in parts)


def text_for(text: Text, framework: str) -> str:
    """A text in one framework's notebook."""
    return text[framework] if isinstance(text, dict) else text


def validate(subject: str) -> None:
    """Check that folders and list, mistakes and sentences of a lesson's tasks belong together, without a framework.

    Raises CatalogueError with one sentence that names the file.
    """
    place = importlib.util.find_spec(f"tasks.{subject}")
    if place is None or not place.submodule_search_locations:
        raise CatalogueError(f"tasks/{subject}/__init__.py: there is no such file, and the lesson {subject} needs it")
    folder = Path(place.submodule_search_locations[0])
    names = importlib.import_module(f"tasks.{subject}").TASKS
    there = {file.parent.name for file in folder.glob("*/__init__.py")} - {SHARED}
    for name in sorted(there - set(names)):
        raise CatalogueError(f"tasks/{subject}/__init__.py: TASKS does not list {name}, which has a folder there")
    for name in names:
        if name not in there or names.count(name) > 1:
            fault = "which has no folder there" if name not in there else "more than once"
            raise CatalogueError(f"tasks/{subject}/__init__.py: TASKS lists {name}, {fault}")
    for task in tasks_of(subject):
        _validate_task(folder, task)


def _validate_task(folder: Path, task: Task) -> None:
    place = f"tasks/{folder.name}/{task.name}"
    for framework in (task.only,) if task.only else OTHER:
        written = framework_of(task, framework)
        files = [folder / task.name / f"{part}.py" for part in ("neutral", written)]
        functions = {name: file for file in files if file.is_file() for name in _names_in(file)}
        if task.name not in functions:
            raise CatalogueError(f"{place}/{written}.py: the solution, {task.name}, is missing")
        told = {name for name, text in task.mistakes.items() if isinstance(text, str) or written in text}
        made = {name.split("__")[1]: name for name in functions if re.match(rf"{task.name}__(?!ok_|starter$)", name)}
        for name in sorted(told - made.keys()):
            raise CatalogueError(
                f"{place}/__init__.py: {name} has a sentence, but no {task.name}__{name} for {written}"
            )
        for name in sorted(made.keys() - told):
            file = functions[made[name]].name
            raise CatalogueError(f"{place}/{file}: {made[name]} has no sentence in __init__.py for {written}")
        for way in task.ways:
            if f"{task.name}__ok_{way}" not in functions:
                raise CatalogueError(f"{place}/__init__.py: ways names {way}, but no {task.name}__ok_{way} is there")


def _names_in(file: Path) -> list[str]:
    """The names that a file of answers gives at its top level."""
    found: list[str] = []
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found += [alias.asname or alias.name for alias in node.names]
        elif isinstance(node, ast.Assign):
            found += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return found
