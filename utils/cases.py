"""The cases of the bug gym: a healthy loop of tasks/gym.toml, data, and one or two faults; and how one is run.

A loop's code is held in slots, one for each healthy line, so that a fault and its cure are an exchange of slots.
"""

import functools
import itertools
import logging
import math
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from utils import data
from utils.calling import MODULES, Watch, load
from utils.errors import first_line
from utils.looking import see
from utils.settings import undisturbed

FILE = Path(__file__).resolve().parent.parent / "tasks" / "gym.toml"
SETS = 2  # of data for each loop
SAMPLES = {"line": 60, "moons": 96, "blobs": 96}  # for training; half as many validate
SECONDS = 20.0  # that a mended loop may work
AS_GOOD = 1.1  # a loss that is larger by this factor is no cure, and so is a score that is lower by that


@dataclass(frozen=True)
class Fault:
    """A fault in one loop: the slot that it changes, the healthy line there and the faulty one ("": it is missing)."""

    name: str
    title: str
    misconception: str
    alone: bool
    free: bool
    slot: int
    healthy: str
    faulty: str


@dataclass(frozen=True)
class Loop:
    """A healthy loop; level: "loop" or "high", size: "small", "medium" or "large"."""

    framework: str
    level: str
    size: str
    data: str
    slots: tuple[str, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Case:
    """A loop with data (a number below SETS) and its one or two faults."""

    loop: Loop
    data: int
    faults: tuple[Fault, ...]

    def slots(self, *cured: Fault) -> tuple[str, ...]:
        """The code, with those of the faults in it that are not `cured`."""
        return with_faults(self.loop, [fault for fault in self.faults if fault not in cured])


@dataclass(frozen=True)
class Run:
    """What a run of a loop left: losses and scores of the epochs, outputs for the validation features, shapes by name.

    error: its first line, where the run ended in one; the rest is empty then.
    """

    losses: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()
    outputs: np.ndarray | None = None
    shapes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    error: str = ""

    def same(self, other: "Run") -> bool:
        """Whether two runs left the same numbers."""
        if self.outputs is None or other.outputs is None or self.outputs.shape != other.outputs.shape:
            return False
        pairs = ((self.losses, other.losses), (self.scores, other.scores), (self.outputs, other.outputs))
        return all(len(a) == len(b) and np.allclose(a, b, rtol=1e-3, atol=1e-4) for a, b in pairs)

    def as_good(self, other: "Run", scores_are_losses: bool) -> bool:
        """Whether it ended with a loss and a score as good as the other's, nearly."""
        if not self.losses or not self.scores:
            return False
        good = self.losses[-1] <= AS_GOOD * other.losses[-1] + 1e-3
        if scores_are_losses:
            return good and self.scores[-1] <= AS_GOOD * other.scores[-1] + 1e-3
        return good and self.scores[-1] >= other.scores[-1] / AS_GOOD


@functools.cache
def loops() -> tuple[Loop, ...]:
    """Every healthy loop with the faults that fit it."""
    whole = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = []
    for entry in whole["loop"]:
        slots = tuple(entry.pop("code").strip("\n").split("\n"))
        faults = [_fault(name, entry["framework"], slots, **fault) for name, fault in whole["fault"].items()]
        found.append(Loop(**entry, slots=slots, faults=tuple(fault for fault in faults if fault)))
    return tuple(found)


def _fault(
    name: str,
    framework: str,
    slots: tuple[str, ...],
    title: str,
    misconception: str,
    lines: list[list[str]],
    alone: bool = False,
    free: bool = False,
) -> Fault | None:
    """A fault in the loop with these slots, or None where it has no place there."""
    for healthy, faulty, *only in lines:
        for slot, line in enumerate(slots):
            if healthy in line and framework in (only or [framework]):
                changed = line.replace(healthy, faulty) if faulty else ""
                return Fault(name, title, misconception, alone, free, slot, line, changed)
    return None


@functools.cache
def cases(framework: str, level: str) -> tuple[Case, ...]:
    """Every case of one framework and level."""
    found = []
    for loop in loops():
        if (loop.framework, loop.level) == (framework, level):
            found += [Case(loop, number, faults) for number in range(SETS) for faults in _together(loop)]
    return tuple(found)


def _together(loop: Loop) -> Iterator[tuple[Fault, ...]]:
    """Each fault of a loop, and each two that do not hide each other."""
    yield from ((fault,) for fault in loop.faults)
    for one, other in itertools.combinations(loop.faults, 2):
        if not (one.alone or other.alone) and one.slot != other.slot:
            yield one, other


def with_faults(loop: Loop, faults: list[Fault]) -> tuple[str, ...]:
    """The slots of a loop with these faults in it."""
    changed = {fault.slot: fault.faulty for fault in faults}
    return tuple(changed.get(slot, line) for slot, line in enumerate(loop.slots))


# Running --------------------------------------------------------------------------------------------------------------


def run(loop: Loop, number: int, slots: tuple[str, ...]) -> Run:
    """Run a loop, as it stands in `slots`, on its data number `number`; raises for the learner's interrupt only."""
    code = "\n".join(slot for slot in slots if slot)
    namespace = _namespace(loop, number)
    with undisturbed():
        try:
            with Watch(SECONDS):
                exec(compile(code, "<gym>", "exec"), namespace)
                return _left_by(namespace)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # what a learner's line raises, SystemExit too
            return Run(error=first_line(error)[:200])


def _left_by(namespace: dict[str, Any]) -> Run:
    outputs = np.asarray(see(namespace["outputs"]).data, float)
    shapes = [(name, tuple(see(namespace[name]).data.shape)) for name in ("features", "labels", "outputs")]
    series = [tuple(float(value) for value in namespace[name]) for name in ("losses", "scores")]
    return Run(series[0], series[1], outputs, tuple(shapes))


def _namespace(loop: Loop, number: int) -> dict[str, Any]:
    """The names that a loop finds: its framework's, and the data as tensors."""
    arrays = _arrays(loop.data, number)
    module = load(MODULES[loop.framework])
    if loop.framework == "tensorflow":
        keras = load("keras")
        names = {"tf": module, "keras": keras, "layers": keras.layers}
        tensors = {name: module.constant(array) for name, array in arrays.items()}
    else:
        from torch.utils.data import DataLoader, TensorDataset

        names = {"torch": module, "nn": module.nn, "F": module.nn.functional}
        names |= {"DataLoader": DataLoader, "TensorDataset": TensorDataset}
        tensors = {name: module.tensor(array) for name, array in arrays.items()}
    namespace = {"np": np, "__name__": "gym", **names, **tensors}
    if loop.framework == "pytorch" and loop.level == "high":
        namespace["Module"] = load("pytorch_lightning").LightningModule
        namespace["train"] = functools.partial(_train, namespace, loop.data == "line")
    return namespace


def _arrays(kind: str, number: int) -> dict[str, np.ndarray]:
    """Data for training and half as many for validation; classes stand one after the other, columns in own units."""
    samples = SAMPLES[kind]
    make = {"line": data.line, "moons": data.moons, "blobs": data.blobs}[kind]
    noise = {"line": 0.3, "moons": 0.1, "blobs": 0.8}[kind]
    part = make(samples=samples + samples // 2, noise=noise, seed=number)  # type: ignore[operator]
    features = part.features * [5.0, 1.0] + [3.0, 0.0] if kind == "blobs" else part.features
    features, labels = features.astype(np.float32), np.asarray(part.labels, np.float32).reshape(-1)
    order = np.arange(samples) if kind == "line" else np.argsort(labels[:samples], kind="stable")
    return {
        "features": features[:samples][order],
        "labels": labels[:samples][order],
        "validation_features": features[samples:],
        "validation_labels": labels[samples:],
    }


def _train(namespace: dict[str, Any], is_line: bool, model: Any, batches: Any, epochs: int) -> tuple[list, list]:
    """Fit a LightningModule; returns the logged loss and the score on the validation samples, of each epoch."""
    lightning, torch = load("pytorch_lightning"), load("torch")
    losses, scores = [], []

    class Watcher(lightning.Callback):  # type: ignore[name-defined]
        def on_train_epoch_end(self, trainer: Any, module: Any) -> None:
            losses.append(float(trainer.callback_metrics["loss"]))
            module.eval()
            with torch.no_grad():
                outputs, labels = module.network(namespace["validation_features"]), namespace["validation_labels"]
            module.train()
            if is_line:
                scores.append(float(((outputs[:, 0] - labels) ** 2).mean()))
            else:
                answers = outputs.argmax(dim=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0
                scores.append(float((answers == labels).float().mean()))

    for name in ("pytorch_lightning", "lightning_fabric"):
        logging.getLogger(name).setLevel(logging.ERROR)
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False}
    trainer = lightning.Trainer(
        max_epochs=epochs, accelerator="cpu", callbacks=[Watcher()], enable_model_summary=False, **quiet
    )
    trainer.fit(model, batches)
    return losses, scores


def is_cured(case: Case, slots: tuple[str, ...], healthy: Run, result: Run) -> bool:
    """Whether the code in `slots`, which gave `result`, does what the healthy loop does.

    Where a fault leaves a choice, such as that of a learning rate, the result must be as good, and all else the same.
    """
    if result.same(healthy):
        return True
    free = [fault for fault in case.faults if fault.free]
    if not free or not result.as_good(healthy, case.loop.data == "line"):
        return False
    chosen = list(slots)
    for fault in free:
        chosen[fault.slot] = fault.healthy
    return run(case.loop, case.data, tuple(chosen)).same(healthy)


# What is shown --------------------------------------------------------------------------------------------------------


def shown(loop: Loop, result: Run) -> str:
    """What a learner would see of a run: the curves in numbers, the shapes, and some outputs."""
    if result.error:
        return f"The run ended with an error: {result.error}"
    score = "validation loss" if loop.data == "line" else "validation accuracy"
    told = [f"{'epoch':>20}  {'training loss':>14}  {score:>20}"]
    last = len(result.losses)
    for epoch in sorted({1, 2, 3, 5, 8, 12, last} & set(range(1, last + 1))):
        values = (result.losses[epoch - 1], result.scores[epoch - 1] if epoch <= len(result.scores) else math.nan)
        told.append(f"{epoch:>20}  {values[0]:>14.4g}  {values[1]:>20.4g}")
    told += [f"{name:>20}  shape {shape}" for name, shape in result.shapes]
    outputs = result.outputs if result.outputs is not None else np.zeros(1)
    first = ", ".join(f"{number:.3g}" for number in outputs.reshape(-1)[:4])
    told += [f"{'outputs':>20}  from {outputs.min():.3g} to {outputs.max():.3g}; the first are {first}"]
    return "\n".join(told)


def listing(slots: tuple[str, ...]) -> tuple[str, list[int]]:
    """(the code with numbered lines, the slot of each line)."""
    lines: list[str] = []
    places: list[int] = []
    for slot, text in enumerate(slots):
        for line in text.split("\n") if text else []:
            lines.append(f"{len(lines) + 1:>3}  {line}")
            places.append(slot)
    return "\n".join(lines), places


def typed(slot: str, text: str) -> str:
    """A learner's line or lines for a slot, with the indentation of what stands there; further levels stay."""
    indentation = slot[: len(slot) - len(slot.lstrip())]
    return textwrap.indent(textwrap.dedent(text.strip("\n")).rstrip(), indentation)
