"""Data for the lessons: embedded and generated sets, splitting, standardising. No framework is imported here.

Every set comes as `features, labels`: float32 features of shape (samples, columns), one sample a row, and
labels as int64 class numbers of shape (samples,), or float32 of shape (samples, 1) where the task is regression.
data/README.md describes each set.
"""

import csv
import json
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "data"
FIVE_POINTS = FOLDER / "five_points.csv"
DRAWN = FOLDER / "drawn.json"  # a copy of the course that is handed out with other data has this file
IRIS_NAMES = ("setosa", "versicolor", "virginica")
IRIS_COLUMNS = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
DIGITS_NAMES = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")


class Part(NamedTuple):
    """Samples that belong together: row i of `features` goes with entry i of `labels`."""

    features: np.ndarray
    labels: np.ndarray


class Splits(NamedTuple):
    """One set, split in three: fit on `train`, choose on `validation`, report on `test` once."""

    train: Part
    validation: Part
    test: Part


class Pair(NamedTuple):
    """A small set in two parts: fit on `train`, judge on `validation`."""

    train: Part
    validation: Part


class Scaler(NamedTuple):
    """The mean and scale of each column, remembered, so that later data are scaled by the same numbers."""

    mean: np.ndarray
    scale: np.ndarray

    @classmethod
    def fit(cls, features: Any) -> "Scaler":
        """Measure mean and standard deviation of each column of (samples, columns); a constant column gets scale 1."""
        features = _table(features)
        constant = features.min(axis=0) == features.max(axis=0)  # exact, where a rounded deviation may miss zero
        mean = np.where(constant, features[0], features.mean(axis=0))
        return cls(mean, np.where(constant, 1.0, features.std(axis=0)))

    def apply(self, features: Any) -> np.ndarray:
        """Return (features - mean) / scale as float32, same shape."""
        features = as_numpy(features)
        if features.ndim != 2 or features.shape[1] != len(self.mean):
            raise ValueError(f"features should have shape (samples, {len(self.mean)}), but have {features.shape}.")
        return ((features - self.mean) / self.scale).astype(np.float32)


def as_numpy(values: Any) -> np.ndarray:
    """Return numbers as a NumPy array: from a list, an array, or a tensor or variable of either framework.

    A PyTorch tensor may need a gradient, live on a device, or be bfloat16 (which NumPy lacks: it becomes float32).
    The result may share memory with `values`, so read it only. Raises TypeError for anything but numbers.
    """
    try:
        array = _convert(values)
    except Exception as error:  # each framework has its own exceptions, and none of them is imported here
        raise TypeError(f"expected numbers (list, array or tensor), but cannot read {_kind(values)}.") from error
    if array.dtype.kind not in "biufc":
        raise TypeError(f"expected numbers (list, array or tensor), but got {_kind(values)}.")
    return array


def drawn() -> int:
    """The seed of the data that this copy of the course was handed out with; 0 for the usual data."""
    if _in_use is not None:
        return _in_use
    return int(json.loads(DRAWN.read_text(encoding="utf-8"))["seed"]) if DRAWN.is_file() else 0


def draw(seed: int | None) -> None:
    """Use the data of another seed from now on; None: those of this copy."""
    global _in_use
    _in_use = seed


_in_use: int | None = None


def iris() -> Part:
    """150 iris flowers: four lengths in cm (IRIS_COLUMNS), three species (IRIS_NAMES), 50 flowers each.

    Where other data are drawn, each length has an error of about 0.1 cm, as if measured again.
    """
    from sklearn.datasets import load_iris  # here, because scikit-learn takes a second to import

    features, labels = load_iris(return_X_y=True)
    if seed := drawn():
        errors = np.random.default_rng(seed).normal(0, 0.1, features.shape)
        features = np.round(features + errors, 1).clip(min=0.1)
    return _classes(features, labels)


def digits() -> Part:
    """1797 handwritten digits: 64 pixels, the flattened 8x8 image, row by row; class k is the digit k.

    A pixel counts the ink dots in a block of 4x4 dots of the scan: 0 (blank) to 16 (full).
    """
    from sklearn.datasets import load_digits

    return _classes(*load_digits(return_X_y=True))


def moons(samples: int = 200, noise: float = 0.1, seed: int = 0) -> Part:
    """Two interleaved half circles of radius 1 (classes 0 and 1), which no straight line separates."""
    rng = _generator(samples, noise, seed)
    labels = rng.permutation(np.arange(samples) % 2)
    angle = rng.uniform(0, np.pi, samples)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.array([1.0, 0.5]) - upper
    return _classes(np.where(labels[:, None] == 0, upper, lower) + rng.normal(0, noise, (samples, 2)), labels)


