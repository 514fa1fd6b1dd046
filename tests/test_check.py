"""The engine behind the tasks, on the made-up lesson 99: every status, every message, every bad input."""

import dataclasses
import functools
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import types
from pathlib import Path

import nbclient
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from utils.calling import load
from utils.check import Session

COURSE = Path(__file__).resolve().parent.parent


@pytest.fixture
def session(made_up_lesson):
    return Session("99_made_up", "neutral")


@pytest.fixture
def torch():
    return load("torch")


def right(numbers):
    return numbers + numbers


def wrong(numbers):
    return numbers * 3


def also_wrong(numbers):
    return numbers * 5


# Right answers and catalogued mistakes --------------------------------------------------------------------------------


def test_a_right_answer_is_counted_once(session):
    for _ in range(2):
        verdict = session.judge("double", right)
        assert (verdict.status, verdict.text) == ("right", "✓ double: right.  (1 of 7 solved)")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (lambda numbers: numbers * numbers, "this is the square."),
        (lambda numbers: float(numbers.sum()), "the numbers are summed up."),
        (lambda numbers: np.multiply(numbers, 2, out=numbers), "your code changes `numbers` itself."),
    ],
)
def test_a_typical_mistake_gets_its_own_sentence(session, answer, sentence):
    verdict = session.judge("double", answer)
    assert (verdict.status, verdict.text) == ("wrong", f"✗ double: {sentence}")


def test_another_way_of_making_a_mistake_gets_the_same_sentence(session):
    assert session.judge("double", lambda numbers: numbers.sum(keepdims=True)).text == (
        "✗ double: the numbers are summed up."
    )


def test_solved_once_is_solved(session):
    session.judge("double", right)
    session.judge("double", wrong)
    assert session.solved == {"double"}


def test_an_array_that_is_changed_between_observations_is_seen_as_it_was(session):
    class Counter:
        def __init__(self):
            self.count = 0

        def step(self):
            self.count += 1
            return np.full(2, float(self.count))

    class Stuck:
        def step(self):
            return np.zeros(2)

    assert session.judge("Counter", Counter).status == "right"
    assert session.judge("Counter", Stuck).text == "✗ Counter: the count never grows."


def test_a_mistake_of_one_framework_is_not_looked_for_in_the_other(session, torch):
    other = Session("99_made_up", "pytorch")
    assert list(other.entry(other.tasks["double"]).mistakes()) == ["square", "sum", "in_place", "halved"]
    assert list(session.entry(session.tasks["double"]).mistakes()) == ["square", "sum", "in_place"]


def test_a_value_may_be_the_answer(session):
    assert session.judge("best", 8).status == "right"
    assert session.judge("best", 7).text == "✗ best: this one is odd."
    assert session.judge("best", 6).text.startswith("✗ best: your result is 6, where 8 is right.")
    assert session.judge("best", "8").text.startswith("✗ best: your result is a text; a number is wanted.")


def test_parts_are_named_and_compared_with_the_tolerance_of_the_task(session):
    nearly = session.judge("parts", lambda numbers: (numbers.sum() + 1e-6, [numbers]))
    assert nearly.text.startswith("✗ parts: Tried with the numbers 1 and 3: part 1 of your result is")
    assert session.judge("parts", lambda n: ([n], n.sum())).text.startswith("✗ parts: the two parts are swapped.")
    assert "has 1 part; 2 are wanted" in session.judge("parts", lambda n: (n,)).text


# Nothing to judge yet -------------------------------------------------------------------------------------------------


def empty(numbers): ...


def passed(numbers):
    """What it should do."""
    pass


def returns_none(numbers):
    return None


def unchanged_starter(numbers):
    return numbers - 2


def imports_only(numbers):
    import math  # noqa: F401
    from math import exp, log  # noqa: F401

    ...


@pytest.mark.parametrize("answer", [None, ..., empty, passed, returns_none, imports_only, functools.cache(empty)])
def test_an_unwritten_answer_is_not_judged(session, answer):
    verdict = session.judge("double", answer)
    assert (verdict.status, verdict.text) == ("open", "○ double: not written yet.")


