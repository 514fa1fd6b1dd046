"""The task `accuracy_of`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_accuracy_of(answer, seed):
    generator = np.random.default_rng(seed)
    # Other thresholds, rounding, and counts of predictions, labels and either kind of hit give other numbers here.
    logits = np.array([[-1.2, 2.3, -0.8, -1.4, 0.3, -0.6, 0.3, -1.4, 0.3, -0.6, -0.6, 0.7, 0.4, -0.3, -0.6, -1.4]]).T
    labels = np.array([[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]).T
    yield "16 samples", answer(logits, labels)
    # No threshold gives what cutting off the decimals gives.
    cut = np.array([[-2.1, -2.4, 0.6, -0.6, -2.2, 2.1, 1.5, -1.7, -0.3, -0.9]]).T
    yield "10 samples", answer(cut, np.array([[0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0]]).T)
    labels = (generator.uniform(size=(50, 1)) < 0.3).astype(float)
    yield "50 samples", answer(generator.normal(size=(50, 1)), labels)
    labels = (generator.uniform(size=(70, 1)) < 0.6).astype(float)
    yield "70 samples", answer(generator.normal(size=(70, 1)), labels)


TASK = Task(
    "accuracy_of",
    observe=observe_accuracy_of,
    hints=(
        "Turn the logits into predictions, true or false. Where is the threshold of a logit?",
        {
            "pytorch": "`((logits > 0) == (labels > 0.5))` is true where the class is right; `.float().mean()`.",
            "tensorflow": "`(logits > 0) == (labels > 0.5)` is true where the class is right; `tf.cast`, then "
            "`tf.reduce_mean`.",
        },
    ),
    mistakes={
        "threshold": "this is the accuracy at a threshold of 0.5, which is for probabilities; for a logit it is 0.",
        "count": "this is the number of right predictions; divide by how many samples there are.",
        "percent": "this is in percent; a fraction runs from 0 to 1.",
        "error_rate": "this is the fraction of wrong predictions: 1 minus it is the accuracy.",
        "broadcast": "every prediction is compared with every label; a column against a list makes a table.",
        "each": "there is one result for each sample; the accuracy is one number, their mean.",
        "positives": "this is the fraction of samples with a logit above 0; compare the predictions with the labels.",
        "argmax": "there is one logit per sample, so argmax always finds column 0; ask whether the logit is above 0.",
        "always_one": "this is the fraction of samples whose label is 1. Is every sample predicted as class 1? (A "
        "sigmoid is always above 0.)",
        "rounded": "the logits are rounded as if they were probabilities; ask whether each is above 0.",
        "truncated": "this is the accuracy if the decimals of each logit are cut off, so that 0.9 counts as 0; ask "
        "whether the logit is above 0.",
        "equal": "no sample counts as right. Are logits or probabilities compared with labels? Make a prediction, 0 or "
        "1, of each logit first.",
        "true_positives": "only samples of class 1 that are predicted as such are counted; right ones of class 0 "
        "count too.",
        "precision": "this is the fraction of right ones among the samples that are predicted as class 1; all samples "
        "count.",
        "recall": "this is the fraction of right ones among the samples whose label is 1; all samples count.",
        "soft": "this is how near the probabilities are to the labels; an accuracy counts decisions, right or wrong.",
    },
)
