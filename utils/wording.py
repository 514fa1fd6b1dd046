"""Say in one sentence what a check found. Every text of a verdict that is not a task's own stands here."""

import difflib
import os
import platform
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from utils.calling import NAMES
from utils.catalogue import OTHER, Task
from utils.errors import explanation, first_line
from utils.judging import CALLED, Verdict, is_plain, is_statement
from utils.looking import Difference, Seen, difference, family, is_array, same, see
from utils.messages import fenced
from utils.nearly import Place
from utils.relations import relation
from utils.settings import Printed
from utils.training import beside

QUOTED = 80  # characters of a line of the learner's code
SIGNS = {"right": "✓", "wrong": "✗", "open": "○", "skipped": "○"}


def sentence(verdict: Verdict, task: Task | None = None) -> str:
    """The sentence of a Verdict, with its sign and the task's name."""
    said = f"{SIGNS[verdict.status]} {verdict.name}: {_SENTENCES[verdict.cause](verdict, task)}"
    fact = f"\n  {verdict.fact}" if verdict.fact else ""
    return said + fact + _where(verdict) + _parting(verdict) + _training(verdict, task)


def _where(verdict: Verdict) -> str:
    """A line on the places where one change makes the answer right: of several, none is called the slip's."""
    if not verdict.places:
        return ""
    place, *others = verdict.places
    if not others:
        quoted = f", `{place.text[:QUOTED]}`" if place.text != place.shown else ""
        seen = f"one change of `{place.shown}` was seen to give the right result"
        return f"\n  Line {place.line}{quoted}: {seen}. {_asked(place)}"
    if len(others) == 1:
        (other,) = others
        return (
            f"\n  One change was seen to give the right result, of `{place.shown}` in line {place.line} or of "
            f"`{other.shown}` in line {other.line}. Which is meant?"
        )
    lines = ", ".join(str(one.line) for one in verdict.places[:-1])
    return f"\n  One change was seen to give the right result, in line {lines} or {others[-1].line}. Which is meant?"


def _parting(verdict: Verdict) -> str:
    """A line on what a right answer gives too, or on where the learner's values leave its, unless more is known."""
    if 0 < len(verdict.variants) <= 2:
        return f"\n  A right answer gives the same {', or '.join(verdict.variants)}."
    if not verdict.parting or verdict.places or verdict.runs:  # of a training, the first steps would count
        return ""
    last, first = verdict.parting
    shape = first.value.data.shape
    what = f"of shape {shape}" if shape else f"which is {_short(first.value.data)}"
    return (
        f"\n  `{last.code}` comes up in a right answer too; `{first.code}` in line {first.line}, {what}, is in none "
        "that the check knows."
    )


def _asked(place: Place) -> str:
    return place.question[0].upper() + place.question[1:]


def _training(verdict: Verdict, task: Task | None) -> str:
    """A line on what the answer's training run did: what was odd, or else, where nothing more is known, in short."""
    if verdict.training is None or verdict.cause not in ("mistake", "statement", "different"):
        return ""
    by_result = verdict.cause != "mistake" or (verdict.right is not None and is_statement(verdict.right))
    if task and task.open_ended and task.recorded and by_result and not verdict.training.runs:
        return "\n  No gradient was seen to be computed: does a step of a training ever run?"
    which = "last training" if verdict.training.runs[1:] else "training"
    if fact := verdict.training.facts(verdict.usual):
        return f"\n  In your {which}, {fact}"
    if verdict.cause == "different" and verdict.runs and (fact := beside(*verdict.runs)):
        return f"\n  In your {which}, {fact}"
    summary = verdict.training.summary(of_one=bool(task and task.open_ended)) if by_result else ""
    return f"\n  Your {which}: {summary}." if summary else ""


def _unwritten(verdict: Verdict, _: Task | None) -> str:
    """With a word on a function whose name is almost the task's, such as standardize for standardise."""
    close = difflib.get_close_matches(verdict.name, verdict.about, n=1, cutoff=0.9)
    hint = f" There is a function `{close[0]}`: is that your answer? Then call it `{verdict.name}`." if close else ""
    return f"not written yet.{hint}"


def _form(verdict: Verdict, _: Task | None) -> str:
    name = verdict.name
    form = f"class {name}" if verdict.about else f"def {name}(...)"
    return f"{name} is {what(verdict.seen)}; write it with `{form}:`."


