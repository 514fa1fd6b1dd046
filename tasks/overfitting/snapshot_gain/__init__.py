"""The task `snapshot_gain`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_snapshot_gain(answer, seed):
    yield "two models, losses 4, 3, 6, 5 and 8, 5, 9, 7", answer(np.array([[4.0, 8], [3, 5], [6, 9], [5, 7]]))
    yield "6 looks at 5 random models", answer(np.random.default_rng(seed).uniform(0.5, 3, size=(6, 5)))


TASK = Task(
    "snapshot_gain",
    observe=observe_snapshot_gain,
    translate=True,
    hints=(
        {
            "pytorch": "torch.amin(x, dim=0) is the counterpart of tf.reduce_min(x, axis=0).",
            "tensorflow": "tf.reduce_min(x, axis=0) is the counterpart of x.amin(dim=0).",
        },
        {
            "pytorch": "The mean over all entries is .mean() in PyTorch.",
            "tensorflow": "The mean over all entries is tf.reduce_mean(...) in TensorFlow.",
        },
    ),
    mistakes={
        "over_models": "the lowest loss is taken over the models of one look; take it over the looks of one model.",
        "overall": "the lowest loss of all models is used; each model has its own.",
        "of_means": "the losses are averaged before the division; take each model's own gain, then the mean.",
        "per_model": "there is one gain for each model; return their mean.",
        "from_first": "the gain is measured from the first loss; the original measures it from the last.",
        "difference": "this is the difference in loss; divide it by the last loss.",
        "by_lowest": "the difference is divided by the lowest loss; divide by the last.",
        "sum": "the gains of the models are summed; return their mean.",
        "sign": "the sign is flipped: the gain is the last loss minus the lowest.",
        "position": "argmin tells at which look the loss was lowest; take the loss itself.",
        "highest": "the highest loss is taken; the best snapshot has the lowest.",
    },
)
