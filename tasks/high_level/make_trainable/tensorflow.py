"""Answers to `make_trainable` in TensorFlow: solution, other right answers, typical mistakes."""

import keras

from tasks.high_level.common.tensorflow import LOGITS_LOSS


def make_trainable(network):
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return network


def make_trainable__ok_objects(network):
    network.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        optimizer=keras.optimizers.Adam(learning_rate=1e-2),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return network


def make_trainable__probabilities(network):
    loss = "sparse_categorical_crossentropy"
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=loss,
        metrics=["accuracy"],
    )
    return network


def make_trainable__one_hot(network):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=loss,
        metrics=["accuracy"],
    )
    return network


def make_trainable__softmax_added(network):
    network.add(keras.layers.Softmax())
    loss = keras.losses.SparseCategoricalCrossentropy()
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=loss,
        metrics=["accuracy"],
    )
    return network


def make_trainable__squared_error(network):
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="mse",
        metrics=["accuracy"],
    )
    return network


def make_trainable__positional(network):
    network.compile(keras.optimizers.Adam(0.01), LOGITS_LOSS, ["accuracy"])
    return network


def make_trainable__no_metrics(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS)
    return network


def make_trainable__not_returned(network):
    return network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=["accuracy"])


def make_trainable__default_rate(network):
    network.compile(optimizer="adam", loss=LOGITS_LOSS, metrics=["accuracy"])
    return network


def make_trainable__sgd(network):
    network.compile(optimizer=keras.optimizers.SGD(0.01), loss=LOGITS_LOSS, metrics=["accuracy"])
    return network


def make_trainable__no_optimizer(network):
    network.compile(loss=LOGITS_LOSS, metrics=["accuracy"])
    return network


def make_trainable__label_metric(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=[keras.metrics.Accuracy()])
    return network


def make_trainable__label_metric__binary(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=[keras.metrics.BinaryAccuracy()])
    return network


def make_trainable__other_metric(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=["mse"])
    return network


def make_trainable__other_metric__absolute(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=["mae"])
    return network
