"""The misconceptions behind the catalogued mistakes, from tasks/misconceptions.toml, the one list of them."""

import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from utils.catalogue import CatalogueError, tasks_of
from utils.course import course

FILE = Path(__file__).resolve().parent.parent / "tasks" / "misconceptions.toml"


@dataclass(frozen=True)
class Misconception:
    """One misconception; `mistakes` is {(subject, task): names of the mistakes that come from it}."""

    name: str
    title: str
    explanation: str
    mistakes: dict[tuple[str, str], tuple[str, ...]]


@functools.cache
def misconceptions(file: Path = FILE) -> dict[str, Misconception]:
    """{name: misconception}, in the order of the list. Raises CatalogueError where it cannot be read."""
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8"))
        return {name: _read(name, **entry) for name, entry in entries.items()}
    except (tomllib.TOMLDecodeError, TypeError, AttributeError, ValueError) as error:
        raise CatalogueError(f"tasks/{file.name}: cannot be read ({error})") from None


def _read(name: str, title: str, explanation: str, mistakes: dict[str, list[str]]) -> Misconception:
    places = {place: tuple(place.split("/")) for place in mistakes}
    return Misconception(name, title, explanation, {(s, t): tuple(mistakes[place]) for place, (s, t) in places.items()})


@functools.cache
def by_mistake(file: Path = FILE) -> dict[tuple[str, str], str]:
    """{(task, mistake): name of its misconception}; a task's name is the same in no two lessons."""
    return {(task, mistake): name for name, task, mistake in _listed(file)}


def _listed(file: Path) -> Iterator[tuple[str, str, str]]:
    for name, misconception in misconceptions(file).items():
        for (_, task), mistakes in misconception.mistakes.items():
            yield from ((name, task, mistake) for mistake in mistakes)


def validate(file: Path = FILE) -> None:
    """Check that every catalogued mistake belongs to exactly one misconception, and that every name in the list exists.

    Raises CatalogueError with a line for each fault.
    """
    owners: dict[str, list[str]] = {}
    for name, misconception in misconceptions(file).items():
        for (subject, task), mistakes in misconception.mistakes.items():
            for mistake in mistakes:
                owners.setdefault(f"{subject}/{task}: {mistake}", []).append(name)
    known = {
        f"{lesson.subject}/{task.name}: {mistake}"
        for lesson in course()
        for task in tasks_of(lesson.subject)
        for mistake in task.mistakes
    }
    faults = [f"{mistake} belongs to no misconception" for mistake in sorted(known - owners.keys())]
    faults += [f"{mistake} is no catalogued mistake" for mistake in sorted(owners.keys() - known)]
    faults += [f"{mistake} belongs to {' and '.join(names)}" for mistake, names in owners.items() if len(names) > 1]
    if faults:
        raise CatalogueError(f"tasks/{file.name}: " + "\n".join(faults))
