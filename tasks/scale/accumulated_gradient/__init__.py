"""The task `accumulated_gradient`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_accumulated_gradient(answer, seed):
    column = np.array([[1.0], [2.0]])
    weights = answer.tensor(np.ones((1, 1)))
    yield "features 1 and 2, targets 3 and 6, weight 1, 2 parts", answer(column, 3 * column, weights, 2)
    yield "`weights` does not ask for a gradient afterwards", not getattr(weights, "requires_grad", False)
    generator = np.random.default_rng(seed)
    features, targets, weights = (generator.normal(size=shape) for shape in ((12, 2), (12, 1), (2, 1)))
    yield "12 samples with 2 features, 3 parts", answer(features, targets, weights, 3)
    yield "the same in 1 part", answer(features, targets, weights, 1)


TASK = Task(
    "accumulated_gradient",
    translate=True,
    observe=observe_accumulated_gradient,
    hints=(
        {
            "pytorch": "A tensor's gradient adds up by itself: each backward adds to weights.grad.",
            "tensorflow": "A tape gives a new gradient each time; add them up yourself, starting from zeros.",
        },
        {
            "pytorch": "weights = weights.clone().requires_grad_(), then (loss / parts).backward() for each part.",
            "tensorflow": "In the loop: with tf.GradientTape() as tape, tape.watch(weights), the loss of the part "
            "divided by parts; then total = total + tape.gradient(loss, weights).",
        },
    ),
    mistakes={
        "sum": "the result is as many times too large as there are parts. Is each loss divided by `parts`?",
        "first": "only the first part counts: does the `return` stand inside of the loop?",
        "divided_twice": "the result is as many times too small as there are parts: is it divided twice, or "
        "does the loop have fewer turns than there are parts?",
        "not_squared": "the errors are not squared; the loss is the mean of their squares.",
        "counted_again": {
            "pytorch": "each backward adds to .grad by itself; adding up .grad counts the first parts again.",
        },
        "in_place": {
            "pytorch": "`weights` itself now asks for gradients, which its owner did not want: do it with a copy.",
        },
        "none": {
            "pytorch": "the result is None: does the function end with `return`, and is it the .grad of the copy "
            "that has requires_grad_(), after backward?",
            "tensorflow": "the result is None: does the function end with `return`, and does the tape watch the "
            "weights?",
        },
        "last": "this is the gradient of the last part only; add up those of all parts.",
        "unrecorded": {
            "pytorch": "nothing was recorded: the copy of the weights needs requires_grad_().",
            "tensorflow": "the gradient is None: inside the `with`, call tape.watch(weights), then compute "
            "the errors and the loss.",
        },
        "summed_errors": "the squared errors of a part are summed up; its loss is their mean.",
        "weights": "these are the weights, as they were given; their gradient is wanted.",
        "step": "these are new weights; the gradient itself is wanted.",
        "loss": "this is the loss; its gradient by the weights is wanted.",
        "overlapping": "the parts overlap, as with features[i : i + size] for i = 0, 1, 2; a part starts where the one "
        "before it ends.",
        "same_part": "each turn takes the first part again: let the slice move on.",
        "negative": "the sign of the gradient is turned.",
    },
)
