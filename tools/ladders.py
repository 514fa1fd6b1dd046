"""Find the lines that make a solution into a catalogued mistake, for the ladder of each task (utils/ladder.py).

    python -m tools.ladders [lesson ...]     write each lesson's tasks/<subject>/ladders.json

A line comes from a catalogued mistake or, where those give too few, is a small change of the solution's. The solution
with that line in its place is judged: only what then gets the sentence of a catalogued mistake is a decoy. Where a
solution takes long, only lines are taken that make the very source of a mistake.
"""

import ast
import importlib
import itertools
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from difflib import SequenceMatcher
from pathlib import Path

from tests.mutants import mutants
from utils.catalogue import OTHER, Task, helpers, needs_framework, sources, tasks_of
from utils.check import Session
from utils.course import course
from utils.ladder import LONGEST_ROW, RECORD, Decoy, Line, NotPut, logical_lines, run, unreached

FEW = 3  # decoys from mistakes, below which small changes are tried too
ALIKE = 0.5  # of a decoy's words stand in the line that it replaces
ENOUGH = 8  # decoys of a task, the first four for its lines, all for its gaps
LONG = 10  # seconds that a check may take from which on variants are not run


def decoys_of(session: Session, task: Task) -> list[Decoy]:
    """The decoys of a task in a session's framework, the best first."""
    found = sources(session.subject, task, session.framework)
    head, *body = logical_lines(found[task.name])
    good: list[Decoy] = []
    for candidates in (_from_mistakes(session, task, body), _from_changes(session, task, body)):
        for decoy, exact in candidates:
            if len(good) >= ENOUGH:
                break
            if (decoy.line, decoy.text) in [(d.line, d.text) for d in good] or (task.seconds >= LONG and not exact):
                continue
            if max(map(len, decoy.text.split("\n"))) > LONGEST_ROW:
                continue
            mistake = decoy.mistake if exact else _judged(session, task, head, body, decoy)
            if mistake and mistake == (decoy.mistake or mistake):
                good.append(Decoy(decoy.line, decoy.text, mistake))
        if len(good) >= FEW:
            break
    return _varied(good)


def _from_mistakes(session: Session, task: Task, body: list[Line]) -> Iterator[tuple[Decoy, bool]]:
    """(line of a catalogued mistake that resembles one of the solution, whether it makes the very mistake)."""
    unknown = helpers(session.subject, task, session.framework)
    unknown -= {word for line in body for word in line.key[1]}  # what the solution uses, a learner has
    known = {line.key for line in body}
    entry = session.entry(task)
    texts = sources(session.subject, task, session.framework)
    for mistake in entry.mistakes():
        for name in entry.variants(mistake):
            if name not in texts:  # an alias
                continue
            lines = logical_lines(texts[name].replace(name, task.name, 1))[1:]
            for line in (line for line in lines if line.key not in known and not unknown & {*line.key[1]}):
                alike = {n: _alike(line, other) for n, other in enumerate(body) if other.key[0] == line.key[0]}
                place = max(alike, key=lambda n: alike[n], default=None)
                if place is not None and alike[place] >= ALIKE:
                    hybrid = [*body[:place], line, *body[place + 1 :]]
                    yield Decoy(place, line.text, mistake), [one.key for one in hybrid] == [one.key for one in lines]


def _alike(one: Line, other: Line) -> float:
    return SequenceMatcher(None, one.key[1], other.key[1], autojunk=False).ratio()


def _from_changes(session: Session, task: Task, body: list[Line]) -> Iterator[tuple[Decoy, bool]]:
    """Small changes of one line, whose mistake is not known yet."""
    text = session.source(task)
    plain = logical_lines(ast.unparse(ast.parse(text)))[1:]
    for _, source in mutants(text):
        changed = logical_lines(source)[1:]
        places = [n for n, (one, other) in enumerate(zip(plain, changed, strict=False)) if one.key != other.key]
        if len(changed) == len(plain) == len(body) and len(places) == 1:
            (place,) = places
            if line := _as_typed(body[place], plain[place], changed[place]):
                yield Decoy(place, line, ""), False


def _as_typed(typed: Line, plain: Line, changed: Line) -> str:
    """The changed line in the layout of the typed one, or "" where the two cannot be laid beside each other."""
    if len(typed.key[1]) != len(plain.key[1]):
        return ""
    one, other = plain.text, changed.text
    start = _common(one, other)
    end = _common(one[start:][::-1], other[start:][::-1])
    before, after = one[:start], one[len(one) - end :]
    if typed.text.startswith(before) and typed.text.endswith(after):
        return typed.text[:start] + other[start : len(other) - end] + typed.text[len(typed.text) - end :]
    return ""


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _judged(session: Session, task: Task, head: Line, body: list[Line], decoy: Decoy) -> str | None:
    lines = [head.text, *(line.text for line in body)]
    lines[decoy.line + 1] = decoy.text
    source = "\n".join(lines)
    try:
        if unreached(ast.parse(source)):
            return None
        known = vars(sys.modules[session.entry(task).solution.__module__])
        return session.judge(task.name, *run(source, task.name, known)).mistake
    except (SyntaxError, NotPut):  # a simple line in place of one that opens a block
        return None


def _varied(decoys: list[Decoy]) -> list[Decoy]:
    """The decoys such that mistakes and lines which are not there yet come first."""
    rest = [*decoys]
    chosen: list[Decoy] = []
    while rest:
        best = min(
            rest,
            key=lambda d: sum(3 * (d.mistake == c.mistake) + 2 * (d.line == c.line) for c in chosen),
        )
        rest.remove(best)
        chosen.append(best)
    return chosen


def record(session: Session) -> dict[str, list[dict[str, object]]]:
    """{"framework task": its decoys} of a lesson in one framework."""
    session.solved = {*session.tasks}
    tasks = [task for task in session.tasks.values() if isinstance(task, Task) and not task.value]
    return {f"{session.framework} {t.name}": [asdict(d) for d in decoys_of(session, t)] for t in tasks}


def main(lessons: list[str]) -> None:
    for name, value in {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}.items():
        os.environ.setdefault(name, value)
    for lesson in course():
        if not lessons or lesson.number in lessons:
            paired = any(needs_framework(lesson.subject, task) for task in tasks_of(lesson.subject))
            frameworks = [*OTHER] if paired else ["neutral"]
            place = Path(importlib.import_module(f"tasks.{lesson.subject}").__path__[0]) / RECORD
            place.unlink(missing_ok=True)  # hints read it, and its lines may not fit the solutions any more
            found = {name: d for framework in frameworks for name, d in record(Session(lesson.file, framework)).items()}
            rows = [f"{json.dumps(name)}: {json.dumps(decoys, indent=1)}" for name, decoys in found.items() if decoys]
            place.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
            print(lesson.file, {name: len(decoys) for name, decoys in found.items()})


if __name__ == "__main__":
    main(sys.argv[1:])
