"""The task `minimise`: what is tried, the hints, and a sentence for each typical mistake."""

import itertools

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy

NEAR = 0.02  # of a step's length: what single precision may make of it
LOOKS = 50  # steps that are looked at


def observe_minimise(answer, seed):
    valley = np.array([1.0, 25.0]), np.array([1.0, 2.0]), np.array([-1.0, 1.0])
    bowl = np.array([1.0, 1.0]), np.array([3.0, -1.0]), np.array([0.5, -2.0])
    for name, (curvature, lowest, start) in (("a narrow valley", valley), ("a round bowl", bowl)):
        path, calls = [], []
        found = answer(recorded(curvature.tolist(), lowest.tolist(), path, calls), start)
        yield name, None if found is None else np.zeros(as_numpy(found).shape)
        end = as_numpy(found).astype(float) - lowest
        path = [p if p is None else p - lowest for p in path if p is None or p.shape == (2,)]
        yield f"{name}: how it ends", journey(curvature, start - lowest, path, end, len(calls))


def recorded(curvature, lowest, path, calls):
    """The sum of `curvature * (p - lowest)**2`, which notes each call, and in `path` where it was looked at."""

    def function(p):
        calls.append(1)
        try:
            path.append(as_numpy(p).astype(float))
        except TypeError:  # inside tf.function there are no numbers to look at
            path.append(None)
        return curvature[0] * (p[0] - lowest[0]) ** 2 + curvature[1] * (p[1] - lowest[1]) ** 2

    return function


def journey(curvature, start, path, end, calls):
    """How a descent went, in a few words, from the points at which it looked at the sum of `curvature * point**2`."""
    if curvature @ end**2 < 0.001:
        return "below 0.001"
    if np.allclose(end, start):
        return "at the start"
    if any(point is None for point in path):
        return "above 0.001, by steps in a graph, which cannot be watched"
    if calls < 2:
        return "after one look at the function" if calls else "without a look at the function"
    points = [start] + [point for last, point in itertools.pairwise([start, *path, end]) if (point != last).any()]
    grew = not np.isfinite(end).all() or curvature @ end**2 > 10 * curvature @ start**2
    points = np.array([point for point in points[:LOOKS] if np.isfinite(point).all()])
    kind = descent(curvature, points) if len(points) > 1 else None
    return kind or f"{'farther away' if grew else 'above 0.001'}, by other steps"


def descent(curvature, points):
    """Which kind of gradient descent the steps between the points are, or None."""
    steps, slopes = np.diff(points, axis=0), 2 * curvature * points[:-1]
    rate = -steps[0] @ slopes[0] / (slopes[0] @ slopes[0])

    def explained_by(gradients):
        error = np.linalg.norm(steps + rate * gradients, axis=1)
        return (error <= NEAR * np.linalg.norm(steps, axis=1) + 1e-6).all()

    if explained_by(slopes):
        if rate < 0:
            return "uphill from the first step"
        return "farther away" if curvature @ points[-1] ** 2 > curvature @ points[0] ** 2 else "on the way"
    if explained_by(np.cumsum(slopes, axis=0)):
        return "by the sum of all gradients so far"
    if explained_by(np.repeat(slopes[:1], len(slopes), axis=0)):
        return "by the gradient of the start, again and again"
    if np.allclose(steps[:, 0], steps[:, 1], rtol=NEAR, atol=1e-6):
        return "both coordinates by the same amount"
    if (steps == 0).all(axis=0).any():
        return "one coordinate only"
    rates = -(steps * slopes).sum(axis=1) / (slopes**2).sum(axis=1)
    if explained_by(slopes * rates[:, None] / rate) and (rates > 0).all() and (np.diff(rates) < 0).all():
        return "by smaller and smaller parts of the gradient"
    lengths = np.linalg.norm(steps, axis=1)
    return "by steps of one length" if len(steps) > 5 and np.ptp(lengths) < 1e-3 * lengths.max() else None


TASK = Task(
    "minimise",
    observe=observe_minimise,
    recorded=True,
    hints=(
        {
            "pytorch": "As in section 23: backward, a step under torch.no_grad(), clear the gradient, repeat.",
            "tensorflow": "As in section 23: a tape around the function, a step with assign_sub, repeat.",
        },
        "Across the valley the curvature is 50, so a learning rate above 2 / 50 = 0.04 diverges. Along it the "
        "curvature is 2: how many steps does that need?",
    ),
    mistakes={
        "start": "you return the start: does your loop change the point that you return?",
        "not_called": "your code never calls `function`, so it cannot know where it is low.",
        "one_look": "`function` is called only once. Do the call and its gradient stand inside the loop, and `return` "
        "behind it?",
        "uphill": "the steps go along the gradient, uphill: step against it.",
        "too_large": "the point moves away from the lowest one with each step: is the learning rate too large?",
        "too_few": "the steps lead the right way, but end too early: more steps, or a somewhat larger learning rate.",
        "value_returned": "you return the function's value; return the point.",
        "stale": "each step follows the gradient at the START: compute the gradient anew in every step.",
        "not_cleared": {
            "pytorch": "each step follows the SUM of all gradients so far: clear .grad before the next backward()."
        },
        "one_number": "both coordinates always move by the same amount; each has its own entry of the gradient.",
        "one_coordinate": "one of the two coordinates never changes; each has its own entry of the gradient.",
        "shrinking": "the steps lead the right way, but the learning rate shrinks from step to step, and the end is "
        "above 0.001. Does it shrink too soon?",
        "equally_long": "every step is equally long, however steep it is. Does the length of the gradient count, and "
        "are there enough steps?",
        "not_along": "the end is above 0.001, and your points do not follow the gradient at one fixed learning rate. "
        "If that is meant, as in Adam or a search, try more of them or take larger steps.",
        "lost": "the point ends far from where it began and from the lowest one, and your steps are not one fixed "
        "learning rate times the gradient. Is the step subtracted from the point?",
        "in_a_graph": {
            "tensorflow": "the end is above 0.001. Steps inside tf.function cannot be watched here. Are there enough, "
            "and of the right length?"
        },
        "path": "you return several points; return the last one.",
        "two_arguments": "`function` takes one tensor, unlike `valley` in section 23: give it the whole point.",
        "new_tensor": {
            "pytorch": ".grad is None. Does backward() run in every step, and is the point changed in place, under "
            "torch.no_grad()? `p = p - ...` makes a new tensor."
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
            "tensorflow": "the gradient is None: is the point a tf.Variable in every step (`p = p - ...` makes "
            "a plain tensor), and is `function` called inside the tape's block?"
        },
        "used_tape": {"tensorflow": "a tape gives its gradient once; open a new one in every step."},
    },
    open_ended=True,
)
