"""What a wrong result has to do with the right one: sentences that are true by construction.

Each relation is a fact about two arrays (or about an input and a result), so its sentence holds for every task,
whatever the learner did to get there. It says what is so, and asks rather than tells why. The first relation that holds
is told: they stand from the most particular to the most general.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

RTOL = 1e-4  # of the largest entry: a relation is told only where nobody could doubt it
MOST_FACTORS = 100


def relation(seen: np.ndarray, right: np.ndarray, given: Sequence[np.ndarray] = ()) -> str | None:
    """One sentence on how `seen`, a learner's result, is related to `right`; None where no relation is known.

    given: the arrays that the learner's function was called with. Arrays of numbers of any shapes.
    """
    seen, right = (np.asarray(array) for array in (seen, right))
    if seen.dtype.kind not in "fiub" or right.dtype.kind not in "fiub" or not seen.size or not right.size:
        return None
    seen, right = seen.astype(float), right.astype(float)
    if not np.isfinite(seen).all() or not np.isfinite(right).all() or _equal(seen, right):
        return None
    with np.errstate(all="ignore"):
        inputs = [np.asarray(array, float) for array in given if np.asarray(array).dtype.kind in "fiub"]
        return next((sentence for find in FINDERS for sentence in find(seen, right, inputs)), None)


def _equal(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two arrays of one shape agree, measured by the largest entry of `other`."""
    if one.shape != other.shape or not np.isfinite(one).all() or not np.isfinite(other).all():
        return False
    return bool(np.abs(one - other).max(initial=0) <= RTOL * max(np.abs(other).max(initial=0), 1e-12))


def _varied(array: np.ndarray) -> bool:
    """Whether an array has entries enough, and different ones, so that a relation can hardly hold by accident."""
    return array.size > 1 and np.ptp(array) > RTOL * np.abs(array).max()


def _telling(array: np.ndarray) -> bool:
    """Whether numbers are so odd that a function of them is hardly met by accident, as 0.1 is the root of 0.01."""
    if array.size > 1:
        return bool(np.ptp(array) > RTOL * np.abs(array).max())
    number = float(array.flat[0])
    return not np.isclose(float(f"{number:.1e}"), number, rtol=1e-6, atol=0)


