"""Judge an answer to a task: what it does, beside the solution and beside every catalogued typical mistake.

A task is observed, not read: `observe(answer, seed)` calls the learner's object and yields named values. The same
observations are taken of the solution and, where they differ, of every mistake; the mistake that differs in the same
place and in the same way is the one that the learner made. utils/wording.py says it in a sentence.
"""

import builtins
import contextlib
import dis
import importlib.util
import inspect
import math
import random
import re
import sys
import threading
import time
import traceback
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from utils.calling import MODULES, NAMES, Answer, InputChanged, InputRecorded, TimeUp, Watch, load, parameter_name, torn
from utils.catalogue import OTHER, Entry, Task, entry, framework_of, needs_framework
from utils.closer import Step, parting, steps, telling, unused
from utils.errors import message
from utils.looking import Seen, code_of, family, is_empty, same, see, unwrapped
from utils.nearly import Place, places, variants
from utils.quiz import Quiz
from utils.recorded import Recorded, read_recorded
from utils.settings import Printed, undisturbed
from utils.training import Run, Watched, watched

MISSING = object()
QUICK = 0.3  # seconds that a solution may take where one change that makes the answer right is looked for
SEARCH = 0.15  # seconds of work for that
KEPT = 0.3  # seconds of work for changes that make a right answer wrong in the same way; what they give is kept
FAST = 0.03  # seconds that an answer may take where it is looked at more closely, in several runs
SEED = 2026  # of random numbers in a second try
PATIENCE = 10  # an answer may take as many times what the solution takes on this machine
CALLED = {"np": "NumPy", "torch": "PyTorch", "tf": "TensorFlow", "keras": "Keras", "nn": "torch.nn", "plt": "pyplot"}


@dataclass
class Verdict:
    """What a check found.

    status: "right", "wrong", "open" (nothing to judge yet) or "skipped".
    cause: what it was found by; utils/wording.py has a sentence for each.
    before: what was tried just before, where that gave the right numbers.
    mistake: the catalogued mistake that was made. tried: what the answer was tried with, in the learner's words.
    seen, right: what came out first that was not right, and what is. error: the learner's own, if any.
    given: what the answer was called with, where `seen` is what that call returned. returned: by the last call.
    training: the runs that it made. usual: those of the solution.
    parting: the last value on its way that right answers have too, and the next, which they have not.
    on_the_way: whether the result is a value that a right answer has on its way.
    unused: the parameters that have no say in the result, though they should.
    variants: changes that make a right answer give the same wrong results.
    places: where in the learner's code one change makes it right.
    runs: of a task that trains in the same way whatever comes out, the run that differs and the solution's.
    fact: a sentence of the task's own on a wrong answer that makes no catalogued mistake.
    about: what the sentence names besides. printed: what the answer printed. text: what the learner reads.
    later: what came out, and is right, where more was tried after a first difference.
    is_new: whether it is about another wrong answer than the last one.
    """

    name: Any
    status: str
    cause: str
    mistake: str | None = None
    tried: str = ""
    before: str = ""
    seen: Seen | None = None
    right: Seen | None = None
    error: BaseException | None = None
    given: tuple[Any, ...] | None = None
    returned: Seen | None = None
    training: Watched | None = None
    usual: Watched | None = None
    runs: tuple[Run, Run] | None = None
    parting: tuple[Step, Step] | None = None
    on_the_way: bool = False
    unused: list[str] = field(default_factory=list)
    variants: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    fact: str = ""
    about: Any = None
    later: list[tuple[Seen, Seen]] = field(default_factory=list)
    printed: Printed = field(default_factory=Printed)
    text: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Observed:
    """What was seen of an answer, up to its first difference from the right one; `tried` names each observation.

    returned: what its last call returned, if that ended. seconds: of its work. training: its training runs.
    recorded: whether all this was seen elsewhere, when the course was made. foreign: operations of the other framework
    that ran in an answer which is a translation.
    """

    tried: list[str]
    seen: list[Seen]
    seconds: float
    error: BaseException | None = None
    limit: float = math.inf
    printed: Printed = field(default_factory=Printed)
    given: tuple[Any, ...] | None = None
    training: Watched | None = None
    recorded: bool = False
    returned: Seen | None = None
    runs: list[int] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


