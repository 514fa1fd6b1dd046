"""Looking at values and code, comparing them, and telling how they differ."""

import numpy as np
import pytest

from utils.calling import load
from utils.looking import Seen, code_of, difference, same, see
from utils.wording import describe


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
    text = describe(difference(see(tf.constant(1.0)), see(torch.tensor(1.0))))
    assert text == "your result is a TensorFlow tensor; a PyTorch tensor is wanted."


@pytest.mark.parametrize(
    ("value", "wanted", "sentence"),
    [
        (None, 1.0, "your result is None: does the function end with `return` and the result?"),
        ("abc", "abd", "your result is 'abc', where 'abd' is right."),
        ((1.0, 2.0), (1.0, 3.0), "part 2 of your result is 2, where 3 is right."),
        ([1.0], [1.0, 2.0], "your result has 1 part; 2 are wanted."),
        ((1.0,), [1.0], "your result is a tuple; a list is wanted."),
        ([1.0], (2.0,), "part 1 of your result is 1, where 2 is right."),
        (np.ones((2, 2)), np.eye(2), "your result has 2 wrong values of 4: at [0, 1] it is 1, where 0 is right."),
        (np.array([1, 2]), np.array([1, 3]), "your result has 1 wrong value of 2: at [1] it is 2, where 3 is right."),
        (np.nan, 1.0, "your result holds nan; every number should be finite."),
        (1.0, np.nan, "your result is 1, where nan is right."),
        (True, False, "your result is True, where False is right."),
    ],
)
def test_a_difference_is_told_in_one_sentence(value, wanted, sentence):
    assert describe(difference(see(value), see(wanted))) == sentence


# Code -----------------------------------------------------------------------------------------------------------------


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


def test_numbers_that_differ_late_are_told_with_more_digits():
    own, right = (see(np.array([0.5, number])) for number in (0.9526, 0.95257413))
    assert describe(difference(own, right, rtol=1e-6)).endswith("it is 0.9526, where 0.95257413 is right.")
