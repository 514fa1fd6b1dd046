"""The task `mean_squared_error`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_mean_squared_error(answer, seed):
    generator = np.random.default_rng(seed)
    yield "errors of 3, 1, -4 and 5", answer(np.array([4.0, 2.0, -2.0, 6.0]), np.array([1.0, 1.0, 2.0, 1.0]))
    yield "targets other than 0", answer(np.array([5.0, 1.0]), np.array([2.0, 2.0]))
    yield "arrays of shape (4, 2)", answer(generator.normal(size=(4, 2)), generator.normal(size=(4, 2)))


TASK = Task(
    "mean_squared_error",
    observe=observe_mean_squared_error,
    hints=(
        "Subtract the arrays, square the differences, then take their mean; each step is one operation.",
        "NumPy squares with `** 2`, and an array has the method `.mean()`.",
    ),
    mistakes={
        "sum": "the squares are summed up; the mean divides by how many there are.",
        "no_square": "the differences are not squared, so positive and negative ones cancel out.",
        "absolute": "this is the mean absolute error; square the differences instead of taking their size.",
        "variance": "this is the variance of the differences, which subtracts their mean first; leave that out.",
        "root": "this is the square root of the mean squared error; leave the root out.",
        "square_of_mean": "the mean is squared; square each difference first, then take the mean.",
        "per_entry": "there is one squared error for each entry; the loss is one number, their mean.",
        "half": "this is half of the mean squared error; a factor 1/2 stands in some books, but not here.",
        "precedence": "`**` binds before `-`, so only the targets are squared; put the difference in parentheses.",
        "per_row": "the sum is divided by the number of rows; divide by the number of all entries.",
        "one_less": "the sum of the squares is divided by n - 1; divide by n, the number of entries.",
        "length": "this is the square root of the sum of squares, a length; wanted is the mean of the squares.",
        "doubled": "the differences are doubled (`* 2`); squares are `** 2`.",
        "added": "predictions and targets are added; the error is their difference.",
        "early_return": "only the first squared error is in the result: does `return` stand inside the loop?",
        "last_only": "only the last squared error is in the result: `+=` adds each to those before, `=` replaces them.",
        "largest": "this is the largest squared error; wanted is the mean of all.",
        "rows": "the mean is taken over one axis only; the loss is one number, over all entries.",
        "squares_first": "each is squared before the difference is taken; subtract first, then square.",
    },
)
