"""Call a learner's answer safely: with tensors of its own, a limit on its work, and an import never torn apart.

No framework is imported here before it is needed.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import inspect
import math
import os
import signal
import statistics
import sys
import threading
import time
import types
import weakref
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import numpy as np

from utils.looking import same, see

NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "neutral": "NumPy"}
MODULES = {"pytorch": "torch", "tensorflow": "tensorflow", "neutral": "numpy"}
TICK = 0.25  # seconds between two looks at the clocks
GAP = 1.0  # seconds between two looks at most; a larger gap is a machine that was suspended
LATE = 1.0  # seconds after which a watchdog is late
PROBE = 0.05  # seconds for which a watchdog works itself to find out how busy the machine is
IMPORTING = 60.0  # seconds of imports that do not count

Function = TypeVar("Function", bound=Callable[..., Any])


class TimeUp(BaseException):
    """The answer ran longer than its limit. No Exception, so that a learner's `except Exception` lets it through."""


class InputChanged(Exception):
    """The answer wrote into a tensor that it was given; the message is the parameter's name."""


class InputRecorded(InputChanged):
    """The answer let PyTorch record a tensor that it was given, from then on and for its caller too."""


class Answer:
    """A learner's function or class, as an observation calls it.

    NumPy arrays among the arguments arrive as tensors of the notebook's framework (float64 as float32, the
    frameworks' default). Each call gets its own copy; a call that changes its input raises InputChanged.

    other: the framework that is not to be used, where an answer is a translation; `foreign` holds the names of its
    operations that ran all the same.
    """

    def __init__(self, target: Any, framework: str, other: str | None = None) -> None:
        self.target, self.framework, self.other = target, framework, other
        self.foreign: list[str] = []
        self.last_call: tuple[tuple[Any, ...], Any] | None = None  # the last arguments, and what came back

    def __call__(self, *arguments: Any) -> Any:
        given = [self.tensor(a) if isinstance(a, np.ndarray) else a for a in arguments]
        self.last_call = None
        with operations(self.other, self.foreign) if self.other else contextlib.nullcontext():
            result = self.target(*given)
        self.last_call = arguments, result
        for number, (before, after) in enumerate(zip(arguments, given, strict=True)):
            if not isinstance(before, np.ndarray):
                continue
            if not same(see(self.tensor(before)), see(after), rtol=0, atol=0):
                raise InputChanged(parameter_name(self.target, number))
            if getattr(after, "requires_grad", False):  # it came as a plain tensor
                raise InputRecorded(parameter_name(self.target, number))
        return result

    def tensor(self, array: Any) -> Any:
        """A new tensor of the notebook's framework with the values of `array`."""
        array = np.array(array)
        array = array.astype(np.float32) if array.dtype == np.float64 and self.framework != "neutral" else array
        if self.framework == "pytorch":
            return load("torch").from_numpy(array)
        if self.framework == "tensorflow":
            return load("tensorflow").constant(array)
        return array

    def variable(self, array: Any) -> Any:
        """A tensor that gradients are taken for: a leaf with requires_grad in PyTorch, a tf.Variable in TensorFlow."""
        if self.framework == "pytorch":
            return self.tensor(array).requires_grad_()
        return load("tensorflow").Variable(self.tensor(array))


def parameter_name(target: Any, number: int) -> str:
    """The name of a function's parameter, by its number from 0 on."""
    try:
        names = list(inspect.signature(target).parameters)
    except (TypeError, ValueError):  # a function of a library, say
        return f"argument {number + 1}"
    return names[min(number, len(names) - 1)]


@contextlib.contextmanager
def operations(framework: str, names: list[str]) -> Iterator[None]:
    """A block in which the operations that a framework computes are added to `names`, if it is loaded by then."""
    if MODULES[framework] not in sys.modules:
        yield
    elif framework == "pytorch":
        from torch.overrides import TorchFunctionMode

        class Noted(TorchFunctionMode):
            def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
                names.append(getattr(function, "__name__", "?"))
                return function(*args, **(kwargs or {}))

        with Noted():
            yield
    else:
        from tensorflow.python.framework import op_callbacks

        def note(operation: str | bytes, *_: Any, **__: Any) -> None:
            names.append(operation if isinstance(operation, str) else operation.decode())

        op_callbacks.add_op_callback(note)
        try:
            yield
        finally:
            op_callbacks.remove_op_callback(note)


# Stopping -------------------------------------------------------------------------------------------------------------

