"""The task `split_parts`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import _numbered, _numbers
from utils.calling import Answer
from utils.catalogue import Task
from utils.data import Part


def _pairs(result):
    """What split_parts returned as three parts, or in words what it is instead."""
    if result is None:
        return None, None
    try:
        parts = [Part(*map(np.asarray, part)) for part in result]
    except (TypeError, ValueError):
        return None, "something else than pairs"
    if len(parts) != 3 or any(np.ndim(part.features) != 2 for part in parts):
        return None, f"{len(parts)} things, not three pairs"
    if any(np.ndim(part.labels) != 1 for part in parts):
        return None, "labels that are not one number per sample"
    return parts, "three pairs"


def _sizes(sizes):
    """In words whether 60 samples were cut into 36, 12 and 12."""
    if sizes == [36, 12, 12]:
        return "60 %, 20 % and 20 % of the samples"
    return "those shares in another order" if sorted(sizes) == [12, 12, 36] else "other shares"


def observe_split_parts(answer, seed):
    samples = _numbered(seed)
    answer = Answer(answer.target, "neutral")
    parts, form = _pairs(answer(*samples, 0))
    yield "60 samples in three classes", form
    rows = [_numbers(part.features) for part in parts]
    yield "the sizes of the three sets", _sizes([len(part.labels) for part in parts])
    everything = np.concatenate(rows)
    yield "no sample is in two sets or twice in one", len(set(everything)) == len(everything)
    right = all(np.array_equal(samples.labels[own], part.labels) for own, part in zip(rows, parts, strict=True))
    yield "every sample keeps its own label", right
    shuffled = any(set(own) != set(range(min(own), min(own) + len(own))) for own in rows)
    yield "the samples are shuffled", shuffled
    shares = [np.bincount(part.labels, minlength=3) / len(part.labels) for part in parts]
    yield "each class has the same share of every set", bool(np.ptp(shares, axis=0).max() < 0.05)
    yield "the classes of a set are mixed", all(np.any(np.diff(part.labels) < 0) for part in parts)
    again, other = (_pairs(answer(*samples, number))[0] for number in (0, 1))
    yield "the same seed gives the same sets", set(_numbers(again[2].features)) == set(rows[2])
    yield "another seed gives other sets", set(_numbers(other[2].features)) != set(rows[2])


TASK = Task(
    "split_parts",
    observe=observe_split_parts,
    hints=(
        "Take one class after the other: shuffle its row numbers, cut them at 60 % and 80 %, and collect the "
        "three pieces of all classes. Then shuffle each set.",
        "`train_test_split(..., stratify=labels, random_state=seed)` of scikit-learn cuts in two; use it twice.",
    ),
    mistakes={
        "not_stratified": "the classes do not have equal shares of the sets. Cut each class by itself (stratify).",
        "by_class": "each set stands in the order of its classes. Shuffle the rows of a set too.",
        "in_order": "the rows are cut in the order in which they come, class after class. Shuffle them first.",
        "overlap": "some samples are in two sets, or twice in one, so the test can ask about samples that were "
        "trained on. Shuffle once and cut.",
        "labels_apart": "features and labels no longer belong together. Pick both by the same row numbers.",
        "two_parts": "two sets come back. Return three, so that choosing and testing have one each.",
        "six_arrays": "what comes back is not three pairs, (features, labels) of each set, in that order.",
        "one_hot": "the labels have changed their form. Keep them as class numbers.",
        "order": "the sets come back in another order than training, validation, test.",
        "sizes": "the sets have the wrong sizes: they should be 60 % for training, 20 % for validation and 20 % for "
        "the test, all of the whole.",
        "fixed_seed": "another seed gives the same parts; use the seed that the function is given.",
        "no_seed": "the same seed gives other parts each time; hand the seed to the random generator.",
    },
)
