"""The task `choose_and_test`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import Part


class _Candidate:
    """Stands for a training function of one network: it gets known shares of the three parts right."""

    def __init__(self, training, validation, test):
        self.shares, self.trained, self.asked = (training, validation, test), [], set()

    def __call__(self, train):
        self.trained.append(set(_parts_of(train.features)))
        return self.predict

    def predict(self, features):
        parts, answers = _parts_of(features), _true_labels(features)
        self.asked |= set(parts)
        for part, share in enumerate(self.shares):
            own = np.flatnonzero(parts == part)
            answers[own[round(share * len(own)) :]] += 1
        return answers


def _parts_of(features):
    return np.asarray(features)[:, 0].astype(int)


def _true_labels(features):
    return np.asarray(features)[:, 1].astype(int)


def _marked(part, samples, seed):
    labels = np.random.default_rng(seed + part).integers(0, 5, samples)
    return Part(np.stack([np.full(samples, part), labels], axis=1).astype(np.float32), labels)


SETS = "the training set", "the validation set", "the test set"
TURNS = slice(0, 1), slice(1, None)  # a network's first training, and those after it


def observe_choose_and_test(answer, seed):
    parts = [_marked(part, samples, seed) for part, samples in enumerate((100, 40, 40))]
    trainers = {
        "x-small": _Candidate(0.70, 0.70, 0.725),
        "medium": _Candidate(0.89, 0.875, 0.80),
        "large": _Candidate(0.94, 0.80, 0.90),
        "wide": _Candidate(0.80, 0.85, 0.875),
        "huge": _Candidate(1.00, 0.75, 0.775),
        "flat": _Candidate(0.60, 0.60, 0.575),
        "tiny": _Candidate(0.65, 0.65, 0.625),
    }
    result = answer.target(trainers, *parts)
    if result is None or isinstance(result, str):
        yield "what comes back", result if result is None else "only a name"
        return
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        yield "what comes back", f"a {type(result).__name__}"
        return
    name, accuracy = result
    yield "what comes back", "two things"
    first, later = ({part for t in trainers.values() for one in t.trained[turn] for part in one} for turn in TURNS)
    yield "what the networks to compare are trained on", " and ".join(SETS[part] for part in sorted(first))
    yield "the name of the network that is chosen", name if isinstance(name, str) else "not a name"
    yield "the accuracy to report", _meaning(float(accuracy), trainers, name)
    yield "no network is trained on the test set", 2 not in first | later
    yield "how many networks are asked about the test set", sum(2 in t.asked for t in trainers.values())


def _meaning(accuracy, trainers, name):
    """In words what a reported accuracy is; each of them is another number."""
    shares = {other: candidate.shares for other, candidate in trainers.items()}
    training, validation, test = shares[name]
    meanings = {
        "that of the chosen network on the test set": test,
        "that of the chosen network on the validation set": validation,
        "that of the chosen network on the training set": training,
        "the highest of all networks on the test set": max(own[2] for own in shares.values()),
        "a share of wrong answers": 1 - test,
        "a percentage": 100 * test,
        "a number of right answers": 40 * test,
    }
    found = next((words for words, value in meanings.items() if np.isclose(accuracy, value)), "another number")
    is_of_another = any(np.isclose(accuracy, own[2]) for own in shares.values())
    return "that of another network on the test set" if found == "another number" and is_of_another else found


TASK = Task(
    "choose_and_test",
    observe=observe_choose_and_test,
    hints=(
        "Three parts, three jobs: train all networks on `train`, compare them on `validation`, and measure the "
        "winner on `test`.",
        "`trainer(train)` gives a function `predict`; `np.mean(predict(part.features) == part.labels)` is an accuracy.",
    ),
    mistakes={
        "by_test": "the test set was used for choosing, and the highest of many test accuracies is partly luck. Choose "
        "by the validation set.",
        "by_training": "chosen by the accuracy on training data, which favors the network that overfits most.",
        "validation_reported": "right network, but this is its validation accuracy, which chose it: too good "
        "on average. Report the test accuracy.",
        "training_reported": "right network, but this is its accuracy on training data.",
        "both": "this network has the highest sum of the accuracies on the validation and the test set. Choose by the "
        "validation set alone; the test set is used once, after the choice.",
        "best_of_tests": "this is the best test accuracy of all networks; report that of the chosen one.",
        "of_another": "right network, but this is the test accuracy of another one: is the `predict` that you ask that "
        "of the chosen network, or that of the last one trained?",
        "errors": "right network, but this is the fraction of wrong answers. Accuracy is the fraction of right ones.",
        "count": "right network, but this is a number of right answers: divide it by how many there are.",
        "by_name": "this is the name that comes last in the alphabet: `max` of a dictionary compares its keys, unless "
        "it gets `key=`.",
        "worst": "this is the network with the lowest validation accuracy.",
        "last": "this is the last network of the dictionary: keep the best one while you go through it.",
        "name_only": "only the name comes back; its test accuracy belongs with it.",
        "not_the_name": "the first of the two is not a name: return the dictionary's key, then the accuracy.",
        "percent": "right network, but in percent. Return an accuracy from 0 to 1.",
        "trained_on_validation": "the networks are trained on the validation set, so it cannot compare them. Train "
        "them on the training set alone.",
        "tested_all": "all networks were asked about the test set. Ask only the chosen one.",
        "trained_on_test": "the chosen network was trained again with the test set, so its accuracy there means "
        "nothing.",
    },
)
