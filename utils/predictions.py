"""What a learner expects of a run, typed before it and answered after it: predict("name", ...) and reveal("name").

In `lessons/NN_name.md` a prediction is a region of its own, written as a question of the quiz (utils/quiz.py):

    <!-- #region tags=["predict"] -->
    **Before you run it: `total`.** What will the sum be?

    - a) 2
      ✗ Two numbers are added up, not counted.
    - b) 4
      ✓ It is 1 + 3.
    <!-- #endregion -->

In place of options with signs there may be one right answer with its explanation: a number with its tolerance, as in
`- 4 ± 0.5`; a shape, as in `- (2, 3)`; or below options without signs their order, as in `- b a c`. `- [pytorch] 4` is
right in one framework's notebook only. The notebook shows neither answer nor explanation; the build adds the cell that
the prediction is typed in, and the lesson says with `reveal("total")` where it is answered. Nobody has to predict.
"""

import difflib
import math
import numbers
import re
from dataclasses import dataclass
from typing import Any

from utils.judging import is_text
from utils.messages import say
from utils.progress import Record
from utils.quiz import BECAUSE, Option, QuizError, filled, parse_option, regions_of
from utils.wording import plain

NAME = re.compile(r"\*\*Before you run it: `(\w+)`\.\*\* ")
OPTION = re.compile(r"- ([a-z])\) (\S.*)")
ANSWER = re.compile(r"- (?:\[(\w+)\] )?(?![a-z]\) )(\S.*)")
KINDS = {
    "number": re.compile(r"(-?\d[\d.e-]*)(?: ± (\d[\d.e-]*))?"),
    "shape": re.compile(r"\((?:\d+, ?)*(?:\d+)?\)"),
    "order": re.compile(r"[a-z](?: [a-z])+"),
}
Answer = str | float | list[int]


@dataclass(frozen=True)
class Prediction:
    """One prediction in one framework's notebook.

    kind: "choice" (right: a letter), "order" (letters with spaces), "number" or "shape" (a tuple of lengths).
    """

    name: str
    kind: str
    options: tuple[Option, ...]
    right: Any
    because: str
    tolerance: float = 0.0

    @property
    def form(self) -> str:
        """What to type, in words."""
        letters = [option.letter for option in self.options]
        return {
            "choice": f"{', '.join(letters[:-1])} or {letters[-1]}" if letters else "",
            "number": "a number",
            "shape": "a shape, such as (2, 3)",
            "order": f'an order, such as "{" ".join(letters)}"',
        }[self.kind]

    def read(self, answer: Any) -> Answer | None:
        """What a learner typed, in the one form in which it is kept and compared; None where it is of another kind."""
        try:
            return self._read(answer)
        except Exception:  # what an object raises that was handed in is its own affair
            return None

    def _read(self, answer: Any) -> Answer | None:
        if self.kind == "number":
            is_number = isinstance(answer, numbers.Real) and not isinstance(answer, bool) and math.isfinite(answer)
            return float(answer) if is_number else None
        if self.kind == "shape":
            is_shape = isinstance(answer, list | tuple) and all(isinstance(n, numbers.Integral) for n in answer)
            return [int(n) for n in answer] if is_shape else None
        letters = re.findall("[a-z]", " ".join([answer] if isinstance(answer, str) else answer).lower())
        known = [option.letter for option in self.options]
        fits = sorted(letters) == known if self.kind == "order" else len(letters) == 1 and letters[0] in known
        return " ".join(letters) if fits else None

    def is_right(self, answer: Answer) -> bool:
        if isinstance(answer, float):
            return abs(answer - self.right) <= self.tolerance + 1e-9 * abs(self.right)
        return answer == (list(self.right) if self.kind == "shape" else self.right)

    def shown(self, answer: Any) -> str:
        """An answer as it is told."""
        if self.kind == "choice":
            return next(f"{option.letter}) {option.text}" for option in self.options if option.letter == answer)
        if self.kind == "order":
            return str(answer)
        return str(tuple(answer)) if self.kind == "shape" else f"{answer:.10g}"

    def told(self, answer: Answer | None) -> str:
        """What the run has shown, and how near the prediction was."""
        right = self.shown(self.right)
        if answer is None:
            return f"○ {self.name}: it is {right}. {self.because}"
        if self.is_right(answer):
            return f"✓ {self.name}: you predicted {self.shown(answer)}. It is {right}. {self.because}"
        return f"✗ {self.name}: you predicted {self.shown(answer)}. It is {right}{self._distance(answer)}"

    def _distance(self, answer: Answer) -> str:
        if isinstance(answer, float):
            far = f"{abs(answer - self.right):.10g} too {'low' if answer < self.right else 'high'}"
            return f", so yours is {far}. {self.because}"
        if isinstance(answer, list):
            is_near = len(answer) == len(self.right)
            return f"; {'the number' if is_near else 'another number'} of axes is right. {self.because}"
        if self.kind == "order":
            places = [one == other for one, other in zip(answer.split(), self.right.split(), strict=True)]
            return f": {sum(places)} of {len(places)} stand in their place. {self.because}"
        return f". {next(o.because for o in self.options if o.letter == answer)} {self.because}"


