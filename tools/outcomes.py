"""Record for each task a question on what comes out, for the website, which runs no Python.

    {"asks": "call" or "seen" (what comes out of a right answer?) or, where an input is too large to be shown, "mistake"
     (what comes out of the wrong answer that gets this sentence?), "tried": what is looked at, "call": as code,
     "right": what comes out of a right answer, "wrong": {what came out of a catalogued mistake: its name}}

The engine observes the solution and the mistakes of a task. A mistake stands at the observation in which it first
differs, because that is what its sentence speaks of. Where numbers are too many to be shown, their shape is asked for;
a task whose mistakes do not differ visibly has no question.
"""

import functools
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from utils.catalogue import Task
from utils.judging import Judge, Observed, is_statement
from utils.looking import Seen, is_array

MOST_WRONG = 3
FEWEST_WRONG = 2
MOST_NUMBERS = 12  # that an option or an argument may hold
LONGEST = 70  # characters of an option
DIGITS = (4, 3, 2)  # significant ones, tried in turn
SPREAD = 1e-5  # between processors, relative to the largest number
SMALLEST = 1e-3  # of a smaller number, digits are those of its rounding error
MADE_BY = {"pytorch": "torch.tensor", "tensorflow": "tf.constant", "neutral": "np.array"}
UNFIT = {"choose_and_test"}  # its observation gives the names of networks, which nobody can predict
ERROR = "an error, "
UNTOLD = re.compile(r"samples|batch|shape|random|draws|network|pictures|images|points|models|\bto\b")  # not in full

Write = Callable[[Seen], str | None]
Mistakes = dict[int, list[tuple[str, Observed]]]  # {number of the observation: the mistakes that first differ there}


def question(judge: Judge, task: Task) -> dict[str, Any] | None:
    """The question of a task, None where there is none."""
    if task.name in UNFIT:
        return None
    right = judge.observed_once(task, task.name, None)
    made: Mistakes = {}
    for mistake in judge.entry(task).mistakes():
        for function in judge.entry(task).variants(mistake):
            own = judge.observed_once(task, function, right)
            made.setdefault(len(own.seen) - 1, []).append((mistake, own))
    by_value: list[Write] = [functools.partial(written, digits=digits) for digits in DIGITS]
    for writers in (by_value, [shape]):
        places = [place for place in sorted(made) if place < len(right.seen)]
        asked = [_asked(judge, task, right, made, place, write) for place in places for write in writers]
        if found := [one for one in asked if one]:
            return max(found, key=lambda one: (one["asks"] != "mistake", len(one["wrong"])))
    return None


def _asked(
    judge: Judge, task: Task, right: Observed, made: Mistakes, place: int, write: Write
) -> dict[str, Any] | None:
    """The question on one observation, None where too few mistakes differ visibly."""
    text, different = write(right.seen[place]), dict[str, str]()
    for mistake, own in made[place]:
        other = write(own.seen[-1])
        if other and other != text and other not in different and mistake not in different.values():
            different[other] = mistake
    chosen = sorted(different, key=lambda other: other.startswith(ERROR))[:MOST_WRONG]  # a value is harder to tell
    if text is None or is_statement(right.seen[place]) or len(chosen) < FEWEST_WRONG:
        return None
    wrong = {other: different[other] for other in chosen}
    tried, call = right.tried[place], _call(judge, task, made[place])
    untold = UNTOLD.search(tried) and right.seen[place].kind != "text"
    asks = "call" if call else "mistake" if untold else "seen"
    return {"asks": asks, "tried": tried, "call": call, "right": text, "wrong": wrong}


def _call(judge: Judge, task: Task, found: list[tuple[str, Observed]]) -> str:
    """The call whose result is seen, as it would be typed; "" where that is long, or not what is seen."""
    given = next((own.given for _, own in found if own.given), ())
    arguments = [_argument(value, MADE_BY[judge.framework_of(task)]) for value in given or ()]
    return f"{task.name}({', '.join(arguments)})" if arguments and all(arguments) else ""


def _argument(value: Any, maker: str) -> str:
    if isinstance(value, np.ndarray):
        plain = value.size <= MOST_NUMBERS and np.array_equal(value, np.round(value, 4))
        return f"{maker}({value.tolist()})" if plain else ""
    short = isinstance(value, int | float | str | list | tuple) and len(repr(value)) <= LONGEST
    return repr(value) if short and not re.search(r"array|tensor|<", repr(value), re.IGNORECASE) else ""


# What came out, as text -----------------------------------------------------------------------------------------------


def written(seen: Seen, digits: int) -> str | None:
    """A small value with few digits, the same on every processor; None where that cannot be."""
    text: str | None = None
    if seen.kind in ("tuple", "list"):
        parts = [written(part, digits) for part in seen.data]
        text = _listed(seen.kind, parts)
    elif is_array(seen):
        text = _numbers(seen.data, digits)
    elif seen.kind == "error":
        text = f"{ERROR}{seen.data[0]}"
    elif seen.kind in ("nothing", "text"):
        text = str(seen.data)
    return text if text and len(text) <= LONGEST else None


def _listed(kind: str, parts: list[str | None]) -> str | None:
    if None in parts:
        return None
    inside = ", ".join(map(str, parts))
    return f"[{inside}]" if kind == "list" else f"({inside}{',' if len(parts) == 1 else ''})"


def _numbers(array: np.ndarray, digits: int) -> str | None:
    if not 0 < array.size <= MOST_NUMBERS or array.dtype.kind not in "fiub":
        return None
    if array.dtype.kind != "f":
        return str(array.tolist())
    largest = max(SMALLEST, np.max(np.abs(array), where=np.isfinite(array), initial=0.0))
    decimals = digits - 1 - math.floor(math.log10(largest))
    texts = {_rounded(array + change * largest, decimals) for change in (0, SPREAD, -SPREAD)}
    return texts.pop() if len(texts) == 1 else None


def _rounded(array: np.ndarray, decimals: int) -> str:
    """Numbers as Python lists them, without the zeros that only fill up."""
    if array.ndim:
        return f"[{', '.join(_rounded(part, decimals) for part in array)}]"
    return f"{np.round(float(array), decimals) + 0.0:.10g}"


def shape(seen: Seen) -> str | None:
    """The shape of numbers that are too many to be shown."""
    return f"shape {seen.data.shape}" if is_array(seen) and seen.data.ndim else None
