"""The trusted side: call the answers in the sandbox, compare them with the reference, and say which mistake it was.

Some answers are observed in the sandbox instead, or as well: see INSIDE and WATCHED.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tools.grading.calls import Peer, Raised, kind_and_text
from tools.grading.figures import Figure, taken
from tools.grading.notebooks import Submission
from tools.grading.processes import Limits, Nursery, Process, Stopped
from tools.grading.wire import Garbled, list_of, text_of, unpack
from utils.calling import Answer
from utils.catalogue import Task, tasks_of
from utils.course import Lesson
from utils.judging import Judge, Observed, Verdict, _given, _limit, is_statement
from utils.looking import Seen, code_of, same, see
from utils.wording import plain, sentence

TRIES = 10  # seeds
SLOWER = 3  # times as much work is allowed as in a check: a framework's functions are put back after each call
MOST_ANSWER = 20_000  # characters of a written answer
INSIDE = (  # tasks whose observations take live objects of a framework, such as a gradient
    *("derivative_of", "minimise", "cross_entropy_of", "patient_1", "patient_4", "build_network", "translate_network"),
    *("TrainableNetwork", "make_trainable", "ScaleLayer", "round_through", "fast_losses", "learn_from_slow"),
)
WATCHED = (  # tasks whose answers are watched at work inside; where all is right there, they are called from outside
    *("numeric_gradient", "train_network", "train_spirals", "train_classifier", "fit_moons"),
)


def is_watched(task: Task) -> bool:
    """Whether a task is observed inside and from outside; of a translation it is watched which framework works."""
    return task.name in WATCHED or (task.translate and task.name not in INSIDE)


@dataclass(frozen=True)
class Found:
    """What was found of one task. status as in Verdict, or "failed" where the notebook could not be run so far."""

    task: str
    title: str
    status: str
    sentence: str
    points: int
    of: int
    mistake: str = ""


@dataclass
class Result:
    """What was found of one submission.

    problem: why it was not run, or not to the end, in one sentence. cells: what went wrong in which cell.
    replaced: what the notebook put in the place of a library's own. figures: what its cells drew. seconds: of work.
    memory: bytes at most.
    """

    framework: str
    found: list[Found] = field(default_factory=list)
    problem: str = ""
    cells: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    seconds: float = 0.0
    memory: int = 0

    @property
    def points(self) -> int:
        return sum(one.points for one in self.found)

    @property
    def of(self) -> int:
        return sum(one.of for one in self.found)


@dataclass
class Ran:
    """What came out of the sandbox for one submission, unpacked and bounded, but not judged."""

    seen: dict[str, "Sight"] = field(default_factory=dict)
    errors: list[tuple[int, str, str, str]] = field(default_factory=list)  # cell, type, text, name that is missing
    answers: dict[str, str] = field(default_factory=dict)
    replaced: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    problem: str = ""
    seconds: float = 0.0
    memory: int = 0


@dataclass(frozen=True)
class Sight:
    """What was seen of one answer: as `own`, unless its state is "unwritten", or "form" where `seen` is no function."""

    state: str
    code: str = ""
    seen: Seen | None = None
    own: Observed | None = None


class Grader:
    """Grades submissions of one lesson in one framework; `seed` is what answers are tried with.

    Make and judge in one thread; `run` may be called in others meanwhile.
    """

    def __init__(self, lesson: Lesson, framework: str, seed: int) -> None:
        self.lesson, self.framework = lesson, framework
        self.tasks = [task for task in tasks_of(lesson.subject) if task.only in (None, framework)]
        stages = getattr(import_module(f"tasks.{lesson.subject}"), "STAGES", ())
        self.stages = {stage.task: (stage.title, stage.points) for stage in stages}
        self.judges = {task.name: self._judge_of(task, seed) for task in self.tasks}
        self.seeds = {name: judge.seeds.get(name, 0) for name, judge in self.judges.items()}
        judged = [task for task in self.tasks if self.judges[task.name].can_judge(task)]
        self.right = {task.name: self.judges[task.name]._solution(task) for task in judged}
        slower = 1 if framework == "neutral" else SLOWER
        self.limits = {task.name: slower * _limit(task, self.right[task.name]) for task in judged}

    def _judge_of(self, task: Task, seed: int) -> Judge:
        """The judge of a task, with the first seed from `seed` on that tells right answers and mistakes apart.

        A task that is recorded, or open-ended, keeps the data that the learner's own check took: it asks what an answer
        achieves, and another draw could be harder.
        """
        usual = Judge(self.lesson.subject, self.framework)
        if task.recorded or task.value or not usual.can_judge(task):
            return usual
        if task.open_ended and any(is_statement(seen) for seen in usual._solution(task).seen):
            return usual
        for tried in range(seed, seed + TRIES):
            judge = Judge(self.lesson.subject, self.framework)
            judge.seeds[task.name] = tried
            if _tells_apart(judge, task):
                return judge
        return usual

    def run(self, submission: Submission, nursery: Nursery, limits: Limits, data: int) -> Ran:
        """Run a submission's cells in the sandbox with the data of a seed, and take what it shows.

        Never raises for what the submission does.
        """
        ran = Ran()
        written = [task for task in self.tasks if submission.is_written(task.name) and task.name in self.limits]
        cells = [(cell.number, cell.source) for cell in submission.needed()]
        with Process(nursery, limits) as process:
            try:
                process.send({"cells": cells, "own": sorted(submission.own), "data": data})
                _take(process.receive(), ran)
                for task in written:
                    ran.seen[task.name] = self._sight(task, process)
            except Stopped as stopped:
                ran.problem = f"The run {stopped}; what was seen until then counts."
            except Garbled as garbled:
                ran.problem = f"The run sent {garbled}; what was seen until then counts."
            ran.seconds, ran.memory = round(process.work, 1), process.memory
        return ran

    def _sight(self, task: Task, process: Process) -> Sight:
        """What is seen of the answer to a task. Raises Stopped, Garbled."""
        if task.name not in INSIDE and not is_watched(task):
            return self._asked(task, process)
        sight = self._asked(task, process, seed=self.seeds[task.name])
        if is_watched(task) and sight.own and self._is_right(task, sight.own):
            return self._asked(task, process)
        return sight

    def _is_right(self, task: Task, own: Observed) -> bool:
        right = self.right[task.name].seen
        return not own.foreign and len(own.seen) == len(right) and same(own.seen[-1], right[-1], task.rtol, task.atol)

    def _asked(self, task: Task, process: Process, seed: int | None = None) -> Sight:
        """What is seen of an answer from outside; inside of the sandbox, where a seed is given.

        Raises Stopped, Garbled.
        """
        process.send({"task": task.name, "limit": self.limits[task.name]} | ({} if seed is None else {"seed": seed}))
        message = process.receive()
        state, code = text_of(message.get("state")), text_of(message.get("code", ""))
        if state == "form":
            return Sight(state, seen=unpack(message.get("seen")))
        if state == "observed" and seed is not None:
            return Sight(state, code, own=self._told(task, message))
        if state == "written" and seed is None:
            peer = Peer(process.send, process.receive)
            own = self._observed(task, lambda: peer.unpack(message.get("answer")))
            process.send({"end": True})
            return Sight(state, code, own=own)
        return Sight("unwritten")

    def _told(self, task: Task, message: dict[str, Any]) -> Observed:
        """What a message from the sandbox tells, up to the first difference from the right answer. Raises Garbled."""
        tried, told = [text_of(one) for one in list_of(message.get("tried"))], text_of(message.get("told", ""))
        seen = [unpack(one) for one in list_of(message.get("seen"))]
        if not seen or len(tried) != len(seen) - (seen[-1].kind == "error"):
            raise Garbled("observations without names")
        right = self.right[task.name].seen
        agree = [same(*pair, task.rtol, task.atol) for pair in zip(seen, right, strict=False)]
        place = agree.index(False) + 1 if False in agree else len(agree)
        error = Raised("", "", told) if seen[place - 1].kind == "error" else None
        foreign = [text_of(one)[:100] for one in list_of(message.get("foreign", []))]
        return Observed(tried[:place], seen[:place], 0.0, error, foreign=foreign)

    def _observed(self, task: Task, make: Callable[[], Any]) -> Observed:
        """What is seen of the answer in the sandbox that `make` gives, up to its first difference.

        Raises Stopped, Garbled.
        """
        judge, right = self.judges[task.name], self.right[task.name].seen
        tried: list[str] = []
        seen: list[Seen] = []
        error, answer = None, None
        try:
            answer = make() if task.value else Answer(make(), judge.framework_of(task))
            for name, value in judge._observations(task, answer):
                if len(seen) == len(right):
                    break
                tried.append(name)
                seen.append(see(value))
                if not same(seen[-1], right[len(seen) - 1], task.rtol, task.atol):
                    break
        except (Stopped, Garbled):
            raise
        except Exception as raised:
            error = raised
            kind, text = (raised.kind, raised.text) if isinstance(raised, Raised) else kind_and_text(raised)
            seen.append(Seen("error", (kind, re.sub(r"\d+", "0", text)[:60])))
        returned = see(answer.last_call[1]) if isinstance(answer, Answer) and answer.last_call else None
        given = _given(answer, seen[-1] if seen else None)
        return Observed(tried, seen, 0.0, error, self.limits[task.name], given=given, returned=returned)

    def judge(self, submission: Submission, ran: Ran) -> Result:
        """What is found of a submission that was run."""
        result = Result(self.framework, problem=ran.problem, answers=ran.answers, replaced=ran.replaced)
        result.seconds, result.memory, result.figures = ran.seconds, ran.memory, ran.figures
        result.cells = [_cell_sentence(error, submission) for error in ran.errors]
        solved: set[str] = set()
        for task in self.tasks:
            title, worth = self.stages.get(task.name, (task.name, 1))
            verdict = self._verdict(task, ran, submission, solved)
            if verdict.status == "right":
                solved.add(task.name)
            text = plain(verdict.text).removeprefix(f"{verdict.text[:1]} {task.name}: ")
            worth = 0 if verdict.status == "skipped" else worth
            points = worth if verdict.status == "right" else 0
            result.found.append(Found(task.name, title, verdict.status, text, points, worth, verdict.mistake or ""))
        return result

    def _verdict(self, task: Task, ran: Ran, submission: Submission, solved: set[str]) -> Verdict:
        judge, sight = self.judges[task.name], ran.seen.get(task.name)
        if not judge.can_judge(task):
            return _with_text(Verdict(task.name, "skipped", "skipped", about=judge.framework_of(task)), task)
        if sight is None and submission.is_written(task.name):
            return Verdict(task.name, "failed", "failed", text=f"not seen: {ran.problem[:1].lower()}{ran.problem[1:]}")
        starter = judge.entry(task).starter
        if sight is None or sight.state == "unwritten" or (starter and sight.code == digest_of_code(starter)):
            return _with_text(Verdict(task.name, "open", "unwritten", about=[]), task)
        if task.after and task.after not in solved:
            return _with_text(Verdict(task.name, "open", "after", about=task.after), task)
        if sight.seen:
            about = isinstance(judge.entry(task).solution, type)
            return _with_text(Verdict(task.name, "wrong", "form", seen=sight.seen, about=about), task)
        assert sight.own
        verdict = judge._compared(task, sight.own, self.right[task.name], {})
        if verdict.cause == "error" and isinstance(sight.own.error, Raised):
            verdict.text = sight.own.error.told.replace("{tried}", verdict.tried or "the first try")
            return verdict
        return _with_text(verdict, task)


def _tells_apart(judge: Judge, task: Task) -> bool:
    """Whether, with a judge's seed, every right answer is right and every mistake gets its own sentence."""
    entry = judge.entry(task)
    wanted: dict[str, tuple[str, str | None]] = dict.fromkeys(entry.others(), ("right", None))
    for mistake in entry.mistakes():
        wanted |= dict.fromkeys(entry.variants(mistake), ("wrong", mistake))
    for name, expected in wanted.items():
        verdict = judge.judge(task, entry.answer(name), {}, {task.after or ""})
        if (verdict.status, verdict.mistake) != expected:
            return False
    return True