def test_an_answer_that_was_never_defined_is_not_written_yet(session):
    assert session.judge("double", namespace={}).text == "○ double: not written yet."


def test_a_misspelt_answer_is_pointed_at(session):
    verdict = session.judge("double", namespace={"duble": right, "doubles": 3, "other": wrong})
    assert (verdict.status, verdict.text) == (
        "open",
        "○ double: not written yet. There is a function `duble`: is that your answer? Then call it `double`.",
    )


def test_a_starter_with_code_in_it_is_not_written_yet(session):
    assert session.judge("mended", unchanged_starter).text == "○ mended: not written yet."
    assert session.judge("mended", right).status == "right"


def test_the_answer_is_looked_up_by_its_name(session):
    assert session.judge("double", namespace={"double": right}).status == "right"


def test_a_task_that_builds_on_another_waits_for_it(session):
    halve = lambda numbers: numbers / 2  # noqa: E731
    assert session.judge("half", halve).text == "○ half: this task builds on double; do that one first."
    session.judge("double", right)
    assert session.judge("half", halve).status == "right"


def test_a_translation_is_skipped_where_the_other_framework_is_missing(made_up_lesson, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    session = Session("99_made_up", "pytorch")
    verdict = session.judge("translated", right)
    skipped = "○ translated: skipped, because TensorFlow is not installed here."
    assert (verdict.status, verdict.text) == ("skipped", skipped)
    session.solution("translated")
    session.hint("translated")
    assert capsys.readouterr().out == f"{skipped}\nHint 1 of 2: Translate.\n"


def test_a_translation_is_judged_in_the_other_framework(made_up_lesson, torch):
    session = Session("99_made_up", "pytorch")
    assert session.judge("translated", lambda x: x + x).status == "right"
    assert session.judge("translated", lambda x: x * x).text == "✗ translated: this is the square."
    own_framework = session.judge("translated", lambda x: torch.tensor(x.numpy()) * 2).text
    assert "your result is a PyTorch tensor; a TensorFlow tensor is wanted." in own_framework


# Bad input ------------------------------------------------------------------------------------------------------------


def raises(numbers):
    return numbers[7]


def loops(numbers):
    while True:
        pass


def sleeps(numbers):
    time.sleep(1e6)


def swallows(numbers):
    while True:
        try:
            time.sleep(1e6)
        except:  # noqa: E722
            print("again")


def swallows_in_a_helper(numbers):
    while True:
        try:
            sleeps(numbers)
        except BaseException:
            print("again")
        finally:
            print("and again")


def recurses(numbers):
    return recurses(numbers)


def holds_itself(numbers):
    items = []
    items.extend([items] * 3)
    return items


def breaks(error):
    def answer(numbers):
        raise error

    return answer


BAD_ANSWERS = {
    "text": ("12", "double is a text ('12'); write it with `def double(...):`."),
    "number": (12, "double is a number (12); write it with `def double(...):`."),
    "array": (np.zeros(3), "double is a NumPy array; write it with `def double(...):`."),
    "list": ([1], "double is a list; write it with `def double(...):`."),
    "wrong shape": (lambda n: n[:2] * 2, "your result is right but for its end: the last entry is missing."),
    "extra axis": (
        lambda n: n[:, None] * 2,
        "the numbers are right, but your result has the shape (3, 1) where (3,) is right.",
    ),
    "wrong dtype": (
        lambda n: (n * 2).astype(int),
        "your result holds integers (int64); floating-point numbers are wanted.",
    ),
    "booleans": (lambda n: n > 2, "your result holds booleans (bool); floating-point numbers are wanted."),
    "nan": (lambda n: n * np.nan, "your result holds nan; every number should be finite."),
    "inf": (lambda n: n / 0, "your result holds inf; every number should be finite."),
    "wrong value": (lambda n: n * [2, 2, 3], "only one entry is wrong: at [2] it is 9, where 6 is right."),
    "wrong values": (lambda n: n * [2.5, 3, 7], "your result has 3 wrong values of 3: at [2] it is 21, where 6 is"),
    "last value": (lambda n: n * [2.5, 3, 2], "only the last number is right: at [1] it is 6, where 4 is right."),
    "first value": (lambda n: n * [2, 3, 5], "the first number is right, the next not: entry 2 is 6"),
    "number for array": (lambda n: 1.0, "your result is a single number; wanted is of shape (3,)."),
    "always the same": (lambda n: 1.0, "For a table of shape (2, 2) it is the same. Does your function use what"),
    "random": (lambda n: n * np.random.rand(), "Tried once more with the same, it is another one. Is a random number"),
    "list for array": (lambda n: list(n * 2), "your result is a list; a NumPy array is wanted."),
    "text for array": (lambda n: "<script>", "your result is a text; a NumPy array is wanted."),
    "None later": (lambda n: None if n.ndim else n, "your result is None: does the function end with `return`"),
    "dict": (lambda n: {"n": n}, "your result is an object of type dict; a NumPy array is wanted."),
    "generator": (lambda n: (i for i in n), "your result is an object of type generator; a NumPy array is wanted."),
    "holds itself": (holds_itself, "your result is a list; a NumPy array is wanted."),
    "no parameters": (lambda: 1, "cannot be called the way the task does (the numbers 1, 2 and 3): TypeError: "),
    "more parameters": (lambda a, b: a, "cannot be called the way the task does (the numbers 1, 2 and 3): TypeError: "),
    "raises": (raises, "(the numbers 1, 2 and 3): IndexError: index 7 is out of bounds"),
    "no message": (breaks(ValueError()), "(the numbers 1, 2 and 3): ValueError"),
    "exits": (lambda n: sys.exit(), "(the numbers 1, 2 and 3): SystemExit"),
    "unusual error": (breaks(GeneratorExit("gone")), "(the numbers 1, 2 and 3): GeneratorExit: gone"),
    "recursion": (recurses, "RecursionError: maximum recursion depth exceeded"),
    "loop": (
        loops,
        "stopped after 0.5 seconds (the numbers 1, 2 and 3): does a loop never end, or is it too much?",
    ),
    "sleep": (
        sleeps,
        "stopped after 0.5 seconds (the numbers 1, 2 and 3): does a loop never end, or is it too much?",
    ),
    "bare except": (
        swallows,
        "stopped after 0.5 seconds (the numbers 1, 2 and 3): does a loop never end, or is it too much?",
    ),
    "swallowed in a helper": (swallows_in_a_helper, "stopped after 0.5 seconds (the numbers 1, 2 and 3)"),
}


@pytest.mark.parametrize(("answer", "sentence"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_bad_input_gets_one_clear_sentence(session, capsys, answer, sentence):
    session.check("double", answer)
    printed = capsys.readouterr().out
    (line,) = (line for line in printed.split("\n") if line.startswith("✗ double: "))
    assert sentence in line
    assert len(line) < 230
    assert len(printed.partition(line)[2].splitlines()) <= 4


def test_a_small_wrong_result_is_shown_with_what_was_tried(session):
    text = session.judge("double", lambda numbers: numbers * [2, 3, 5]).text
    assert text.split("\n")[1:4] == [
        "  double(np.array([1.0, 2.0, 3.0]))",
        "  gave  [2.0, 6.0, 15.0]",
        "  right [2.0, 4.0, 6.0]",
    ]


def test_results_in_several_parts_are_shown_with_what_was_tried(session):
    text = session.judge("parts", lambda numbers: (numbers.sum() + 1, [numbers])).text
    assert text.split("\n")[1:4] == [
        "  parts(np.array([1.0, 3.0]))",
        "  gave  (5.0, [[1.0, 3.0]])",
        "  right (4.0, [[1.0, 3.0]])",
    ]


def test_an_error_is_told_by_the_line_of_the_answer_not_by_the_lessons(session):
    names = {}
    exec(compile("def helper(numbers):\n\n    return numbers.nothing\n", "the lesson's cell", "exec"), names)
    exec(compile("def double(numbers):\n    return helper(numbers)\n", "the learner's cell", "exec"), names)
    assert "error of its own, in line 2 (" in session.judge("double", namespace=names).text


def test_an_empty_search_is_the_answers_own_error(session):
    text = session.judge("double", lambda numbers: next(n for n in numbers if n > 1000)).text
    assert "next() found nothing" in text and "generator raised" not in text


def test_two_parts_are_told_together(session):
    observe = lambda answer, seed: iter([("3 and 4", answer(3.0, 4.0))])  # noqa: E731
    session.tasks["mended"] = task = dataclasses.replace(session.tasks["mended"], observe=observe, mistakes={})
    session._judge.entry(task).functions["mended"] = lambda one, other: (one + 10, other + 20)
    assert "are right, but the wrong way round." in session.judge("mended", lambda a, b: (b + 20, a + 10)).text
    assert "is what was given, unchanged." in session.judge("mended", lambda a, b: (a, b)).text


def test_what_is_right_is_told_too(session):
    text = session.judge("double", lambda numbers: numbers * 2 if numbers.ndim == 1 else numbers + 5).text
    assert " With the numbers 1, 2 and 3 it is right." in text
    assert " The other part is right." in session.judge("parts", lambda numbers: (numbers.sum() + 1, [numbers])).text


def test_the_words_of_an_observation_stand_without_quotes(session):
    observe = lambda answer, seed: iter([("what 3 becomes", "more" if answer(3.0) > 3 else "less")])  # noqa: E731
    session.tasks["mended"] = dataclasses.replace(session.tasks["mended"], observe=observe, mistakes={})
    assert session.judge("mended", lambda number: number - 1).text.endswith(
        "Tried with what 3 becomes: it is less, where more is right."
    )


def test_a_relation_to_the_right_result_is_told(session):
    assert "your result is twice the right one." in session.judge("double", lambda numbers: numbers * 4).text
    assert "the last entry is missing" in session.judge("double", lambda numbers: (numbers * 2)[:-1]).text


def test_a_fact_of_the_tasks_own_stands_below_a_general_message_only(session):
    def facts(answer, seed):
        if answer(np.zeros(2)).any():
            yield "Zeros do not stay zeros."
        yield answer(None)  # what goes wrong here is no fault of the learner's

    session.tasks["mended"] = dataclasses.replace(session.tasks["mended"], facts=facts)
    assert "\n  Zeros do not stay zeros." in session.judge("mended", lambda numbers: numbers + 2).text
    assert session.judge("mended", lambda numbers: numbers * 3).status == "wrong"
    assert "Zeros" not in session.judge("mended", lambda numbers: numbers * numbers).text
    assert session.judge("mended", right).status == "right"


def test_a_function_that_returns_itself(session):
    def double(numbers):
        return double

    assert "your result is a function; a NumPy array is wanted." in session.judge("double", double).text


def test_a_changed_input_without_a_catalogued_mistake(session):
    def sort(numbers):
        numbers[0] = 7
        return numbers * 2

    assert session.judge("mended", sort).text == (
        "✗ mended: your code changes its input `numbers` (the numbers 1, 2 and 3); leave it as it is and return a new "
        "result."
    )


def test_a_tensor_of_the_other_framework(made_up_lesson):
    tf = load("tensorflow")
    text = Session("99_made_up", "pytorch").judge("double", lambda numbers: tf.constant(numbers.numpy() * 2)).text
    assert "your result is a TensorFlow tensor; a PyTorch tensor is wanted." in text


def test_ten_megabytes_of_printing_are_cut(session, capsys):
    def loud(numbers):
        print("a" * 10_000_000)
        print("b", file=sys.stderr)
        return numbers * 2

    session.check("double", loud)
    printed = capsys.readouterr()
    assert printed.out == f"Your code printed:\n{'a' * 1000} ... (cut)\n✓ double: right.  (1 of 7 solved)\n"
    assert printed.err == ""


def test_terminal_codes_and_html_stay_plain_text(session, capsys):
    def colourful(numbers):
        print("\x1b[31mred\x07\r<script>alert(1)</script>")
        raise ValueError("\x1b[2J" + "long " * 1000)

    session.check("double", colourful)
    session.check("\x1b[31mdoubel" + "x" * 1000)
    session.check("quiz_1", "\x1b[31m")
    printed = capsys.readouterr().out
    assert "\x1b" not in printed and "\r" not in printed and "\x07" not in printed
    assert "<script>alert(1)</script>" in printed
    assert max(map(len, printed.splitlines())) < 320


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no text")

    __str__ = __hash__ = __eq__ = __repr__


@pytest.mark.parametrize("name", [None, 3, ..., [], np.zeros(3), right, Unprintable()])
def test_a_name_that_is_no_text(session, capsys, name):
    session.check(name)
    session.hint(name)
    session.solution(name)
    advice = 'give the task\'s name in quotes, as in `check("name")`; `progress()` lists the tasks of this notebook.'
    assert capsys.readouterr().out == f"○ {advice}\n{advice}\n{advice}\n"


@pytest.mark.parametrize("value", [Unprintable(), breaks(ValueError(Unprintable())), lambda n: Unprintable()])
def test_objects_that_cannot_be_printed(session, capsys, value):
    session.check("double", value)
    session.check("best", value)
    assert capsys.readouterr().out.count("\n") == 2


def test_an_interrupt_stops_the_check_and_not_the_notebook(session, capsys):
    session.check("double", breaks(KeyboardInterrupt()))
    assert capsys.readouterr().out == "○ double: you stopped the check.\n"


def test_random_states_and_gradient_mode_are_the_learners(session, torch):
    def disturbs(numbers):
        random.seed(1)
        np.random.seed(1)
        torch.manual_seed(1)
        torch.set_grad_enabled(not torch.is_grad_enabled())
        return numbers * 2

    def draw():
        return random.random(), np.random.rand(), torch.rand(()).item()

    random.seed(0), np.random.seed(0), torch.manual_seed(0)
    expected = draw()
    random.seed(0), np.random.seed(0), torch.manual_seed(0)
    assert session.judge("double", disturbs).status == "right"
    session.judge("double", wrong)
    assert torch.is_grad_enabled()
    assert draw() == expected
    with torch.no_grad():
        session.judge("double", disturbs)
        assert not torch.is_grad_enabled()


def test_gradients_are_recorded_during_a_check_whatever_the_learners_mode(session, torch):
    with torch.no_grad():
        assert session.judge("double", lambda n: n * 2 * float(torch.is_grad_enabled())).status == "right"


# Tries, hints, solution, progress -------------------------------------------------------------------------------------


def test_the_second_failed_try_brings_a_hint(session):
    assert "Hint" not in session.judge("double", wrong).text
    assert session.judge("double", also_wrong).text.endswith("\nHint 1 of 2: Which operation doubles a number?")
    assert "Hint" not in session.judge("double", wrong).text
    assert "Hint 2 of 2: In neutral, try `numbers * 2`." in session.judge("double", also_wrong).text
    session.judge("double", wrong)
    assert "Hint" not in session.judge("double", also_wrong).text


def test_an_unchanged_answer_is_no_new_try(session):
    namespace = {}
    for _ in range(4):  # each time a new function object with the same code, as when a cell is run again
        exec("\n\ndef double(n):\n    return n * 3", namespace)
        assert "Hint" not in session.judge("double", namespace=namespace).text
    assert "Hint" not in session.judge("best", np.zeros(3)).text
    assert "Hint" not in session.judge("best", np.zeros(3)).text
    assert "Hint 1" in session.judge("best", np.ones(3)).text


def test_a_wrapped_function_counts_by_the_code_below(session):
    cached = functools.cache
    assert "Hint" not in session.judge("Counter", cached(lambda: wrong)).text
    assert "Hint" not in session.judge("Counter", cached(lambda: wrong)).text
    assert "Hint 1" in session.judge("Counter", cached(lambda: right)).text


def test_hints_come_one_by_one_and_the_last_one_stays(session, capsys):
    for _ in range(3):
        session.hint("double")
    first = "Hint 1 of 2: Which operation doubles a number?\n"
    last = "Hint 2 of 2: In neutral, try `numbers * 2`.\n"
    last += '(That was the last hint; `solution("double")` shows the solution.)\n'
    assert capsys.readouterr().out == first + last + last


def test_solutions_are_shown_as_a_learner_would_type_them(session, capsys):
    session.solution("double")
    session.solution("best")
    session.solution("quiz_1")
    assert capsys.readouterr().out == (
        "def double(numbers):\n    return numbers * 2\nanswer = 8\nbest = answer\nquiz_1: 'b'. Just so.\n"
    )


def test_progress_lists_every_task_and_question(session, capsys):
    session.judge("double", right)
    session.judge("quiz_1", "b")
    session.progress()
    names = ["half", "Counter", "parts", "best", "mended"]
    lines = ["✓ double: solved", *(f"○ {name}" for name in names), "✓ quiz_1: solved"]
    assert capsys.readouterr().out.splitlines() == [*lines, "2 of 7 solved in this notebook."]


def test_unknown_names(session, capsys):
    session.check("doubel")
    session.hint("zzz")
    session.solution("Double")
    session.hint("quiz_1")
    assert capsys.readouterr().out.splitlines() == [
        '○ there is no task "doubel"; did you mean "double"?',
        'there is no task "zzz"; `progress()` lists the tasks of this notebook.',
        'there is no task "Double"; did you mean "double"?',
        "quiz_1: a question has no hints; each answer that you try is explained.",
    ]


def test_strict_raises_unless_the_answer_is_right(session, capsys):
    session.check("double", right, strict=True)
    for name, answer, text in [
        ("double", wrong, "✗ double: Tried with"),
        ("double", None, "○ double: not written yet."),
        ("quiz_1", "a", "✗ quiz_1: not 'a'. Too small."),
        ("nothing", 1, "○ there is no task"),
    ]:
        with pytest.raises(AssertionError, match=f"^{text}"):
            session.check(name, answer, strict=True)
    assert capsys.readouterr().out == "✓ double: right.  (1 of 7 solved)\n"


def test_a_broken_task_is_reported_and_raises_nothing(session, capsys):
    session.tasks["double"] = session.tasks["half"].__class__("double", hints=("a", "b"), mistakes={}, observe=3)
    session.check("double", right)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("○ double: the check itself failed (TypeError: ")
    assert lines[0].endswith("; please report this, with these three lines:")
    assert re.fullmatch(r"versions: Python 3[.\d]+ \(\w+\), numpy [.\d]+.*", lines[1])
    assert lines[2] == "task: 99_made_up, neutral, double"
    assert re.fullmatch(r"message: TypeError: .*, line \d+\)", lines[3])
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (KeyboardInterrupt(), "○ double: you stopped the check."),
        (
            ModuleNotFoundError("no", name="sympy"),
            "○ double: this check needs the package sympy, which is not installed",
        ),
        (MemoryError(), "○ double: this check needs more memory than is free: restart the kernel"),
    ],
)
def test_what_is_no_fault_of_the_check_is_not_to_be_reported(session, capsys, error, line):
    task = session.tasks["double"]
    session.tasks["double"] = dataclasses.replace(task, observe=lambda answer, seed: breaks(error)(seed))
    session.check("double", right)
    printed = capsys.readouterr().out
    assert printed.startswith(line) and "report" not in printed


@pytest.fixture
def torn_module(monkeypatch):
    """A module whose import was interrupted: its part is there, but does not hang in it."""
    module = types.ModuleType("torn_module")
    monkeypatch.setitem(sys.modules, "torn_module", module)
    monkeypatch.setitem(sys.modules, "torn_module.part", types.ModuleType("torn_module.part"))
    return module


TORN = (
    "○ double: an import of torn_module was interrupted, which left half of it: restart the kernel, then run all cells."
)


def test_half_an_import_is_told_wherever_it_shows(session, capsys, torn_module):
    session.check("double", lambda numbers: torn_module.part)
    task = session.tasks["double"]
    session.tasks["double"] = dataclasses.replace(task, observe=lambda answer, seed: torn_module.part)
    session.check("double", right)
    assert capsys.readouterr().out.splitlines() == [TORN, TORN]
    assert session.attempts["double"].tries == 0


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("sum", "sum(numbers)", "Python's own is back after `del sum`. TypeError: 'int' object is not callable"),
        (
            "np",
            "np.multiply(numbers, 2)",
            "run the cell that imports NumPy again. AttributeError: 'int' object has no attribute 'multiply'",
        ),
    ],
)
def test_an_overwritten_name_is_told(session, name, answer, sentence):
    namespace = {name: 3}
    exec(f"def double(numbers):\n    return {answer}", namespace)
    text = f"✗ double: the name `{name}` was overwritten in this notebook (it is a number (3) now): {sentence}"
    assert session.judge("double", namespace=namespace).text == text


