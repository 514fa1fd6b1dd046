"""Answers that learners typed into the tasks, and what each is judged to be: tests/typed_answers.jsonl holds them.

An answer may use names that cells above its task define. Of those cells only the ones that it needs are run, in the
order of the notebook, so that no answer waits for a training that it does not use.
"""

import builtins
import contextlib
import dis
import functools
import io
import json
import sys
import types
from pathlib import Path
from unittest import mock

from conftest import type_in
from test_tasks import session_of

from tools.source import cells_of, read_lesson
from utils.course import LESSONS

FILE = Path(__file__).with_suffix(".jsonl")


def typed_answers():
    """The answers: dicts of lesson, framework, task, kind ("right" or "wrong"), code, and false words if any."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def verdict_on(lesson, framework, task, code):
    """The Verdict on `code`, typed into the cell of a task by a learner who has solved all tasks before."""
    session = session_of(lesson, framework)
    session.solved = set(session.tasks) - {task}
    session.attempts[task].tries = 0
    commands = {name: getattr(session, name) for name in ("check", "hint", "solution", "progress")}
    namespace = {"__name__": "__main__", **commands}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for source in cells_for(lesson, framework, task, code):
            with settings_left_alone():
                exec(compile(source, f"<a cell of {lesson}>", "exec"), namespace)
        for other in names_used(code) & session.tasks.keys() - {task}:
            namespace[other] = session.entry(session.tasks[other]).functions[other]
        type_in(code, namespace)
    return session.judge(task, namespace=namespace)


@contextlib.contextmanager
def settings_left_alone():
    """Let a cell set threads and devices in vain: TensorFlow takes that only before it computes."""
    tf = sys.modules.get("tensorflow")
    if tf is None:
        yield
        return
    threads = mock.patch.object(tf.config.threading, "set_intra_op_parallelism_threads")
    with threads, mock.patch.object(tf.config, "set_logical_device_configuration"):
        yield


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
    for cell in cells_of(cells_in(lesson), framework):
        if cell.kind != "code":
            continue
        if f'check("{task}")' in cell.source:
            return found
        if "task" not in cell.tags:
            found.append((cell.source, names_defined(cell.source), names_used(cell.source)))
    raise LookupError(f"{lesson} has no task {task} in {framework}")


@functools.cache
def cells_in(lesson):
    return read_lesson(LESSONS / f"{lesson}.md")


def names_defined(source):
    """The names that a cell binds at its top level."""
    return {step.argval for step in dis.get_instructions(compiled(source)) if step.opname == "STORE_NAME"}


def names_used(source):
    """The names that a cell or an answer, with its functions, takes from the notebook."""
    waiting, found = [compiled(source)], set()
    while waiting:
        code = waiting.pop()
        steps = dis.get_instructions(code)
        found |= {step.argval for step in steps if step.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
        waiting += [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]
    return found - set(vars(builtins))


def compiled(source):
    return compile(source, "<cell>", "exec")
