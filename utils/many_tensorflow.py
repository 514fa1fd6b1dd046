"""The networks of `utils.many` in TensorFlow: `matmul` makes one product for each model.

The gradient of the sum of all losses holds each model's own gradient, and Adam works entry by entry.
"""

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from utils import data, many


def outputs(parameters: Sequence[tf.Tensor], features: tf.Tensor, mask: tf.Tensor | None = None) -> tf.Tensor:
    """Fully connected layers with ReLU between: features (models, samples, inputs) to (models, samples, outputs).

    parameters: weights (models, inputs, outputs) and biases (models, 1, outputs) of each layer in turn; mask: factors
    for the hidden units, as dropout needs them.
    """
    values = features
    for layer in range(0, len(parameters), 2):
        if layer > 0:
            values = tf.nn.relu(values)
            values = values if mask is None else values * mask
        values = tf.matmul(values, parameters[layer]) + parameters[layer + 1]
    return values


def losses(outputs: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    """One loss per model: the cross-entropy for class numbers, the mean squared error for floating-point labels."""
    if labels.dtype.is_floating:
        return tf.reduce_mean((outputs[:, :, 0] - labels) ** 2, axis=1)
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, outputs), axis=1)


class Networks:
    """What `many.train` asks of a framework, as `many.Networks` describes it."""

    def __init__(
        self, splits: data.Splits, start: Sequence[np.ndarray], learning_rate: float, weight_decay: Any
    ) -> None:
        self.training, self.validation = ([tf.constant(array) for array in part] for part in splits[:2])
        parameters = [tf.constant(array) for array in start]
        zeros = [tf.zeros_like(parameter) for parameter in parameters]
        self.state = parameters, zeros, zeros  # with the moving averages of the gradients and of their squares
        self.learning_rate = learning_rate
        self.shrink = 1 - learning_rate * tf.reshape(tf.constant(weight_decay, parameters[0].dtype), (-1, 1, 1))

    def losses(self) -> list[np.ndarray]:
        return [_evaluate(self.state[0], *part).numpy() for part in (self.training, self.validation)]

    def arrays(self) -> list[np.ndarray]:
        return [parameter.numpy() for parameter in self.state[0]]

    def take(self, steps: range, features: np.ndarray | None = None, mask: np.ndarray | None = None) -> None:
        given, labels = self.training
        given = given if features is None else tf.constant(features)
        factors = None if mask is None else tf.constant(mask)
        rates = _rates(steps, self.learning_rate, given.dtype)
        self.state = _steps(self.state, rates, self.shrink, given, labels, factors)


train = functools.partial(many.train, Networks)


def outputs_of(parameters: Sequence[np.ndarray], features: np.ndarray) -> np.ndarray:
    """The outputs of all models (models, samples, outputs) for features (models, samples, inputs)."""
    return outputs(list(map(tf.constant, parameters)), tf.constant(features)).numpy()


def errors(parameters: Sequence[np.ndarray], part: data.Part) -> np.ndarray:
    """The fraction of wrong answers of each model on its own row of `part`: shape (models,)."""
    return np.mean(outputs_of(parameters, part.features).argmax(axis=2) != part.labels, axis=1)


@tf.function(reduce_retracing=True)  # one graph serves inputs of many shapes, and building it is what takes time
def _evaluate(parameters: Any, features: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
    return losses(outputs(parameters, features), labels)


@tf.function(reduce_retracing=True)
def _steps(state: Any, rates: Any, shrink: Any, features: Any, labels: Any, mask: Any = None) -> Any:
    """As many steps of AdamW as there are `rates`, without Python in between."""
    for rate in rates:
        parameters, means, squares = state
        with tf.GradientTape() as tape:
            tape.watch(parameters)
            loss = tf.reduce_sum(losses(outputs(parameters, features, mask), labels))
        gradients = tape.gradient(loss, parameters)
        means = [0.9 * m + 0.1 * g for m, g in zip(means, gradients, strict=True)]
        squares = [0.999 * s + 0.001 * g**2 for s, g in zip(squares, gradients, strict=True)]
        moves = [m / (tf.sqrt(s) + 1e-12) for m, s in zip(means, squares, strict=True)]
        parameters = [shrink * p - rate * move for p, move in zip(parameters, moves, strict=True)]
        state = (parameters, means, squares)
    return state


def _rates(steps: range, learning_rate: float, dtype: tf.DType) -> tf.Tensor:
    """The learning rate of each step, with Adam's correction for moving averages that start at 0."""
    return tf.constant([learning_rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step) for step in steps], dtype)


def _build_graphs() -> None:
    """Build the graphs before their first use, with None for every size: one per number of layers and of bits."""
    for layers in (1, 2):
        for dtype in (tf.float32, tf.float64):
            table, labels = tf.TensorSpec([None, None, None], dtype), tf.TensorSpec([None, None], tf.int64)
            parameters, rates = [table] * (2 * layers), tf.TensorSpec([None], dtype)
            _evaluate.get_concrete_function(parameters, table, labels)
            _steps.get_concrete_function((parameters,) * 3, rates, table, table, labels)


_build_graphs()
