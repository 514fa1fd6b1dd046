"""Processes in the sandbox: one that has imported what notebooks need, and one for each notebook, with limits."""

import contextlib
import socket
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tools.grading.sandbox import DISK, WRITABLE, Refusal, Sandbox
from tools.grading.wire import MOST_BYTES, Garbled, line_of, message_of

LOOK = 0.2  # seconds between two looks at what is used up


class Stopped(Exception):
    """A notebook's process was stopped, or ended too early; the message is the end of a sentence: "the run ..."."""


@dataclass(frozen=True)
class Limits:
    """work, clock: seconds of processor time and of the clock. memory, output: bytes. processes: with their threads."""

    work: float = 300.0
    clock: float = 1200.0
    memory: int = 4 * 2**30
    processes: int = 200
    output: int = 64 * 2**20


class Nursery:
    """The process in the sandbox that has imported a framework, and forks a process for each notebook. A context."""

    def __init__(self, sandbox: Sandbox, subject: str, framework: str) -> None:
        self.trusted = sandbox.way == "trust"
        self._lock = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="grading-")
        self._control, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            sandbox.command("-m", "tools.grading.inside", str(theirs.fileno())),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self._folder.name,
            env=sandbox.environment() if self.trusted else None,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self._lines = self._control.makefile("rb")
        writable = [] if self.trusted else list(WRITABLE)
        start = {"subject": subject, "framework": framework, "writable": writable, "disk": DISK}
        with contextlib.suppress(OSError):
            self._control.sendall(line_of(start))
        if self._lines.readline() != b"ready\n":
            self._process.kill()
            said = self._process.communicate()[1].decode(errors="replace").strip()
            raise Refusal(f"The sandbox did not start:\n{said[-2000:]}")

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_: object) -> None:
        for process in _family(self._process.pid):
            _kill(process)
        self._process.communicate()
        self._lines.close()
        self._control.close()
        self._folder.cleanup()

    def fork(self) -> tuple[socket.socket, int]:
        """(the socket to a new process for one notebook, its number as this system counts)."""
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            socket.send_fds(self._control, [b"n"], [theirs.fileno()])
            number = int(self._lines.readline())
        return ours, self._number_here(number)

    def _number_here(self, number: int) -> int:
        """The number of a process of the nursery, which counts anew in its namespace."""
        if self.trusted:
            return number
        for process in _family(self._process.pid):
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{process.pid}/status").read_text()
                numbers = status.partition("NSpid:")[2].partition("\n")[0].split()
                if numbers[-1] == str(number) and process.ppid() != self._process.pid:
                    return process.pid
        raise Stopped("ended before it began")


class Process:
    """The process of one notebook. Use as a context: at its end nothing of it is left."""

    def __init__(self, nursery: Nursery, limits: Limits) -> None:
        self.limits = limits
        self.work, self.memory, self._received, self._why = 0.0, 0, 0, ""
        self._socket, self._number = nursery.fork()
        self._lines = self._socket.makefile("rb")
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._guard, daemon=True)
        self._watch.start()

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()
        self._look()
        self._kill()
        self._lines.close()
        self._socket.close()

    def send(self, message: dict[str, Any]) -> None:
        """Send one message. Raises Stopped."""
        try:
            self._socket.sendall(line_of(message))
        except OSError:
            raise Stopped(self._reason()) from None

    def receive(self) -> dict[str, Any]:
        """The next message. Raises Stopped, and Garbled."""
        try:
            line = self._lines.readline(MOST_BYTES)
        except OSError:
            line = b""
        self._received += len(line)
        if self._received > self.limits.output or len(line) == MOST_BYTES:
            raise Garbled("more than any answer needs")
        if not line.endswith(b"\n"):
            raise Stopped(self._reason())
        return message_of(line)

    def _reason(self) -> str:
        self._ended.wait(2 * LOOK)  # for the watch to say it, if it was the watch
        return self._why or "ended before its time: something in it ends the process"

    def _guard(self) -> None:
        start = time.monotonic()
        while not self._ended.wait(LOOK):
            work, memory, processes = self._look()
            most = self.limits
            for used, limit, reason in (
                (work, most.work, f"worked for more than {most.work:g} seconds"),
                (time.monotonic() - start, most.clock, f"took more than {most.clock:g} seconds"),
                (memory, most.memory, f"took more than {most.memory / 2**30:g} GiB of memory"),
                (processes, most.processes, f"started more than {most.processes} processes and threads"),
            ):
                if used > limit:
                    self._why = f"was stopped, because it {reason}"
                    self._kill()
                    return

    def _look(self) -> tuple[float, int, int]:
        work, memory, processes = _used(self._number)
        self.work, self.memory = max(self.work, work), max(self.memory, memory)
        return work, memory, processes

    def _kill(self) -> None:
        """Kill all of it; the first process in a namespace takes all others with it."""
        for process in _family(self._number):
            _kill(process)


def _family(number: int) -> list[psutil.Process]:
    """A process and all below it, those below the first, the oldest first."""
    with contextlib.suppress(psutil.NoSuchProcess):
        own = psutil.Process(number)
        return [*own.children(recursive=True), own]
    return []


def _kill(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.kill()


def _used(number: int) -> tuple[float, int, int]:
    """(seconds of work, bytes of memory, number of processes and threads) of a process and all below it."""
    work, memory, count = 0.0, 0, 0
    for process in _family(number):
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied), process.oneshot():
            times = process.cpu_times()
            work += times.user + times.system + times.children_user + times.children_system
            memory += process.memory_info().rss
            count += process.num_threads()
    return work, memory, count
