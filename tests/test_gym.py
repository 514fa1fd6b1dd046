"""The bug gym: cases that are told apart by what is shown, and cured by one fix for each fault."""

import pytest

from utils import cases as gym_cases
from utils.cases import SETS, cases, loops, run, shown
from utils.gym import LETTERS, LEVELS, NUMBERS, Gym, case_of
from utils.misconceptions import misconceptions

EVERY = [
    (framework, level, size)
    for framework in ("pytorch", "tensorflow")
    for level in LEVELS
    for size in ("small", "medium", "large")
]


def loop_of(framework, level, size):
    (found,) = [loop for loop in loops() if (loop.framework, loop.level, loop.size) == (framework, level, size)]
    return found


def number_of(*names, size="small"):
    """The number of a case of a PyTorch loop with these faults."""
    for number in range(0, NUMBERS, 2):
        case = case_of("pytorch", number)
        if (case.loop.size, {fault.name for fault in case.faults}) == (size, set(names)):
            return number
    raise AssertionError(names)


@pytest.fixture
def said(capsys):
    return lambda: capsys.readouterr().out


@pytest.fixture
def gym():
    return Gym("pytorch", high=False)


def line_of(gym, text):
    """The number of the line that holds a text."""
    lines = [line for slot in gym._open.slots if slot for line in slot.split("\n")]
    (number,) = [number for number, line in enumerate(lines, 1) if text in line]
    return number


# The cases ------------------------------------------------------------------------------------------------------------


def test_there_are_500_cases_in_every_framework_and_size_and_level():
    found = [case for framework in ("pytorch", "tensorflow") for level in LEVELS for case in cases(framework, level)]
    assert len(found) >= 500
    assert {(case.loop.framework, case.loop.level, case.loop.size) for case in found} == set(EVERY)
    assert len({(case.slots(), case.data) for case in found}) == len(found)
    assert {fault.misconception for case in found for fault in case.faults} <= misconceptions().keys()


def test_every_fault_has_a_place():
    placed = {fault.name for loop in loops() for fault in loop.faults}
    assert placed == set(gym_cases.tomllib.loads(gym_cases.FILE.read_text(encoding="utf-8"))["fault"])


@pytest.mark.slow
@pytest.mark.parametrize("number", range(SETS))
@pytest.mark.parametrize(("framework", "level", "size"), EVERY)
def test_the_cases_of_a_loop_are_told_apart_and_not_healthy(framework, level, size, number):
    loop = loop_of(framework, level, size)
    healthy = run(loop, number, loop.slots)
    seen = {shown(loop, healthy): "healthy"}
    for case in cases(framework, level):
        if case.loop is loop and case.data == number:
            result = run(loop, number, case.slots())
            name = " and ".join(fault.name for fault in case.faults)
            assert not result.error, name
            assert shown(loop, result) not in seen, (name, seen[shown(loop, result)])
            seen[shown(loop, result)] = name
            assert not gym_cases.is_cured(case, case.slots(), healthy, result), name
    assert run(loop, number, loop.slots).same(healthy)  # whatever ran before it


# The command ----------------------------------------------------------------------------------------------------------


def test_a_number_is_the_same_case_for_everybody(gym, said):
    gym.gym(10)
    first = said()
    assert first.startswith("○ gym: case 10, a ")
    Gym("pytorch", high=True).gym(10)
    assert said() == first


def test_without_a_number_a_case_is_drawn_that_the_lesson_prepared(gym, said):
    gym.gym()
    assert gym._open.case.loop.level == "loop"


def test_a_case_is_diagnosed_and_mended(gym, said):
    gym.gym(number_of("table"))
    titles = [fault.title for fault in gym._open.options]
    right = LETTERS[titles.index("every prediction is compared with every label")]
    wrong = next(letter for letter in LETTERS if letter != right)
    said()
    gym.gym(wrong)
    assert said().startswith("✗ gym: That is not what is wrong here.")
    gym.gym(right.upper())
    assert said().startswith("✓ gym: right, every prediction")
    gym.gym("code")
    assert "  8      loss = ((predictions - labels) ** 2).mean()\n" in said()
    gym.gym(8, "loss = ((predictions - labels) ** 2).sum()")
    assert said().startswith("✗ gym: not healthy yet.")
    gym.gym(8, "    loss = ((predictions[:, 0] - labels) ** 2).mean()")
    assert said().startswith("✓ gym: mended.")
    gym.gym("code")
    assert said().startswith("○ gym: no case is open")


def test_a_missing_line_is_put_in_below_another(gym, said):
    gym.gym(number_of("gradients_add_up", size="medium"))
    gym.gym(
        line_of(gym, "loss.backward()"),
        "for parameter in model.parameters():\n    parameter.grad = None\nloss.backward()",
    )
    assert "✓ gym: mended." in said()


def test_two_faults_are_mended_one_after_the_other(gym, said):
    gym.gym(number_of("table", "too_short"))
    gym.gym("a")
    assert "answer with two different letters" in said()
    gym.gym(line_of(gym, "loss = "), "loss = ((predictions - targets) ** 2).mean()")
    assert said().startswith("✗ gym: one of the two faults is mended.")
    gym.gym(line_of(gym, "for epoch"), "for epoch in range(40):")
    assert said().startswith("✓ gym: mended.")


def test_a_learning_rate_of_ones_own_is_right_but_hides_no_other_fault(gym, said):
    gym.gym(number_of("too_slow"))
    gym.gym(line_of(gym, "learning_rate = "), "learning_rate = 0.4")
    assert "✓ gym: mended." in said()
    gym.gym(number_of("too_slow", "total_of_batches", size="medium"))
    said()
    gym.gym(line_of(gym, "learning_rate = "), "learning_rate = 0.25")
    assert said().startswith("✗ gym: not healthy yet.")


def test_bad_input(gym, said):
    for what in ("a", "code", 3.5, True, ["a"]):
        gym.gym(what)
        assert said().startswith("○ gym: no case is open")
    gym.gym(number_of("uphill"))
    said()
    for what in ("z", "", "a b", 3.5, ["a"]):
        gym.gym(what)
        assert said().startswith("○ gym: answer with one letter from a to f")
    for line, text in ((0, "x"), (99, "x"), ("3", "x"), (3, 7)):
        gym.gym(line, text)
        assert said().startswith("○ gym: give the number of a line, from 1 to 16, and the new line in quotes.")
    before = list(gym._open.slots)
    gym.gym(5, "loss = = 3")
    assert "The run ended with an error: SyntaxError" in said()
    gym.gym(5, before[4])
    assert said().startswith("✗ gym: your line runs, but nothing has changed.")


def test_the_start_page_sends_to_a_notebook_with_a_framework(said):
    Gym("neutral", high=False).gym()
    assert said().startswith("○ gym: open it in a notebook of PyTorch or TensorFlow")