def test_a_name_that_is_overwritten_but_not_used_is_not_told(session):
    namespace = {"sum": 3, "np": 4}
    exec("def double(numbers):\n    return numbers.sum()()", namespace)
    assert "overwritten" not in session.judge("double", namespace=namespace).text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_that_lacks_a_sign_gets_another(encoding):
    code = "from utils.check import Session; s = Session('00_start_here', 'neutral'); s.check('x'); s.progress()"
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=COURSE, env=environment)
    assert ran.stderr == b""
    assert ran.stdout.startswith(b"- there is no task")
    assert b"\n- quiz_1" in ran.stdout


def test_a_verdict_carries_what_was_found(session):
    verdict = session.judge("double", lambda numbers: numbers * numbers)
    assert (verdict.status, verdict.cause, verdict.mistake) == ("wrong", "mistake", "square")
    assert verdict.tried == "the numbers 1, 2 and 3"
    assert (verdict.seen.data.tolist(), verdict.right.data.tolist()) == ([1, 4, 9], [2, 4, 6])
    assert isinstance(session.judge("double", raises).error, IndexError)


def test_what_may_take_seconds_is_said_at_once(capsys, torch):
    session = Session("07_lab", "pytorch")
    session.check("train_iris", lambda features, labels, hidden, seed: ...)
    assert capsys.readouterr().out == "○ train_iris: not written yet.\n"
    session.check("train_iris", lambda features, labels, hidden, seed: labels)
    first, second = capsys.readouterr().out.split("\n")[:2]
    assert first == "train_iris: trying your answer, which may take some seconds ..."
    assert second.startswith("✗ train_iris: ")
    assert session.judge("train_iris", lambda features, labels, hidden, seed: labels).text.startswith("✗")


