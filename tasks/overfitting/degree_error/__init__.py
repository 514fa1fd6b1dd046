"""The task `degree_error`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.overfitting.common import five_points
from utils.catalogue import Task


def observe_degree_error(answer, seed):
    for degree in (6, 4, 2, 0):
        yield f"degree {degree} and the five points", answer(degree, *five_points())
    generator = np.random.default_rng(seed)
    points = [generator.uniform(0, 8, size=size) for size in (9, 9, 5, 5)]
    yield "degree 3 and nine other points", answer(3, *points)


TASK = Task(
    "degree_error",
    observe=observe_degree_error,
    hints=(
        "Make the tables of powers of u for both sets; the weights come from the training table alone. (To use the "
        "functions of section 2, convert each argument first: np.array(x, dtype=float).)",
        {
            "pytorch": "table = ((x - 4) / 4)[:, None] ** torch.arange(degree + 1), then torch.linalg.pinv(table) @ y.",
            "tensorflow": "table = ((x - 4) / 4)[:, None] ** tf.range(degree + 1, dtype=tf.float32), then "
            "tf.linalg.matvec(tf.linalg.pinv(table), y).",
        },
    ),
    mistakes={
        "training_error": "this is the training error; measure the same weights on the validation points.",
        "fit_on_validation": "the weights are fitted to the validation points, so they are no longer unseen.",
        "fit_on_both": "the weights are fitted to all points together; the validation points must stay unseen.",
        "one_short": "the highest power is missing: degree d has the powers 0 to d, which are d + 1 columns.",
        "no_constant": "the power 0, a column of ones, is missing.",
        "plain_x": "the powers are those of x; the lesson takes u = (x - 4) / 4, and with 7 parameters it matters.",
        "u_once": "u is taken for one of the two sets only; both tables hold powers of u.",
        "no_brackets": "x - 4 / 4 is x - 1, because the division comes first; u is (x - 4) / 4.",
        "always_six": "the degree is always 6; use the argument `degree`.",
        "five_points": "this is the error of the notebook's own fit to its five points; use the points that you "
        "are given.",
        "both": "two errors come back; return the one on the validation points only.",
        "weights": "these are the weights; return the error that they make on the validation points.",
        "predictions": "these are the predictions; return their mean squared error.",
        "sum": "the squares are summed; the mean divides by the number of validation points.",
        "root": "this is the square root of the mean squared error; leave the square root out.",
        "own_scale": "the powers are those of another u: it is (x - 4) / 4 for both sets, whatever range, mean and "
        "standard deviation they have.",
        "table": "the predictions are a column and the labels a row, so their difference is a whole table; give "
        "both the same shape.",
        "notebook_points": "right for the five points, and wrong for others: does a part of your code use the "
        "notebook's points?",
        "polyfit": "this is the error of another exact fit than the one with the smallest weights: are the powers 0 to "
        "`degree`, and do the weights come from the pseudoinverse?",
    },
)
