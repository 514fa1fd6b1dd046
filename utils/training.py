"""The facts of a training run, seen while it runs: losses, gradients, what moved, what the loss was given.

Nothing of the answer's code is read. While `watched()` holds, the calls that every training makes, at whatever level,
are noted on their way: PyTorch's backward pass (Lightning's too), TensorFlow's tapes, Keras's `fit`, the losses, the
optimizers. A fact is told in the past tense and with its number; what it may mean is asked.
"""

import contextlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from utils.calling import held

LOOKS = 20  # steps of a run at which gradients and values are looked at; of the others only the loss
TOLD = 1e-3  # part of a step's length by which it may miss the gradient's direction and still follow it


@dataclass
class Run:
    """One training run.

    losses: at each backward pass, or of each epoch of Keras's `fit` (`unit` says which). parameters: what gradients were
    taken for, in the order in which they were first seen. start: their first values. gradients: the largest entry of
    each parameter's gradient, per step that was looked at; None where there was no gradient. uncleared: in how many
    of the steps looked at a gradient of an earlier step was still there, though the parameters had moved since.
    rate: the learning rate of the optimizer, or the one that the steps themselves show.
    """

    parameters: list[Any] = field(default_factory=list)
    start: list[np.ndarray] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    unit: str = "backward passes"
    gradients: list[list[float | None]] = field(default_factory=list)
    uncleared: int = 0
    rate: float | None = None
    last: list[tuple[np.ndarray, np.ndarray | None]] = field(default_factory=list)

    def moved(self) -> list[bool]:
        """For each parameter, whether its values are others than at the start."""
        pairs = zip(self.start, map(_values, self.parameters), strict=True)
        return [not np.array_equal(before, now, equal_nan=True) for before, now in pairs]


@dataclass
class Watched:
    """What was seen of the training runs of one answer: the runs, and sentences on what the losses were given."""

    runs: list[Run] = field(default_factory=list)
    given: list[str] = field(default_factory=list)  # per call of a loss: what was odd about its arguments, or ""
    dropout: list[bool] = field(default_factory=list)  # whether it was on, at each pass that gradients were recorded for

    def facts(self) -> str:
        """One sentence on what was odd in the last run, with a question; "" where nothing was."""
        run = self.runs[-1] if self.runs else None
        return next((sentence for find in ODD if (sentence := find(self, run))), "") if run else ""

    def summary(self) -> str:
        """What the last run did, in a few words: steps, losses, learning rate; "" where none was seen."""
        run = self.runs[-1] if self.runs else None
        if run is None or len(run.losses) < 2:
            return ""
        rate = f" at a learning rate of {run.rate:.3g}" if run.rate else ""
        return f"in {_count(run)}{rate} the loss went from {run.losses[0]:.3g} to {run.losses[-1]:.3g}"


# What is odd in a run -------------------------------------------------------------------------------------------------


def _not_finite(_: Watched, run: Run) -> str:
    bad = next((number for number, loss in enumerate(run.losses, 1) if not np.isfinite(loss)), None)
    if bad is None:
        return ""
    rate = f" The learning rate was {run.rate:.3g}." if run.rate else ""
    which = f"{_one(run)} {bad} of {len(run.losses)}"
    return f"the loss was {run.losses[bad - 1]} at {which}.{rate} Is each step too large?"


def _not_cleared(_: Watched, run: Run) -> str:
    if not run.uncleared:
        return ""
    return (
        "when the second step's gradients were computed, those of the first were still there, and the new ones were "
        "added to them. Are the gradients cleared before each backward()?"
    )


def _without_gradient(_: Watched, run: Run) -> str:
    if not run.gradients:
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
    if all(moved) or not moved:
        return ""
    if any(moved):
        still = [str(np.shape(start)) for start, did in zip(run.start, moved, strict=True) if not did]
        which = f" of shape {' and '.join(still)}" if len(still) < 3 else ""
        return (
            f"{len(still)} of {len(moved)} parameters{which} never changed. "
            "Does a step change each of them?"
        )
    return "gradients were computed, but no parameter changed. Is there a step, and does it change these parameters?"


def _given_wrong(watched: Watched, _: Run) -> str:
    return watched.given[0] if all(watched.given[:LOOKS]) and watched.given else ""


def _dropout_off(watched: Watched, _: Run) -> str:
    if not watched.dropout or any(watched.dropout):
        return ""
    return "the network's dropout was off in every step. Is the network in training mode while it learns?"