def test_an_interrupt_is_no_verdict_and_nothing_is_kept_of_it(session, capsys):
    def turns_it_into_another_error(numbers):
        try:
            time.sleep(60)
        except BaseException:
            raise ValueError from None

    for answer in (turns_it_into_another_error, swallows):
        threading.Timer(0.1, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT)).start()
        session.check("double", answer)
    assert capsys.readouterr().out == "○ double: you stopped the check.\n" * 2
    assert session.attempts["double"].tries == 0


def test_the_limit_grows_with_the_time_that_the_solution_takes_here(session):
    task = dataclasses.replace(session.tasks["double"], observe=slow, seconds=0.01)
    session.tasks["double"] = task
    assert session.judge("double", right).status == "right"


def slow(answer, seed):
    """An observation that takes its time, whatever the answer is."""
    end = time.process_time() + 0.6
    while time.process_time() < end:
        pass
    yield "the numbers 1, 2 and 3", answer(np.array([1.0, 2.0, 3.0]))


# Quiz -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["b", "B ", " b\n", "b)", "(b)", "B."])
def test_the_right_option(session, answer):
    assert session.judge("quiz_1", answer).text == "✓ quiz_1: right. Just so.  (1 of 7 solved)"


def test_wrong_options_are_explained(session):
    assert session.judge("quiz_1", "a").text == "✗ quiz_1: not 'a'. Too small."
    assert session.judge("quiz_1", "c").text == "✗ quiz_1: not 'c'. Too large."