def _option(verdict: Verdict, _: Task | None) -> str:
    option = verdict.about
    return f"right. {option.because}" if option.right else f"not {option.letter!r}. {option.because}"


def _no_option(verdict: Verdict, _: Task | None) -> str:
    options = ", ".join(f'"{option.letter}"' for option in verdict.about)
    return f"answer with one of {options}."


def _error(verdict: Verdict, _: Task | None) -> str:
    place = ""
    if verdict.about:
        line, text = verdict.about
        place = f", in line {line}" + (f" `{text[:QUOTED]}`" if text else "")
    means = explanation(verdict.error) if verdict.error else ""
    told = f"stopped with an error of its own{place} ({verdict.tried}): {_error_of(verdict)}"
    return f"{told.rstrip('.')}. {means[0].upper()}{means[1:]}" if means else told


def _foreign(verdict: Verdict, _: Task | None) -> str:
    framework, operations = verdict.about
    known = [name for name in dict.fromkeys(operations) if not name.startswith("_")][:3]
    which = f" ({', '.join(known)})" if known else ""
    return (
        f"the result is right, but {NAMES[OTHER[framework]]} took part in it{which}: let {NAMES[framework]} alone do "
        "the work."
    )


def _overwritten(verdict: Verdict, _: Task | None) -> str:
    name, value = verdict.about
    back = f"Python's own is back after `del {name}`"
    if name in CALLED:
        back = f"run the cell that imports {CALLED[name]} again"
    now = f"it is {what(see(value))} now"
    return f"the name `{name}` was overwritten in this notebook ({now}): {back}. {_error_of(verdict)}"


def _statement(verdict: Verdict, _: Task | None) -> str:
    right = verdict.right is not None and bool(verdict.right.data)
    said = f"this should {'' if right else 'not '}be so, but is{' not' if right else ''}: {verdict.tried}."
    if verdict.returned is None or not is_plain(verdict.returned):
        return said
    return NOTHING if verdict.returned.kind == "nothing" else f"{said} What came back is {what(verdict.returned)}."


def _different(verdict: Verdict, task: Task | None) -> str:
    """How a wrong result is related to the right one, or else where it differs; and both, where they are small."""
    if verdict.seen is None or verdict.right is None or task is None:
        return "it gave nothing to look at."
    tried = "" if task.value else f"Tried with {verdict.tried}: "
    found = difference(verdict.seen, verdict.right, task.rtol, task.atol)
    by_words = found.seen.kind == found.right.kind == "text" and not found.part
    if by_words and verdict.given is None:  # the words of the observation, not of the learner
        return f"{tried}it is {found.seen.data}, where {found.right.data} is right."
    related = _related(verdict, found)
    if not related and verdict.on_the_way:
        related = "your result is a value on the way to the right one. What is still to be done with it?"
    aside = "" if related.startswith("the first ") else _aside(verdict, found)  # that says already what is right
    return tried + (related or describe(found)) + aside + _example(verdict, bool(related))


def _aside(verdict: Verdict, found: Difference) -> str:
    """One sentence more: on parameters that have no say in the result, on what is right of it, or when it is."""
    if verdict.cause != "different":
        return ""
    if verdict.unused:
        names = " or ".join(f"`{name}`" for name in verdict.unused)
        return f" With other numbers in {names} it stays the same, though the right one changes."
    seen, right = (_parts(one) if one else () for one in (verdict.seen, verdict.right))
    if found.part and len(seen) == len(right) == 2 and same(seen[2 - found.part[0]], right[2 - found.part[0]]):
        return " The other part is right."
    if verdict.before and verdict.given is not None and found.what == "values":
        return f" With {verdict.before} it is right."
    return ""


def _returned(verdict: Verdict, _: Task | None) -> str:
    """Of a result that the check could not use."""
    if verdict.returned is None or verdict.returned.kind == "nothing":
        return f"Tried with {verdict.tried}: {NOTHING}"
    return (
        f"your function returns {what(verdict.returned)}, with which the check cannot go on ({verdict.tried}): "
        f"{_error_of(verdict)}"
    )


def _random(verdict: Verdict, task: Task | None) -> str:
    told = (
        "Tried once more with the same, it is another one. Is a random number in it, or is something kept in between?"
    )
    return _with(verdict, task, told)


def _constant(verdict: Verdict, task: Task | None) -> str:
    return _with(verdict, task, f"For {verdict.about} it is the same. Does your function use what it is given?")


