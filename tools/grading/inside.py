"""The untrusted side: run a learner's cells, then take the observations of each answer. Runs in the sandbox.

Frameworks take seconds to import, so one process imports them and forks another for each notebook, which goes apart
from it and from all others before the first cell. That one gets a request: the cells, and the tasks to observe. It
tells what became of the cells. Only then does the judge name the tasks, one by one: it calls most answers itself
(calls.py), so that nothing here can say what is not so. Answers that are observed with live objects of a framework are
observed here, with a seed that no cell can know. What a notebook replaced in NumPy, a framework or Python is put back
before each task.
"""

import builtins
import contextlib
import functools
import gc
import hashlib
import importlib
import linecache
import os
import re
import signal
import socket
import sys
import traceback
import types
from collections.abc import Iterator
from typing import Any, NoReturn

from tools.grading import apart, wire
from tools.grading.calls import Peer
from utils import data
from utils.calling import MODULES, Watch, load
from utils.catalogue import framework_of, tasks_of
from utils.judging import MISSING, Judge, Observed, Verdict, _cause, overwritten
from utils.looking import code_of, is_empty, see
from utils.settings import undisturbed
from utils.wording import sentence

WATCHED = ("builtins", "numpy", "torch", "tensorflow", "keras", "utils", "tasks", "math", "json", "unittest", "tools")
MOST_ANSWERS = 20_000  # characters of the written answers
MOST_FOREIGN = 20  # operations of the other framework
MOST_FIGURES, MOST_PIXELS, MOST_PICTURES = 20, 2_000_000, 6_000_000  # the last: characters of all pictures


class Instruments:
    """What observations are taken with, as it was before the notebook ran: functions, and the methods of classes."""

    def __init__(self, tasks: list[Any]) -> None:
        self.tasks = [(vars(task), dict(vars(task))) for task in tasks]
        self.modules = {name: module for name, module in sys.modules.items() if name.partition(".")[0] in WATCHED}
        self.hooks = list(sys.meta_path), list(sys.path_hooks)
        self.kept: dict[int, tuple[Any, dict[str, Any]]] = {}
        for module in self.modules.values():
            self._keep(module)
            for value in list(vars(module).values()):
                if isinstance(value, type):
                    self._keep(value)
        self.codes = {f: f.__code__ for _, own in self.kept.values() for f in own.values() if _is_plain(f)}

    def _keep(self, owner: Any) -> None:
        if isinstance(owner, types.ModuleType | type):
            own = {name: value for name, value in list(vars(owner).items()) if callable(value)}
            self.kept[id(owner)] = owner, own

    def put_back(self) -> list[str]:
        """Put back what was replaced; returns its names, such as "numpy.isfinite"."""
        changed = []
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
                changed.append(name)
        for owner, own in self.kept.values():
            now = vars(owner)
            for name, value in own.items():
                if now.get(name) is not value:
                    with contextlib.suppress(Exception):
                        setattr(owner, name, value)
                        changed.append(f"{getattr(owner, '__name__', owner)}.{name}")
        for function, code in self.codes.items():
            if function.__code__ is not code:
                function.__code__ = code
                changed.append(function.__qualname__)
        for now, before in self.tasks:
            now.update(before)
        sys.meta_path[:], sys.path_hooks[:] = self.hooks
        return changed


def _is_plain(value: Any) -> bool:
    return type(value) is types.FunctionType


class Figures:
    """The pictures of what the learner's cells draw: what they show, and what they leave open."""

    def __init__(self) -> None:
        self.pyplot: Any = importlib.import_module("matplotlib.pyplot")
        plotting: Any = importlib.import_module("utils.plotting")
        self.picture, plotting.show = plotting._picture, self.show
        self.kept: list[dict[str, Any]] = []
        self.cell = 0  # the number of the learner's cell that runs; 0 while another one does

    def show(self, alt: str = "", figure: Any = None) -> None:
        """Take the place of plotting.show."""
        figure = figure or self.pyplot.gcf()
        with contextlib.suppress(BaseException):
            self._keep(figure, str(alt))
        self.pyplot.close(figure)

    def show_open(self) -> None:
        """Show what a cell has left open, as a notebook does at the end of a cell."""
        with contextlib.suppress(BaseException):
            for number in self.pyplot.get_fignums():
                self.show(figure=self.pyplot.figure(number))

    def _keep(self, figure: Any, alt: str) -> None:
        size = figure.bbox.width * figure.bbox.height
        if not self.cell or len(self.kept) == MOST_FIGURES or size > MOST_PIXELS:
            return
        png = self.picture(figure, alt)[0]["image/png"]
        if sum(len(one["png"]) for one in self.kept) + len(png) < MOST_PICTURES:
            self.kept.append({"cell": self.cell, "alt": alt, "png": png})


