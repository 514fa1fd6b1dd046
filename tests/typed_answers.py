"""Answers that learners typed into the tasks, and what each is judged to be: tests/typed_answers.jsonl holds them.

An answer may use names that cells above its task define. Of those cells only the ones that it needs are run, in the
order of the notebook, so that no answer waits for a training that it does not use.
"""

import ast
import builtins
import contextlib
import functools
import io
import json
from pathlib import Path

from conftest import type_in
from test_tasks import session_of

from tools.source import LessonError, cells_of, read_lesson  # noqa: F401
from utils.catalogue import Task
from utils.check import Session
from utils.course import LESSONS

FILE = Path(__file__).with_suffix(".jsonl")


def typed_answers():
    """The answers: dicts with lesson, framework, task, kind ("right" or "wrong"), code and, where known, false words."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def verdict_on(lesson, framework, task, code):
    """The Verdict on `code`, typed into the cell of a task by a learner who has solved all tasks before."""
    session = session_of(lesson, framework)
    session.solved = set(session.tasks) - {task}
    session.attempts[task].tries = 0
    namespace = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for source in cells_for(lesson, framework, task, code):
            exec(compile(source, f"<a cell of {lesson}>", "exec"), namespace)
        for other in names_used(code) & session.tasks.keys() - {task}:
            namespace[other] = session.entry(session.tasks[other]).functions[other]
        type_in(code, namespace)
    return session.judge(task, namespace=namespace)


def cells_for(lesson, framework, task, code):
    """The sources of those cells above a task that `code` needs, in order."""
    cells = cells_above(lesson, framework, task)
    wanted, found = names_used(code), []
    for source, defined, used in reversed(cells):
        if defined & wanted:
            wanted = wanted - defined | used
            found.insert(0, source)
    return found


@functools.cache
def cells_above(lesson, framework, task):
    """(source, names that it defines, names that it uses) of the code cells above a task, answers to tasks left out."""
    found = []
    for cell in cells_of(read_lesson(LESSONS / f"{lesson}.md"), framework):
        if cell.kind != "code":
            continue
        if f'check("{task}")' in cell.source:
            return found
        if "task" not in cell.tags:
            found.append((cell.source, names_defined(cell.source), names_used(cell.source)))
    raise LookupError(f"{lesson} has no task {task} in {framework}")


def names_defined(source):
    """The names that a cell binds at its top level, or whose value it may change there (`model.weight = ...`)."""
    found = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            found |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return found


def names_used(source):
    """The names that a cell or an answer reads."""
    names = {n.id for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    return names - set(vars(builtins))
