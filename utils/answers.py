"""Call a learner's answer safely, and turn whatever comes back into something that can be compared and described.

No framework is imported here: tensors are recognised by the module that their class comes from.
"""

import contextlib
import dis
import importlib.util
import inspect
import io
import os
import random
import signal
import sys
import threading
import types
import warnings
from dataclasses import dataclass

import numpy as np

from utils.data import as_numpy

NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "neutral": "NumPy"}
MODULES = {"pytorch": "torch", "tensorflow": "tensorflow", "neutral": "numpy"}
PRINT_LIMIT = 1_000  # characters of a learner's own output that are shown
MOST_NUMBERS = 10_000_000  # of a larger array only shape and dtype are looked at
MOST_PARTS = 100_000  # of a longer list only the length


class TimeUp(BaseException):
    """The answer ran longer than its limit. No Exception, so that a learner's `except Exception` lets it through."""


@dataclass(frozen=True)
class Seen:
    """What one observation showed: its kind, and the data to compare (an array, a text, or a tuple of Seen)."""

    kind: str
    data: object = None


class Answer:
    """A learner's function or class, as an observation calls it.

    NumPy arrays among the arguments arrive as tensors of the notebook's framework (float64 as float32, the
    frameworks' default). Each call gets its own copy; a call that changes its input raises InputChanged.
    """

    def __init__(self, target, framework):
        self.target, self.framework = target, framework

    def __call__(self, *arguments):
        given = [self.tensor(a) if isinstance(a, np.ndarray) else a for a in arguments]
        result = self.target(*given)
        for number, (before, after) in enumerate(zip(arguments, given, strict=True)):
            if isinstance(before, np.ndarray) and not same(see(self.tensor(before)), see(after), rtol=0, atol=0):
                raise InputChanged(_parameter_name(self.target, number))
        return result

    def tensor(self, array):
        """A new tensor of the notebook's framework with the values of `array`."""
        array = np.array(array)
        array = array.astype(np.float32) if array.dtype == np.float64 and self.framework != "neutral" else array
        if self.framework == "pytorch":
            return load("torch").from_numpy(array)
        if self.framework == "tensorflow":
            return load("tensorflow").constant(array)
        return array

    def variable(self, array):
        """A tensor that gradients are taken for: a leaf with requires_grad in PyTorch, a tf.Variable in TensorFlow."""
        if self.framework == "pytorch":
            return self.tensor(array).requires_grad_()
        return load("tensorflow").Variable(self.tensor(array))


def _parameter_name(target, number):
    try:
        names = list(inspect.signature(target).parameters)
    except (TypeError, ValueError):  # a function of a library, say
        return f"argument {number + 1}"
    return names[min(number, len(names) - 1)]


def load(module):
    """Import a framework, without the lines that TensorFlow's C++ parts write to the error stream meanwhile."""
    if module in sys.modules:
        return sys.modules[module]
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        _load_triton_before_tensorflow()
        return importlib.import_module(module)
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


def _load_triton_before_tensorflow():
    """Triton comes with PyTorch's builds for CUDA, which import it at their first optimizer.

    After TensorFlow 2.20 or newer that ends the process (https://github.com/tensorflow/tensorflow/issues/124205).
    """
    if "tensorflow" in sys.modules:  # too late: to load Triton now is what would end it
        return
    if importlib.util.find_spec("triton") and importlib.util.find_spec("tensorflow"):
        with contextlib.suppress(ImportError):
            importlib.import_module("triton")


class InputChanged(Exception):
    """The answer wrote into a tensor that it was given; the message is the parameter's name."""


def see(value, depth=5):
    """Describe any value as Seen, lists and tuples down to `depth` levels; never raises."""
    try:
        return _see(value, depth)
    except Exception:  # even asking for a value's type may fail
        return Seen("object that cannot be read", id(value))


def _see(value, depth):
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
    if array is None or array.dtype.kind not in "fiubc":
        return Seen(f"object of type {type(value).__name__}", id(value))
    return Seen(kind, array)


def _copy(array):
    """A copy, since a learner may go on writing into the array; of a huge one an image that takes no memory."""
    if array.size > MOST_NUMBERS:
        return np.broadcast_to(np.zeros((), array.dtype), array.shape)
    return np.array(array)


