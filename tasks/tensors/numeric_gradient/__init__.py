"""The task `numeric_gradient`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_numeric_gradient(answer, seed):
    def mixed(p):
        return p[0] ** 2 * p[1] + p[0] - 3 * p[2]

    def product(p):
        return p[0] * p[1] * p[2]

    asked = []

    def noted(p):
        asked.append([float(entry) for entry in p])
        return mixed(p)

    gradient = answer(noted, np.array([1.0, 3.0, -1.0]), 0.25)
    if len(asked) > 1 and asked == [[1.0, 3.0, -1.0]] * len(asked):
        yield "the points at which the function is called", "the same point every time"
    yield "p0²·p1 + p0 - 3·p2 at (1, 3, -1), step 0.25", gradient
    yield "p0³ at 1, with the large step 0.5", answer(lambda p: p[0] ** 3, np.array([1.0]), 0.5)
    # Nudged by 0.1 and back, 0.7 is not quite 0.7 again: a point that was changed shows.
    yield "p0·p1·p2 at (0.7, 1.3, 2.1), step 0.1", answer(product, np.array([0.7, 1.3, 2.1]), 0.1)


TASK = Task(
    "numeric_gradient",
    observe=observe_numeric_gradient,
    rtol=2e-3,
    atol=2e-3,
    hints=(
        "Go through the entries in a loop. For each, make two copies of `point` and change one entry in each.",
        {
            "pytorch": "`up = point.clone()`, then `up[i] += step`, and the same downwards.",
            "tensorflow": "`tf.one_hot(i, len(point)) * step` is zero but for entry i: add it and subtract it.",
        },
    ),
    mistakes={
        "early_return": "only the first entry is computed: does `return` stand inside the loop?",
        "exact": "this is the exact derivative, 3; with the step 0.5 the numeric one is 3.25. Is it the given `step`?",
        "same_tensor": "the function is called at `point` itself every time. Is what you nudge a "
        "copy, or another name for it?",
        "one_sided": "this looks to one side of the point only; nudge up and down, and divide by 2 * step.",
        "no_division": "these are changes of the function; divide by 2 * step to get a rate of change.",
        "half_division": "this is twice the right one: is the change over 2 * step divided by `step` only?",
        "all_at_once": "all entries are nudged at the same time; nudge one and leave the others as they are.",
        "not_restored": "the earlier entries stay nudged while the next is tried; start from `point` each time.",
        "absolute": "the sizes are right, but a slope that falls is negative: keep the sign of the difference.",
        "replaced": "the entry is replaced by `step` and by -`step`; add `step` to its value, and subtract it.",
        "relative": "each entry is changed by `step` times its own value; add `step` itself, and subtract it.",
        "from_zero": "the other entries are 0 while one is nudged; start from `point` and its values.",
        "sign": "the sign is the wrong way round: it is the function above minus the function below.",
        "precedence": "the change is divided by 2 and multiplied by `step`, as `/ 2 * step` does; put 2 * step in "
        "parentheses.",
    },
)
