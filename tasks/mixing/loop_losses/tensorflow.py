"""Answers to `loop_losses` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

from tasks.mixing.common.tensorflow import _mean_loss


def loop_losses(network, batches, learning_rate):
    loss_function = keras.losses.BinaryCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = loss_function(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(loss))
    return losses


def loop_losses__ok_by_hand(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, network(features)))
        variables = network.trainable_variables
        for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
            variable.assign(variable - learning_rate * gradient)
        losses.append(loss)
    return losses


def _losses(network, batches, learning_rate, loss_of, direction=1):
    """Train with any loss of (labels, logits); direction -1 goes uphill."""
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = loss_of(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply([direction * gradient for gradient in gradients], network.trainable_variables)
        losses.append(float(loss))
    return losses


def loop_losses__no_step(network, batches, learning_rate):
    return [float(_mean_loss(labels, network(features))) for features, labels in batches]


def loop_losses__after_step(network, batches, learning_rate):
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(_mean_loss(labels, network(features))))
    return losses


def loop_losses__uphill(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, _mean_loss, direction=-1)


def loop_losses__sum(network, batches, learning_rate):
    def summed(labels, logits):
        return tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    return _losses(network, batches, learning_rate, summed)


def loop_losses__running_mean(network, batches, learning_rate):
    losses = loop_losses(network, batches, learning_rate)
    return [sum(losses[: count + 1]) / (count + 1) for count in range(len(losses))]


def loop_losses__probabilities(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, lambda labels, logits: _mean_loss(labels, tf.sigmoid(logits)))


def loop_losses__swapped(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, lambda labels, logits: _mean_loss(logits, labels))


def loop_losses__total(network, batches, learning_rate):
    return sum(loop_losses(network, batches, learning_rate))


def loop_losses__first_batch(network, batches, learning_rate):
    return loop_losses(network, batches[:1], learning_rate)


def loop_losses__fixed_rate(network, batches, learning_rate):
    return loop_losses(network, batches, 0.01)


def loop_losses__no_step__local(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        for variable, gradient in zip(network.trainable_variables, gradients, strict=True):
            variable = variable - learning_rate * gradient
        losses.append(float(loss))
    return losses


def loop_losses__total__last(network, batches, learning_rate):
    return tf.constant(loop_losses(network, batches, learning_rate)[-1])


def loop_losses__no_list(network, batches, learning_rate):
    return tuple(loop_losses(network, batches, learning_rate))


def loop_losses__last_batch(network, batches, learning_rate):
    return loop_losses(network, batches, learning_rate)[-1:]


def loop_losses__epochs(network, batches, learning_rate):
    return loop_losses(network, batches * 2, learning_rate)


def loop_losses__per_point(network, batches, learning_rate):
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = tf.nn.sigmoid_cross_entropy_with_logits(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(loss)
    return losses


def loop_losses__per_point__nested(network, batches, learning_rate):
    return [[loss] for loss in loop_losses(network, batches, learning_rate)]


def loop_losses__raw_logits(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, keras.losses.BinaryCrossentropy())


def loop_losses__squared_error(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, keras.losses.MeanSquaredError())


def loop_losses__adam(network, batches, learning_rate):
    optimizer = keras.optimizers.Adam(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
        losses.append(float(loss))
    return losses


def loop_losses__fixed_rate__lesson(network, batches, learning_rate):
    return loop_losses(network, batches, 0.5)


def loop_losses__sum_of_gradients(network, batches, learning_rate):
    return [loss / len(batches[0][1]) for loss in loop_losses__sum(network, batches, learning_rate)]