def _kind_of_numbers(value):
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


def same(one, other, rtol=1e-3, atol=1e-5):
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


def _same_kind(one, other):
    """Whether two arrays count as one kind: without axes a plain number is as good as a tensor of one framework."""
    without_axes = one.data.ndim == other.data.ndim == 0
    of_two_frameworks = one.kind.endswith("tensor") and other.kind.endswith("tensor")
    return one.kind == other.kind or (without_axes and not of_two_frameworks)


def is_array(seen):
    """Whether `seen` holds numbers."""
    return isinstance(seen.data, np.ndarray)


def family(array):
    """The dtype family in a learner's words."""
    return {"f": "floating-point numbers", "b": "booleans", "c": "complex numbers"}.get(array.dtype.kind, "integers")


def difference(seen, wanted, rtol=1e-3, atol=1e-5):
    """One sentence on how `seen` differs from the Seen that was `wanted`; most basic difference first."""
    if seen.kind == "nothing":
        return "your result is None: does the function end with `return` and the result?"
    kinds = {seen.kind, wanted.kind} if (seen.kind, wanted.kind) != ("list", "tuple") else {wanted.kind}
    if is_array(seen) != is_array(wanted) or not (is_array(seen) or len(kinds) == 1):
        return f"your result is {_a(seen.kind)}; {_a(wanted.kind)} is wanted."
    if not is_array(wanted):
        return _difference_of_parts(seen, wanted, rtol, atol)
    if seen.data.shape != wanted.data.shape:
        return f"your result is {_shape(seen)}; wanted is {_shape(wanted)}."
    if not _same_kind(seen, wanted):
        return f"your result is {_a(seen.kind)}; {_a(wanted.kind)} is wanted."
    if family(seen.data) != family(wanted.data):
        return f"your result holds {family(seen.data)} ({seen.data.dtype}); {family(wanted.data)} are wanted."
    return _difference_of_values(seen.data, wanted.data)


def _difference_of_parts(seen, wanted, rtol, atol):
    if wanted.kind not in ("tuple", "list"):
        return f"your result is {str(seen.data)[:80]!r}, which is not what is wanted."
    if len(seen.data) != len(wanted.data):
        return f"your result has {len(seen.data)} parts; {len(wanted.data)} are wanted."
    pairs = enumerate(zip(seen.data, wanted.data, strict=True), start=1)
    number, pair = next((number, pair) for number, pair in pairs if not same(*pair, rtol, atol))
    return f"in part {number} of your result, {difference(*pair, rtol, atol)}"


def _difference_of_values(seen, wanted):
    if not np.all(np.isfinite(seen)) and np.all(np.isfinite(wanted)):
        return f"your result holds {'nan' if np.isnan(seen).any() else 'inf'}; every number should be finite."
    gap = np.abs(np.asarray(seen, dtype=complex) - wanted)
    gap = np.where(np.isnan(gap), np.inf, gap)
    where = np.unravel_index(np.argmax(gap), gap.shape)
    place = f"at {[int(i) for i in where]} it" if where else "it"
    return f"your result has wrong values: {place} is {_short(seen[where])}, where {_short(wanted[where])} is right."


def _short(number):
    return f"{number:.4g}" if np.asarray(number).dtype.kind in "fc" else str(number)


def _shape(seen):
    return f"of shape {seen.data.shape}" if seen.data.ndim else "a single number"


def _a(noun):
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def code_of(target):
    """What makes two functions (or classes) the same code, whatever cell they were typed in; None for other objects."""
    if isinstance(target, types.CodeType):
        return tuple(_step(step) for step in dis.get_instructions(target) if step.opname not in _NOT_COMPARED)
    if isinstance(target, type):
        return tuple((name, code_of(member)) for name, member in sorted(vars(target).items()) if _own(member, target))
    target = unwrapped(target)
    return code_of(target.__code__) if isinstance(target, types.FunctionType) else None