Variant = tuple[str, list[Seen]]  # what is changed in a right answer, and what is seen of it then


class Judge:
    """Judges the answers to the tasks of one subject in the notebook of one framework."""

    def __init__(self, subject: str, framework: str) -> None:
        self.subject, self.framework = subject, framework
        self.tell: Callable[[str], None] | None = None  # to whom it is said that something will take seconds
        self.seeds: dict[str, int] = {}  # of tasks that are tried with other data than learners know
        self._entries: dict[str, Entry] = {}
        self._observed: dict[str, Observed] = {}
        self._recorded: dict[str, dict[str, Recorded]] = {}
        self._variants: dict[str, tuple[list[Variant], Iterator[Variant]]] = {}

    def entry(self, task: Task) -> Entry:
        """What the catalogue holds of a task."""
        if task.name not in self._entries:
            if needs_framework(self.subject, task):
                if self.tell and MODULES[self.framework_of(task)] not in sys.modules:
                    self.tell(f"{task.name}: loading {NAMES[self.framework_of(task)]}, which takes some seconds ...")
                load(MODULES[self.framework_of(task)])  # quietly, before the answers import it
            self._entries[task.name] = entry(self.subject, task, self.framework)
        return self._entries[task.name]

    def framework_of(self, task: Task) -> str:
        return framework_of(task, self.framework)

    def can_judge(self, task: Task) -> bool:
        """Whether the framework of a task's answers is installed."""
        installed = importlib.util.find_spec(MODULES[self.framework_of(task)]) is not None
        return installed or not needs_framework(self.subject, task)

    def judge(self, task: Task, answer: Any, namespace: dict[str, Any], solved: set[str]) -> Verdict:
        """The Verdict on an answer; `namespace` holds the learner's globals, `solved` the tasks that are."""
        if self._unwritten(task, answer):
            functions = [name for name, value in namespace.items() if isinstance(value, types.FunctionType)]
            return Verdict(task.name, "open", "unwritten", about=[name for name in functions if name != task.name])
        if task.after and task.after not in solved:
            return Verdict(task.name, "open", "after", about=task.after)
        if not self.can_judge(task):
            return Verdict(task.name, "skipped", "skipped", about=self.framework_of(task))
        if not task.value and not callable(answer):
            return Verdict(
                task.name, "wrong", "form", seen=see(answer), about=inspect.isclass(self.entry(task).solution)
            )
        if self.tell and task.recorded:
            self.tell(f"{task.name}: trying your answer, which may take some seconds ...")
        right = self._solution(task)
        own = self.observe(task, lambda: answer, right)
        if right.recorded and isinstance(
            own.error, TimeUp
        ):  # perhaps this machine is slower than the one of the record
            right = self._observed[f"{task.name}:{task.name}"] = self.observe(task, lambda: self.entry(task).solution)
            own = self.observe(task, lambda: answer, right) if _limit(task, right) > own.limit else own
        verdict = self._compared(task, own, right, namespace)
        verdict.printed, verdict.training, verdict.usual = own.printed, own.training, right.training
        verdict.runs = _runs(own, right)
        if verdict.cause == "mistake" and inspect.isclass(answer):
            verdict.training = None  # of a class the check itself makes the steps
        if verdict.cause in ("different", "statement") and not own.error:
            verdict.fact = self._fact(task, answer, own.limit)
        if verdict.cause in ("different", "statement") and not own.error and right.seconds < QUICK and not task.value:
            if verdict.cause == "different":
                verdict.cause, verdict.about = self._again(task, answer, own, right)
            if verdict.cause in ("different", "statement"):
                verdict.places = self._places(task, answer, right)
            if own.seconds < QUICK:
                verdict.later = self._later(task, answer, own, right)
            if max(own.seconds, right.seconds) < FAST and verdict.cause == "different":
                if not verdict.places:
                    verdict.variants = self._alike(task, own, verdict.later)
                if verdict.given is not None:
                    self._look_closer(verdict, task, answer)
        return verdict

    def _again(self, task: Task, answer: Any, own: Observed, right: Observed) -> tuple[str, Any]:
        """(cause, what it is about) of an answer that gives something else in a second try, or always the same."""
        seen: list[Seen] = []
        with undisturbed(), contextlib.suppress(Exception, TimeUp), Watch(4 * SEARCH):
            _seed_anew()
            for _, value in self._observations(task, Answer(answer, self.framework_of(task))):
                seen.append(see(value))
        place = len(own.seen) - 1
        if len(seen) > place and all(map(holds_numbers, (own.seen[place], seen[place], right.seen[place]))):
            if not self._agree(task, seen[place], own.seen[place]):
                return "random", None
            if _families(own.seen[place]) != _families(right.seen[place]):
                return "different", None
            vary = any(not self._agree(task, wanted, right.seen[0]) for wanted in right.seen)
            if len(seen) == len(right.seen) > 1 and vary and all(same(seen[0], one, 1e-9, 0.0) for one in seen):
                return "constant", right.tried[1]
        return "different", None

    def _compared(self, task: Task, own: Observed, right: Observed, namespace: dict[str, Any]) -> Verdict:
        error, place = own.error, len(own.seen) - 1
        if error is None and len(own.seen) == len(right.seen) and self._agree(task, own.seen[-1], right.seen[-1]):
            if own.foreign:
                return Verdict(task.name, "wrong", "foreign", about=(self.framework_of(task), own.foreign))
            return Verdict(task.name, "right", "right")
        if error and (module := torn(error)):
            return Verdict(task.name, "open", "torn", error=error, about=module)
        verdict = Verdict(task.name, "wrong", "different", tried=right.tried[0], error=error, returned=own.returned)
        if own.seen:
            last = min(place, len(right.seen) - 1)
            verdict.tried = right.tried[last] if error else own.tried[-1]
            verdict.seen, verdict.right, verdict.given = own.seen[-1], right.seen[last], own.given
            if last and not error and not is_statement(right.seen[last - 1]) and holds_numbers(right.seen[last - 1]):
                verdict.before = right.tried[last - 1]
        if error and (name := overwritten(error, namespace)):
            verdict.cause, verdict.about = "overwritten", (name, namespace[name])
        elif mistake := self._mistake(task, own, right):
            verdict.cause, verdict.mistake, verdict.about = "mistake", mistake, self.entry(task).mistakes()[mistake]
        else:
            verdict.cause, verdict.about = _cause(own, right, verdict.right, namespace)
        return verdict

    def _places(self, task: Task, answer: Any, right: Observed) -> list[Place]:
        """Where one change makes an answer right, by lines; looked for as long as a learner does not notice."""
        found: list[Place] = []
        end = time.process_time() + SEARCH

        def passes(other: Any) -> bool:
            seen = self._observations(task, Answer(other, self.framework_of(task)))
            try:
                return all(self._agree(task, see(next(seen)[1]), wanted) for wanted in right.seen)
            except Exception:  # StopIteration too
                return False

        with undisturbed(), contextlib.suppress(TimeUp), Watch(4 * SEARCH):
            found.extend(places(answer, passes, lambda: time.process_time() < end))
        return sorted(found, key=lambda place: place.line)

    def _fact(self, task: Task, answer: Any, limit: float) -> str:
        """The first sentence that the task has on this answer, or ""."""
        with undisturbed(), contextlib.suppress(Exception, TimeUp), Watch(limit):
            if task.facts:
                return next(task.facts(Answer(answer, self.framework_of(task)), self.seeds.get(task.name, 0)), "")
        return ""

    def _alike(self, task: Task, own: Observed, later: list[tuple[Seen, Seen]]) -> list[str]:
        """The changes that make a right answer give what this one gives; of numbers that cannot agree by accident."""
        wanted = [*own.seen, *(seen for seen, _ in later)]
        found: dict[str, None] = {}
        if not any(map(telling, wanted[len(own.seen) - 1 :])):
            return []
        with undisturbed(), quick_imports(), contextlib.suppress(TimeUp), Watch(4 * KEPT):
            for words, seen in self._variants_of(task):
                if len(seen) >= len(wanted) and all(map(partial(self._agree, task), wanted, seen)):
                    found[words] = None
        return list(found)

    def _variants_of(self, task: Task) -> Iterator[Variant]:
        """Right answers with one change each: those that are known, then more, as long as no learner notices."""
        known, more = self._variants.setdefault(task.name, ([], self._made_variants(task)))
        yield from known
        end = time.process_time() + KEPT
        for variant in more:
            known.append(variant)
            yield variant
            if time.process_time() > end:
                return

    def _made_variants(self, task: Task) -> Iterator[Variant]:
        for function in self._right_answers(task):
            for words, changed in variants(function):
                seen: list[Seen] = []
                with contextlib.suppress(Exception):
                    for _, value in self._observations(task, Answer(changed, self.framework_of(task))):
                        seen.append(see(value))
                yield words, seen

    def _right_answers(self, task: Task) -> list[Any]:
        entry = self.entry(task)
        return [entry.solution, *(entry.functions[name] for name in entry.others())]

    def _look_closer(self, verdict: Verdict, task: Task, answer: Any) -> None:
        """Note what the values on the way of a wrong result, and other arguments, show."""
        arguments = verdict.given or ()

        def call(function: Any, *others: Any) -> Any:
            return Answer(function, self.framework_of(task))(*(others or arguments))

        with undisturbed(), quick_imports(), contextlib.suppress(Exception, TimeUp), Watch(SEARCH):
            numbers = unused(partial(call, answer), partial(call, self.entry(task).solution), arguments)
            verdict.unused = [parameter_name(answer, number) for number in numbers]
            known = [step for function in self._right_answers(task) for step in steps(function, call)]
            given = [argument for argument in arguments if isinstance(argument, np.ndarray)]
            verdict.parting = parting(steps(answer, call), known, given)
            if verdict.seen and verdict.right and telling(verdict.seen):
                verdict.on_the_way = any(self._agree(task, verdict.seen, step.value) for step in known)

    def _later(self, task: Task, answer: Any, own: Observed, right: Observed) -> list[tuple[Seen, Seen]]:
        """What more is seen of a wrong answer behind its first difference, beside what is right."""
        found: list[tuple[Seen, Seen]] = []
        with undisturbed(), contextlib.suppress(Exception, TimeUp), Watch(SEARCH):
            seen = (see(value) for _, value in self._observations(task, Answer(answer, self.framework_of(task))))
            for number, pair in enumerate(zip(seen, right.seen, strict=False)):
                if number >= len(own.seen):
                    found.append(pair)
        return found

    def _mistake(self, task: Task, own: Observed, right: Observed) -> str | None:
        """The name of the mistake whose first difference is the learner's."""
        for mistake in self.entry(task).mistakes():
            for function in self.entry(task).variants(mistake):
                other = self.observed_once(task, function, right)
                if len(own.seen) == len(other.seen) and self._agree(task, own.seen[-1], other.seen[-1]):
                    return mistake
        return None

    def _agree(self, task: Task, one: Seen, other: Seen) -> bool:
        return same(one, other, task.rtol, task.atol)

    def _solution(self, task: Task) -> Observed:
        own = self.observed_once(task, task.name, None)
        if own.error:
            del self._observed[f"{task.name}:{task.name}"]
            raise own.error
        return own

    def observed_once(self, task: Task, function: str, right: Observed | None) -> Observed:
        key = f"{task.name}:{function}"
        if key not in self._observed:
            recorded = self._recorded_of(task).get(function) if task.recorded else None
            self._observed[key] = (
                Observed(*recorded, recorded=True)
                if recorded
                else self.observe(task, lambda: self.entry(task).answer(function), right)
            )
        return self._observed[key]

    def _recorded_of(self, task: Task) -> dict[str, Recorded]:
        if task.name not in self._recorded:
            self._recorded[task.name] = read_recorded(self.subject, task.name, self.framework_of(task))
        return self._recorded[task.name]

    def observe(
        self, task: Task, make: Callable[[], Any], right: Observed | None = None, limit: float | None = None
    ) -> Observed:
        """Observe the answer that `make` gives, up to its first difference from `right`; without that, all of it.

        limit: seconds of work, if not those that the task and the solution's own time allow.
        """
        tried: list[str] = []
        seen: list[Seen] = []
        runs: list[int] = []
        error = None
        watch = Watch(_limit(task, right) if limit is None else limit)
        answer = None
        with undisturbed() as printed, watched() as training:
            try:
                with watch:
                    framework = self.framework_of(task)
                    other = OTHER[framework] if task.translate else None
                    answer = make() if task.value else Answer(make(), framework, other)
                    for name, value in self._observations(task, answer):
                        if right and len(seen) == len(right.seen):
                            break
                        tried.append(name)
                        seen.append(see(value))
                        runs.append(len(training.runs))
                        if right and not self._agree(task, seen[-1], right.seen[len(seen) - 1]):
                            break
            except KeyboardInterrupt:  # the learner's own, to stop the check
                raise
            except BaseException as raised:  # SystemExit and TimeUp too: a notebook goes on, whatever an answer raises
                error = raised.__cause__ if isinstance(raised.__cause__, StopIteration) else raised
                seen.append(Seen("error", (type(error).__name__, re.sub(r"\d+", "0", message(error))[:60])))
        given = _given(answer, seen[-1] if seen else None)
        returned = see(answer.last_call[1]) if isinstance(answer, Answer) and answer.last_call else None
        foreign = answer.foreign if isinstance(answer, Answer) else []
        return Observed(
            *(tried, seen, watch.spent, error, watch.seconds, printed, given, training),
            returned=returned,
            runs=runs,
            foreign=foreign,
        )

    def _observations(self, task: Task, answer: Any) -> Iterator[tuple[str, Any]]:
        return task.observe(answer, self.seeds.get(task.name, 0)) if task.observe else iter([("your answer", answer)])

    def _unwritten(self, task: Task, answer: Any) -> bool:
        if answer is MISSING or answer is None or answer is ... or is_empty(answer):
            return True
        starter = self.entry(task).starter if self.can_judge(task) else None
        if starter is None or code_of(answer) != code_of(starter):
            return False
        return isinstance(starter, type) or unwrapped(answer).__defaults__ == starter.__defaults__


