"""Random and hostile answers to every task: check survives each, judges none of them wrongly, and disturbs nothing.

HOSTILE=1000 sets the number of answers to a task (`make test-hostile`); a task that trains gets at most 30 of them. The
same answers are drawn in every run. What is wrong is not decided by check itself: an answer that passes must do the
same as the solution with other seeds too.
"""

import ast
import asyncio
import contextlib
import functools
import importlib
import inspect
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from test_tasks import cases, every_task

from utils.calling import Answer, TimeUp, Watch, load
from utils.catalogue import Task, framework_of
from utils.check import Session
from utils.looking import same, see
from utils.quiz import Quiz
from utils.settings import undisturbed

EXAMPLES = int(os.environ.get("HOSTILE", 12))
MOST_OF_A_TRAINING = 30
FAST = 0.02  # seconds of one check
LIMIT = 3.0  # seconds that a check may take here
HANGS = 60.0  # seconds beyond the limit: it is then no busy machine; the first check also tries the mistakes
OTHER_SEEDS = (1, 2, 3)

fuzz = settings(
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


def limit_of(seconds):
    """A shorter limit than the learner's, but for tasks that train."""
    return min(seconds, LIMIT) if seconds <= Task("any", (), {}).seconds else seconds


@pytest.fixture(autouse=True)
def short_limit(monkeypatch):
    monkeypatch.setattr("utils.judging.Watch", lambda seconds: Watch(limit_of(seconds)))
    monkeypatch.setattr(sys, "unraisablehook", lambda _: None)  # pytest's own asks hostile objects for their text


# Values of every kind -------------------------------------------------------------------------------------------------


class Hostile:
    """Whatever is asked of it raises."""

    def _refuse(self, *_, **__):
        raise RuntimeError("no")

    __repr__ = __str__ = __eq__ = __hash__ = __len__ = __iter__ = __getitem__ = __bool__ = _refuse
    __array__ = __float__ = __index__ = __format__ = __add__ = __radd__ = __sub__ = __mul__ = _refuse


class HasEverything:
    """Every attribute is there, also __wrapped__ and shape; and every call works."""

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self


class NoClass:
    @property
    def __class__(self):
        raise RuntimeError("no class")


class Exits:
    def __repr__(self):
        raise SystemExit("repr")

    __array__ = __len__ = __eq__ = __hash__ = __str__ = __repr__


class OwnText(str):
    __slots__ = ()

    def __eq__(self, other):
        raise RuntimeError("no")

    __hash__ = str.__hash__


class OwnList(list):
    def __iter__(self):
        raise RuntimeError("no")


class OwnArray(np.ndarray):
    def __array_function__(self, *_):
        raise RuntimeError("no")


class Unsayable(Exception):
    def __str__(self):
        raise RuntimeError("no")


class HoldsItself:
    pass


HoldsItself.itself = HoldsItself


def endless_list():
    items = []
    items.extend([items] * 3)
    return items


async def coroutine(*_):
    return 1.0


def odd_values():
    """{name: function that makes one value that no task expects}."""
    torch, tf = load("torch"), load("tensorflow")
    return {
        "hostile object": Hostile,
        "object with every attribute": HasEverything,
        "object without a class": NoClass,
        "object that exits": Exits,
        "text with an own ==": lambda: OwnText("<script>alert(1)</script>"),
        "list with an own iter": lambda: OwnList([1.0]),
        "array with own functions": lambda: np.ones(3).view(OwnArray),
        "class": lambda: Hostile,
        "class that holds itself": lambda: HoldsItself,
        "built-in": lambda: len,
        "module": lambda: np,
        "error": Unsayable,
        "list that holds itself": endless_list,
        "generator": lambda: (i for i in range(3)),
        "endless generator": itertools.count,
        "coroutine function": lambda: coroutine,
        "huge array": lambda: np.broadcast_to(1.0, (10**5, 10**5)),
        "huge tensor": lambda: torch.ones(()).expand(10**5, 10**5),
        "long list": lambda: [0.0] * 300_000,
        "long text": lambda: "x" * 10**6,
        "deep list": lambda: functools.reduce(lambda inner, _: [inner], range(500), 1.0),
        "masked array": lambda: np.ma.masked_array([1.0, 2.0], mask=[True, False]),
        "matrix": lambda: np.matrix([[1.0]]),
        "objects": lambda: np.full(2, None, dtype=object),
        "records": lambda: np.zeros(2, dtype=[("a", float)]),
        "dates": lambda: np.array(["2026-01-01"], dtype="datetime64[D]"),
        "meta tensor": lambda: torch.ones(2, device="meta"),
        "sparse tensor": lambda: torch.eye(2).to_sparse(),
        "complex tensor": lambda: torch.ones(2, dtype=torch.complex64),
        "quantised tensor": lambda: torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.qint8),
        "gradient": lambda: torch.ones(2, requires_grad=True) * 2,
        "text tensor": lambda: tf.constant("<script>"),
        "ragged tensor": lambda: tf.ragged.constant([[1.0], [2.0, 3.0]]),
        "variable": lambda: tf.Variable([1.0, np.nan]),
        "layer": lambda: torch.nn.Linear(1, 1),
    }


