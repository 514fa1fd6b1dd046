"""Answers to `train_classifier` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf
from keras import layers

from tasks.high_level.common.tensorflow import LOGITS_LOSS


# fmt: off
def train_classifier(points, targets):
    keras.utils.set_random_seed(0)
    network = keras.Sequential([
        keras.Input((2,)),
        layers.Dense(32, activation="relu"),
        layers.Dense(2),
    ])
    network.compile(
        optimizer=keras.optimizers.Adam(0.05),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    network.fit(points, targets, batch_size=20, epochs=10, verbose=0)
    return network
# fmt: on


def _untrained(last=2, hidden=True):
    keras.utils.set_random_seed(0)
    middle = [layers.Dense(32, activation="relu")] if hidden else []
    return keras.Sequential([keras.Input((2,)), *middle, layers.Dense(last)])


def _by_hand(network, points, targets, steps):
    """Train with all points in each step: a right answer need not use fit, and mistakes are quick to try."""
    optimizer = keras.optimizers.Adam(0.03)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = LOGITS_LOSS(targets, network(points))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))

    for _ in range(steps):
        step()
    return network


def train_classifier__ok_by_hand(points, targets):
    return _by_hand(_untrained(), points, targets, steps=200)


def train_classifier__one_logit(points, targets):
    return _untrained(last=1)


def train_classifier__classes(points, targets):
    network = _untrained()
    return lambda new_points: tf.argmax(network(new_points), axis=1)


def train_classifier__untrained(points, targets):
    return _untrained()


def train_classifier__inverted(points, targets):
    return train_classifier__ok_by_hand(points, 1 - targets)


def train_classifier__no_hidden(points, targets):
    return _by_hand(_untrained(hidden=False), points, targets, steps=100)


def train_classifier__too_short(points, targets):
    return _by_hand(_untrained(), points, targets, steps=25)


def train_classifier__fit_result(points, targets):
    network = _untrained()
    network.compile(optimizer="adam", loss=LOGITS_LOSS)
    return network.fit(points, targets, batch_size=400, epochs=1, verbose=0)


def train_classifier__constant(points, targets):
    one_class = keras.initializers.Constant([100.0, 0.0])
    last = layers.Dense(2, bias_initializer=one_class)
    return keras.Sequential([keras.Input((2,)), layers.Dense(32, activation="relu"), last])


def train_classifier__loss_input(points, targets):
    network = _untrained()
    network.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy())
    network.fit(points, targets, batch_size=400, epochs=1, verbose=0)
    return network


def train_classifier__probabilities(points, targets):
    return keras.Sequential([_untrained(), layers.Softmax()])
