"""gym(): a training loop with one or two faults. Say what is wrong, then mend it.

    gym()                a case; its number makes it repeatable: gym(417) is the same case for everybody
    gym("code")          the code, with numbered lines
    gym("b")             a diagnosis; with two faults two letters, as in gym("b d")
    gym(12, "...")       put another line (or several, one below the other) in the place of line 12, and run it

utils/cases.py makes the cases and runs them; tasks/gym.toml holds the loops and the faults.
"""

import importlib.util
import random
from dataclasses import dataclass
from typing import Any

from utils.cases import Case, Fault, Run, cases, is_cured, listing, run, shown, typed
from utils.judging import is_text
from utils.messages import fenced, say
from utils.quiz import FRAMEWORKS
from utils.wording import plain

LEVELS = ("loop", "high")  # of even and of odd numbers
NUMBERS = 10_000  # from which gym() draws
OPTIONS = 6
LETTERS = "abcdef"


@dataclass
class Open:
    """The case that is open: the code as it stands now, and the runs with none and with all of its faults."""

    number: int
    case: Case
    slots: list[str]
    healthy: Run
    faulty: Run
    options: list[Fault]


class Gym:
    """The bug gym in the notebook of one framework; high: whether gym() also draws loops of the high-level API."""

    def __init__(self, framework: str, high: bool) -> None:
        self._framework, self._high = framework, high
        self._open: Open | None = None

    def gym(self, what: Any = None, line: Any = None) -> None:
        """Open a case, show its code, judge a diagnosis or a mended line; see the top of this file."""
        if self._framework not in FRAMEWORKS:
            say("○ gym: open it in a notebook of PyTorch or TensorFlow, such as that of lesson 03.")
        elif what is None or what is ...:
            self._begin(random.SystemRandom().randrange(0, NUMBERS, 1 if self._high else 2))
        elif type(what) is int and line is None:
            self._begin(what)
        elif self._open is None:
            say("○ gym: no case is open; `gym()` opens one, and `gym(417)` the case with this number.")
        elif line is not None:
            self._mend(self._open, what, line)
        elif is_text(what) and what.strip().lower() == "code":
            say(fenced(listing(tuple(self._open.slots))[0]))
        else:
            self._diagnose(self._open, what)

    def _begin(self, number: int) -> None:
        case = case_of(self._framework, number)
        if case.loop.level == "high" and self._framework == "pytorch" and not _has_lightning():
            say(
                f"○ gym: case {number} needs PyTorch Lightning, which is not installed here; an even number needs none."
            )
            return
        healthy = run(case.loop, case.data, case.loop.slots)
        faulty = run(case.loop, case.data, case.slots())
        self._open = Open(number, case, list(case.slots()), healthy, faulty, options_of(case, number))
        asked = "one fault" if len(case.faults) == 1 else "two faults"
        options = "\n".join(f"{letter}) {f.title}" for letter, f in zip(LETTERS, self._open.options, strict=False))
        answer = 'gym("b")' if len(case.faults) == 1 else 'gym("b d")'
        say(
            f"○ gym: case {number}, a {case.loop.size} training loop with {asked}. This is what it shows.\n\n"
            f"{fenced(shown(case.loop, faulty))}\n\nWhat is wrong?\n{options}\n\n"
            f'`gym("code")` shows the code. Answer as in `{answer}`. Then mend it: `gym(12, "...")` puts your line '
            f"in the place of line 12 and runs the loop."
        )

    def _diagnose(self, now: Open, answer: Any) -> None:
        known = LETTERS[: len(now.options)]
        letters = sorted({c for c in answer.lower() if c.isalnum()}) if is_text(answer) else []
        wanted = len(now.case.faults)
        if len(letters) != wanted or not set(letters) <= set(known):
            form = "one letter" if wanted == 1 else "two different letters"
            say(f'○ gym: answer with {form} from {known[0]} to {known[-1]}, in quotes, or "code".')
            return
        chosen = [now.options[known.index(letter)] for letter in letters]
        right = [fault for fault in chosen if fault in now.case.faults]
        if len(right) == wanted:
            say(f"✓ gym: right, {' and '.join(fault.title for fault in right)}. Now mend it.")
        elif right:
            say(f"✗ gym: it is so that {right[0].title}; the other is not what is wrong here.")
        else:
            told = " Neither of the two is" if wanted == 2 else " That is not"
            say(f'✗ gym:{told} what is wrong here. Look at the curves and at `gym("code")` again.')

    def _mend(self, now: Open, number: Any, line: Any) -> None:
        _, places = listing(tuple(now.slots))
        if type(number) is not int or not 1 <= number <= len(places) or not is_text(line):
            say(f"○ gym: give the number of a line, from 1 to {len(places)}, and the new line in quotes.")
            return
        slot = places[number - 1]
        now.slots[slot] = typed(now.slots[slot], line)
        result = run(now.case.loop, now.case.data, tuple(now.slots))
        if is_cured(now.case, tuple(now.slots), now.healthy, result):
            self._open = None
            say(
                f"✓ gym: mended. Case {now.number} now shows this.\n\n{fenced(shown(now.case.loop, result))}\n\n"
                "`gym()` opens another."
            )
            return
        left = [f for f in now.case.faults if run(now.case.loop, now.case.data, now.case.slots(f)).same(result)]
        if left:
            said = "one of the two faults is mended. The other is still there."
        elif result.same(now.faulty):
            said = "your line runs, but nothing has changed."
        else:
            said = "not healthy yet. Your line stays in the code, and you can put another in its place."
        say(plain(f"✗ gym: {said}\n\n{fenced(shown(now.case.loop, result))}"))


def case_of(framework: str, number: int) -> Case:
    """The case with this number: the same in every notebook of a framework."""
    return random.Random(number).choice(cases(framework, LEVELS[number % 2]))


def options_of(case: Case, number: int) -> list[Fault]:
    """The case's faults among others that the same loop could have, in an order that hangs on the number."""
    generator = random.Random(f"options {number}")
    others = [fault for fault in case.loop.faults if fault not in case.faults]
    kept = [*case.faults, *generator.sample(others, min(len(others), OPTIONS - len(case.faults)))]
    return generator.sample(kept, len(kept))


def _has_lightning() -> bool:
    return importlib.util.find_spec("pytorch_lightning") is not None
