"""The engine behind the tasks at the end of each notebook: check, hint, solution and progress.

A task is observed, not read: `observe(answer, seed)` calls the learner's object and yields named values. The same
observations are taken of the reference solution and, where they differ, of every catalogued typical mistake; the
mistake that differs in the same place and in the same way is the one that the learner made.

utils/catalogue.py says where tasks and their answers stand, utils/quiz.py where questions do.
"""

import difflib
import dis
import importlib
import importlib.util
import inspect
import re
import sys
import traceback
import types
from dataclasses import dataclass, field

import numpy as np

from utils import catalogue
from utils.answers import (
    MODULES,
    NAMES,
    Answer,
    InputChanged,
    Seen,
    TimeUp,
    code_of,
    difference,
    load,
    same,
    see,
    unwrapped,
)
from utils.answers import time_limit as _time_limit
from utils.answers import undisturbed as _undisturbed
from utils.catalogue import Entry, Task, entry, framework_of, needs_framework, tasks_of, text_for
from utils.quiz import Quiz, read_quiz

MISSING = object()


@dataclass
class Verdict:
    """What check found: status is "right", "wrong", "open" (nothing to judge yet) or "skipped"."""

    status: str
    text: str


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
    tasks: dict = field(init=False)
    solved: set = field(default_factory=set)
    attempts: dict = field(default_factory=dict)

    def __post_init__(self):
        self.subject = self.lesson.partition("_")[2]
        tasks = [task for task in tasks_of(self.subject) if task.only in (None, self.framework)]
        self.tasks = {task.name: task for task in (*tasks, *read_quiz(self.lesson, self.framework))}
        self.attempts = {name: _Attempts() for name in self.tasks}
        self._entries = {}
        self._taken = {}

    # What the notebook calls -----------------------------------------------------------------------------------------

    def check(self, name=None, answer=MISSING, *, strict=False):
        """Judge the answer named `name` (or given as `answer`) and print what was found.

        Never raises, unless `strict`: then an AssertionError when the answer is not right.
        """
        verdict = Verdict("open", "")
        try:
            verdict = self.judge(name, answer, sys._getframe(1).f_globals)
        except KeyboardInterrupt:
            verdict.text = f"○ {name}: you stopped the check."
        except BaseException as error:  # SystemExit too, from an object whose every method exits, say
            verdict.text = f"○ {name}: the check itself failed ({_first_line(error)}); please report this."
        text = _plain(verdict.text)
        if strict and verdict.status != "right":
            raise AssertionError(text)
        print(text)

    def hint(self, name=None):
        """Print the next hint of a task; after the last one, the last one again."""
        task = self._find(name)
        if isinstance(task, Task):
            print(self._next_hint(task))
        elif task:
            print(f"{name}: a question has no hints; each answer that you try is explained.")

    def solution(self, name=None, way=None):
        """Print the solution of a task, or the right option of a question with its reason.

        `way` is another way of solving it, such as "high_level"; where a task has several, the first one names them.
        """
        task = self._find(name)
        if isinstance(task, Task):
            print(self._skipped(task) or self._ways(task, way))
        elif task:
            print(f"{name}: {task.right.letter!r}. {task.right.because}")

    def progress(self, *_):
        """Print every task and question of this notebook with its state: solved once is solved."""
        for name in self.tasks:
            print(f"{'✓' if name in self.solved else '○'} {name}{': solved' if name in self.solved else ''}")
        print(f"{len(self.solved)} of {len(self.tasks)} solved in this notebook.")

    # Judging ---------------------------------------------------------------------------------------------------------

    def judge(self, name, answer=MISSING, namespace=None):
        """The Verdict on an answer; `namespace` (the learner's globals) is where an answer not given is looked up."""
        task = self.tasks.get(name) if _is_text(name) else None
        if task is None:
            return Verdict("open", f"○ {self._unknown(name)}")
        if isinstance(task, Quiz):
            return self._judge_quiz(task, answer)
        namespace = namespace or {}
        answer = namespace.get(name, MISSING) if answer is MISSING else answer
        if self._unwritten(task, answer):
            return Verdict("open", f"○ {name}: not written yet.{_misspelt(name, namespace)}")
        if task.after and task.after not in self.solved:
            return Verdict("open", f"○ {name}: this task builds on {task.after}; do that one first.")
        if self._skipped(task):
            return Verdict("skipped", self._skipped(task))
        if not task.value and not callable(answer):
            form = f"class {name}" if inspect.isclass(self.entry(task).solution) else f"def {name}(...)"
            return self._wrong(task, answer, f"{name} is {_what(answer)}; write it with `{form}:`.")
        return self._judge_task(task, answer, namespace)

    def _judge_quiz(self, quiz, answer):
        if answer is MISSING or answer is None or answer is ...:
            return Verdict("open", f"○ {quiz.name}: not answered yet.")
        letter = answer.strip().lower() if _is_text(answer) else None
        options = {option.letter: option for option in quiz.options}
        if letter not in options:
            listed = ", ".join(f'"{o}"' for o in options)
            return Verdict("open", f"○ {quiz.name}: answer with one of {listed}.")
        if options[letter].right:
            return self._right(quiz, f" {options[letter].because}")
        return Verdict("wrong", f"✗ {quiz.name}: not {letter!r}. {options[letter].because}")

    def _judge_task(self, task, answer, namespace):
        wanted = self._reference(task)
        with _undisturbed() as printed:
            seen, name, error = self._observe_until_wrong(task, answer, wanted)
        own_output = _own_output(printed)
        if len(seen) == len(wanted) and error is None and same(seen[-1], wanted[-1][1], task.rtol, task.atol):
            verdict = self._right(task)
        else:
            sentence = self._diagnose(task, seen, wanted) or _general(task, seen, wanted, name, error, namespace)
            verdict = self._wrong(task, answer, sentence)
        verdict.text = own_output + verdict.text
        return verdict

    def _observe_until_wrong(self, task, answer, wanted):
        """Observe the answer up to its first difference from `wanted`: ([Seen, ...], what was tried, error or None)."""
        seen, name, stopped = [], wanted[0][0], []
        try:
            with _time_limit(task.seconds) as stopped:
                for (name, value), (_, right) in zip(self._observations(task, answer), wanted, strict=False):
                    seen.append(see(value))
                    if not same(seen[-1], right, task.rtol, task.atol):
                        return seen, name, None
        except KeyboardInterrupt:  # the learner's own, to stop the check
            raise
        except BaseException as error:  # SystemExit and TimeUp too: a notebook goes on, whatever an answer raises
            error = TimeUp() if stopped else error
            seen.append(_raised(error))
            return seen, wanted[len(seen) - 1][0], error
        return seen, name, None

    def _observations(self, task, answer):
        if not task.value:
            answer = Answer(answer, self._framework(task))
        return task.observe(answer, 0) if task.observe else iter([("your answer", answer)])

    def _diagnose(self, task, seen, wanted):
        """The sentence of the mistake whose first difference is the learner's, or None."""
        place = len(seen) - 1
        for mistake, sentence in self.entry(task).mistakes().items():
            for function in self.entry(task).variants(mistake):
                other, _, _ = self._take(task, function, wanted)
                if len(other) == place + 1 and same(seen[place], other[place], task.rtol, task.atol):
                    return sentence
        return None

    # What the task modules hold --------------------------------------------------------------------------------------

    def _framework(self, task):
        return framework_of(task, self.framework)

    def _skipped(self, task):
        """Why a task cannot be done here, or ""."""
        framework = self._framework(task)
        if importlib.util.find_spec(MODULES[framework]) or not needs_framework(self.subject, task):
            return ""
        return f"○ {task.name}: skipped, because {NAMES[framework]} is not installed here."

    def entry(self, task) -> Entry:
        """What the catalogue holds of a task of this session."""
        if task.name not in self._entries:
            if needs_framework(self.subject, task):
                load(MODULES[self._framework(task)])  # quietly, before the answers import it
            self._entries[task.name] = entry(self.subject, task, self.framework)
        return self._entries[task.name]

    def _ways(self, task, way):
        """The solution's source, or that of another way; the first names those that the task offers."""
        if way is not None and way not in task.ways:
            return f"{task.name}: there is no way {way!r}; {_listed(task)}"
        others = f"\n\n# {_listed(task)}" if task.ways and not way else ""
        return self.source(task, way) + others

    def source(self, task, way=None):
        """The solution of a task, or another way of solving it, as a learner would type it."""
        return catalogue.source(self.subject, task, self.framework, way)

    def _reference(self, task):
        """[(what was tried, Seen), ...] of the solution; taken once."""
        if task.name not in self._taken:
            with _undisturbed():
                pairs = self._observations(task, self.entry(task).answer(task.name))
                self._taken[task.name] = [(name, see(value)) for name, value in pairs]
        return self._taken[task.name]

    def _take(self, task, name, wanted):
        """_observe_until_wrong of a catalogued function; taken once."""
        if name not in self._taken:
            with _undisturbed():
                self._taken[name] = self._observe_until_wrong(task, self.entry(task).answer(name), wanted)
        return self._taken[name]

    def _unwritten(self, task, answer):
        if answer is MISSING or answer is None or answer is ... or _is_empty(answer):
            return True
        installed = importlib.util.find_spec(MODULES[self._framework(task)]) or not needs_framework(self.subject, task)
        starter = self.entry(task).starter if installed else None
        return starter is not None and code_of(answer) == code_of(starter)

    # Messages --------------------------------------------------------------------------------------------------------

    def _right(self, task, text=""):
        self.solved.add(task.name)
        return Verdict("right", f"✓ {task.name}: right.{text}  ({len(self.solved)} of {len(self.tasks)} solved)")

    def _wrong(self, task, answer, sentence):
        """Count the try, unless it is the last one again; every second try brings the next hint."""
        attempts, fingerprint = self.attempts[task.name], code_of(answer) or repr(see(answer, depth=2))
        text = f"✗ {task.name}: {sentence}"
        if fingerprint != attempts.last:
            attempts.last = fingerprint
            attempts.tries += 1
            if attempts.tries % 2 == 0 and attempts.hints < len(task.hints):
                text += "\n" + self._next_hint(task)
        return Verdict("wrong", text)

    def _next_hint(self, task):
        attempts = self.attempts[task.name]
        number = attempts.hints = min(attempts.hints + 1, len(task.hints))
        last = f'\n(That was the last hint; solution("{task.name}") shows the solution.)'
        return f"Hint {number} of {len(task.hints)}: {text_for(task.hints[number - 1], self._framework(task))}" + (
            last if number == len(task.hints) else ""
        )

    def _find(self, name):
        task = self.tasks.get(name) if _is_text(name) else None
        if task is None:
            print(self._unknown(name))
        return task

    def _unknown(self, name):
        if not _is_text(name):
            return 'give the task\'s name in quotes, as in check("name"); progress() lists the tasks of this notebook.'
        close = difflib.get_close_matches(name[:40], self.tasks, n=1)
        advice = f'did you mean "{close[0]}"?' if close else "progress() lists the tasks of this notebook."
        return f'there is no task "{_plain(name)[:40]}"; {advice}'


