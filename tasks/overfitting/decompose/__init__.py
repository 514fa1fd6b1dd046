"""The task `decompose`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.overfitting.common import as_tuple
from utils.catalogue import Task


def observe_decompose(answer, seed):
    predictions, truth = np.array([[8.0, 1, 3], [4, 8, 8], [0, 8, 5]]), np.array([0.0, 7, 4])
    yield "predictions (8, 1, 3), (4, 8, 8) and (0, 8, 5), truth (0, 7, 4)", as_tuple(answer(predictions, truth))
    generator = np.random.default_rng(seed)
    random = generator.normal(1, 2, size=(30, 4)), generator.normal(size=4)
    yield "30 training sets, 4 points", as_tuple(answer(*random))


TASK = Task(
    "decompose",
    observe=observe_decompose,
    hints=(
        "Mean and variance run over the training sets, axis 0; then take the mean over the points.",
        "bias = mean prediction - truth, one number per point. Square it before you take the mean.",
    ),
    mistakes={
        "axis": "mean and variance run over the points; they should run over the training sets, axis 0.",
        "no_square": "the bias is not squared, so points above and below the truth cancel out.",
        "square_of_mean": "the bias is averaged over the points and then squared; square each point's bias first.",
        "error": "the first number is the mean squared error, which holds the variance too; take the mean "
        "prediction first.",
        "deviation": "the second number is a standard deviation; the variance is its square.",
        "one_less": "the variance divides by the number of sets less one; here it is the plain mean of the squares "
        "(in PyTorch: correction=0).",
        "swapped": "the two numbers are right but in the wrong order: bias² comes first.",
        "variance_axis": "the variance runs over the points of one training set; it should run over the training "
        "sets, axis 0.",
        "around_truth": "the second number is the mean squared error; the variance is taken around the mean "
        "prediction, not around the truth.",
        "all_together": "the variance is taken over all predictions together, so it holds the differences between "
        "the points; take it over axis 0.",
        "of_the_mean": "the second number tells how the mean prediction differs from point to point; the variance "
        "is that of the training sets, axis 0.",
        "one_mean": "there is one mean for all predictions; each point has a mean prediction of its own, axis 0.",
        "absolute": "the first number is the mean size of the bias; square it at each point instead.",
        "per_point": "there is one number for each point; return the two means over the points.",
        "sum": "the numbers are summed over the points; take the mean.",
    },
)
