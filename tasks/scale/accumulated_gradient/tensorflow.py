"""Answers to `accumulated_gradient` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def accumulated_gradient(features, targets, weights, parts):
    import tensorflow as tf

    total = tf.zeros_like(weights)
    size = len(features) // parts
    for start in range(0, len(features), size):
        with tf.GradientTape() as tape:
            tape.watch(weights)
            rows = slice(start, start + size)
            errors = features[rows] @ weights - targets[rows]
            loss = tf.reduce_mean(errors**2) / parts
        total = total + tape.gradient(loss, weights)
    return total


def accumulated_gradient__ok_variable(features, targets, weights, parts):
    weights, gradients = tf.Variable(weights), []
    for x, y in zip(tf.split(features, parts), tf.split(targets, parts), strict=True):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.matmul(x, weights) - y))
        gradients.append(tape.gradient(loss, weights))
    return tf.add_n(gradients) / parts


def _accumulated(features, targets, weights, parts, divisor, reduce=tf.reduce_mean, fixed=False, watch=True, power=2):
    total = 0.0
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(0, size) if fixed else slice(start, start + size)
        with tf.GradientTape() as tape:
            if watch:
                tape.watch(weights)
            loss = reduce((features[rows] @ weights - targets[rows]) ** power) / divisor
        total = total + tape.gradient(loss, weights)
    return total


def accumulated_gradient__sum(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, 1.0)


def accumulated_gradient__last(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, parts)


def accumulated_gradient__last__undivided(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, 1.0)


def accumulated_gradient__unrecorded(features, targets, weights, parts):
    total = tf.zeros_like(weights)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((features @ weights - targets) ** 2)
    return total + tape.gradient(loss, weights)


def accumulated_gradient__unrecorded__loss_outside(features, targets, weights, parts):
    total = tf.zeros_like(weights)
    with tf.GradientTape() as tape:
        tape.watch(weights)
        errors = features @ weights - targets
    return total + tape.gradient(tf.reduce_mean(errors**2), weights)


def accumulated_gradient__unrecorded__added(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, watch=False)


def accumulated_gradient__summed_errors(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, reduce=tf.reduce_sum)


def accumulated_gradient__weights(features, targets, weights, parts):
    return weights


def accumulated_gradient__step(features, targets, weights, parts):
    return weights - 0.1 * _accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__loss(features, targets, weights, parts):
    return tf.reduce_mean((features @ weights - targets) ** 2)


def accumulated_gradient__same_part(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, fixed=True)


def accumulated_gradient__negative(features, targets, weights, parts):
    return -_accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__ok_formula(features, targets, weights, parts):
    total = 0
    size = len(features) // parts
    for start in range(0, len(features), size):
        x, y = features[start : start + size], targets[start : start + size]
        total = total + 2 / len(features) * tf.transpose(x) @ (x @ weights - y)
    return total


def accumulated_gradient__first(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[:size], targets[:size], weights, 1, parts)


def accumulated_gradient__divided_twice(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts) / parts


def accumulated_gradient__divided_twice__one_turn(features, targets, weights, parts):
    return _accumulated(features, targets, weights, 1, parts)


def accumulated_gradient__not_squared(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, power=1)


def accumulated_gradient__not_squared__absolute(features, targets, weights, parts):
    return _accumulated(
        features, targets, weights, parts, parts, reduce=lambda errors: tf.reduce_mean(tf.abs(errors)), power=1
    )


def accumulated_gradient__none(features, targets, weights, parts):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((features @ weights - targets) ** 2)
    return tape.gradient(loss, weights)


def accumulated_gradient__overlapping(features, targets, weights, parts):
    size, total = len(features) // parts, 0
    for start in range(parts):
        rows = slice(start, start + size)
        total = total + _accumulated(features[rows], targets[rows], weights, 1, parts)
    return total
