"""Compare lesson 05's adversary with a fixed class weight over ten draws, and write data/adversary_05.json.

    python tools/adversary_05.py

It runs the lesson's own PyTorch cells, so the networks are those that learners see. Each candidate chooses its settings
from the same learning rates, by the mean accuracy of the worse class on the ten validation sets; only the chosen ones
are judged on the test sets. Takes some ten minutes on two cores.
"""

import json
import os
import sys
from importlib import metadata
from itertools import product
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
LESSON = COURSE / "lessons" / "05_mixing.md"
TARGET = COURSE / "data" / "adversary_05.json"
DRAWS = range(10)
LEARNING_RATES = (0.3, 1.0, 3.0, 10.0)
ADVERSARY_RATES = (0.2, 0.8, 3.2)
WEIGHTS = {"no remedy": 1.0, "fixed weight": 19.0}


def lesson_names():
    """What the lesson's PyTorch cells have defined when the cell that trains with the adversary has run."""
    from tools.source import read_lesson

    sources = [c.source for c in read_lesson(LESSON) if c.kind == "code" and c.framework in (None, "pytorch")]
    last = next(i for i, source in enumerate(sources) if "def train_with_adversary" in source)
    namespace = {name: lambda *_: None for name in ("print", "check", "predict", "reveal")} | {"__name__": "lesson"}
    for source in sources[: last + 1]:
        exec(compile(source, LESSON.name, "exec"), namespace)
    return namespace


def main():
    sys.path.insert(0, str(COURSE))
    os.environ.setdefault("MPLBACKEND", "agg")
    lesson = lesson_names()
    splits = [lesson["imbalanced"](draw) for draw in DRAWS]
    trainers = {
        (name, rate, None): lambda part, rate=rate, weight=weight: lesson["train_with_option"](part, rate, weight)
        for (name, weight), rate in product(WEIGHTS.items(), LEARNING_RATES)
    }
    for rate, adversary_rate in product(LEARNING_RATES, ADVERSARY_RATES):
        trainers["adversary", rate, adversary_rate] = lambda part, rate=rate, up=adversary_rate: lesson[
            "train_with_adversary"
        ](part, rate, up)[0]

    results = {}
    for (name, rate, adversary_rate), train in trainers.items():
        networks = [train(split.train) for split in splits]
        validation, test = (
            [
                [round(float(a), 4) for a in lesson["class_accuracies"](n, part)]
                for n, part in zip(networks, parts, strict=True)
            ]
            for parts in ([s.validation for s in splits], [s.test for s in splits])
        )
        score = sum(map(min, validation)) / len(DRAWS)
        print(f"{name}, learning rate {rate}, adversary's {adversary_rate}: {score:.4f}", flush=True)
        if name not in results or score > results[name]["validation"]:
            results[name] = {
                "learning_rate": rate,
                "adversary_rate": adversary_rate,
                "validation": round(score, 4),
                "test": test,
            }
    measured = {
        "what": "accuracies of class 0 and class 1 on the test set of each draw, with the settings chosen on the "
        "validation sets by the mean accuracy of the worse class",
        "command": "python tools/adversary_05.py",
        "draws": list(DRAWS),
        "grid": {"learning_rate": LEARNING_RATES, "adversary_rate": ADVERSARY_RATES},
        "versions": {package: metadata.version(package) for package in ("torch", "pytorch-lightning", "numpy")},
        "results": results,
    }
    TARGET.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
