"""The task `patient_6`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_patient_6(answer, seed):
    generator = np.random.default_rng(seed)
    features = generator.normal(size=(6, 1))
    labels = np.array([[0.0, 1, 1, 0, 1, 1]]).T
    yield "6 samples of ordinary size: the losses of 4 steps", answer(features, labels, 4)
    far, sides = np.array([[-40.0, -30.0, 20.0, 60.0]]).T, np.array([[0.0, 0.0, 1.0, 1.0]]).T
    losses = answer(far, sides, 3)
    given = "the features -40, -30, 20, 60 with the labels 0, 0, 1, 1"
    yield f"each loss is a finite number, with {given}", bool(np.isfinite(np.array(losses, float)).all())
    yield f"{given}: the losses of 3 steps", losses
    losses = answer(far, np.array([[0.0, 0.0, 1.0, 0.0]]).T, 3)
    given = "the features -40, -30, 20, 60 with one wrong label, 0, 0, 1, 0"
    yield f"each loss is a finite number, with {given}", bool(np.isfinite(np.array(losses, float)).all())
    farther = answer(2 * far, np.array([[0.0, 0.0, 1.0, 0.0]]).T, 3)
    yield f"twice as far out, the second loss is larger, with {given}", _second(farther) > 1.1 * _second(losses)
    yield f"{given}: the losses of 3 steps", losses


def _second(losses):
    return float(np.sum(np.array(losses, float)[1:2]))


TASK = Task(
    "patient_6",
    observe=observe_patient_6,
    rtol=1e-3,
    atol=1e-4,
    hints=(
        "Lesson 02, section 10: which function takes the logit, without the probability in between?",
        {
            "pytorch": "`F.binary_cross_entropy_with_logits(features @ weight, labels)` is the mean loss.",
            "tensorflow": "`tf.nn.sigmoid_cross_entropy_with_logits(labels, features @ weight)` gives the loss of each "
            "sample.",
        },
    ),
    mistakes={
        "still_nan": "right for 6 samples of ordinary size, but NaN or infinite where a probability is rounded to 0 "
        "or 1. Is the logarithm of a probability still taken?",
        "clipped": "all losses are finite now, but that of a sample far on the wrong side is not right. Is the "
        "probability or its logarithm clipped or replaced, or a small number added?",
        "label_0": "right for a sample with label 1; for label 0 the logarithm of 1 - p is wanted, which is the "
        "log-sigmoid of minus the logit.",
        "sum": "this is the sum of the samples' losses; their mean is wanted.",
        "sign": "the loss has the wrong sign: it is negative.",
        "twice": "the losses are those of a sigmoid applied twice: the library's function takes logits.",
        "first_only": "only the first step's loss is right; does the weight change at all?",
    },
)
