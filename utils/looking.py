"""Look at values and at code, and compare them: what an answer gave, as something that can be told and compared.

No framework is imported here: tensors are recognized by the module that their class comes from.
"""

import dis
import inspect
import types
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.data import as_numpy

MOST_NUMBERS = 10_000_000  # of a larger array only shape and dtype are looked at
MOST_PARTS = 100_000  # of a longer list only the length


@dataclass(frozen=True)
class Seen:
    """What one observation showed: its kind, and the data to compare (an array, a text, or a tuple of Seen)."""

    kind: str
    data: Any = None


def see(value: Any, depth: int = 5) -> Seen:
    """Describe any value as Seen, lists and tuples down to `depth` levels; never raises."""
    try:
        return _see(value, depth)
    except Exception:  # even asking for a value's type may fail
        return Seen("object that cannot be read", id(value))


def _see(value: Any, depth: int) -> Seen:
    if value is None or value is Ellipsis:
        return Seen("nothing")
    if isinstance(value, str):
        return Seen("text", str.__str__(value))  # a plain str, also of a class with an own `==`
    if isinstance(value, (tuple, list)):
        if len(value) > MOST_PARTS:
            return Seen(f"{type(value).__name__} of {len(value)} parts", id(value))
        return Seen(type(value).__name__, tuple(see(part, depth - 1) for part in value) if depth else ())
    if isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
        return Seen("function", value.__name__)
    if isinstance(value, type):
        return Seen("class", value.__name__)
    kind = _kind_of_numbers(value)
    try:
        array = _copy(as_numpy(value)) if kind else None
    except Exception:
        array = None
    if kind is None or array is None or array.dtype.kind not in "fiubc":
        return Seen(f"object of type {type(value).__name__}", id(value))
    return Seen(kind, array)


def _copy(array: np.ndarray) -> np.ndarray:
    """A copy, since a learner may go on writing into the array; of a huge one an image that takes no memory."""
    if array.size > MOST_NUMBERS:
        return np.broadcast_to(np.zeros((), array.dtype), array.shape)
    return np.array(array)


def _kind_of_numbers(value: Any) -> str | None:
    if isinstance(value, (bool, int, float, complex, np.number, np.bool_)):
        return "number"
    if isinstance(value, np.ndarray):
        return "NumPy array"
    roots = {cls.__module__.partition(".")[0] for cls in type(value).__mro__}
    if "torch" in roots and hasattr(value, "detach"):
        return "PyTorch tensor"
    if roots & {"tensorflow", "keras"} and hasattr(value, "numpy"):
        return "TensorFlow tensor"
    return None


def same(one: Seen, other: Seen, rtol: float = 1e-3, atol: float = 1e-5) -> bool:
    """Whether two Seen agree: kind (a number and a tensor without axes count as one), dtype family, shape, values.

    Where `other` is a tuple, `one` may be a list: `return [a, b]` returns two things as well as `return a, b`.
    """
    if is_array(one) and is_array(other):
        return (
            _same_kind(one, other)
            and family(one.data) == family(other.data)
            and one.data.shape == other.data.shape
            and np.allclose(one.data, other.data, rtol=rtol, atol=atol, equal_nan=True)
        )
    if one.kind != other.kind and (one.kind, other.kind) != ("list", "tuple"):
        return False
    if one.kind in ("tuple", "list"):
        pairs = zip(one.data, other.data, strict=False)
        return len(one.data) == len(other.data) and all(same(*pair, rtol, atol) for pair in pairs)
    return one.data == other.data


def _same_kind(one: Seen, other: Seen) -> bool:
    """Whether two arrays count as one kind: without axes a plain number is as good as a tensor of one framework."""
    without_axes = one.data.ndim == other.data.ndim == 0
    of_two_frameworks = one.kind.endswith("tensor") and other.kind.endswith("tensor")
    return one.kind == other.kind or (without_axes and not of_two_frameworks)


def is_array(seen: Seen) -> bool:
    """Whether `seen` holds numbers."""
    return isinstance(seen.data, np.ndarray)


def family(array: np.ndarray) -> str:
    """The dtype family in a learner's words."""
    return {"f": "floating-point numbers", "b": "booleans", "c": "complex numbers"}.get(array.dtype.kind, "integers")


@dataclass(frozen=True)
class Difference:
    """The most basic way in which a value differs from the right one, and where.

    what: "nothing", "kind", "text", "length", "shape", "dtype", "finite" or "values".
    part: the numbers of the parts (of lists in lists) that lead to the two values, from 1 on.
    place: the index of the largest gap between two arrays. wrong: how many entries differ.
    """

    what: str
    seen: Seen
    right: Seen
    part: tuple[int, ...] = ()
    place: tuple[int, ...] = ()
    wrong: int = 0


