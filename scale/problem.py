"""What the scripts beside it train: made-up data, the network's sizes and first weights, and how they report.

NumPy only. Every process makes the same data from the same seed, so nothing has to be downloaded or shared.
"""

import argparse
import itertools
import json
from pathlib import Path

import numpy as np

SIZES = (784, 256, 256, 10)  # inputs, two hidden layers, classes: a network for MNIST's pictures
LEARNING_RATE = 0.1


def parser(description: str) -> argparse.ArgumentParser:
    """The command line that the scripts share."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--epochs", type=int, default=3, help="rounds over the data (3)")
    parser.add_argument("--samples", type=int, default=6000, help="training samples (6000)")
    parser.add_argument("--batch", type=int, default=200, help="samples per step, of all processes together (200)")
    parser.add_argument("--result", type=Path, help="also write losses and speeds to this file, as JSON")
    return parser


def share(options: argparse.Namespace, processes: int) -> int:
    """How many samples of a batch each process takes; SystemExit when they do not divide evenly.

    Only with equal shares is the mean of the processes' losses and gradients that of the whole batch.
    """
    if min(options.epochs, options.samples, options.batch) < 1:
        raise SystemExit("--epochs, --samples and --batch should each be 1 or more.")
    if options.batch % processes:
        raise SystemExit(f"--batch {options.batch} does not divide by {processes} processes: choose a multiple.")
    if options.samples % options.batch:
        raise SystemExit(f"--samples {options.samples} does not divide by --batch {options.batch}: choose a multiple.")
    return options.batch // processes


def data(samples: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Features (samples, 784) float32 and labels (samples,) int64: ten patterns, one per class, under strong noise."""
    generator = np.random.default_rng(seed)
    patterns = generator.normal(size=(SIZES[-1], SIZES[0])).astype(np.float32)
    labels = generator.integers(0, SIZES[-1], samples)
    noise = generator.normal(size=(samples, SIZES[0])).astype(np.float32)
    return 0.1 * patterns[labels] + noise, labels


def first_weights(seed: int = 0) -> list[np.ndarray]:
    """The first weights, [(inputs, outputs) float32, ...]; the biases start at 0."""
    generator = np.random.default_rng(seed)
    pairs = itertools.pairwise(SIZES)
    return [generator.normal(0, (2 / rows) ** 0.5, (rows, columns)).astype(np.float32) for rows, columns in pairs]


class Log:
    """Prints each epoch's loss and speed, and keeps them in the file of --result. Only one process should have one."""

    def __init__(self, options: argparse.Namespace, processes: int) -> None:
        self.options, self.processes = options, processes
        self.result = {"samples": options.samples, "losses": [], "samples_per_second": []}

    def add(self, loss: float, seconds: float) -> None:
        """Note one epoch: its mean loss, and how long it took."""
        losses, speeds = self.result["losses"], self.result["samples_per_second"]
        losses.append(float(loss))
        speeds.append(self.options.samples / seconds)
        print(
            f"epoch {len(losses)}: loss {losses[-1]:.6f}, {speeds[-1]:,.0f} samples per second "
            f"(processes: {self.processes}, {self.options.batch} samples per step)",
            flush=True,
        )
        self.note()

    def note(self, **more: float) -> None:
        """Write the file of --result, with what else has been measured."""
        self.result |= more
        if self.options.result:
            self.options.result.write_text(json.dumps(self.result) + "\n", encoding="utf-8")