def _rose(_: Watched, run: Run) -> str:
    end = run.losses[-max(1, len(run.losses) // 10) :]  # of batches each loss is another's
    if len(run.losses) < 3 or min(end) <= run.losses[0]:
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


def _count(run: Run) -> str:
    return f"{len(run.losses)} {run.unit if len(run.losses) != 1 else _one(run)}"


def _one(run: Run) -> str:
    return "epoch" if run.unit == "epochs" else "backward pass"


# Watching -------------------------------------------------------------------------------------------------------------


class watched:
    """A block in which trainings are noted; gives what was Watched. Frameworks not loaded by then are not watched."""

    @held
    def __enter__(self) -> Watched:
        found, self._inside = Watched(), contextlib.ExitStack()
        if torch := sys.modules.get("torch"):
            _watch_torch(torch, found, self._inside)
        if tf := sys.modules.get("tensorflow"):
            _watch_tensorflow(tf, found, self._inside)
        if (keras := sys.modules.get("keras")) and hasattr(keras, "Model"):
            _watch_keras(keras, found, self._inside)
        return found

    @held
    def __exit__(self, *_: object) -> None:
        self._inside.close()


def _around(stack: contextlib.ExitStack, owner: Any, name: str, note: Callable[..., Any]) -> None:
    """Let `note(call, *arguments)`, which calls `call`, stand in the place of `owner.name` until the stack is closed.

    owner: a module, or a class, whose methods get the object as their first argument.
    """
    own = name in vars(owner)
    original = getattr(owner, name)

    def noted(*arguments: Any, **named: Any) -> Any:
        return note(original, *arguments, **named)

    setattr(owner, name, noted)
    stack.callback(lambda: setattr(owner, name, original) if own else delattr(owner, name))


def _quietly(look: Callable[..., Any]) -> Callable[..., None]:
    """A look at something that may be anything: whatever goes wrong with it, the answer goes on."""

    def looked(*arguments: Any) -> None:
        with contextlib.suppress(Exception):
            look(*arguments)

    return looked


def _values(parameter: Any) -> np.ndarray:
    """A copy of a parameter's values."""
    if hasattr(parameter, "detach"):
        return np.array(parameter.detach().cpu().numpy())
    return np.array(parameter.numpy())


def _before_step(found: Watched, parameters: list[Any], held: list[np.ndarray | None]) -> Run:
    """The run that a step belongs to, which takes gradients for `parameters`; `held`: gradients that are there."""
    run = found.runs[-1] if found.runs else None
    same = run is not None and len(run.parameters) == len(parameters)
    if run is None or not same or any(p is not q for p, q in zip(run.parameters, parameters, strict=True)):
        if run is not None and same and _goes_on(run, parameters):
            run.parameters = parameters  # a loop that makes new tensors in each step
        else:
            found.runs.append(run := Run(parameters, [_values(p) for p in parameters]))
    if run.last and len(run.gradients) < LOOKS:
        now = [_values(p) for p in parameters]
        steps = [after - before for after, (before, _) in zip(now, run.last, strict=True)]
        stale = any(h is not None and h.any() and step.any() for h, step in zip(held, steps, strict=True))
        run.uncleared += stale
        if len(run.gradients) == 1 and run.rate is None:
            run.rate = _rate_of(steps, [gradient for _, gradient in run.last])
    return run


def _goes_on(run: Run, parameters: list[Any]) -> bool:
    """Whether new tensors are those of the run after a step: each moved along its gradient."""
    if not run.last or len(run.last) != len(parameters):
        return False
    now = [_values(p) for p in parameters]
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


def _after_step(run: Run, parameters: list[Any], gradients: list[np.ndarray | None]) -> None:
    run.last = [(_values(p), gradient) for p, gradient in zip(parameters, gradients, strict=True)]
    sizes = [None if g is None else float(np.abs(g).max(initial=0)) for g in gradients]
    run.gradients.append(sizes)


# PyTorch --------------------------------------------------------------------------------------------------------------


def _watch_torch(torch: Any, found: Watched, stack: contextlib.ExitStack) -> None:
    from torch.nn.modules.module import register_module_forward_pre_hook
    from torch.optim.optimizer import register_optimizer_step_pre_hook

    def backward(call: Any, tensors: Any, *arguments: Any, **named: Any) -> Any:
        note = _TorchStep(found)
        note.before(tensors)
        result = call(tensors, *arguments, **named)
        note.after()
        return result

    def grad(call: Any, outputs: Any, inputs: Any, *arguments: Any, **named: Any) -> Any:
        note = _TorchStep(found)
        note.before(outputs, [inputs] if hasattr(inputs, "detach") else list(inputs))
        result = call(outputs, inputs, *arguments, **named)
        note.after(result)
        return result

    _around(stack, torch.autograd, "backward", backward)
    _around(stack, torch.autograd, "grad", grad)
    functional = torch.nn.functional
    for name in ("cross_entropy", "binary_cross_entropy_with_logits", "nll_loss", "mse_loss", "binary_cross_entropy"):
        _around(stack, functional, name, _loss_note(found, name, _torch_loss))

    @_quietly
    def optimizer_steps(optimizer: Any, *_: Any) -> None:
        if found.runs:
            found.runs[-1].rate = float(optimizer.param_groups[0]["lr"])

    @_quietly
    def module_runs(module: Any, *_: Any) -> None:
        if type(module).__name__.startswith("Dropout") and module.p and torch.is_grad_enabled():
            found.dropout.append(module.training)

    stack.callback(register_optimizer_step_pre_hook(lambda *a: optimizer_steps(*a)).remove)
    stack.callback(register_module_forward_pre_hook(lambda *a: module_runs(*a)).remove)


class _TorchStep:
    """What is noted around one backward pass of PyTorch."""

    def __init__(self, found: Watched) -> None:
        self.found = found
        self.run: Run | None = None
        self.parameters: list[Any] = []
        self.held: list[np.ndarray | None] = []
        self.before, self.after = _quietly(self._before), _quietly(self._after)

    def _before(self, tensors: Any, parameters: list[Any] | None = None) -> None:
        loss = tensors if hasattr(tensors, "detach") else tensors[0]
        if loss.numel() != 1:
            return
        run = self.found.runs[-1] if self.found.runs else None
        if run and len(run.gradients) >= LOOKS and next(_leaves(loss), None) is run.parameters[0]:
            run.losses.append(float(loss.detach()))
            return
        self.parameters = parameters or list(_leaves(loss))
        if not self.parameters:
            return
        self.held = [None if parameters or p.grad is None else _values(p.grad) for p in self.parameters]
        self.run = _before_step(self.found, self.parameters, self.held)
        self.run.losses.append(float(loss.detach()))

    def _after(self, gradients: Any = None) -> None:
        if self.run is None:
            return
        own = gradients if gradients is not None else [p.grad for p in self.parameters]
        now = [None if g is None else _values(g) for g in own]
        new = [g if h is None or g is None else g - h for g, h in zip(now, self.held, strict=True)]
        _after_step(self.run, self.parameters, new)


def _leaves(loss: Any) -> Iterator[Any]:
    """The tensors that a backward pass from `loss` leads to, in an order that stays from step to step."""
    seen, waiting = set(), [loss.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is None or node in seen:
            continue
        seen.add(node)
        if hasattr(node, "variable"):
            yield node.variable
        waiting += [following for following, _ in node.next_functions]


def _loss_note(found: Watched, name: str, look: Callable[..., str | None]) -> Callable[..., Any]:
    """Note what is odd about the arguments of a loss function, at its first calls; `look` gives None to say nothing."""

    @_quietly
    def note(*arguments: Any) -> None:
        if len(found.given) < LOOKS and (said := look(name, *arguments)) is not None:
            found.given.append(said)

    def noted(call: Any, *arguments: Any, **named: Any) -> Any:
        note(*arguments, *named.values())
        return call(*arguments, **named)

    return noted


WANTS_LOGITS = "{name} expects logits, but was given the result of a {what}. Is that one too many?"
TWO_SHAPES = "{name} compared values of shape {one} with labels of shape {other}. Does each value meet its own label?"


def _torch_loss(name: str, values: Any, labels: Any, *_: Any) -> str | None:
    if not values.requires_grad:
        return None
    if name == "mse_loss":
        one, other = tuple(values.shape), tuple(labels.shape)
        return TWO_SHAPES.format(name=name, one=one, other=other) if one != other else ""
    step = values.grad_fn.name() if values.grad_fn else ""
    squashed = {"SoftmaxBackward0": "softmax", "SigmoidBackward0": "sigmoid", "ReluBackward0": "ReLU"}
    if name in ("cross_entropy", "binary_cross_entropy_with_logits") and step in squashed:
        return WANTS_LOGITS.format(name=name, what=squashed[step])
    if name == "nll_loss" and step == "SoftmaxBackward0":
        return "nll_loss expects logarithms of probabilities, but was given probabilities. Is a logarithm missing?"
    if name == "binary_cross_entropy" and step == "SoftmaxBackward0" and values.shape[-1] == 1:
        return "the softmax of a single logit is always 1. Is a sigmoid meant?"
    return ""


# TensorFlow and Keras -------------------------------------------------------------------------------------------------


def _watch_tensorflow(tf: Any, found: Watched, stack: contextlib.ExitStack) -> None:
    @_quietly
    def note(target: Any, sources: Any, gradients: Any) -> None:
        flat, own = tf.nest.flatten(sources), tf.nest.flatten(gradients)
        parameters = [_variable(source) for source in flat]
        with tf.init_scope():  # out of a tf.function that is being traced
            if not tf.is_tensor(target) or not hasattr(target, "numpy"):  # no numbers yet: only what moves is seen
                _before_step(found, [p for p in parameters if hasattr(p, "numpy")], [])
                return
            if np.size(target) != 1:
                return
            run = found.runs[-1] if found.runs else None
            if run and len(run.gradients) >= LOOKS and all(p is q for p, q in zip(run.parameters, parameters)):
                run.losses.append(float(target))
                return
            run = _before_step(found, parameters, [None] * len(parameters))
            run.losses.append(float(target))
            _after_step(run, parameters, [None if g is None else np.array(tf.convert_to_tensor(g)) for g in own])

    def gradient(call: Any, tape: Any, target: Any, sources: Any, *arguments: Any, **named: Any) -> Any:
        result = call(tape, target, sources, *arguments, **named)
        note(target, sources, result)
        return result

    _around(stack, tf.GradientTape, "gradient", gradient)
    for name in (
        "softmax_cross_entropy_with_logits",
        "sparse_softmax_cross_entropy_with_logits",
        "sigmoid_cross_entropy_with_logits",
    ):
        _around(stack, tf.nn, name, _loss_note(found, name, lambda name, _, values, *__: _squashed(name, values)))


def _variable(source: Any) -> Any:
    """The variable of TensorFlow behind one of Keras."""
    return getattr(source, "value", source) if type(source).__module__.startswith("keras") else source


def _squashed(name: str, values: Any) -> str:
    """Where logits are wanted: a sentence if the values are the result of a softmax or so."""
    if not hasattr(values, "numpy"):  # no numbers yet, but TensorFlow knows where they will come from
        kind = {"Softmax": "softmax", "Sigmoid": "sigmoid", "Relu": "ReLU"}.get(values.op.type)
        return WANTS_LOGITS.format(name=name, what=kind) if kind else ""
    numbers = values.numpy()
    if np.ptp(numbers) == 0 or numbers.min() < 0 or numbers.max() > 1:
        return ""
    if numbers.ndim == 2 and numbers.shape[1] > 1 and np.allclose(numbers.sum(axis=1), 1, atol=1e-4):
        return f"{name} expects logits, but each row that it was given sums to 1. Is a softmax one too many?"
    return f"{name} expects logits, but all that it was given lies from 0 to 1. Is a sigmoid one too many?"


def _watch_keras(keras: Any, found: Watched, stack: contextlib.ExitStack) -> None:
    def fit(call: Any, model: Any, *arguments: Any, **named: Any) -> Any:
        before = {id(v): _values(v.value) for v in model.trainable_variables} if model.built else {}
        result = call(model, *arguments, **named)
        note(model, before, result)
        return result

    @_quietly
    def note(model: Any, before: dict[int, np.ndarray], history: Any) -> None:
        variables = model.trainable_variables
        known = [v for v in variables if id(v) in before] or variables
        run = found.runs[-1] if found.runs and found.runs[-1].unit == "epochs" else None
        if run is None or any(v.value is not p for v, p in zip(known, run.parameters, strict=False)):
            start = [before.get(id(v), np.full(v.shape, np.nan)) for v in known]
            found.runs.append(run := Run([v.value for v in known], start, unit="epochs"))
        run.losses += history.history.get("loss", [])
        run.rate = float(model.optimizer.learning_rate)

    @_quietly
    def look(loss: Any, values: Any) -> None:
        if len(found.given) < LOOKS and (said := _keras_loss(loss, values)) is not None:
            found.given.append(said)

    def loss(call: Any, own: Any, labels: Any, values: Any, *arguments: Any, **named: Any) -> Any:
        look(own, values)
        return call(own, labels, values, *arguments, **named)

    @_quietly
    def note_rate(optimizer: Any) -> None:
        if found.runs:
            with sys.modules["tensorflow"].init_scope():
                found.runs[-1].rate = float(optimizer.learning_rate)

    def apply(call: Any, optimizer: Any, *arguments: Any, **named: Any) -> Any:
        note_rate(optimizer)
        return call(optimizer, *arguments, **named)

    _around(stack, keras.Model, "fit", fit)
    _around(stack, keras.losses.Loss, "__call__", loss)
    _around(stack, keras.optimizers.Optimizer, "apply", apply)


def _keras_loss(loss: Any, values: Any) -> str | None:
    from_logits = loss.get_config().get("from_logits")
    if from_logits is None or hasattr(values, "_keras_logits"):  # Keras finds the logits behind a layer's softmax
        return None
    name = type(loss).__name__
    if from_logits:
        return _squashed(f"{name}(from_logits=True)", values)
    if hasattr(values, "numpy"):
        low, high = values.numpy().min(), values.numpy().max()
        what = f"numbers from {low:.3g} to {high:.3g}" if low < 0 or high > 1 else ""
    else:
        what = "the result of a layer without activation" if values.op.type in ("BiasAdd", "AddV2", "MatMul") else ""
    return f"{name} expects probabilities unless from_logits=True, but was given {what}. Are they logits?" if what else ""
