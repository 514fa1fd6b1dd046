"""Lesson 06: the committed results of its long experiments; a small part is repeated here in both frameworks."""

import importlib
import json
from pathlib import Path

import numpy as np
import pytest

from tools import overfitting_06
from utils import data, many

RESULTS = json.loads(overfitting_06.TARGET.read_text(encoding="utf-8"))["results"]
PROSE = (Path(__file__).resolve().parent.parent / "lessons" / "06_overfitting.md").read_text(encoding="utf-8")

each_framework = pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])


@each_framework
@pytest.mark.parametrize(("remedy", "strength"), [("baseline", None), ("weight decay", "4"), ("input noise", "0.7")])
def test_noisy_digits_give_the_committed_counts(framework, remedy, strength):
    trainer = importlib.import_module(f"utils.many_{framework}")
    splits = many.stack(many.draw_digits(seed) for seed in range(5))
    setting = {} if strength is None else overfitting_06.setting_of(remedy, float(strength))
    run = trainer.train(splits, many.initial_weights(range(5), 64, 32, 10), **setting)
    entry = RESULTS["remedies, noisy"][remedy]
    counts = (entry if strength is None else entry[strength])["test"][:5]
    found = trainer.errors(run.last, splits.test) * 697
    assert found == pytest.approx(counts, abs=15)  # rounding grows during training; remedies differ by 100


@each_framework
def test_moons_give_the_committed_errors(framework):
    trainer = importlib.import_module(f"utils.many_{framework}")
    splits = many.stack(many.draw_moons(seed, samples=50) for seed in range(5))
    start = many.initial_weights(range(5), 2, 2, dtype=np.float64)  # a line: its loss has a single minimum
    run = trainer.train(splits, start, steps=300, learning_rate=0.1, every=300)
    assert trainer.errors(run.last, splits.test) == pytest.approx(RESULTS["moons"]["50"]["0"]["test"][:5], abs=0.002)


@each_framework
@pytest.mark.parametrize(
    ("entry", "samples", "redrawn"),
    [(RESULTS["samples"]["0.0"]["75"]["50"], 50, 0.0), (RESULTS["redrawn"]["1.0"], 200, 1.0)],
)
def test_sizes_and_label_noise_give_the_committed_errors(framework, entry, samples, redrawn):
    trainer = importlib.import_module(f"utils.many_{framework}")
    splits = many.stack(many.draw_digits(seed, samples, redrawn) for seed in range(5))
    run = trainer.train(splits, many.initial_weights(range(5), 64, 32, 10))
    for name, part in (("training", splits.train), ("test", splits.test)):
        assert trainer.errors(run.last, part) == pytest.approx(entry[name][:5], abs=0.02)


def test_more_images_with_noisy_labels_help_only_before_these_are_learned():
    """What section 7 says of 800 images and 200; each difference is more than two standard errors."""

    def gain(redrawn, steps):
        runs = RESULTS["samples"][redrawn][steps]
        difference = np.subtract(runs["200"]["test"], runs["800"]["test"])
        error = difference.std(ddof=1) / len(difference) ** 0.5
        return difference.mean() / error

    assert min(gain("0.0", "1000"), gain("0.3", "75")) > 2
    assert gain("0.3", "1000") < -2


def test_folds_use_each_sample_once():
    part = data.Part(np.arange(20.0)[:, None], np.arange(20))
    splits = list(overfitting_06.cut(part))
    assert sorted(np.concatenate([fold.validation.labels for fold in splits])) == list(range(20))
    for fold in splits:
        assert not set(fold.train.labels) & set(fold.validation.labels)
        assert len(fold.train.labels) == 16


def test_no_chosen_strength_stands_at_the_far_end_of_its_grid():
    """No remedy at all is the near end of each grid: nothing weaker exists."""
    for case in overfitting_06.CASES:
        found = RESULTS[f"remedies, {case}"]
        for remedy, strengths in overfitting_06.GRIDS.items():
            assert [float(strength) for strength in found[remedy]] == list(strengths)
            means = [np.mean(run["validation"]) for run in (found["baseline"], *found[remedy].values())]
            assert np.argmin(means) < len(means) - 1, (case, remedy)


def test_the_text_states_the_differences_of_the_file():
    found = RESULTS["remedies, noisy"]

    def judged(remedy):
        runs = [found["baseline"], *found[remedy].values()]
        chosen = np.argmin([run["validation"] for run in runs], axis=0)
        return np.array([run["test"] for run in runs])[chosen, np.arange(20)] / 697

    difference = judged("input noise") - judged("weight decay")
    error = difference.std(ddof=1) / 20**0.5
    assert f"by {-difference.mean():.3f} ± {error:.3f}" in PROSE