@pytest.mark.parametrize("answer", [None, ...])
def test_an_unanswered_question(session, answer):
    assert session.judge("quiz_1").text == session.judge("quiz_1", answer).text == "○ quiz_1: not answered yet."


@pytest.mark.parametrize("answer", [3, "d", "", "ab", ["b"], True, {}, np.array("b"), right, float("nan")])
def test_odd_answers_to_a_question(session, answer):
    verdict = session.judge("quiz_1", answer)
    assert (verdict.status, verdict.text) == ("open", '○ quiz_1: answer with one of "a", "b", "c".')


# In a real kernel -----------------------------------------------------------------------------------------------------

CELLS = [
    "import pathlib, sys, tasks, utils.course\n"
    "tasks.__path__.append({folder!r})\n"
    "utils.course.LESSONS = pathlib.Path({folder!r})\n"
    "from utils.check import Session\n"
    "check = Session('99_made_up', 'neutral').check",
    "def double(numbers):\n    print('hello')\n    return numbers * 2\n\n\ncheck('double')",
    "def double(numbers):\n    total = 0\n    return numbers[7] + total\n\n\ncheck('double')",
    "def double(numbers):\n    while True:\n        pass\n\n\ncheck('double')",
    "import time\n\n\ndef double(numbers):\n    while True:\n        try:\n            time.sleep(9)\n"
    "        except:\n            pass\n\n\ncheck('double')",
    "check('double', lambda numbers: sys.exit())",
    "check('double', lambda numbers: 2 * numbers)",
]


