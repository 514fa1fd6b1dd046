"""The task `momentum_step`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def observe_momentum_step(answer, seed):
    generator = np.random.default_rng(seed)
    one, two, three = np.array([1.0]), np.array([2.0]), np.array([3.0])
    yield "parameter 1, velocity 2, gradient 3, learning rate 0.1, decay 0.8", answer(one, two, three, 0.1, 0.8)
    yield "tensors of shape (2, 3)", answer(*generator.normal(size=(3, 2, 3)), 0.5, 0.9)


def facts_of_momentum_step(answer, seed):
    parameter, velocity = (as_numpy(part).item() for part in answer(*np.array([[1.0], [2.0], [3.0]]), 0.1, 0.8))
    if np.isclose(velocity, 4.6):
        yield f"The velocity is right, {velocity:.4g}. The parameter moves by {1 - parameter:.4g}, not by 0.46."
    old, new = (
        as_numpy(answer(*np.array([[1.0], *parts]), 0.1, 0.8)[1]).item() for parts in ([[2.0], [0.0]], [[0.0], [3.0]])
    )
    if not np.isclose(old, 1.6):
        yield f"With a gradient of 0, the velocity goes from 2 to {old:.4g}; it should fade to 1.6."
    if not np.isclose(new, 3):
        yield f"From a velocity of 0, the gradient 3 makes the velocity {new:.4g}; it should be 3."


TASK = Task(
    "momentum_step",
    observe=observe_momentum_step,
    facts=facts_of_momentum_step,
    hints=(
        "By which factor does the weight of each past gradient change from one step to the next?",
        "Every past gradient fades by `decay`, so the whole old velocity does, and the new gradient comes in with the "
        "weight 1. The step is made with the new velocity.",
    ),
    mistakes={
        "old_velocity": "the step is made with the old velocity; make it with the new one.",
        "rate_inside": "the learning rate is already in your velocity; in section 9 it scales the step.",
        "uphill": "the step goes up the hill; subtract it.",
        "no_decay": "the old velocity is not multiplied by decay, so it never fades.",
        "averaged": "the gradient is multiplied by 1 - decay, as in a moving average; momentum adds it whole.",
        "order": "the right two results in the wrong order: first the parameter, then the velocity.",
        "no_memory": "the old velocity is not used, so this is plain gradient descent.",
        "no_rate": "the learning rate is missing: it scales the step.",
        "decayed_gradient": "the gradient is multiplied by decay; only the old velocity should be.",
        "old_returned": "the second result is the old velocity; return the new one.",
        "nesterov": "the velocity is right, and the step looks ahead, as Nesterov's momentum does; here it is the "
        "learning rate times the velocity.",
        "step": "the first result is the step alone; subtract it from the parameter.",
    },
)
