"""Measure the digit networks of lesson 07 in each framework, and write data/accuracy_07.json.

    python tools/accuracy_07.py [folder with MNIST's four files]

Digits, 20 seeds: the seed sets the split, the initial weights and the batches. MNIST, 5 seeds: trained on its 60,000
training pictures and tested on its 10,000 test pictures, so the seed sets the initial weights and the batches only;
without a folder that part of the file stays. The training is the course's own low-level solution, so the numbers are
those of code that learners can see.
"""

import itertools
import json
import os
import platform
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import numpy as np

COURSE = Path(__file__).resolve().parent.parent
TARGET = COURSE / "data" / "accuracy_07.json"
SEEDS = {"digits": 20, "mnist": 5}
EPOCHS = {"digits": 30, "mnist": 5}
PACKAGES = {"pytorch": ("torch", "numpy", "scikit-learn"), "tensorflow": ("tensorflow", "keras", "numpy")}
NETWORKS = {  # hidden units
    "digits": {"one layer": (), "several layers": (128, 64)},
    "mnist": {"one layer": (), "several layers": (256, 256)},
}


def parts_of(problem, seed, folder):
    """Training, validation and test part of one problem, scaled."""
    from utils import data, lab
    from utils.mnist import mnist

    if problem == "digits":
        return lab.scaled(*data.split(*lab.digits(), validation=0.15, test=0.15, seed=seed))
    features, labels = mnist("test", folder)
    train, test = lab.scaled(lab.mnist(folder), data.Part(features / 255, labels))
    return train, test, test  # the curve of the second part is not used


def network_of(framework, columns, hidden, classes, seed):
    if framework == "pytorch":
        import torch
        from torch import nn

        torch.manual_seed(seed)
        sizes = [columns, *hidden]
        layers = [layer for pair in itertools.pairwise(sizes) for layer in (nn.Linear(*pair), nn.ReLU())]
        return nn.Sequential(*layers, nn.Linear(sizes[-1], classes))
    import keras

    keras.utils.set_random_seed(seed)
    layers = [keras.layers.Dense(units, activation="relu") for units in hidden]
    return keras.Sequential([keras.Input((columns,)), *layers, keras.layers.Dense(classes)])


def accuracy_of(framework, network, part):
    if framework == "pytorch":
        import torch

        with torch.no_grad():
            logits = network(torch.tensor(part.features)).numpy()
    else:
        logits = np.asarray(network(part.features))
    return float(np.mean(logits.argmax(axis=1) == part.labels))


def measure(framework, folder):
    """Train every network with each seed; print one line of JSON."""
    sys.path.insert(0, str(COURSE))
    from importlib import import_module

    ours = import_module(f"tasks.lab.train_network.{framework}")
    results = {}
    for problem, networks in NETWORKS.items():
        if problem == "mnist" and not folder:
            continue
        for name, hidden in networks.items():
            accuracies, speeds = [], []
            for seed in range(SEEDS[problem]):
                train, validation, test = parts_of(problem, seed, folder)
                network = network_of(framework, train.features.shape[1], hidden, int(train.labels.max()) + 1, seed)
                started = time.process_time()
                ours.train_network(network, train, validation, EPOCHS[problem], seed)
                speeds.append(EPOCHS[problem] * len(train.labels) / (time.process_time() - started))
                accuracies.append(round(accuracy_of(framework, network, test), 4))
            entry = {"accuracies": accuracies, "mean": round(float(np.mean(accuracies)), 4)}
            entry |= {"training": len(train.labels), "test": len(test.labels), "epochs": EPOCHS[problem]}
            results.setdefault(problem, {})[name] = entry | {"samples_per_second": round(max(speeds))}
    results["versions"] = {package: metadata.version(package) for package in PACKAGES[framework]}
    print(json.dumps(results))


def main(folder):
    before = json.loads(TARGET.read_text(encoding="utf-8"))["results"] if TARGET.exists() else {}
    environment = os.environ | {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "OMP_NUM_THREADS": "1"}
    environment |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
    results = {}
    for framework in PACKAGES:
        command = [sys.executable, __file__, "--measure", framework, folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
        results[framework] = json.loads(done.stdout.splitlines()[-1])
        if not folder and "mnist" in before.get(framework, {}):
            results[framework]["mnist"] = before[framework]["mnist"]
        print(framework, json.dumps(results[framework], indent=1), flush=True)
    measured = {
        "what": "test accuracy of lesson 07's digit networks, trained by the course's low-level solution; "
        "samples_per_second counts processor seconds of one thread, the fastest training run of each network",
        "command": "python tools/accuracy_07.py FOLDER",
        "seeds": SEEDS,
        "threads": 1,
        "python": platform.python_version(),
        "results": results,
    }
    TARGET.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2], sys.argv[3])
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
