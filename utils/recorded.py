"""What was seen of a task's solution and mistakes when the course was made, kept in its recorded.json.

A task whose solution and mistakes take long has such a file, so that a learner's kernel need not run them all before
the first sentence. `make record` writes it; tests/test_tasks.py holds it against what every function does now.
"""

import functools
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from utils.looking import Seen

TASKS = Path(__file__).resolve().parent.parent / "tasks"


class Recorded(NamedTuple):
    """What was tried and seen of one function, and the seconds of work that it took."""

    tried: list[str]
    seen: list[Seen]
    seconds: float


def file_of(subject: str, task: str) -> Path:
    """Where the record of a task stands."""
    return TASKS / subject / task / "recorded.json"


def read_recorded(subject: str, task: str, framework: str) -> dict[str, Recorded]:
    """{function: what was seen of it}; empty where nothing is recorded."""
    held = _read(file_of(subject, task)).get(framework, {})
    if not held:
        return {}
    right = held[task]
    return {
        name: Recorded(
            right["tried"][: r["place"]],
            [_seen(seen) for seen in [*right["seen"][: r["place"] - 1], r["last"]]],
            r["seconds"],
        )
        for name, r in held.items()
    }


@functools.cache
def _read(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def write_recorded(subject: str, task: str, framework: str, functions: dict[str, Recorded]) -> None:
    """Put the record of one framework in the place of the one that is there.

    A mistake agrees with the solution up to the last that was seen of it, so that alone is kept of a mistake.
    """
    file = file_of(subject, task)
    held = {
        name: {"place": len(r.seen), "last": _plain(r.seen[-1]), "seconds": r.seconds} for name, r in functions.items()
    }
    right = functions[task]
    held[task] |= {"tried": right.tried, "seen": [_plain(seen) for seen in right.seen]}
    frameworks = [
        f"{json.dumps(name)}: {{\n" + ",\n".join(f" {json.dumps(f)}: {json.dumps(own[f])}" for f in own) + "}"
        for name, own in sorted((_read(file) | {framework: held}).items())
    ]
    file.write_text("{" + ",\n".join(frameworks) + "}\n", encoding="utf-8", newline="\n")
    _read.cache_clear()


def _plain(seen: Seen) -> dict[str, Any]:
    """A Seen as JSON holds it."""
    data = seen.data
    if isinstance(data, np.ndarray):
        return {"kind": seen.kind, "dtype": data.dtype.str, "array": data.tolist()}
    if isinstance(data, tuple) and all(isinstance(part, Seen) for part in data):
        return {"kind": seen.kind, "parts": [_plain(part) for part in data]}
    return {"kind": seen.kind, "data": data}


def _seen(held: dict[str, Any]) -> Seen:
    if "array" in held:
        return Seen(held["kind"], np.array(held["array"], held["dtype"]))
    if "parts" in held:
        return Seen(held["kind"], tuple(_seen(part) for part in held["parts"]))
    data = held.get("data")
    return Seen(held["kind"], tuple(data) if isinstance(data, list) else data)
