"""The task `train_two_classes`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy, blobs


def measured(seed):
    """300 samples of two classes: features on different scales (300, 2), labels 0.0 or 1.0 (300, 1).

    A quarter is of class 1, so that the boundary lies far from the mean: without its bias a line does not find it.
    """
    features, labels = blobs(samples=450, classes=2, noise=1.2, seed=seed)
    kept = (labels == 0) | (np.cumsum(labels) <= 75)
    features, labels = features[kept], labels[kept]
    features = features @ np.array([[20.0, 0.1], [-20.0, 0.1]]) + np.array([500.0, 0.8])
    return features.astype(np.float32), labels[:, None].astype(np.float32)


def observe_train_two_classes(answer, seed):
    predict = answer(*measured(seed))
    yield "what you return is a function", callable(predict)
    features, labels = measured(seed + 1)
    classes = as_numpy(predict(answer.tensor(features)))
    yield "the shape of your function's result for 300 samples", np.array(classes.shape)
    yield "all results of your function are finite", bool(np.isfinite(classes).all())
    yield "the results of your function lie from 0 to 1", bool(((classes >= 0) & (classes <= 1)).all())
    yield "your function returns classes, 0 or 1", bool(np.isin(classes, (0, 1)).all())
    alone = [as_numpy(predict(answer.tensor(features[row : row + 1]))) for row in range(30)]
    yield "your function returns one class for one sample", all(one.shape == (1, 1) for one in alone)
    yield (
        "a sample gets the same class alone as among 300 (tried with 30 samples)",
        bool(np.array_equal(np.concatenate(alone), classes[:30])),
    )
    accuracy = np.mean(classes == labels)
    for how, changed in beforehand(features, measured(seed)[0]):
        helps = np.mean(as_numpy(predict(answer.tensor(changed))) == labels) >= 0.9
        yield f"samples as measured get right classes, if those that are {how} do", bool(accuracy >= 0.9 or not helps)
    yield "both classes occur among 300 results", bool(classes.min() != classes.max())
    yield "the accuracy on 300 held-out samples is at least 0.1", bool(accuracy >= 0.1)
    yield "the accuracy on 300 held-out samples is at least 0.9", bool(accuracy >= 0.9)


def beforehand(features, known):
    """(what was done, new features) for what a function may forget to do with new features."""
    mean, scale = known.mean(axis=0), known.std(axis=0)
    yield "standardised before", (features - mean) / scale
    yield "centered before", features - mean
    yield "divided before", (features - mean) / scale + mean


TASK = Task(
    "train_two_classes",
    observe=observe_train_two_classes,
    seconds=5.0,
    hints=(
        "Measure mean and standard deviation of `features`, scale with them, train as in section 11, and scale the new "
        "features with the same two numbers inside the function that you return.",
        {
            "pytorch": "All 300 samples at once, a learning rate of 1 and 100 steps are enough. Return an inner "
            "function: `def classify(new): return ((new - mean) / scale @ weight + bias > 0).float()`.",
            "tensorflow": "All 300 samples at once, a learning rate of 1 and 100 steps are enough. Return an inner "
            "function, which returns `tf.cast((new - mean) / scale @ weight + bias > 0, tf.float32)`.",
        },
    ),
    mistakes={
        "no_function": "what you return cannot be called; return a function, which takes features and returns "
        "their classes.",
        "flat": "your function returns shape (n,); (n, 1) is wanted, like the labels.",
        "logits": "your function returns numbers below 0 or above 1, as logits are; the class is 0 or 1.",
        "probabilities": "your function returns numbers between 0 and 1, as probabilities are; the class is 0 or 1.",
        "own_numbers": "the same sample gets one class when it comes alone, and the other among 300. By which mean and "
        "standard deviation does your function scale new features?",
        "new_not_scaled": "new samples as measured get wrong classes, but the same samples, standardised beforehand, "
        "get the right ones: your function should scale them itself.",
        "new_not_centered": "new samples get wrong classes, but the right ones when the mean of the training set is "
        "subtracted beforehand: your function should do that itself.",
        "new_not_divided": "new samples get wrong classes, but the right ones when their distances from the mean are "
        "divided by the standard deviation beforehand. Are they scaled just as those of the training are?",
        "one_class": "all 300 held-out samples get the same class. Does the training loss fall, with each feature "
        "scaled to a like size, and where is the threshold?",
        "swapped": "nearly every class is the wrong one of the two. Does the training loss fall, and is class 1 where "
        "the logit is above 0?",
        "too_low": "the accuracy on 300 held-out samples is below 0.9. Does the training loss fall and settle, and is "
        "each feature scaled by its own mean and standard deviation?",
    },
    open_ended=True,
)
