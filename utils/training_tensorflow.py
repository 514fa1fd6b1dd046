"""What utils/training.py notes of a training in TensorFlow or Keras: tapes, fit, losses, optimizers."""

import contextlib
import sys
from typing import Any

import numpy as np
import tensorflow as tf

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
    """Note until `stack` is closed what trainings by a tape and by Keras's fit do."""
    _watch_tapes(found, stack)
    if (keras := sys.modules.get("keras")) and hasattr(keras, "Model"):  # TensorFlow alone need not wait for it
        _watch_keras(keras, found, stack)


def _watch_tapes(found: Watched, stack: contextlib.ExitStack) -> None:
    @quietly
    def note(target: Any, sources: Any, gradients: Any) -> None:
        flat, own = tf.nest.flatten(sources), tf.nest.flatten(gradients)
        parameters = [_variable(source) for source in flat]
        with tf.init_scope():  # out of a tf.function that is being traced
            if not tf.is_tensor(target) or not hasattr(target, "numpy"):  # no numbers yet: only what moves is seen
                before_step(found, [p for p in parameters if hasattr(p, "numpy")], [])
                return
            if np.size(target) != 1:
                return
            run = found.runs[-1] if found.runs else None
            if run and len(run.gradients) >= LOOKS and run.parameters[0] is parameters[0]:
                run.losses.append(float(target))
                return
            run = before_step(found, parameters, [None] * len(parameters))
            run.losses.append(float(target))
            after_step(run, parameters, [None if g is None else np.array(tf.convert_to_tensor(g)) for g in own])

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
        _around(
            stack, tf.nn, name, loss_note(found, name, lambda name, labels, values, *_: _given(name, labels, values))
        )


def _around(stack: contextlib.ExitStack, owner: Any, name: str, note: Any) -> None:
    """As around, of what a tf.function may call: AutoGraph leaves the note as it is, and warns of nothing."""
    around(stack, owner, name, tf.autograph.experimental.do_not_convert(note))


def _variable(source: Any) -> Any:
    """The variable of TensorFlow behind one of Keras."""
    return getattr(source, "value", source) if type(source).__module__.startswith("keras") else source


def _given(name: str, labels: Any, values: Any) -> str | None:
    """What is odd about the arguments of a loss of tf.nn."""
    if hasattr(values, "numpy") and np.isin(values.numpy(), (0, 1)).all() and np.ptp(values.numpy()) > 0:
        # They look like labels; but so do the logits, while the parameters are 0.
        labels_too = hasattr(labels, "numpy") and np.isin(labels.numpy(), (0, 1)).all()
        return None if labels_too else EXCHANGED.format(name=name)
    return _squashed(name, values)


def _squashed(name: str, values: Any) -> str | None:
    """Where logits are wanted: a sentence if the values are the result of a softmax or so."""
    if not hasattr(values, "numpy"):  # no numbers yet, but TensorFlow knows where they will come from
        kind = {"Softmax": "softmax", "Sigmoid": "sigmoid", "Relu": "ReLU"}.get(values.op.type)
        return WANTS_LOGITS.format(name=name, what=kind) if kind else ""
    numbers = values.numpy()
    if np.ptp(numbers) == 0:  # of zeros, say, nobody can tell
        return None
    if numbers.min() < 0 or numbers.max() > 1:
        return ""
    if numbers.ndim == 2 and numbers.shape[1] > 1 and np.allclose(numbers.sum(axis=1), 1, atol=1e-4):
        return f"{name} expects logits, but each row that it was given sums to 1. Is a softmax one too many?"
    return f"{name} expects logits, but all that it was given lies from 0 to 1. Is a sigmoid or softmax one too many?"


def _watch_keras(keras: Any, found: Watched, stack: contextlib.ExitStack) -> None:
    def fit(call: Any, model: Any, *arguments: Any, **named: Any) -> Any:
        before = {id(v): values_of(v.value) for v in model.trainable_variables} if model.built else {}
        result = call(model, *arguments, **named)
        note(model, before, result)
        return result

    @quietly
    def note(model: Any, before: dict[int, np.ndarray], history: Any) -> None:
        variables = model.trainable_variables
        known = [v for v in variables if id(v) in before] or variables
        run = found.runs[-1] if found.runs and found.runs[-1].unit == "epochs" else None
        if run is None or any(v.value is not p for v, p in zip(known, run.parameters, strict=False)):
            start = [before.get(id(v), np.full(v.shape, np.nan)) for v in known]
            found.runs.append(run := Run([v.value for v in known], start, unit="epochs"))
        run.losses += history.history.get("loss", [])
        run.rate = float(model.optimizer.learning_rate)

    @quietly
    def look(loss: Any, values: Any) -> None:
        if len(found.given) < LOOKS and (said := _keras_loss(loss, values)) is not None:
            found.given.append(said)

    def loss(call: Any, own: Any, labels: Any, values: Any, *arguments: Any, **named: Any) -> Any:
        look(own, values)
        with found.a_loss():
            return call(own, labels, values, *arguments, **named)

    @quietly
    def note_rate(optimizer: Any) -> None:
        if found.runs:
            found.runs[-1].optimizer = type(optimizer).__name__
            with tf.init_scope():
                found.runs[-1].rate = float(optimizer.learning_rate)

    def apply(call: Any, optimizer: Any, *arguments: Any, **named: Any) -> Any:
        note_rate(optimizer)
        return call(optimizer, *arguments, **named)

    def function(name: str, _: Any, values: Any, from_logits: bool = False, *__: Any) -> str | None:
        return _of_logits(name, from_logits, values)

    for name in CROSS_ENTROPIES:
        _around(stack, keras.losses, name, loss_note(found, name, function))
    around(stack, keras.Model, "fit", fit)
    _around(stack, keras.losses.Loss, "__call__", loss)
    _around(stack, keras.optimizers.Optimizer, "apply", apply)


CROSS_ENTROPIES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")


def _keras_loss(loss: Any, values: Any) -> str | None:
    from_logits = loss.get_config().get("from_logits")
    function = getattr(getattr(loss, "fn", None), "__name__", "")
    if from_logits is None and function in CROSS_ENTROPIES:  # compile(loss="..."), by its name alone
        return _of_logits(function, False, values)
    return None if from_logits is None else _of_logits(type(loss).__name__, from_logits, values)


def _of_logits(name: str, from_logits: bool, values: Any) -> str | None:
    """What is odd about the values that a cross-entropy of Keras is given."""
    if hasattr(values, "_keras_logits"):  # Keras finds the logits behind a layer's softmax
        return None
    if from_logits:
        return _squashed(f"{name}(from_logits=True)", values)
    if hasattr(values, "numpy"):
        low, high = values.numpy().min(), values.numpy().max()
        what = f"numbers from {low:.3g} to {high:.3g}" if low < 0 or high > 1 else ""
    else:
        what = "the result of a layer without activation" if _is_linear(values.op) else ""
    return (
        f"{name} expects probabilities unless from_logits=True, but was given {what}. Are they logits?" if what else ""
    )


def _is_linear(operation: Any) -> bool:
    """Whether an operation of a graph is a matrix product, or adds a bias to one."""
    added = operation.type in ("BiasAdd", "AddV2") and any(one.op.type == "MatMul" for one in operation.inputs)
    return added or operation.type == "MatMul"
