"""Answers to `learn_from_slow` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

from tasks.scale.common.tensorflow import _mean_loss
from utils import data


def learn_from_slow(fetch, count):
    fetched = [fetch(number) for number in range(count)]
    features = tf.concat([features for features, _ in fetched], axis=0)
    labels = tf.concat([labels for _, labels in fetched], axis=0)
    network = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10)])
    network.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    network.fit(
        features,
        labels,
        batch_size=100,
        epochs=20,
        shuffle=False,
        verbose=0,
    )
    return network


def _layer():
    start = keras.initializers.GlorotUniform(seed=0)
    return keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, kernel_initializer=start)])


def _trained(fetch, count, epochs, rate=0.01, cache=True):
    network, optimizer = _layer(), keras.optimizers.Adam(learning_rate=rate)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step(features, labels):
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)

    batches = [fetch(number) for number in range(count)] if cache else None
    for _ in range(epochs):
        for number in range(count):
            step(*(batches[number] if cache else fetch(number)))
    return network


def learn_from_slow__ok_own_loop(fetch, count):
    return _trained(fetch, count, 20)


def learn_from_slow__no_network(fetch, count):
    _trained(fetch, 2, 1)


def learn_from_slow__classes(fetch, count):
    network = _trained(fetch, 2, 1)
    return lambda features: tf.argmax(network(features), axis=1)


def learn_from_slow__not_finite(fetch, count):
    network = _layer()
    network.set_weights([weights * float("nan") for weights in network.get_weights()])
    return network


def learn_from_slow__probabilities(fetch, count):
    return keras.Sequential([_trained(fetch, count, 2), keras.layers.Softmax()])


def learn_from_slow__untrained(fetch, count):
    return _trained(fetch, count, 1, rate=0.0)


def learn_from_slow__not_fetched(fetch, count):
    images, labels = data.digits()
    batches = [(tf.constant(images[:1200] / 16), tf.constant(labels[:1200]))] * count
    return _trained(batches.__getitem__, count, 20)


def learn_from_slow__fetched_again(fetch, count):
    return _trained(fetch, count, 20, cache=False)


def learn_from_slow__one_epoch(fetch, count):
    return _trained(fetch, count, 1, rate=0.02)
