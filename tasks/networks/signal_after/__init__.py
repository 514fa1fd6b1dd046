"""The task `signal_after`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_signal_after(answer, seed):
    yield "deviation 0.3, 100 inputs, 5 layers", answer(0.3, 100, 5)
    yield "deviation 0.05, 64 inputs, 7 layers", answer(0.05, 64, 7)
    yield "deviation 0.1, 200 inputs, 20 layers", answer(0.1, 200, 20)


def facts_of_signal_after(answer, seed):
    one, two, three = (float(answer(0.3, 100, layers)) for layers in (1, 2, 3))
    if not np.isclose(one, 4.5**0.5):
        yield f"For one layer your result is {one:.4g}, where the root of 100 · 0.3² / 2, {4.5**0.5:.4g}, is right."
    elif not np.isclose(two, 4.5):
        yield f"One layer is right, the factor {one:.4g}. Two layers give {two:.4g}, where its square, 4.5, is right."
    elif not np.isclose(three, 4.5**1.5):
        yield f"One and two layers are right. Three give {three:.4g}, where {4.5**1.5:.4g} is right."


TASK = Task(
    "signal_after",
    observe=observe_signal_after,
    facts=facts_of_signal_after,
    hints=(
        "By which factor does one layer change the mean square, and by which one therefore its square root?",
        "The mean square is multiplied by inputs · deviation² / 2 in each layer; the root mean square by the square "
        "root of that.",
    ),
    mistakes={
        "mean_square": "this is the mean square; the root mean square is its square root.",
        "no_half": "this would be right without ReLU, which sets half of the values to 0.",
        "one_layer": "this is the signal after one layer; each further layer multiplies it again.",
        "times_layers": "this is the factor of one layer times the number of layers; factors of several layers "
        "multiply each other.",
        "not_squared": "this would be right if `deviation` were the variance of the weights; the variance is "
        "its square.",
        "half_power": "this is half of the mean square: the exponent is layers / 2, in parentheses.",
        "one_more": "this is the signal after one layer more.",
        "one_less": "this is the signal after one layer less.",
    },
)