class _Refusing:
    """Finds no module of those that PyTorch loads at the first optimizer or gradient, which takes seconds."""

    SLOW = ("torch._dynamo", "torch.fx.experimental.symbolic_shapes")

    def __init__(self) -> None:
        self.thread = threading.get_ident()  # others may load what they like

    def find_spec(self, name: str, *_: Any) -> None:
        if name in self.SLOW and threading.get_ident() == self.thread:
            raise ImportError(f"{name} is not loaded for a closer look at an answer")


@contextlib.contextmanager
def quick_imports() -> Iterator[None]:
    """A block in which what would take seconds to load is not loaded; what needs it fails."""
    refusing = _Refusing()
    sys.meta_path.insert(0, refusing)
    try:
        yield
    finally:
        sys.meta_path.remove(refusing)


def _seed_anew() -> None:
    """Let random numbers be others than in the observation before."""
    random.seed(SEED)
    np.random.seed(SEED)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(SEED)


def _runs(own: Observed, right: Observed) -> tuple[Run, Run] | None:
    """The run in which an answer differs and the solution's on the same data, where both made as many by then."""
    if own.training is None or right.training is None or not own.training.runs:
        return None
    place, made = min(len(own.seen), len(right.seen)) - 1, len(own.training.runs)
    if own.runs[: place + 1] != right.runs[: place + 1] or not made or own.runs[place] != made:
        return None
    return own.training.runs[-1], right.training.runs[made - 1]


