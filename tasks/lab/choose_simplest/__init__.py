"""The task `choose_simplest`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.lab.common import _numbered, _numbers
from utils.catalogue import Task

FOLDS = 5  # of 60 samples, so 12 in each fold


class _Candidate:
    """Stands for a training function: gets a given number of 12 samples right in each fold, one after the other."""

    def __init__(self, right):
        self.right, self.asked = right, []

    def __call__(self, features, labels):
        return self.predict

    def predict(self, features):
        rows = _numbers(features)
        classes = rows // 20
        classes[self.right[len(self.asked) % FOLDS] :] += 1
        self.asked.append(frozenset(rows))
        return classes


# What each network gets right of 12 in five folds, from the simplest network to the largest.
CASES = (
    {"one": (8, 8, 9, 8, 8), "two": (11, 10, 11, 11, 11), "three": (10, 9, 10, 9, 10)},
    {"one": (7, 8, 8, 7, 7), "two": (10, 10, 11, 9, 10), "three": (12, 9, 11, 8, 11), "big": (11, 10, 10, 9, 10)},
    {
        "one": (12, 12, 2, 12, 12),
        "two": (10, 12, 10, 11, 12),
        "three": (11, 12, 11, 11, 12),
        "big": (12, 12, 10, 12, 12),
    },
    {"one": (11, 11, 11, 10, 11), "two": (11, 10, 11, 10, 11), "three": (12, 9, 12, 10, 12)},
)


def observe_choose_simplest(answer, seed):
    samples = _numbered(seed)
    for case in CASES:
        trainers = {name: _Candidate(right) for name, right in case.items()}
        chosen = answer.target(trainers, *samples, FOLDS, 0)
        counts = "; ".join(f"{name} {' '.join(map(str, right))}" for name, right in case.items())
        yield "how the networks are compared", _compared([candidate.asked for candidate in trainers.values()])
        yield f"networks that get so many of 12 right in each fold: {counts}", chosen if _is_text(chosen) else "no name"


def _compared(asked):
    """In words on which folds networks were asked about samples."""
    if not all(len(own) >= FOLDS for own in asked):
        return f"not all of them on {FOLDS} folds"
    return "on the same folds" if all(own == asked[0] for own in asked) else "on different folds"


def _is_text(chosen):
    return chosen is None or isinstance(chosen, str)


TASK = Task(
    "choose_simplest",
    observe=observe_choose_simplest,
    after="cross_validate",
    hints=(
        "Call `cross_validate` once per network and keep the accuracies by name. The best network has the highest "
        "mean, and its accuracies give the standard error.",
        "Standard error: `np.std(accuracies, ddof=1) / folds**0.5`. Go through the dictionary from its start and "
        "return the first name whose mean is at least the best mean minus that error.",
    ),
    mistakes={
        "best": "this is the network with the highest mean. Is a simpler one within one standard error of it?",
        "deviation": "this network is more than one standard error below the best mean, though less than one standard "
        "deviation: divide by the square root of `folds`.",
        "largest": "this network is near enough to the best mean, but a simpler one is too: return the first of them.",
        "simplest": "this is the simplest network, but its mean is far below the best one's.",
        "own_error": "this network is near enough only by its own standard error. Take that of the best network.",
        "other_folds": "the networks are compared on different folds. Give `cross_validate` the same seed for each.",
        "not_compared": "not every network is cross-validated on all the folds. Compare all of them before you choose.",
        "not_the_name": "what comes back is not a name: return the dictionary's key.",
    },
)
