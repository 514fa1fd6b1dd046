"""Answers to `fit_moons` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

from tasks.mixing.common.tensorflow import _mean_loss


def fit_moons(features, labels):
    hidden_layer = keras.layers.Dense(
        12,
        activation="tanh",
        kernel_initializer=keras.initializers.GlorotUniform(seed=0),
    )
    output_layer = keras.layers.Dense(
        1,
        kernel_initializer=keras.initializers.GlorotUniform(seed=1),
    )
    network = keras.Sequential([keras.Input((2,)), hidden_layer, output_layer])
    network.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.1),
        loss=keras.losses.BinaryCrossentropy(from_logits=True),
    )
    network.fit(
        features,
        labels,
        batch_size=50,
        epochs=20,
        shuffle=False,
        verbose=0,
    )
    return network


def fit_moons__ok_bumps(features, labels):
    class Bumps(keras.layers.Layer):
        def __init__(self, centres):
            super().__init__()
            start = keras.initializers.Constant(centres.numpy())
            self.centres = self.add_weight(shape=centres.shape, initializer=start)
            self.log_sharpness = self.add_weight(shape=(len(centres),), initializer="zeros")

        def call(self, features):
            squared_distances = tf.reduce_sum((features[:, None, :] - self.centres) ** 2, axis=2)
            return tf.exp(-tf.exp(self.log_sharpness) * squared_distances)

    network = keras.Sequential([keras.Input((2,)), Bumps(features[:10]), keras.layers.Dense(1)])
    return _trained(network, features, labels, steps=200)


def _trained(network, features, labels, steps, loss_function=_mean_loss):
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = loss_function(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)

    for _ in range(steps):
        step()
    return network


def _network(hidden, outputs=1, activation=None):
    start = keras.initializers.GlorotUniform(seed=0)
    hidden = keras.layers.Dense(hidden, activation="tanh", kernel_initializer=start)
    output = keras.layers.Dense(outputs, activation=activation, kernel_initializer=start)
    return keras.Sequential([keras.Input((2,)), hidden, output])


def fit_moons__two_outputs(features, labels):
    return _network(9, outputs=2)


def fit_moons__flat(features, labels):
    return keras.Sequential([_network(9), keras.layers.Reshape(())])


def fit_moons__too_many(features, labels):
    return _network(64)


def fit_moons__probabilities(features, labels):
    return _network(12, activation="sigmoid")


def fit_moons__untrained(features, labels):
    return _network(12)


def fit_moons__no_network(features, labels):
    _network(12)


def fit_moons__no_network__history(features, labels):
    network = _network(12)
    network.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss=_mean_loss)
    return network.fit(features, labels, epochs=1, verbose=0)


def fit_moons__not_finite(features, labels):
    network = _network(12)
    network.set_weights([weights * float("nan") for weights in network.get_weights()])
    return network


def fit_moons__shifted(features, labels):
    return _trained(_network(12), features, labels, steps=200, loss_function=keras.losses.MeanSquaredError())


def fit_moons__inverted(features, labels):
    return _trained(_network(12), features, 1 - labels, steps=100)


def fit_moons__constant(features, labels):
    network = _network(12)
    network.set_weights([0 * weights for weights in network.get_weights()])
    return network


def fit_moons__linear(features, labels):
    start = keras.initializers.GlorotUniform(seed=0)
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer=start)])
    return _trained(network, features, labels, steps=100)


def fit_moons__already_trained(features, labels):
    return fit_moons(features * tf.constant([1.0, -1.0]), labels)


def fit_moons__loss_input(features, labels):
    return _trained(_network(12), features, labels, steps=1, loss_function=keras.losses.BinaryCrossentropy())
