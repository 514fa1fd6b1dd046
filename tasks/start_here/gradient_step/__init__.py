"""The task `gradient_step`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_gradient_step(answer, seed):
    generator = np.random.default_rng(seed)
    small = np.array([3.0, -1.0]), np.array([2.0, -4.0])
    yield "parameter (3, -1), gradient (2, -4), learning rate 0.1", answer(*small, 0.1)
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
        "size_only": "this is the learning rate times the gradient; wanted is the parameter after a step against it.",
        "no_gradient": "the gradient is not used: only the learning rate is subtracted.",
        "no_parameter": "the step is taken from the parameter itself; the gradient says where to go.",
        "one_number": "one number is made of the whole gradient; each entry steps by its own.",
        "absolute": "the gradient's sign is lost, so every entry steps down, even where it should go up.",
        "sign": "only the gradient's sign is used; its size matters too.",
        "precedence": "the difference is multiplied by the gradient: `*` must come first, without parentheses.",
        "divided": "the gradient is divided by the learning rate; multiply, so that a small rate steps little.",
        "in_place": "your code changes the array `parameter` itself; compute a new array instead, without `-=`.",
        "exchanged": "parameter and gradient are exchanged: the step is taken from the parameter, along the gradient.",
        "with_parameter": "the step is multiplied by the parameter too; it is the learning rate times the gradient.",
        "unit_length": "the gradient is divided by its length, so every step is as long as the learning rate; a step "
        "is the learning rate times the gradient as it is.",
        "both_scaled": "the learning rate scales the parameter too; it should scale the gradient alone.",
    },
    open_ended=True,
)
