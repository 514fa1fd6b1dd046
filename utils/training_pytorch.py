"""What utils/training.py notes of a training in PyTorch or Lightning: backward passes, losses, optimizers, dropout."""

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from torch.nn.modules.module import register_module_forward_pre_hook
from torch.optim.optimizer import register_optimizer_step_pre_hook

from utils.training import (
    EXCHANGED,
    LOOKS,
    WANTS_LOGITS,
    Run,
    Watched,
    after_step,
    around,
    before_step,
    loss_note,
    quietly,
    values_of,
)


def watch(found: Watched, stack: contextlib.ExitStack) -> None:
    """Note until `stack` is closed what PyTorch's and Lightning's trainings do."""

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

    around(stack, torch.autograd, "backward", backward)
    around(stack, torch.autograd, "grad", grad)
    functional = torch.nn.functional
    for name in ("cross_entropy", "binary_cross_entropy_with_logits", "nll_loss", "mse_loss", "binary_cross_entropy"):
        around(stack, functional, name, loss_note(found, name, _torch_loss))

    @quietly
    def optimizer_steps(optimizer: Any, *_: Any) -> None:
        if found.runs:
            found.runs[-1].rate = float(optimizer.param_groups[0]["lr"])
            found.runs[-1].optimizer = type(optimizer).__name__

    @quietly
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
        self.before, self.after = quietly(self._before), quietly(self._after)

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
        self.held = [None if parameters or p.grad is None else values_of(p.grad) for p in self.parameters]
        self.run = before_step(self.found, self.parameters, self.held)
        self.run.losses.append(float(loss.detach()))

    def _after(self, gradients: Any = None) -> None:
        if self.run is None:
            return
        own = gradients if gradients is not None else [p.grad for p in self.parameters]
        now = [None if g is None else values_of(g) for g in own]
        new = [g if h is None or g is None else g - h for g, h in zip(now, self.held, strict=True)]
        after_step(self.run, self.parameters, new)


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


TWO_SHAPES = "{name} compared values of shape {one} with labels of shape {other}. Does each value meet its own label?"


def _torch_loss(name: str, values: Any, labels: Any, *_: Any) -> str | None:
    if not values.requires_grad:
        crossed = labels.requires_grad and name != "mse_loss"
        return EXCHANGED.format(name=name) if crossed else None
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
