"""Many small networks of one shape, trained at once: their data, first weights, and all that needs no framework.

Every array has a first axis that counts the models. `utils.many_pytorch` and `utils.many_tensorflow` compute the
outputs, the losses and the steps; lesson 06 uses their `train` to repeat experiments over many seeds, and lesson 08
shows how such a trainer works.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from utils import data

Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]


class Run(NamedTuple):
    """What `train` returns: the parameters, and the losses of every model at every look."""

    last: list[np.ndarray]  # the parameters after the last step
    best: list[np.ndarray]  # of each model those with the lowest validation loss seen
    training: np.ndarray  # (looks, models), before the first step and after every `every` steps
    validation: np.ndarray  # (looks, models)


class Networks(Protocol):
    """The networks in one framework, made from (splits, start, learning_rate, weight_decay)."""

    def losses(self) -> list[np.ndarray]:
        """The training and the validation loss of each model."""
        ...

    def arrays(self) -> list[np.ndarray]:
        """A copy of the parameters."""
        ...

    def take(self, steps: range, features: np.ndarray | None = None, mask: np.ndarray | None = None) -> None:
        """Take the steps with these numbers (the first is 1), on other training features and with a dropout mask."""
        ...


def train(
    networks: Callable[..., Networks],
    splits: data.Splits,
    start: Sequence[np.ndarray],
    steps: int = 75,
    learning_rate: float = 0.03,
    weight_decay: float | np.ndarray = 0.0,
    dropout: float = 0.0,
    change: Change | None = None,
    every: int = 5,
) -> Run:
    """Train all models at once by AdamW on full batches, and look at their losses after every `every` steps.

    networks: the class of `utils.many_pytorch` or `utils.many_tensorflow`, whose own `train` names it already.
    splits: training and validation features (models, samples, inputs) and labels (models, samples), as `stack` makes
    them; start: first weights, as from `initial_weights`. weight_decay: one number, or one per model; dropout:
    probability for each hidden unit; change: makes new features in each step, such as `shift`.
    """
    models = networks(splits, start, learning_rate, weight_decay)
    generators = [np.random.default_rng(5000 + model) for model in range(len(start[0]))]
    best, lowest, history = models.arrays(), np.inf, []
    looks = [*range(0, steps, every), steps]
    for look, next_look in zip(looks, [*looks[1:], steps], strict=True):
        history.append(models.losses())
        better = (history[-1][1] < lowest)[:, None, None]
        best = [np.where(better, *pair) for pair in zip(models.arrays(), best, strict=True)]
        lowest = np.minimum(history[-1][1], lowest)
        ahead = range(look + 1, next_look + 1)
        if not (dropout or change):
            models.take(ahead)
            continue
        for step in ahead:
            disturbed = disturb(splits.train.features, generators, start[0].shape[2], dropout, change)
            models.take(range(step, step + 1), *disturbed)
    return Run(models.arrays(), best, *np.array(history).transpose(1, 0, 2))


def draw_digits(seed: int, samples: int = 200, redrawn: float = 0.3) -> data.Splits:
    """Digits with pixels from 0 to 1: `samples` (at most 800) for training, 300 for validation, 697 for the test.

    Each training and validation label is *redrawn* with that probability: it becomes a class from 0 to 9 by chance,
    which may be the right one. Test labels stay true. A larger set of the same seed holds the smaller one.
    """
    digits = data.digits()
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(digits.labels))
    labels = digits.labels.copy()
    wrong = order[:1100][generator.random(1100) < redrawn]
    labels[wrong] = np.random.default_rng(seed + 1000).integers(0, 10, len(labels))[wrong]
    rows = order[:samples], order[800:1100], order[1100:]
    return data.Splits(*(data.Part(digits.features[row] / 16, labels[row]) for row in rows))


def draw_moons(seed: int, samples: int = 100, flipped: float = 0.2) -> data.Splits:
    """Moons in 64 bits: `samples` (at most 200) for training, 200 for validation, 1000 for the test.

    Each training and validation label is flipped to the other class with that probability; test labels stay true.
    """
    features, labels = data.moons(1400, noise=0.15, seed=seed)
    given = labels.copy()
    wrong = np.flatnonzero(np.random.default_rng(seed + 1000).random(400) < flipped)
    given[wrong] = 1 - given[wrong]
    rows = slice(0, samples), slice(200, 400), slice(400, None)
    return data.Splits(*(data.Part(features[row].astype(np.float64), given[row]) for row in rows))


def stack(draws: Iterable[data.Splits]) -> data.Splits:
    """Put the parts of many draws into one array each: axis 0 counts the draws, which must be equally large."""
    parts = zip(*draws, strict=True)
    return data.Splits(*(data.Part(*(np.stack(arrays) for arrays in zip(*part, strict=True))) for part in parts))


def initial_weights(seeds: Sequence[int], *sizes: int, dtype: Any = np.float32) -> list[np.ndarray]:
    """First weights and biases of fully connected networks with layers of these sizes, one network per seed.

    Returns weights (models, inputs, outputs) and biases (models, 1, outputs) of each layer in turn, all drawn from a
    normal distribution with standard deviation 1 / sqrt(inputs). The same seed gives the same network.
    """
    models: list[list[np.ndarray]] = []
    for seed in seeds:
        generator = np.random.default_rng(seed + 100)
        models.append([])
        for inputs, outputs in itertools.pairwise(sizes):
            models[-1] += [generator.normal(0, inputs**-0.5, (rows, outputs)) for rows in (inputs, 1)]
    return [np.stack(arrays).astype(dtype) for arrays in zip(*models, strict=True)]


def add_noise(width: float) -> Change:
    """A change for `train`: add a number between -width and width to every pixel."""
    return lambda images, generator: images + width * (2 * generator.random(images.shape, dtype=np.float32) - 1)


def shift(images: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A change for `train`: move each 8x8 image (n, 64) by up to one pixel in both directions; blank moves in."""
    padded = np.pad(images.reshape(-1, 8, 8), ((0, 0), (1, 1), (1, 1)))
    down, right = generator.integers(0, 3, (2, len(images), 1, 1))
    rows, columns = down + np.arange(8)[:, None], right + np.arange(8)
    return padded[np.arange(len(images))[:, None, None], rows, columns].reshape(images.shape)


def shift_some(probability: float) -> Change:
    """A change for `train`: `shift` each image with this probability, anew in each step."""

    def change(images: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        moved = shift(images, generator)
        return np.where(generator.random((len(images), 1)) < probability, moved, images)

    return change


def disturb(
    features: np.ndarray,
    generators: Sequence[np.random.Generator],
    hidden: int,
    dropout: float,
    change: Change | None,
) -> tuple[np.ndarray, np.ndarray | None]:
    """One step's changed features, and its dropout mask (models, samples, hidden), or None without dropout.

    Each model draws from its own generator, so that it gets the same numbers in any company and in both frameworks.
    """
    if change:
        features = np.stack([change(*pair) for pair in zip(features, generators, strict=True)])
    if not dropout:
        return features, None
    shape = (features.shape[1], hidden)
    kept = np.stack([generator.random(shape, dtype=np.float32) >= dropout for generator in generators])
    return features, kept.astype(features.dtype) / features.dtype.type(1 - dropout)
