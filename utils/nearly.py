"""Find the places in a learner's function where one small change makes it right.

What is told of them is true by construction: the changed function was tried like the answer itself, and passed. The
change is not told, only its place and what kind of thing to look at. Where changes in several lines do it, nobody can
tell which of the lines holds the slip, so all of them are found.
"""

import ast
import copy
import inspect
import textwrap
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

LONGEST = 60  # lines of a function that is looked at
SIGN = "is the sign right?"
SHOWN = 60  # characters of a place that are shown
OPERATORS: dict[type, tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Div),
    ast.Mult: (ast.Div, ast.MatMult, ast.Pow, ast.Add),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult, ast.Div),
    ast.BitXor: (ast.Pow,),
    ast.FloorDiv: (ast.Div,),
}
COMPARISONS: dict[type, tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
SIBLINGS = (
    ("mean", "sum", "median", "max", "min"),
    ("reduce_mean", "reduce_sum", "reduce_max", "reduce_min"),
    ("amax", "amin", "argmax", "argmin", "max", "min"),
    ("argmax", "argmin", "argsort"),
    ("exp", "log", "square", "sqrt", "abs"),
    ("std", "var"),
    ("reduce_std", "reduce_variance"),
    ("sigmoid", "tanh", "relu", "softmax"),
    ("zeros", "ones"),
    ("zeros_like", "ones_like"),
)


@dataclass(frozen=True)
class Place:
    """Where one change makes an answer right: the line (from 1 on, in its cell), its part that changes, what to ask."""

    line: int
    text: str
    shown: str
    question: str


@dataclass(frozen=True)
class _Change:
    question: str
    words: str  # what it is, as in "a right answer with ..."
    shown: ast.AST  # the part of the learner's code that is changed
    make: Callable[[], Callable[[], None]]  # changes the tree, and gives the function that changes it back


def places(answer: Any, passes: Callable[[Any], bool], go_on: Callable[[], bool]) -> Iterator[Place]:
    """The Places in a function where one change makes it right: the first that is found in each line.

    passes: whether a changed function is right; errors of the changed function count as no. go_on: asked before each.
    """
    found = tree_of(answer)
    if found is None:
        return
    tree, function = found
    first = answer.__code__.co_firstlineno
    texts = [line.strip() for line in inspect.getsource(answer).split("\n")]
    caret = next((n for n in ast.walk(function) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.BitXor)), None)
    if caret is not None and passes(made(_with_powers(answer), answer)):
        yield Place(first + caret.lineno - 1, texts[caret.lineno - 1], "^", "in Python a power is written `**`.")
        return
    lines: set[int] = set()
    for change, changed in _changed(tree, function, answer):
        number = getattr(change.shown, "lineno", function.lineno) - 1
        line = first + number
        if line in lines or (lines and change.question == SIGN):  # a minus put in mends a wrong sign anywhere
            continue
        if not go_on():
            return
        if passes(changed()):
            lines.add(line)
            short = ast.unparse(change.shown).partition("\n")[0]
            yield Place(line, texts[number], _cut(short), change.question)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def variants(answer: Any) -> Iterator[tuple[str, Any]]:
    """(what is changed, the function) of each small change of a function that is right."""
    if (found := tree_of(answer)) is not None:
        for change, changed in _changed(*found, answer):
            yield change.words, changed()


def _changed(tree: ast.Module, function: ast.FunctionDef, answer: Any) -> Iterator[tuple[_Change, Callable[[], Any]]]:
    """Each change of a function, with a call that makes the changed function; those that are no Python are left out."""
    for change in _changes(function):
        undo = change.make()
        try:
            code = compile(ast.fix_missing_locations(tree), "<one change>", "exec")
        except (SyntaxError, ValueError):  # a `return` or `break` that stands where none can
            continue
        finally:
            undo()
        yield change, partial(_run, code, answer)


def tree_of(answer: Any) -> tuple[ast.Module, ast.FunctionDef] | None:
    """The syntax of a plain function that was typed in; None for anything else."""
    if not isinstance(answer, types.FunctionType) or answer.__closure__:
        return None
    try:
        source = textwrap.dedent(inspect.getsource(answer))
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError, ValueError):
        return None
    function = tree.body[0]
    plain = len(tree.body) == 1 and isinstance(function, ast.FunctionDef) and not function.decorator_list
    return (tree, function) if plain and source.count("\n") <= LONGEST else None  # type: ignore[return-value]


def _with_powers(answer: Any) -> ast.Module:
    """The function with each `^` read as a power: written anew, since `^` binds less than the other signs."""
    return ast.parse(textwrap.dedent(inspect.getsource(answer)).replace("^", "**"))


def made(tree: ast.Module, answer: Any, more: dict[str, Any] | None = None) -> Any:
    """The function that a changed tree defines, in a copy of the answer's namespace; `more` names stand in it.

    Raises SyntaxError or ValueError where the tree is no Python.
    """
    return _run(compile(ast.fix_missing_locations(tree), "<changed>", "exec"), answer, more)