def difference(
    seen: Seen, right: Seen, rtol: float = 1e-3, atol: float = 1e-5, part: tuple[int, ...] = ()
) -> Difference:
    """How `seen` differs from `right`; the two are not the same."""
    if seen.kind == "nothing":
        return Difference("nothing", seen, right, part)
    kinds = {seen.kind, right.kind} if (seen.kind, right.kind) != ("list", "tuple") else {right.kind}
    if is_array(seen) != is_array(right) or not (is_array(seen) or len(kinds) == 1):
        return Difference("kind", seen, right, part)
    if not is_array(right) and right.kind not in ("tuple", "list"):
        return Difference("text", seen, right, part)
    if not is_array(right):
        if len(seen.data) != len(right.data):
            return Difference("length", seen, right, part)
        pairs = enumerate(zip(seen.data, right.data, strict=True), start=1)
        number, pair = next((number, pair) for number, pair in pairs if not same(*pair, rtol, atol))
        return difference(*pair, rtol, atol, part=(*part, number))
    if seen.data.shape != right.data.shape:
        return Difference("shape", seen, right, part)
    if not _same_kind(seen, right):
        return Difference("kind", seen, right, part)
    if family(seen.data) != family(right.data):
        return Difference("dtype", seen, right, part)
    if not np.all(np.isfinite(seen.data)) and np.all(np.isfinite(right.data)):
        return Difference("finite", seen, right, part)
    wrong = int((~np.isclose(seen.data, right.data, rtol=rtol, atol=atol, equal_nan=True)).sum())
    return Difference("values", seen, right, part, _largest_gap(seen.data, right.data), wrong)


def _largest_gap(seen: np.ndarray, right: np.ndarray) -> tuple[int, ...]:
    gap = np.abs(np.asarray(seen, dtype=complex) - right)
    gap = np.where(np.isnan(gap), np.inf, gap)
    return tuple(int(i) for i in np.unravel_index(np.argmax(gap), gap.shape))


def code_of(target: Any) -> tuple[Any, ...] | None:
    """What makes two functions (or classes) the same code, whatever cell they were typed in; None for other objects."""
    if isinstance(target, types.CodeType):
        return tuple(_step(step) for step in dis.get_instructions(target) if step.opname not in _NOT_COMPARED)
    if isinstance(target, type):
        return tuple((name, code_of(member)) for name, member in sorted(vars(target).items()) if _own(member, target))
    target = unwrapped(target)
    return code_of(target.__code__) if isinstance(target, types.FunctionType) else None


def _own(member: Any, owner: type) -> bool:
    """Whether a member of a class has code that was typed in there; a class that was only assigned may lead back."""
    nested = isinstance(member, type) and member.__qualname__.startswith(f"{owner.__qualname__}.")
    return nested or (not isinstance(member, type) and bool(code_of(member)))


# A call of `module.function` compiles to other steps in a file that imports the module than in a cell that does not.
_NOT_COMPARED = {"PUSH_NULL", "PRECALL", "EXTENDED_ARG", "CACHE"}


def _step(step: dis.Instruction) -> tuple[str, Any]:
    """One step of a function's code; where a jump goes depends on what is not compared, so it is left out."""
    name = "LOAD_ATTR" if step.opname == "LOAD_METHOD" else step.opname
    jumps = step.opcode in dis.hasjrel or step.opcode in dis.hasjabs
    return name, None if jumps else code_of(step.argval) or repr(step.argval)


def unwrapped(target: Any) -> Any:
    """The function that was typed in, below decorators such as tf.function."""
    try:
        return inspect.unwrap(target) if callable(target) else target
    except Exception:  # an object that has every attribute wraps itself
        return target


def is_empty(answer: Any) -> bool:
    """Whether a function at most imports, and hands back None or ... (a starter cell that nobody has filled in)."""
    answer = unwrapped(answer)
    if not isinstance(answer, types.FunctionType):
        return False
    idle = {
        "RESUME",
        "NOP",
        "LOAD_CONST",
        "LOAD_SMALL_INT",
        "IMPORT_NAME",
        "IMPORT_FROM",
        "POP_TOP",
        "STORE_FAST",
        "RETURN_VALUE",
        "RETURN_CONST",
    }
    steps = list(dis.get_instructions(answer))
    returned = [step.argval for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return all(step.opname in idle for step in steps) and bool(returned) and returned[-1] in (None, ...)