TEXTS = st.sampled_from(["", "<script>alert(1)</script>", "\x1b[31m\x07", "nan", "\ud800", "a" * 1000]) | st.text()
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.just(10**400)
    | st.floats()
    | st.complex_numbers()
    | TEXTS
    | st.binary()
    | arrays.arrays(arrays.scalar_dtypes(), arrays.array_shapes(max_dims=3, max_side=4))
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(TEXTS, inner, max_size=2)
        | st.sets(TEXTS)
    ),
    max_leaves=5,
)

# Right answers in another form, which must pass -----------------------------------------------------------------------


class CallMe:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)

    def method(self, *arguments):
        return self.function(*arguments)


def decorated(function):
    @functools.wraps(function)
    def wrapped(*arguments, **named):
        return function(*arguments, **named)

    return wrapped


def loud(function):
    def answer(*arguments):
        print("<script>alert(1)</script>\x1b[31m" * 100_000)
        print("error " * 100_000, file=sys.stderr)
        return function(*arguments)

    return answer


DISGUISES = {
    "lambda": lambda f: lambda *arguments: f(*arguments),
    "partial": functools.partial,
    "callable object": CallMe,
    "bound method": lambda f: CallMe(f).method,
    "decorated": decorated,
    "with more parameters": lambda f: lambda *arguments, verbose=False, **rest: f(*arguments),
    "prints megabytes": loud,
}

# Wrong answers --------------------------------------------------------------------------------------------------------


def changing_everything(function):
    """A right answer that changes, after its work, what a program can change for everybody."""

    def disturb():
        torch, tf = sys.modules.get("torch"), sys.modules.get("tensorflow")
        np.set_printoptions(precision=1)
        np.seterr(all="raise")
        warnings.simplefilter("error")
        os.environ["HOSTILE_TEST"] = "1"
        os.environ.pop("OMP_NUM_THREADS", None)
        os.chdir(os.sep)
        random.seed(7)
        np.random.seed(7)
        sys.setrecursionlimit(sys.getrecursionlimit() + 1)
        if torch:
            torch.manual_seed(7)
            torch.set_default_dtype(torch.float64)
            torch.set_grad_enabled(False)
        if tf:
            tf.config.run_functions_eagerly(not tf.config.functions_run_eagerly())

    def answer(*arguments):
        result = function(*arguments)
        disturb()
        return result

    return answer


def raising(make_error):
    def answer(*_):
        raise make_error()

    return answer


