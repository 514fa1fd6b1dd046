"""What a notebook calls: check, hint, solution and progress of one lesson's tasks and questions.

utils/judging.py judges an answer, utils/wording.py says what was found; utils/catalogue.py says where tasks and their
answers stand, utils/quiz.py where questions do.
"""

import difflib
import sys
from dataclasses import dataclass, field
from typing import Any

from utils import catalogue
from utils.calling import Watch, torn
from utils.catalogue import Entry, Task, tasks_of, text_for
from utils.judging import MISSING, Judge, Verdict, is_text, judge_option
from utils.looking import code_of, see
from utils.quiz import Quiz, read_quiz
from utils.wording import own_output, plain, sentence

OTHER_SIGNS = str.maketrans({"✓": "+", "✗": "x", "○": "-"})


@dataclass
class _Attempts:
    tries: int = 0
    hints: int = 0
    last: object = None


@dataclass(repr=False)  # `progress` without parentheses would show every answer
class Session:
    """The tasks of one lesson in one framework, and how far the learner has come in this kernel."""

    lesson: str
    framework: str
    tasks: dict[str, Task | Quiz] = field(init=False)
    solved: set[str] = field(default_factory=set)
    attempts: dict[str, _Attempts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.subject = self.lesson.partition("_")[2]
        tasks = [task for task in tasks_of(self.subject) if task.only in (None, self.framework)]
        items: list[Task | Quiz] = [*tasks, *read_quiz(self.lesson, self.framework)]
        self.tasks = {item.name: item for item in items}
        self.attempts = {name: _Attempts() for name in self.tasks}
        self._judge = Judge(self.subject, self.framework)

    # What the notebook calls -----------------------------------------------------------------------------------------

    def check(self, name: Any = None, answer: Any = MISSING, *, strict: bool = False) -> None:
        """Judge the answer named `name` (or given as `answer`) and print what was found.

        Never raises, unless `strict`: then an AssertionError when the answer is not right.
        """
        try:
            with Watch():
                verdict = self.judge(name, answer, sys._getframe(1).f_globals)
        except BaseException as error:  # SystemExit too, from an object whose every method exits, say
            verdict = self._failure(name, error)
        text = plain(verdict.text)
        if strict and verdict.status != "right":
            raise AssertionError(text)
        _say(text)

    def hint(self, name: Any = None) -> None:
        """Print the next hint of a task; after the last one, the last one again."""
        task = self._find(name)
        if isinstance(task, Task):
            _say(self._next_hint(task))
        elif task:
            _say(f"{name}: a question has no hints; each answer that you try is explained.")

    def solution(self, name: Any = None, way: str | None = None) -> None:
        """Print the solution of a task, or the right option of a question with its reason.

        `way` is another way of solving it, such as "high_level"; where a task has several, the first one names them.
        """
        task = self._find(name)
        if isinstance(task, Task) and not self._judge.can_judge(task):
            _say(sentence(Verdict(name, "skipped", "skipped", about=self._judge.framework_of(task))))
        elif isinstance(task, Task):
            _say(self._ways(task, way))
        elif task:
            _say(f"{name}: {task.right.letter!r}. {task.right.because}")

    def progress(self, *_: object) -> None:
        """Print every task and question of this notebook with its state: solved once is solved."""
        for name in self.tasks:
            _say(f"{'✓' if name in self.solved else '○'} {name}{': solved' if name in self.solved else ''}")
        _say(f"{len(self.solved)} of {len(self.tasks)} solved in this notebook.")

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
            verdict = self._judge.judge(task, answer, namespace, self.solved)
            verdict.text = own_output(verdict.printed) + sentence(verdict, task)
            if verdict.status == "wrong":
                verdict.text += self._count(task, answer)
        if verdict.status == "right":
            self.solved.add(task.name)
            verdict.text += f"  ({len(self.solved)} of {len(self.tasks)} solved)"
        return verdict

    def _count(self, task: Task, answer: Any) -> str:
        """Count the try, unless it is the last one again; every second try brings the next hint."""
        attempts, fingerprint = self.attempts[task.name], code_of(answer) or repr(see(answer, depth=2))
        if fingerprint == attempts.last:
            return ""
        attempts.last = fingerprint
        attempts.tries += 1
        due = attempts.tries % 2 == 0 and attempts.hints < len(task.hints)
        return f"\n{self._next_hint(task)}" if due else ""

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
        return self.source(task, way) + others

    def _next_hint(self, task: Task) -> str:
        attempts = self.attempts[task.name]
        number = attempts.hints = min(attempts.hints + 1, len(task.hints))
        hint = text_for(task.hints[number - 1], self._judge.framework_of(task))
        last = f'\n(That was the last hint; solution("{task.name}") shows the solution.)'
        return f"Hint {number} of {len(task.hints)}: {hint}{last if number == len(task.hints) else ''}"

    def _find(self, name: Any) -> Task | Quiz | None:
        task = self.tasks.get(name) if is_text(name) else None
        if task is None:
            _say(self._unknown(name))
        return task

    def _unknown(self, name: Any) -> str:
        if not is_text(name):
            return 'give the task\'s name in quotes, as in check("name"); progress() lists the tasks of this notebook.'
        close = difflib.get_close_matches(name[:40], self.tasks, n=1)
        advice = f'did you mean "{close[0]}"?' if close else "progress() lists the tasks of this notebook."
        return f'there is no task "{plain(name)[:40]}"; {advice}'


def _listed(task: Task) -> str:
    others = ", ".join(f'solution("{task.name}", "{way}")' for way in task.ways)
    return f"other ways: {others}" if others else f'solution("{task.name}") shows the only one.'


def _say(text: str) -> None:
    """Print a text, on a console that lacks some of its signs with others in their place."""
    try:
        print(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        print(text.translate(OTHER_SIGNS).encode(encoding, "replace").decode(encoding))
