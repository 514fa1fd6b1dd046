"""The last steps before a solution: its lines in disorder among lines of typical mistakes, then its text with gaps.

A decoy is a line that makes the solution into a catalogued mistake, a gap an expression that a decoy writes otherwise.
Which lines do so was tried by `make ladders`; they stand in each lesson's ladders.json. Whatever the learner puts
together is code, and `check` runs it like any other answer. Nothing here needs a framework.
"""

import ast
import functools
import hashlib
import importlib
import io
import itertools
import json
import linecache
import random
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from utils.catalogue import Task, sources

RECORD = "ladders.json"
MOST_DECOYS = 4
FEWEST_LINES = 3  # that are put in order where no decoy stands among them
MOST_PIECES = 8  # a longer solution comes in pieces of several lines
MOST_GAPS = 4
LONGEST_ROW = 80  # columns, as in lessons
LAYOUT = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


class NotPut(ValueError):
    """What the learner typed cannot be put together; the message says why."""


@dataclass(frozen=True)
class Line:
    """One logical line of code: its text as it stands, and `key`, what is compared of it.

    The key holds the indentation, the words, and how often the same line has come before.
    """

    text: str
    key: tuple[int, tuple[str, ...], int]


@dataclass(frozen=True)
class Decoy:
    """A line that makes the solution into a catalogued mistake, in place of line `line` of its body, from 0."""

    line: int
    text: str
    mistake: str


@dataclass(frozen=True)
class Gap:
    """An expression of the solution: where it stands in the text, and what mistakes have there: {mistake: text}."""

    start: int
    end: int
    wrong: dict[str, str]


@dataclass(frozen=True)
class Ladder:
    """The steps to one solution.

    head: the given first line. pieces: {letter: lines}, solution and decoys in disorder. order: the letters of the
    solution. slips: {letters with a decoy in its place: the mistake}. text: the solution, gaps: what is left out of it.
    """

    name: str
    head: str
    pieces: dict[str, str]
    order: str
    slips: dict[str, str]
    text: str
    gaps: tuple[Gap, ...]

    def lines(self) -> str:
        """The pieces as a learner sees them."""
        shown = [("", self.head), *self.pieces.items()]
        return "\n".join(f"{letter:4}" + text.replace("\n", "\n    ") for letter, text in shown)

    def with_gaps(self) -> str:
        """The solution with numbered gaps."""
        return self._fill([f"__{number}__" for number in range(1, len(self.gaps) + 1)])

    def put_in_order(self, letters: Any) -> str:
        """The source that lines in this order give. Raises NotPut."""
        chosen = _letters(letters)
        if not chosen:
            raise NotPut('type the letters of the lines in order, as in lines="b a".')
        for letter in chosen:
            if letter not in self.pieces:
                raise NotPut(f'there is no line "{letter[:20]}"; the lines are "a" to "{[*self.pieces][-1]}".')
            if chosen.count(letter) > 1:
                raise NotPut(f'line "{letter}" stands there twice; each line can be used once.')
        return self._compiled(chosen)

    def fill_in(self, gaps: Any) -> str:
        """The source that these texts in the gaps give, the first one first. Raises NotPut."""
        texts = [gaps] if isinstance(gaps, str) else gaps
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
            raise NotPut('type what stands in the gaps as a list of texts, as in gaps=["...", "..."].')
        if len(texts) != len(self.gaps):
            raise NotPut(f"{_number_of(len(self.gaps), 'gap')} to fill, but {_number_of(len(texts), 'text')} typed.")
        for number, text in enumerate(texts, 1):
            if not _is_expression(text):
                raise NotPut(f"what you typed into gap {number}, {text[:40]!r}, is not an expression of Python.")
        return self._fill(texts)

    def right_texts(self) -> list[str]:
        """What the solution has in the gaps."""
        return [self.text[gap.start : gap.end] for gap in self.gaps]

    def wrong_texts(self) -> Iterator[tuple[str, list[str]]]:
        """(mistake, texts) of each filling that has a mistake's text in one gap and the solution's in the others."""
        for number, gap in enumerate(self.gaps):
            for mistake, wrong in gap.wrong.items():
                texts = self.right_texts()
                texts[number] = wrong
                yield mistake, texts

    def _fill(self, texts: Sequence[str]) -> str:
        ends = [0, *(gap.end for gap in self.gaps)]
        parts = [self.text[end : gap.start] + text for end, gap, text in zip(ends, self.gaps, texts, strict=False)]
        return "".join(parts) + self.text[ends[-1] :]

    def _compiled(self, chosen: Sequence[str]) -> str:
        """The source, if it is Python and every line of it can be reached."""
        placed = [(letter, line) for letter in chosen for line in self.pieces[letter].split("\n")]
        source = "\n".join([self.head, *(line for _, line in placed)])
        first = self.head.count("\n") + 2

        def at(number: int | None) -> str:
            return placed[min(max((number or 0) - first, 0), len(placed) - 1)][0]

        try:
            tree = ast.parse(source)
            compile(tree, "<lines>", "exec")
        except SyntaxError as error:
            fault = re.sub(r" on line \d+", "", error.msg)
            raise NotPut(f'this order is not Python at line "{at(error.lineno)}": {fault}.') from None
        if pair := unreached(tree):
            leaves, never = (at(statement.lineno) for statement in pair)
            raise NotPut(f'line "{never}" is never reached, because "{leaves}" leaves.')
        return source


