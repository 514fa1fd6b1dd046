"""The task `train_iris`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import _called_anew
from utils import data
from utils.catalogue import Task
from utils.data import Part

UNITS = np.array([1, 50, 1, 20], np.float32), np.array([0, 500, 0, -300], np.float32)  # factor and shift of each column


def observe_train_iris(answer, seed):
    train, new = _flowers(150, 0), _flowers(300, 1)
    straight = answer.target(*train, 0, 0)
    yield "what comes back", None if straight is None else "a function" if callable(straight) else "no function"
    straight_classes = data.as_numpy(straight(new.features))
    yield "what the function gives for 300 new flowers", _form(straight_classes)
    gain = _accuracy(data.as_numpy(straight(_scaled(new.features, train.features))), new)
    as_given = _accuracy(straight_classes, new)
    yield "the function scales what it is asked about", not (as_given < 0.8 <= gain)
    yield "without a hidden layer at least 0.8 of the new flowers are right", as_given >= 0.8
    bent = answer.target(*train, 16, 0)
    classes = data.as_numpy(bent(new.features))
    yield "with 16 hidden units at least 0.95 of the new flowers are right", _accuracy(classes, new) >= 0.95
    yield "without a hidden layer the borders are straight", _accuracy(straight_classes, new) < 0.95
    alone = np.concatenate([data.as_numpy(bent(row[None])) for row in new.features[:30]])
    yield "a flower asked about alone gets the same answer as among others", bool(np.mean(alone == classes[:30]) == 1)
    factor, shift = UNITS
    other = answer.target(train.features * factor + shift, train.labels, 16, 0)
    classes_there = data.as_numpy(other(new.features * factor + shift))
    yield "it learns as well where two columns come in other units", _accuracy(classes_there, new) >= 0.95
    points = np.random.default_rng(seed).uniform(-3, 3, (3000, 4)).astype(np.float32)
    first, again = (data.as_numpy(own(points)) for own in (bent, _called_anew(answer, *train, 16, 0)))
    yield "the same seed gives the same answers", bool(np.mean(first == again) > 0.999)


def _scaled(features, by):
    return ((features - by.mean(axis=0)) / by.std(axis=0)).astype(np.float32)


def _flowers(samples, seed):
    """Three species: the first lies between two clouds of the second, and the third beside them; two columns are noise.

    Straight borders cut off the larger of the two clouds, and so miss a twelfth of all flowers.
    """
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.arange(samples) % 3)
    side = np.where(generator.random(samples) < 0.25, -2.0, 2.0)
    centers = np.stack([np.where(labels == 1, side, 0), np.where(labels == 2, 2.0, 0)], axis=1)
    features = np.concatenate([centers, np.zeros((samples, 2))], axis=1) + generator.normal(0, 0.3, (samples, 4))
    return Part(features.astype(np.float32), labels)


def _form(classes, rows=300):
    """In words what the returned function gives."""
    if classes.shape != (rows,):
        return f"an array of shape {classes.shape}"
    return "one class number per flower" if np.isin(classes, (0, 1, 2)).all() else "other numbers than 0, 1 and 2"


def _accuracy(classes, part):
    return float(np.mean(classes == part.labels))


TASK = Task(
    "train_iris",
    observe=observe_train_iris,
    recorded=True,
    seconds=60.0,
    hints=(
        "Measure mean and standard deviation on the features that you are given (`data.Scaler.fit` does it), train on "
        "the scaled ones, and let the returned function scale new features by the same numbers.",
        {
            "pytorch": "All flowers as one batch, 200 steps of Adam with a learning rate of 0.05, and at the end a "
            "`def` inside the function that returns `network(...).argmax(dim=1).numpy()`.",
            "tensorflow": "All flowers as one batch, 200 steps of Adam with a learning rate of 0.05, and at the end a "
            "`def` inside the function that returns `np.argmax(network(...), axis=1)`.",
        },
    ),
    mistakes={
        "logits": "the function gives one row of numbers per flower; return the class with the largest of them.",
        "columns": "the function gives one number per class; look for the largest logit along each row.",
        "unscaled_question": "the function is right about flowers that are scaled before it is asked, and wrong about "
        "the same flowers as they are: let it scale its features by the training flowers' numbers, too.",
        "too_short": "fewer than 0.8 of new flowers are right, even of those that straight borders separate. Does the "
        "loss of your network fall, and has it leveled off?",
        "no_hidden": "with 16 hidden units it does no better than straight borders can. Is there a hidden layer, with "
        "a ReLU behind it, and is it trained long enough?",
        "always_hidden": "with `hidden` of 0 the borders are bent too: then there should be one layer alone.",
        "each_by_itself": "a flower asked about alone gets another answer than among others. Are new features scaled "
        "by their own mean and standard deviation? Use those of the training features.",
        "not_scaled": "it learns, but not where two columns come in other units: scale the features inside, by the "
        "mean and standard deviation of the flowers that the function is given.",
        "no_seed": "the same seed gives other answers: seed the framework before you build the network.",
    },
)
