"""review(): days after a mistake, a short question about the misconception behind it.

A misconception that a learner has met (utils/misconceptions.py) is due a day later. Each right answer puts it one box
further, and the boxes wait 1, 3, 10 and 30 days (Leitner's system); a wrong answer, or the same misconception met again
in a task, takes it back to the first. After the last box it rests until it is met again.
"""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from utils import progress, siblings
from utils.calling import MODULES
from utils.catalogue import tasks_of
from utils.course import course
from utils.judging import Judge, is_text
from utils.messages import say
from utils.misconceptions import Misconception, by_mistake, misconceptions
from utils.progress import Entry, Record
from utils.quiz import FRAMEWORKS
from utils.siblings import Candidate, Question

DAYS = (1, 3, 10, 30)
SEEN_BEFORE, UNSOLVED, TOO_FAR, SAME_TASK = 4, 3, 2, 1  # what speaks against a question, and how much


@dataclass(frozen=True)
class Item:
    """A misconception that the learner has met `times` times; due: when it is to be asked about, None: at rest."""

    misconception: Misconception
    times: int
    box: int
    due: datetime | None


class Review:
    """The reviews of one learner, in the notebook of one framework ("neutral": the one that the record knows most)."""

    def __init__(self, framework: str, record: Record | None) -> None:
        self._framework, self._record = framework, record
        self._open: tuple[str, Question] | None = None  # the misconception, and what is asked about it
        self._judges: dict[str, Judge] = {}

    def review(self, answer: Any = None) -> None:
        """Ask about a misconception that is due, or judge the answer to the question that is open: review("b")."""
        if self._record is None:
            say(
                f"○ review: it needs the record of your progress, which {progress.SWITCH} in the environment turns off."
            )
        elif answer is None or answer is ...:
            self._ask(self._record.entries())
        elif self._open is None:
            say("○ review: no question is open; `review()` asks one.")
        else:
            self._judge(self._record, *self._open, answer)

    def _ask(self, entries: dict[str, Entry]) -> None:
        items = states_of(entries)
        due = due_now(items)
        if not due:
            self._open = None
            say(f"○ review: {_nothing(items)}")
            return
        first = due[0].misconception
        if self._open is None or self._open[0] != first.name:
            self._open = first.name, self._chosen(first, entries)
        question = self._open[1]
        letters = " or ".join(f'`review("{option.letter}")`' for option in question.options)
        waiting = f" ({len(due) - 1} more after this one)" if due[1:] else ""
        say(f"○ review: {first.title}{waiting}\n\n{question.text} Answer with {letters}.")

    def _judge(self, record: Record, name: str, question: Question, answer: Any) -> None:
        letter = str.__str__(answer).strip().lower() if is_text(answer) else None
        option = next((option for option in question.options if option.letter == letter), None)
        if option is None:
            letters = ", ".join(f'"{option.letter}"' for option in question.options)
            say(f"○ review: answer with one of {letters}.")
            return
        item = next((item for item in states_of(record.entries()) if item.misconception.name == name), None)
        box = item.box + 1 if item and option.right else int(option.right)
        record.reviewed(name, question.key, box)
        self._open = None
        verdict = "✓ review: right." if option.right else f'✗ review: not "{letter}", but "{question.right.letter}".'
        because = f"{option.because} {misconceptions()[name].explanation}".strip()
        again = f"It comes back in {_days(DAYS[box])}." if box < len(DAYS) else "It rests until you meet it again."
        left = len(due_now(states_of(record.entries())))
        more = f" {left} more due: `review()` asks the next one." if left else ""
        say(f"{verdict} {because}\n{again}{more}")

    # The question ----------------------------------------------------------------------------------------------------

    def _chosen(self, misconception: Misconception, entries: dict[str, Entry]) -> Question:
        """The question that fits best: a new one, on another task than where it was met, that spoils no open task."""
        framework = self._framework_by(entries)
        judge_of = self._judge_of if framework == self._framework and MODULES[framework] in sys.modules else None
        asked = entries.get(f"review/{misconception.name}", {}).get("asked", {})
        done = {key.partition("/")[2]: "solved" in entry for key, entry in entries.items()}
        lessons = [lesson.subject for lesson in course()]
        reached = max((n for n, s in enumerate(lessons) if any(task.name in done for task in tasks_of(s))), default=0)
        met_in = {task for task, mistake in _met(entries) if by_mistake()[task, mistake] == misconception.name}

        def against(candidate: Candidate) -> int:
            group = candidate.group
            shows = group.task and not candidate.key.endswith("/output")
            return (
                SEEN_BEFORE * asked.get(candidate.key, 0)
                + UNSOLVED * bool(shows and not done.get(group.task))
                + TOO_FAR * (lessons.index(group.subject) > reached)
                + SAME_TASK * (group.task in met_in)
            )

        own = [c for c in siblings.candidates(framework, judge_of) if c.misconception == misconception.name]
        made = (candidate.make() for candidate in sorted(own, key=against))
        return next(question for question in made if question)

    def _framework_by(self, entries: dict[str, Entry]) -> str:
        if self._framework in FRAMEWORKS:
            return self._framework
        return max(FRAMEWORKS, key=lambda framework: sum(key.startswith(f"{framework}/") for key in entries))

    def _judge_of(self, subject: str) -> Judge:
        framework = siblings.notebook_of(subject, self._framework)
        return self._judges.setdefault(subject, Judge(subject, framework))


