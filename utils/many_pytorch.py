"""Train many small networks of one shape at once, in PyTorch: each tensor's first axis counts the models.

A product for each model is one `bmm`, and the gradient of the sum of all losses holds each model's own gradient.
Lesson 08 builds it step by step; lesson 06 uses it to repeat experiments over many seeds.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from utils import data
from utils.many import Change, Run, disturb


def outputs(
    parameters: Sequence[torch.Tensor], features: torch.Tensor, mask: torch.Tensor | None = None
) -> torch.Tensor:
    """Fully connected layers with ReLU between: features (models, samples, inputs) to (models, samples, outputs).

    parameters: weights (models, inputs, outputs) and biases (models, 1, outputs) of each layer in turn; mask: factors
    for the hidden units, as dropout needs them.
    """
    values = features
    for layer in range(0, len(parameters), 2):
        if layer > 0:
            values = torch.relu(values)
            values = values if mask is None else values * mask
        values = torch.baddbmm(parameters[layer + 1], values, parameters[layer])
    return values


def losses(outputs: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """One loss per model: the cross-entropy for class numbers, the mean squared error for floating-point labels."""
    if labels.dtype.is_floating_point:
        return ((outputs[:, :, 0] - labels) ** 2).mean(dim=1)
    return nn.functional.cross_entropy(outputs.transpose(1, 2), labels, reduction="none").mean(dim=1)


def train(
    splits: data.Splits,
    start: Sequence[np.ndarray],
    steps: int = 75,
    learning_rate: float = 0.03,
    weight_decay: float | np.ndarray = 0.0,
    dropout: float = 0.0,
    change: Change | None = None,
    every: int = 5,
) -> Run:
    """Train all models at once by AdamW on full batches, and look at their losses after every `every` steps.

    splits: training and validation features (models, samples, inputs) and labels (models, samples), as `many.stack`
    makes them; start: first weights, as from `many.initial_weights`. weight_decay: one number, or one per model;
    dropout: probability for each hidden unit; change: makes new features in each step, such as `many.shift`.
    """
    training, validation = ([torch.tensor(array) for array in part] for part in splits[:2])
    parameters = [torch.tensor(array, requires_grad=True) for array in start]
    shrink = 1 - learning_rate * torch.tensor(weight_decay, dtype=parameters[0].dtype).reshape(-1, 1, 1)
    # Adam works entry by entry, so one optimizer serves all models; an epsilon near 0 is the same in both frameworks.
    optimizer = torch.optim.Adam(parameters, lr=learning_rate, eps=1e-12, fused=True)
    generators = [np.random.default_rng(5000 + model) for model in range(len(start[0]))]
    best: list[torch.Tensor] = []
    lowest, history = np.inf, []
    for step in range(steps + 1):
        if step % every == 0 or step == steps:
            with torch.no_grad():
                looks = [losses(outputs(parameters, features), labels) for features, labels in (training, validation)]
            history.append([look.numpy() for look in looks])
            better = torch.tensor(history[-1][1] < lowest)[:, None, None]
            copies = [parameter.detach().clone() for parameter in parameters]
            best = [torch.where(better, *pair) for pair in zip(copies, best or copies, strict=True)]
            lowest = np.minimum(history[-1][1], lowest)
        if step == steps:
            break
        features, mask = training[0], None
        if dropout or change:
            changed, kept = disturb(splits.train.features, generators, start[0].shape[2], dropout, change)
            features, mask = torch.tensor(changed), None if kept is None else torch.tensor(kept)
        optimizer.zero_grad()
        losses(outputs(parameters, features, mask), training[1]).sum().backward()
        with torch.no_grad():
            for parameter in parameters:
                parameter *= shrink
        optimizer.step()
    return Run([parameter.detach() for parameter in parameters], best, *np.array(history).transpose(1, 0, 2))


def predict(parameters: Sequence[torch.Tensor], features: np.ndarray) -> np.ndarray:
    """The outputs of all models (models, samples, outputs) for features (models, samples, inputs)."""
    with torch.no_grad():
        return outputs(parameters, torch.tensor(features)).numpy()


def errors(parameters: Sequence[torch.Tensor], part: data.Part) -> np.ndarray:
    """The fraction of wrong answers of each model on its own row of `part`: shape (models,)."""
    return np.mean(predict(parameters, part.features).argmax(axis=2) != part.labels, axis=1)
