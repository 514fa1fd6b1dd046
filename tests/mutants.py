"""Small changes of a solution, such as a learner's slip might make: another sign, axis or number, a line left out."""

import ast
import copy
from collections.abc import Callable, Iterator

OPERATORS = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Add, ast.Div],
    ast.Div: [ast.Mult],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.LtE: [ast.Lt],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.GtE: [ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
}
SIBLINGS = [
    ("mean", "sum", "reduce_mean", "reduce_sum"),
    ("max", "min", "amax", "amin", "reduce_max", "reduce_min"),
    ("argmax", "argmin"),
    ("exp", "log", "square", "sqrt", "abs"),
    ("std", "var", "reduce_std", "reduce_variance"),
    ("sigmoid", "tanh", "relu", "softmax", "log_softmax"),
    ("zeros", "ones", "zeros_like", "ones_like"),
    ("SGD", "Adam"),
    ("train", "eval"),
]
Change = tuple[str, str]  # (what was changed, as a reviewer reads it; the changed source)


def mutants(source: str) -> Iterator[Change]:
    """Every small change of a function or class, each alone; those that Python cannot compile are left out."""
    tree, seen = ast.parse(source), {source}
    for number, node in enumerate(ast.walk(tree)):
        for changed in _changes(node):
            other = copy.deepcopy(tree)
            place = next(n for i, n in enumerate(ast.walk(other)) if i == number)
            before = ast.unparse(place) if not isinstance(place, ast.FunctionDef) else ""
            what = changed(place)
            text = ast.unparse(ast.fix_missing_locations(other))
            if text not in seen and text != ast.unparse(tree):
                seen.add(text)
                yield what or f"{before} -> {ast.unparse(place)}", text


def _changes(node: ast.AST) -> Iterator[Callable[[ast.AST], str | None]]:
    """Functions that change a copy of `node` in place; one may return what it did."""
    if isinstance(node, ast.BinOp):
        yield from [_set("op", operator()) for operator in OPERATORS.get(type(node.op), [])]
        if isinstance(node.op, ast.Sub | ast.Div | ast.MatMult):
            yield lambda n: n.__dict__.update(left=n.right, right=n.left)
    elif isinstance(node, ast.Compare):
        yield from [_set("ops", [operator()]) for operator in OPERATORS.get(type(node.ops[0]), [])]
    elif isinstance(node, ast.AugAssign):
        yield from [_set("op", operator()) for operator in OPERATORS.get(type(node.op), [])]
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield _set("value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        others = [node.value + 1, node.value - 1] if isinstance(node.value, int) else [node.value * 10, -node.value]
        yield from [_set("value", value) for value in others]
    elif isinstance(node, ast.Attribute):
        siblings = next((names for names in SIBLINGS if node.attr in names), ())
        yield from [_set("attr", name) for name in siblings if name != node.attr]
    elif isinstance(node, ast.Call) and len(node.args) >= 2:
        yield lambda n: n.args.insert(0, n.args.pop(1))
    elif isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield lambda n: n.__dict__.update(value=ast.UnaryOp(ast.USub(), n.value))
    if isinstance(node, ast.FunctionDef | ast.For | ast.While | ast.With | ast.If):
        yield from [_left_out(number) for number in range(len(node.body)) if len(node.body) > 1]
        yield from [_doubled(number) for number in range(len(node.body))]
        yield from [_exchanged(number) for number in range(len(node.body) - 1)]


def _set(name: str, value: object) -> Callable[[ast.AST], None]:
    return lambda node: setattr(node, name, value)


def _left_out(number: int) -> Callable[[ast.AST], str]:
    return lambda node: f"left out: {ast.unparse(node.body.pop(number))}"


def _doubled(number: int) -> Callable[[ast.AST], str]:
    def change(node: ast.AST) -> str:
        node.body.insert(number, copy.deepcopy(node.body[number]))
        return f"twice: {ast.unparse(node.body[number])}"

    return change


def _exchanged(number: int) -> Callable[[ast.AST], str]:
    def change(node: ast.AST) -> str:
        node.body.insert(number, node.body.pop(number + 1))
        return f"too early: {ast.unparse(node.body[number])}"

    return change
