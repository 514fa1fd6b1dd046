"""The task `patient_1`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import line
from utils.training import values_of, watched


def observe_patient_1(answer, seed):
    features, labels = line(samples=12, seed=seed)
    yield "12 samples and 1 step", answer(features + 1, labels[:, 0], 1)
    with watched() as training:
        losses = answer(features + 1, labels[:, 0], 6)
    yield "12 samples and 6 steps", losses
    yield (
        "weight and bias move away from the labels, with 12 samples and 6 steps",
        _moves_away(training, features + 1, labels),
    )


def _moves_away(training, features, labels):
    """Whether a weight and a bias end on the other side of 0 than those that fit the labels."""
    weight = bias = 0.0
    for _ in range(6):
        errors = features * weight + bias - labels
        weight, bias = weight - 0.6 * np.mean(features * errors), bias - 0.6 * np.mean(errors)
    ends = [values_of(p) for run in training.runs[-1:] for p in run.parameters]
    return len(ends) == 2 and all(
        end.size == 1 and end.item() * (weight if end.ndim == 2 else bias) < 0 for end in ends
    )


def facts_of_patient_1(answer, seed):
    features, labels = line(samples=12, seed=seed)
    losses, mixed = (numbers_of(answer(features + 1, y[:, 0], 6)) for y in (labels, labels[::-1].copy()))
    if np.allclose(losses, mixed, rtol=1e-4):
        yield "With the labels in another order all losses stay the same: no prediction meets its own label alone."


def numbers_of(losses):
    return np.array([float(loss) for loss in losses])


TASK = Task(
    "patient_1",
    observe=observe_patient_1,
    facts=facts_of_patient_1,
    hints=(
        "Print the shapes of predictions, labels and their difference.",
        "Make the labels a column, `labels[:, None]`, or the predictions a list, `predictions[:, 0]`.",
    ),
    mistakes={
        "still_broadcasts": "the difference is still a table of every prediction with every label; its shape "
        "should be (n, 1) or (n,).",
        "sum": "the squared errors are summed up now; the loss is their mean.",
        "mean_prediction": "the predictions are averaged before the comparison; each one belongs to its own label.",
        "first_label": "every prediction is compared with the first label only.",
        "absolute": "this is the mean absolute error; the loss of this loop is the mean of the squares.",
        "plus": "the losses are right, but weight and bias go the other way: are the labels added to the predictions? "
        "The "
        "error is the difference.",
        "squared_mean": "the mean of the differences is squared; square each difference first, then take the mean.",
        "half": "the loss is half of the mean squared error now; only the shapes were wrong.",
        "one_step": "the list holds the loss of one step only: does `return` stand inside the loop?",
        "accumulates": {
            "pytorch": "the gradients of earlier steps add up now: keep the line that clears them.",
        },
    },
)
