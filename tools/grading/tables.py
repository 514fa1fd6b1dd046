"""The tables that a teacher takes away: one of all notebooks, and what Moodle and Canvas import."""

import csv
import html
import io
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tools.grading.notebooks import Submission
from tools.grading.verdicts import Result
from utils.course import Lesson

Graded = list[tuple[Submission, Result]]
Rows = list[list[Any]]
IDENTIFIER, NAME, GRADE, COMMENTS = "Identifier", "Full name", "Grade", "Feedback comments"  # columns of Moodle's
MOST = "Maximum Grade"
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
EXCUSED = "EX"  # what Canvas has in the place of points
POINTS_POSSIBLE = "Points Possible"


class WorksheetError(ValueError):
    """A worksheet that cannot be filled in; the message says why, in one sentence."""


def tables(lesson: Lesson, graded: Graded) -> dict[str, Rows]:
    """{file name: rows, the head first}. A table for Moodle or Canvas holds those whom it knows by number, once each.

    Who handed in nothing that could be run has no points there rather than 0.
    """
    titles = list(dict.fromkeys(found.title for _, result in graded for found in result.found))
    grades: Rows = [["file", "name", "points", "of", "not run because", "seconds", *titles]]
    for one, result in graded:
        own = {found.title: found.points for found in result.found}
        row = [one.path, one.learner.name, result.points, result.of, result.problem, result.seconds]
        grades.append([*row, *(own.get(title, "") for title in titles)])
    moodle: Rows = [[IDENTIFIER, NAME, GRADE, "Last modified (grade)", COMMENTS]]
    for number, (one, result) in best(graded, "moodle").items():
        moodle.append([f"Participant {number}", one.learner.name, _points(result), "", feedback(result)])
    canvas: Rows = [[*CANVAS, lesson.title]]
    for number, (one, result) in best(graded, "canvas").items():
        canvas.append([one.learner.name, number, "", "", "", _points(result)])
    named = {"grades.csv": grades, "moodle.csv": moodle, "canvas.csv": canvas}
    return {name: [[_cell(value) for value in row] for row in rows] for name, rows in named.items() if len(rows) > 1}


def best(graded: Graded, where: str) -> dict[str, tuple[Submission, Result]]:
    """{number in Moodle or Canvas: the submission that counts}: the one with the most points of those that ran."""
    found: dict[str, tuple[Submission, Result]] = {}
    for one, result in graded:
        if number := getattr(one.learner, where):
            found[number] = max(found.get(number, (one, result)), (one, result), key=lambda pair: rank(pair[1]))
    return found


def rank(result: Result) -> tuple[bool, int]:
    """By which of several results of one learner the best one counts."""
    return bool(result.found), result.points


def feedback(result: Result) -> str:
    """What a learner is told in one text, a line for each task that is not right; in HTML, as Moodle reads comments."""
    missed = [one for one in result.found if one.status == "wrong" or (one.status != "right" and one.of)]
    lines = [f"{one.title}: {one.sentence}" for one in missed]
    return "<br>".join(html.escape(line, quote=False) for line in [*([result.problem] * bool(result.problem)), *lines])