class Run:
    """One notebook: the namespace of its cells, and what became of them."""

    def __init__(self, subject: str, framework: str) -> None:
        self.framework = framework
        self.tasks = [task for task in tasks_of(subject) if task.only in (None, framework)]
        self.judge = Judge(subject, framework)
        self.namespace: dict[str, Any] = {}

    def prepare(self) -> None:
        """Import what observations need, before the first cell."""
        for name in (self.framework, *(framework_of(task, self.framework) for task in self.tasks)):
            with contextlib.suppress(ImportError):
                load(MODULES[name])
        self.figures = Figures()
        self.instruments = Instruments(self.tasks)

    def cells(self, cells: list[tuple[int, str]], own: list[int]) -> list[dict[str, Any]]:
        """Run the cells in order; returns the errors, each with the number of its cell. Goes on after an error.

        own: the numbers of those that the learner wrote, whose figures are kept.
        """
        module = sys.modules["__main__"] = types.ModuleType("__main__")  # where classes of the notebook are from
        self.namespace = vars(module)
        self.namespace |= {"__builtins__": builtins, "display": lambda *_, **__: None}
        errors: list[dict[str, Any]] = []
        for number, source in cells:
            self.figures.cell = number if number in own else 0
            errors += self._cell(number, source)
            self.figures.show_open()
        return errors

    def _cell(self, number: int, source: str) -> Iterator[dict[str, Any]]:
        name = f"<cell {number}>"
        linecache.cache[name] = len(source), None, source.splitlines(keepends=True), name
        try:
            with open(os.devnull, "w") as sink, contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
                exec(_compiled(source, name), self.namespace)
        except BaseException as error:
            yield {"cell": number, "type": type(error).__name__, "text": _text(error), "name": _name(error)}

    def _guarded(self, answer: Any) -> Any:
        """A function of the notebook that puts instruments back after each call, as do functions that it returns."""
        if not isinstance(answer, types.FunctionType):
            return answer

        @functools.wraps(answer)
        def call(*arguments: Any, **named: Any) -> Any:
            try:
                return self._guarded(answer(*arguments, **named))
            finally:
                self.instruments.put_back()

        return call

    def answer(self, task: Any) -> tuple[Any, dict[str, Any]]:
        """The answer to a task, and a message about it: whether there is one, and a digest of its code."""
        answer = self.namespace.get(task.name, MISSING)
        if answer is MISSING or answer is None or answer is ... or is_empty(answer):
            return None, {"state": "unwritten"}
        if not task.value and not callable(answer):
            return None, {"state": "form", "seen": wire.pack(see(answer))}
        return answer, {"state": "written", "code": hashlib.sha256(repr(code_of(answer)).encode()).hexdigest()}

    def observed(self, task: Any, limit: float, seed: int) -> dict[str, Any]:
        """What is seen of the answer to a task, as a message."""
        answer, message = self.answer(task)
        if message["state"] != "written":
            return message
        self.judge.seeds[task.name] = seed
        own = self.judge.observe(task, lambda: self._guarded(answer), limit=limit)
        message |= {"state": "observed", "tried": own.tried, "seen": [wire.pack(seen) for seen in own.seen]}
        message["foreign"] = own.foreign[:MOST_FOREIGN]
        return message | ({"told": self._told(task, own)} if own.error else {})

    def called(self, task: Any, limit: float, send: Any, receive: Any) -> None:
        """Let the judge call the answer to a task, until it says that this is the end; limit: seconds of work."""
        answer, message = self.answer(task)
        if message["state"] != "written":
            send(message)
            return
        spent = 0.0

        def perform(target: Any, given: list[Any], named: dict[str, Any]) -> Any:
            nonlocal spent
            watch = Watch(limit - spent)
            try:
                with watch:
                    return _call(target, given, named)
            finally:
                spent += watch.spent

        peer = Peer(send, receive, perform, lambda error: self._told(task, Observed([], [], spent, error, limit)))
        with undisturbed():
            send({**message, "answer": peer.pack(answer, [])})
            while "end" not in (message := receive()):
                peer.answer(message)

    def _told(self, task: Any, own: Observed) -> str:
        """The sentence about an error that an answer raised."""
        error = own.error
        verdict = Verdict(task.name, "wrong", "error", tried="{tried}", error=error, returned=own.returned)
        if error and (name := overwritten(error, self.namespace)):
            verdict.cause, verdict.about = "overwritten", (name, self.namespace[name])
        elif isinstance(error, TypeError) and [*traceback.walk_tb(error.__traceback__)][-1][0].f_code is _call.__code__:
            verdict.cause = "call"
        else:
            verdict.cause, verdict.about = _cause(own, None, None, self.namespace)
        return sentence(verdict, task)