def spirals(samples: int, seed: int, turns: float = 0.85, noise: float = 0.15) -> tuple[np.ndarray, np.ndarray]:
    """Two spiral arms around each other: features (samples, 2), labels 0.0 or 1.0 (samples, 1), both float32."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 2, size=(samples, 1))
    radius = generator.uniform(0.3, 2.0, size=(samples, 1))
    angle = np.pi * (turns * radius + labels)
    points = radius * np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
    points += generator.normal(0, noise, size=points.shape)
    return points.astype(np.float32), labels.astype(np.float32)


def blobs(samples: int = 300, classes: int = 3, noise: float = 0.5, seed: int = 0) -> Part:
    """Round clouds of points, one a class, their centres evenly spaced on a circle of radius 2."""
    if classes < 1:
        raise ValueError(f"classes should be 1 or more, not {classes}.")
    rng = _generator(samples, noise, seed)
    labels = rng.permutation(np.arange(samples) % classes)
    angle = 2 * np.pi * labels / classes
    centres = 2 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return _classes(centres + rng.normal(0, noise, (samples, 2)), labels)


def line(samples: int = 100, slope: float = 2.0, offset: float = -1.0, noise: float = 0.3, seed: int = 0) -> Part:
    """A straight line with noise, for regression: label = slope * feature + offset, features from -1 to 1."""
    rng = _generator(samples, noise, seed)
    features = rng.uniform(-1, 1, (samples, 1))
    return _regression(features, slope * features + offset + rng.normal(0, noise, (samples, 1)))


def sine(samples: int = 100, noise: float = 0.2, seed: int = 0) -> Part:
    """One wave with noise, for regression: label = sin(pi * feature), features from -1 to 1."""
    rng = _generator(samples, noise, seed)
    features = rng.uniform(-1, 1, (samples, 1))
    return _regression(features, np.sin(np.pi * features) + rng.normal(0, noise, (samples, 1)))


def five_points() -> Pair:
    """Five points to fit (chosen by hand) and 20 to validate on (2 x + 3 with noise), for regression."""
    with open(FIVE_POINTS, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    parts = []
    for name in Pair._fields:
        x, y = zip(*((float(row["x"]), float(row["y"])) for row in rows if row["set"] == name), strict=True)
        parts.append(_regression(np.array(x)[:, None], np.array(y)[:, None]))
    return Pair(*parts)


class SlowBatches:
    """A set as a sequence of batches that take `seconds` each to fetch, as from a disk; `fetched` counts the fetches.

    Entry i is a pair of features (batch_size, columns) and labels (batch_size,); the last batch may be smaller.
    """

    def __init__(self, features: Any, labels: Any, batch_size: int, seconds: float) -> None:
        same_length(features=features, labels=labels)
        if batch_size < 1 or seconds < 0:
            raise ValueError(f"batch_size should be 1 or more and seconds 0 or more, not {batch_size} and {seconds}.")
        self.features, self.labels, self.batch_size, self.seconds = features, labels, batch_size, seconds
        self.fetched = 0

    def __len__(self) -> int:
        return -(-len(self.features) // self.batch_size)

    def __getitem__(self, number: int) -> tuple[Any, Any]:
        if not 0 <= number < len(self):
            raise IndexError(f"there are {len(self)} batches, counted from 0, so there is no batch {number}.")
        time.sleep(self.seconds)
        self.fetched += 1
        rows = slice(number * self.batch_size, (number + 1) * self.batch_size)
        return self.features[rows], self.labels[rows]


def split(
    features: Any, labels: Any, validation: float = 0.2, test: float = 0.2, seed: int = 0, stratify: bool = True
) -> Splits:
    """Shuffle and split the samples into training, validation and test parts that share no sample.

    `validation` and `test` are fractions of the whole; the rest is for training. Stratified: each class is split by
    these fractions on its own (at least one sample a part), so that the parts hold the classes in equal shares.
    Regression labels have no classes: pass stratify=False. The same seed gives the same split.
    Raises ValueError when lengths differ, fractions leave nothing to train on, or a class is too small.
    """
    features, labels = as_numpy(features), as_numpy(labels)
    same_length(features=features, labels=labels)
    if not (0 <= validation < 1 and 0 <= test < 1 and validation + test < 1):
        raise ValueError(f"validation={validation} and test={test} should be 0 or more and add up to less than 1.")
    groups = _class_rows(labels) if stratify else {"all": np.arange(len(labels))}
    rng = np.random.default_rng(seed)
    pieces = [_cut(name, rng.permutation(rows), validation, test) for name, rows in groups.items()]
    # Joined class by class, the rows of a part would stand in class order: shuffle each part once more.
    parts = [rng.permutation(np.concatenate(rows)) for rows in zip(*pieces, strict=True)]
    return Splits(*(Part(features[rows], labels[rows]) for rows in parts))


def standardise(splits: Splits) -> Splits:
    """Scale every column to mean 0 and deviation 1, both measured on the training part only; labels stay.

    The numbers used are those of `Scaler.fit(splits.train.features)`.
    """
    scaler = Scaler.fit(splits.train.features)
    return Splits(*(Part(scaler.apply(part.features), part.labels) for part in splits))


def same_length(**arrays: np.ndarray) -> None:
    """Raise ValueError unless the named arrays have the same number of samples, at least one."""
    if any(array.ndim == 0 or len(array) == 0 for array in arrays.values()):
        raise ValueError(f"{' and '.join(arrays)} should hold at least one sample.")
    if len({len(array) for array in arrays.values()}) > 1:
        lengths = ", ".join(f"{name} has {len(array)}" for name, array in arrays.items())
        raise ValueError(f"one entry a sample is needed, but {lengths}.")


def _kind(values: Any) -> str:
    """Name what was passed, for an error message."""
    return f"{type(values).__module__}.{type(values).__qualname__}".removeprefix("builtins.")


def _convert(values: Any) -> np.ndarray:
    if isinstance(values, (list, tuple)) and any(hasattr(value, "numpy") for value in values):
        return np.stack([_convert(value) for value in values])  # a list of tensors, as a loop collects its losses
    if hasattr(values, "detach"):  # PyTorch
        values = values.float() if str(values.dtype) == "torch.bfloat16" else values
        return values.numpy(force=True)
    array = np.asarray(values.numpy() if hasattr(values, "numpy") else values)
    # TensorFlow's bfloat16 arrives as a type that NumPy does not know by itself.
    return array.astype(np.float32) if array.dtype.name == "bfloat16" else array


def _table(features: Any) -> np.ndarray:
    """Features as float64 of shape (samples, columns), checked; float64 keeps the sums exact enough."""
    features = as_numpy(features)
    if features.ndim != 2 or features.size == 0:
        raise ValueError(f"features should have shape (samples, columns), neither 0, but have {features.shape}.")
    if not np.isfinite(features).all():
        raise ValueError("features hold NaN or infinity, so they have no mean.")
    return features.astype(np.float64)


def _classes(features: np.ndarray, labels: np.ndarray) -> Part:
    return Part(features.astype(np.float32), labels.astype(np.int64))


def _regression(features: np.ndarray, labels: np.ndarray) -> Part:
    return Part(features.astype(np.float32), labels.astype(np.float32))


def _generator(samples: int, noise: float, seed: int) -> np.random.Generator:
    """An own random generator, so that making data never changes the learner's random state."""
    if samples < 1 or noise < 0:
        raise ValueError(f"samples={samples} should be 1 or more and noise={noise} should be 0 or more.")
    return np.random.default_rng(seed)


def _class_rows(labels: np.ndarray) -> dict[str, np.ndarray]:
    """The row numbers of each class."""
    if labels.ndim != 1 or not np.all(labels == np.round(labels)):
        raise ValueError("labels should be one class number a sample; for regression, pass stratify=False.")
    return {f"class {label:g}": np.flatnonzero(labels == label) for label in np.unique(labels)}


def _cut(name: str, rows: np.ndarray, validation: float, test: float) -> list[np.ndarray]:
    """Cut shuffled rows into training, validation and test rows; each part asked for gets at least one."""
    counts = [max(1, round(len(rows) * share)) if share else 0 for share in (validation, test)]
    if sum(counts) >= len(rows):
        parts = 1 + sum(count > 0 for count in counts)
        raise ValueError(f"{name} has {len(rows)} samples, too few for {parts} parts of the sizes asked for.")
    held_out, rest = rows[: sum(counts)], rows[sum(counts) :]
    return [rest, held_out[: counts[0]], held_out[counts[0] :]]
