"""The networks of `utils.many` in PyTorch: a product for each model is one `baddbmm`.

The gradient of the sum of all losses holds each model's own gradient, and Adam works entry by entry, so one optimizer
serves all models.
"""

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from utils import data, many


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


class Networks:
    """What `many.train` asks of a framework, as `many.Networks` describes it."""

    def __init__(
        self, splits: data.Splits, start: Sequence[np.ndarray], learning_rate: float, weight_decay: Any
    ) -> None:
        self.training, self.validation = ([torch.tensor(array) for array in part] for part in splits[:2])
        self.parameters = [torch.tensor(array, requires_grad=True) for array in start]
        weight_decay = torch.tensor(weight_decay, dtype=self.parameters[0].dtype)
        self.shrink = 1 - learning_rate * weight_decay.reshape(-1, 1, 1)
        # An epsilon near 0 is the same in both frameworks.
        self.optimizer = torch.optim.Adam(self.parameters, lr=learning_rate, eps=1e-12, fused=True)

    def losses(self) -> list[np.ndarray]:
        with torch.no_grad():
            parts = (self.training, self.validation)
            return [losses(outputs(self.parameters, features), labels).numpy() for features, labels in parts]

    def arrays(self) -> list[np.ndarray]:
        return [parameter.detach().numpy().copy() for parameter in self.parameters]

    def take(self, steps: range, features: np.ndarray | None = None, mask: np.ndarray | None = None) -> None:
        given, labels = self.training
        given = given if features is None else torch.tensor(features)
        factors = None if mask is None else torch.tensor(mask)
        for _ in steps:
            self.optimizer.zero_grad()
            losses(outputs(self.parameters, given, factors), labels).sum().backward()
            with torch.no_grad():
                for parameter in self.parameters:
                    parameter *= self.shrink
            self.optimizer.step()


train = functools.partial(many.train, Networks)


def outputs_of(parameters: Sequence[np.ndarray], features: np.ndarray) -> np.ndarray:
    """The outputs of all models (models, samples, outputs) for features (models, samples, inputs)."""
    return outputs([torch.tensor(array) for array in parameters], torch.tensor(features)).numpy()


def errors(parameters: Sequence[np.ndarray], part: data.Part) -> np.ndarray:
    """The fraction of wrong answers of each model on its own row of `part`: shape (models,)."""
    return np.mean(outputs_of(parameters, part.features).argmax(axis=2) != part.labels, axis=1)
