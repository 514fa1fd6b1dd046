"""The task `patient_2`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import blobs


def observe_patient_2(answer, seed):
    features, labels = blobs(samples=32, classes=2, noise=1.5, seed=seed)
    left_out = np.flatnonzero(labels == 0)[:8]  # with equal classes the bias would hardly move
    features, labels = np.delete(features, left_out, axis=0), np.delete(labels, left_out)
    labels = labels[:, None].astype(np.float32)
    yield "24 samples and 2 steps", answer(features, labels, 2)
    yield "24 samples and 6 steps", answer(features, labels, 6)


TASK = Task(
    "patient_2",
    observe=observe_patient_2,
    hints=(
        "After a step, what do the gradients of that step still do in the next one?",
        {
            "pytorch": "Clear `weight.grad` and `bias.grad` once a step, after the update.",
            "tensorflow": "Set `weight_sum` and `bias_sum` to 0.0 at the beginning of every step, not only once.",
        },
    ),
    mistakes={
        "inside": "only the gradient of the second half reaches the step. Is that of the first half cleared, "
        "replaced, or "
        "never computed?",
        "too_early": {
            "pytorch": "at the update a gradient is None. Is it computed before, and cleared only afterwards?",
            "tensorflow": "the loss stays the same from step to step: nothing moves that lasts. Is there an update, "
            "and what is cleared or made anew before it?",
        },
        "zero_too_early": {
            "pytorch": "the loss stays the same from step to step: nothing moves. Is there an update, and what is "
            "cleared before it?",
        },
        "parameters": "the parameters themselves are set to zero; it is the gradients that must be cleared.",
        "step_each_half": "there is an update after each half; the gradients of both halves belong to one step.",
        "still_adds_up": {
            "pytorch": "the gradients of earlier steps are still added to the new ones; clear them in every step.",
            "tensorflow": "the sums still hold the gradients of earlier steps; start them at 0.0 in every step.",
        },
        "one_cleared": "weight and bias both need it: the gradients of one are cleared in every step, those of the "
        "other still add up.",
        "not_halved": "the losses of the halves add up to twice the mean. Is each of them divided by 2, and counted "
        "once?",
    },
)
