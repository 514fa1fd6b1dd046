"""The questions of a lesson's quiz: read from a notebook's cells which option was chosen, without running anything."""

import ast
import re
import warnings
from collections.abc import Iterator

from tools.grading.notebooks import Submission
from tools.grading.verdicts import Found
from utils.course import Lesson
from utils.judging import MISSING, judge_option
from utils.quiz import read_quiz
from utils.wording import plain, sentence


def found_of(lesson: Lesson, submission: Submission, worth: int) -> list[Found]:
    """What is found of each question, `worth` points each; none for a notebook whose numbers may mean other ones."""
    if submission.is_older:
        return []
    chosen = dict(answers(submission))
    found = []
    for quiz in read_quiz(lesson.file, submission.framework):
        verdict = judge_option(quiz, chosen.get(quiz.name, MISSING))
        text = plain(sentence(verdict, None)).partition(f"{quiz.name}: ")[2]
        title = f"Question {quiz.name.removeprefix('quiz_')}"
        points = worth if verdict.status == "right" else 0
        mistake = verdict.cause if verdict.status == "wrong" else ""
        found.append(Found(quiz.name, title, verdict.status, text, points, worth, mistake))
    return found


def answers(submission: Submission) -> Iterator[tuple[str, object]]:
    """(question, answer) of each check of one, in the order of the cells: the last answer is the one that counts."""
    for cell in submission.cells:
        for node in ast.walk(_tree(cell.source)):
            match node:
                case ast.Call(func=ast.Name("check"), args=[ast.Constant(str(name)), ast.Constant(answer), *_]):
                    if name.startswith("quiz_"):
                        yield name, answer


def _tree(source: str) -> ast.AST:
    """The syntax tree of a cell, without lines that only IPython reads; an empty one where it is no Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(re.sub(r"^(\s*)[%!?].*", r"\1pass", source, flags=re.MULTILINE))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])