def _given(answer: Any, seen: Seen | None) -> tuple[Any, ...] | None:
    """The arguments of the last call, where what was seen last is what that call returned."""
    if not isinstance(answer, Answer) or answer.last_call is None or seen is None:
        return None
    arguments, returned = answer.last_call
    return arguments if same(see(returned), seen) else None


def _limit(task: Task, right: Observed | None) -> float:
    """Seconds of work that an answer may take: the task's, or more where the solution is slow on this machine."""
    if right is None:
        return math.inf
    slow = math.ceil(PATIENCE * right.seconds)
    return slow if PATIENCE * right.seconds > task.seconds else task.seconds


def judge_option(quiz: Quiz, answer: Any) -> Verdict:
    """The Verdict on an answer to a question."""
    if answer is MISSING or answer is None or answer is ...:
        return Verdict(quiz.name, "open", "unanswered")
    written = re.fullmatch(r"\(?([a-z])[).:]?", str.__str__(answer).strip().lower()) if is_text(answer) else None
    letter = written and written[1]
    for option in quiz.options:
        if option.letter == letter:
            return Verdict(quiz.name, "right" if option.right else "wrong", "option", letter, about=option)
    return Verdict(quiz.name, "open", "no option", about=quiz.options)


def is_text(value: Any) -> bool:
    """isinstance(value, str), also of an object that cannot tell its class."""
    return issubclass(type(value), str)


