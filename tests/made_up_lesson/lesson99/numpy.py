"""Solutions and mistakes of the made-up lesson, in NumPy."""

import numpy as np


def double(numbers):
    return numbers * 2


def double__square(numbers):
    return numbers**2


def double__sum(numbers):
    return numbers.sum()


def double__sum__kept_axis(numbers):
    return numbers.sum(keepdims=True)


def double__in_place(numbers):
    numbers *= 2
    return numbers


def half(numbers):
    return numbers / 2


def half__doubled(numbers):
    return numbers * 2


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


def parts(numbers):
    return numbers.sum(), [numbers]


def parts__swapped(numbers):
    return [numbers], numbers.sum()


def best():
    answer = 8
    return answer


def best__odd():
    return 7


def mended(numbers):
    return numbers * 2


def mended__starter(numbers):
    return numbers - 2


def mended__square(numbers):
    return numbers**2
