"""The sandbox around notebooks that nobody trusts: no network, and no files but those that are named.

Bubblewrap builds it where it is installed, else util-linux's `unshare` with enclose.py. It holds one process of ours
(inside.py), which runs each notebook in namespaces of its own below these. processes.py watches what that uses up.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent
WRITABLE = ("/course/work", "/dev/shm")  # where each notebook has memory of its own in the place of files
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime")
DISK = 256 * 2**20  # bytes


class Refusal(Exception):
    """No sandbox works here; the message says what to do."""


@dataclass
class Sandbox:
    """How untrusted processes run: `way` is "bubblewrap", "unshare" or "trust"; of ours they see `course` alone."""

    course: Path
    way: str

    def command(self, *arguments: str) -> list[str]:
        """The command of a Python in the sandbox, with the rights that it needs to make namespaces of its own."""
        python = [sys.executable, "-s", "-B", *arguments]
        if self.way == "trust":
            return python
        if self.way == "bubblewrap":
            return [*self._bubblewrap(), *python]
        spec = {
            "root": str(self.course.parent / "root"),
            "shown": self._shown(),
            "folder": WRITABLE[0],
            "disk": DISK,
            "environment": self.environment(),
            "command": python,
        }
        spaces = ("--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child")
        return ["unshare", *spaces, sys.executable, "-I", str(HERE / "enclose.py"), json.dumps(spec)]

    @property
    def seen_at(self) -> str:
        """Where the copy of the course is, as the runner sees it."""
        return str(self.course) if self.way == "trust" else "/course"

    def _shown(self) -> list[tuple[str, str]]:
        """What is shown read-only, and where: the system's programs, this Python with its packages, our copy."""
        places = [place for place in SYSTEM if os.path.lexists(place)]
        ours = [sys.prefix, sys.base_prefix]
        ours += [os.path.realpath(place) for place in ours]  # an environment may be a link to another one
        ours = [place for place in dict.fromkeys(ours) if not place.startswith("/usr/")]
        return [*((place, place) for place in (*places, *ours)), (str(self.course), "/course")]

    def _bubblewrap(self) -> list[str]:
        words = [
            "bwrap",
            "--unshare-all",
            "--uid",
            "0",
            "--gid",
            "0",
            "--cap-add",
            "ALL",
            "--die-with-parent",
            "--clearenv",
        ]
        words += ["--proc", "/proc", "--dev", "/dev"]
        for source, place in self._shown():
            is_link = os.path.islink(source)
            words += ["--symlink", os.readlink(source), place] if is_link else ["--ro-bind", source, place]
        for name, value in self.environment().items():
            words += ["--setenv", name, value]
        return [*words, "--tmpfs", WRITABLE[0], "--chdir", WRITABLE[0], "--"]

    def environment(self) -> dict[str, str]:
        """All that the environment of a runner holds."""
        threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": WRITABLE[0],
            "TMPDIR": WRITABLE[0],
            "USER": "learner",
            "LANG": "C.UTF-8",
            "PYTHONPATH": self.seen_at,
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": f"{self.seen_at}/matplotlib",
            "KERAS_HOME": WRITABLE[0],
            "KERAS_BACKEND": "tensorflow" if find_spec("tensorflow") else "torch",
            "CUDA_VISIBLE_DEVICES": "",
            "NN_PROGRESS": "off",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "TF_ENABLE_ONEDNN_OPTS": "0",
            **dict.fromkeys(threads, "1"),
        }

    def works(self) -> bool:
        """Whether a process can be started this way."""
        command = self.command(
            "-c", "from tools.grading import apart; apart.set_apart(['/course/work'], 4096); print('ready')"
        )
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.stdout == "ready\n"


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