def _cause(own: Observed, solution: Observed | None, right: Seen | None, namespace: dict[str, Any]) -> tuple[str, Any]:
    """(cause, what it is about) where no catalogued mistake fits."""
    error = own.error
    if isinstance(error, TimeUp):
        return "time", own.limit
    if isinstance(error, InputRecorded):
        return "recorded", str(error)
    if isinstance(error, InputChanged):
        return "input", str(error)
    if isinstance(error, TypeError) and _call_failed(error):
        return "call", None
    if error is not None and _cannot_go_on(own, solution, namespace):
        return "returned", None
    if error is not None:
        return "error", _line_of(error, namespace)
    if right is None:
        return "empty", None
    return "statement" if is_statement(right) else "different", None


PLAIN = ("nothing", "text", "tuple", "list", "function", "class")


def is_plain(seen: Seen) -> bool:
    """Whether what came back is None, a text, a list, numbers or so, and no object that can do more."""
    return seen.kind in PLAIN or isinstance(seen.data, np.ndarray)


def holds_numbers(seen: Seen) -> bool:
    """Whether something is numbers, or a list of numbers."""
    parts = seen.data if seen.kind in ("list", "tuple") else [seen]
    return all(isinstance(part.data, np.ndarray) for part in parts)


def _families(seen: Seen) -> list[str]:
    """The dtype families of the numbers that something holds."""
    return [family(part.data) for part in (seen.data if seen.kind in ("list", "tuple") else [seen])]


