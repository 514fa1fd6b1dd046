"""The engine behind the tasks at the end of each notebook: check, hint, solution and progress.

A task is observed, not read: `observe(answer, seed)` calls the learner's object and yields named values. The same
observations are taken of the reference solution and, where they differ, of every catalogued typical mistake; the
mistake that differs in the same place and in the same way is the one that the learner made.

A lesson's tasks stand in `tasks/lessonNN/__init__.py` (TASKS and QUIZ, shared by the frameworks) and its functions in
`tasks/lessonNN/<framework>.py`: the solution has the task's name, a mistake is `<task>__<mistake>`, and other ways
of making the same mistake are `<task>__<mistake>__<variant>`. A starter cell that
holds more than `...`, say a broken loop to mend, is `<task>__starter` there: unchanged, it counts as not written.
"""

import difflib
import dis
import importlib
import importlib.util
import inspect
import re
import sys
import textwrap
import traceback
import types
from dataclasses import dataclass, field

import numpy as np

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

MISSING = object()
OTHER = {"pytorch": "tensorflow", "tensorflow": "pytorch"}


@dataclass(frozen=True)
class Task:
    """One task. Texts are a str, or a dict {framework: str} where the frameworks differ.

    observe: generator function (answer, seed) -> (what was tried, in the learner's words; value seen) pairs; for a
        task with `value=True` the answer is a plain object and observe may be left out.
    hints: from a nudge to nearly the solution.
    mistakes: {name: sentence}; the function is `<task>__<name>` in the framework's module. A sentence given as a dict
        for one framework only is a mistake that exists only there.
    only: the framework whose notebook has this task (None: both). after: the task that must be solved before.
    translate: the answer is written in the OTHER framework than the notebook's.
    seconds: time limit of one check. rtol, atol: tolerance of comparing values.
    ways: those of the other right answers `<task>__ok_<way>` that solution(task, way) shows on request.
    """

    name: str
    hints: tuple
    mistakes: dict
    observe: object = None
    value: bool = False
    only: str | None = None
    after: str | None = None
    translate: bool = False
    seconds: float = 5.0
    rtol: float = 1e-3
    atol: float = 1e-5
    ways: tuple = ()


@dataclass(frozen=True)
class Quiz:
    """One question; `because` explains every option, right and wrong. Texts as in Task."""

    name: str
    right: str
    because: dict
    only: str | None = None


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
        self.package = f"tasks.lesson{self.lesson[:2]}"
        module = importlib.import_module(self.package)
        wanted = [t for t in (*module.TASKS, *module.QUIZ) if t.only in (None, self.framework)]
        self.tasks = {t.name: t for t in wanted}
        self.attempts = {name: _Attempts() for name in self.tasks}
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
            print(f"{name}: {task.right!r}. {self._text(task.because[task.right])}")

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
            form = f"class {name}" if inspect.isclass(self.function(task, name)) else f"def {name}(...)"
            return self._wrong(task, answer, f"{name} is {_what(answer)}; write it with `{form}:`.")
        return self._judge_task(task, answer, namespace)

    def _judge_quiz(self, quiz, answer):
        if answer is MISSING or answer is None or answer is ...:
            return Verdict("open", f"○ {quiz.name}: not answered yet.")
        option = answer.strip().lower() if _is_text(answer) else None
        if option not in quiz.because:
            options = ", ".join(f'"{o}"' for o in quiz.because)
            return Verdict("open", f"○ {quiz.name}: answer with one of {options}.")
        if option == quiz.right:
            return self._right(quiz, f" {self._text(quiz.because[option])}")
        return Verdict("wrong", f"✗ {quiz.name}: not {option!r}. {self._text(quiz.because[option])}")

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
        for mistake, sentence in self.mistakes(task).items():
            for function in self.variants(task, mistake):
                other, _, _ = self._take(task, function, wanted)
                if len(other) == place + 1 and same(seen[place], other[place], task.rtol, task.atol):
                    return sentence
        return None

    # What the task modules hold --------------------------------------------------------------------------------------

    def _framework(self, task):
        return OTHER[self.framework] if task.translate else self.framework

    def _skipped(self, task):
        """Why a task cannot be done here, or ""."""
        framework = self._framework(task)
        if importlib.util.find_spec(MODULES[framework]):
            return ""
        return f"○ {task.name}: skipped, because {NAMES[framework]} is not installed here."

    def mistakes(self, task):
        """{name: sentence} of the mistakes that exist in a task's framework."""
        framework = self._framework(task)
        return {
            name: self._text(sentence, framework)
            for name, sentence in task.mistakes.items()
            if isinstance(sentence, str) or framework in sentence
        }

    def variants(self, task, mistake):
        """The names of the functions that make one mistake: `<task>__<mistake>`, and `<task>__<mistake>__<variant>`."""
        name = f"{task.name}__{mistake}"
        return [f for f in vars(self._module(task)) if f == name or f.startswith(name + "__")]

    def function(self, task, name):
        """The function `name` (solution or mistake) of a task's framework."""
        return getattr(self._module(task), name)

    def _module(self, task):
        load(MODULES[self._framework(task)])  # quietly, before the module imports it
        return importlib.import_module(f"{self.package}.{self._framework(task)}")

    def answer(self, task, name):
        """What a learner who wrote the function `name` would hand in: the function, or its result for a value task."""
        function = self.function(task, name)
        return function() if task.value else function

    def _ways(self, task, way):
        """The solution's source, or that of another way; the first names those that the task offers."""
        if way is not None and way not in task.ways:
            return f"{task.name}: there is no way {way!r}; {_listed(task)}"
        return self.source(task, way) + (f"\n\n# {_listed(task)}" if task.ways and not way else "")

    def source(self, task, way=None):
        """The solution, or the function `<task>__ok_<way>`, as a learner would type it."""
        if way:
            source = inspect.getsource(self.function(task, f"{task.name}__ok_{way}"))
            return source.replace(f"__ok_{way}", "").rstrip()
        source = inspect.getsource(self.function(task, task.name))
        if not task.value:
            return source.rstrip()
        body = textwrap.dedent(source.partition(":\n")[2]).rstrip()
        return re.sub(r"^return ", f"{task.name} = ", body, flags=re.MULTILINE)

    def _reference(self, task):
        """[(what was tried, Seen), ...] of the solution; taken once."""
        if task.name not in self._taken:
            with _undisturbed():
                pairs = self._observations(task, self.answer(task, task.name))
                self._taken[task.name] = [(name, see(value)) for name, value in pairs]
        return self._taken[task.name]

    def _take(self, task, name, wanted):
        """_observe_until_wrong of a catalogued function; taken once."""
        if name not in self._taken:
            with _undisturbed():
                self._taken[name] = self._observe_until_wrong(task, self.answer(task, name), wanted)
        return self._taken[name]

    def _unwritten(self, task, answer):
        if answer is MISSING or answer is None or answer is ... or _is_empty(answer):
            return True
        starter = getattr(importlib.import_module(f"{self.package}"), "STARTERS", {}).get(task.name)
        if starter is None and importlib.util.find_spec(MODULES[self._framework(task)]):
            starter = getattr(self._module(task), f"{task.name}__starter", None)
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
        return f"Hint {number} of {len(task.hints)}: {self._text(task.hints[number - 1], self._framework(task))}" + (
            last if number == len(task.hints) else ""
        )

    def _text(self, text, framework=None):
        return text[framework or self.framework] if isinstance(text, dict) else text

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
