"""The task `line_errors`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.overfitting.common import as_tuple, five_points
from utils.catalogue import Task


def observe_line_errors(answer, seed):
    yield "the line 2x + 3 and the five points", as_tuple(answer(2.0, 3.0, *five_points()))
    generator = np.random.default_rng(seed)
    points = [generator.normal(size=size) for size in (4, 4, 7, 7)]
    yield "the line x - 1 and random points", as_tuple(answer(1.0, -1.0, *points))


TASK = Task(
    "line_errors",
    observe=observe_line_errors,
    hints=(
        "Compute the line's predictions for one set, subtract the labels, square, take the mean. Then do the same "
        "for the other set.",
        "Return both: `return training_error, validation_error`.",
    ),
    mistakes={
        "sum": "the squares are summed; the mean divides by how many points each set has.",
        "root": "these are the square roots of the mean squared errors; leave the square roots out.",
        "absolute": "these are mean absolute errors; square the differences instead of taking their absolute value.",
        "no_square": "the differences are not squared, so those above and below the line cancel out.",
        "swapped": "the two errors are right but in the wrong order: the training error comes first.",
        "training_twice": "both numbers are the training error; the second one belongs to the validation points.",
        "exchanged": "slope and offset have changed places: the slope multiplies x.",
        "square_of_mean": "the differences are averaged and then squared, so those above and below the line cancel "
        "out; square first.",
        "single": "only one error comes back; return the one on the training points and the one on the "
        "validation points.",
        "per_point": "there is one number for each point; return the two means.",
        "predictions": "these are the line's predictions; return how far they are from the labels.",
        "gap": "the second number is the gap between the two errors; return the validation error itself.",
        "no_offset": "the offset is missing: the line is slope * x + offset.",
        "scaled": "the line is in x itself; u = (x - 4) / 4 belongs to the polynomials of section 2.",
        "fitted": "these are the errors of the best line; take the slope and the offset that you are given.",
        "notebook_points": "right for the five points, and wrong for others: does a part of your code use the "
        "notebook's points, or a line of its own?",
        "one_less": "the sum is divided by one less than the number of points; a mean divides by all of them.",
        "one_size": "both sums are divided by the number of training points; each set has its own.",
    },
)
