"""The task `gradient_step`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_gradient_step(answer, seed):
    generator = np.random.default_rng(seed)
    yield "parameter 1, gradient 2, learning rate 0.1", answer(np.array([1.0]), np.array([2.0]), 0.1)
    yield "arrays of shape (2, 3)", answer(generator.normal(size=(2, 3)), generator.normal(size=(2, 3)), 0.5)


TASK = Task(
    "gradient_step",
    observe=observe_gradient_step,
    hints=(
        "The gradient points to where the loss grows. Which way do you go?",
        "Subtract the learning rate times the gradient from the parameter.",
    ),
    mistakes={
        "uphill": "the step goes up the gradient, so the loss grows; go the other way.",
        "no_rate": "the learning rate is not used; it scales the step.",
        "step_only": "this is the step alone; wanted is the new parameter, the old one plus that step.",
        "size_only": "this is the learning rate times the gradient; wanted is the new parameter, after a step against it.",
        "divided": "the gradient is divided by the learning rate; multiply, so that a small rate steps little.",
        "in_place": "your code changes the array `parameter` itself; compute a new array instead, without `-=`.",
    },
    open_ended=True,
)
