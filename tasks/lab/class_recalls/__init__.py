"""The task `class_recalls`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_class_recalls(answer, seed):
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.repeat([0, 1, 2, 3], [3, 5, 7, 9]))
    logits = np.eye(4)[labels] + generator.normal(0, 0.7, (24, 4))
    yield "24 samples of 4 classes", answer(logits, labels)


TASK = Task(
    "class_recalls",
    observe=observe_class_recalls,
    translate=True,
    hints=(
        "For each class: take its samples, and the mean of right (1) and wrong (0) among them.",
        {
            "pytorch": "`logits.argmax(dim=1)`, `.float().mean()`, `torch.stack`.",
            "tensorflow": "`tf.argmax(logits, axis=1)`, `tf.boolean_mask`, `tf.reduce_mean`, `tf.stack`.",
        },
    ),
    mistakes={
        "precision": "this is the fraction of right ones among what was ANSWERED as a class (precision). Take the "
        "samples whose LABEL is the class.",
        "of_all": "each class's right answers are divided by all samples; divide by the class's own number.",
        "accuracy": "this is the accuracy over all samples; a recall is over the samples of one class alone.",
        "counts": "these are counts of right answers; divide by how many samples the class has.",
        "errors": "these are shares of wrong answers.",
        "probabilities": "these are the mean probabilities of the label; recall counts how often the largest logit is "
        "the label's.",
        "columns": "the largest logit is looked for down each column; look along each row.",
    },
)
