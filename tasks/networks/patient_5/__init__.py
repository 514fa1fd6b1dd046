"""The task `patient_5`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import blobs


def observe_patient_5(answer, seed):
    generator = np.random.default_rng(seed)
    features, labels = blobs(samples=2400, classes=2, noise=1.5, seed=seed)
    features = features @ np.array([[0.1, 60.0], [-0.1, 60.0]]) + np.array([1.7, 300.0])
    labels = labels[:, None].astype(np.float32)
    new = features[2000:] + generator.normal([0.05, 30.0], 0, size=(400, 2))
    result = answer(features[:2000], labels[:2000], new, 6)
    yield (
        "with 2000 samples to train on and 400 new ones, the result has two parts, losses and logits",
        isinstance(result, (tuple, list)) and len(result) == 2,
    )
    yield "2000 samples to train on, 6 steps; looked at the losses", result[0]
    yield "2000 samples to train on, 400 new ones, 6 steps; looked at the logits", result[1]


def facts_of_patient_5(answer, seed):
    generator = np.random.default_rng(seed)
    features, new = (generator.normal([2.0, 300.0], [0.5, 80.0], size=(size, 2)) for size in (40, 10))
    labels = (features[:, 1:] > 300).astype(np.float32)

    def losses(features, new=new):
        return np.array([float(loss) for loss in answer(features, labels, new, 8)[0]])

    def differ(others):
        return not np.allclose(losses(features), others, rtol=1e-3)

    if differ(losses(features, new + 1)):
        yield "With other `new_features` the losses change, so something is learned from them."
    if differ(losses(features + 100)):
        yield "With 100 added to all features the losses change; where the mean is subtracted they do not."
    if differ(losses(features * [1, 3])):
        yield "With feature 1 three times as large the losses change; divided by its standard deviation it is the same."


TASK = Task(
    "patient_5",
    observe=observe_patient_5,
    facts=facts_of_patient_5,
    hints=(
        "Lesson 02, section 9: subtract the mean of each column and divide by its standard deviation.",
        "Compute mean and standard deviation of `features` along axis 0, and apply them to `features` and "
        "`new_features`.",
    ),
    mistakes={
        "own_numbers": "`new_features` are scaled by their own mean and standard deviation; use those of "
        "the training features.",
        "from_new": "mean and standard deviation are those of `new_features`, from which nothing may be learned; use "
        "those of the training features.",
        "together": "mean and standard deviation are taken from old and new samples together; use the training "
        "features only.",
        "new_forgotten": "`new_features` stay (nearly) as measured; scale them too, with the mean and the "
        "standard deviation that `features` had before they were scaled.",
        "in_each_step": "the features are scaled anew in every step; scale them once, before the loop.",
        "probabilities": "the second result holds probabilities; logits are wanted, without the sigmoid.",
        "precedence": "only the mean is divided by the standard deviation; the difference needs parentheses.",
        "rows": "mean and standard deviation are taken along each row; take one of each per column, over all samples.",
        "only_centred": "the mean is subtracted, but nothing is divided by the standard deviation.",
        "only_divided": "the features are divided by the standard deviation, but the mean is not subtracted.",
        "variance": "you divide by the variance; the standard deviation is its square root.",
        "whole_table": "mean and standard deviation are taken over the whole table; each column has its own.",
        "min_max": "this scales to the range from 0 to 1; here a mean of 0 and a standard deviation of 1 are wanted.",
    },
)