def _is_text(value):
    """isinstance(value, str), also of an object that cannot tell its class."""
    return issubclass(type(value), str)


def _listed(task):
    others = ", ".join(f'solution("{task.name}", "{way}")' for way in task.ways)
    return f"other ways: {others}" if others else f'solution("{task.name}") shows the only one.'


def _plain(text):
    """Text without terminal codes and the like, which may come from the learner's own code."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t")


def _misspelt(name, namespace):
    """A word on a function in the notebook whose name is almost the task's, such as standardize for standardise."""
    own = [other for other, value in namespace.items() if isinstance(value, types.FunctionType) and other != name]
    close = difflib.get_close_matches(name, own, n=1, cutoff=0.9)
    return f" There is a function `{close[0]}`: is that your answer? Then call it `{name}`." if close else ""


def _is_empty(answer):
    """Whether a function at most imports, and hands back None or ... (a starter cell that nobody has filled in)."""
    answer = unwrapped(answer)
    if not isinstance(answer, types.FunctionType):
        return False
    idle = {
        "RESUME",
        "NOP",
        "LOAD_CONST",
        "LOAD_SMALL_INT",
        "IMPORT_NAME",
        "IMPORT_FROM",
        "POP_TOP",
        "STORE_FAST",
        "RETURN_VALUE",
        "RETURN_CONST",
    }
    steps = list(dis.get_instructions(answer))
    returned = [step.argval for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return all(step.opname in idle for step in steps) and bool(returned) and returned[-1] in (None, ...)


def _raised(error):
    """An error as an observation: two answers that fail in the same way are the same."""
    return Seen("error", (type(error).__name__, re.sub(r"\d+", "0", _message(error))[:60]))


def _message(error):
    """The text of an error, which may be unable to make one."""
    try:
        return str(error)
    except BaseException:
        return ""


def _what(value):
    seen = see(value)
    details = {"text": f" ({str(seen.data)[:40]!r})", "number": f" ({seen.data})"}
    return f"{'an' if seen.kind[0] in 'aeio' else 'a'} {seen.kind}{details.get(seen.kind, '')}"


def _own_output(printed):
    if not printed.text:
        return ""
    return f"Your code printed:\n{printed.text.rstrip()}{' ... (cut)' if printed.cut else ''}\n"


def _general(task, seen, wanted, name, error, namespace):
    """The sentence when no catalogued mistake fits."""
    if isinstance(error, TimeUp):
        return f"stopped after {task.seconds:g} seconds ({name}): does a loop never end, or is it too much?"
    if isinstance(error, InputChanged):
        return f"your code changes its input `{error}` ({name}); leave it as it is and return a new result."
    if isinstance(error, TypeError) and _call_failed(error):
        return f"cannot be called the way the task does ({name}): {_first_line(error)}"
    if error is not None:
        return f"stopped with an error of its own{_line_of(error, namespace)} ({name}): {_first_line(error)}"
    if not seen:
        return "it gave nothing to look at."
    right = wanted[len(seen) - 1][1]
    if isinstance(right.data, np.ndarray) and right.data.dtype == bool and right.data.ndim == 0:
        return f"this should {'' if right.data else 'not '}be so, but is{' not' if right.data else ''}: {name}."
    tried = "" if task.value else f"Tried with {name}: "
    return tried + difference(seen[-1], right, task.rtol, task.atol)


def _call_failed(error):
    """Whether an error arose at the call of the answer, before its first line: a wrong number of parameters, say."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_code is Answer.__call__.__code__


def _line_of(error, namespace):
    """Where in the learner's own code an error arose: the last frame that runs in the learner's namespace."""
    frames = list(traceback.walk_tb(error.__traceback__))
    own = [(frame, line) for frame, line in frames if frame.f_globals is namespace]
    if not own:
        return ""
    frame, line = own[-1]
    source = traceback.FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name).line
    return f", in line {line} `{source[:80]}`" if source else f", in line {line}"


def _first_line(error):
    text = re.sub(r"\{\{function_node .*?\}\} ", "", _message(error))  # TensorFlow's own names
    text = text.strip().partition("\n")[0][:160]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
