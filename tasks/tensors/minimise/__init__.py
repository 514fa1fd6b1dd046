"""The task `minimise`: what is tried, the hints, and a sentence for each typical mistake."""

import contextlib

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def observe_minimise(answer, seed):
    def bowl(p):
        return (p[0] - 3) ** 2 + (p[1] + 1) ** 2

    def valley(p):
        return (p[0] - 1) ** 2 + 25 * (p[1] - 2) ** 2

    for name, function, start in (("a narrow valley", valley, [-1.0, 1.0]), ("a round bowl", bowl, [0.5, -2.0])):
        path = []

        def recorded(point, function=function, path=path):
            with contextlib.suppress(TypeError):  # inside tf.function there are no numbers to look at
                path.append(as_numpy(point).astype(float))
            return function(point)

        found = answer(recorded, np.array(start))
        yield name, None if found is None else np.zeros(as_numpy(found).shape)
        yield f"{name}: how it ends", journey(function, np.array(start), path, as_numpy(found).astype(float))


def journey(function, start, path, found):
    """How a descent went, in a few words, from the points at which it looked at the function."""
    if function(found) < 0.001:
        return "below 0.001"
    if np.allclose(found, start):
        return "at the start"
    if len(path) == 1:
        return "after one look at the function"
    steps = np.diff(np.array([start, *path, found]), axis=0)
    steps = steps[np.abs(steps).max(axis=1) > 0]
    slope = np.array([function(start + h) - function(start - h) for h in 1e-4 * np.eye(2)])
    if steps[0] @ slope > 0:
        return "uphill from the first step"
    if len(steps) > 2 and np.allclose(steps[0], steps[1]) and np.allclose(steps[1], steps[2]):
        return "straight on, with the same step again and again"
    values = [function(point) for point in (*path, found)]
    if not np.all(np.isfinite(values)) or values[-1] > 10 * values[0]:
        return "further away with every step"
    if np.sum(np.diff(values) > 0) > len(values) / 4:
        return "up and down without an end"
    return "on the way, but still above 0.001"


TASK = Task(
    "minimise",
    observe=observe_minimise,
    hints=(
        {
            "pytorch": "As in section 17: backward, a step under torch.no_grad(), clear the gradient, repeat.",
            "tensorflow": "As in section 17: a tape around the function, a step with assign_sub, repeat.",
        },
        "Across the valley the curvature is 50, so a learning rate above 2 / 50 = 0.04 diverges. Along it the "
        "curvature is 2: how many steps does that need?",
    ),
    mistakes={
        "start": "you return the start: does your loop change the point that you return?",
        "uphill": "the steps go up: step against the gradient.",
        "too_large": "each step leads further away, so it diverges: take a smaller learning rate.",
        "too_few": "the point is on its way, but not there yet: more steps, or a somewhat larger learning rate.",
        "value_returned": "you return the function's value; return the point.",
        "stale": "the step is the same again and again: compute the gradient anew in every step.",
        "not_cleared": {"pytorch": "the gradients of all steps add up, so the point swings: clear .grad each step."},
        "path": "you return several points; return the last one.",
        "two_arguments": "`function` takes one tensor, unlike `valley` in section 17: give it the whole point.",
        "new_tensor": {
            "pytorch": "`p = p - ...` makes a new tensor whose .grad stays None; change the point in place under "
            "torch.no_grad()."
        },
        "unrecorded": {
            "pytorch": "nothing is recorded: the point must require a gradient, and keep it; `p = p - ...` under "
            "no_grad() makes one that does not."
        },
        "leaf_in_place": {
            "pytorch": "PyTorch refuses to change a tensor in place while it records it: put the step under "
            "torch.no_grad()."
        },
        "constant": {
            "tensorflow": "the gradient is None: make the point a tf.Variable or watch it, and call `function` "
            "inside the tape's block."
        },
        "used_tape": {"tensorflow": "a tape gives its gradient once; open a new one in every step."},
    },
    open_ended=True,
)
