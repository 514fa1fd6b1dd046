"""What a notebook calls first in a copy of the course without answers: commands that judge nothing.

It stands in the place of utils/start.py in the sandbox and in a release.
"""

import sys
from types import SimpleNamespace
from typing import Any

from utils.looking import is_empty

MISSING = object()
LATER = "is handed in and judged later"


class Commands:
    """The commands of one notebook; `solved` names the tasks that were written when their check was called."""

    def __init__(self, subject: str, framework: str) -> None:
        self.lesson = self.subject = subject
        self.framework = framework
        self.solved: set[str] = set()
        self.predictions = SimpleNamespace(predict=self.note, reveal=self.note)

    @property
    def done(self) -> set[str]:
        """What a report card may count: nothing, because nothing was judged."""
        return set()

    def tally(self, name: str) -> tuple[int, int]:
        """Tries and hints of a task, which are not counted here."""
        return 0, 0

    def check(self, name: Any = None, answer: Any = MISSING, **_: Any) -> None:
        """Say whether an answer is written."""
        value = sys._getframe(1).f_globals.get(name) if answer is MISSING else answer
        is_written = value is not None and value is not ... and not is_empty(value)
        if is_written:
            self.solved.add(name)
        print(f"○ {name}: {f'written; it {LATER}.' if is_written else 'not written yet.'}")

    def note(self, *_: Any, **__: Any) -> None:
        """Take the place of a command that would tell an answer."""

    def progress(self, *_: Any) -> None:
        """Print what is written so far."""
        print(f"Written: {', '.join(sorted(self.solved)) or 'nothing yet'}. Each answer {LATER}.")


def commands(name: str, framework: str) -> tuple[Any, ...]:
    """The check, hint, solution, progress, predict and reveal of a lesson."""
    own = Commands(name, framework)
    return own.check, own.note, own.note, own.progress, own.note, own.note


def begin(name: str, framework: str) -> tuple[Any, ...]:
    """The first four of them, for older notebooks."""
    return commands(name, framework)[:4]


def practice(name: str, framework: str) -> tuple[Any, ...]:
    """The review and gym of a lesson, which would tell answers."""
    return (Commands(name, framework).note,) * 2


def installation() -> None:
    """Print the version of Python; the course itself says more."""
    print(f"Python {sys.version.split()[0]}")
