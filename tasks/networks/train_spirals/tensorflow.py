"""Answers to `train_spirals` in TensorFlow: solution, other right answers, typical mistakes."""

import itertools

import keras
import numpy as np
import tensorflow as tf


def train_spirals(features, labels):
    generator = np.random.default_rng(0)
    first = tf.Variable(generator.normal(size=(2, 32)), dtype=tf.float32)
    second = tf.Variable(generator.normal(size=(32, 1)), dtype=tf.float32)
    bias, offset = tf.Variable(tf.zeros(32)), tf.Variable(tf.zeros(1))
    parameters = [first, bias, second, offset]
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    optimizer.build(parameters)

    def model(features):
        return tf.tanh(features @ first + bias) @ second + offset

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            logits = model(features)
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        gradients = tape.gradient(loss, parameters)
        optimizer.apply_gradients(zip(gradients, parameters, strict=True))

    for _ in range(200):
        step()
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)


def _spirals(features, labels, steps, hidden=32):
    generator = np.random.default_rng(0)
    sizes = [2, hidden, 1] if hidden else [2, 1]
    weights = [tf.Variable(generator.normal(size=s), dtype=tf.float32) for s in itertools.pairwise(sizes)]
    biases = [tf.Variable(tf.zeros(size)) for size in sizes[1:]]

    def model(features):
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            features = tf.tanh(features @ weight + bias)
        return features @ weights[-1] + biases[-1]

    parameters = weights + biases
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    optimizer.build(parameters)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, model(features)))
        optimizer.apply_gradients(zip(tape.gradient(loss, parameters), parameters, strict=True))

    for _ in range(steps):
        step()
    return model


def train_spirals__no_function(features, labels):
    return tf.cast(_spirals(features, labels, 5)(features) > 0, tf.float32)


def train_spirals__no_function__no_return(features, labels):
    _spirals(features, labels, 5)


def train_spirals__probabilities(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: tf.sigmoid(model(new_features))


def train_spirals__one_class(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: tf.argmax(model(new_features), axis=1)[:, None]


def train_spirals__swapped(features, labels):
    model = _spirals(features, labels, 200)
    return lambda new_features: tf.cast(model(new_features) < 0, tf.float32)


def train_spirals__untrained(features, labels):
    return lambda new_features: tf.cast(new_features[:, :1] * new_features[:, 1:] > 0, tf.float32)


def train_spirals__linear(features, labels):
    model = _spirals(features, labels, 200, hidden=0)
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)


def train_spirals__too_short(features, labels):
    model = _spirals(features, labels, 12)
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)


def train_spirals__logits(features, labels):
    return _spirals(features, labels, 5)


def train_spirals__flat(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: tf.cast(model(new_features)[:, 0] > 0, tf.float32)


def train_spirals__ignores(features, labels):
    model = _spirals(features, labels, 5)
    return lambda _: tf.cast(model(features) > 0, tf.float32)


def train_spirals__loss_input(features, labels):
    model = _spirals(features, labels, 0)
    loss_function = keras.losses.BinaryCrossentropy()
    with tf.GradientTape():
        loss_function(labels, model(features))
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)
