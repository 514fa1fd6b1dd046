"""The facts of a training run, seen while it runs: losses, gradients, what moved, what the loss was given.

Nothing of the answer's code is read. While `watched()` holds, the calls that every training makes, at whatever level,
are noted on their way: PyTorch's backward pass (Lightning's too), TensorFlow's tapes, Keras's `fit`, the losses, the
optimizers. A fact is told in the past tense and with its number; what it may mean is asked.
"""

import contextlib
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from utils.calling import held

LOOKS = 20  # steps of a run at which gradients and values are looked at; of the others only the loss
SAME = 1e-2  # part by which two gradients, or learning rates, may differ and still count as the same
TOLD = 1e-3  # part of a step's length by which it may miss the gradient's direction and still follow it


@dataclass
class Run:
    """One training run.

    parameters: what gradients were taken for. start: their first values. losses: at each backward pass, or of each
    epoch of Keras's `fit`; `unit` says which. gradients: the largest entry of each parameter's gradient, per backward
    pass that was looked at; None where there was none. uncleared: how often the gradient of an earlier pass was still
    there, though the parameters had moved since. rate: the learning rate of the optimizer, or the one that the steps
    themselves show. last: values and gradients at the last pass.
    """

    parameters: list[Any] = field(default_factory=list)
    start: list[np.ndarray] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    unit: str = "backward passes"
    gradients: list[list[float | None]] = field(default_factory=list)
    uncleared: int = 0
    rate: float | None = None
    optimizer: str | None = None  # its class, where one made the steps
    last: list[tuple[np.ndarray, np.ndarray | None]] = field(default_factory=list)
    in_place: bool = False  # whether the same tensors came again, so that others belong to another run

    def moved(self) -> list[bool]:
        """For each parameter, whether its values are others than at the start."""
        pairs = zip(self.start, map(values_of, self.parameters), strict=True)
        return [not np.array_equal(before, now, equal_nan=True) for before, now in pairs]


@dataclass
class Watched:
    """What was seen of the training runs of one answer: the runs, and sentences on what the losses were given."""

    runs: list[Run] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # per call of a loss: what was odd about its arguments, or ""
    dropout: list[bool] = field(default_factory=list)  # whether it was on, per pass with gradients recorded

    in_loss: bool = False

    @contextlib.contextmanager
    def a_loss(self) -> Iterator[None]:
        """While a loss is computed that has been noted."""
        before, self.in_loss = self.in_loss, True
        try:
            yield
        finally:
            self.in_loss = before

    def facts(self, usual: "Watched | None" = None) -> str:
        """One sentence on what was odd in the last run, with a question; "" where nothing was.

        usual: what was seen of the solution. What its run shows too is not odd: a task may want a gradient and no step.
        """
        known = {find for find in ODD if usual and any(find(usual, run) for run in usual.runs)}
        run = self.runs[-1] if self.runs else None
        found = (find(self, run) for find in ODD if run and find not in known)
        return next(filter(None, found), "")

    def summary(self, of_one: bool = False) -> str:
        """What the last run did, in a few words: steps, losses, learning rate; "" where none was seen.

        of_one: whether a single backward pass is worth telling, since it was meant to be a training.
        """
        run = self.runs[-1] if self.runs else None
        if run is None or not run.losses:
            return ""
        rate = f" at a learning rate of {run.rate:.3g}" if run.rate else ""
        if run.unit != "epochs" and not any(run.moved()):
            return ""  # gradients of the same parameters, and no training
        if len(run.losses) == 1 and run.unit != "epochs" and not of_one:
            return ""
        if len(run.losses) == 1:
            return f"in one {_one(run)}{rate} the loss was {run.losses[0]:.3g}"
        return f"in {_count(run)}{rate} the loss went from {run.losses[0]:.3g} to {run.losses[-1]:.3g}"


def beside(own: Run, right: Run) -> str:
    """What differs in the first step of a run from the solution's run on the same data; "" where nothing is known."""
    if not own.gradients or not right.gradients or len(own.start) != len(right.start) or not any(right.moved()):
        return ""
    starts = [sorted((start.shape, *start.ravel().tolist()) for start in run.start) for run in (own, right)]
    if starts[0] != starts[1]:
        return "the parameters do not start at the values that are right."
    one, two = (_largest_gradients(run) for run in (own, right))
    if not np.allclose(one, two, rtol=SAME, atol=SAME * max(*one, *two)):
        largest, are = ("entry", "is") if len(one) == 1 else ("entries", "are")
        told = (
            f"the largest {largest} of the first step's gradients {are} {_sizes(one)}, where {_sizes(two)} {are} right."
        )
        factor = max(one) / max(*two, 1e-12)
        if factor and np.allclose(one, factor * np.array(two), rtol=SAME):
            return f"{told} That is {factor:.3g} times as much. Is a sum, a mean or a divisor another one?"
        return f"{told} Is the loss another one, or what it is given?"
    if own.optimizer and own.optimizer != (right.optimizer or "SGD") and (right.optimizer or right.rate):
        theirs = f"those of {right.optimizer} are" if right.optimizer else "plain gradient descent is"
        return (
            f"the gradients of the first step are right, but the steps were those of {own.optimizer}; {theirs} right."
        )
    if own.rate and right.rate and not np.isclose(own.rate, right.rate, rtol=SAME):
        told = f"the learning rate is {own.rate:.3g}, where {right.rate:.3g} is right."
        if not own.optimizer and own.rate * right.rate > 0:  # read off a step, which may hold a factor besides
            told = f"the step is {own.rate / right.rate:.3g} times as long as the right one."
        return f"the gradients of the first step are right, but {told}"
    return ""