def digest_of_code(answer: Any) -> str:
    """What inside.py sends in the place of an answer's code."""
    return hashlib.sha256(repr(code_of(answer)).encode()).hexdigest()


def _with_text(verdict: Verdict, task: Task) -> Verdict:
    verdict.text = sentence(verdict, task)
    return verdict


def _take(message: dict[str, Any], ran: Ran) -> None:
    """Take what became of the cells. Raises Garbled."""
    for error in list_of(message.get("ran"))[:50]:
        if not isinstance(error, dict) or type(error.get("cell")) is not int:
            raise Garbled("an error without a cell")
        ran.errors.append((error["cell"], *(text_of(error.get(name)) for name in ("type", "text", "name"))))
    answers = message.get("answers")
    if not isinstance(answers, dict):
        raise Garbled("no answers")
    ran.answers = {text_of(key): text_of(value, MOST_ANSWER) for key, value in list(answers.items())[:20]}
    ran.figures = taken(message.get("figures"))
    ran.replaced = [text_of(name)[:100] for name in list_of(message.get("replaced"))][:20]


def _cell_sentence(error: tuple[int, str, str, str], submission: Submission) -> str:
    """What went wrong in a cell; an order of cells that a fresh run breaks is told as such."""
    number, kind, text, name = error
    later = [cell.number for cell in submission.cells if cell.number > number and name in cell.gives]
    if name and later:
        return (
            f"Code cell {number} uses `{name}`, which only code cell {later[0]} defines: run from top to bottom in a "
            "fresh kernel, the notebook breaks there."
        )
    return plain(f"Code cell {number} ended with {kind}: {text}")[:400]