def unreached(tree: ast.AST) -> tuple[ast.stmt, ast.stmt] | None:
    """A statement that leaves its block, and one below it that is never reached, where there are such."""
    for node in ast.walk(tree):
        block = getattr(node, "body", None)
        for before, after in itertools.pairwise(block if isinstance(block, list) else []):
            if isinstance(before, ast.Return | ast.Raise | ast.Continue | ast.Break):
                return before, after
    return None


def run(source: str, name: str, known: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """What a source of the answer `name` defines, and the namespace that it runs in. Raises NotPut.

    known: what there is besides: the namespace of the task's file, but for what the solution imports by itself.
    """
    namespace = {n: value for n, value in known.items() if not n.startswith(f"{name}__")}
    file = f"<{name} {hashlib.sha256(source.encode()).hexdigest()[:8]}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)  # tf.function reads it there
    try:
        exec(compile(source, file, "exec"), namespace)
    except SyntaxError as error:
        raise NotPut(f"this is not Python: {error.msg}.") from None
    except Exception as error:
        raise NotPut(f"this stops before it can be tried: {type(error).__name__}: {error}.") from None
    return namespace[name], namespace


def imported(source: str) -> set[str]:
    """The names that a source imports by itself: where it leaves an import out, they are missing."""
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names}


def _letters(letters: Any) -> list[str]:
    """What a learner typed as an order: "d a c", "dac", "d, a, c" or a list."""
    if isinstance(letters, list | tuple) and all(isinstance(letter, str) for letter in letters):
        letters = " ".join(letters)
    if not isinstance(letters, str):
        raise NotPut('type the letters of the lines in order, as in lines="b a".')
    words = re.findall(r"\w+", letters.lower())
    return words if any(len(word) == 1 for word in words) else [letter for word in words for letter in word]


def _number_of(count: int, noun: str) -> str:
    return f"there {'is' if count == 1 else 'are'} {count} {noun}{'' if count == 1 else 's'}"


def ladder(subject: str, task: Task, framework: str) -> Ladder | None:
    """The Ladder of a task in the notebook of `framework`, always the same; None where there is nothing to choose."""
    decoys = _recorded(subject).get(f"{framework} {task.name}", [])
    head, *body = logical_lines(sources(subject, task, framework)[task.name])
    text = "\n".join(line.text for line in (head, *body))
    if task.value or (not decoys and len(body) < FEWEST_LINES):
        return None
    chosen = decoys[:MOST_DECOYS]
    pieces = _pieces(body, {decoy.line for decoy in chosen})
    shown = [*("\n".join(line.text for line in piece) for piece in pieces), *(decoy.text for decoy in chosen)]
    disorder = list(range(len(shown)))
    random.Random(task.name).shuffle(disorder)
    letters = {number: ascii_lowercase[place] for place, number in enumerate(disorder)}
    order = "".join(letters[number] for number in range(len(pieces)))
    at = {body.index(piece[0]): number for number, piece in enumerate(pieces)}
    slips = {
        order.replace(letters[at[decoy.line]], letters[number]): decoy.mistake
        for number, decoy in enumerate(chosen, len(pieces))
    }
    return Ladder(
        task.name,
        head.text,
        {letters[number]: shown[number] for number in disorder},
        order,
        slips,
        text,
        _gaps(text, body, decoys),
    )


