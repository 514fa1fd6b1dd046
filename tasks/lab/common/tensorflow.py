"""What answers of this lesson in TensorFlow share."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from tasks.lab.common.neutral import fit


def _cross_entropy(labels, logits):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


def _train_with(loss_of, network, train, validation, epochs, seed, rate=0.005, size=64):
    """train_network with another loss, for the mistakes: Adam by hand, as one small graph."""
    generator, weights = np.random.default_rng(seed), network.trainable_variables
    means, squares = ([tf.Variable(tf.zeros_like(w), trainable=False) for w in weights] for _ in range(2))

    @tf.function(reduce_retracing=True)
    def update(features, labels, scale):
        with tf.GradientTape() as tape:
            loss = loss_of(labels, network(features, training=True))
        for w, g, m, s in zip(weights, tape.gradient(loss, weights), means, squares, strict=True):
            m.assign(0.9 * m + 0.1 * g)
            s.assign(0.999 * s + 0.001 * g**2)
            w.assign_sub(scale * m / (tf.sqrt(s) + 1e-7))
        return loss

    losses, step = ([], []), 0
    for _ in range(epochs):
        for rows in np.array_split(generator.permutation(len(train.labels)), -(-len(train.labels) // size)):
            step += 1
            scale = tf.constant(rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step), tf.float32)
            loss = update(tf.constant(train.features[rows]), tf.constant(train.labels[rows]), scale)
        losses[0].append(float(loss))
        losses[1].append(float(loss_of(validation.labels, network(validation.features))))
    return losses


def _train(network, train, validation, epochs, seed, **settings):
    """train_network with settings, for the mistakes; without TensorFlow, whose graphs take longer than the steps."""
    dropout = max([layer.rate for layer in network.layers if hasattr(layer, "rate")], default=0.0)
    weights, *curves = fit(network.get_weights(), train, validation, epochs, seed, dropout=dropout, **settings)
    network.set_weights(weights)
    return curves


def _trained(network, train, validation, seed, epochs=12, **settings):
    return network, *_train(network, train, validation, epochs, seed, **settings)


def _network(*units, last=None, bias=True, dropout=0.0):
    """A network with ReLU after each hidden layer and `last` after the logits."""
    network = keras.Sequential([keras.Input((64,))])
    for n in units:
        network.add(layers.Dense(n, activation="relu"))
        if dropout:
            network.add(layers.Dropout(dropout, seed=0))
    network.add(layers.Dense(10, activation=last, use_bias=bias))
    return network


def _stopped(train, validation, seed, patience=10, restore=True, monitor=1, epochs=100):
    """stop_early with settings, for the mistakes; `monitor` is the number of the curve that is watched."""
    keras.utils.set_random_seed(seed)
    network = _network(256)
    start = network.get_weights()
    _, *curves = fit(start, train, validation, epochs, seed, size=500)
    for last in range(1, epochs + 1):
        best = 1 + int(np.argmin(curves[monitor][:last]))
        if last - best == patience:
            break
    network.set_weights(fit(start, train, validation, best if restore else last, seed, size=500)[0])  # the same again
    return network, *(curve[:last] for curve in curves)
