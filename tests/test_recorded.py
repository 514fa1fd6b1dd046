"""What is recorded of solutions and mistakes comes back as it was seen, and makes no slow machine's answer late."""

import dataclasses
import time

import numpy as np
import pytest

from utils import recorded
from utils.catalogue import tasks_of
from utils.judging import Judge
from utils.looking import same, see
from utils.recorded import Recorded, read_recorded, write_recorded


def work(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_is_written_is_read_again(tmp_path, monkeypatch):
    monkeypatch.setattr(recorded, "TASKS", tmp_path)
    (tmp_path / "lesson" / "task").mkdir(parents=True)
    values = [np.array([[1.5, np.nan], [np.inf, -0.1]], np.float32), True, "a text", (np.arange(3), [None, "b"])]
    right = Recorded(["one", "two", "three", "four"], [see(value) for value in values], 0.5)
    wrong = Recorded(["one", "two"], [see(values[0]), see(False)], 0.1)
    write_recorded("lesson", "task", "pytorch", {"task": right, "task__wrong": wrong})
    write_recorded("lesson", "task", "tensorflow", {"task": wrong})
    for framework, function, kept in [
        ("pytorch", "task", right),
        ("pytorch", "task__wrong", wrong),
        ("tensorflow", "task", wrong),
    ]:
        found = read_recorded("lesson", "task", framework)[function]
        assert (found.tried, found.seconds) == (kept.tried, kept.seconds)
        assert all(same(one, other, rtol=0, atol=0) for one, other in zip(found.seen, kept.seen, strict=True))
        assert [one.kind for one in found.seen] == [one.kind for one in kept.seen]
    assert read_recorded("lesson", "task", "neutral") == {}


@pytest.mark.parametrize("seconds", [0.5, 1000])
def test_on_a_slow_machine_the_limit_is_that_of_the_solution_there(seconds, monkeypatch):
    """The record was made by a machine that was so much faster; an endless answer is stopped all the same."""
    [task] = [task for task in tasks_of("tensors") if task.name == "minimise"]
    task = dataclasses.replace(task, seconds=0.3)
    judge = Judge("tensors", "pytorch")
    solution = judge.entry(task).solution

    def slow(*arguments):
        work(0.1)
        return solution(*arguments)

    def answer(*arguments):
        work(seconds)
        return solution(*arguments)

    judge.entry(task).functions["minimise"] = slow
    verdict = judge.judge(task, answer, {}, set())
    assert (verdict.status, verdict.cause) == (("right", "right") if seconds < 1 else ("wrong", "time"))
