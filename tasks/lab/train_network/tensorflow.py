"""Answers to `train_network` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import numpy as np
import tensorflow as tf

from tasks.lab.common.neutral import together
from tasks.lab.common.tensorflow import _cross_entropy, _train, _train_with


def train_network(network, train, validation, epochs, seed):
    generator = np.random.default_rng(seed)
    optimizer = keras.optimizers.Adam(0.005)
    optimizer.build(network.trainable_variables)
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    features, labels = map(tf.constant, train)
    new_features, new_labels = map(tf.constant, validation)

    @tf.function
    def one_epoch(order):
        total = 0.0
        for start in tf.range(0, len(order), 64):
            rows = order[start : start + 64]
            with tf.GradientTape() as tape:
                logits = network(tf.gather(features, rows), training=True)
                loss = loss_function(tf.gather(labels, rows), logits)
            gradients = tape.gradient(loss, network.trainable_variables)
            optimizer.apply(gradients, network.trainable_variables)
            total += loss * tf.cast(len(rows), tf.float32)
        new_loss = loss_function(new_labels, network(new_features))
        return total / len(order), new_loss

    training_losses, validation_losses = [], []
    for _ in range(epochs):
        order = generator.permutation(len(train.labels))
        training_loss, validation_loss = one_epoch(tf.constant(order))
        training_losses.append(float(training_loss))
        validation_losses.append(float(validation_loss))
    return training_losses, validation_losses


def train_network__ok_high_level(network, train, validation, epochs, seed):
    keras.utils.set_random_seed(seed)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    history = network.fit(
        *train,
        batch_size=64,
        epochs=epochs,
        validation_data=tuple(validation),
        verbose=0,
    ).history
    return history["loss"], history["val_loss"]


def train_network__ok_full_batch(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.1, size=10_000)


def train_network__softmax_twice(network, train, validation, epochs, seed):
    def loss_of(labels, logits):
        return _cross_entropy(labels, tf.nn.softmax(logits))

    return _train_with(loss_of, network, train, validation, epochs, seed)


def train_network__softmax_twice__not_from_logits(network, train, validation, epochs, seed):
    loss_of = keras.losses.SparseCategoricalCrossentropy()  # which clips what it takes for probabilities
    return _train_with(loss_of, network, train, validation, epochs, seed)


def train_network__one_hot(network, train, validation, epochs, seed):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    history = network.fit(
        *train,
        batch_size=64,
        epochs=epochs,
        validation_data=tuple(validation),
        verbose=0,
    ).history
    return history["loss"], history["val_loss"]


def train_network__squared(network, train, validation, epochs, seed):
    def loss_of(labels, logits):
        return tf.reduce_mean((logits - tf.one_hot(labels, logits.shape[1])) ** 2)

    return _train_with(loss_of, network, train, validation, epochs, seed, rate=0.02)


def train_network__with_validation(network, train, validation, epochs, seed):
    return _train(network, together(train, validation), validation, epochs, seed)


def train_network__no_step(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.0)


def train_network__no_step__a_copy(network, train, validation, epochs, seed):
    return _train(keras.models.clone_model(network), train, validation, epochs, seed)


def train_network__other_weights(network, train, validation, epochs, seed):
    losses = _train(network, train, validation, 1, seed)
    best = network.get_weights()
    more = _train(network, train, validation, epochs - 1, seed)
    network.set_weights(best)
    return losses[0] + more[0], losses[1] + more[1]


def train_network__training_twice(network, train, validation, epochs, seed):
    training_losses, _ = _train(network, train, validation, epochs, seed)
    return training_losses, training_losses


def train_network__training_twice__measured(network, train, validation, epochs, seed):
    return _train(network, train, train, epochs, seed)


def train_network__swapped(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed)[::-1]


def train_network__one_curve(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed)[1]


def train_network__last_losses(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return training_losses[-1], validation_losses[-1]


def train_network__each_step(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return training_losses * 4, validation_losses


def train_network__summed(network, train, validation, epochs, seed):
    def loss_of(labels, logits):
        return tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))

    return _train_with(loss_of, network, train, validation, epochs, seed)


def train_network__summed__batches(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return [5 * loss for loss in training_losses], validation_losses


def train_network__too_little(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.001, size=10_000)


def train_network__three_things(network, train, validation, epochs, seed):
    return network, [1.0] * epochs, [1.1] * epochs


def train_network__epochs(network, train, validation, epochs, seed):
    return _train(network, train, validation, 2, seed)


def train_network__accuracy(network, train, validation, epochs, seed):
    training_losses, _ = _train(network, train, validation, epochs, seed)
    right = np.argmax(network(validation.features), axis=1) == validation.labels
    return training_losses, [*training_losses[1:], right.mean()]


def train_network__history(network, train, validation, epochs, seed):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    return network.fit(*train, verbose=0)


def _train_by_hand(network, train, validation, epochs, order, learning, measuring):
    """train_network with the batches in the `order` of a function of the epoch, and with the modes of a slip."""
    optimizer = keras.optimizers.Adam(0.005)
    optimizer.build(network.trainable_variables)

    @tf.function
    def one_epoch(features, labels):
        loss = 0.0
        for start in tf.range(0, len(labels), 64):
            with tf.GradientTape() as tape:
                loss = _cross_entropy(labels[start : start + 64], network(features[start : start + 64], **learning))
            gradients = tape.gradient(loss, network.trainable_variables)
            optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))
        return loss, _cross_entropy(validation.labels, network(validation.features, **measuring))

    losses = [], []
    for epoch in range(epochs):
        rows = order(epoch)
        for curve, loss in zip(losses, one_epoch(*(tf.constant(array[rows]) for array in train)), strict=True):
            curve.append(float(loss))
    return losses


def train_network__no_train(network, train, validation, epochs, seed):
    generator, samples = np.random.default_rng(seed), len(train.labels)
    return _train_by_hand(network, train, validation, epochs, lambda _: generator.permutation(samples), {}, {})


def train_network__no_eval(network, train, validation, epochs, seed):
    generator, samples, mode = np.random.default_rng(seed), len(train.labels), {"training": True}
    return _train_by_hand(network, train, validation, epochs, lambda _: generator.permutation(samples), mode, mode)


def train_network__not_shuffled(network, train, validation, epochs, seed):
    samples = len(train.labels)
    return _train_by_hand(network, train, validation, epochs, lambda _: np.arange(samples), {"training": True}, {})


def train_network__no_seed(network, train, validation, epochs, seed):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    history = network.fit(
        *train,
        batch_size=64,
        epochs=epochs,
        validation_data=tuple(validation),
        verbose=0,
    ).history
    return history["loss"], history["val_loss"]


def train_network__dictionary(network, train, validation, epochs, seed):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    return network.fit(*train, validation_data=tuple(validation), verbose=0).history


def train_network__squared__not_reported(network, train, validation, epochs, seed):
    train_network__squared(network, train, validation, epochs, seed)
    losses = [float(_cross_entropy(labels, network(features))) for features, labels in (train, validation)]
    return [[loss + 0.1 * left for left in reversed(range(epochs))] for loss in losses]
