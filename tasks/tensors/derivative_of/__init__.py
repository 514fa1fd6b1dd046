"""The task `derivative_of`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_derivative_of(answer, seed):
    yield "x³ at x = (1, 2, -3)", answer(lambda x: x**3, np.array([1.0, 2.0, -3.0]))
    table = np.random.default_rng(seed).uniform(-2, 2, size=(2, 3))
    yield "x / (1 + x²) and x of shape (2, 3)", answer(lambda x: x / (1 + x**2), table)
    # float32 and float64 lose x beside this number, so that only an exact derivative comes through.
    yield "x² + 10¹⁵ at x = (1, 2, -3)", answer(lambda x: x**2 + 1e15, np.array([1.0, 2.0, -3.0]))


TASK = Task(
    "derivative_of",
    observe=observe_derivative_of,
    hints=(
        {
            "pytorch": "Make a copy of x that requires a gradient, so that PyTorch records what follows.",
            "tensorflow": "Open a GradientTape and tell it to watch x.",
        },
        {
            "pytorch": "`x = x.clone().requires_grad_()`, then the values, their sum, `backward()`, `x.grad`.",
            "tensorflow": "Inside the tape `tape.watch(x)`, then the values; after it `tape.gradient(values, x)`.",
        },
    ),
    mistakes={
        "value": "this is the value of the function, not its derivative.",
        "unrecorded": {
            "pytorch": "nothing was recorded: call the function with a copy of x that requires a gradient.",
            "tensorflow": "your result is None. Is `return` there, does `function` run inside the tape's block, on the "
            "very tensor that the tape watches, and is `gradient` given the value first, then that tensor?",
        },
        "none": {
            "pytorch": "your result is None. Is `return` there? backward() gives nothing back, and only the recorded "
            "copy of x keeps a gradient in .grad, neither the x that was given nor what was computed."
        },
        "no_sum": {"pytorch": "backward() starts from one number, but there are several values: sum them first."},
        "single": "your result is one number, the sum of the derivatives; wanted is one for each entry of x.",
        "mean": "each derivative is divided by the number of entries. Is a mean taken where a sum belongs?",
        "numeric": "right for small values, but wrong beside the large number 10¹⁵, where nudging x changes nothing: "
        "take the exact derivative from the framework.",
        "second": "this is the second derivative, the derivative of the derivative; wanted is the first.",
        "coarse": "this is near the derivative, as a quotient of differences with a large step is: take the exact "
        "derivative from the framework.",
        "of_the_sine": "this is the cosine, the derivative of the sine alone; take that of the given `function`.",
    },
)