class Predictions:
    """The predictions of one lesson in one framework, and those that the learner has made, here or before."""

    def __init__(self, lesson: str, framework: str, record: Record | None = None) -> None:
        self.all = {prediction.name: prediction for prediction in read_predictions(lesson, framework)}
        self._record, self._place = record, f"{framework}/predict/{lesson.partition('_')[2]}"
        known = record.entries() if record and self.all else {}
        entries = {name: known.get(f"{self._place}/{name}", {}) for name in self.all}
        read = {name: self.all[name].read(entry.get("predicted")) for name, entry in entries.items()}
        self.made = {name: answer for name, answer in read.items() if answer is not None}
        self._revealed = {name for name in self.made if "revealed" in entries[name]}

    # What the notebook calls -----------------------------------------------------------------------------------------

    def predict(self, name: Any = None, answer: Any = ...) -> None:
        """Note what the learner expects of the run below; says nothing where the `...` still stands there."""
        prediction = self._find(name)
        if prediction is None or answer is ... or answer is None:
            return
        expected = prediction.read(answer)
        if expected is None:
            say(f"○ {name}: type {prediction.form}{'' if prediction.kind != 'choice' else ', in quotes'}.")
        elif name in self._revealed and expected != self.made[name]:
            say(f"○ {name}: it was revealed already; your prediction stays {prediction.shown(self.made[name])}.")
        else:
            self.made[name] = expected
            if self._record:
                self._record.predicted(f"{self._place}/{name}", expected, prediction.is_right(expected))
            say(f"○ {name}: you predict {prediction.shown(expected)}.")

    def reveal(self, name: Any = None) -> None:
        """Print what the run has shown, why, and how near the prediction was."""
        prediction = self._find(name)
        if prediction is None:
            return
        if name in self.made:
            self._revealed.add(name)
            if self._record:
                self._record.revealed(f"{self._place}/{name}")
        say(plain(prediction.told(self.made.get(name))))

    def counted(self) -> list[str]:
        """A line on how many predictions were made and how many of them were right, where there is any."""
        right = sum(self.all[name].is_right(answer) for name, answer in self.made.items())
        return [f"{len(self.made)} of {len(self.all)} predictions made, {right} of them right."] if self.made else []

    def _find(self, name: Any) -> Prediction | None:
        there = f"there are {', '.join(self.all) or 'none'} in this notebook."
        if not is_text(name):
            say(f'give its name in quotes, as in predict("name", ...); {there}')
            return None
        if name not in self.all:
            close = difflib.get_close_matches(name[:40], self.all, n=1)
            advice = f'did you mean "{close[0]}"?' if close else there
            say(f'there is no prediction "{plain(name)[:40]}"; {advice}')
        return self.all.get(name)


def read_predictions(lesson: str, framework: str) -> tuple[Prediction, ...]:
    """The predictions of a lesson such as "01_tensors" in one framework's notebook, in order. Raises QuizError."""
    found = [parse(text, framework, place) for text, place in regions_of(lesson, "predict", framework)]
    return tuple(found)


def parse(source: str, framework: str, place: str) -> Prediction:
    """The Prediction of a region's text, for one framework; `place` is its file and first line. Raises QuizError."""
    head, *rest = re.split(r"^(?=- )", source, flags=re.MULTILINE)
    name = NAME.match(head)
    if not name or not head[name.end() :].strip():
        raise QuizError(f'{place}: a prediction starts with "**Before you run it: `name`.** " and the question')
    if "$" in "".join(rest):
        raise QuizError(f"{place}: answers and explanations are printed, so they hold no TeX")
    answers = [part for part in rest if ANSWER.match(part)]
    listed = [part for part in rest if part not in answers]
    if not answers:
        options = tuple(parse_option(part, framework, place) for part in listed)
        right = [option for option in options if option.right]
        if len(right) != 1:
            raise QuizError(f"{place}: exactly one option is right (✓), not {len(right)}")
        return Prediction(name[1], "choice", options, right[0].letter, right[0].because)
    options = tuple(Option(m[1], filled(m[2], framework), False, "") for m in map(OPTION.match, listed) if m)
    return _with_answer(name[1], options, answers, framework, place)


def _with_answer(name: str, options: tuple[Option, ...], answers: list[str], framework: str, place: str) -> Prediction:
    """A number, shape or order, whose right answer is the line among `answers` that is this framework's."""
    own = [part for part in answers if (m := ANSWER.match(part)) and m[1] in (None, framework)]
    if len(own) != 1:
        raise QuizError(f"{place}: one right answer is needed in each framework, and there are {len(own)}")
    first, *below = own[0].strip("\n").split("\n")
    typed, reasons = ANSWER.fullmatch(first)[2], [BECAUSE.fullmatch(line) for line in below if line.strip()]  # type: ignore[index]
    own_reasons = [reason for reason in reasons if reason and reason[2] in (None, framework)]
    if None in reasons or len(own_reasons) != 1 or own_reasons[0][1] != "✓":
        raise QuizError(f'{place}: below "{first}" stands its explanation, as in "  ✓ It is ..."')
    kind = next((kind for kind, form in KINDS.items() if form.fullmatch(typed)), None)
    if kind is None or (kind == "order") != bool(options):
        raise QuizError(f"{place}: {typed!r} is no number, no shape, and no order of options")
    because = filled(own_reasons[0][3], framework)
    if kind == "number":
        value, tolerance = KINDS[kind].fullmatch(typed).groups()  # type: ignore[union-attr]
        return Prediction(name, kind, options, float(value), because, float(tolerance or 0))
    right = typed if kind == "order" else tuple(int(n) for n in re.findall(r"\d+", typed))
    prediction = Prediction(name, kind, options, right, because)
    if kind == "order" and prediction.read(right) is None:
        raise QuizError(f"{place}: the order {typed!r} does not name each option once")
    return prediction


def asked(source: str) -> str:
    """A region's text as the notebook shows it: without answers and explanations."""
    lines = [line for line in source.split("\n") if not BECAUSE.fullmatch(line) and not ANSWER.fullmatch(line)]
    return "\n".join(lines).strip()