def _largest_gradients(run: Run) -> list[float]:
    """The largest entry of each parameter's first gradient, in an order that depends on how the parameters start."""
    sizes = [size or 0.0 for size in run.gradients[0]]
    parameters = zip(run.start, sizes, strict=True)
    return [size for *_, size in sorted((start.shape, start.ravel().tolist(), size) for start, size in parameters)]


# What is odd in a run -------------------------------------------------------------------------------------------------


def _not_finite(_: Watched, run: Run) -> str:
    bad = next((number for number, loss in enumerate(run.losses, 1) if not np.isfinite(loss)), None)
    if bad is None:
        return ""
    which = f"{_one(run)} {bad} of {len(run.losses)}"
    if run.rate and run.rate < 0:
        return f"the loss was {run.losses[bad - 1]} at {which}, and the steps went along the gradient, uphill."
    rate = f" The learning rate was {run.rate:.3g}." if run.rate else ""
    return f"the loss was {run.losses[bad - 1]} at {which}.{rate} Is each step too large, or is a logarithm taken of 0?"


def _not_cleared(_: Watched, run: Run) -> str:
    if not run.uncleared:
        return ""
    return (
        "when gradients were computed anew, those of an earlier step were still there, and the new ones were added to "
        "them. Is each gradient cleared once in every step?"
    )


def _without_gradient(_: Watched, run: Run) -> str:
    if len(run.gradients) < 2:  # one gradient is not yet a training
        return ""
    sizes = list(zip(*run.gradients, strict=True))
    missing = sum(all(size is None for size in own) for own in sizes)
    if missing:
        return f"{missing} of {len(sizes)} parameters got no gradient. Does the loss depend on each of them?"
    if all(not size for own in sizes for size in own):
        return "every gradient that was looked at was 0, so nothing could be learned. What makes the loss constant?"
    return ""


def _not_moved(_: Watched, run: Run) -> str:
    moved = run.moved()
    if all(moved) or len(run.losses) == 1:
        return ""
    if any(moved):
        still = [str(np.shape(start)) for start, did in zip(run.start, moved, strict=True) if not did]
        which = f" ({'shapes' if still[1:] else 'shape'} {' and '.join(still)})" if len(still) < 3 else ""
        return f"{len(still)} of {len(moved)} parameters never changed{which}. Does a step change each of them?"
    return "gradients were computed, but no parameter changed. Is there a step, and does it change these parameters?"


def _given_wrong(watched: Watched, _: Run) -> str:
    return watched.given[0] if all(watched.given[:LOOKS]) and watched.given else ""


def _dropout_off(watched: Watched, _: Run) -> str:
    if not watched.dropout or any(watched.dropout):
        return ""
    return "the network's dropout was off in every step. Is the network in training mode while it learns?"