def test_in_a_kernel_each_check_is_one_message_and_nothing_hangs(made_up_lesson):
    sources = [CELLS[0].format(folder=str(made_up_lesson)), *CELLS[1:]]
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    folder = str(made_up_lesson.parent.parent)
    nbclient.NotebookClient(notebook, timeout=20, resources={"metadata": {"path": folder}}).execute()
    outputs = [cell.outputs for cell in notebook.cells[1:]]
    assert [[output.output_type for output in cell] for cell in outputs] == [["display_data"]] * 6
    assert "<code" in outputs[1][0].data["text/html"]
    assert [f"{cell[0].data['text/plain']}\n" for cell in outputs] == [
        "Your code printed:\nhello\nhello\n✓ double: right.  (1 of 7 solved)\n",
        "✗ double: stopped with an error of its own, in line 3 `return numbers[7] + total` (the numbers 1, 2 and 3): "
        "IndexError: index 7 is out of bounds for axis 0 with size 3. With 3 entries along axis 0, the places run from "
        "0 to 3 - 1.\n",
        "✗ double: stopped after 0.5 seconds (the numbers 1, 2 and 3): does a loop never end, or is it too much?\n"
        "Hint 1 of 2: Which operation doubles a number?\n",
        "✗ double: stopped after 0.5 seconds (the numbers 1, 2 and 3): does a loop never end, or is it too much?\n",
        "✗ double: stopped with an error of its own, in line 1 `check('double', lambda numbers: sys.exit())` "
        "(the numbers 1, 2 and 3): SystemExit\nHint 2 of 2: In neutral, try `numbers * 2`.\n"
        '(That was the last hint; `solution("double")` shows the solution.)\n',
        "✓ double: right.  (1 of 7 solved)\n",
    ]
