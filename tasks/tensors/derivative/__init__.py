"""The task `derivative`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_derivative(answer, seed):
    yield "x = (0.5, 1, 2)", answer(np.array([0.5, 1.0, 2.0]))
    yield "x of shape (2, 2)", answer(np.random.default_rng(seed).uniform(-2, 2, size=(2, 2)))


TASK = Task(
    "derivative",
    observe=observe_derivative,
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
        "value": "this is the value of f, not its derivative.",
        "unrecorded": {
            "pytorch": "nothing was recorded: x must require a gradient, and torch.no_grad() must not be on.",
            "tensorflow": "your result is None: `return` is missing, or the tape did not see the way from x to the "
            "values. It watches variables only, unless told, and only inside its block.",
        },
        "backward_result": {
            "pytorch": "your result is None: `return` is missing, or you return what backward() gives, which is "
            "nothing; the gradient is in x.grad."
        },
        "no_sum": {"pytorch": "backward() starts from one number, but f(x) has several entries: sum them first."},
        "single": "you return one number, the sum; wanted is the derivative at each entry of x.",
        "product_rule": "this is the product of the two derivatives; a product's derivative has two terms.",
        "one_term": "one term is missing: x² and sin(x) both depend on x, and both must be recorded.",
        "detached": {
            "pytorch": "part of the expression left the graph (detach or numpy), so one term is missing.",
            "tensorflow": "part of the expression left the tape (NumPy or stop_gradient), so one term is missing.",
        },
        "mean": "the mean was taken before the gradient, so each entry is divided by the number of entries.",
    },
)
