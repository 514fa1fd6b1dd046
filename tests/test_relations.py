"""Relations between a wrong result and the right one: each sentence is true wherever it is told."""

import numpy as np
import pytest

from utils.catalogue import Task
from utils.judging import Verdict
from utils.looking import see
from utils.relations import relation
from utils.wording import sentence

TABLE = np.array([[0.2, -1.5, 3.0], [2.5, 0.7, -0.4]])
POSITIVE = np.abs(TABLE)
SQUARE = np.array([[0.3, -1.5, 2.0], [2.5, 0.7, -0.4], [1.1, -0.6, 3.1]])
ROW = np.array([3.0, 1.5, -0.5, 0.25])


def test_a_softmax_of_one_number_says_nothing():
    assert relation(np.array([[1.0]]), np.array([[-8.0]])) is None


def softmax(table):
    powers = np.exp(table)
    return powers / powers.sum(axis=-1, keepdims=True)


CASES = {
    "the negative": (-TABLE, TABLE),
    "absolute value": (POSITIVE, TABLE),
    "1 minus": (1 - TABLE, TABLE),
    "square of": (TABLE**2, TABLE),
    "square root of": (np.sqrt(POSITIVE), POSITIVE),
    "logarithm of": (np.log(POSITIVE), POSITIVE),
    "exponential of": (np.exp(TABLE), TABLE),
    "1 divided by": (1 / TABLE, TABLE),
    "a probability where a logit": (1 / (1 + np.exp(-TABLE)), TABLE),
    "a logit where a probability": (TABLE, 1 / (1 + np.exp(-TABLE))),
    "probabilities, not logits": (softmax(TABLE), TABLE),
    "logits, not probabilities": (TABLE, softmax(TABLE)),
    "rounded": (np.round(TABLE), TABLE),
    "transposed": (TABLE.T, TABLE),
    "reverse order": (ROW[::-1], ROW),
    "one step early": (np.array([1.5, -0.5, 0.25, 9.0]), ROW),
    "one step late": (np.array([9.0, 3.0, 1.5, -0.5]), ROW),
    "in another order": (ROW[[1, 0, 3, 2]], ROW),
    "first row of": (TABLE[0], TABLE),
    "is the sum of the right ones up to its place": (ROW.cumsum(), ROW),
    "is the mean of the right ones up to its place": (ROW.cumsum() / [1, 2, 3, 4], ROW),
    "last row of": (TABLE[1], TABLE),
    "last column of": (TABLE[:, 2], TABLE),
    "first column of": (TABLE[:, :1], TABLE),
    "first number of": (np.array(3.0), ROW),
    "last number of": (np.array(0.25), ROW),
    "whose mean is right": (TABLE, TABLE.mean()),
    "whose sum is right": (ROW, np.array(ROW.sum())),
    "holds that number 4 times": (np.array(1.0), np.ones(4)),
    "the first number is right, the next not: entry 2 is 1.7": (ROW + np.array([0, 0.2, 0.3, 0.5]), ROW),
    "the first 2 numbers are right, the next not: entry 3 is -0.1": (ROW + np.array([0, 0, 0.4, 0.5]), ROW),
    "the diagonal of your result is right": (np.diag(ROW) + np.outer([0, 1, 0, 0], [2, 0, 3, 1]), ROW),
    "the last of the 3 rows of your result is right": (SQUARE[[0, 1, 2]], SQUARE[2]),
    "summed along axis 1": (np.outer(ROW, [0.25, 0, 0.75]), ROW),
    "averaged along axis 0": (np.outer([0.5, 1.5], ROW), ROW),
    "last entry is missing": (ROW[:-1], ROW),
    "first entry is missing": (ROW[1:], ROW),
    "too many, at its end": (np.append(ROW, 7.0), ROW),
    "too many, at its beginning": (np.append(7.0, ROW), ROW),
    "shape (6,) where (2, 3)": (TABLE.ravel(), TABLE),
    "the sum of the 4 numbers": (ROW.sum(), ROW),
    "the mean of the 4 numbers": (ROW.mean(), ROW),
    "position of its largest entry": (np.array([[0.1, 0.8, 0.1], [0.7, 0.2, 0.1]]), np.array([1, 0])),
    "holds class numbers": (np.array([1, 0]), np.array([[0, 1, 0], [1, 0, 0]])),
    "4 times the right one; 4 is the number of entries": (4 * ROW, ROW),
    "divided by 4, the number of entries": (ROW / 4, ROW),
    "Are n and n - 1 exchanged": (0.75 * ROW, ROW),
    "Are n - 1 and n exchanged": (ROW / 0.75, ROW),
    "twice the right one": (2 * TABLE, TABLE),
    "half of the right one": (TABLE / 2, TABLE),
    "3.7 times the right one": (3.7 * TABLE, TABLE),
    "0.3 more than": (TABLE + 0.3, TABLE),
    "0.3 less than": (TABLE - 0.3, TABLE),
    "every entry of your result is 0.5": (np.full((2, 3), 0.5), TABLE),
    "only one entry is wrong: at [1, 2]": (TABLE + np.outer([0, 1], [0, 0, 1]), TABLE),
    "with 0 in place of its negative": (np.maximum(TABLE, 0), TABLE),
    "cut off at 0 and at 1": (np.clip(TABLE, 0, 1), TABLE),
    "rounded to 2 decimals": (np.round(TABLE / 7, 2), TABLE / 7),
    "without its decimals": (np.trunc(TABLE), TABLE),
    "rounded down": (np.floor(TABLE), TABLE),
    "right rows, but they stand in another order": (SQUARE[[1, 0, 2]], SQUARE),
    "right columns, but they stand in another order": (SQUARE[:, [1, 0, 2]], SQUARE),
    "each row of your result holds the right numbers": (np.sort(SQUARE, axis=1), SQUARE),
    "each column of your result holds the right numbers": (np.sort(SQUARE, axis=0), SQUARE),
    "every row of your result is the same": (TABLE[[0, 0]], TABLE),
    "every column of your result is the same": (TABLE[:, [1, 1, 1]], TABLE),
    "the smallest of the 4 numbers that are right": (ROW.min(), ROW),
    "whose median is right": (ROW, np.median(ROW)),
    "the last of them alone is right": (TABLE, TABLE[1, 2]),
    "it also has an entry for each pair": (np.diag(ROW) + np.outer([0, 1, 0, 0], [2, 0, 3, 1]), ROW[:, None]),
    "each column of your result is off by a number of its own: 1, 2, 3": (TABLE + np.array([1, 2, 3]), TABLE),
    "each row of your result is the right one times a number of its own: 3, 5": (TABLE * [[3], [5]], TABLE),
    "3 times the right one and 2 less": (3 * TABLE - 2, TABLE),
    "1 too small": (np.array(6), np.array(7)),
    "2 of 6 have the wrong sign": (TABLE * [[1, -1, 1], [-1, 1, 1]], TABLE),
    "wrong where the right one is negative": (np.where(TABLE < 0, TABLE**2 + 7, TABLE), TABLE),
    "only the last row is wrong": (SQUARE + np.outer([0, 0, 1], [1, 2, 4]), SQUARE),
    "only the first column is right": (TABLE + np.outer([1, 5], [0, 1, 2]), TABLE),
    "only the diagonal is wrong": (SQUARE + np.diag([1, 3, 7]), SQUARE),
    "only the diagonal is right": (SQUARE + 2 * SQUARE[::-1] * (1 - np.eye(3)), SQUARE),
    "only entries above the diagonal are wrong": (SQUARE + np.triu(np.ones((3, 3)), 1) * [1, 2, 5], SQUARE),
    "only the last number is right": (ROW + np.array([1, 2, 5, 0]), ROW),
    "each number of your result is within 13 % of the right one": (
        TABLE * [[1.13, 1.02, 0.9], [1.1, 1.1, 0.95]],
        TABLE,
    ),
    "the first row is right": (SQUARE + np.array([[0, 0, 0], [1, 2, 4], [0, 3, 1]]), SQUARE),
}


