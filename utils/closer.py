"""A closer look at a function that gave a wrong result: the values on its way, and the arguments that it leaves unused.

What is told of them is true by construction: the function was run once more with its expressions noted, or with other
arguments, and so were right ones.
"""

import ast
import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.looking import Seen, is_array, same, see
from utils.nearly import made, tree_of

MOST_NUMBERS = 10_000  # of a value that is noted
LONGEST = 50  # characters of an expression that is shown
NOTE = "_note_of_the_check"


@dataclass(frozen=True)
class Step:
    """One expression of a function: the code, its line from 1 on, and the first value that it had."""

    code: str
    line: int
    value: Seen


def steps(function: Any, call: Callable[[Any], Any]) -> list[Step]:
    """The expressions of a plain function that had arrays of numbers as values, in the order in which they ran.

    call: runs a function that it is given. Of a function that cannot be read, or whose run fails, there are none.
    """
    if (found := tree_of(function)) is None:
        return []
    tree, definition = found
    noting = _Noting(function.__code__.co_firstlineno - 1)
    definition.body = [noting.visit(statement) for statement in definition.body]
    held: dict[int, Step] = {}

    def note(number: int, value: Any) -> Any:
        if number not in held and is_array(seen := see(value, depth=0)) and seen.data.size <= MOST_NUMBERS:
            held[number] = Step(*noting.expressions[number], seen)
        return value

    try:
        call(made(tree, function, {NOTE: note}))
    except Exception:  # of a second run nothing is told but its values
        return []
    return list(held.values())


class _Noting(ast.NodeTransformer):
    """Lets each operation and call of a function note its value; `expressions` are their code and line."""

    def __init__(self, lines_before: int) -> None:
        self.before = lines_before
        self.expressions: list[tuple[str, int]] = []

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):  # they may run in a graph, or never
            return node
        is_value = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if not (is_value and isinstance(node, ast.BinOp | ast.UnaryOp | ast.Call | ast.Subscript)):
            return self.generic_visit(node)
        number = len(self.expressions)
        self.expressions.append((ast.unparse(node), node.lineno + self.before))
        arguments: list[Any] = [ast.Constant(number), self.generic_visit(node)]
        return ast.Call(ast.Name(NOTE, ast.Load()), arguments, [])


def parting(own: Iterable[Step], known: Sequence[Step], given: Sequence[np.ndarray]) -> tuple[Step, Step] | None:
    """The last value of an answer that right answers have on their way too, and the next, which they have not.

    None where it has none in common, or all. given: the arguments, which any answer has. A multiple of a known value,
    such as a sum in place of a mean, is passed over: nobody can tell yet whether it is wrong.
    """
    last = None
    values = [*(step.value.data for step in known), *given]
    for step in own:
        if not telling(step.value) or any(_alike(step.value.data, array) for array in given):
            continue
        if any(_alike(step.value.data, one.value.data) for one in known):
            last = step
        elif last and not any(_is_multiple(step.value.data, array) for array in values):
            return (last, step) if max(len(last.code), len(step.code)) <= LONGEST else None
    return None


def telling(seen: Seen) -> bool:
    """Whether numbers are so many and odd that no other value is like them by accident."""
    if seen.kind in ("tuple", "list"):
        return any(map(telling, seen.data))
    if not is_array(seen) or seen.data.dtype.kind != "f" or not np.isfinite(seen.data).all():
        return False
    different = np.unique(np.abs(seen.data))
    return bool((different * 100 % 1).any() or np.setdiff1d(different, (0, 1)).size > 1)


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-3))


def _is_multiple(one: np.ndarray, other: np.ndarray) -> bool:
    if one.shape != other.shape or one.size < 2 or not other.any():
        return False
    place = np.unravel_index(np.abs(other).argmax(), other.shape)
    return _alike(one, other * (one[place] / other[place]))


def unused(call: Callable[..., Any], right: Callable[..., Any], arguments: Sequence[Any]) -> list[int]:
    """The arguments, from 0 on, without which a result stays as it was though the right one changes."""
    found = []
    before, wanted = see(call(*arguments)), see(right(*arguments))
    for number, argument in enumerate(arguments):
        other = _another(argument)
        if other is None:
            continue
        changed = [*arguments[:number], other, *arguments[number + 1 :]]
        with contextlib.suppress(Exception):  # one of the two may not take it
            if same(see(call(*changed)), before, 1e-9, 0.0) and not same(see(right(*changed)), wanted):
                found.append(number)
    return found


def _another(argument: Any) -> Any:
    """Another argument of the same kind and shape; None where none is known that a function would surely take."""
    if isinstance(argument, np.ndarray) and argument.dtype.kind == "f":
        return argument + np.random.default_rng(1).uniform(0.1, 0.5, argument.shape)
    if isinstance(argument, np.ndarray) and argument.ndim and argument.dtype.kind in "iu":
        return argument[::-1].copy()  # class numbers stay class numbers
    return argument * 1.5 + 0.1 if isinstance(argument, float) else None
