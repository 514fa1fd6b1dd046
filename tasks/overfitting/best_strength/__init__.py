"""The task `best_strength`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.overfitting.common import five_points
from utils.catalogue import Task


def observe_best_strength(answer, seed):
    # These numbers are drawn so that nearly every wrong way of choosing ends at a strength of its own.
    generator = np.random.default_rng(seed + 1481)
    random = [generator.normal(size=shape) for shape in ((4, 6), 4, (5, 6), 5)]
    yield (
        "4 samples, 6 features, strengths 1, 0.3, 30, 0.03, 100, 3, 0.01, 10, 0.1 and 2",
        answer(*random, [1.0, 0.3, 30.0, 0.03, 100.0, 3.0, 0.01, 10.0, 0.1, 2.0]),
    )
    x, y, x_validation, y_validation = five_points()
    tables = [((values - 4) / 4)[:, None] ** np.arange(7) for values in (x, x_validation)]
    yield (
        "degree 6 on the five points, strengths 0.01, 0.1, 1 and 10",
        answer(tables[0], y, tables[1], y_validation, [0.01, 0.1, 1.0, 10.0]),
    )


TASK = Task(
    "best_strength",
    observe=observe_best_strength,
    after="ridge_weights",
    hints=(
        "For each strength: fit with your ridge_weights on the training data, measure on the validation data.",
        "Keep the errors in a list; the wanted strength stands where the lowest error stands.",
    ),
    mistakes={
        "on_training": "this is the weakest penalty, which wins on whatever data the weights were fitted to: do you "
        "fit to the training data, and measure on the validation data?",
        "index": "this is the place in the list; return the strength that stands there.",
        "error": "this is the lowest validation error; return the strength that reaches it.",
        "weights": "these are the weights; return the strength that led to them.",
        "smallest_weights": "this is the strongest penalty, with the smallest weights; the aim is the lowest "
        "validation error. Is that the mean square of predictions minus labels, both of one shape?",
        "last": "this is the last strength of the list: is each error compared with the lowest so far, and do you "
        "return the strength that was kept with that?",
        "first": "this is the first strength of the list: does `return` stand inside the loop, or is no error ever "
        "lower than the one that you start with?",
        "no_square": "the differences are not squared, so those above and below cancel out.",
        "highest": "this strength has the highest validation error; look for the lowest.",
        "both_parts": "the weights are fitted to the validation data too, which then cannot choose; fit to the "
        "training data alone.",
    },
)