def _run(code: types.CodeType, answer: Any, more: dict[str, Any] | None = None) -> Any:
    namespace = answer.__globals__ | (more or {})
    exec(code, namespace)
    return namespace[answer.__name__]


# The changes ----------------------------------------------------------------------------------------------------------


def _changes(function: ast.FunctionDef) -> Iterator[_Change]:
    """Small changes of a function, the likelier ones first."""
    spots = [spot for spot in _spots(function) if spot[0] is not function.args]
    names = _names(function)
    for alternatives in (_dropped, _numbers, _operators, _signs, _siblings, _grouped, _renamed, _keywords):
        for parent, name, index, node in spots:
            for question, other in alternatives(node, names):
                yield _Change(question, _words(parent, node, other), node, _put(parent, name, index, other))
    yield from _statements(function)


def _spots(function: ast.AST) -> list[tuple[ast.AST, str, int | None, ast.expr]]:
    """(parent, field, index in it, node) of every expression below a node."""
    found: list[tuple[ast.AST, str, int | None, ast.expr]] = []
    for parent in ast.walk(function):
        for name, value in ast.iter_fields(parent):
            if isinstance(value, ast.expr):
                found.append((parent, name, None, value))
            elif isinstance(value, list):
                found += [(parent, name, i, item) for i, item in enumerate(value) if isinstance(item, ast.expr)]
    return found


def _put(parent: ast.AST, name: str, index: int | None, other: ast.expr) -> Callable[[], Callable[[], None]]:
    """A change that puts another expression into a place."""

    def make() -> Callable[[], None]:
        before = getattr(parent, name)
        after = other if index is None else [*before[:index], other, *before[index + 1 :]]
        setattr(parent, name, after)
        return lambda: setattr(parent, name, before)

    return make


def _names(function: ast.FunctionDef) -> list[str]:
    """The parameters and other names that a function gives."""
    given = [argument.arg for argument in function.args.args]
    nodes = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    return list(dict.fromkeys([*given, *nodes]))


MARKS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.MatMult: "@",
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def _words(parent: ast.AST, node: ast.expr, other: ast.expr) -> str:
    """What is changed where `other` stands in place of `node`; of code that a learner has not seen only its signs."""
    if isinstance(parent, ast.keyword) and isinstance(node, ast.Constant):
        return f"with `{parent.arg}={ast.unparse(other)}` in place of `{parent.arg}={ast.unparse(node)}`"
    if isinstance(node, ast.BinOp):
        return _words_of_operation(node, other)
    if isinstance(node, ast.Compare) and isinstance(other, ast.Compare):
        return f"with `{MARKS[type(other.ops[0])]}` in place of `{MARKS[type(node.ops[0])]}`"
    if isinstance(node, ast.UnaryOp) and other is node.operand:
        return "without its minus"
    if isinstance(other, ast.UnaryOp) and other.operand is node:
        return "with a minus put in"
    if isinstance(node, ast.Attribute) and isinstance(other, ast.Attribute):
        return f"with `{other.attr}` in place of `{node.attr}`"
    if isinstance(node, ast.Call):
        return _words_of_call(node, other)
    if isinstance(node, ast.Constant):
        put = f"`{ast.unparse(other)}`" if isinstance(other, ast.Constant) else "a variable"
        return f"with {put} in place of `{ast.unparse(node)}`"
    return "with one part alone" if isinstance(node, ast.Tuple) else "with another variable in one place"


def _words_of_operation(node: ast.BinOp, other: ast.expr) -> str:
    mark = MARKS.get(type(node.op), "^")
    if other in (node.left, node.right):
        return f"with one side of its `{mark}` left out"
    if not isinstance(other, ast.BinOp):
        return "with a minus put in"
    if other.left is node.left and other.right is node.right:
        return f"with `{MARKS[type(other.op)]}` in place of `{mark}`"
    if other.left is node.right and other.right is node.left:
        return f"with the two sides of its `{mark}` exchanged"
    return "with other parentheses"


def _words_of_call(node: ast.Call, other: ast.expr) -> str:
    if not isinstance(other, ast.Call) or other.func is not node.func:
        return f"without its `{ast.unparse(node.func).rpartition('.')[2]}`"
    left, put = (
        [k for k in one if k not in two]
        for one, two in ((node.keywords, other.keywords), (other.keywords, node.keywords))
    )
    return f"without its `{ast.unparse(left[0])}`" if left else f"with `{ast.unparse(put[0])}` put in"


Alternatives = Iterator[tuple[str, ast.expr]]


def _numbers(node: ast.expr, _: list[str]) -> Alternatives:
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return
    value: Any = node.value
    others = [value + 1, value - 1, value * 2, value / 2 if value % 2 else value // 2, 1, 0]
    for other in dict.fromkeys(others):
        if other != value:
            yield "is this the right number?", ast.Constant(other)


def _operators(node: ast.expr, _: list[str]) -> Alternatives:
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), ()):
            yield "is this the right operation?", ast.BinOp(node.left, operator(), node.right)
        if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
            yield "do the two sides stand in the right order?", ast.BinOp(node.right, node.op, node.left)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for comparison in COMPARISONS.get(type(node.ops[0]), ()):
            yield "is this the right comparison?", ast.Compare(node.left, [comparison()], node.comparators)


