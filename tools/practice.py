"""Record what `check` says to orders of each task's lines, for the website, which runs no Python.

    python -m tools.practice [lesson ...]    write site/practice/<lesson>.json and site/practice/outcomes/<lesson>.json

Where the orders of a task are few, all are run; else those that are one change away from a right one.
A task that takes long is not run: of it the page knows the solution and its decoys, each in its place. What a task's
folder and ladder have not changed since is kept. Mistakes stand by their names; tools/website.py has the sentences.
The questions on what comes out of a task are made by tools/outcomes.py.
"""

import hashlib
import importlib
import itertools
import json
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools import outcomes
from tools.ladders import LONG
from utils.catalogue import OTHER, Task, needs_framework, tasks_of
from utils.check import Session
from utils.course import course
from utils.judging import Judge
from utils.ladder import Ladder, ladder
from utils.wording import SIGNS

PRACTICE = Path(__file__).resolve().parent.parent / "site" / "practice"
OUTCOMES = PRACTICE / "outcomes"
MOST = 60  # orders of a task that are all run
MOST_RIGHT = 2  # right orders whose neighbours are run
LONGEST = 200  # characters of a general sentence


def orders_of(steps: Ladder) -> Iterator[str]:
    """The orders to begin with: all of the solution's length where they are few, else those one change away."""
    if math.perm(len(steps.pieces), len(steps.order)) <= MOST:
        yield from ("".join(order) for order in itertools.permutations(steps.pieces, len(steps.order)))
    yield from (steps.order, *steps.slips)
    yield from changes(steps.order, [*steps.pieces])


def changes(order: str, letters: list[str]) -> Iterator[str]:
    """The orders one change away: a part left out, exchanged with the next, or replaced by one that was not used."""
    unused = [letter for letter in letters if letter not in order]
    for n, letter in enumerate(order):
        before, after = order[:n], order[n + 1 :]
        yield from (before + other + after for other in unused)
        if before or after:
            yield before + after
        if after:
            yield before + after[0] + letter + after[1:]


def said(session: Session, task: Task, order: str) -> str:
    """What is said to an order: the name of the mistake after "=", or the sentence with its sign."""
    verdict = session.judge_step(task.name, lines=order)
    if verdict.mistake:
        return f"={verdict.mistake}"
    sign = SIGNS[verdict.status]
    text = verdict.text.partition(f"{sign} {task.name}: ")[2].partition("\n")[0].partition("  (")[0]
    return f"{sign} {text[:LONGEST]}{'…' if len(text) > LONGEST else ''}"


def verdicts(session: Session, task: Task, steps: Ladder) -> dict[str, str]:
    """{order: what is said to it}. Raises ValueError where that is not what the ladder holds."""
    known = {steps.order: "✓ right.", **{order: f"={mistake}" for order, mistake in steps.slips.items()}}
    if task.seconds >= LONG:
        return known
    found, right = {}, [steps.order]
    for start in itertools.islice(iter(right), MOST_RIGHT):
        tried = orders_of(steps) if start == steps.order else changes(start, [*steps.pieces])
        for order in tried:
            if order not in found:
                found[order] = said(session, task, order)
                if found[order].startswith("✓") and order != steps.order:
                    right.append(order)
    if wrong := [order for order, text in known.items() if found[order] != text]:
        raise ValueError(f"{task.name}, {session.framework}: of {wrong} something else is said than its ladder holds")
    return found


def record(session: Session, held: dict[str, Any]) -> dict[str, Any]:
    """{"framework task": what the page needs} of one lesson in one framework; `held` is what was recorded before."""
    session.solved = {*session.tasks}
    kept = {}
    for task in (task for task in session.tasks.values() if isinstance(task, Task)):
        name, steps = f"{session.framework} {task.name}", ladder(session.subject, task, session.framework)
        if steps is None:
            continue
        state = digest(session.subject, task, steps)
        if held.get(name, {}).get("digest") == state:
            kept[name] = held[name]
            continue
        says: dict[str, list[str]] = {}
        for order, text in verdicts(session, task, steps).items():
            says.setdefault(text, []).append(order)
        kept[name] = {
            "digest": state,
            "head": steps.head,
            "parts": steps.pieces,
            "size": len(steps.order),
            "says": {text: " ".join(orders) for text, orders in says.items()},
        }
        print(name, {text[:1]: sum(len(o) for t, o in says.items() if t[0] == text[0]) for text in says}, flush=True)
    return kept


def record_outcomes(session: Session, held: dict[str, Any]) -> dict[str, Any]:
    """{"framework task": the question on what comes out, if it has one} of one lesson in one framework."""
    judge, kept = Judge(session.subject, session.framework), {}
    for task in (task for task in session.tasks.values() if isinstance(task, Task)):
        name, state = f"{session.framework} {task.name}", digest(session.subject, task)
        if held.get(name, {}).get("digest") != state:
            kept[name] = {"digest": state, **(outcomes.question(judge, task) or {})}
            print(name, kept[name], flush=True)
        else:
            kept[name] = held[name]
    return kept


def digest(subject: str, task: Task, steps: Ladder | None = None) -> str:
    """What a record depends on, in short: the files of the task and its ladder."""
    folder = Path(importlib.import_module(f"tasks.{subject}.{task.name}").__path__[0])
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.py"))]
    return hashlib.sha256("\n".join([*texts, repr(steps)]).encode()).hexdigest()[:16]


def main(lessons: list[str]) -> None:
    for name, value in {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}.items():
        os.environ.setdefault(name, value)
    OUTCOMES.mkdir(parents=True, exist_ok=True)
    for lesson in course():
        if lessons and lesson.number not in lessons:
            continue
        paired = any(needs_framework(lesson.subject, task) for task in tasks_of(lesson.subject))
        for place, make in ((PRACTICE, record), (OUTCOMES, record_outcomes)):
            file = place / f"{lesson.file}.json"
            held = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
            found: dict[str, Any] = {}
            for framework in [*OTHER] if paired else ["neutral"]:
                found |= make(Session(lesson.file, framework), held)
                rows = [f"{json.dumps(n)}: {json.dumps(e, ensure_ascii=False)}" for n, e in (held | found).items()]
                file.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
