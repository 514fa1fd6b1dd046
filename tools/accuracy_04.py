"""Measure what lesson 04 states about accuracies, and write data/accuracy_04.json.

    python tools/accuracy_04.py

`results`: the lesson's own cells with five seeds in place of `seed = 0`, up to the cell that sets `test_accuracy`, so
the numbers are those of the code that learners see. `comparison`: the lesson's two networks over ten seeds, each with
the learning rate that the validation loss chooses. Takes about half an hour on two busy cores.
"""

import contextlib
import io
import json
import logging
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
LESSON = COURSE / "lessons" / "04_high_level.md"
TARGET = COURSE / "data" / "accuracy_04.json"
SEEDS = range(5)
COMPARED_SEEDS = range(10)
RATES = (0.001, 0.003, 0.01, 0.03)
NETWORKS = {"fully connected": "make_network", "convolution": "make_convolution"}
NAMES = {"pytorch": "PyTorch Lightning", "tensorflow": "Keras"}
PACKAGES = {
    "pytorch": ("torch", "pytorch-lightning", "torchmetrics", "numpy", "scikit-learn"),
    "tensorflow": ("tensorflow", "keras", "numpy", "scikit-learn"),
}
SETTINGS = ("batch_size", "learning_rate", "dropout")


def cells_of(framework: str) -> tuple[str, str]:
    """The lesson's code in one framework, up to the cell that measures the test accuracy; and its convolution."""
    from tools.source import read_lesson

    sources = [c.source for c in read_lesson(LESSON) if c.kind == "code" and c.framework in (None, framework)]
    last = next(i for i, source in enumerate(sources) if "test_accuracy = " in source and "class " not in source)
    code = "\n\n".join(sources[: last + 1])
    assert code.count("seed = 0\n") == 1, "the lesson should set its seed in one place"
    return code, next(source for source in sources if source.startswith("def make_convolution"))


def run(code: str, seed: int) -> dict:
    """The names that a lesson's code leaves behind, run with another seed."""
    namespace: dict = {"__name__": "lesson"} | dict.fromkeys(("check", "predict", "reveal"), lambda *arguments: None)
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code.replace("seed = 0\n", f"seed = {seed}\n"), LESSON.name, "exec"), namespace)
    return namespace


def fit_pytorch(lesson: dict, make: Callable, rate: float, seed: int) -> tuple[float, float]:
    """The lowest validation loss and the test accuracy of that epoch."""
    pl = lesson["pl"]
    pl.seed_everything(seed, verbose=False)
    splits = lesson["data"].split(lesson["features"], lesson["labels"], 0.2, 0.2, seed)
    pixels = splits.train.features
    network = make(lesson["Normalization"](pixels.mean(), pixels.std()), lesson["dropout"])
    stopping, checkpoint = lesson["make_callbacks"]()
    trainer = pl.Trainer(max_epochs=100, callbacks=[stopping, checkpoint], logger=False, **lesson["quiet"])
    digits = lesson["Digits"](splits, lesson["batch_size"])
    trainer.fit(lesson["DigitsClassifier"](network, rate), datamodule=digits)
    results = trainer.test(datamodule=digits, ckpt_path="best", verbose=False)[0]
    return checkpoint.best_model_score.item(), results["test_accuracy"]


def fit_tensorflow(lesson: dict, make: Callable, rate: float, seed: int) -> tuple[float, float]:
    """The lowest validation loss and the test accuracy of that epoch."""
    keras, pipeline = lesson["keras"], lesson["pipeline"]
    keras.utils.clear_session()
    keras.utils.set_random_seed(seed)
    splits = lesson["data"].split(lesson["features"], lesson["labels"], 0.2, 0.2, seed)
    normalization = keras.layers.Normalization(axis=None)
    normalization.adapt(splits.train.features)
    network = make(normalization, lesson["dropout"])
    lesson["compile_network"](network, rate)
    stopping, _ = lesson["make_callbacks"]()
    network.fit(
        pipeline(splits.train).shuffle(len(splits.train.labels), seed=seed).batch(lesson["batch_size"]),
        validation_data=pipeline(splits.validation).batch(256),
        epochs=100,
        shuffle=False,
        callbacks=[stopping],
        verbose=0,
    )
    loss = network.evaluate(pipeline(splits.validation).batch(256), verbose=0, return_dict=True)["loss"]
    return loss, network.evaluate(pipeline(splits.test).batch(256), verbose=0, return_dict=True)["accuracy"]


def compare(lesson: dict, fit: Callable) -> dict[str, dict[str, list[float]]]:
    """For each network: the learning rates that the validation loss chose, one per seed, and their test accuracies."""
    compared = {}
    for name, make in NETWORKS.items():
        runs: dict[str, list[float]] = {"learning_rates": [], "accuracies": []}
        for seed in COMPARED_SEEDS:
            tried = {rate: fit(lesson, lesson[make], rate, seed) for rate in RATES}
            chosen = min(tried, key=lambda rate: tried[rate][0])
            runs["learning_rates"].append(chosen)
            runs["accuracies"].append(round(float(tried[chosen][1]), 4))
        print(name, runs, file=sys.stderr, flush=True)
        compared[name] = runs
    return compared


def measure(framework: str) -> None:
    """Run the lesson with each seed, then the comparison; print one line of JSON."""
    sys.path.insert(0, str(COURSE))
    from utils.start import begin

    begin("high_level", framework)
    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    (code, convolution), started = cells_of(framework), time.perf_counter()
    accuracies = [round(float(run(code, seed)["test_accuracy"]), 4) for seed in SEEDS]
    seconds = round(time.perf_counter() - started, 1)
    lesson = run(code + "\n\n" + convolution, seed=0)
    result = {
        "accuracies": accuracies,
        "mean": round(sum(accuracies) / len(accuracies), 4),
        "test_pictures": len(lesson["splits"].test.labels),
        "settings": {name: lesson[name] for name in SETTINGS},
        "seconds": seconds,
        "versions": {package: metadata.version(package) for package in PACKAGES[framework]},
    }
    fit = {"pytorch": fit_pytorch, "tensorflow": fit_tensorflow}[framework]
    print(json.dumps({"result": result, "comparison": compare(lesson, fit)}))


def main() -> None:
    results, comparison = {}, {}
    environment = os.environ | {"MPLBACKEND": "agg"}
    for framework, name in NAMES.items():
        command = [sys.executable, __file__, framework]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
        found = json.loads(done.stdout.splitlines()[-1])
        results[name], comparison[name] = found["result"], found["comparison"]
        print(f"{name}: mean {results[name]['mean']:.4f} of {results[name]['accuracies']}", flush=True)
    measured = {
        "what": "accuracy on the test set of the digits; the seed sets the split, the initial weights and the batches",
        "command": "python tools/accuracy_04.py",
        "seeds": list(SEEDS),
        "python": platform.python_version(),
        "results": results,
        "learning_rates": RATES,
        "compared_seeds": list(COMPARED_SEEDS),
        "comparison": comparison,
    }
    TARGET.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
