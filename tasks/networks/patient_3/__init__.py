"""The task `patient_3`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import blobs


def observe_patient_3(answer, seed):
    features, labels = blobs(samples=30, classes=3, noise=1.0, seed=seed)
    left_out = np.flatnonzero(labels == 0)[:6]  # with equal classes the bias would hardly move
    features, labels = np.delete(features, left_out, axis=0), np.delete(labels, left_out)
    yield "24 samples and 1 step", answer(features, labels, 1)
    yield "24 samples and 6 steps", answer(features, labels, 6)


TASK = Task(
    "patient_3",
    observe=observe_patient_3,
    hints=(
        "What does the library's cross-entropy expect, and what does it do with it first?",
        "Hand `features @ weight + bias` to the loss, without a softmax.",
    ),
    mistakes={
        "still_twice": "the loss still gets probabilities and applies a second softmax to them.",
        "sigmoid": "now a sigmoid comes before the loss's own softmax; the loss wants the bare logits.",
        "no_log": "the logarithm is missing: the loss is minus the log of the right class's probability.",
        "wrong_axis": "the softmax runs down the samples; it should run over the classes of one sample.",
        "down_and_again": "a softmax down the samples still comes before the loss's own; the loss wants the bare "
        "logits.",
        "stuck": {
            "pytorch": "the loss stays the same from step to step: nothing moves. Is there an update, and does a ReLU "
            "or the like stop the gradient?",
            "tensorflow": "the loss stays the same from step to step: nothing moves. Is there an update, does a ReLU "
            "or the like stop the gradient, and do the losses of `keras.losses` know that they get logits "
            "(`from_logits=True`)?",
        },
        "sum": "the losses of the samples are summed up; the loss is their mean.",
        "squared_error": "this is a squared error of the probabilities; for classes take the cross-entropy.",
        "binary": "this is the binary cross-entropy, for labels that may be true together; here one class is right.",
    },
)