_active: list["Watch"] = []  # in the main thread, the outermost first
_held: set[types.CodeType] = set()
_SIGNALS = [signal.SIGINT, *([signal.SIGALRM] if hasattr(signal, "setitimer") else [])]
_PIECE = bytes(2**17)
_poked = False  # on Windows, which has no alarm: whether the next SIGINT is a watchdog's own
_CALLBACKS = {weakref.__file__, weakref.WeakSet.add.__code__.co_filename}  # what is raised in one is only printed


def held(function: Function) -> Function:
    """Mark a function that no stop may tear apart: a stop that falls into it comes a moment later."""
    _held.add(function.__code__)
    return function


class Watch:
    """A block that its limit, or the learner's interrupt, may stop; but not in an import or a function that is `held`.

    An import that is torn apart spoils its module for as long as the process lives. Nor does it count: a framework
    imports for seconds where an answer first uses some part of it.

    seconds: the limit. What counts is the process's own work (of all its threads, but no more than the clock shows), so
    that other work on the machine takes nothing from an answer. Of a process that works little, as it sleeps or waits
    its turn, those of the clock's seconds count that it could have worked: all of them on an idle machine.
    Raises TimeUp beyond it, again and again in case a bare `except` swallows it, and on Windows and in other threads
    too; a call that sleeps there ends first. Raises KeyboardInterrupt in the end if the learner's interrupt came,
    whatever became of it in the block.
    """

    def __init__(self, seconds: float = math.inf) -> None:
        self.seconds, self.spent, self.imported = seconds, 0.0, 0.0
        self.due = self.interrupted = False

    @held
    def __enter__(self) -> "Watch":
        self._owner, self._thread, self._tracing = sys._getframe(1), threading.get_ident(), sys.gettrace()
        self._in_main = threading.current_thread() is threading.main_thread()
        if self._in_main:
            if not _active:
                self._previous = {number: signal.signal(number, _arrived) for number in _SIGNALS}
                _alarm(LATE)
            _active.append(self)
        self._ended, self._clocks = threading.Event(), clocks()
        self._watchdog = threading.Thread(target=self._guard, daemon=True)
        self._watchdog.start()
        return self

    @held
    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._ended.set()
        self._watchdog.join()
        self.count()
        if self._in_main:
            if self is _active[0]:
                _alarm(0)
                for number, handler in self._previous.items():
                    signal.signal(number, signal.SIG_DFL if handler is None else handler)
            _active.remove(self)
        sys.settrace(self._tracing)
        if self.interrupted:
            raise KeyboardInterrupt
        if self.due and kind:  # the block may have ended in another error, raised while it was cleaning up
            raise TimeUp

    def _guard(self) -> None:
        while not self._ended.wait(TICK):
            self.count(sys._current_frames().get(self._thread), share)
            if self.due or self.interrupted:
                self._stop()

    def count(self, frame: types.FrameType | None = None, share: Callable[[], float] | None = None) -> None:
        """Count what was spent since then; where the block works little, `share` tells how busy the machine is.

        frame: where the block is.
        """
        clock, work = clocks()
        passed, worked = clock - self._clocks[0], work - self._clocks[1]
        self._clocks = clock, work
        counts = min(passed, worked)
        if share and worked < passed / 2:
            counts = max(counts, min(passed, GAP) * share())
        if any(map(_is_import, self._frames(frame) or [])):
            self.imported += counts
        else:
            self.spent += counts
        self.due = self.spent + max(0.0, self.imported - IMPORTING) > self.seconds

    def is_late(self) -> bool:
        """Whether the watchdog gets no turn: a call that is not Python's, such as a regular expression's, keeps it."""
        return clocks()[0] - self._clocks[0] > LATE

    def _stop(self) -> None:
        if self._in_main:
            _poke()
            return
        owner, frame = self._owner, sys._current_frames().get(self._thread)
        if not self.holds(frame):

            class Stop(TimeUp):  # made in the answer's thread, where it can also see to what comes next
                def __init__(self) -> None:
                    _raise_at_next_line(sys._getframe(1), owner)

            thread, error = ctypes.c_ulong(self._thread), ctypes.py_object(Stop)
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, error)

    def holds(self, frame: types.FrameType | None) -> bool:
        """Whether the block is, at `frame`, in an import, a weak reference or a function that is held, or was left."""
        frames = self._frames(frame)
        if frames is None or (frames and frames[0].f_code.co_filename in _CALLBACKS):
            return True
        importing = self.imported < IMPORTING and any(map(_is_import, frames))
        return importing or any(one.f_code in _held for one in frames)

    def _frames(self, frame: types.FrameType | None) -> list[types.FrameType] | None:
        """What runs of the block at `frame`, the innermost first; None where it has been left."""
        found: list[types.FrameType] = []
        while frame is not self._owner:
            if frame is None:
                return None
            found.append(frame)
            frame = frame.f_back
        return found