def _with(verdict: Verdict, task: Task | None, told: str) -> str:
    """How a result differs, with one more sentence behind it."""
    first, newline, rest = _different(verdict, task).partition("\n")
    return f"{first} {told}{newline}{rest}"


def _related(verdict: Verdict, found: Difference) -> str:
    """A relation between the numbers that differ, or "" where none is known."""
    arguments = [see(argument) for argument in verdict.given or ()]
    given = [one.data for seen in arguments for one in _parts(seen) or (seen,) if is_array(one) and one.data.ndim]
    if of_parts := _of_parts(verdict, arguments):
        return of_parts
    if of_rows := _of_rows(verdict, given):
        return of_rows
    if found.what not in ("values", "shape"):
        return ""
    told = relation(found.seen.data, found.right.data, given)
    if told and found.right.data.size == 1 and not any(_confirmed(told, found, *later) for later in verdict.later):
        return ""
    return _of_part(told, found) if told else ""


def _confirmed(told: str, found: Difference, seen: Seen, right: Seen) -> bool:
    """Whether a relation of two single numbers, which may be chance, holds of a later observation too."""
    for number in found.part:
        if not (_has(seen, number) and _has(right, number)):
            return False
        seen, right = seen.data[number - 1], right.data[number - 1]
    return is_array(seen) and is_array(right) and relation(seen.data, right.data) == told


def _has(seen: Seen, number: int) -> bool:
    return isinstance(seen.data, list | tuple) and len(seen.data) >= number


def _of_rows(verdict: Verdict, given: list[np.ndarray]) -> str:
    """A relation between two lists of numbers, or "" where none is known; the losses of a training have words."""
    right = _row(verdict.right)
    seen = verdict.seen.data if verdict.seen and is_array(verdict.seen) else _row(verdict.seen)
    if right is None or seen is None:
        return ""
    if verdict.seen and is_array(verdict.seen) and seen.ndim == 0:
        place = next((name for name, one in (("last", right[-1]), ("first", right[0])) if np.isclose(seen, one)), "")
        held = f", of which yours is the {place}" if place and len(right) > 1 else ""
        return f"your result is a number; a list of {_count(len(right), 'number')} is wanted{held}."
    told = relation(seen, right, given) or ""
    if seen.shape != right.shape or not _are_losses(verdict, right) or not (told == "" or told.startswith("the first")):
        return told
    wrong = int(np.argmax(~np.isclose(seen, right, rtol=1e-3)))
    is_now = f"{_short(seen[wrong])}, where {_short(right[wrong])} is right"
    if wrong == 0:
        return (
            f"already the first loss is {_short(seen[0])}; before any step it should be {_short(right[0])}. Is it "
            "computed in another way, or too late?"
        )
    before = "loss is" if wrong == 1 else f"{wrong} losses are"
    return f"the first {before} right, the next is {is_now}. Look at the gradient and the step."


def _of_parts(verdict: Verdict, arguments: list[Seen]) -> str:
    """What several parts together have to do with the right ones, or with the arguments."""
    right = _parts(verdict.right) if verdict.right else ()
    seen = _parts(verdict.seen) if verdict.seen else ()
    if len(right) < 2 or len(seen) != len(right):
        return ""
    if not same(seen[0], seen[1]) and all(any(same(part, one) for one in arguments) for part in seen):
        return "your result is what was given, unchanged."
    if any(same(part, one) for part, one in zip(seen, right, strict=True)):
        return ""
    if all(sum(same(part, one) for one in right) == 1 for part in seen) and len(seen) == 2:
        return "the two parts of your result are right, but the wrong way round."
    return ""


def _row(seen: Seen | None) -> np.ndarray | None:
    """A list of numbers as an array."""
    if seen is None or seen.kind not in ("list", "tuple") or not seen.data:
        return None
    alone = all(is_array(part) and part.data.ndim == 0 and part.data.dtype.kind in "fiu" for part in seen.data)
    return np.array([part.data for part in seen.data], float) if alone else None


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count != 1 else ''}"


def _are_losses(verdict: Verdict, row: np.ndarray) -> bool:
    """Whether a right result is what the solution's training noted as its losses, of each step or of parts of it."""
    if not verdict.runs or len(verdict.runs[1].losses) % len(row):
        return False
    return bool(np.allclose(np.reshape(verdict.runs[1].losses, (len(row), -1)).sum(axis=1), row, rtol=1e-3))


