"""The task `sigmoid`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_sigmoid(answer, seed):
    yield "the logits -2, 0 and 3", answer(np.array([-2.0, 0.0, 3.0]))
    yield "an array of shape (3, 2)", answer(np.random.default_rng(seed).normal(size=(3, 2)))


TASK = Task(
    "sigmoid",
    observe=observe_sigmoid,
    hints=(
        "Work on the whole array at once: NumPy's operations go through all entries.",
        "The denominator is 1 + np.exp(-logits).",
    ),
    mistakes={
        "sign": "this is 1 minus the sigmoid, the probability of class 0; it falls where the logit grows.",
        "no_one": "the 1 in the denominator is missing.",
        "precedence": "this is 1 + exp(-z), which should stand below the line: divide 1 by all of it, in parentheses.",
        "tanh": "this is tanh, which runs from -1 to 1; the sigmoid runs from 0 to 1.",
        "step": "this is a hard decision, 0 or 1; the sigmoid gives a probability in between.",
        "derivative": "this is the sigmoid times 1 minus the sigmoid, its derivative.",
        "softplus": "this is log(1 + exp(z)), which appears in the loss; wanted is 1 / (1 + exp(-z)).",
        "minus": "this is 1 / (1 - exp(-z)), which is infinite at z = 0; the denominator should be a sum.",
        "softmax": "the exponentials are divided by their sum over all entries; each entry stands for itself here.",
        "times_e": "e is multiplied by -z here; it should be raised to that power, as np.exp(-z) does.",
        "base_two": "the power has the base 2 here; in the sigmoid it is e, as in np.exp.",
        "rounded_e": "the base of the power is e with too few digits; np.exp(-z) computes it to full precision.",
    },
    rtol=1e-5,  # so that 2.718 in place of e is seen
    atol=1e-8,
)
