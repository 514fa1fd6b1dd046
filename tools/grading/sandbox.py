"""Run a process that nobody trusts: no network, no files but those that are named, limits on all that it can use up.

Bubblewrap builds the sandbox where it is installed, else util-linux's `unshare` with enclose.py. The limits of memory,
processes and time are watched from outside, because a process may have many children.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

from tools.grading.wire import MOST_BYTES, Garbled, line_of, message_of

HERE = Path(__file__).resolve().parent
WRITABLE = ("/tmp", "/dev/shm", "/course/work")  # folders of its own memory
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
LOOK = 0.1  # seconds between two looks at what is used up


class Refusal(Exception):
    """No sandbox works here; the message says what to do."""


class Stopped(Exception):
    """The process was stopped, or ended too early; the message is one sentence's end: "it ..."."""


@dataclass(frozen=True)
class Limits:
    """work, clock: seconds of processor time and of the clock. memory, disk, output: bytes."""

    work: float = 300.0
    clock: float = 1200.0
    memory: int = 4 * 2**30
    processes: int = 200  # with their threads
    disk: int = 256 * 2**20
    output: int = 32 * 2**20


@dataclass
class Sandbox:
    """How untrusted processes run: `way` is "bubblewrap", "unshare" or "trust"; `course` is all that they see of ours."""

    course: Path
    way: str
    limits: Limits = field(default_factory=Limits)

    def command(self, *arguments: str) -> list[str]:
        """The command of a Python in the sandbox, by default the one that runs a notebook."""
        python = [sys.executable, "-s", "-B", *(arguments or [f"{self.seen_at}/inside.py"])]
        if self.way == "trust":
            return python
        if self.way == "bubblewrap":
            return [*self._bubblewrap(), *python]
        spec = {
            "root": str(self.course.parent / "root"),
            "shown": self._shown(),
            "writable": [(place, self.limits.disk) for place in WRITABLE],
            "folder": WRITABLE[-1],
            "limits": {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": self.limits.disk},
            "environment": self.environment(),
            "command": ["/usr/bin/setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", *python],
        }
        spaces = ("--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child")
        return ["unshare", *spaces, sys.executable, "-I", str(HERE / "enclose.py"), json.dumps(spec)]

    def _own_memory(self, places: tuple[str, ...]) -> list[str]:
        return [word for place in places for word in ("--size", str(self.limits.disk), "--tmpfs", place)]

    @property
    def seen_at(self) -> str:
        """Where the copy of the course is, as the runner sees it."""
        return str(self.course) if self.way == "trust" else "/course"

    def _shown(self) -> list[tuple[str, str]]:
        """What is shown read-only, and where: the system's programs, this Python with its packages, our copy."""
        places = [place for place in SYSTEM if os.path.lexists(place)]
        ours = [place for place in dict.fromkeys((sys.prefix, sys.base_prefix)) if not place.startswith("/usr/")]
        return [*((place, place) for place in (*places, *ours)), (str(self.course), "/course")]

    def _bubblewrap(self) -> list[str]:
        words = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
        words += ["--proc", "/proc", "--dev", "/dev", *self._own_memory(WRITABLE[:2])]
        for source, place in self._shown():
            is_link = os.path.islink(source)
            words += ["--symlink", os.readlink(source), place] if is_link else ["--ro-bind", source, place]
        words += self._own_memory(WRITABLE[2:])
        for name, value in self.environment().items():
            words += ["--setenv", name, value]
        return [*words, "--chdir", WRITABLE[-1], "--"]

    def environment(self) -> dict[str, str]:
        """All that the environment of a runner holds."""
        threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": "/tmp",
            "USER": "learner",
            "LANG": "C.UTF-8",
            "PYTHONPATH": self.seen_at,
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": f"{self.seen_at}/matplotlib",
            "KERAS_HOME": "/tmp",
            "KERAS_BACKEND": "tensorflow" if find_spec("tensorflow") else "torch",
            "CUDA_VISIBLE_DEVICES": "",
            "NN_PROGRESS": "off",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_ENABLE_ONEDNN_OPTS": "0",
            **dict.fromkeys(threads, "1"),
        }

    def works(self) -> bool:
        """Whether a process can be started this way."""
        command = self.command("-c", "print('ready')")
        try:
            return subprocess.run(command, capture_output=True, text=True, timeout=60).stdout == "ready\n"
        except (OSError, subprocess.TimeoutExpired):
            return False


