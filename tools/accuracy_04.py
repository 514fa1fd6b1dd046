"""Measure the test accuracy of lesson 04 with five seeds in each framework, and write data/accuracy_04.json.

    python tools/accuracy_04.py

It runs the lesson's own cells with another seed in place of `seed = 0`, up to the cell that sets `test_accuracy`, so
the numbers are those of the code that learners see. Takes about two minutes on two cores.
"""

import json
import os
import platform
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
LESSON = COURSE / "lessons" / "04_high_level.md"
TARGET = COURSE / "data" / "accuracy_04.json"
SEEDS = range(5)
NAMES = {"pytorch": "PyTorch Lightning", "tensorflow": "Keras"}
PACKAGES = {
    "pytorch": ("torch", "pytorch-lightning", "torchmetrics", "numpy", "scikit-learn"),
    "tensorflow": ("tensorflow", "keras", "numpy", "scikit-learn"),
}
SETTINGS = ("batch_size", "learning_rate", "dropout")


def cells_up_to_the_test(framework):
    """The code of the lesson in one framework, up to and with the cell that measures the test accuracy."""
    from tools.source import read_lesson

    sources = [c.source for c in read_lesson(LESSON) if c.kind == "code" and c.framework in (None, framework)]
    last = next(i for i, source in enumerate(sources) if "test_accuracy = " in source and "class " not in source)
    code = "\n\n".join(sources[: last + 1])
    assert code.count("seed = 0\n") == 1, "the lesson should set its seed in one place"
    return code


def measure(framework):
    """Run the lesson with each seed; print one line of JSON."""
    sys.path.insert(0, str(COURSE))
    from utils.start import begin

    begin("high_level", framework)
    code, accuracies, started = cells_up_to_the_test(framework), [], time.perf_counter()
    for seed in SEEDS:
        namespace = {"__name__": "lesson", "print": lambda *_: None}
        exec(compile(code.replace("seed = 0\n", f"seed = {seed}\n"), LESSON.name, "exec"), namespace)
        accuracies.append(round(float(namespace["test_accuracy"]), 4))
    print(
        json.dumps(
            {
                "accuracies": accuracies,
                "mean": round(sum(accuracies) / len(accuracies), 4),
                "test_pictures": len(namespace["splits"].test.labels),
                "settings": {name: namespace[name] for name in SETTINGS},
                "seconds": round(time.perf_counter() - started, 1),
                "versions": {package: metadata.version(package) for package in PACKAGES[framework]},
            }
        )
    )


def main():
    results = {}
    environment = os.environ | {"MPLBACKEND": "agg"}
    for framework, name in NAMES.items():
        command = [sys.executable, __file__, framework]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
        results[name] = json.loads(done.stdout.splitlines()[-1])
        print(f"{name}: mean {results[name]['mean']:.4f} of {results[name]['accuracies']}", flush=True)
    measured = {
        "what": "accuracy on the test part of the digits; the seed sets the split, the first weights and the batches",
        "command": "python tools/accuracy_04.py",
        "seeds": list(SEEDS),
        "python": platform.python_version(),
        "results": results,
    }
    TARGET.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
