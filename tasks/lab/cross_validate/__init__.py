"""The task `cross_validate`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import _numbered, _numbers
from utils.catalogue import Task


class _Spy:
    """Stands for a training function: notes what it is trained on and asked about, and answers 3 of 4 rows right."""

    def __init__(self):
        self.trained, self.asked = [], []

    def __call__(self, features, labels):
        self.trained.append(_numbers(features))
        return self.predict

    def predict(self, features):
        rows = _numbers(features)
        self.asked.append(rows)
        return np.where(rows % 4 == 0, -1, rows // 20)


def observe_cross_validate(answer, seed):
    samples, spy = _numbered(seed), _Spy()
    result = answer.target(spy, *samples, 4, 0)
    if result is None:
        yield "the accuracies of 4 folds", None
        return
    yield "how many numbers come back for 4 folds", _many(result)
    yield "the numbers of training samples", " ".join(str(len(rows)) for rows in spy.trained)
    asked = np.clip(np.concatenate(spy.asked), 0, 61)  # no count of numbers that may be huge
    yield "how often each of the 60 samples is predicted", _often(np.bincount(asked, minlength=60))
    trained = [spy.trained[min(turn, len(spy.trained) - 1)] for turn in range(len(spy.asked))]
    known = [len(set(one) & set(other)) / len(other) for one, other in zip(trained, spy.asked, strict=True)]
    yield "no sample is predicted that was trained on in the same fold", max(known) == 0
    yield "how the folds are cut", _cut(spy.asked)
    mean = float(np.mean(result))
    yield "the mean of accuracies where 45 of 60 are right", mean
    again, other = _Spy(), _Spy()
    answer.target(again, *samples, 4, 0)
    yield "the same seed gives the same folds", set(again.asked[0]) == set(spy.asked[0])
    answer.target(other, *samples, 4, 1)
    yield "another seed gives other folds", set(other.asked[0]) != set(spy.asked[0])
    more, last = _numbered(seed, per_class=21), _Spy()
    answer.target(last, *more, 4, 0)
    predicted = len(set(np.concatenate(last.asked)))
    yield "how many of 63 samples are held back once in 4 folds", predicted


def _many(result):
    """In words how many accuracies come back for 4 folds."""
    if np.ndim(result) == 0:
        return "one for all"
    return "one for each" if len(result) == 4 else "fewer" if len(result) < 4 else "more"


def _often(times):
    """In words how often samples are predicted, of which each should be once."""
    if times.min() == times.max():
        return "once" if times[0] == 1 else f"{times[0]} times"
    return "some never" if times.max() == 1 else "some never, others more than once" if not times.min() else "unevenly"


def _cut(folds):
    """In words how 4 folds of 60 samples in class order, 20 of each class, were cut."""
    if all(np.ptp(rows) == len(rows) - 1 for rows in folds):
        return "in the order of the rows"
    even = all(np.ptp(np.bincount(rows // 20, minlength=3)) <= 1 for rows in folds)
    return "each class spread evenly" if even else "the classes are spread unevenly"


TASK = Task(
    "cross_validate",
    observe=observe_cross_validate,
    hints=(
        "Give every sample the number of a fold. For each fold: train on the others, predict this one, note the "
        "accuracy.",
        "`StratifiedKFold(folds, shuffle=True, random_state=seed).split(features, labels)` of scikit-learn gives "
        "the row numbers of both sides for each fold.",
    ),
    mistakes={
        "on_training": "you predict the samples that were trained on; predict the fold that is held back.",
        "trained_on_all": "the network is trained on the fold that is held back, too. Leave it out, so that it is new.",
        "swapped": "you train on one fold and predict the others; it is the other way round.",
        "in_order": "the folds are cut in the order of the rows, class after class; shuffle, and spread each class "
        "over all folds.",
        "unstratified": "some folds hold more of one class than of another; spread each class evenly over the folds.",
        "remainder": "63 samples do not divide by 4, and the rest is never held back: give it to some of the folds.",
        "redrawn": "each fold is drawn anew, so some samples are held back twice and others never: number them once.",
        "one_fold": "fewer accuracies come back than there are folds; go on, until each fold was held back once.",
        "mean": "one number comes back. Return the accuracy of every fold, because their spread matters too.",
        "count": "these are numbers of right answers; divide by the size of the fold.",
        "errors": "these are the fractions of wrong answers. Accuracy is the fraction of right ones.",
        "fixed_folds": "more accuracies come back than there are folds: go once through the `folds` that the function "
        "is given.",
        "no_seed": "the same seed gives other folds each time: shuffle with the seed that the function is given.",
        "fixed_seed": "another seed gives the same folds: shuffle, with the seed that the function is given.",
    },
)
