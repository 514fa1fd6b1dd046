"""Run lesson 06's long experiments once, in PyTorch, and write data/overfitting_06.json, which the lesson shows.

    python -m tools.overfitting_06 ["remedies, noisy"] [...] ["folds, noisy"] [...] [samples] [redrawn] [moons] ...

Without a name all are run, in some 25 minutes of one core. tests/test_lesson06.py repeats a small part in both
frameworks.
"""

import functools
import json
import platform
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from utils import data, many

TARGET = Path(__file__).resolve().parent.parent / "data" / "overfitting_06.json"
SEEDS = range(20)
FOLDS = 5
WIDTHS = (2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64)
WIDTH_STEPS = (120, 400)
WIDTH_SEEDS = range(40)
MOON_SEEDS = range(100)
MEMBERS = 10  # networks in an ensemble
CASES = {
    "noisy": {"redrawn": 0.3, "hidden": 32, "steps": 75, "learning_rate": 0.03},
    "clean": {"redrawn": 0.0, "hidden": 32, "steps": 75, "learning_rate": 0.03},
    "clean, large": {"redrawn": 0.0, "hidden": 256, "steps": 1000, "learning_rate": 0.01, "every": 25},
}
GRIDS = {  # from weak to strong; the baseline is the strength 0 of each
    "dropout": (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9),
    "weight decay": (0.03, 0.06, 0.125, 0.25, 0.5, 1, 2, 4, 8),
    "input noise": (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4),
    "shifted images": (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0),
    "fewer hidden units": (24, 16, 12, 8, 4, 2),
}


def setting_of(remedy: str, strength: float) -> dict:
    """The arguments of `train` that apply a remedy."""
    if remedy == "input noise":
        return {"change": many.add_noise(strength)}
    if remedy == "shifted images":
        return {"change": many.shift_some(strength)}
    return {} if remedy == "fewer hidden units" else {remedy.replace(" ", "_"): strength}


def draw(case: str, samples: int = 200) -> data.Splits:
    """The digits of all seeds for one case."""
    return many.stack([many.draw_digits(seed, samples, CASES[case]["redrawn"]) for seed in SEEDS])


def train(
    case: str, splits: data.Splits, hidden: int | None = None, seeds: Sequence[int] = SEEDS, **setting: Any
) -> many.Run:
    """Train one network per seed with the case's size and budget, unless a setting says otherwise."""
    from utils import many_pytorch

    budget = CASES[case]
    hidden = int(budget["hidden"]) if hidden is None else hidden
    sizes = (64, hidden, 10) if hidden else (64, 10)
    budget = {name: value for name, value in budget.items() if name not in ("redrawn", "hidden")}
    return many_pytorch.train(splits, many.initial_weights(seeds, *sizes), **budget | setting)


def wrong_answers(parameters: list[Any], splits: data.Splits) -> dict:
    """How many of the 300 validation and the 697 test digits each model gets wrong."""
    from utils import many_pytorch

    parts = {"validation": splits.validation, "test": splits.test}
    return {
        name: [int(n) for n in np.round(many_pytorch.errors(parameters, part) * part.labels.shape[1])]
        for name, part in parts.items()
    }


def remedies(case: str) -> dict:
    """Wrong answers of the baseline, and of each remedy with each of its strengths."""
    splits = draw(case)
    baseline = train(case, splits)
    found = {"baseline": wrong_answers(baseline.last, splits), "early stopping": wrong_answers(baseline.best, splits)}
    more = draw(case, 800)
    found["more data"] = wrong_answers(train(case, more).last, more)
    found["no hidden layer"] = wrong_answers(train(case, splits, hidden=0).last, splits)
    found["ensemble"] = ensemble(case, splits)
    for remedy, strengths in GRIDS.items():
        runs = {}
        for strength in strengths:
            hidden = int(strength) if remedy == "fewer hidden units" else None
            run = train(case, splits, hidden, **setting_of(remedy, strength))
            runs[str(strength)] = wrong_answers(run.last, splits)
        found[remedy] = runs
        print(case, remedy, {s: [np.mean(r[p]).round(1) for p in r] for s, r in runs.items()}, flush=True)
    for name in ("baseline", "early stopping", "more data", "no hidden layer", "ensemble"):
        print(case, name, {part: np.mean(found[name][part]).round(1) for part in found[name]}, flush=True)
    return found


def ensemble(case: str, splits: data.Splits) -> dict:
    """Wrong answers of the mean probabilities of networks that differ in their first weights only."""
    from utils import many_pytorch

    total: dict[str, Any] = {"validation": 0, "test": 0}
    for member in range(MEMBERS):
        run = train(case, splits, seeds=[seed + 20 * member for seed in SEEDS])
        for name, part in (("validation", splits.validation), ("test", splits.test)):
            logits = many_pytorch.outputs_of(run.last, part.features)
            powers = np.exp(logits - logits.max(axis=2, keepdims=True))
            total[name] = total[name] + powers / powers.sum(axis=2, keepdims=True)
    parts = {"validation": splits.validation, "test": splits.test}
    return {name: [int(n) for n in (total[name].argmax(2) != parts[name].labels).sum(1)] for name in total}


def folds(case: str) -> list:
    """Wrong answers in five-fold cross-validation of weight decay: one table (strengths, folds) per seed."""
    from utils import many_pytorch

    strengths = GRIDS["weight decay"]
    found = []
    for seed in SEEDS:
        train_part = many.draw_digits(seed, redrawn=CASES[case]["redrawn"]).train
        parts = many.stack(list(cut(train_part)) * len(strengths))
        decays = np.repeat(strengths, FOLDS)
        run = train(case, parts, seeds=[seed] * len(decays), weight_decay=decays)
        wrong = many_pytorch.errors(run.last, parts.validation) * parts.validation.labels.shape[1]
        found.append(np.round(wrong).astype(int).reshape(len(strengths), FOLDS).tolist())
    print(case, "folds", np.mean(found, axis=(0, 2)).round(2), flush=True)
    return found


