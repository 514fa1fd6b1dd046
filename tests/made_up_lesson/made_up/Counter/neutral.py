"""Answers to the made-up task `Counter`."""

import numpy as np


class Counter:
    """The same array at each step, changed in place."""

    def __init__(self):
        self.count = np.zeros(2)

    def step(self):
        self.count += 1
        return self.count


class Counter__stuck:
    """The same array at each step, never changed."""

    def step(self):
        return np.zeros(2)