MISBEHAVED = {
    "exits": raising(lambda: SystemExit(3)),
    "interrupts": raising(KeyboardInterrupt),
    "closes": raising(lambda: GeneratorExit("gone")),
    "stops": raising(lambda: StopIteration(3)),
    "asserts": raising(AssertionError),
    "raises a group": raising(lambda: BaseExceptionGroup("many", [SystemExit(), ValueError()])),
    "raises something unsayable": raising(Unsayable),
    "has a long error": raising(lambda: ValueError("<script>\x1b[2J" * 10_000)),
    "runs out of memory": raising(MemoryError),
    "recurses": lambda *arguments: MISBEHAVED["recurses"](*arguments),
    "returns its arguments": lambda *arguments: arguments,
    "returns its first argument": lambda *arguments: arguments[0] if arguments else None,
    "wants nothing": lambda: 1,
    "wants too much": lambda a, b, c, d, e, f, g, h: 1,
    "is a coroutine function": coroutine,
    "is a generator function": lambda *_: (yield 1.0),
    "is a class": Hostile,
    "is a built-in": print,
    "returns the locals": lambda *_: locals(),
    "is itself": lambda *_: MISBEHAVED["is itself"],
}


def spoil(value, kind, framework):
    """A wrong version of a result: numbers are changed in one of several ways, in a list or tuple in each part."""
    if isinstance(value, tuple | list) and kind not in ("reversed", "in a list"):
        return type(value)(spoil(part, kind, framework) for part in value)
    changes = {
        "larger": lambda v: v * 1.01 + 0.01,
        "negative": lambda v: -v - 1e-2,
        "shifted": lambda v: v + 1,
        "integers": lambda v: v.astype("int64") if hasattr(v, "astype") else int(v),
        "nan": lambda v: v * float("nan"),
        "infinite": lambda v: v / 0,
        "reversed": lambda v: v[::-1],
        "transposed": lambda v: v.T,
        "flat": lambda v: v.reshape(-1),
        "one more axis": lambda v: v[None],
        "cut off": lambda v: v[:-1],
        "text": lambda v: str(v),
        "in a list": lambda v: [v],
        "nothing": lambda v: None,
        "NumPy": lambda v: np.asarray(v.detach() if hasattr(v, "detach") else v),
    }
    return changes[kind](value)


SPOILT = (
    *("larger", "negative", "shifted", "integers", "nan", "infinite", "reversed", "transposed", "flat"),
    *("one more axis", "cut off", "text", "in a list", "nothing", "NumPy"),
)


def spoiling(function, kind, first, framework):
    """The function with its results spoilt from the `first` call on."""
    calls = itertools.count()

    def answer(*arguments):
        result = function(*arguments)
        return spoil(result, kind, framework) if next(calls) >= first else result

    return answer


def in_place(function):
    """The function, which also writes into the first argument that it can write into."""

    def answer(*arguments):
        result = function(*arguments)
        for argument in arguments:
            with contextlib.suppress(Exception):
                argument[0] = argument[0] * 0 - 7
                break
        return result

    return answer


# Mutants of the source: what a slip of the finger or a half-understood line would make of the solution or a mistake


class Mutate(ast.NodeTransformer):
    """Change the n-th place of a program that can be changed; `place` counts down, `choice` says how."""

    OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
    COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)

    def __init__(self, place, choice):
        self.place, self.choice = place, choice

    def here(self):
        self.place -= 1
        return self.place == -1

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, self.OPERATORS) and self.here():
            others = [operator for operator in self.OPERATORS if not isinstance(node.op, operator)]
            if self.choice % 5 == 4:
                return node.left
            node.op = others[self.choice % len(others)]()
        return node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return node.operand if self.here() else node

    def visit_Compare(self, node):
        self.generic_visit(node)
        if isinstance(node.ops[0], self.COMPARISONS) and self.here():
            node.ops[0] = self.COMPARISONS[self.choice % 6]()
        return node

    def visit_Constant(self, node):
        if isinstance(node.value, bool) and self.here():
            return ast.Constant(not node.value)
        if isinstance(node.value, int | float) and not isinstance(node.value, bool) and self.here():
            return ast.Constant((node.value + 1, node.value - 1, 1 - node.value, node.value * 2)[self.choice % 4])
        return node

    def visit_Call(self, node):
        self.generic_visit(node)
        if node.args and self.here():
            if node.keywords and self.choice % 2:
                node.keywords.pop()
            elif self.choice % 3 == 0:
                return node.args[0]
            else:
                node.args.reverse()
        return node

    def statement(self, node):
        self.generic_visit(node)
        return ast.Pass() if self.here() else node

    visit_Assign = visit_AugAssign = visit_Expr = statement

    def visit_Return(self, node):
        self.generic_visit(node)
        if isinstance(node.value, ast.Tuple) and self.here():
            node.value.elts.reverse()
        return node