def cut(part: data.Part) -> Iterator[data.Splits]:
    """Yield each fold's splits: every fifth sample for validation (and in the test part too), the rest to train."""
    place = np.arange(len(part.labels)) % FOLDS
    for fold in range(FOLDS):
        inside, outside = (data.Part(*(array[rows] for array in part)) for rows in (place != fold, place == fold))
        yield data.Splits(inside, outside, outside)


def widths() -> dict:
    """Test loss and training and test errors of networks trained to the end on 100 noisy digits, by steps and width."""
    from utils import many_pytorch

    draws = many.stack([many.draw_digits(seed, samples=100) for seed in WIDTH_SEEDS])
    splits = data.Splits(*(data.Part(part.features.astype(np.float64), part.labels) for part in draws))
    judged = data.Splits(splits.train, splits.test, splits.test)  # nothing is chosen, so the test part gives the losses
    found = {}
    for steps in WIDTH_STEPS:
        rows = {}
        for hidden in WIDTHS:
            start = many.initial_weights(WIDTH_SEEDS, 64, hidden, 10, dtype=np.float64)
            run = many_pytorch.train(judged, start, steps=steps, learning_rate=0.05, every=steps)
            rows[str(hidden)] = {
                "loss": run.validation[-1].round(3).tolist(),
                "training": many_pytorch.errors(run.last, judged.train).round(2).tolist(),
                "test": many_pytorch.errors(run.last, judged.test).round(4).tolist(),
            }
            print(steps, hidden, {name: np.mean(row).round(3) for name, row in rows[str(hidden)].items()}, flush=True)
        found[str(steps)] = rows
    return found


def both_errors(run: many.Run, splits: data.Splits) -> dict:
    """The training and the test error of each model."""
    from utils import many_pytorch

    parts = {"training": splits.train, "test": splits.test}
    return {name: many_pytorch.errors(run.last, part).round(4).tolist() for name, part in parts.items()}


def samples() -> dict:
    """Training and test errors on digits by the fraction of redrawn labels, the number of steps and of samples."""
    found: dict[str, dict] = {}
    for redrawn in (0.0, 0.3):
        for steps in (75, 1000):
            rows = found.setdefault(str(redrawn), {}).setdefault(str(steps), {})
            for size in (50, 100, 200, 800):
                splits = many.stack(many.draw_digits(seed, size, redrawn) for seed in SEEDS)
                rows[str(size)] = both_errors(train("noisy", splits, steps=steps, every=steps), splits)
                print(redrawn, steps, size, {name: np.mean(row) for name, row in rows[str(size)].items()}, flush=True)
    return found


def redrawn() -> dict:
    """Training and test errors on 200 digits, by the fraction of redrawn labels."""
    rows = {}
    for fraction in (0.0, 0.1, 0.3, 0.5, 1.0):
        splits = many.stack(many.draw_digits(seed, redrawn=fraction) for seed in SEEDS)
        rows[str(fraction)] = both_errors(train("noisy", splits), splits)
        print(fraction, {name: np.mean(row) for name, row in rows[str(fraction)].items()}, flush=True)
    return rows


def moons() -> dict:
    """Training and test errors of networks trained to the end on noisy moons, by number of samples and width."""
    from utils import many_pytorch

    found = {}
    for samples in (25, 50, 100, 200):
        splits, rows = many.stack(many.draw_moons(seed, samples) for seed in MOON_SEEDS), {}
        for hidden in (0, 2, 4, 8, 16, 32, 64, 128):
            sizes = filter(None, (2, hidden, 2))
            start = many.initial_weights(MOON_SEEDS, *sizes, dtype=np.float64)
            run = many_pytorch.train(splits, start, steps=300, learning_rate=0.1, every=300)
            rows[str(hidden)] = both_errors(run, splits)
            print(samples, hidden, {name: np.mean(row).round(3) for name, row in rows[str(hidden)].items()}, flush=True)
        found[str(samples)] = rows
    return found


def epochs() -> dict:
    """Training and test error of networks with 64 hidden units on noisy digits, by the number of steps."""
    splits, rows = draw("noisy"), {}
    for steps in (10, 20, 40, 75, 150, 300, 600, 1200, 2400):
        run = train("noisy", splits, hidden=64, steps=steps, learning_rate=0.003, every=steps)
        rows[str(steps)] = both_errors(run, splits)
        print(steps, {name: np.mean(row).round(3) for name, row in rows[str(steps)].items()}, flush=True)
    return rows


def main(names: list[str]) -> None:
    import torch

    torch.set_num_threads(1)
    experiments: dict[str, Callable[[], Any]] = {
        f"remedies, {case}": functools.partial(remedies, case) for case in CASES
    }
    experiments |= {f"folds, {case}": functools.partial(folds, case) for case in ("noisy", "clean")}
    experiments |= {"samples": samples, "redrawn": redrawn, "moons": moons, "widths": widths, "epochs": epochs}
    for name in names or experiments:
        found = experiments[name]()
        results = json.loads(TARGET.read_text(encoding="utf-8"))["results"] if TARGET.exists() else {}
        results[name] = found
        measured = {
            "what": "lesson 06's long experiments; wrong answers count 300 validation and 697 test digits of each seed",
            "command": "python -m tools.overfitting_06",
            "versions": {"python": platform.python_version(), "torch": metadata.version("torch")},
            "cases": CASES,
            "results": {name: results[name] for name in experiments if name in results},
        }
        TARGET.write_text(json.dumps(measured) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
