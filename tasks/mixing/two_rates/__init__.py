"""The task `two_rates`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_two_rates(answer, seed):
    one = np.array([[1.0]])
    yield "one point: feature 1, target 3, weight 1, offset 0", answer(one, 3 * one, one, np.array([0.0]))
    generator = np.random.default_rng(seed)
    features, targets, weights = (generator.normal(size=shape) for shape in ((6, 2), (6, 1), (2, 1)))
    yield "6 points with 2 features", answer(features, targets, weights, np.array([0.5]))
    if answer.framework == "pytorch":
        given = [answer.tensor(array) for array in (features, targets, weights, np.array([0.5]))]
        answer(*given)
        yield "the tensors that were given are still without gradients", not any(one.requires_grad for one in given)


TASK = Task(
    "two_rates",
    translate=True,
    observe=observe_two_rates,
    hints=(
        {
            "pytorch": "Make copies that record: weights.clone().requires_grad_(), and the offset likewise.",
            "tensorflow": "The tensors are no variables: inside the tape, call tape.watch([weights, offset]).",
        },
        {
            "pytorch": "torch.autograd.grad(loss, [weights, offset]) returns both gradients; detach the results.",
            "tensorflow": "tape.gradient(loss, [weights, offset]) returns both; subtract rate * gradient.",
        },
    ),
    mistakes={
        "unrecorded": {
            "pytorch": "nothing was recorded: the copies of weights and offset need requires_grad_().",
            "tensorflow": "a gradient is None: is each of the two tensors watched by the tape, and does the loss, "
            "computed inside the `with`, use it?",
        },
        "given_marked": {
            "pytorch": "the new values are right, but the tensors that were given require gradients from now on: mark "
            "copies of them, as `clone` makes.",
        },
        "unchanged": "weights and offset come back as they were. Is a gradient computed, and does a step use it?",
        "swapped_rates": "the rates are swapped: 0.1 belongs to the weights, 0.01 to the offset.",
        "one_rate": "both steps use the rate 0.1; the offset has its own, 0.01.",
        "sum": "the squared errors are summed up; the loss is their mean.",
        "uphill": "the step goes up the loss; subtract.",
        "gradients": "these are the gradients; return the new weights and the new offset.",
        "swapped_results": "weights and offset come back in the wrong order.",
        "one_after_other": "the offset's gradient is taken after the weights have moved; take both at the start.",
    },
)
