"""The task `accuracy`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.high_level.common import _batch
from utils.catalogue import Task
from utils.data import as_numpy


def observe_accuracy(answer, seed):
    # Chosen so that the typical mistakes give different shares; as many classes as pictures, so that columns count too.
    logits = np.random.default_rng(20).permutation(49).reshape(7, 7) / 8
    yield "7 pictures, 4 of them right", answer(logits, np.array([3, 1, 6, 2, 4, 6, 2]))
    yield "7 pictures, all wrong", answer(logits, (logits.argmax(axis=1) + 1) % 7)
    logits, labels = _batch(seed, samples=40, columns=5, classes=5)
    yield "40 pictures of 5 classes", answer(logits, labels)


def facts_of_accuracy(answer, seed):
    def of(*logits, label):
        return as_numpy(answer(np.array([logits]), np.array([label]))).item()

    if (hit := of(0.5, 2.0, 1.0, label=1)) != 1:
        yield f"For one picture with the logits 0.5, 2, 1 and label 1 your result is {hit:.4g}; 1 is right."
    if (miss := of(0.5, 2.0, 1.0, label=2)) != 0:
        yield f"For one picture with the logits 0.5, 2, 1 and label 2 your result is {miss:.4g}; 0 is right."
    if (negative := of(-0.5, -2.0, -1.0, label=0)) != 1:
        yield f"For one picture with the logits -0.5, -2, -1 and label 0 your result is {negative:.4g}; 1 is right."


TASK = Task(
    "accuracy",
    observe=observe_accuracy,
    facts=facts_of_accuracy,
    hints=(
        "A picture's answer is the place of its largest logit; compare it with the label, then take the mean.",
        {
            "pytorch": "`logits.argmax(dim=1)` gives the answers; booleans become numbers with `.float()`.",
            "tensorflow": "`tf.argmax(logits, axis=1)` gives the answers; "
            "`tf.cast(..., tf.float32)` makes numbers of booleans.",
        },
    ),
    mistakes={
        "columns": "the largest logit is looked for down each column; look along each row, a picture's logits.",
        "count": "this is the number of right answers; accuracy is their share.",
        "by_classes": "you divide by the number of classes; divide by the number of pictures.",
        "errors": "this is the share of wrong answers.",
        "smallest": "you take the place of the smallest logit; the largest one names the class.",
        "whole": "none counts as right; do you compare the place of the largest logit in each ROW with its label?",
        "integers": {"tensorflow": "the mean of integers is cut off to an integer; cast to tf.float32 instead."},
        "per_picture": "there is one value for each picture; accuracy is one number, their mean.",
        "largest": "the label is compared with values; the place of the largest logit names the class.",
        "booleans": "booleans have no mean: turn them into floating-point numbers first.",
        "probability": "this is the mean probability of the right class; accuracy counts the pictures whose largest "
        "logit stands at their label.",
        "each_logit": "each logit is judged by itself, as with two classes or several labels; here a picture's largest "
        "logit names its class.",
        "percent": "this is a percentage; here accuracy runs from 0 to 1.",
    },
)