def text_of(rows: Rows, delimiter: str = ",") -> str:
    """A table as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _points(result: Result) -> int | str:
    return result.points if result.found else ""


def _cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


@dataclass(frozen=True)
class Worksheet:
    """A table that Moodle or Canvas exported, to be filled in: all but the points and comments stays as it was.

    where: "moodle" or "canvas". column: of the points, as it is called there.
    """

    where: str
    rows: list[list[str]]
    column: str
    delimiter: str = ","
    mark: str = ""  # that of UTF-8 with which the file began

    @property
    def name(self) -> str:
        """The file name of the filled one."""
        return f"{self.where}.csv"

    def filled(self, graded: Graded) -> tuple["Worksheet", list[str]]:
        """The worksheet with the grades of those who handed in, and what is odd in it, as sentences."""
        head, *rows = self.rows
        known, filled = best(graded, self.where), [head]
        notes = [] if known else [f"No notebook's folder or file has a number of {self.where.title()}'s in its name."]
        column = head.index(self.column)
        for row in rows:
            held = known.pop(self._number(head, row), None)
            new = row
            if held and not self._may_be(head, row, held[0].learner.name):
                notes.append(f"{self._name(head, row)} there has the number of what {held[0].learner.name} handed in.")
            elif held and held[1].found and row[column].strip().upper() != EXCUSED:
                new = self._with(head, row, held[1])
            filled.append(new)
        notes += [f"{one.learner.name}, number {number}, is not in it." for number, (one, _) in known.items()]
        return replace(self, rows=filled), [*self._too_few(graded), *notes]

    def _number(self, head: list[str], row: list[str]) -> str:
        """By which the learner of a row is known; empty for a row of nobody."""
        if len(row) != len(head):
            return ""
        cell = row[head.index(IDENTIFIER if self.where == "moodle" else "ID")]
        return re.sub(r".*\D", "", cell)

    def _name(self, head: list[str], row: list[str]) -> str:
        return row[head.index(NAME)] if NAME in head else ""

    def _may_be(self, head: list[str], row: list[str], name: str) -> bool:
        """Whether the names have a word in common: those of Moodle's teams do not, whose numbers are no participants'.

        Canvas and a worksheet without names tell nothing.
        """
        words = [set(re.findall(r"\w+", text.casefold().replace("_", " "))) for text in (self._name(head, row), name)]
        return self.where == "canvas" or not words[0] or bool(words[0] & words[1])

    def _with(self, head: list[str], row: list[str], result: Result) -> list[str]:
        new = {self.column: str(result.points)}
        if self.where == "moodle":
            new[COMMENTS] = _cell(feedback(result))
        return [new.get(name, cell) for name, cell in zip(head, row, strict=True)]

    def _too_few(self, graded: Graded) -> list[str]:
        """What is to be told where the assignment has another number of points than the lesson."""
        most = max((result.of for _, result in graded), default=0)
        for row in self.rows[1:]:
            cells = dict(zip(self.rows[0], row, strict=False))
            if self.where == "canvas" and POINTS_POSSIBLE not in row[0]:
                continue
            possible = cells.get(MOST if self.where == "moodle" else self.column, "").replace(",", ".")
            if re.fullmatch(r"\d+(\.\d+)?", possible) and float(possible) != most:
                return [f"The assignment has {float(possible):g} points there, and {most} here."]
        return []


def read_worksheet(file: Path, lesson: Lesson, column: str = "") -> Worksheet:
    """The worksheet or gradebook in a file; column: its title in a gradebook of Canvas. Raises WorksheetError."""
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise WorksheetError(f"{file} is not UTF-8: take the file as it was downloaded.") from None
    mark, text = text[: text.startswith("\ufeff")], text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    head = rows[0] if rows else []
    if IDENTIFIER in head and GRADE in head:
        return Worksheet("moodle", rows, GRADE, delimiter, mark)
    if "ID" in head and head[0] in ("Student", "LastName"):
        return Worksheet("canvas", rows, _column(head, lesson, column), delimiter, mark)
    raise WorksheetError(
        f"{file} has neither the columns {IDENTIFIER} and {GRADE} of Moodle's grading worksheet nor Student and ID of "
        "Canvas's gradebook: download it again, with English as your language."
    )


def _column(head: list[str], lesson: Lesson, wanted: str) -> str:
    """The column of a lesson's assignment in Canvas's gradebook: "Title (number)". Raises WorksheetError."""
    columns = [name for name in head if re.fullmatch(r".+ \(\d+\)", name)]
    found = [name for name in columns if wanted in (name, name.rpartition(" (")[0])]
    if not wanted:
        found = [name for name in columns if len(columns) == 1 or lesson.title.casefold() in name.casefold()]
    if len(found) == 1:
        return found[0]
    raise WorksheetError(f"Which column is the assignment's? Add COLUMN=... with one of: {'; '.join(columns)}.")
