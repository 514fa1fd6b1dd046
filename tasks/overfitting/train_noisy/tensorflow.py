"""Answers to `train_noisy` in TensorFlow: solution, other right answers, typical mistakes."""

import itertools

import tensorflow as tf

from utils import data


def train_noisy(features, labels, validation_features, validation_labels):
    generator = tf.random.Generator.from_seed(0)
    first = tf.Variable(generator.normal((64, 32)) / 64**0.5)
    second = tf.Variable(generator.normal((32, 10)) / 32**0.5)
    bias, offset = tf.Variable(tf.zeros(32)), tf.Variable(tf.zeros(10))
    weights = [first, bias, second, offset]
    velocities = [tf.Variable(tf.zeros_like(array)) for array in weights]

    def network(features, weights):
        hidden = tf.nn.relu(features @ weights[0] + weights[1])
        return hidden @ weights[2] + weights[3]

    def loss_function(features, labels):
        logits = network(features, weights)
        each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
        return tf.reduce_mean(each)

    @tf.function
    def step():
        noise = generator.uniform(features.shape) - 0.5
        with tf.GradientTape() as tape:
            loss = loss_function(features + noise, labels)
        gradients = tape.gradient(loss, weights)
        updates = zip(weights, velocities, gradients, strict=True)
        for array, velocity, gradient in updates:
            # The last term is the weight decay.
            velocity.assign(0.9 * velocity + gradient + 0.01 * array)
            array.assign_sub(0.2 * velocity)
        return loss_function(validation_features, validation_labels)

    lowest, best = float("inf"), weights
    for _ in range(300):
        loss = float(step())
        if loss < lowest:
            lowest, best = loss, [tf.identity(array) for array in weights]
    return lambda features: network(features, best)


def trained(features, labels, hidden, steps):
    """A network after `steps` steps of momentum, with nothing against overfitting."""
    generator = tf.random.Generator.from_seed(0)
    sizes = [64, hidden, 10] if hidden else [64, 10]
    weights = [tf.Variable(generator.normal(shape) / shape[0] ** 0.5) for shape in itertools.pairwise(sizes)]
    velocities = [tf.Variable(tf.zeros_like(array)) for array in weights]

    def network(features):
        for array in weights[:-1]:
            features = tf.nn.relu(features @ array)
        return features @ weights[-1]

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, network(features)))
        for array, velocity, gradient in zip(weights, velocities, tape.gradient(loss, weights), strict=True):
            velocity.assign(0.9 * velocity + gradient)
            array.assign_sub(0.2 * velocity)

    for _ in range(steps):
        step()
    return network


def train_noisy__values(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 10)(validation_features)


def train_noisy__classes(features, labels, validation_features, validation_labels):
    network = trained(features, labels, 32, 30)
    return lambda features: tf.argmax(network(features), axis=1)


def train_noisy__untrained(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 0)


def train_noisy__overfitted(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 300)


def train_noisy__late(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 54)


def train_noisy__unsteady(features, labels, validation_features, validation_labels):
    network = train_noisy(features, labels, validation_features, validation_labels)
    return lambda features: tf.nn.dropout(network(features), 0.5)


def train_noisy__on_validation(features, labels, validation_features, validation_labels):
    return trained(validation_features, validation_labels, 32, 100)


def train_noisy__on_validation__both(features, labels, validation_features, validation_labels):
    both = tf.concat([features, validation_features], axis=0), tf.concat([labels, validation_labels], axis=0)
    return trained(*both, 0, 100)


def train_noisy__more_data(features, labels, validation_features, validation_labels):
    digits = data.digits()
    return trained(tf.constant(digits.features / 16), tf.constant(digits.labels), 32, 100)
