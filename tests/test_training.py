"""The facts of a training run: each is told where it is so, in both frameworks, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest
from conftest import type_in
from test_tasks import imported, session_of

from utils.training import beside, watched

GENERATOR = np.random.default_rng(0)
FEATURES = GENERATOR.normal(size=(60, 2)).astype(np.float32)
LABELS = (FEATURES[:, :1] > FEATURES[:, 1:]).astype(np.float32)


def torch_loop(steps=30, rate=0.1, clear=True, step=True, inside=None, loss=None, trained=None, dropout=0.0, make=None):
    """Train a small network in a loop of PyTorch, with what may be odd about it."""
    import torch
    from torch import nn

    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 8), nn.Dropout(dropout), nn.Tanh(), nn.Linear(8, 1))
    if dropout:
        network.eval()
    optimizer = (make or torch.optim.SGD)(list(network.parameters())[:trained], lr=rate)
    features, labels = torch.from_numpy(FEATURES), torch.from_numpy(LABELS)
    for _ in range(steps):
        values = inside(network(features)) if inside else network(features)
        value = (loss or nn.functional.binary_cross_entropy_with_logits)(values, labels)
        if clear:
            optimizer.zero_grad()
        value.backward()
        if step:
            optimizer.step()


def new_tensors(rate=0.1, start=0.0):
    """A loop that makes new parameters in each step."""
    import torch

    weight = torch.full((2, 1), start, requires_grad=True)
    for _ in range(30):
        logits = torch.from_numpy(FEATURES) @ weight
        loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(LABELS))
        (gradient,) = torch.autograd.grad(loss, weight)
        weight = (weight - rate * gradient).detach().requires_grad_()


def tape_loop(steps=30, rate=0.1, step=True, inside=None, in_graph=False, used=2):
    """Train a small model in a loop of TensorFlow, with what may be odd about it."""
    import tensorflow as tf

    weight, bias = tf.Variable(tf.zeros((2, 1))), tf.Variable(tf.fill((1,), 0.5))

    def update():
        with tf.GradientTape() as tape:
            logits = FEATURES @ weight + (bias if used == 2 else 0.5)
            values = inside(logits) if inside else logits
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(LABELS, values))
        gradients = tape.gradient(loss, [weight, bias])
        for variable, gradient in zip((weight, bias), gradients, strict=True):
            if step and gradient is not None:
                variable.assign_sub(rate * gradient)

    once = tf.function(update) if in_graph else update
    for _ in range(steps):
        once()


def keras_fit(rate=0.1, from_logits=True, activation=None, loss=None):
    import keras

    keras.utils.set_random_seed(0)
    layers = [keras.Input((2,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(1, activation=activation)]
    network = keras.Sequential(layers)
    network.compile(keras.optimizers.SGD(rate), loss or keras.losses.BinaryCrossentropy(from_logits=from_logits))
    network.fit(FEATURES, LABELS, epochs=3, verbose=0)


def seen(train, *arguments, **named):
    with watched() as found:
        train(*arguments, **named)
    return found


def torch_functions():
    import torch

    return torch, torch.nn.functional


def test_a_healthy_loop_has_no_odd_fact():
    torch_functions()
    for found in (seen(torch_loop), seen(new_tensors)):
        assert found.facts() == "" and len(found.runs) == 1
        assert found.summary().startswith("in 30 backward passes at a learning rate of 0.1 the loss went from 0.")
        assert found.runs[0].losses[-1] < found.runs[0].losses[0] and all(found.runs[0].moved())


def test_two_trainings_are_two_runs():
    torch_functions()
    found = seen(lambda: (torch_loop(steps=25), torch_loop(steps=4)))
    assert [len(run.losses) for run in found.runs] == [25, 4]


def test_two_trainings_of_one_number_are_two_runs():
    torch, _ = torch_functions()

    def train():
        weight = torch.zeros(1, requires_grad=True)
        for _ in range(3):
            ((weight - 2) ** 2).sum().backward()
            with torch.no_grad():
                weight -= 0.1 * weight.grad
            weight.grad = None

    assert [len(run.losses) for run in seen(lambda: (train(), train())).runs] == [3, 3]


def test_what_the_solution_shows_too_is_not_odd():
    torch_functions()
    gradient_alone, learned = seen(torch_loop, step=False), seen(torch_loop)
    assert "no parameter changed" in gradient_alone.facts(learned)
    assert gradient_alone.facts(seen(torch_loop, step=False)) == ""
    assert "those of an earlier step" in seen(torch_loop, clear=False).facts(gradient_alone)


def test_odd_facts_of_a_loop_in_pytorch():
    torch, functional = torch_functions()
    assert "those of an earlier step were still there" in seen(torch_loop, clear=False).facts()
    assert "no parameter changed" in seen(torch_loop, step=False).facts()
    assert "the loss was inf at backward pass 2 of 30" in seen(torch_loop, rate=1e30, loss=functional.mse_loss).facts()
    assert "the loss rose from" in seen(new_tensors, rate=-1.0).facts()
    assert "given the result of a sigmoid" in seen(torch_loop, inside=torch.sigmoid).facts()
    assert "dropout was off in every step" in seen(torch_loop, dropout=0.5).facts()
    one_row = seen(torch_loop, loss=lambda values, labels: functional.mse_loss(values, labels[:, 0]))
    assert "values of shape (60, 1) with labels of shape (60,)" in one_row.facts()


def test_a_watch_inside_a_watch_sees_what_a_loss_is_given():
    torch, _ = torch_functions()
    inner = []
    outer = seen(lambda: inner.append(seen(torch_loop, inside=torch.sigmoid)))
    assert "given the result of a sigmoid" in inner[0].facts() and "given the result of a sigmoid" in outer.facts()


def test_a_parameter_that_no_optimizer_holds_is_told():
    torch_functions()
    assert "2 of 4 parameters never changed (shapes" in seen(torch_loop, trained=2).facts()


def test_a_single_gradient_is_no_training():
    torch_functions()
    assert seen(torch_loop, steps=1, step=False).facts() == ""
    assert seen(tape_loop, steps=1, step=False, used=1).facts() == ""


def test_gradients_may_add_up_within_a_step():
    torch, functional = torch_functions()

    def accumulate():
        weight = torch.zeros(2, 1, requires_grad=True)
        for _ in range(4):
            for half in (slice(0, 30), slice(30, 60)):
                logits = torch.from_numpy(FEATURES[half]) @ weight
                functional.binary_cross_entropy_with_logits(logits, torch.from_numpy(LABELS[half])).backward()
            with torch.no_grad():
                weight -= 0.1 * weight.grad
            weight.grad = None

    assert seen(accumulate).facts() == ""


def test_facts_of_a_loop_in_tensorflow():
    import tensorflow as tf

    found = seen(tape_loop)
    assert found.facts() == "" and found.summary().startswith("in 30 backward passes at a learning rate of 0.1")
    assert "no parameter changed" in seen(tape_loop, step=False).facts()
    assert "lies from 0 to 1" in seen(tape_loop, inside=tf.sigmoid).facts()
    assert "1 of 2 parameters got no gradient" in seen(tape_loop, used=1).facts()
    assert seen(tape_loop, in_graph=True).facts() == ""
    assert "no parameter changed" in seen(tape_loop, in_graph=True, step=False).facts()


def test_what_is_watched_in_a_graph_warns_of_nothing(caplog):
    import tensorflow as tf

    tf.get_logger().addHandler(caplog.handler)
    seen(tape_loop, in_graph=True)
    tf.get_logger().removeHandler(caplog.handler)
    assert caplog.messages == []


def test_facts_of_keras():
    import keras

    found = seen(keras_fit)
    assert found.facts() == "" and found.summary().startswith("in 3 epochs at a learning rate of 0.1 the loss went")
    assert seen(keras_fit, activation="sigmoid").facts() == ""  # Keras finds the logits behind the sigmoid
    assert "without activation. Are they logits?" in seen(keras_fit, from_logits=False).facts()
    assert "binary_crossentropy expects probabilities unless" in seen(keras_fit, loss="binary_crossentropy").facts()
    assert seen(keras_fit, loss="binary_crossentropy", activation="sigmoid").facts() == ""
    above_0 = lambda z: keras.ops.sigmoid(z) + 1e-6  # noqa: E731
    assert seen(keras_fit, from_logits=False, activation=above_0).facts() == ""
    assert "no parameter changed" in seen(keras_fit, rate=0.0).facts()
    assert (
        "at epoch 1 of 3. The learning rate was 3e+38. Is each step too large, or" in seen(keras_fit, rate=3e38).facts()
    )


def test_exchanged_arguments_are_told_and_named_ones_are_no_exchange():
    import tensorflow as tf

    _, functional = torch_functions()
    exchanged = seen(torch_loop, loss=lambda values, y: functional.binary_cross_entropy_with_logits(y, values))
    assert "was given the labels where it takes the logits" in exchanged.facts()
    named = seen(torch_loop, loss=lambda z, y: functional.binary_cross_entropy_with_logits(target=y, input=z))
    assert named.facts() == ""

    def given(labels_first, **named):
        logits, labels = tf.constant([[1.5], [-2.0], [0.3]]), tf.constant([[1.0], [0.0], [1.0]])
        if named:
            tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=labels)
        else:
            tf.nn.sigmoid_cross_entropy_with_logits(*((labels, logits) if labels_first else (logits, labels)))

    assert "Which comes first?" in seen(given, labels_first=False).given[0]
    assert seen(given, labels_first=True).given == seen(given, labels_first=True, by_name=True).given == [""]


def test_functions_of_keras_are_watched_as_its_losses_are():
    import keras
    import tensorflow as tf

    def given(**named):
        keras.losses.sparse_categorical_crossentropy(
            tf.constant([0, 1]), tf.constant([[2.0, -1.0], [0.5, 3.0]]), **named
        )

    assert "expects probabilities unless from_logits=True" in seen(given).given[-1]
    assert seen(given, from_logits=True).given == [""]


def test_a_first_step_is_told_beside_the_right_one():
    torch, functional = torch_functions()
    right = seen(torch_loop).runs[0]
    assert beside(seen(torch_loop).runs[0], right) == ""
    assert "the learning rate is 0.02, where 0.1 is right" in beside(seen(torch_loop, rate=0.02).runs[0], right)
    by_hand = replace(seen(torch_loop, rate=0.02).runs[0], optimizer=None)
    assert "the step is 0.2 times as long as the right one" in beside(by_hand, right)
    other = seen(torch_loop, loss=lambda values, labels: functional.mse_loss(values, labels)).runs[0]
    assert "of the first step's gradients are" in beside(other, right)
    assert "do not start at the values" in beside(seen(new_tensors).runs[0], seen(new_tensors, start=0.5).runs[0])
    assert "the steps were those of Adam; those of SGD are right" in beside(
        seen(torch_loop, make=torch.optim.Adam).runs[0], right
    )


def test_every_patch_is_taken_back():
    import keras
    import tensorflow as tf

    torch, functional = torch_functions()

    def now():
        return (
            torch.autograd.backward,
            torch.autograd.grad,
            functional.cross_entropy,
            tf.GradientTape.gradient,
            keras.Model.fit,
            "fit" in vars(keras.Model),
            keras.losses.Loss.__call__,
            keras.losses.binary_crossentropy,
        )

    before = now()
    with pytest.raises(ZeroDivisionError):
        seen(lambda: 1 / 0)
    assert now() == before


FORGOTTEN = """
def train_two_classes(features, labels):
    features = (features - features.mean(dim=0)) / features.std(dim=0)
    weight, bias = torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(100):
        loss = F.binary_cross_entropy_with_logits(features @ weight + bias, labels)
        loss.backward()
    return lambda new: (new @ weight + bias > 0).float()
"""


def test_a_check_tells_the_facts_below_its_sentence():
    session = session_of("02_training", "pytorch")
    namespace = dict(imported("02_training", "pytorch"))
    type_in(FORGOTTEN, namespace)
    text = session.judge("train_two_classes", namespace=namespace).text
    assert text.partition("\n")[2].startswith("  In your training, gradients were computed, but no parameter changed.")


def test_gradients_that_are_all_as_many_times_too_large_are_told_as_such():
    def twice(logits, labels):
        return 2 * torch.nn.functional.binary_cross_entropy_with_logits(logits, labels)

    torch = pytest.importorskip("torch")
    told = beside(seen(torch_loop, loss=twice).runs[0], seen(torch_loop).runs[0])
    assert "That is 2 times as much" in told


def test_gradients_without_a_step_are_no_training():
    assert seen(torch_loop, steps=3).summary().startswith("in 3 backward passes")
    assert seen(torch_loop, steps=3, step=False).summary() == ""
