"""Answers to `train_iris` in TensorFlow: solution, other right answers, typical mistakes."""

import itertools

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from tasks.lab.common.neutral import fit
from utils import data
from utils.data import Part


def train_iris(features, labels, hidden, seed):
    keras.utils.set_random_seed(seed)
    between = [layers.Dense(hidden, activation="relu")] if hidden else []
    network = keras.Sequential([keras.Input((4,)), *between, layers.Dense(3)])
    optimizer = keras.optimizers.Adam(0.05)
    optimizer.build(network.trainable_variables)
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    scaler = data.Scaler.fit(features)
    inputs, targets = tf.constant(scaler.apply(features)), tf.constant(labels)

    @tf.function
    def many_steps(steps):
        for _ in tf.range(steps):
            with tf.GradientTape() as tape:
                loss = loss_function(targets, network(inputs, training=True))
            gradients = tape.gradient(loss, network.trainable_variables)
            optimizer.apply(gradients, network.trainable_variables)

    many_steps(200)

    def classes_of(new_features):
        return np.argmax(network(scaler.apply(new_features)), axis=1)

    return classes_of


def _trained(features, labels, hidden, seed, steps=200, bent=True):
    """Logits of a network as in the solution, trained on features as they are; without TensorFlow, to be quick."""
    generator, sizes = np.random.default_rng(seed), [4, hidden, 3] if hidden else [4, 3]
    weights = []
    for inputs, outputs in itertools.pairwise(sizes):
        weights += [generator.normal(0, inputs**-0.5, (inputs, outputs)), np.zeros(outputs)]
    part = Part(np.asarray(features, np.float32), labels)
    weights, *_ = fit(weights, part, part, steps, 0, rate=0.05, size=len(labels), bent=bent)

    def logits_of(new):
        for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
            new = new @ kernel + bias
            if kernel is not weights[-2] and bent:
                new = np.maximum(new, 0)
        return new

    return logits_of


def _scaled(features, labels, hidden, seed, axis=1, **settings):
    scaler = data.Scaler.fit(features)
    logits_of = _trained(scaler.apply(features), labels, hidden, seed, **settings)
    return lambda new: np.argmax(logits_of(scaler.apply(new)), axis=axis)


def train_iris__ok_fit(features, labels, hidden, seed):
    keras.utils.set_random_seed(seed)
    between = [layers.Dense(hidden, activation="relu")] if hidden else []
    scaling = layers.Normalization()
    scaling.adapt(features)
    network = keras.Sequential([keras.Input((4,)), scaling, *between, layers.Dense(3)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.05), loss=loss)
    network.fit(features, labels, batch_size=len(labels), epochs=150, verbose=0)
    return lambda new: tf.argmax(network(new), axis=1)


def train_iris__logits(features, labels, hidden, seed):
    scaler = data.Scaler.fit(features)
    logits_of = _trained(scaler.apply(features), labels, hidden, seed)
    return lambda new: logits_of(scaler.apply(new))


def train_iris__columns(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, seed, axis=0)


def train_iris__too_short(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, seed, steps=1)


def train_iris__no_hidden(features, labels, hidden, seed):
    return _scaled(features, labels, 0, seed)


def train_iris__no_hidden__no_relu(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, seed, bent=False)


def train_iris__always_hidden(features, labels, hidden, seed):
    return _scaled(features, labels, 16, seed)


def train_iris__each_by_itself(features, labels, hidden, seed):
    logits_of = _trained(data.Scaler.fit(features).apply(features), labels, hidden, seed)
    return lambda new: np.argmax(logits_of(data.Scaler.fit(new).apply(new)), axis=1)


def train_iris__not_scaled(features, labels, hidden, seed):
    logits_of = _trained(features, labels, hidden, seed)
    return lambda new: np.argmax(logits_of(new), axis=1)


def train_iris__no_seed(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, np.random.default_rng().integers(1000))


def train_iris__unscaled_question(features, labels, hidden, seed):
    logits_of = _trained(data.Scaler.fit(features).apply(features), labels, hidden, seed)
    return lambda new: logits_of(new).argmax(axis=1)
