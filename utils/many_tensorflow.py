"""Train many small networks of one shape at once, in TensorFlow: each tensor's first axis counts the models.

`matmul` makes one product for each model, and the gradient of the sum of all losses holds each model's own gradient.
Lesson 08 builds it step by step; lesson 06 uses it to repeat experiments over many seeds.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from utils import data
from utils.many import Change, Run, disturb


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
    training, validation = ([tf.constant(array) for array in part] for part in splits[:2])
    parameters = [tf.constant(array) for array in start]
    zeros = [tf.zeros_like(parameter) for parameter in parameters]
    state, dtype = (parameters, zeros, zeros), parameters[0].dtype
    shrink = 1 - learning_rate * tf.reshape(tf.constant(weight_decay, dtype), (-1, 1, 1))
    generators = [np.random.default_rng(5000 + model) for model in range(len(start[0]))]
    best, lowest, history = parameters, np.inf, []
    looks = [*range(0, steps, every), steps]
    for step, after in zip(looks, [*looks[1:], steps], strict=True):
        history.append([_evaluate(state[0], *part).numpy() for part in (training, validation)])
        better = tf.constant(history[-1][1] < lowest)[:, None, None]
        best = [tf.where(better, *pair) for pair in zip(state[0], best, strict=True)]
        lowest = np.minimum(history[-1][1], lowest)
        rates = _rates(range(step + 1, after + 1), learning_rate, dtype)
        if not (dropout or change):
            state = _steps(state, rates, shrink, *training)
            continue
        for rate in rates:
            given = disturb(splits.train.features, generators, start[0].shape[2], dropout, change)
            features, mask = (array if array is None else tf.constant(array) for array in given)
            state = _steps(state, rate[None], shrink, features, training[1], mask)
    return Run(list(state[0]), best, *np.array(history).transpose(1, 0, 2))


def predict(parameters: Sequence[tf.Tensor], features: np.ndarray) -> np.ndarray:
    """The outputs of all models (models, samples, outputs) for features (models, samples, inputs)."""
    return outputs(parameters, tf.constant(features)).numpy()


def errors(parameters: Sequence[tf.Tensor], part: data.Part) -> np.ndarray:
    """The fraction of wrong answers of each model on its own row of `part`: shape (models,)."""
    return np.mean(predict(parameters, part.features).argmax(axis=2) != part.labels, axis=1)


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