@functools.cache
def _recorded(subject: str) -> dict[str, list[Decoy]]:
    """{"framework task": its decoys} of a lesson."""
    file = Path(importlib.import_module(f"tasks.{subject}").__path__[0]) / RECORD
    held = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {name: [Decoy(**decoy) for decoy in decoys] for name, decoys in held.items()}


def logical_lines(source: str) -> list[Line]:
    """The lines of a source: a statement over several rows is one, comments, which may tell what is right, are none."""
    rows, found, words, first = source.split("\n"), [], [], 0
    seen: Counter[tuple[int, tuple[str, ...]]] = Counter()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            rows[row - 1] = rows[row - 1][:column].rstrip()
        if token.type in LAYOUT:
            continue
        if token.type != tokenize.NEWLINE:
            first = first or token.start[0]
            words.append(token.string)
            continue
        text = _on_one_row("\n".join(row for row in rows[first - 1 : token.start[0]] if row.strip()))
        same = len(text) - len(text.lstrip()), tuple(words)
        found.append(Line(text, (*same, seen[same])))
        seen[same] += 1
        words, first = [], 0
    return found


def _on_one_row(text: str) -> str:
    """A statement on one row where it fits, so that its layout does not tell a decoy from a line of the solution."""
    joined = re.sub(r",?\s*\n\s*([)\]}])", r"\1", re.sub(r"([(\[{])\s*\n\s*", r"\1", text))
    joined = re.sub(r"\s*\n\s*", " ", joined)
    return joined if len(joined) <= LONGEST_ROW else text


def _pieces(body: list[Line], alone: set[int]) -> list[list[Line]]:
    """The solution in at most MOST_PIECES pieces, where that goes; the lines numbered in `alone` stay alone."""
    pieces = [[line] for line in body]
    apart = [body[number] for number in alone]
    while len(pieces) > MOST_PIECES:
        pairs = itertools.pairwise(pieces)
        places = [n for n, (one, other) in enumerate(pairs) if one[-1] not in apart and other[0] not in apart]
        if not places:
            break
        place = min(places, key=lambda n: len(pieces[n]) + len(pieces[n + 1]))
        pieces[place : place + 2] = [pieces[place] + pieces[place + 1]]
    return pieces


# Gaps ----------------------------------------------------------------------------------------------------------------


def _gaps(text: str, body: list[Line], decoys: list[Decoy]) -> tuple[Gap, ...]:
    """The expressions of the solution that the decoys write otherwise, the first decoy's first."""
    spans, starts, start = _spans(text), [], text.index("\n")
    for line in body:
        start = text.index(line.text, start)
        starts.append(start)
        start += len(line.text)
    gaps: dict[tuple[int, int], dict[str, str]] = {}
    for decoy in decoys:
        start, typed = starts[decoy.line], body[decoy.line].text
        inside = [(a - start, b - start) for a, b in spans if start <= a and b <= start + len(typed)]
        if found := _smallest(typed, decoy.text, inside):
            (a, b), wrong = found
            place = (start + a, start + b)
            if place in gaps or (len(gaps) < MOST_GAPS and all(place[1] <= c or d <= place[0] for c, d in gaps)):
                gaps.setdefault(place, {}).setdefault(decoy.mistake, wrong)
    return tuple(Gap(*place, wrong) for place, wrong in sorted(gaps.items()))


def _smallest(one: str, other: str, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], str] | None:
    """The smallest of the spans such that an expression of `other` in its place makes `one` into `other`."""
    for a, b in sorted(spans, key=lambda span: span[1] - span[0]):
        rest = len(one) - b
        if one[:a] == other[:a] and other.endswith(one[b:]) and len(other) - rest > a:
            wrong = other[a : len(other) - rest]
            if _is_expression(wrong):
                return (a, b), wrong
    return None


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the expressions and the named arguments of a source stand; it is in ASCII, so columns are characters."""
    starts = [0, *itertools.accumulate(len(row) + 1 for row in text.split("\n"))]
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.expr | ast.keyword)]
    return [
        (starts[node.lineno - 1] + node.col_offset, starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0))
        for node in nodes
    ]


def _is_expression(text: str) -> bool:
    """Whether a text can stand where an expression or a named argument does."""
    try:
        found = ast.parse(f"f(\n{text}\n)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return isinstance(found, ast.Call) and isinstance(found.func, ast.Name) and bool(found.args or found.keywords)