def _is_import(frame: types.FrameType) -> bool:
    return frame.f_code.co_filename.startswith("<frozen importlib")


def clocks() -> tuple[float, float]:
    """Seconds of the clock, and of this process's work."""
    return time.monotonic(), time.process_time()


def share() -> float:
    """The part of a core that a thread gets here at present: 1 on an idle machine."""
    taken, start = [], time.perf_counter()
    last = start
    while last - start < PROBE:
        hashlib.sha256(_PIECE)  # in parallel with Python's other threads
        taken.append(time.perf_counter() - last)
        last += taken[-1]
    return statistics.median(taken) * len(taken) / (last - start)


def _poke() -> None:
    """Send the main thread an alarm, which ends a sleep as well; never a SIGINT, which would be the learner's."""
    global _poked
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGALRM)
    else:  # Windows has only SIGINT for that, and one handler for all threads
        _poked = True
        signal.raise_signal(signal.SIGINT)


def _alarm(seconds: float) -> None:
    """Have an alarm every so many seconds, 0 for none; Windows has none."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds, seconds)


@held
def _arrived(number: int, frame: types.FrameType | None) -> None:
    """What a signal does in a Watch: a watchdog's or an alarm stops the block that is due, others are the learner's."""
    global _poked
    again = _poked or number != signal.SIGINT
    if number == signal.SIGINT:
        _poked = False
    for watch in _active:
        if watch.is_late():
            watch.count(frame)
    if not again:
        for watch in _active:
            watch.interrupted = True
    due = [watch for watch in _active if watch.due or watch.interrupted]
    if not due or due[0].holds(frame):
        return  # a watchdog tries again
    error = KeyboardInterrupt if due[0].interrupted else TimeUp
    if again or error is TimeUp:
        _raise_at_next_line(frame, due[0]._owner, error)
    raise error


def _raise_at_next_line(
    frame: types.FrameType | None, owner: types.FrameType, error: type[BaseException] = TimeUp
) -> None:
    """Raise an error again at the next line of the answer's code, which is outside of the `try` that it waited in."""

    def trace(_: types.FrameType, event: str, __: object) -> Any:
        if event == "line":
            raise error  # which also ends the tracing
        return trace

    while frame and frame is not owner:
        frame.f_trace = trace
        frame = frame.f_back
    sys.settrace(lambda *_: None)


# Importing ------------------------------------------------------------------------------------------------------------


def load(module: str) -> Any:
    """Import a framework, without the lines that TensorFlow's C++ parts write to the error stream meanwhile.

    An interrupt waits for the end of it.
    """
    if module in sys.modules:
        return sys.modules[module]
    with Watch():
        return _load(module)


@held
def _load(module: str) -> Any:
    saved, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        _load_triton_before_tensorflow()
        return importlib.import_module(module)
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(nowhere)


def _load_triton_before_tensorflow() -> None:
    """Triton comes with PyTorch's builds for CUDA, which import it at their first optimizer.

    After TensorFlow 2.20 or newer that ends the process (https://github.com/tensorflow/tensorflow/issues/124205).
    """
    if "tensorflow" in sys.modules:  # too late: to load Triton now is what would end it
        return
    if importlib.util.find_spec("triton") and importlib.util.find_spec("tensorflow"):
        with contextlib.suppress(ImportError):
            importlib.import_module("triton")


def torn(error: BaseException) -> str | None:
    """The module whose import was interrupted some time before, where that is what `error` comes from; else None.

    Python forgets such a module but not its parts, which a second import then does not hang into the new one.
    """
    owner, name = getattr(error, "obj", None), getattr(error, "name", None)
    if isinstance(error, AttributeError) and isinstance(owner, types.ModuleType):
        part = f"{owner.__name__}.{name}"
        unfinished = getattr(owner.__spec__, "_initializing", False)
        return owner.__name__ if part in sys.modules or unfinished else None
    if isinstance(error, ImportError) and "partially initialized module" in str(error):
        return name
    if isinstance(error, RuntimeError) and "already has a docstring" in str(error):  # what torch says
        return "torch"
    return None
