"""A closer look at a wrong function: what is told of its values and arguments is so, and its run is left as it was."""

import importlib
import sys

import numpy as np
import pytest
from conftest import type_in
from test_tasks import imported, session_of

from utils import judging
from utils.closer import parting, steps, telling, unused
from utils.looking import see

TABLE = np.array([[0.2, -1.5, 3.0], [2.5, 0.7, -0.4]])


def typed(source):
    namespace = {"np": np}
    type_in(source, namespace)
    return namespace["f"]


def seen(source, *given):
    return steps(typed(source), lambda function: function(*given))


SOFTMAX = "def f(x):\n    e = np.exp(x)\n    return e / e.sum(axis=1, keepdims=True)"


def parts_at(source):
    found = parting(seen(source, TABLE), seen(SOFTMAX, TABLE), [TABLE])
    return found and (found[0].code, found[1].code, found[1].line)


def test_each_expression_is_noted_with_its_line_and_first_value():
    found = seen("def f(x):\n    for i in range(3):\n        y = x * (i + 1)\n    return y.sum(axis=0) - 1", TABLE)
    told = {step.code: (step.line, step.value.data.shape) for step in found}
    assert told == {
        "i + 1": (3, ()),
        "x * (i + 1)": (3, (2, 3)),
        "y.sum(axis=0)": (4, (3,)),
        "y.sum(axis=0) - 1": (4, (3,)),
    }
    assert np.array_equal(found[1].value.data, TABLE)


@pytest.mark.parametrize(
    ("source", "place"),
    [
        (SOFTMAX.replace("axis=1, keepdims=True", "axis=0"), ("np.exp(x)", "e.sum(axis=0)", 3)),
        ("def f(x):\n    e = np.exp(x)\n    e = e + 1\n    return e / 7", ("np.exp(x)", "e + 1", 3)),
        ("def f(x):\n    return np.exp(x) / np.square(x).sum()", ("np.exp(x)", "np.square(x)", 2)),
        ("def f(x):\n    return np.tanh(x)", None),  # nothing in common
        ("def f(x):\n    return 3 * np.exp(x)", None),  # a multiple may still become right
        (SOFTMAX, None),
    ],
)
def test_an_answer_parts_from_right_ones_at_its_first_value_of_another_kind(source, place):
    assert parts_at(source) == place


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x.nothing",
        "def f(x):\n    raise SystemError",
        "def f(x):\n    match x.size:\n        case -1:\n            return x",
        "f = lambda x: x + 1",
        "f = np.exp",
    ],
)
def test_a_function_that_cannot_be_followed_has_no_values(source):
    assert seen(source, TABLE) == []


def test_an_argument_without_a_say_is_found():
    right = lambda x, y, rate: x - rate * y  # noqa: E731
    given = (TABLE, TABLE + 1, 0.1)
    assert unused(lambda x, y, rate: x - y, right, given) == [2]
    assert unused(lambda x, y, rate: x, right, given) == [1, 2]
    assert unused(lambda x, y, rate: rate * y + x, right, given) == []
    assert unused(lambda x, y, rate: x if rate < 0.2 else 1 / 0, right, given) == [1]
    assert unused(lambda x, labels: x, lambda x, labels: x[labels], (TABLE, np.array([0, 1]))) == [1]


def text_of(lesson, framework, task, source):
    namespace = dict(imported(lesson, framework))
    type_in(source, namespace)
    return session_of(lesson, framework).judge(task, namespace=namespace).text


def test_a_check_tells_both():
    source = "def mean_squared_error(predictions, targets):\n    return (predictions**2).mean()"
    text = text_of("00_start_here", "neutral", "mean_squared_error", source)
    assert " With other numbers in `targets` it stays the same, though the right one changes." in text
    source = (
        "def softmax(logits):\n    z = logits - logits.max(dim=1, keepdim=True).values\n    e = torch.exp(z)\n"
        "    s = e.sum(dim=0)\n    return e / (s + 1)"
    )
    text = text_of("01_tensors", "pytorch", "softmax", source)
    assert "\n  `torch.exp(z)` comes up in a right answer too; `e.sum(dim=0)` in line 4, of shape (3,), is" in text
    source = "def softmax(logits):\n    return torch.log(torch.exp(logits).sum(dim=1, keepdim=True)).expand(2, 3)"
    assert "comes up" not in text_of("01_tensors", "pytorch", "softmax", source)


@pytest.mark.parametrize(
    ("numbers", "is_telling"),
    [
        ([0.0, 1.0, 1.0], False),
        ([-1.0, 0.0, 1.0], False),
        ([0.123, 1.0], True),
        ([2.0, 0.0, -3.0], True),
        ([2.0], False),
    ],
)
def test_zeros_and_ones_may_agree_by_accident(numbers, is_telling):
    assert telling(see(np.array(numbers))) == is_telling


def test_a_closer_look_loads_nothing_slow(monkeypatch):
    monkeypatch.setattr(judging._Refusing, "SLOW", ("colorsys",))
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with judging.quick_imports(), pytest.raises(ImportError):
        importlib.import_module("colorsys")
    assert importlib.import_module("colorsys")