def _unchanged(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    if any(_varied(given) and _equal(seen, given) for given in inputs):
        yield "your result is the input, unchanged."


def _constant(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    if seen.shape == right.shape and _varied(right) and seen.size > 1 and not _varied(seen):
        yield f"every entry of your result is {_short(seen.flat[0])}; in the right one they differ."
    elif seen.shape == right.shape and right.ndim == 2:
        for what, one, other in (("row", seen, right), ("column", seen.T, right.T)):
            if len(one) > 1 and _same_rows(one) and not _same_rows(other):
                yield f"every {what} of your result is the same; in the right one they differ."


def _same_rows(table: np.ndarray) -> bool:
    return _equal(table, np.broadcast_to(table[0], table.shape))


def _parts(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where the shapes differ: a part of the right result, or more than it."""
    if seen.shape == right.shape:
        return
    if right.ndim == seen.ndim + 1 and len(right) > 1 and _varied(right):
        what = "number" if right.ndim == 1 else "row"
        for place, one in (("first", right[0]), ("last", right[-1])):
            if _equal(seen, one):
                yield f"your result is the {place} {what} of the right one, without the others."
    if right.ndim == 2 and seen.shape in ((len(right),), (len(right), 1)) and right.shape[1] > 1 and _varied(right):
        for place, one in (("first", right[:, 0]), ("last", right[:, -1])):
            if _equal(seen.ravel(), one):
                yield f"your result is the {place} column of the right one, without the others."
    if right.ndim == seen.ndim == 1 or (right.ndim == seen.ndim and right.shape[1:] == seen.shape[1:]):
        if len(seen) == len(right) - 1 and _equal(seen, right[:-1]):
            yield "your result is right but for its end: the last entry is missing."
        if len(seen) == len(right) - 1 and _equal(seen, right[1:]):
            yield "your result is right but for its beginning: the first entry is missing."
        if len(seen) == len(right) + 1 and (_equal(seen[:-1], right) or _equal(seen[1:], right)):
            yield f"your result has one entry too many, at its {'end' if _equal(seen[:-1], right) else 'beginning'}."
    if seen.size == right.size and _equal(seen.ravel(), right.ravel()):
        yield f"the numbers are right, but your result has the shape {seen.shape} where {right.shape} is right."
    if seen.ndim == right.ndim == 2 and seen.shape == right.T.shape and _equal(seen, right.T):
        yield "your result is the right one transposed: rows and columns are exchanged."


def _reduced(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where one number stands for many, or many for one."""
    if right.size > seen.size == 1 and not _varied(right) and _equal(np.full(right.shape, seen.item()), right):
        yield f"your result is one number; the right one holds that number {right.size} times."
    if right.size > seen.size == 1:
        for name, value in _summaries(right):
            if _equal(seen.ravel(), np.array([value])):
                yield f"your result is one number, the {name} of the {right.size} numbers that are right."
    if seen.size > right.size == 1:
        for name, value in _summaries(seen):
            if _equal(np.full(right.shape, value), right):
                yield f"your result holds {seen.size} numbers, whose {name} is right: is one step missing?"
        for name, value in (("first", seen.flat[0]), ("last", seen.flat[-1])):
            if _equal(np.full(right.shape, value), right):
                yield f"your result holds {seen.size} numbers; the {name} of them alone is right."


def _left_over(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where the result has an axis too many, or one too few."""
    if right.ndim == 2 and right.shape[1] == 1 < len(right) and seen.shape == (len(right), len(right)):
        right = right[:, 0]  # a column against a row
    if seen.ndim == right.ndim + 1 and right.size > 1:
        for place, one in (("first", seen[0]), ("last", seen[-1])):
            if len(seen) > 1 and _varied(right) and _equal(one, right):
                yield f"the {place} of the {len(seen)} rows of your result is right alone; only that one is wanted."
        if seen.shape[-1] == seen.shape[0] > 1 and _equal(np.diagonal(seen), right):
            yield "the diagonal of your result is right: it also has an entry for each pair of different places."
        for axis in range(seen.ndim):
            if _equal(seen.sum(axis=axis), right):
                yield f"summed along axis {axis}, your result would be right: an axis is left over."
            elif _equal(seen.mean(axis=axis), right):
                yield f"averaged along axis {axis}, your result would be right: an axis is left over."
    if seen.ndim == right.ndim + 1 and _varied(right) and _equal(seen.argmax(axis=-1).astype(float), right):
        yield "your result has one row per sample, and the position of its largest entry is the number that is right."
    if right.ndim == seen.ndim + 1 and _is_one_hot(right) and _equal(right.argmax(axis=-1).astype(float), seen):
        yield "your result holds class numbers; the right one holds a row of zeros and a one for each."


def _summaries(array: np.ndarray) -> tuple[tuple[str, float], ...]:
    """What a table or a row of numbers is often reduced to."""
    largest, smallest = ("largest", array.max()), ("smallest", array.min())
    return ("mean", array.mean()), ("sum", array.sum()), ("median", np.median(array)), largest, smallest


def _is_one_hot(array: np.ndarray) -> bool:
    return bool(np.isin(array, (0, 1)).all() and (array.sum(axis=-1) == 1).all())


def _order(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where the shapes agree: the right numbers in other places."""
    if seen.shape != right.shape or not _varied(right):
        return
    if right.ndim == 2 and _equal(seen, right.T):
        yield "your result is the right one transposed: rows and columns are exchanged."
    if right.ndim and _equal(seen, right[::-1]):
        yield "your result is right in reverse order: the last entry stands first."
    if right.ndim == 1 and right.size > 3:
        if _varied(right[1:]) and _equal(seen[:-1], right[1:]):
            yield "your result is one step early: each entry is the one that belongs to the next place."
        if _varied(right[:-1]) and _equal(seen[1:], right[:-1]):
            yield "your result is one step late: each entry is the one that belongs to the place before."
    if right.ndim == 2 and right.size > 2:
        for what, one, other in (("rows", seen, right), ("columns", seen.T, right.T)):
            if _equal(one[np.lexsort(one.T)], other[np.lexsort(other.T)]):
                yield f"your result holds the right {what}, but they stand in another order."
        for what, axis in (("row", 1), ("column", 0)):
            if _equal(np.sort(seen, axis=axis), np.sort(right, axis=axis)):
                yield f"each {what} of your result holds the right numbers, but in another order."
    if right.size > 2 and _equal(np.sort(seen, axis=None), np.sort(right, axis=None)):
        yield "your result holds the right numbers, but in another order."


def _functions(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where one well-known function leads from the right result to the learner's, or back."""
    if seen.shape != right.shape:
        return
    positive = bool((right > 0).all())
    known: tuple[tuple[str, Callable[[np.ndarray], np.ndarray], bool], ...] = (
        ("your result is the negative of the right one; is a sign the wrong way round?", np.negative, True),
        ("your result is the absolute value of the right one: where a minus belongs, it is missing.", np.abs, True),
        ("your result is 1 minus the right one.", lambda x: 1 - x, _varied(right)),
        ("your result is the square of the right one; is a square root missing?", np.square, True),
        ("your result is the square root of the right one.", np.sqrt, positive),
        ("your result is the logarithm of the right one; is an exponential missing?", np.log, positive),
        ("your result is the exponential of the right one; is a logarithm missing?", np.exp, True),
        ("your result is 1 divided by the right one.", np.reciprocal, bool((right != 0).all())),
        ("your result is the sigmoid of the right one: a probability where a logit is right.", _sigmoid, True),
        (
            "your result is the softmax of the right one's rows: probabilities, not logits.",
            _softmax,
            right.ndim > 1 and right.shape[-1] > 1,
        ),
        ("your result is the right one with 0 in place of its negative numbers.", _positive_part, _varied(right)),
        ("your result is the right one, cut off at 0 and at 1.", _cut_off, _varied(_cut_off(right))),
        ("your result is the right one, rounded.", np.round, _varied(right) and bool(np.round(right).any())),
        ("your result is the right one, rounded to 1 decimal.", _rounder(1), _varied(np.round(right, 1))),
        ("your result is the right one, rounded to 2 decimals.", _rounder(2), _varied(np.round(right, 2))),
        ("your result is the right one, rounded to 3 decimals.", _rounder(3), _varied(np.round(right, 3))),
        (
            "your result is the right one without its decimals.",
            np.trunc,
            _varied(right) and bool(np.trunc(right).any()),
        ),
        ("your result is the right one, rounded down.", np.floor, _varied(right) and bool(np.floor(right).any())),
    )
    for sentence, function, applies in known:
        by_accident = function not in (np.negative, np.abs) and not _telling(right)
        if applies and not by_accident and _equal(seen, function(right)):
            yield sentence
    if seen.min() < 0 or seen.max() > 1:
        if _equal(_sigmoid(seen), right):
            yield "the sigmoid of your result is right: yours is a logit where a probability is right."
        if right.ndim > 1 and right.shape[-1] > 1 and _equal(_softmax(seen), right):
            yield "the softmax of each row of your result is right: yours are logits, not probabilities."


def _so_far(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where each entry takes in the ones before it."""
    if right.ndim != 1 or seen.shape != right.shape or not _varied(right):
        return
    for name, values in (("sum", right.cumsum()), ("mean", right.cumsum() / np.arange(1, len(right) + 1))):
        if _equal(seen, values):
            yield f"each number of your result is the {name} of the right ones up to its place. Is something kept?"


def _positive_part(values: np.ndarray) -> np.ndarray:
    return np.maximum(values, 0)


def _cut_off(values: np.ndarray) -> np.ndarray:
    return np.clip(values, 0, 1)


def _rounder(decimals: int) -> Callable[[np.ndarray], np.ndarray]:
    return lambda values: np.round(values, decimals)


def _sigmoid(values: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-values))


def _softmax(values: np.ndarray) -> np.ndarray:
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _factors(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where the result is a multiple of the right one: often a count that is missing or doubled."""
    where = np.unravel_index(np.abs(right).argmax(), right.shape) if seen.shape == right.shape else None
    if where is None or not right[where]:
        return
    factor = seen[where] / right[where]
    if not np.isfinite(factor) or not factor or not _equal(seen, factor * right):
        return
    counts = _counts(right, inputs)
    for count, what in counts:
        if np.isclose(factor, count, rtol=RTOL) and count > 2:
            yield f"your result is {count} times the right one; {count} is {what}. A sum where a mean is right?"
        if np.isclose(factor, 1 / count, rtol=RTOL) and count > 2:
            yield f"your result is the right one divided by {count}, {what}. A mean where a sum is right?"
        if count > 2 and np.isclose(factor, (count - 1) / count, rtol=RTOL):
            yield f"your result is {count - 1}/{count} of the right one; {count} is {what}. Are n and n - 1 exchanged?"
        if count > 2 and np.isclose(factor, count / (count - 1), rtol=RTOL):
            yield f"your result is {count}/{count - 1} of the right one; {count} is {what}. Are n - 1 and n exchanged?"
    if np.isclose(factor, 2, rtol=RTOL):
        yield "your result is twice the right one."
    if np.isclose(factor, 0.5, rtol=RTOL):
        yield "your result is half of the right one."
    if _varied(right):
        yield f"your result is {_short(factor)} times the right one, everywhere."


def _counts(right: np.ndarray, inputs: list[np.ndarray]) -> list[tuple[int, str]]:
    """The counts that a learner may have forgotten to divide by, each with what it counts."""
    found: dict[int, str] = {}
    for array in inputs:
        for axis, name in enumerate(("rows", "columns")[: array.ndim] if array.ndim <= 2 else ()):
            found.setdefault(array.shape[axis], f"the number of {name if array.ndim == 2 else 'entries'}")
        found.setdefault(array.size, "the number of entries")
    found.setdefault(right.size, "the number of entries")
    return [(count, what) for count, what in found.items() if 2 < count <= MOST_FACTORS]


def _steps(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where the result is an input after a step: a multiple of the right step."""
    for given in inputs:
        if not given.shape == seen.shape == right.shape:
            continue
        step, wanted = seen - given, right - given
        where = np.unravel_index(np.abs(wanted).argmax(), wanted.shape)
        factor = step[where] / wanted[where]
        round_one = np.isclose(factor, (-1, 0.01, 0.1, 0.5, 2, 10, 100), rtol=1e-3).any()
        told = np.isfinite(factor) and not np.isclose(factor, 1, rtol=0.1) and (_varied(wanted) or round_one)
        if told and _equal_by(step, factor * wanted, wanted):
            if np.isclose(factor, -1, rtol=1e-3):
                yield "the step that leads from the input to your result has the wrong sign."
            elif factor:
                yield f"the step that leads from the input to your result is {_short(factor)} times the right one."


def _equal_by(one: np.ndarray, other: np.ndarray, measure: np.ndarray) -> bool:
    return bool(np.abs(one - other).max() <= 1e-3 * np.abs(measure).max())


def _shifted(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where the result is an input and a number, added to each entry, though the right one is not."""
    for given in inputs:
        if given.shape == seen.shape == right.shape and _varied(given) and given.size > 3 and not _equal(right, given):
            gap = (seen - given).flat[0]
            if gap and _equal(seen, given + gap):
                yield f"your result is an input with {_short(gap)} added to each entry."


def _offsets(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    if seen.shape != right.shape or not _varied(right):
        return
    gap = (seen - right).flat[0]
    if _equal(seen, right + gap):
        yield f"your result is {_short(abs(gap))} {'more' if gap > 0 else 'less'} than the right one, everywhere."


def _near(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where every entry is nearly right, and none is."""
    if seen.shape != right.shape or right.size < 2 or not right.all():
        return
    gaps = np.abs(seen / right - 1)
    if gaps.min() > RTOL and gaps.max() <= 0.2:
        most = max(_short(100 * gaps.max()), "0.1", key=float)
        question = " Is something not finished, or rounded?" if gaps.max() <= 0.01 else ""
        yield f"each number of your result is within {most} % of the right one.{question}"


def _by_axis(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where each row or column is right but for a factor or a number of its own."""
    if seen.shape != right.shape or right.ndim != 2:
        return
    for what, one, other in (("column", seen.T, right.T), ("row", seen, right)):
        if len(one) < 2 or not all(map(_varied, other)):
            continue
        gaps = (one - other)[:, :1]
        if _equal(one, other + gaps):
            yield f"each {what} of your result is off by a number of its own: {_listed(gaps[:, 0])}."
        place = np.abs(other).argmax(axis=1)[:, None]
        factors = np.take_along_axis(one, place, 1) / np.take_along_axis(other, place, 1)
        if _equal(one, other * factors):
            yield f"each {what} of your result is the right one times a number of its own: {_listed(factors[:, 0])}."


def _listed(numbers: np.ndarray) -> str:
    shown = [_short(number) for number in numbers[:3]]
    return ", ".join(shown) + (", ..." if len(numbers) > 3 else "")


def _lines(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where a factor and a number added lead from the right result to the learner's, in each entry."""
    if seen.shape != right.shape or np.unique(right).size < 4:
        return
    if min(np.ptp(array) / np.abs(array).max(initial=1e-12) for array in (seen, right)) < 0.01:
        return  # nearly constant numbers lie on any line
    factor, gap = np.polyfit(right.ravel(), seen.ravel(), 1)
    if abs(factor) > RTOL and _equal(seen, factor * right + gap):
        more = f"{_short(abs(gap))} {'more' if gap > 0 else 'less'}"
        yield f"your result is {_short(factor)} times the right one and {more}, everywhere."


def _off_by_one(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where a count or a place is one too large or too small."""
    if seen.size == right.size == 1 and float(right.flat[0]).is_integer() and right.flat[0] > 1:
        gap = float(seen.flat[0] - right.flat[0])
        if abs(gap) == 1:
            yield f"your result is 1 too {'large' if gap > 0 else 'small'}."


def _mostly(seen: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """Where only some entries are wrong, and what they have in common."""
    if seen.shape != right.shape or not right.ndim or right.size < 2:
        return
    gaps = np.abs(seen - right)
    wrong = gaps > RTOL * np.abs(right).max()
    if (gaps[~wrong] > 0.01 * gaps.max()).any():
        return  # not even the entries that pass for right are
    if _equal(np.abs(seen), np.abs(right)):
        yield f"the sizes of all numbers are right, but {wrong.sum()} of {wrong.size} have the wrong sign."
    if wrong.sum() == 1 and right.size > 2:
        place = [int(i) for i in np.argwhere(wrong)[0]]
        value, wanted = seen[tuple(place)], right[tuple(place)]
        yield f"only one entry is wrong: at {place} it is {_short(value)}, where {_short(wanted)} is right."
    first = int(wrong.argmax())
    if right.ndim == 1 and first and wrong[first:].all():
        before = "number is right, the next not" if first == 1 else f"{first} numbers are right, the next not"
        yield f"the first {before}: entry {first + 1} is {_short(seen[first])}, where {_short(right[first])} is right."
    gap = tuple(int(i) for i in np.unravel_index(gaps.argmax(), right.shape))
    at = f"at {list(gap)} it is {_short(seen[gap])}, where {_short(right[gap])} is right"
    yield from (f"{pattern}: {at}." for pattern in _patterns(wrong, right, inputs))


def _patterns(wrong: np.ndarray, right: np.ndarray, inputs: list[np.ndarray]) -> Iterator[str]:
    """What the places of wrong entries have in common, where not all are wrong."""
    if wrong.all():
        return
    for what, array in [("the input", one) for one in inputs if one.shape == right.shape] + [("the right one", right)]:
        for kind, where in (("negative", array < 0), ("positive", array > 0), ("0", array == 0)):
            if np.array_equal(wrong, where):
                yield f"your result is wrong where {what} is {kind}, and right everywhere else"
    if right.ndim == 2:
        yield from _wrong_in_table(wrong)
    if right.ndim == 1 and not wrong[-1] and wrong[:-1].all():
        yield "only the last number is right"


def _wrong_in_table(wrong: np.ndarray) -> Iterator[str]:
    """Which entries of a table are wrong, where that is a row, a column, the diagonal or all but one of these."""
    if wrong.shape[0] == wrong.shape[1]:
        diagonal: np.ndarray = np.eye(len(wrong), dtype=bool)
        if np.array_equal(wrong, diagonal):
            yield "only the diagonal is wrong"
        if np.array_equal(wrong, ~diagonal):
            yield "only the diagonal is right"
        for what, triangle in (("above", np.triu(wrong, 1)), ("below", np.tril(wrong, -1))):
            if wrong.any() and np.array_equal(wrong, triangle):
                yield f"only entries {what} the diagonal are wrong"
    if not wrong[0].any() and len(wrong) > 2 and wrong[1:].any(axis=1).all():
        yield "the first row is right, the others are not"
    for what, lines in (("row", np.any(wrong, axis=1)), ("column", np.any(wrong, axis=0))):
        for place, one, others in (("first", lines[0], lines[1:]), ("last", lines[-1], lines[:-1])):
            if others.size and one and not others.any():
                yield f"only the {place} {what} is wrong"
            if others.size and not one and others.all():
                yield f"only the {place} {what} is right"


FINDERS = (
    _unchanged,
    _constant,
    _parts,
    _reduced,
    _left_over,
    _order,
    _functions,
    _so_far,
    _factors,
    _steps,
    _shifted,
    _offsets,
    _by_axis,
    _lines,
    _off_by_one,
    _near,
    _mostly,
)


def _short(number: Any) -> str:
    return f"{number + 0:.4g}"
