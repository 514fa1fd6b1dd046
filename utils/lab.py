"""What lesson 07 needs besides the data: digits with a withheld part, and whose functions its figures are drawn with.

No framework is imported here. The withheld part is for the checks and the report card: learners split only the rest.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from utils import data
from utils.data import Pair, Part
from utils.looking import is_empty

AGAIN = (
    "The withheld digits have been asked before. If you changed a network since then because of its number, they have "
    "helped to choose it: on average the new number is too good, and only new digits could tell by how much."
)


def digits() -> Part:
    """Four fifths of the 1797 digits, for the learner to split: pixels from 0 to 1, shape (1438, 64)."""
    return _digits().train


def withheld_digits() -> Part:
    """The other fifth of the digits, stratified: pixels from 0 to 1, shape (359, 64).

    It is always the same, but a copy of the course with other data withholds another fifth.
    """
    return _digits().test


def mnist(folder: Any = None) -> Part:
    """The 60,000 training digits of MNIST, for the learner to split: pixels from 0 to 1, shape (60000, 784).

    Downloaded on the first call; MnistError says in one sentence why that may fail. `folder` as in utils.mnist.
    """
    from utils.mnist import mnist as load_mnist

    features, labels = load_mnist("train", folder)
    return Part(features / 255, labels)


def scaled(*parts: Part) -> tuple[Part, ...]:
    """Parts with pixels of mean 0 and deviation 1, measured over all pixels of the first part, for training."""
    mean, deviation = parts[0].features.mean(), parts[0].features.std()
    return tuple(Part((part.features - mean) / deviation, part.labels) for part in parts)


def noisy_digits(seed: int = 0, samples: int = 200, redrawn: float = 0.3) -> Pair:
    """A set to overfit: `samples` training digits with a share of their labels drawn anew, and 300 clean to validate.

    Both come from `digits()`, pixels from 0 to 1. The same seed gives the same set.
    """
    generator = np.random.default_rng(seed)
    features, labels = digits()
    rows = generator.permutation(len(labels))
    train, validation = rows[:samples], rows[samples : samples + 300]
    wrong = generator.random(samples) < redrawn
    given = np.where(wrong, generator.integers(0, 10, samples), labels[train])
    return Pair(Part(features[train], given), Part(features[validation], labels[validation]))


def clean_parts(seed: int = 0) -> tuple[Part, Part, Part]:
    """Training and validation digits of `digits()` and the withheld ones, scaled: what the checks use."""
    splits = data.split(*digits(), validation=0.2, test=0, seed=seed)
    train, validation, withheld = scaled(splits.train, splits.validation, withheld_digits())
    return train, validation, withheld


def withheld_accuracies(
    names: Sequence[str], progress: Any, namespace: Mapping[str, Any], predict: Callable[[Any, np.ndarray], Any]
) -> dict[str, float | None]:
    """Train the learner's functions that have passed and measure them on the withheld digits; None for the others.

    Prints what a second measurement in this kernel does to the numbers.

    predict: takes a network and features (n, 64) and returns class numbers (n,). The rest as in yours_or_ours.
    """
    train, validation, withheld = clean_parts()
    found: dict[str, float | None] = dict.fromkeys(names)
    session = progress.__self__
    own = set(names) & session.solved
    if own and getattr(session, "asked_withheld", False):
        print(AGAIN)
    session.asked_withheld = bool(own) or getattr(session, "asked_withheld", False)
    for name in own:
        network, *_ = namespace[name](train, validation, 0)
        found[name] = float(np.mean(data.as_numpy(predict(network, withheld.features)) == withheld.labels))
    return found


def yours_or_ours(name: str, progress: Any, namespace: Mapping[str, Any]) -> Any:
    """The learner's function `name` once its check has passed, else the course's own; prints which.

    progress: the notebook's `progress`, whose session knows what has passed; namespace: the notebook's globals().
    A copy of the course without solutions has the learner's only, and raises LookupError while it is not written.
    """
    if not hasattr(progress.__self__, "entry"):
        return _written(name, namespace)
    yours = name in progress.__self__.solved
    print(f"{name}: {'yours' if yours else 'ours, until yours has passed its check'}")
    return namespace[name] if yours else ours(name, progress)


def ours(name: str, progress: Any) -> Any:
    """The course's solution of the task `name`; in a copy without solutions as in yours_or_ours."""
    session = progress.__self__
    if not hasattr(session, "entry"):
        return _written(name, sys._getframe(1).f_globals)
    return session.entry(session.tasks[name]).solution


def _written(name: str, namespace: Mapping[str, Any]) -> Any:
    answer = namespace.get(name)
    if answer is None or is_empty(answer):
        raise LookupError(f"{name} is not written yet, and this copy of the course holds no other. Write it first.")
    return answer


def _digits() -> data.Splits:
    features, labels = data.digits()
    return data.split(features / 16, labels, validation=0, test=0.2, seed=data.drawn())
