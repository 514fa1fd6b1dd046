"""Run lesson 06's long experiments once, in PyTorch, and write data/overfitting_06.json, which the lesson shows.

    python -m tools.overfitting_06 [remedies] [folds] [widths]

Without a name all are run, in some 20 minutes of one core. tests/test_lesson06.py repeats a small part in both frameworks.
"""

import json
import platform
import sys
from importlib import metadata
from pathlib import Path

import numpy as np

from utils import data, many

TARGET = Path(__file__).resolve().parent.parent / "data" / "overfitting_06.json"
SEEDS = range(20)
MEMBERS = 10  # networks in an ensemble
CASES = {
    "noisy": {"redrawn": 0.3, "hidden": 32, "steps": 75, "learning_rate": 0.03},
    "clean": {"redrawn": 0.0, "hidden": 32, "steps": 75, "learning_rate": 0.03},
    "clean, large": {"redrawn": 0.0, "hidden": 256, "steps": 1000, "learning_rate": 0.01},
}
GRIDS = {  # as wide for each case that no remedy's best mean validation error stands at an end
    "dropout": (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9),
    "weight decay": (0.03, 0.06, 0.125, 0.25, 0.5, 1, 2, 4, 8),
    "input noise": (0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.4),
    "shifted images": (0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0),
    "hidden units": (2, 4, 8, 12, 16, 24, 48, 64, 128),
}


def setting_of(remedy: str, strength: float) -> dict:
    """The arguments of `train` that apply a remedy."""
    if remedy == "input noise":
        return {"change": many.add_noise(strength)}
    if remedy == "shifted images":
        return {"change": many.shift_some(strength)}
    return {} if remedy == "hidden units" else {remedy.replace(" ", "_"): strength}


def draw(case: str, samples: int = 200) -> data.Splits:
    """The digits of all seeds for one case."""
    return many.stack([many.draw_digits(seed, samples, CASES[case]["redrawn"]) for seed in SEEDS])


def train(case: str, splits: data.Splits, hidden: int | None = None, seeds=SEEDS, **setting) -> many.Run:
    """Train one network per seed with the case's size and budget, unless a setting says otherwise."""
    from utils import many_pytorch

    budget = CASES[case]
    sizes = (64, hidden or budget["hidden"], 10)
    budget = {name: budget[name] for name in ("steps", "learning_rate")}
    return many_pytorch.train(splits, many.initial_weights(seeds, *sizes), **budget | setting)


def wrong_answers(parameters, splits: data.Splits) -> dict:
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
    found["ensemble"] = ensemble(case, splits)
    for remedy, strengths in GRIDS.items():
        runs = {}
        for strength in strengths:
            hidden = strength if remedy == "hidden units" else None
            run = train(case, splits, hidden, **setting_of(remedy, strength))
            runs[str(strength)] = wrong_answers(run.last, splits)
        found[remedy] = runs
        print(case, remedy, {s: [np.mean(r[p]).round(1) for p in r] for s, r in runs.items()}, flush=True)
    for name in ("baseline", "early stopping", "more data", "ensemble"):
        print(case, name, {part: np.mean(found[name][part]).round(1) for part in found[name]}, flush=True)
    return found


def ensemble(case: str, splits: data.Splits) -> dict:
    """Wrong answers of the mean probabilities of networks that differ in their first weights only."""
    from utils import many_pytorch

    total = {"validation": 0, "test": 0}
    for member in range(MEMBERS):
        run = train(case, splits, seeds=[seed + 20 * member for seed in SEEDS])
        for name, part in (("validation", splits.validation), ("test", splits.test)):
            logits = many_pytorch.predict(run.last, part.features)
            powers = np.exp(logits - logits.max(axis=2, keepdims=True))
            total[name] = total[name] + powers / powers.sum(axis=2, keepdims=True)
    parts = {"validation": splits.validation, "test": splits.test}
    return {name: [int(n) for n in (total[name].argmax(2) != parts[name].labels).sum(1)] for name in total}


def main(names):
    import torch

    torch.set_num_threads(1)
    results = json.loads(TARGET.read_text(encoding="utf-8"))["results"] if TARGET.exists() else {}
    if not names or "remedies" in names:
        results["remedies"] = {case: remedies(case) for case in CASES}
    measured = {
        "what": "lesson 06's long experiments; wrong answers of each of 20 seeds, of 300 validation and 697 test digits",
        "command": "python -m tools.overfitting_06",
        "versions": {"python": platform.python_version(), "torch": metadata.version("torch")},
        "cases": CASES,
        "results": results,
    }
    TARGET.write_text(json.dumps(measured) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