def _rose(_: Watched, run: Run) -> str:
    end = run.losses[-max(1, len(run.losses) // 10) :]  # of batches each loss is another's
    few = 3 if run.unit == "epochs" else 10  # a few batches alone tell little
    if len(run.losses) < few or min(end) <= run.losses[0]:
        return ""
    first, last = run.losses[0], run.losses[-1]
    rate = f" at a learning rate of {run.rate:.3g}" if run.rate else ""
    return (
        f"the loss rose from {first:.3g} to {last:.3g} in {_count(run)}{rate}. Do the steps go against the gradient, "
        "and are they small enough?"
    )


ODD: tuple[Callable[[Watched, Run], str], ...] = (
    _not_finite,
    _not_cleared,
    _given_wrong,
    _without_gradient,
    _not_moved,
    _rose,
    _dropout_off,
)


def _sizes(sizes: list[float]) -> str:
    return " and ".join(f"{size:.3g}" for size in sizes)


def _count(run: Run) -> str:
    return f"{len(run.losses)} {run.unit if len(run.losses) != 1 else _one(run)}"


def _one(run: Run) -> str:
    return "epoch" if run.unit == "epochs" else "backward pass"


# Watching -------------------------------------------------------------------------------------------------------------


WATCHERS = {"torch": "utils.training_pytorch", "tensorflow": "utils.training_tensorflow"}


class watched:
    """A block in which trainings are noted; gives what was Watched. Frameworks not loaded by then are not watched."""

    @held
    def __enter__(self) -> Watched:
        found, self._inside = Watched(), contextlib.ExitStack()
        for package, module in WATCHERS.items():
            if package in sys.modules:
                importlib.import_module(module).watch(found, self._inside)
        return found

    @held
    def __exit__(self, *_: object) -> None:
        self._inside.close()


def around(stack: contextlib.ExitStack, owner: Any, name: str, note: Callable[..., Any]) -> None:
    """Let `note(call, *arguments)`, which calls `call`, stand in the place of `owner.name` until the stack is closed.

    owner: a module, or a class, whose methods get the object as their first argument.
    """
    own = name in vars(owner)
    original = getattr(owner, name)

    def noted(*arguments: Any, **named: Any) -> Any:
        return note(original, *arguments, **named)

    noted.__wrapped__ = original  # type: ignore[attr-defined]  # whose signature it has, for a watch around this one
    setattr(owner, name, noted)
    stack.callback(lambda: setattr(owner, name, original) if own else delattr(owner, name))


def quietly(look: Callable[..., Any]) -> Callable[..., None]:
    """A look at something that may be anything: whatever goes wrong with it, the answer goes on."""

    def looked(*arguments: Any) -> None:
        with contextlib.suppress(Exception):
            look(*arguments)

    return looked


def values_of(parameter: Any) -> np.ndarray:
    """A copy of a parameter's values."""
    if hasattr(parameter, "detach"):
        return np.array(parameter.detach().cpu().numpy())
    return np.array(parameter.numpy())


def before_step(found: Watched, parameters: list[Any], held: list[np.ndarray | None]) -> Run:
    """The run that a step belongs to, which takes gradients for `parameters`; `held`: gradients that are there."""
    run = found.runs[-1] if found.runs else None
    same = run is not None and len(run.parameters) == len(parameters)
    if run is None or not same or any(p is not q for p, q in zip(run.parameters, parameters, strict=True)):
        if run is not None and same and _goes_on(run, parameters):
            run.parameters = parameters  # a loop that makes new tensors in each step
        else:
            found.runs.append(run := Run(parameters, [values_of(p) for p in parameters]))
    else:
        run.in_place = True
    if run.last and len(run.gradients) < LOOKS:
        now = [values_of(p) for p in parameters]
        steps = [after - before for after, (before, _) in zip(now, run.last, strict=True)]
        stale = any(h is not None and h.any() and step.any() for h, step in zip(held, steps, strict=True))
        run.uncleared += stale
        if len(run.gradients) == 1 and run.rate is None:
            run.rate = _rate_of(steps, [gradient for _, gradient in run.last])
    return run


def _goes_on(run: Run, parameters: list[Any]) -> bool:
    """Whether new tensors are those of the run after a step: each moved along its gradient."""
    if run.in_place or not run.last or len(run.last) != len(parameters):
        return False
    now = [values_of(p) for p in parameters]
    if any(np.shape(n) != np.shape(before) for n, (before, _) in zip(now, run.last, strict=True)):
        return False
    steps = [n - before for n, (before, _) in zip(now, run.last, strict=True)]
    return _rate_of(steps, [gradient for _, gradient in run.last]) is not None


def _rate_of(steps: list[np.ndarray], gradients: list[np.ndarray | None]) -> float | None:
    """The learning rate that leads from gradients to steps, where one does; negative for steps uphill."""
    if any(gradient is None for gradient in gradients) or not steps:
        return None
    step = np.concatenate([np.ravel(s) for s in steps]).astype(float)
    gradient = np.concatenate([np.ravel(g) for g in gradients if g is not None]).astype(float)
    length = gradient @ gradient
    if not np.isfinite(length) or not length or not step.any() or not np.isfinite(step).all():
        return None
    rate = -(step @ gradient) / length
    return float(rate) if np.linalg.norm(step + rate * gradient) <= TOLD * np.linalg.norm(step) else None


def after_step(run: Run, parameters: list[Any], gradients: list[np.ndarray | None]) -> None:
    run.last = [(values_of(p), gradient) for p, gradient in zip(parameters, gradients, strict=True)]
    sizes = [None if g is None else float(np.abs(g).max(initial=0)) for g in gradients]
    run.gradients.append(sizes)


def loss_note(found: Watched, name: str, look: Callable[..., str | None]) -> Callable[..., Any]:
    """Note what is odd about the arguments of a loss function, at its first calls; `look` gives None to say nothing."""

    @quietly
    def note(call: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
        in_order = inspect.signature(call).bind(*arguments, **named).arguments.values()
        if len(found.given) < LOOKS and (said := look(name, *in_order)) is not None:
            found.given.append(said)

    def noted(call: Any, *arguments: Any, **named: Any) -> Any:
        if found.in_loss:  # one loss may be made of another, which gets what the first one makes
            return call(*arguments, **named)
        note(call, arguments, named)
        with found.a_loss():
            return call(*arguments, **named)

    return noted


WANTS_LOGITS = "{name} expects logits, but was given the result of a {what}. Is that one too many?"
EXCHANGED = "{name} was given the labels where it takes the logits, and the other way round. Which comes first?"
