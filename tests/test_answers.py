"""Calling answers safely, and comparing and describing what they give."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from utils.answers import Answer, InputChanged, Seen, TimeUp, code_of, difference, load, same, see, time_limit

COURSE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def torch():
    return load("torch")


@pytest.fixture(scope="module")
def tf():
    return load("tensorflow")


# Seeing and comparing -------------------------------------------------------------------------------------------------


def test_numbers_of_every_kind_are_seen(torch, tf):
    values = [1.5, np.float32(1.5), np.array(1.5), torch.tensor(1.5), tf.constant(1.5), tf.Variable(1.5)]
    kinds = ["number", "number", "NumPy array", "PyTorch tensor", "TensorFlow tensor", "TensorFlow tensor"]
    assert [see(value).kind for value in values] == kinds
    assert all(see(value).data == 1.5 for value in values)


def test_tensors_with_gradient_and_bfloat16_are_seen(torch, tf):
    for value in [
        torch.ones(2, requires_grad=True),
        torch.nn.Parameter(torch.ones(2)),
        torch.ones(2, dtype=torch.bfloat16),
        tf.ones(2, tf.bfloat16),
    ]:
        assert see(value).data.tolist() == [1, 1]


def test_what_holds_no_numbers_is_seen(torch):
    assert see(None) == see(...) == Seen("nothing")
    assert see("text") == Seen("text", "text")
    assert see(int) == Seen("class", "int")
    assert see(len) == Seen("function", "len")
    assert see((None, ["a"])) == Seen("tuple", (Seen("nothing"), Seen("list", (Seen("text", "a"),))))
    assert [see(value).kind for value in ({}, np.array("a"), torch.nn.Linear(1, 1), 10**400)] == [
        "object of type dict",
        "object of type ndarray",
        "object of type Linear",
        "object of type int",
    ]


def test_what_was_seen_does_not_change_with_the_value(torch):
    array, tensor = np.zeros(2), torch.zeros(2)
    seen = see([array, tensor])
    array += 1
    tensor += 1
    assert same(seen, see([np.zeros(2), torch.zeros(2)]))


def test_values_agree_within_the_tolerance():
    assert same(see(1.0), see(1.0005))
    assert not same(see(1.0), see(1.0005), rtol=1e-4)
    assert same(see([1.0, (2.0,)]), see([1.0005, (2.0,)]))
    assert not same(see([1.0, (2.0,)]), see([1.0, (2.0005,)]), rtol=1e-4)
    assert not same(see([1.0]), see([1.0, 2.0]))
    assert same(see(np.nan), see(np.nan)) and same(see(np.inf), see(np.inf))
    assert same(see("a"), see("a")) and not same(see("a"), see("b"))


def test_a_list_will_do_for_a_tuple_but_not_a_tuple_for_a_list():
    assert same(see([1.0, [2.0]]), see((1.0, (2.0,))))
    assert not same(see((1.0, 2.0)), see([1.0, 2.0]))
    assert not same(see([1.0, 2.0]), see((1.0, 3.0)))


def test_kind_dtype_and_shape_must_agree(torch, tf):
    assert same(see(torch.ones(2)), see(torch.ones(2, dtype=torch.float64)))
    assert not same(see(torch.ones(2)), see(torch.ones(2, dtype=torch.int64)))
    assert not same(see(torch.ones(2)), see(torch.ones(2, 1)))
    assert not same(see(torch.ones(2)), see(np.ones(2)))
    assert not same(see(True), see(1))


def test_without_axes_a_number_is_as_good_as_a_tensor_but_not_as_the_other_frameworks(torch, tf):
    scalars = [see(1.0), see(np.array(1.0)), see(torch.tensor(1.0))]
    assert all(same(one, other) for one in scalars for other in scalars)
    assert not same(see(tf.constant(1.0)), see(torch.tensor(1.0)))
    text = difference(see(tf.constant(1.0)), see(torch.tensor(1.0)))
    assert text == "your result is a TensorFlow tensor; a PyTorch tensor is wanted."


@pytest.mark.parametrize(
    ("value", "wanted", "sentence"),
    [
        (None, 1.0, "your result is None: does the function end with `return` and the result?"),
        ("abc", "abd", "your result is 'abc', which is not what is wanted."),
        ((1.0, 2.0), (1.0, 3.0), "in part 2 of your result, your result has wrong values: it is 2, where 3 is right."),
        ([1.0], [1.0, 2.0], "your result has 1 parts; 2 are wanted."),
        ((1.0,), [1.0], "your result is a tuple; a list is wanted."),
        ([1.0], (2.0,), "in part 1 of your result, your result has wrong values: it is 1, where 2 is right."),
        (np.ones((2, 2)), np.eye(2), "your result has wrong values: at [0, 1] it is 1, where 0 is right."),
        (np.array([1, 2]), np.array([1, 3]), "your result has wrong values: at [1] it is 2, where 3 is right."),
        (np.nan, 1.0, "your result holds nan; every number should be finite."),
        (1.0, np.nan, "your result has wrong values: it is 1, where nan is right."),
        (True, False, "your result has wrong values: it is True, where False is right."),
    ],
)
def test_a_difference_is_told_in_one_sentence(value, wanted, sentence):
    assert difference(see(value), see(wanted)) == sentence


# Calling --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("framework", ["neutral", "pytorch", "tensorflow"])
def test_an_answer_gets_tensors_of_its_framework(framework):
    kinds = {"neutral": "NumPy array", "pytorch": "PyTorch tensor", "tensorflow": "TensorFlow tensor"}
    seen = Answer(lambda *given: [see(value) for value in given], framework)(np.ones(2), np.arange(2), 3, "text")
    assert [part.kind for part in seen] == [kinds[framework], kinds[framework], "number", "text"]
    assert seen[0].data.dtype == (np.float64 if framework == "neutral" else np.float32)
    assert seen[1].data.dtype == np.int64


def test_gradients_are_taken_for_a_variable(torch, tf):
    leaf = Answer(None, "pytorch").variable(np.ones(2))
    assert leaf.requires_grad and leaf.is_leaf
    assert isinstance(Answer(None, "tensorflow").variable(np.ones(2)), tf.Variable)


@pytest.mark.parametrize("framework", ["neutral", "pytorch"])
def test_a_changed_input_is_noticed_and_the_observers_array_kept(framework):
    def double(numbers):
        numbers *= 2

    array = np.ones(2)
    with pytest.raises(InputChanged):
        Answer(double, framework)(array)
    assert array.tolist() == [1, 1]


def test_code_is_the_same_wherever_it_was_typed():
    def typed(text):
        namespace = {}
        exec(text, namespace)
        return namespace["answer"]

    function = "def answer(x):\n    return x + 1"
    method = "class answer:\n    def step(self):\n        return [i for i in range(3)]"
    assert code_of(typed(function)) == code_of(typed("\n\n# a remark\n" + function))
    assert code_of(typed(function)) != code_of(typed(function.replace("1", "2")))
    assert code_of(typed(method)) == code_of(typed("\n" + method))
    assert code_of(typed(method)) != code_of(typed(method.replace("[i ", "[-i ")))
    assert code_of(3) is None


# The time limit -------------------------------------------------------------------------------------------------------


def test_the_time_limit_leaves_nothing_behind():
    before = signal.getsignal(signal.SIGALRM), sys.gettrace()
    for seconds in (0.05, 5):
        with contextlib.suppress(TimeUp), time_limit(seconds):
            time.sleep(0.1)
    assert (signal.getsignal(signal.SIGALRM), sys.gettrace()) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_outside_the_main_thread_there_is_no_limit():
    done = []

    def work():
        with time_limit(0.01):
            time.sleep(0.1)
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


# Importing ------------------------------------------------------------------------------------------------------------


def test_utils_import_no_framework_and_are_quick():
    code = (
        "import sys, time, numpy; start = time.process_time(); import utils, utils.check, utils.start;"
        "print(time.process_time() - start, {'torch', 'tensorflow', 'keras', 'sklearn'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE)
    seconds, _, loaded = ran.stdout.strip().partition(" ")
    assert loaded == "set()"
    assert float(seconds) < 0.3


def test_tensorflow_is_loaded_in_silence():
    code = "from utils.answers import load; load('tensorflow'); import sys; print('still here', file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "still here\n")


@pytest.mark.parametrize(
    ("before", "module", "loaded"),
    [
        ("", "torch", ["triton", "torch"]),
        ("", "tensorflow", ["triton", "tensorflow"]),
        ("import tensorflow; ", "torch", ["tensorflow", "torch"]),
    ],
)
def test_triton_is_loaded_before_tensorflow_and_never_after_it(before, module, loaded, tmp_path):
    for name in ("triton", "torch", "tensorflow"):  # made up: the course's own set-up has no Triton
        (tmp_path / f"{name}.py").write_text(f"print({name!r})")
    code = f"{before}from utils.answers import load; load({module!r})"
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE, env=environment)
    assert ran.stdout.split() == loaded