@pytest.mark.parametrize("words", CASES)
def test_a_relation_is_told(words):
    assert words in (relation(*CASES[words]) or "")


def test_an_input_that_comes_back_is_told():
    assert relation(TABLE, softmax(TABLE) + 1, [TABLE]) == "your result is the input, unchanged."


@pytest.mark.parametrize(("factor", "words"), [(-1, "has the wrong sign"), (0.25, "is 0.25 times the right one")])
def test_a_step_from_an_input_is_told(factor, words):
    step = np.array([[0.3, 0.1, -0.2], [0.4, -0.1, 0.7]])
    assert words in (relation(TABLE + factor * step, TABLE + step, [TABLE]) or "")


def test_an_input_that_is_only_shifted_is_told():
    assert relation(TABLE - 2, np.tanh(TABLE), [TABLE]) == "your result is an input with -2 added to each entry."


def test_a_result_that_is_wrong_for_negative_inputs_is_told():
    assert "wrong where the input is negative" in relation(np.where(TABLE < 0, 9, TABLE**2), TABLE**2, [TABLE])


def test_the_rows_of_an_input_are_counted():
    table = np.arange(12.0).reshape(6, 2)
    assert "6 is the number of rows" in relation(table.sum(axis=0), table.mean(axis=0), [table])


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (3, 3), (2, 2, 2)])
def test_unrelated_results_have_no_relation(shape, seed):
    generator = np.random.default_rng(seed)
    seen, right = generator.normal(size=(2, *shape))
    told = relation(seen, right, [generator.normal(size=(4, 3))])
    assert told is None