def mutant(function, place, choice):
    """The function or class with one place of its source changed, or None where that gives no program."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    changed = Mutate(place % max(places(function), 1), choice).visit(tree)
    namespace = dict(vars(inspect.getmodule(function)))
    exec(compile(ast.fix_missing_locations(changed), "<mutant>", "exec"), namespace)
    note(ast.unparse(changed))
    return namespace[tree.body[0].name]


@functools.cache
def places(function):
    """How many places of a function Mutate can change."""
    counter = Mutate(0, 0)
    counter.here = lambda: setattr(counter, "place", counter.place + 1)
    counter.visit(ast.parse(textwrap.dedent(inspect.getsource(function))))
    return counter.place


# The test -------------------------------------------------------------------------------------------------------------


def state():
    """What no check may change; compared as text."""
    torch, tf = sys.modules.get("torch"), sys.modules.get("tensorflow")
    found = {
        "random": hash(random.getstate()),
        "numpy": np.random.get_state()[1].tobytes() + bytes(np.random.get_state()[2]),
        "print options": str(np.get_printoptions()),
        "errors": str(np.geterr()),
        "filters": str(warnings.filters),
        "environment": str(dict(os.environ)),
        "folder": os.getcwd(),
        "recursion": sys.getrecursionlimit(),
        "path": str(sys.path),
        "streams": (id(sys.stdout), id(sys.stderr)),
        "interrupt": signal.getsignal(signal.SIGINT),
        "alarm": (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL)),
        "trace": sys.gettrace(),
    }
    if torch:
        found["torch"] = (torch.is_grad_enabled(), torch.get_default_dtype(), torch.get_rng_state().numpy().tobytes())
    if tf:
        found["tensorflow"] = (tf.config.functions_run_eagerly(), importlib.import_module("keras").config.floatx())
    return found


def observed(session, task, answer, seed, observe):
    """What a task sees of an answer with another seed: values, or the kind of the error that ended it."""
    seen = []
    with undisturbed(), contextlib.suppress(TimeUp), Watch(limit_of(task.seconds)):
        try:
            for _, value in observe(Answer(answer, framework_of(task, session.framework)), seed):
                seen.append(see(value))
        except Exception as error:
            seen.append(see(type(error).__name__))
    return seen


def early_stopping(answer, seed):
    generator = np.random.default_rng(seed)
    for _ in range(60):
        losses = generator.integers(0, 6, size=generator.integers(2, 9)).astype(float) / 2
        yield "random losses", tuple(answer(list(losses), int(generator.integers(1, 4))))


def stopping_point(answer, seed):
    generator = np.random.default_rng(seed)
    for _ in range(60):
        losses = generator.integers(0, 6, size=generator.integers(2, 9)) / 2
        yield "random losses", tuple(int(part) for part in answer(losses, int(generator.integers(1, 4))))


def parameter_count(answer, seed):
    generator = np.random.default_rng(seed)
    for _ in range(20):
        yield "random sizes", answer([int(n) for n in generator.integers(1, 9, size=generator.integers(2, 6))])


def degree_error(answer, seed):
    generator = np.random.default_rng(seed)
    for degree in (1, 2, 3):
        yield "random points", answer(degree, *(generator.uniform(0, 8, size=n) for n in (6, 6, 9, 9)))


# Tasks that look at the same examples with every seed.
RANDOM_INPUTS = {
    "early_stopping_epochs": early_stopping,
    "parameter_count": parameter_count,
    "stopping_point": stopping_point,
    "degree_error": degree_error,
}


def does_the_same(session, task, make, observe):
    """Whether an answer does what the solution does with other seeds too, and is not right by luck.

    An open-ended task is judged by what it achieves, which a training may miss with one seed or another.
    """
    agree = any if task.open_ended else all
    return agree(_same_with(seed, session, task, make, observe) for seed in OTHER_SEEDS)


def _same_with(seed, session, task, make, observe):
    right = observed(session, task, session.entry(task).functions[task.name], seed, observe)
    other = observed(session, task, make(), seed, observe)
    pairs = zip(other, right, strict=False)
    return len(right) == len(other) and all(same(*pair, 5 * task.rtol, 5 * task.atol) for pair in pairs)


def judge(session, task, answer, capsys):
    """The Verdict on an answer, after asserting that check printed one, in time, and left everything as it was."""
    session.solved = set(session.tasks) - {task.name}
    before, start = state(), time.monotonic()
    session.check(task.name, answer)
    seconds, after = time.monotonic() - start, state()
    printed = capsys.readouterr()
    assert before == after, [name for name in before if before[name] != after[name]]
    assert seconds < limit_of(task.seconds) + HANGS, f"{seconds:.1f} seconds"
    assert printed.err == ""
    line = next((line for line in printed.out.splitlines() if line.startswith(("✓", "✗", "○"))), None)
    assert line, f"no verdict in {printed.out[:300]!r}"
    assert len(printed.out) < 4_000
    assert "\x1b" not in printed.out and "\x07" not in printed.out
    note(printed.out)
    return line


def seconds_of(session, task):
    """How long the solution's check takes, at best."""
    times = []
    for _ in range(3):
        start = time.monotonic()
        session.solved = set(session.tasks) - {task.name}
        session.judge(task.name, session.entry(task).answer(task.name))
        times.append(time.monotonic() - start)
    return min(times)


