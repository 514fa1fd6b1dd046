"""utils.data: sets as the datasheet says, honest splits, scaling from the training part, tensors of both frameworks."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from utils import data

ROOT = Path(__file__).parent.parent
GENERATED = [data.moons, data.blobs, data.line, data.sine]


def checksum(array):
    return hashlib.sha256(array.tobytes()).hexdigest()


@pytest.mark.parametrize("name", ["iris", "digits"])
def test_datasheet_is_true(name):
    part = getattr(data, name)()
    sheet = (ROOT / "data/README.md").read_text(encoding="utf-8").split(f"### {name}\n")[1].split("\n##")[0]
    samples, columns = map(int, re.search(r"\| (\d+) samples, (\d+) columns", sheet).groups())
    assert part.features.shape == (samples, columns) and part.labels.shape == (samples,)
    assert (part.features.dtype, part.labels.dtype) == (np.float32, np.int64)
    assert re.findall(r"`([0-9a-f]{64})`", sheet) == [checksum(part.features), checksum(part.labels)]


def test_datasheet_of_five_points_is_true():
    pair = data.five_points()
    sheet = (ROOT / "data/README.md").read_text(encoding="utf-8").split("### five_points\n")[1].split("\n##")[0]
    file = (ROOT / "data/five_points.csv").read_bytes()
    found = [hashlib.sha256(file).hexdigest(), *(checksum(array) for part in pair for array in part)]
    assert re.findall(r"`([0-9a-f]{64})`", sheet) == found
    assert [array.shape for part in pair for array in part] == [(5, 1), (5, 1), (20, 1), (20, 1)]
    generator = np.random.default_rng(493)
    x = np.round(np.sort(generator.uniform(0, 8, 20)), 1)
    y = np.round(2 * x + 3 + generator.normal(0, 2.2, 20), 1)
    assert np.allclose(pair.validation.features[:, 0], x) and np.allclose(pair.validation.labels[:, 0], y)
    assert np.allclose(np.polyfit(pair.train.features[:, 0], pair.train.labels[:, 0], 1), [2, 3], atol=1e-6)


@pytest.mark.parametrize("make", GENERATED)
def test_generated_sets_hang_on_their_seed_only(make):
    np.random.seed(1)
    before = np.random.get_state()[1].copy()
    first, again, other = make(seed=3), make(seed=3), make(seed=4)
    assert np.array_equal(first.features, again.features) and np.array_equal(first.labels, again.labels)
    assert not np.array_equal(first.features, other.features)
    assert np.array_equal(before, np.random.get_state()[1])
    assert first.features.dtype == np.float32
    assert first.labels.dtype == (np.int64 if make in (data.moons, data.blobs) else np.float32)


def test_generated_sets_follow_the_formula_without_noise():
    features, labels = data.moons(100, noise=0)
    upper, lower = features[labels == 0], features[labels == 1]
    assert np.allclose(np.hypot(*upper.T), 1, atol=1e-6) and (upper[:, 1] >= 0).all()
    assert np.allclose(np.hypot(*(lower - [1, 0.5]).T), 1, atol=1e-6) and len(upper) == len(lower)
    x, y = data.line(50, slope=3, offset=1, noise=0)
    assert np.allclose(y, 3 * x + 1, atol=1e-6) and y.shape == (50, 1)


@pytest.mark.parametrize("stratify", [True, False])
def test_split_uses_every_sample_once_and_keeps_pairs(stratify):
    labels = np.arange(150) % 3
    splits = data.split(np.stack([np.arange(150), labels], axis=1), labels, seed=1, stratify=stratify)
    rows = np.concatenate([part.features[:, 0] for part in splits])
    assert sorted(rows) == list(range(150)) and list(rows) != list(range(150))
    assert [len(part.labels) for part in splits] == [90, 30, 30]
    assert all(np.array_equal(part.features[:, 1], part.labels) for part in splits)


def test_split_is_stratified_seeded_and_shuffled():
    features, labels = np.arange(200)[:, None], np.repeat([0, 1], [180, 20])
    first, again, other = (data.split(features, labels, 0.1, 0.2, seed) for seed in (5, 5, 6))
    assert [list(np.bincount(part.labels)) for part in first] == [[126, 14], [18, 2], [36, 4]]
    assert all(np.array_equal(a.features, b.features) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first.test.features, other.test.features)
    assert np.count_nonzero(np.diff(first.train.labels)) > 2  # the classes are mixed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([[1.0]] * 5, [0] * 4), "features has 5, labels has 4"),
        (([], []), "at least one sample"),
        (([[1.0]] * 9, [0] * 9, 0.6, 0.4), "less than 1"),
        (([[1.0]] * 9, [0] * 9, -0.1), "0 or more"),
        (([[1.0]] * 9, [0] * 7 + [1] * 2), "class 1 has 2 samples"),
        (([[1.0]] * 9, np.linspace(0, 1, 9)), "stratify=False"),
    ],
)
def test_split_refuses_in_a_sentence(arguments, words):
    with pytest.raises(ValueError, match=words):
        data.split(*arguments)


def test_standardise_learns_from_the_training_part_only():
    features = np.random.default_rng(0).normal(5, 3, (100, 3)).astype(np.float32)
    features[:, 2] = 0.1  # constant: float32 rounding must not blow it up
    splits = data.split(features, np.zeros(100, int))
    spoiled = splits._replace(test=data.Part(splits.test.features + 1000, splits.test.labels))
    scaled, other = data.standardise(splits), data.standardise(spoiled)
    assert np.allclose(scaled.train.features.mean(axis=0), 0, atol=1e-6)
    assert np.allclose(scaled.train.features.std(axis=0), [1, 1, 0], atol=1e-6)
    assert np.array_equal(scaled.train.features, other.train.features)
    assert np.array_equal(scaled.validation.features, other.validation.features)
    assert scaled.test.features.dtype == np.float32 and np.array_equal(scaled.test.labels, splits.test.labels)
    scaler = data.Scaler.fit(splits.train.features)
    assert np.array_equal(scaler.apply(splits.test.features), scaled.test.features)
    with pytest.raises(ValueError, match=r"\(samples, 3\)"):
        scaler.apply([[1.0, 2.0]])


def test_as_numpy_takes_torch():
    torch = pytest.importorskip("torch")
    assert np.array_equal(data.as_numpy(torch.ones(2, requires_grad=True)), [1, 1])
    assert data.as_numpy(torch.tensor([1.5], dtype=torch.bfloat16)) == 1.5
    assert np.array_equal(data.as_numpy([torch.tensor(1.0, requires_grad=True), 2.0]), [1, 2])
    splits = data.split(torch.arange(20.0)[:, None], torch.arange(20) % 2)
    assert data.standardise(splits).train.features.shape == (12, 1)


def test_as_numpy_takes_tensorflow_and_keras():
    tf, keras = pytest.importorskip("tensorflow"), pytest.importorskip("keras")
    for values in (tf.constant([1.0, 2.0]), tf.Variable([1.0, 2.0]), keras.Variable([1.0, 2.0])):
        assert np.array_equal(data.as_numpy(values), [1, 2])
    half = data.as_numpy(tf.constant([1.5], tf.bfloat16))
    assert half == 1.5 and half.dtype == np.float32


@pytest.mark.parametrize("values", [None, "text", ["a"], {"a": 1}, [[1], [1, 2]], object(), ..., np.array, [None]])
def test_as_numpy_refuses_in_a_sentence(values):
    with pytest.raises(TypeError, match=r"^expected numbers .*\.$"):
        data.as_numpy(values)


@pytest.mark.parametrize("module", ["utils", "utils.data", "utils.plotting"])
def test_import_brings_no_framework(module):
    code = f"import sys, {module}; print(*({{'torch', 'tensorflow', 'keras', 'sklearn'}} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
