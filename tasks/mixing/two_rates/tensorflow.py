"""Answers to `two_rates` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def two_rates(features, targets, weights, offset):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch([weights, offset])
        loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__ok_variables(features, targets, weights, offset):
    weights, offset = tf.Variable(weights), tf.Variable(offset)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(features, weights) + offset - targets))
    weights_gradient, offset_gradient = tape.gradient(loss, (weights, offset))
    weights.assign_sub(0.1 * weights_gradient)
    offset.assign_sub(0.01 * offset_gradient)
    return weights, offset


def two_rates__unrecorded(features, targets, weights, offset):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__unrecorded__outside(features, targets, weights, offset):
    with tf.GradientTape() as tape:
        tape.watch([weights, offset])
    loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__unrecorded__one_watched(features, targets, weights, offset):
    with tf.GradientTape() as tape:
        tape.watch(weights)
        loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def _gradients(features, targets, weights, offset, reduce=tf.reduce_mean):
    with tf.GradientTape() as tape:
        tape.watch([weights, offset])
        loss = reduce((features @ weights + offset - targets) ** 2)
    return tape.gradient(loss, [weights, offset])


def two_rates__swapped_rates(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.01 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__one_rate(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.1 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__sum(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset, reduce=tf.reduce_sum)
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__uphill(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights + 0.1 * weights_gradient, offset + 0.01 * offset_gradient


def two_rates__gradients(features, targets, weights, offset):
    return tuple(_gradients(features, targets, weights, offset))


def two_rates__swapped_results(features, targets, weights, offset):
    return two_rates(features, targets, weights, offset)[::-1]


def two_rates__one_after_other(features, targets, weights, offset):
    weights = weights - 0.1 * _gradients(features, targets, weights, offset)[0]
    return weights, offset - 0.01 * _gradients(features, targets, weights, offset)[1]


def two_rates__unchanged(features, targets, weights, offset):
    return weights, offset