def _example(verdict: Verdict, is_related: bool) -> str:
    """Lines with what was tried, what came out and what is right, where they are small enough to type.

    is_related: whether a relation is told, which names no numbers.
    """
    if verdict.seen is None or verdict.right is None:
        return ""
    came, wanted = _shown(verdict.seen), _shown(verdict.right)
    if came == wanted:
        came, wanted = (_shown(seen, decimals=8) for seen in (verdict.seen, verdict.right))
    given = [_written(value, _kind_of_arrays(verdict.right)) for value in verdict.given or ()]
    call = f"\n  {verdict.name}({', '.join(given)})" if given and all(given) else ""
    if not came or not wanted or not (call or is_related or _parts(verdict.right)):
        return ""
    return f"{call}\n  gave  {came}\n  right {wanted}"


def _parts(seen: Seen) -> tuple[Seen, ...]:
    return seen.data if seen.kind in ("tuple", "list") else ()


def _kind_of_arrays(seen: Seen) -> str:
    """The kind of the arrays in a result, by which its arguments are written too; "" where it holds none."""
    return seen.kind if seen.kind in MADE_BY else next(filter(None, map(_kind_of_arrays, _parts(seen))), "")


def _shown(seen: Seen, decimals: int = 4) -> str:
    """A small result as Python writes its numbers, or ""."""
    if parts := _parts(seen):
        inside = [_shown(part, decimals) for part in parts] if len(parts) <= MOST_WRITTEN else [""]
        opened, closed = "[]" if seen.kind == "list" else "()"
        return f"{opened}{', '.join(inside)}{closed}" if all(inside) else ""
    return _bare(_written(seen.data, "NumPy array", decimals)) if is_array(seen) else ""


MADE_BY = {"NumPy array": "np.array", "PyTorch tensor": "torch.tensor", "TensorFlow tensor": "tf.constant"}
MOST_WRITTEN = 9  # numbers of an array, and 40 characters of anything else


def _written(value: Any, kind: str, decimals: int = 4) -> str:
    """A small value as a learner would type it, or ""."""
    if isinstance(value, np.ndarray):
        if value.size > MOST_WRITTEN or value.dtype.kind not in "fiub" or kind not in MADE_BY:
            return ""
        numbers = np.round(value.astype(float), decimals) if value.dtype.kind == "f" else value
        return f"{MADE_BY[kind]}({numbers.tolist()})"
    text = repr(value)
    return text if isinstance(value, int | float | str | tuple | list) and len(text) <= 40 else ""


def _bare(written: str) -> str:
    return written.partition("(")[2].removesuffix(")")


def _torn(verdict: Verdict, _: Task | None) -> str:
    return (
        f"an import of {verdict.about} was interrupted, which left half of it: restart the kernel, then run all cells."
    )


def _failed(verdict: Verdict, _: Task | None) -> str:
    return (
        f"the check itself failed ({_error_of(verdict)}); please report this, with these three lines:\n"
        f"versions: {versions()}\n"
        f"task: {verdict.about}\n"
        f"message: {_error_of(verdict)}{_place(verdict.error)}"
    )


_SENTENCES: dict[str, Callable[[Verdict, Task | None], str]] = {
    "right": lambda verdict, _: "right.",
    "mistake": lambda verdict, _: verdict.about,
    "unwritten": _unwritten,
    "unanswered": lambda verdict, _: "not answered yet.",
    "option": _option,
    "no option": _no_option,
    "after": lambda verdict, _: f"this task builds on {verdict.about}; do that one first.",
    "skipped": lambda verdict, _: f"skipped, because {NAMES[verdict.about]} is not installed here.",
    "form": _form,
    "time": lambda v, _: f"stopped after {v.about:g} seconds ({v.tried}): does a loop never end, or is it too much?",
    "input": lambda v, _: (
        f"your code changes its input `{v.about}` ({v.tried}); leave it as it is and return a new result."
    ),
    "recorded": lambda v, _: (
        f"your code switches recording on for its input `{v.about}` itself ({v.tried}), and so for whoever gave it; "
        f"make a copy first: `{v.about}.clone().requires_grad_()`."
    ),
    "call": lambda v, _: f"cannot be called the way the task does ({v.tried}): {_error_of(v)}",
    "error": _error,
    "overwritten": _overwritten,
    "statement": _statement,
    "different": _different,
    "empty": _different,
    "foreign": _foreign,
    "returned": _returned,
    "random": _random,
    "constant": _constant,
    "interrupted": lambda verdict, _: "you stopped the check.",
    "torn": _torn,
    "package": lambda verdict, _: f"this check needs the package {verdict.about}, which is not installed here.",
    "memory": lambda verdict, _: "this check needs more memory than is free: restart the kernel, then run all cells.",
    "failed": _failed,
}


