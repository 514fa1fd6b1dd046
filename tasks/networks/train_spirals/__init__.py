"""The task `train_spirals`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy, spirals
from utils.training import watched


def observe_train_spirals(answer, seed):
    with watched() as seen:
        predict = answer(*spirals(samples=400, seed=seed))
    yield "what you return is a function", callable(predict)
    yield "no step adds its gradients to those of an earlier one", not any(run.uncleared for run in seen.runs)
    yield "the loss is given what it expects", not (seen.given and all(seen.given))
    features, labels = spirals(samples=400, seed=seed + 1)
    classes = as_numpy(predict(answer.tensor(features)))
    yield "the shape of your function's result for 400 samples", np.array(classes.shape)
    yield "all results of your function are finite", bool(np.isfinite(classes).all())
    yield "the results of your function lie from 0 to 1", bool(((classes >= 0) & (classes <= 1)).all())
    yield "your function returns classes, 0 or 1", bool(np.isin(classes, (0, 1)).all())
    yield "both classes occur among 400 results", bool(classes.min() != classes.max())
    other = as_numpy(predict(answer.tensor(features[::-1])))
    yield "the samples in reverse order lead to classes in another order", not np.array_equal(classes, other)
    accuracy = np.mean(classes == labels)
    yield "the accuracy on 400 held-out samples is at least 0.25", bool(accuracy >= 0.25)
    yield "the accuracy on 400 held-out samples is better than guessing (above 0.58)", bool(accuracy > 0.58)
    yield (
        "the accuracy on 400 held-out samples is better than a straight boundary's (above 0.75)",
        bool(accuracy > 0.75),
    )
    yield "the accuracy on 400 held-out samples is at least 0.95", bool(accuracy >= 0.95)


TASK = Task(
    "train_spirals",
    observe=observe_train_spirals,
    recorded=True,
    seconds=30.0,
    hints=(
        "A network with one hidden layer of 16 to 64 values can do it, as in section 2. Watch its training loss.",
        "All 400 samples at once, Adam with a learning rate near 0.05, and some 200 steps are enough.",
    ),
    mistakes={
        "uncleared": {
            "pytorch": "the gradients of the steps add up: each step should take those of its own batch alone.",
        },
        "loss_input": "the loss is given something else than it expects, even if the accuracy is reached.",
        "logits": "some results lie outside 0 to 1, as logits do; the class is 1 where the logit is above 0.",
        "no_function": "what you return cannot be called; return a function, which takes features and returns "
        "their classes.",
        "probabilities": "your function returns probabilities; the class is 1 where the probability is above 0.5.",
        "one_class": "every sample gets the same class. Does the training loss fall, and is class 1 where the logit is "
        "above 0? (The argmax of one column is always 0.)",
        "ignores": "your function gives the same classes for other features: does it use the features that it is "
        "given?",
        "swapped": "nearly all classes are wrong, so the other class would be right: class 1 is where the logit is "
        "above 0.",
        "untrained": "no better than guessing on held-out samples. Does the training loss fall, and do all parameters "
        "change?",
        "linear": "better than guessing, but not more than a straight boundary reaches. Is there an activation "
        "function between the layers, and are there enough steps?",
        "too_short": "better than a straight boundary, but the accuracy on 400 held-out samples is below 0.95. Does "
        "the training loss still fall at the end?",
        "flat": "your function returns shape (n,); (n, 1) is wanted, like the labels.",
    },
    open_ended=True,
)
