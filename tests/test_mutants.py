"""A catalogued sentence stands only where a reader has seen that it is true: of small changes of the solutions.

`reviewed_mutants.json` holds the changes that get a sentence. A change that is new there, since a task, a sentence or
an observation changed, fails. Read it, mend the observation where the sentence is not true of it, then write the file
anew with `ACCEPT=1 pytest tests/test_mutants.py`.
"""

import contextlib
import io
import json
import os
from pathlib import Path

import pytest
from mutants import mutants
from test_tasks import cases, imported

from utils.catalogue import Task

REVIEWED = Path(__file__).parent / "reviewed_mutants.json"
LONGEST = 15  # seconds of a task whose mutants are tried


def short(case):
    _, task = case.values
    return not task.value and not task.recorded and task.seconds <= LONGEST


CASES = [case for case in cases(Task) if short(case)]


def diagnosed(session, task):
    """{mistake: the changes of the solution that get its sentence}."""
    known = dict(imported(session.lesson, session.framework))
    for other in session.tasks.values():  # what a learner has solved before
        if isinstance(other, Task) and not other.value and other is not task:
            known[other.name] = session.entry(other).functions[other.name]
    session.solved = set(session.tasks) - {task.name}
    found = {}
    for change, source in mutants(session.source(task)):
        namespace = dict(known)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            exec(source, namespace)
            verdict = session.judge(task.name, namespace=namespace)
            if verdict.cause == "mistake":
                found.setdefault(verdict.mistake, []).append(change)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("session", "task"), CASES)
def test_a_sentence_is_true_of_each_change_that_gets_it(session, task):
    held = json.loads(REVIEWED.read_text(encoding="utf-8"))
    found, key = diagnosed(session, task), f"{session.framework} {task.name}"
    if os.environ.get("ACCEPT"):
        text = json.dumps(held | {key: found}, indent=1, sort_keys=True, ensure_ascii=False)
        REVIEWED.write_text(text + "\n", encoding="utf-8", newline="\n")
        return
    if key not in held:
        pytest.skip("no reader has judged the changes of this task yet")
    for mistake, changes in found.items():
        new = set(changes) - set(held.get(key, {}).get(mistake, []))
        assert not new, f"is this true of each of them? {session.entry(task).mistakes()[mistake]}"
