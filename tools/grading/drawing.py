"""Other data for a term or for each learner: the seed that they are drawn with, and the line that tells of it.

They are what a notebook shows. Answers are tried with the usual data, because the limits that a network has to reach
fit those: with other data, luck would decide. The seed follows from the teacher's word and the learner's name, so the
grader needs no list of who got what, and what a notebook says of its seed is only compared with that.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from utils.course import Lesson

LINE = re.compile(r"^# Handed out with data (?P<seed>\d+)(?: to (?P<learner>[^\n]+))?\.$", re.MULTILINE)


@dataclass(frozen=True)
class Copy:
    """What a notebook was handed out with: a seed, and a learner's name where each has data of their own."""

    seed: int
    learner: str = ""

    @property
    def line(self) -> str:
        """The comment at the end of the cell that begins the lesson."""
        return f"# Handed out with data {self.seed}{f' to {self.learner}' if self.learner else ''}."


def copy_for(word: str, learner: str = "") -> Copy:
    """The copy of a learner, or of a whole term, whose word the teacher chose."""
    learner = " ".join(learner.split())
    digest = hmac.digest(word.encode(), learner.encode(), "sha256")
    return Copy(1 + int.from_bytes(digest[:4]) % 999_999, learner)


def told_in(source: str) -> Copy | None:
    """What the cell that begins a lesson says; None for a notebook with the usual data."""
    found = LINE.search(source)
    return Copy(int(found["seed"]), found["learner"] or "") if found else None


def said_of_usual_data(lesson: Lesson) -> tuple[str, ...]:
    """What a lesson says of its usual data, as parts of sentences; empty where no other data can be drawn for it."""
    return getattr(import_module(f"tasks.{lesson.subject}"), "SAID_OF_USUAL_DATA", ())


def looks(copies: Iterable[tuple[str, Copy | None]], word: str) -> list[str]:
    """What is odd in the copies that notebooks, given with their paths, were handed out with, as sentences."""
    first: dict[str, str] = {}
    found = []
    for path, copy in copies:
        if copy is None or copy_for(word, copy.learner) != copy:
            found.append(f"{path} does not say truly which data it was handed out with.")
        elif copy.learner and first.setdefault(copy.learner, path) != path:
            found.append(f"{path} and {first[copy.learner]} were both handed out to {copy.learner}.")
    return found if word else []