def _call(target: Any, given: list[Any], named: dict[str, Any]) -> Any:
    return target(*given, **named)


def _compiled(source: str, name: str) -> types.CodeType:
    """The code of a cell; lines that only IPython reads, such as %matplotlib inline, are left out."""
    try:
        return compile(source, name, "exec")
    except SyntaxError:
        return compile(re.sub(r"^(\s*)[%!?].*", r"\1pass", source, flags=re.MULTILINE), name, "exec")


def _text(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except BaseException:
        return ""


def _name(error: BaseException) -> str:
    return str(getattr(error, "name", None) or "") if isinstance(error, NameError) else ""


def written_answers(namespace: dict[str, Any]) -> dict[str, str]:
    """The answers to the written questions: the texts in a dict `answers`."""
    found = namespace.get("answers")
    if type(found) is not dict:
        return {}
    texts = {key[:300]: text[:MOST_ANSWERS] for key, text in found.items() if type(key) is type(text) is str}
    return dict(list(texts.items())[:20])


def main() -> None:
    """Import once what all notebooks of a framework need; then fork a process of its own for each that comes.

    argv[1] is the number of a socket: over it come the first message, and then the socket of each notebook.
    """
    control = socket.socket(fileno=int(sys.argv[1]))
    start = wire.message_of(control.makefile("rb").readline())
    run = Run(start["subject"], start["framework"])
    run.prepare()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a notebook ended
    control.sendall(b"ready\n")
    while fds := socket.recv_fds(control, 1, 1)[1]:
        if not (child := os.fork()):
            control.close()
            serve(run, fds[0], start["writable"], start["disk"])
        os.close(fds[0])
        control.sendall(f"{child}\n".encode())


def serve(run: Run, number: int, writable: list[str], disk: int) -> NoReturn:
    """Run one notebook, whose messages come and go by the socket `number`."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if writable:
        apart.set_apart(writable, disk)
        os.chdir(writable[0])
    channel = socket.socket(fileno=number)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    receive, send, pack = channel.makefile("rb").readline, channel.sendall, wire.line_of
    put_back = run.instruments.put_back
    request = wire.message_of(receive())
    data.draw(request["data"])
    errors = run.cells(request["cells"], request["own"])
    replaced = put_back()
    answers, figures = written_answers(run.namespace), run.figures.kept
    send(pack({"ran": errors, "answers": answers, "replaced": replaced, "figures": figures}))
    tasks = {task.name: task for task in run.tasks}
    for message in map(wire.message_of, iter(receive, b"")):
        task = tasks[message["task"]]
        put_back()
        data.draw(0)
        if "seed" in message:
            answer = run.observed(task, message["limit"], message["seed"])
            put_back()
            send(pack(answer))
        else:
            run.called(task, message["limit"], lambda one: send(pack(one)), lambda: wire.message_of(receive()))
    os._exit(0)


if __name__ == "__main__":
    main()