KINDS = ("value", "returns a value", "odd value", "returns an odd value", "misbehaved", "disguised", "disguised")
KINDS += ("spoilt", "spoilt", "in place", "changing everything") + ("mutant",) * 6 + ("mutated mistake",) * 2


def makers(data, session, task):
    """Draw an answer: (what it is, function that makes it, whether it is right; None where only observing can tell)."""
    solution = session.entry(task).functions[task.name]
    kind = data.draw(st.sampled_from(KINDS), label="kind")
    is_class = inspect.isclass(solution)
    if kind == "value":
        value = data.draw(VALUES)
        return kind, lambda: value, False
    if kind == "returns a value":
        value = data.draw(VALUES)
        return kind, lambda: lambda *_: value, None
    if "odd" in kind:
        name = data.draw(st.sampled_from(sorted(odd_values())))
        make = odd_values()[name]
        if kind == "odd value" and make is NoClass:  # no answer that anybody could hand in; check asks for a report
            make = Hostile
        return f"{kind}: {name}", (make if kind == "odd value" else lambda: lambda *_: make()), False
    if kind == "misbehaved":
        name = data.draw(st.sampled_from(sorted(MISBEHAVED)))
        return f"{kind}: {name}", lambda: MISBEHAVED[name], None
    if kind == "disguised" and not is_class:
        name = data.draw(st.sampled_from(sorted(DISGUISES)))
        return f"{kind}: {name}", lambda: DISGUISES[name](solution), True
    if kind == "spoilt" and not is_class:
        how, first = data.draw(st.sampled_from(SPOILT)), data.draw(st.integers(0, 3))
        return f"{kind}: {how} from call {first}", lambda: spoiling(solution, how, first, session.framework), None
    if kind == "in place" and not is_class:
        return kind, lambda: in_place(solution), None
    if kind == "changing everything" and not is_class:  # a second call of its own may fail where it changed the dtype
        return kind, lambda: changing_everything(solution), None
    names = [n for n in session.entry(task).functions if n != task.name and "__starter" not in n and "__ok_" not in n]
    name = data.draw(st.sampled_from(names)) if kind == "mutated mistake" else task.name
    place, choice = data.draw(st.integers(0, 10**4)), data.draw(st.integers(0, 59))
    function = session.entry(task).functions[name]
    return f"mutant {place}, {choice} of {name}", lambda: mutant(function, place, choice), None


