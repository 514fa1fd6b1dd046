"""Places where one change makes an answer right: where told, it is so; the changed function is never told itself."""

import time

import pytest
from conftest import type_in
from test_tasks import imported, session_of

from utils.judging import Verdict
from utils.nearly import places, variants
from utils.quiz import Option
from utils.wording import sentence

SLIPS = {
    "def f(x, y):\n    return x - y": (lambda x, y: y - x, "x - y", "order"),
    "def f(x, y):\n    return x - 2 + y": (lambda x, y: x - (2 + y), "x - 2 + y", "operation"),
    "def f(x, y):\n    return x * y + 7": (lambda x, y: x * (y + 7), "x * y + 7", "which operation comes first"),
    "def f(x, y):\n    return x + y + 1": (lambda x, y: x + y, "x + y + 1", "too much"),
    "def f(x, y):\n    return abs(x - y)": (lambda x, y: x - y, "abs(x - y)", "call"),
    "def f(x, y):\n    return x ** 3 + y": (lambda x, y: x**2 + y, "3", "number"),
    "def f(x, y):\n    return x ^ y": (lambda x, y: x**y, "^", "power"),
    "def f(x, y):\n    return 1 + x ^ 2 + y ^ 2": (lambda x, y: 1 + x**2 + y**2, "^", "power"),
    "def f(x, y):\n    return 2 * x + x": (lambda x, y: 2 * x + y, "x", "variable"),
    "def f(x, y):\n    return x >= y": (lambda x, y: x > y, "x >= y", "comparison"),
    "def f(x, y):\n    x = y + 1\n    return x * y": (lambda x, y: x * y, "x = y + 1", "line needed"),
    "def f(x, y):\n    t = 0\n    for i in range(x):\n        t += i * y\n        return t": (
        lambda x, y: sum(i * y for i in range(x)),
        "return t",
        "belong inside the block",
    ),
}
TRIED = [(3, 2), (2, 5), (4, 4), (5, 3), (3, 3), (2, 7)]


def typed(source):
    namespace = {}
    type_in(source, namespace)
    return namespace["f"]


def as_good_as(right):
    def passes(other):
        try:
            return all(other(*pair) == right(*pair) for pair in TRIED)
        except Exception:
            return False

    return passes


def always():
    return True


@pytest.mark.parametrize("source", SLIPS)
def test_the_place_of_a_slip_is_found(source):
    right, shown, question = SLIPS[source]
    place = next(places(typed(source), as_good_as(right), always))
    assert place.shown == shown and question in place.question
    assert shown in source.splitlines()[place.line - 1]


def test_each_line_where_one_change_helps_is_found_and_none_is_called_the_slips():
    answer = typed("def f(x, y):\n    t = x + x\n    return y - t")
    found = list(places(answer, as_good_as(lambda x, y: y - x), always))
    found.sort(key=lambda place: place.line)
    assert [place.line for place in found] == [2, 3]
    verdict = Verdict("f", "wrong", "option", about=Option("a", "", False, "No."), places=found)
    assert "in line 2 or of `" in sentence(verdict) and sentence(verdict).endswith("in line 3. Which is meant?")


def test_a_minus_put_in_elsewhere_is_no_second_place():
    answer = typed("def f(x, y):\n    t = 2 * y\n    return (y - x) / t")
    found = list(places(answer, as_good_as(lambda x, y: (x - y) / (2 * y)), always))
    assert [place.line for place in found] == [3]


def test_nothing_is_told_where_no_single_change_helps():
    assert list(places(typed("def f(x, y):\n    return 3 * x - 7 * y"), lambda other: False, always)) == []


def test_the_search_ends_when_it_is_told_to():
    tried = []
    list(places(typed("def f(x, y):\n    return x * y + 3"), tried.append, lambda: len(tried) < 2))
    assert len(tried) == 2


@pytest.mark.parametrize("answer", [print, 3, lambda x: x, type("Net", (), {}), (lambda y: lambda x: x + y)(1)])
def test_what_is_no_plain_function_is_left_alone(answer):
    assert list(places(answer, lambda other: True, always)) == []


def test_a_change_of_a_right_answer_is_named_by_its_signs():
    source = "def f(x, y):\n    t = (x - y).mean(axis=1, keepdims=True)\n    return -t ** 2 if x < y else t[0]"
    told = {words for words, _ in variants(typed(source))}
    assert told >= {
        "with `+` in place of `-`",
        "with the two sides of its `-` exchanged",
        "with one side of its `-` left out",
        "with `axis=0` in place of `axis=1`",
        "without its `keepdims=True`",
        "with `sum` in place of `mean`",
        "without its `mean`",
        "with `3` in place of `2`",
        "without its minus",
        "with `<=` in place of `<`",
        "without one of its lines",
        "with two of its lines exchanged",
    }


def test_an_answer_in_another_shape_is_told_by_a_right_one_with_one_change():
    session = session_of("00_start_here", "neutral")
    text = session.judge("mean_squared_error", lambda p, t: ((p - t) ** 3).mean()).text
    assert "\n  A right answer gives the same with `3` in place of `2`." in text
    again = session.judge("mean_squared_error", lambda p, t: ((p - t) ** 3).mean()).text  # from what is kept
    assert "with `3` in place of `2`." in again
    assert "A right answer" not in session.judge("mean_squared_error", lambda p, t: abs(p - t).max()).text


def test_an_answer_and_its_names_stay_as_they_were():
    namespace = {"factor": 3}
    type_in("def f(x, y):\n    global factor\n    factor = x\n    return x - y", namespace)
    before = namespace["f"]
    list(places(before, lambda other: other(1, 2) == 1, always))
    assert namespace["f"] is before and namespace["factor"] == 3


@pytest.mark.parametrize(
    ("lesson", "framework", "task", "slip"),
    [
        ("02_training", "pytorch", "line_step", ("** 2)", "** 3)")),
        ("04_high_level", "pytorch", "parameter_count", ("size * size + 1", "size * size + 2")),
        ("06_overfitting", "pytorch", "decompose", ("- truth", "+ truth")),
    ],
)
def test_slips_in_real_tasks_are_found(lesson, framework, task, slip):
    session = session_of(lesson, framework)
    source = session.source(session.tasks[task])
    assert source.count(slip[0]) == 1
    line = source[: source.index(slip[0])].count("\n") + 1
    namespace = dict(imported(lesson, framework))
    type_in(source.replace(*slip), namespace)
    verdict = session.judge(task, namespace=namespace)
    typed = source.replace(*slip).split("\n")[line - 1].strip()
    assert f"Line {line}, `{typed}`: one change of" in verdict.text or f"in line {line}" in verdict.text


def test_an_endless_change_is_given_up():
    """`while n > 1: n -= 1` may become an endless loop by a change of its sign; the check answers all the same."""
    session = session_of("00_start_here", "neutral")
    namespace = {}
    type_in(
        "def gradient_step(parameter, gradient, learning_rate):\n    n = 3\n    while n > 1:\n        n -= 1\n"
        "    return parameter + 2 * learning_rate * gradient",
        namespace,
    )
    start = time.process_time()
    assert session.judge("gradient_step", namespace=namespace).status == "wrong"
    assert time.process_time() - start < 30