# What is due ----------------------------------------------------------------------------------------------------------


def states_of(entries: dict[str, Entry]) -> list[Item]:
    """The misconceptions behind the mistakes in a record, in the order in which they are asked about."""
    times: dict[str, int] = {}
    last: dict[str, datetime | None] = {}
    for (task, mistake), (count, when) in _met(entries).items():
        name = by_mistake()[task, mistake]
        times[name] = times.get(name, 0) + count
        last[name] = max(filter(None, (last.get(name), when)), default=None)
    items = [_item(name, count, last[name], entries.get(f"review/{name}", {})) for name, count in times.items()]
    return sorted(items, key=lambda item: (item.box, -item.times, item.misconception.name))


def _item(name: str, times: int, met: datetime | None, entry: Entry) -> Item:
    """When a misconception is due, by its entry in the record and by when it was last met (None: long ago)."""
    reviewed, box = _time(entry.get("reviewed")), min(max(entry.get("box", 0), 0), len(DAYS))
    if reviewed is None or (met and met > reviewed):
        reviewed, box = met, 0
    now = datetime.fromisoformat(progress.now())
    due: datetime | None = now
    if reviewed and reviewed <= now:  # a later time is one from before the clock was set back
        due = reviewed + timedelta(days=DAYS[box]) if box < len(DAYS) else None
    return Item(misconceptions()[name], times, box, due)


def due_now(items: list[Item]) -> list[Item]:
    """Those items that are to be asked about now."""
    now = datetime.fromisoformat(progress.now())
    return [item for item in items if item.due and item.due <= now]


def _met(entries: dict[str, Entry]) -> dict[tuple[str, str], tuple[int, datetime | None]]:
    """{(task, mistake): (how often, when last)} of the catalogued mistakes in a record; what is gone is left out."""
    found: dict[tuple[str, str], tuple[int, datetime | None]] = {}
    for key, entry in entries.items():
        for mistake, count in entry.get("mistakes", {}).items():
            place = (key.partition("/")[2], mistake)
            if place in by_mistake():
                before, last = found.get(place, (0, None))
                when = [time for time in (last, _time(entry.get("met", {}).get(mistake))) if time]
                found[place] = before + count, max(when, default=None)
    return found


def _time(text: Any) -> datetime | None:
    """A time of the record, or None where there is none that can be read."""
    try:
        time = datetime.fromisoformat(text)
        return time if time.tzinfo else time.replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def _nothing(items: list[Item]) -> str:
    waiting = [item for item in items if item.due]
    if not waiting:
        return "nothing is due. It comes back to mistakes that you make in the tasks, a day or more after them."
    item = min(waiting, key=lambda item: (item.due, item.misconception.name))
    left = item.due - datetime.fromisoformat(progress.now()) if item.due else timedelta()
    days = max(1, round(left / timedelta(days=1)))
    return f'nothing is due. "{item.misconception.title}" comes in {_days(days)}.'


def _days(number: int) -> str:
    return f"{number} day{'s' if number > 1 else ''}"
