"""What the made-up tasks share."""

import numpy as np


def observe_double(answer, seed):
    yield "the numbers 1, 2 and 3", answer(np.array([1.0, 2.0, 3.0]))
    yield "a table of shape (2, 2)", answer(np.random.default_rng(seed).normal(size=(2, 2)))