def _signs(node: ast.expr, _: list[str]) -> Alternatives:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "does the minus belong there?", node.operand
    elif isinstance(node, ast.BinOp | ast.Call | ast.Name | ast.Subscript) and isinstance(
        getattr(node, "ctx", ast.Load()), ast.Load
    ):
        yield SIGN, ast.UnaryOp(ast.USub(), node)


def _siblings(node: ast.expr, _: list[str]) -> Alternatives:
    if isinstance(node, ast.Attribute):
        for names in SIBLINGS:
            for name in names if node.attr in names else ():
                if name != node.attr:
                    yield "is this the right function?", ast.Attribute(node.value, name, node.ctx)


def _dropped(node: ast.expr, _: list[str]) -> Alternatives:
    """A part left out: one side of an operation, or a call around a value."""
    if isinstance(node, ast.BinOp):
        for side in (node.left, node.right):
            yield "is a part of it too much?", side
    elif isinstance(node, ast.Call):
        inner = [*node.args[:1], *([node.func.value] if isinstance(node.func, ast.Attribute) else [])]
        for value in inner:
            if not isinstance(value, ast.Starred):
                yield "is this call needed?", value
    elif isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load) and len(node.elts) > 1:
        for value in node.elts:
            yield "is a part of it too much?", value


def _grouped(node: ast.expr, _: list[str]) -> Alternatives:
    """`a op (b op c)` in place of `(a op b) op c`, and the other way round."""
    if not isinstance(node, ast.BinOp):
        return
    left, right, question = node.left, node.right, "are the parentheses right: which operation comes first?"
    if isinstance(left, ast.BinOp):
        yield question, ast.BinOp(left.left, left.op, ast.BinOp(left.right, node.op, right))
    if isinstance(right, ast.BinOp):
        yield question, ast.BinOp(ast.BinOp(left, node.op, right.left), right.op, right.right)


def _renamed(node: ast.expr, names: list[str]) -> Alternatives:
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
        for name in names if node.id in names else ():
            if name != node.id:
                yield "is this the right variable?", ast.Name(name, ast.Load())
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        for name in names:
            yield "does a variable belong there?", ast.Name(name, ast.Load())
            yield "does a count belong there?", ast.Call(ast.Name("len", ast.Load()), [ast.Name(name, ast.Load())], [])


def _keywords(node: ast.expr, _: list[str]) -> Alternatives:
    """A keyword left out, or the one that keeps an axis, or the first axis, added."""
    if not isinstance(node, ast.Call):
        return
    for number in range(len(node.keywords)):
        rest = node.keywords[:number] + node.keywords[number + 1 :]
        yield "are its keywords right?", ast.Call(node.func, node.args, rest)
    held = {keyword.arg for keyword in node.keywords}
    for name, value in (("axis", 0), ("axis", 1), ("keepdims", True), ("correction", 0)):
        if name not in held:
            added = ast.keyword(name, ast.Constant(value))
            yield "is a keyword missing?", ast.Call(node.func, node.args, [*node.keywords, added])


def _statements(function: ast.FunctionDef) -> Iterator[_Change]:
    """A statement left out, exchanged with the next, or moved behind the block that it ends."""
    for block in ast.walk(function):
        body = getattr(block, "body", None)
        if not isinstance(body, list):
            continue
        for number, statement in enumerate(body):
            rest = body[:number] + body[number + 1 :]
            if rest:
                yield _Change("is this line needed?", "without one of its lines", statement, _body(block, rest))
            if number + 1 < len(body):
                exchanged = [*body[:number], body[number + 1], statement, *body[number + 2 :]]
                question, words = (
                    "do this line and the next stand in the right order?",
                    "with two of its lines exchanged",
                )
                yield _Change(question, words, statement, _body(block, exchanged))
            inner = getattr(statement, "body", None)
            if isinstance(inner, list) and len(inner) > 1:
                question, words = (
                    "does this line belong inside the block above it?",
                    "with a line moved out of its block",
                )
                yield _Change(question, words, inner[-1], _moved(block, number, statement))


def _body(block: ast.AST, body: list[ast.stmt]) -> Callable[[], Callable[[], None]]:
    def make() -> Callable[[], None]:
        before = block.body  # type: ignore[attr-defined]
        block.body = body  # type: ignore[attr-defined]
        return lambda: setattr(block, "body", before)

    return make


def _moved(block: ast.AST, number: int, inner: ast.stmt) -> Callable[[], Callable[[], None]]:
    """A change that puts the last line of a block behind the block."""

    def make() -> Callable[[], None]:
        before = block.body  # type: ignore[attr-defined]
        shorter = copy.copy(inner)
        shorter.body = inner.body[:-1]  # type: ignore[attr-defined]
        block.body = [*before[:number], shorter, inner.body[-1], *before[number + 1 :]]  # type: ignore[attr-defined]
        return lambda: setattr(block, "body", before)

    return make
