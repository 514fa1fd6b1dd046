"""What a notebook calls: check, hint, solution and progress of one lesson's tasks and questions.

utils/judging.py judges an answer, utils/wording.py says what was found; utils/catalogue.py says where tasks and their
answers stand, utils/quiz.py where questions do.
"""

import difflib
import hashlib
import linecache
import re
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from utils import catalogue, course
from utils.calling import Watch, torn
from utils.catalogue import Entry, Task, tasks_of, text_for
from utils.judging import MISSING, Judge, Verdict, is_text, judge_option
from utils.ladder import NotPut, imported, ladder, run
from utils.looking import code_of, see
from utils.messages import fenced, say, unfenced
from utils.predictions import Predictions
from utils.progress import Entry as Known
from utils.progress import Record
from utils.quiz import FRAMEWORKS, Quiz, read_quiz
from utils.review import due_now, states_of
from utils.wording import own_output, plain, sentence

LISTS = "`progress()` lists the tasks of this notebook."


@dataclass
class _Attempts:
    tries: int = 0
    hints: int = 0
    last: str = ""  # a digest of the wrong answer that was tried last


@dataclass(repr=False)  # `progress` without parentheses would show every answer
class Session:
    """The tasks of one lesson in one framework, and how far the learner has come in this kernel: `solved`, `attempts`.

    record: where that is kept, and what was done before is known from; None: nowhere.
    """

    lesson: str
    framework: str
    record: Record | None = None
    tasks: dict[str, Task | Quiz] = field(init=False)
    solved: set[str] = field(default_factory=set)
    attempts: dict[str, _Attempts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.subject = self.lesson.partition("_")[2]
        self.tasks = {item.name: item for item in items_of(self.lesson, self.framework)}
        known = self.known()
        self.attempts = {name: _Attempts(last=known[name].get("last", "")) for name in self.tasks}
        self.predictions = Predictions(self.lesson, self.framework, self.record)
        self._judge = Judge(self.subject, self.framework)

    # What the notebook calls -----------------------------------------------------------------------------------------

    def check(
        self, name: Any = None, answer: Any = MISSING, *, lines: Any = None, gaps: Any = None, strict: bool = False
    ) -> None:
        """Judge the answer named `name` (or given as `answer`) and print what was found.

        lines: the order of the lines that `hint` has shown, such as "d a c". gaps: what stands in the gaps that it has
        shown. Never raises, unless `strict`: then an AssertionError when the answer is not right.
        """
        self._judge.tell = say
        try:
            with Watch():
                if lines is None and gaps is None:
                    verdict = self.judge(name, answer, sys._getframe(1).f_globals)
                else:
                    verdict = self.judge_step(name, lines, gaps)
            self._keep(verdict, sys._getframe(1))
        except BaseException as error:  # SystemExit too, from an object whose every method exits, say
            verdict = self._failure(name, error)
        finally:
            self._judge.tell = None
        text = plain(verdict.text)
        if strict and verdict.status != "right":
            raise AssertionError(unfenced(text))
        say(text)

    def hint(self, name: Any = None) -> None:
        """Print the next hint of a task; after the last one, the last one again."""
        task = self._find(name)
        if isinstance(task, Task):
            say(self._next_hint(task))
        elif task:
            say(f"{name}: a question has no hints; each answer that you try is explained.")

    def solution(self, name: Any = None, way: str | None = None) -> None:
        """Print the solution of a task, or the right option of a question with its reason.

        `way` is another way of solving it, such as "high_level"; where a task has several, the first one names them.
        """
        task = self._find(name)
        if isinstance(task, Task) and not self._judge.can_judge(task):
            say(sentence(Verdict(name, "skipped", "skipped", about=self._judge.framework_of(task))))
        elif isinstance(task, Task):
            say(self._ways(task, way))
        elif task:
            say(f"{name}: {task.right.letter!r}. {task.right.because}")

    def progress(self, *_: object) -> None:
        """Print every task and question of this notebook with its state: solved once is solved."""
        due = due_now(states_of(self.record.entries())) if self.record else []
        review = [f"`review()` has {len(due)} question{'s' if due[1:] else ''} for you."] if due else []
        say("\n".join([*self.states(), *self.states_of_course(), *review]))

    def states(self) -> list[str]:
        """The state of each of this notebook's tasks and questions, and how many are solved, as lines."""
        done = self.done
        earlier = {name: "" if name in self.solved else " earlier" for name in self.tasks}
        lines = [f"✓ {name}: solved{earlier[name]}" if name in done else f"○ {name}" for name in self.tasks]
        return [*lines, f"{len(done)} of {len(self.tasks)} solved in this notebook.", *self.predictions.counted()]

    def states_of_course(self) -> Iterator[str]:
        """How much of each lesson is solved by the record: a line for this notebook's path, or for both."""
        known = self.record.entries() if self.record else {}
        done = {key for key, entry in known.items() if "solved" in entry}
        for framework in FRAMEWORKS if self.framework == "neutral" else (self.framework,):
            lessons = {lesson.number: items_of(lesson.file, framework) for lesson in course.course()}
            counts = {
                n: sum(bool(done & {*keys_of(item, framework)}) for item in items) for n, items in lessons.items()
            }
            begun = ", ".join(f"{n}: {count} of {len(lessons[n])}" for n, count in counts.items() if count)
            if begun and (self.framework != "neutral" or any(key.startswith(framework) for key in done)):
                total = f"{sum(counts.values())} of {sum(map(len, lessons.values()))}"
                yield f"{total} solved in the whole course with {FRAMEWORKS[framework]} ({begun})."

    # Judging ---------------------------------------------------------------------------------------------------------

    def judge(self, name: Any, answer: Any = MISSING, namespace: dict[str, Any] | None = None) -> Verdict:
        """The Verdict on an answer; `namespace` (the learner's globals) is where an answer not given is looked up."""
        task = self.tasks.get(name) if is_text(name) else None
        if task is None:
            return Verdict(name, "open", "unknown", text=f"○ {self._unknown(name)}")
        if isinstance(task, Quiz):
            verdict = judge_option(task, answer)
            verdict.text = sentence(verdict)
        else:
            namespace = {} if namespace is None else namespace
            answer = namespace.get(name, MISSING) if answer is MISSING else answer
            verdict = self._judge.judge(task, answer, namespace, self.done)
            verdict.text = own_output(verdict.printed) + sentence(verdict, task)
        if verdict.status == "wrong":
            verdict.text += self._count(task, answer, verdict)
        if verdict.status == "right":
            self.solved.add(task.name)
            verdict.text += f"  ({len(self.done)} of {len(self.tasks)} solved)"
        return verdict

    def judge_step(self, name: Any, lines: Any = None, gaps: Any = None) -> Verdict:
        """The Verdict on the answer that an order of lines, or texts in gaps, make of the task's ladder."""
        task = self.tasks.get(name) if is_text(name) else None
        if not isinstance(task, Task) or not self._judge.can_judge(task):
            return self.judge(name)
        try:
            source = self._put_together(task, lines, gaps)
            module, own = vars(sys.modules[self.entry(task).solution.__module__]), imported(self.source(task))
            known = {name: value for name, value in module.items() if name not in own}
            verdict = self.judge(name, *run(source, task.name, known))
        except NotPut as fault:
            return Verdict(name, "open", "not put", text=f"○ {name}: {fault}")
        if verdict.status == "right":
            verdict.text += f"\n\n{fenced(source)}"
        return verdict

    def _put_together(self, task: Task, lines: Any, gaps: Any) -> str:
        """The source of a step's answer. Raises NotPut."""
        steps = ladder(self.subject, task, self.framework)
        if steps is None or not (steps.gaps or gaps is None):
            part = "lines to put in order" if steps is None else "gaps to fill"
            raise NotPut(f'this task has no {part}; `hint("{task.name}")` and `solution("{task.name}")` help.')
        if lines is not None and gaps is not None:
            raise NotPut("give either lines or gaps.")
        return steps.fill_in(gaps) if lines is None else steps.put_in_order(lines)

    def _count(self, item: Task | Quiz, answer: Any, verdict: Verdict) -> str:
        """Count the try, unless it is the last one again; every second try of a task brings the next hint."""
        attempts, code = self.attempts[item.name], code_of(answer) or repr(see(answer, depth=2))
        fingerprint = hashlib.sha256(repr(code).encode()).hexdigest()[:8]
        verdict.is_new = fingerprint != attempts.last
        attempts.last = fingerprint
        attempts.tries += verdict.is_new
        if isinstance(item, Quiz) or not verdict.is_new or attempts.tries % 2 or attempts.hints >= len(item.hints):
            return ""
        return f"\n{self._next_hint(item)}"

    def _failure(self, name: Any, error: BaseException) -> Verdict:
        """The Verdict where nothing was judged: the learner stopped it, something is missing, or a fault of ours."""
        verdict = Verdict(name if is_text(name) else "check", "open", "failed", error=error)
        if isinstance(error, KeyboardInterrupt):
            verdict.cause = "interrupted"
        elif module := torn(error):
            verdict.cause, verdict.about = "torn", module
        elif isinstance(error, ModuleNotFoundError) and not str(error.name).startswith(("utils", "tasks")):
            verdict.cause, verdict.about = "package", error.name
        elif isinstance(error, MemoryError):
            verdict.cause = "memory"
        else:
            verdict.about = f"{self.lesson}, {self.framework}, {verdict.name}"
        verdict.text = sentence(verdict)
        return verdict

    # What is known from before --------------------------------------------------------------------------------------

    @property
    def done(self) -> set[str]:
        """What is solved, in this kernel or before."""
        return self.solved | {name for name, entry in self.known().items() if "solved" in entry}

    def known(self) -> dict[str, Known]:
        """{name of a task or question: what the record holds of it}."""
        entries = self.record.entries() if self.record else {}
        return {name: entries.get(keys_of(item, self.framework)[0], {}) for name, item in self.tasks.items()}

    def tally(self, name: str) -> tuple[int, int]:
        """How many wrong answers to a task were tried, and how many of its hints seen, in this kernel or before."""
        attempts, known = self.attempts[name], self.known()[name]
        return max(attempts.tries, known.get("tries", 0)), max(attempts.hints, known.get("hints", 0))

    def _keep(self, verdict: Verdict, frame: types.FrameType) -> None:
        """Put what a check found into the record, unless a cell that stands so in the lesson has called it."""
        if not self.record or not (verdict.status == "right" or verdict.is_new) or self._is_in_lesson(frame):
            return
        key = keys_of(self.tasks[verdict.name], self.framework)[0]
        if verdict.status == "right":
            self.record.solved(key)
        else:
            self.record.tried(key, verdict.mistake, self.attempts[verdict.name].last)

    def _is_in_lesson(self, frame: types.FrameType) -> bool:
        """Whether the cell that runs in `frame` is one of the lesson, as it stands there."""
        cell = re.escape("".join(linecache.getlines(frame.f_code.co_filename)).strip())
        lesson = (course.LESSONS / f"{self.lesson}.md").read_text(encoding="utf-8")
        return re.search(f"^```python.*\n{cell}\n```$", lesson, re.MULTILINE) is not None

    # What the catalogue holds ----------------------------------------------------------------------------------------

    def entry(self, task: Task) -> Entry:
        """What the catalogue holds of a task of this session."""
        return self._judge.entry(task)

    def source(self, task: Task, way: str | None = None) -> str:
        """The solution of a task, or another way of solving it, as a learner would type it."""
        return catalogue.source(self.subject, task, self.framework, way)

    def _ways(self, task: Task, way: str | None) -> str:
        """The solution's source, or that of another way; the first names those that the task offers."""
        if way is not None and way not in task.ways:
            return f"{task.name}: there is no way {way!r}; {_listed(task)}"
        others = f"\n\n# {_listed(task)}" if task.ways and not way else ""
        return fenced(self.source(task, way) + others)

    def _next_hint(self, task: Task) -> str:
        attempts, steps = self.attempts[task.name], self._steps(task)
        number = attempts.hints = min(attempts.hints + 1, len(steps))
        if self.record:
            self.record.hinted(keys_of(task, self.framework)[0], number)
        last = f'\n(That was the last hint; `solution("{task.name}")` shows the solution.)'
        return steps[number - 1] + (last if number == len(steps) else "")

    def _steps(self, task: Task) -> list[str]:
        """The hints of a task, then the steps of its ladder."""
        texts = [text_for(hint, self._judge.framework_of(task)) for hint in task.hints]
        hints = [f"Hint {number} of {len(texts)}: {text}" for number, text in enumerate(texts, 1)]
        steps = ladder(self.subject, task, self.framework)
        if steps is None:
            return hints
        hints[-1] += f'\n(Next, `hint("{task.name}")` shows lines to put in order.)'
        one, decoys = len(steps.order) == 1, len(steps.pieces) - len(steps.order)
        typed = f'check("{task.name}", lines="{"b" if one else "b a"}")'
        hints.append(
            f"{len(steps.order)} of these {len(steps.pieces)} {'is' if one else 'make'} a right answer"
            f"{', and the others are typical mistakes' if decoys else ''}. "
            f"Type {'its letter' if one else 'their letters in order'}, as in `{typed}`.\n{fenced(steps.lines())}"
        )
        if steps.gaps:
            dots = ", ".join(['"..."'] * len(steps.gaps))
            hints[-1] += f'\n(Next, `hint("{task.name}")` shows a right answer with gaps.)'
            hints.append(f'Fill the gaps: `check("{task.name}", gaps=[{dots}])`.\n{fenced(steps.with_gaps())}')
        return hints

    def _find(self, name: Any) -> Task | Quiz | None:
        task = self.tasks.get(name) if is_text(name) else None
        if task is None:
            say(self._unknown(name))
        return task

    def _unknown(self, name: Any) -> str:
        if not is_text(name):
            return f'give the task\'s name in quotes, as in `check("name")`; {LISTS}'
        close = difflib.get_close_matches(name[:40], self.tasks, n=1)
        advice = f'did you mean "{close[0]}"?' if close else LISTS
        return f'there is no task "{plain(name)[:40]}"; {advice}'


def items_of(lesson: str, framework: str) -> list[Task | Quiz]:
    """The tasks and then the questions of a lesson such as "01_tensors", in the notebook of `framework`."""
    tasks = [task for task in tasks_of(lesson.partition("_")[2]) if task.only in (None, framework)]
    return [*tasks, *read_quiz(lesson, framework)]


def keys_of(item: Task | Quiz, framework: str) -> tuple[str, str]:
    """The names of a task or question in the record: in the notebook of `framework`, and in one for both.

    A question goes by its right answer, because another lesson's or another version's questions have the same numbers.
    """
    right = hashlib.sha256(item.right.text.encode()).hexdigest()[:8] if isinstance(item, Quiz) else ""
    name = f"question-{right}" if right else item.name
    return f"{framework}/{name}", f"neutral/{name}"


def _listed(task: Task) -> str:
    others = ", ".join(f'solution("{task.name}", "{way}")' for way in task.ways)
    return f"other ways: {others}" if others else f'solution("{task.name}") shows the only one.'
