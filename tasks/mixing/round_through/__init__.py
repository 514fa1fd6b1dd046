"""The task `round_through`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def gradient_through(answer, values, factors):
    """The gradient of sum(factors * answer(values)) with respect to values."""
    variable, factors = answer.variable(values), answer.tensor(factors)
    if answer.framework == "pytorch":
        result = (factors * answer(variable)).sum()
        if not result.requires_grad:
            return None
        result.backward()
        return variable.grad
    import tensorflow as tf

    with tf.GradientTape() as tape:
        result = tf.reduce_sum(factors * answer(variable))
    return tape.gradient(result, variable)


def form_of(rounded):
    """Whether a value and a function came back as a pair, or an object in place of its values."""
    if isinstance(rounded, tuple):
        return "two things"
    return "an object of a class" if hasattr(rounded, "save_for_backward") else "one thing"


def observe_round_through(answer, seed):
    values = np.array([0.2, 0.7, -1.4, -2.6])
    rounded = answer(values)
    yield "the values 0.2, 0.7, -1.4 and -2.6: what comes back", form_of(rounded)
    yield "the values 0.2, 0.7, -1.4 and -2.6", rounded
    yield "the gradient of the sum of the results", gradient_through(answer, values, np.ones(4))
    factors = np.array([3.0, -0.3, 0.5, 10.2])
    yield "the gradient of 3·r0 - 0.3·r1 + 0.5·r2 + 10.2·r3", gradient_through(answer, values, factors)
    yield "values of shape (2, 2)", answer(np.random.default_rng(seed).uniform(-5, 5, size=(2, 2)))


def facts_of_round_through(answer, seed):
    values = np.array([0.2, 0.7, -1.4, -2.6])
    one, two = (as_numpy(gradient_through(answer, values, np.full(4, factor))) for factor in (3.0, 6.0))
    if np.ptp(one) > 1e-6:
        yield "With one upstream gradient everywhere, yours depends on the values; it should be the same everywhere."
    if one[0] and not np.isclose(two[0], 2 * one[0]):
        yield f"With an upstream gradient of 3 everywhere, yours is {one[0]:.4g}; with one of 6 it is {two[0]:.4g}."


TASK = Task(
    "round_through",
    observe=observe_round_through,
    facts=facts_of_round_through,
    hints=(
        "Value and gradient are two separate pieces of code here; section 3 shows the form.",
        {
            "pytorch": "A torch.autograd.Function: forward returns torch.round(values), setup_context has nothing "
            "to save, backward returns upstream. round_through then calls its .apply.",
            "tensorflow": "With @tf.custom_gradient, return tf.round(values) and a function that returns upstream.",
        },
    ),
    mistakes={
        "automatic": {
            "pytorch": "the values are right, but every gradient is 0, as that of torch.round is. Is there a backward "
            "that "
            "returns `upstream`, and is the class called by its .apply?",
            "tensorflow": "the values are right, but no gradient comes back. Is it cut off, or is "
            "@tf.custom_gradient missing, with a function that returns `upstream`?",
        },
        "nothing_back": {
            "pytorch": "the values are right, but no gradient comes back: does backward return `upstream`, "
            "or do detach() or NumPy cut the result off?",
        },
        "class_called": {
            "pytorch": "an object of your class comes back: to run its forward and note its backward, call its .apply.",
        },
        "no_decorator": {
            "tensorflow": "the value and the function for the gradient come back as a pair: @tf.custom_gradient, "
            "above the "
            "`def`, would take the two apart.",
        },
        "blocked": {
            "tensorflow": "every gradient is 0; let `upstream` pass as it comes.",
        },
        "one_number": {
            "tensorflow": "the gradient is one number for all entries; `upstream` has one for each.",
        },
        "one_thing": {
            "tensorflow": "under @tf.custom_gradient return two things: the value, then the function for the "
            "gradient, which you do not call.",
        },
        "truncated": "0.7 becomes 0: you cut off the decimals; round to the nearest whole number.",
        "negative": "the sign of the gradient is flipped; it should pass unchanged.",
        "no_upstream": "the gradient is always 1; by the chain rule it is `upstream`.",
        "rounded_upstream": "the gradient is rounded too; only the value should be.",
        "masked": "the gradient reaches only some entries; let all of it through.",
        "times_values": "the gradient is multiplied by the values; it should pass unchanged.",
        "floor": "0.7 becomes 0: you round down; round to the nearest whole number.",
        "ceiling": "0.2 becomes 1: you round up; round to the nearest whole number.",
        "identity": "the values come back as they are; round them.",
    },
)