@pytest.mark.parametrize("right", [TABLE, ROW, np.float64(2.0)])
def test_a_right_result_and_one_without_numbers_have_none(right):
    assert relation(right, right) is None
    assert relation(np.full(np.shape(right), np.nan), right) is None
    assert relation(np.array("text"), right) is None
    assert relation(np.zeros((0,)), right) is None


@pytest.mark.parametrize(("seen", "right"), [(0.1, 0.01), (0.0, 1.0), (4.0, 16.0), (np.zeros(4), np.ones(4))])
def test_round_numbers_are_related_by_no_function(seen, right):
    assert relation(np.array(seen), np.array(right)) is None


def test_nearly_constant_numbers_lie_on_no_line():
    right = 0.6931 + 1e-3 * ROW
    assert "times" not in (relation(0.5 + 2e-5 * ROW, right) or "")


@pytest.mark.parametrize(
    ("later", "told"),
    [([], False), ([(0.31, 0.2)], False), ([(0.31, 0.0961)], True), ([(0.2, 0.5), (0.31, 0.0961)], True)],
)
def test_a_relation_of_two_single_numbers_is_told_where_a_later_observation_has_it_too(later, told):
    pairs = [(see(seen), see(right)) for seen, right in later]
    verdict = Verdict("size", "wrong", "different", tried="3 numbers", seen=see(0.37), right=see(0.1369), later=pairs)
    assert ("square root of the right one" in sentence(verdict, Task("size", ("Look.",), {}))) == told


def test_entries_that_are_only_nearly_right_do_not_count_as_right():
    right = np.array([0.1192029, 0.5, 0.9525741])
    assert "only one entry is wrong" in relation(right + np.array([3e-4, 0, 0]), right)
    assert "only one entry is wrong" not in (relation(right + np.array([3e-4, 0, 5e-5]), right) or "")


def test_far_off_numbers_are_not_called_rounded():
    assert "rounded" in relation(TABLE * [[1.004, 1.002, 0.995], [1.003, 1.001, 0.996]], TABLE)
    assert "rounded" not in relation(TABLE * [[1.13, 1.02, 0.9], [1.1, 1.1, 0.95]], TABLE)
