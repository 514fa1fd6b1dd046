"""An answer that the judge calls from outside: what crosses, what a call changes, and what no honest sandbox sends."""

import contextlib
import json
import queue
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from tools.grading.calls import Peer, Raised
from tools.grading.verdicts import INSIDE, WATCHED, Grader, is_watched
from tools.grading.wire import Garbled
from utils.catalogue import tasks_of
from utils.course import course as lessons
from utils.data import Part
from utils.judging import Judge
from utils.settings import undisturbed

SUBJECTS = [lesson.subject for lesson in lessons()]


@contextlib.contextmanager
def called(answer):
    """The judge's stand-in for an answer that a thread holds as the sandbox does."""
    there, back = queue.Queue(), queue.Queue()

    def receive(line):
        return lambda: json.loads(line.get(timeout=300))

    sandbox = Peer(lambda one: back.put(json.dumps(one)), receive(there), lambda target, given, named: target(*given))
    judge = Peer(lambda one: there.put(json.dumps(one)), receive(back))

    def serve():
        sandbox.send({"answer": sandbox.pack(answer, [])})
        while "end" not in (message := sandbox.receive()):
            sandbox.answer(message)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield judge.unpack(judge.receive()["answer"])
    judge.send({"end": True})
    thread.join()


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, 3, 2**62, 0.1, float("inf"), "text", [1, [2.0]], (1, "a"), {"a": (1, 2)}, {1, 2}),
        *(np.arange(6.0).reshape(2, 3), np.zeros((0, 3)), np.ones((3, 2), np.int32), np.float32(0.5), np.array(2)),
        Part(np.arange(4.0), np.arange(4)),
    ],
)
def test_a_value_crosses_as_it_is(value):
    with called(lambda given: given) as answer:
        back = answer(value)
    assert type(back) is type(value)
    assert getattr(back, "dtype", None) == getattr(value, "dtype", None)
    np.testing.assert_equal(back, value)


def test_functions_cross_in_both_directions():
    with called(lambda function: lambda x: function(x) + 1) as answer:
        assert answer(lambda x: 10 * x)(2) == 21


def test_what_an_answer_changes_is_changed_for_its_caller():
    def change(array, numbers, kept):
        array[0] = 7
        numbers.append(4)

    array, numbers, kept = np.zeros(2), [3], np.ones(1)
    with called(change) as answer:
        answer(array, numbers, kept)
    assert (array.tolist(), numbers, kept.tolist()) == ([7, 0], [3, 4], [1])


def test_an_array_whose_shape_an_answer_changes_has_it_for_its_caller():
    def change(array):
        array.shape = (3, 2)

    array = np.arange(6.0)
    with called(change) as answer:
        answer(array)
    np.testing.assert_array_equal(array, np.arange(6.0).reshape(3, 2))


def test_an_error_of_an_answer_and_one_of_the_judge_arrive():
    def tell(function):
        try:
            function()
        except ValueError as error:
            return f"caught {error}"

    def refuse():
        raise ValueError("too few")

    with called(tell) as answer:
        assert answer(refuse) == "caught too few"
    with called(lambda: 1 / 0) as answer, pytest.raises(Raised) as raised:
        answer()
    assert raised.value.kind == "ZeroDivisionError"


def test_objects_stay_where_they_are():
    class Network:
        size = 3

        def __call__(self, x):
            return self.size * x

    with called(Network) as answer:
        network = answer()
        assert (network(2), network.size, callable(network)) == (6, 3, True)
        assert not hasattr(network, "weights")


def test_an_answer_may_call_from_several_threads():
    from multiprocessing.pool import ThreadPool

    with called(lambda function: ThreadPool(4).map(function, range(50))) as answer:
        assert answer(lambda x: x * x) == [x * x for x in range(50)]


@pytest.mark.parametrize(
    "reply",
    [
        *({"value": {"is": "network", "pickle": "gASVAAAA"}}, {"value": {"is": "yours", "number": 5}}),
        *({"value": {"is": "set", "parts": [{"is": "list", "parts": []}]}}, {"value": {"is": "object"}}),
        *({"value": None, "changed": [[9, None]]}, {"value": None, "changed": [[0, "text"]]}, {"raised": ["a"]}),
        {"value": {"is": "NumPy array", "dtype": "<f8", "shape": [10**6], "bytes": "AAAAAAAAAAA="}},
        *({"call": 7, "given": []}, {"call": 0, "given": [], "named": [1]}),
    ],
)
def test_what_no_honest_sandbox_sends_is_refused(reply):
    with pytest.raises(Garbled):
        Peer(lambda _: None, lambda: reply).call(0, (np.zeros(2),), {})


@pytest.mark.parametrize("name", ["\0", "\ud800", "", "a" * 10_000, "__class__"])
def test_an_object_may_have_any_name(name):
    held = {"is": "object", "number": 0, "name": name, "can": ["__call__", "__del__"]}
    made = Peer(print, print).unpack(held)
    assert callable(made)
    assert not hasattr(made, "__del__")


def test_the_sandbox_gets_no_attribute_of_the_judge():
    sent, replies = [], iter([{"get": 0, "name": "__globals__"}, {"value": 3}])
    judge = Peer(sent.append, lambda: next(replies))
    assert judge.call(0, (lambda: None,), {}) == 3
    assert sent[1] == {"missing": True}


def test_tasks_that_are_observed_inside_exist():
    names = {task.name for subject in SUBJECTS for task in tasks_of(subject)}
    assert {*INSIDE, *WATCHED} < names
    assert not {*INSIDE} & {*WATCHED}


@pytest.mark.slow
@pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_is_seen_from_outside_is_what_check_sees(subject, framework):
    """Of each solution, and of each other right answer and mistake of the tasks that take no training."""
    judge = Judge(subject, "neutral" if subject == "start_here" else framework)
    for task in [one for one in tasks_of(subject) if one.only in (None, framework) and one.name not in INSIDE]:
        entry, right = judge.entry(task), judge._solution(task)
        grader = SimpleNamespace(judges={task.name: judge}, right={task.name: right}, limits={task.name: 60})
        names = [task.name] if task.recorded else [name for name in entry.functions if not name.endswith("__starter")]
        for name in names:
            with called(entry.answer(name)) as answer, undisturbed():
                own = Grader._observed(grader, task, lambda: answer)
            seen = judge.observed_once(task, name, None if name == task.name else right)
            outside, usual = (judge._compared(task, one, right, {}) for one in (own, seen))
            if is_watched(task):
                assert usual.status != "right" or outside.status == "right", name
            else:
                assert (outside.status, outside.mistake) == (usual.status, usual.mistake), name