@pytest.mark.slow
@every_task
def test_no_answer_breaks_or_deceives_a_check(session, task, capsys):
    if task.value:
        pytest.skip("a plain value")
    examples = EXAMPLES if seconds_of(session, task) < FAST else min(EXAMPLES // 4, MOST_OF_A_TRAINING)

    @settings(fuzz, max_examples=max(examples, 1))
    @given(st.data())
    def run(data):
        what, make, right = makers(data, session, task)
        note(what)
        try:
            answer = make()
        except Exception:  # the source of a mutant may be no program
            return
        line = judge(session, task, answer, capsys)
        assert "the check itself failed" not in line
        if right and "stopped after" in line:  # the machine is too busy for it
            return
        if right is not None:
            assert line.startswith("✓") == right, f"{what}: {line}"
        elif line.startswith("✓"):
            own = RANDOM_INPUTS.get(task.name, task.observe)  # more calls than the task makes
            observe = own if what.startswith("mutant") else task.observe
            assert does_the_same(session, task, make, observe), f"{what} passes, but not with other seeds"

    run()


def questions():
    """Every question; `make test` tries the first of each lesson."""
    for case in cases(Quiz):
        session, quiz = case.values
        yield pytest.param(session, quiz, id=case.id, marks=[] if quiz.name == "quiz_1" else [pytest.mark.slow])


@pytest.mark.parametrize(("session", "quiz"), questions())
@settings(fuzz, max_examples=max(EXAMPLES // 4, 1))
@given(value=VALUES)
def test_no_answer_breaks_a_question(session, quiz, value):
    verdict = session.judge(quiz.name, value)
    right = isinstance(value, str) and value.strip().lower() == quiz.right.letter
    assert (verdict.status == "right") == right


@pytest.mark.parametrize("name", sorted(odd_values()))
def test_no_odd_value_breaks_a_question_or_a_name(name, capsys, made_up_lesson):
    session = Session("99_made_up", "neutral")
    session.check("quiz_1", odd_values()[name]())
    session.check(odd_values()[name]())
    session.hint(odd_values()[name]())
    session.solution(odd_values()[name]())
    printed = capsys.readouterr().out
    assert printed.count("\n") == 4 and "✓" not in printed


# Answers that never end, each kind once -------------------------------------------------------------------------------


def counts(numbers):
    return [0 for _ in itertools.count()]


def waits(numbers):
    threading.Event().wait()


def sleeps_elsewhere(numbers):
    subprocess.run([sys.executable, "-c", "import time; time.sleep(1000)"])


def backtracks(numbers):
    re.match(r"(a+)+$", "a" * 40 + "b")


def awaits(numbers):
    async def forever():
        while True:
            await asyncio.sleep(1000)

    asyncio.run(forever())


def yields(numbers):
    yield from itertools.count()


def holds_on(numbers):
    while True:
        try:
            while True:
                time.sleep(0.01)
        finally:
            continue  # noqa: B012


def in_a_method(numbers):
    class Loop:
        def __iter__(self):
            return self

        def __next__(self):
            return 1

    return max(Loop())


def large_loop(numbers):
    total = np.zeros(3)
    for _ in range(10**12):
        total = total + numbers
    return total


ENDLESS = (counts, waits, sleeps_elsewhere, backtracks, awaits, holds_on, in_a_method, large_loop)


@pytest.mark.parametrize("answer", ENDLESS, ids=lambda answer: answer.__name__)
def test_an_answer_that_never_ends_is_stopped(answer, made_up_lesson, capsys):
    session = Session("99_made_up", "neutral")
    start = time.monotonic()
    session.check("double", answer)
    assert time.monotonic() - start < HANGS
    assert capsys.readouterr().out.startswith("✗ double: stopped after 0.5 seconds")


def test_a_generator_is_not_run_to_its_end(made_up_lesson, capsys):
    Session("99_made_up", "neutral").check("double", yields)
    assert "your result is an object of type generator" in capsys.readouterr().out