# A difference ---------------------------------------------------------------------------------------------------------


def describe(difference: Difference) -> str:
    """A Difference in one sentence."""
    said = _DIFFERENCES[difference.what](difference.seen, difference.right, difference)
    return _of_part(f"your result {said}", difference)


def _of_part(said: str, difference: Difference) -> str:
    """A sentence on "your result", said of the part of it that differs."""
    parts = "".join(f"part {number} of " for number in reversed(difference.part))
    return said.replace("your result", f"{parts}your result", 1)


def _values(seen: Seen, right: Seen, found: Difference) -> str:
    own, wanted = _apart(seen.data[found.place], right.data[found.place])
    told = f"is {own}, where {wanted} is right."
    if not found.place:
        return told
    return f"has {_count(found.wrong, 'wrong value')} of {seen.data.size}: at {list(found.place)} it {told}"


NOTHING = "your result is None: does the function end with `return` and the result?"
_DIFFERENCES: dict[str, Callable[[Seen, Seen, Difference], str]] = {
    "nothing": lambda seen, right, _: NOTHING.removeprefix("your result "),
    "kind": lambda seen, right, _: f"is {_a(seen.kind)}; {_a(right.kind)} is wanted.",
    "text": lambda seen, right, _: f"is {str(seen.data)[:80]!r}, where {str(right.data)[:80]!r} is right.",
    "length": lambda seen, right, _: f"has {_count(len(seen.data), 'part')}; {len(right.data)} are wanted.",
    "shape": lambda seen, right, _: (
        f"has {_count(len(seen.data), 'number')}; {len(right.data)} are wanted."
        if seen.data.ndim == right.data.ndim == 1
        else f"is {_shape(seen)}; wanted is {_shape(right)}."
    ),
    "dtype": lambda seen, right, _: f"holds {family(seen.data)} ({seen.data.dtype}); {family(right.data)} are wanted.",
    "finite": lambda seen, right, _: (
        f"holds {'nan' if np.isnan(seen.data).any() else 'inf'}; every number should be finite."
    ),
    "values": _values,
}


def _short(number: Any, digits: int = 4) -> str:
    return f"{number + 0:.{digits}g}" if np.asarray(number).dtype.kind in "fc" else str(number)


def _apart(one: Any, other: Any) -> tuple[str, str]:
    """Two numbers in short, with as many digits as it takes to tell them apart."""
    pairs = [(_short(one, digits), _short(other, digits)) for digits in (4, 8, 17)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])


def _shape(seen: Seen) -> str:
    return f"of shape {seen.data.shape}" if seen.data.ndim else "a single number"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def what(seen: Seen | None) -> str:
    """What something is, such as "a text ('12')"."""
    if seen is None:
        return "nothing"
    details = {"text": f" ({str(seen.data)[:40]!r})", "number": f" ({seen.data})"}
    return f"{_a(seen.kind)}{details.get(seen.kind, '')}"


# What was printed, raised and reported --------------------------------------------------------------------------------


def own_output(printed: Printed) -> str:
    """What an answer printed, as lines above the verdict."""
    if not printed.text:
        return ""
    return f"Your code printed:\n{fenced(printed.text.rstrip() + (' ... (cut)' if printed.cut else ''))}\n"


def _error_of(verdict: Verdict) -> str:
    return first_line(verdict.error) if verdict.error else ""


def plain(text: str) -> str:
    """Text without terminal codes and the like, which may come from the learner's own code."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def versions() -> str:
    """What runs here, for a report."""
    loaded = [(name, sys.modules.get(name)) for name in ("numpy", "torch", "tensorflow", "keras")]
    found = [f"{name} {getattr(module, '__version__', '?')}" for name, module in loaded if module]
    return ", ".join([f"Python {platform.python_version()} ({platform.system()})", *found])


def _place(error: BaseException | None) -> str:
    """The file and line in which an error arose."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    if not trace:
        return ""
    return f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}, line {trace.tb_lineno})"
