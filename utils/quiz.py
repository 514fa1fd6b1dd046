"""The questions of a lesson: question, options and what each option's choice shows, read from the lesson's one source.

In `lessons/NN_name.md` a question is a region of its own; a line with a sign below an option explains it:

    <!-- #region tags=["quiz"] -->
    **Question 1.** Which number is even?

    - a) 2
      ✓ It is 2 times 1.
    - b) 3
      ✗ It leaves 1 when divided by 2.
    <!-- #endregion -->

`✗ [pytorch] ...` explains an option in one framework only; `["pytorch", "quiz"]` is a question of one notebook only,
with its twin below it. The notebook shows the question and its options; the build adds the cell that is answered in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from utils import course

FRAMEWORKS = {"pytorch": "PyTorch", "tensorflow": "TensorFlow"}
REGION = re.compile(r'<!-- #region tags=\[([^\]]*)\](?: reason="[^"]*")? -->\n(.*?)<!-- #endregion -->', re.DOTALL)
NUMBER = re.compile(r"\*\*Question (\d+)\.\*\* ")
OPTION = re.compile(r"- ([a-z])\) (\S.*)")
BECAUSE = re.compile(r"  ([✓✗]) (?:\[(\w+)\] )?(\S.*)")


class QuizError(ValueError):
    """A question that cannot be asked; the message starts with file and line."""


@dataclass(frozen=True)
class Option:
    """One option of a question; `because` explains it to whoever chose it."""

    letter: str
    text: str
    right: bool
    because: str


@dataclass(frozen=True)
class Quiz:
    """One question of one framework's notebook; `text` is the question without its number, in Markdown."""

    name: str
    text: str
    options: tuple[Option, ...]

    @property
    def right(self) -> Option:
        return next(option for option in self.options if option.right)


def read_quiz(lesson: str, framework: str) -> tuple[Quiz, ...]:
    """The questions of a lesson such as "01_tensors" in one framework's notebook, in order.

    Raises QuizError where a question has no single right option, or an option not exactly one explanation.
    """
    found: dict[str, Quiz] = {}
    for text, place in regions_of(lesson, "quiz", framework):
        quiz = parse(text, framework, place)
        if quiz.name in found:
            raise QuizError(f"{place}: a second {quiz.name}; number the questions through")
        found[quiz.name] = quiz
    return tuple(found.values())


def regions_of(lesson: str, tag: str, framework: str) -> Iterator[tuple[str, str]]:
    """(text, place) of each region with this tag in one framework's notebook; a place is such as "01_tensors.md:7"."""
    path = course.LESSONS / f"{lesson}.md"
    text = path.read_text(encoding="utf-8")
    for region in REGION.finditer(text):
        tags = set(re.findall(r'"([\w-]+)"', region[1]))
        if tag in tags and tags & FRAMEWORKS.keys() <= {framework}:
            yield region[2], f"{path.name}:{text.count(chr(10), 0, region.start()) + 2}"


def parse(source: str, framework: str, place: str) -> Quiz:
    """The Quiz of a region's text, for one framework; `place` is its file and first line, such as "01_tensors.md:7"."""
    head, *rest = re.split(r"^(?=- [a-z]\) )", source, flags=re.MULTILINE)
    number = NUMBER.match(head)
    if not number or not head[number.end() :].strip():
        raise QuizError(f'{place}: a question starts with "**Question 1.** " and the question')
    options = tuple(parse_option(part, framework, place) for part in rest)
    letters = "".join(option.letter for option in options)
    if letters != "abcdefghijklmnopqrstuvwxyz"[: len(letters)] or len(letters) < 2:
        raise QuizError(f"{place}: the options are {', '.join(letters) or 'none'}; they go a, b, c and so on")
    if sum(option.right for option in options) != 1:
        raise QuizError(f"{place}: exactly one option is right (✓), not {sum(option.right for option in options)}")
    text = filled(head[number.end() :].strip(), framework)
    return Quiz(f"quiz_{number[1]}", text, options)


def question(source: str) -> str:
    """A region's text as the notebook shows it: without the explanations."""
    return re.sub(r"^  [✓✗] .*\n?", "", source, flags=re.MULTILINE).rstrip()


def parse_option(source: str, framework: str, place: str) -> Option:
    """The Option of its lines: the option itself, and its explanations. Raises QuizError."""
    first, *rest = source.strip("\n").split("\n")
    head = OPTION.fullmatch(first)
    reasons = [BECAUSE.fullmatch(line) for line in rest if line.strip()]
    if head is None or None in reasons:
        raise QuizError(f'{place}: below "{first[:40]}" stand only its explanations, as in "  ✗ That is ..."')
    known = [reason for reason in reasons if reason and reason[2] in (None, *FRAMEWORKS)]
    own = [reason for reason in known if reason[2] in (None, framework)]
    if len(own) != 1 or len(known) != len(reasons):
        raise QuizError(f"{place}: option {head[1]}) needs one explanation in each framework, and has {len(own)}")
    return Option(head[1], filled(head[2], framework), own[0][1] == "✓", filled(own[0][3], framework))


def filled(text: str, framework: str) -> str:
    """The text with the names of the notebook's framework and of the other one."""
    if framework not in FRAMEWORKS:
        return text
    (other,) = FRAMEWORKS.keys() - {framework}
    return text.replace("{{framework}}", FRAMEWORKS[framework]).replace("{{other}}", FRAMEWORKS[other])