def _cannot_go_on(own: Observed, right: Observed | None, namespace: dict[str, Any]) -> bool:
    """Whether an error arose when a plain result was used as what it is not, such as a tensor as a network."""
    error, returned = own.error, own.returned
    if not isinstance(error, TypeError | AttributeError) or returned is None or not is_plain(returned):
        return False
    of_right_kind = right is not None and right.returned is not None and right.returned.kind == returned.kind
    return not of_right_kind and _own_frame(error, namespace) is None


def is_statement(right: Seen) -> bool:
    """Whether what should be seen is that something is so, or not so."""
    return isinstance(right.data, np.ndarray) and right.data.dtype.kind == "b" and right.data.ndim == 0


def _call_failed(error: BaseException) -> bool:
    """Whether an error arose at the call of the answer, before its first line: a wrong number of parameters, say."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return frame.f_code is Answer.__call__.__code__


def _own_frame(error: BaseException, namespace: dict[str, Any]) -> tuple[types.FrameType, int] | None:
    """The last frame of an error, with its line, that runs in the learner's namespace."""
    own = [place for place in traceback.walk_tb(error.__traceback__) if place[0].f_globals is namespace]
    return own[-1] if own else None


def _line_of(error: BaseException, namespace: dict[str, Any]) -> tuple[int, str] | None:
    """Where in the learner's own code an error arose: (number, text) of the line.

    Of the cell of the answer, where that calls functions of other cells, such as the lesson's.
    """
    own = [place for place in traceback.walk_tb(error.__traceback__) if place[0].f_globals is namespace]
    if not own:
        return None
    frame, line = [place for place in own if place[0].f_code.co_filename == own[0][0].f_code.co_filename][-1]
    return line, traceback.FrameSummary(frame.f_code.co_filename, line, frame.f_code.co_name).line or ""


def overwritten(error: BaseException, namespace: dict[str, Any]) -> str | None:
    """The name that the learner's code used for Python's own function or a module, and that is something else now."""
    if not isinstance(error, TypeError | AttributeError) or not (own := _own_frame(error, namespace)):
        return None
    steps = dis.get_instructions(own[0].f_code)
    for name in [step.argval for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")]:
        value = namespace.get(name)
        if isinstance(error, AttributeError):
            if name in CALLED and name in namespace and error.obj is value and not isinstance(value, types.ModuleType):
                return name
        elif name in namespace and callable(getattr(builtins, name, None)) and not callable(value):
            return name
    return None