def find_way(course: Path) -> str:
    """The first way that works here. Raises Refusal."""
    for way in ("bubblewrap", "unshare"):
        if Sandbox(course, way).works():
            return way
    raise Refusal(
        "Notebooks of others run in a sandbox only, and none works here: install bubblewrap (`apt install bubblewrap`),"
        " or grade on a Linux machine that allows user namespaces. If you trust every notebook as if it were your own "
        "code, add --trust: each then runs with all your rights."
    )


class Process:
    """A runner at work. Use as a context: at its end nothing of it is left."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.limits, self.trusted = sandbox.limits, sandbox.way == "trust"
        self.stopped = ""  # why it was
        self.work, self.memory, self._received = 0.0, 0, 0
        self._folder = tempfile.TemporaryDirectory(prefix="grading-")
        self._process = subprocess.Popen(
            sandbox.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self._folder.name,
            env=sandbox.environment() if self.trusted else None,
            start_new_session=True,
        )
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._guard, daemon=True)
        self._watch.start()

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._kill()
        self._process.wait()
        self._watch.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._folder.cleanup()

    def send(self, message: dict[str, Any]) -> None:
        """Send one message. Raises Stopped."""
        assert self._process.stdin
        try:
            self._process.stdin.write(line_of(message))
            self._process.stdin.flush()
        except OSError:
            raise Stopped(self._reason()) from None

    def receive(self) -> dict[str, Any]:
        """The next message. Raises Stopped, and Garbled."""
        assert self._process.stdout
        line = self._process.stdout.readline(MOST_BYTES)
        self._received += len(line)
        if self._received > self.limits.output:
            raise Garbled("more output than any answer needs")
        if not line.endswith(b"\n"):
            raise Stopped(self._reason())
        return message_of(line)

    def _reason(self) -> str:
        if self.stopped:
            return self.stopped
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        assert self._process.stderr
        os.set_blocking(self._process.stderr.fileno(), False)
        said = (self._process.stderr.read() or b"").decode(errors="replace").strip().splitlines()
        return f"ended the process itself ({said[-1][:200]})" if said else "ended the process itself"

    def _guard(self) -> None:
        start = time.monotonic()
        while not self._ended.wait(LOOK):
            family = self._family()
            work, memory, processes = _used(family)
            self.work, self.memory = max(self.work, work), max(self.memory, memory)
            for used, most, reason in (
                (work, self.limits.work, f"worked for more than {self.limits.work:g} seconds"),
                (time.monotonic() - start, self.limits.clock, f"took more than {self.limits.clock:g} seconds"),
                (memory, self.limits.memory, f"took more than {self.limits.memory / 2**30:g} GiB of memory"),
                (processes, self.limits.processes, f"started more than {self.limits.processes} processes and threads"),
            ):
                if used > most:
                    self.stopped = reason
                    self._kill()
                    return

    def _family(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            own = psutil.Process(self._process.pid)
            return [own, *own.children(recursive=True)]
        return []

    def _kill(self) -> None:
        """Kill all of it: the first process in a PID namespace takes the others with it."""
        for process in reversed(self._family()[:2]) if not self.trusted else self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()


def _used(family: list[psutil.Process]) -> tuple[float, int, int]:
    """(seconds of work, bytes of memory, number of processes and threads) of processes."""
    work, memory, count = 0.0, 0, 0
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied), process.oneshot():
            times = process.cpu_times()
            work += times.user + times.system + times.children_user + times.children_system
            memory += process.memory_info().rss
            count += process.num_threads()
    return work, memory, count