def _own(member, owner):
    """Whether a member of a class has code that was typed in there; a class that was only assigned may lead back."""
    nested = isinstance(member, type) and member.__qualname__.startswith(f"{owner.__qualname__}.")
    return nested or (not isinstance(member, type) and bool(code_of(member)))


# A call of `module.function` compiles to other steps in a file that imports the module than in a cell that does not.
_NOT_COMPARED = {"PUSH_NULL", "PRECALL", "EXTENDED_ARG", "CACHE"}


def _step(step):
    """One step of a function's code; where a jump goes depends on what is not compared, so it is left out."""
    name = "LOAD_ATTR" if step.opname == "LOAD_METHOD" else step.opname
    jumps = step.opcode in dis.hasjrel or step.opcode in dis.hasjabs
    return name, None if jumps else code_of(step.argval) or repr(step.argval)


def unwrapped(target):
    """The function that was typed in, below decorators such as tf.function."""
    try:
        return inspect.unwrap(target) if callable(target) else target
    except Exception:  # an object that has every attribute wraps itself
        return target


@contextlib.contextmanager
def time_limit(seconds):
    """Raise TimeUp in the block after `seconds`, again and again in case a bare `except` swallows it.

    Yields a list that is empty until then: the block may end in another error, raised while it was cleaning up.
    Needs the main thread and POSIX timers (Linux, macOS, Colab); elsewhere the block runs without a limit.
    """
    stopped = []
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    owner = sys._getframe(2)  # the function with the `with`; below it stands contextlib's

    def stop(_, frame):
        stopped.append(True)
        _raise_at_next_line(frame, owner)
        raise TimeUp

    previous, tracing = signal.signal(signal.SIGALRM, stop), sys.gettrace()
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
        yield stopped
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
        sys.settrace(tracing)


def _raise_at_next_line(frame, owner):
    """Raise TimeUp again at the next line of the answer's code, which is outside of the `try` that it waited in."""

    def trace(_, event, __):
        if event == "line":
            raise TimeUp  # which also ends the tracing
        return trace

    while frame is not owner:
        frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(lambda *_: None)


class Printed(io.TextIOBase):
    """Collects the first PRINT_LIMIT characters of what an answer prints and drops the rest."""

    def __init__(self):
        self.text, self.cut = "", False

    def write(self, text):
        room = PRINT_LIMIT - len(self.text)
        self.cut = self.cut or len(text) > room
        self.text += text[: max(room, 0)]
        return len(text)


@contextlib.contextmanager
def undisturbed():
    """Keep what an answer may change for everybody, and the learner's output, as they are; yields what was Printed.

    That is the random states, gradient mode, warnings and the settings below. (TensorFlow's own random state cannot
    be put back.) Inside, gradients are recorded, whatever mode the learner is in.
    """
    torch = sys.modules.get("torch")
    before = [(put_back, get()) for get, put_back in _settings()]
    printed = Printed()
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            if torch:
                torch.set_grad_enabled(True)
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
                yield printed
    finally:
        for put_back, value in before:
            put_back(value)


def _settings():
    """Yield a pair for each setting of this process: how to get it, and how to put it back."""
    yield random.getstate, random.setstate
    yield np.random.get_state, np.random.set_state
    yield np.get_printoptions, lambda options: np.set_printoptions(**options)
    yield os.getcwd, os.chdir
    yield sys.getrecursionlimit, sys.setrecursionlimit
    yield lambda: dict(os.environ), _put_back(os.environ)
    if matplotlib := sys.modules.get("matplotlib"):
        yield lambda: dict.copy(matplotlib.rcParams), lambda values: dict.update(matplotlib.rcParams, values)
    if torch := sys.modules.get("torch"):
        yield torch.is_grad_enabled, torch.set_grad_enabled
        yield torch.get_rng_state, torch.set_rng_state
        yield torch.get_default_dtype, torch.set_default_dtype
    if tensorflow := sys.modules.get("tensorflow"):
        yield tensorflow.config.functions_run_eagerly, tensorflow.config.run_functions_eagerly
    if keras := sys.modules.get("keras"):
        yield keras.config.floatx, keras.config.set_floatx


def _put_back(mapping):
    def put_back(values):
        if mapping != values:
            mapping.clear()
            mapping.update(values)

    return put_back
