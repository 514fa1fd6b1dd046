"""Answers to `fast_losses` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import numpy as np
import tensorflow as tf

from tasks.scale.common.tensorflow import _mean_loss


def fast_losses(network, features, labels, batch_size):
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    losses = []
    for start in range(0, len(features), batch_size):
        rows = slice(start, start + batch_size)
        with tf.GradientTape() as tape:
            loss = loss_function(labels[rows], network(features[rows]))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(loss))
    return losses


def fast_losses__ok_dataset(network, features, labels, batch_size):
    losses = []
    for some_features, some_labels in tf.data.Dataset.from_tensor_slices((features, labels)).batch(batch_size):
        with tf.GradientTape() as tape:
            logits = network(some_features)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(some_labels, logits))
        for variable, gradient in zip(
            network.trainable_variables, tape.gradient(loss, network.trainable_variables), strict=True
        ):
            variable.assign(variable - 0.1 * gradient)
        losses.append(loss)
    return losses


def fast_losses__ok_graph(network, features, labels, batch_size):
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step(some_features, some_labels):
        with tf.GradientTape() as tape:
            loss = loss_function(some_labels, network(some_features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
        return loss

    return [
        float(step(features[start : start + batch_size], labels[start : start + batch_size]))
        for start in range(0, len(features), batch_size)
    ]


_sum_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")


def _losses(
    network, features, labels, batch_size, optimizer=None, step=True, loss_function=_mean_loss, again=False,
    fixed=False, divisor=1, drop=False, twice=False, total=False,
):  # fmt: skip
    """The solution with one thing changed."""
    optimizer, losses = optimizer or keras.optimizers.SGD(learning_rate=0.1), []
    for start in range(0, len(features) - (batch_size - 1 if drop else 0), batch_size):
        rows = slice(0, batch_size) if fixed else slice(start, start + batch_size)
        with tf.GradientTape() as tape:
            logits = network(features[rows])
            logits = network(features[rows]) if twice else logits
            loss = loss_function(labels[rows], logits) / divisor
            trained = loss * len(logits) if total else loss
        gradients = tape.gradient(trained, network.trainable_variables)
        if step:
            optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(loss_function(labels[rows], network(features[rows])) if again else loss))
    return losses


def fast_losses__slow(network, features, labels, batch_size):
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    losses, variables = [], network.trainable_variables
    for start in range(0, len(features), batch_size):
        end = min(start + batch_size, len(features))
        batch_loss, total = 0.0, [0.0] * len(variables)
        for number in range(start, end):
            with tf.GradientTape() as tape:
                loss = _mean_loss(labels[number : number + 1], network(features[number : number + 1])) / (end - start)
            total = [one + other for one, other in zip(total, tape.gradient(loss, variables), strict=True)]
            batch_loss += float(loss)
        optimizer.apply(total, variables)
        losses.append(batch_loss)
    return losses


def fast_losses__one_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, len(features))


def fast_losses__no_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, step=False)


def fast_losses__one_step(network, features, labels, batch_size):
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    starts = range(0, len(features), batch_size)
    with tf.GradientTape() as tape:
        logits = network(features)
        losses = [_mean_loss(labels[s : s + batch_size], logits[s : s + batch_size]) for s in starts]
        total = tf.add_n(losses)
    optimizer.apply(tape.gradient(total, network.trainable_variables), network.trainable_variables)
    return [float(loss) for loss in losses]


def fast_losses__sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, loss_function=_sum_loss)


def fast_losses__per_sample(network, features, labels, batch_size):
    return [[loss] * batch_size for loss in _losses(network, features, labels, batch_size)]


def fast_losses__dropped(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, drop=True)


def fast_losses__full_size(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, loss_function=_sum_loss, divisor=batch_size)


def fast_losses__after_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, again=True)


def fast_losses__rate(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, keras.optimizers.SGD(learning_rate=0.01))


def fast_losses__rate__adam(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, keras.optimizers.Adam(learning_rate=0.1))


def fast_losses__total(network, features, labels, batch_size):
    return sum(_losses(network, features, labels, batch_size))


def fast_losses__no_list(network, features, labels, batch_size):
    return tf.constant(_losses(network, features, labels, batch_size))


def fast_losses__same_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, fixed=True)


def fast_losses__last_only(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[-1:]


def fast_losses__last_only__return_inside(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[:1]


def fast_losses__shuffled(network, features, labels, batch_size):
    order = np.random.default_rng(0).permutation(len(features))
    return _losses(network, tf.gather(features, order), tf.gather(labels, order), batch_size)


def fast_losses__twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, twice=True)


def fast_losses__divided_twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, divisor=batch_size)


def fast_losses__step_of_sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, total=True)


def fast_losses__running(network, features, labels, batch_size):
    return list(np.cumsum(_losses(network, features, labels, batch_size)))


def fast_losses__logits(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, loss_function=keras.losses.SparseCategoricalCrossentropy())
