"""Answers to `numeric_gradient` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def numeric_gradient(function, point, step):
    slopes = []
    for i in range(len(point)):
        change = step * tf.one_hot(i, len(point))
        difference = function(point + change) - function(point - change)
        slopes.append(difference / (2 * step))
    return tf.stack(slopes)


def numeric_gradient__ok_variable(function, point, step):
    slopes = []
    for i in range(len(point)):
        up, down = tf.Variable(point), tf.Variable(point)
        up[i].assign(point[i] + step)
        down[i].assign(point[i] - step)
        slopes.append((function(up) - function(down)) / (2 * step))
    return tf.convert_to_tensor(slopes)


def numeric_gradient__one_sided(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point)) / step for c in changes])


def numeric_gradient__no_division(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([function(point + c) - function(point - c) for c in changes])


def numeric_gradient__half_division(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point - c)) / step for c in changes])


def numeric_gradient__all_at_once(function, point, step):
    rate = (function(point + step) - function(point - step)) / (2 * step)
    return rate * tf.ones_like(point)


def numeric_gradient__one_sided__halved(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point)) / (2 * step) for c in changes])


def numeric_gradient__early_return(function, point, step):
    slopes = []
    for i in range(len(point)):
        change = step * tf.one_hot(i, len(point))
        difference = function(point + change) - function(point - change)
        slopes.append(difference / (2 * step))
        return tf.stack(slopes)


def numeric_gradient__exact(function, point, step):
    with tf.GradientTape() as tape:
        tape.watch(point)
        value = function(point)
    return tape.gradient(value, point)


def numeric_gradient__not_restored(function, point, step):
    slopes, change = [], tf.zeros_like(point)
    for i in range(len(point)):
        change += step * tf.one_hot(i, len(point))
        difference = function(point + change) - function(point - change)
        slopes.append(difference / (2 * step))
    return tf.stack(slopes)


def numeric_gradient__sign(function, point, step):
    return -numeric_gradient(function, point, step)


def numeric_gradient__precedence(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point - c)) / 2 * step for c in changes])


def numeric_gradient__absolute(function, point, step):
    return tf.abs(numeric_gradient(function, point, step))


def numeric_gradient__one_sided__down(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point) - function(point - c)) / step for c in changes])


def numeric_gradient__from_zero(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(c) - function(-c)) / (2 * step) for c in changes])


def numeric_gradient__replaced(function, point, step):
    slopes = []
    for i in range(len(point)):
        up, down = tf.Variable(point), tf.Variable(point)
        up[i].assign(step)
        down[i].assign(-step)
        slopes.append((function(up) - function(down)) / (2 * step))
    return tf.stack(slopes)


def numeric_gradient__same_tensor(function, point, step):
    slopes = []
    for i in range(len(point)):
        up = down = point.numpy()
        up[i] += step
        down[i] -= step
        slopes.append((function(tf.constant(up)) - function(tf.constant(down))) / (2 * step))
    return tf.stack(slopes)


def numeric_gradient__same_tensor__never_nudged(function, point, step):
    return tf.stack([(function(point) - function(point)) / (2 * step) for _ in range(len(point))])


def numeric_gradient__one_sided__half_down(function, point, step):
    nudges = step * tf.eye(len(point), dtype=point.dtype)
    return tf.stack([(function(point) - function(point - nudge)) / (2 * step) for nudge in nudges])


def numeric_gradient__relative(function, point, step):
    changes = tf.linalg.diag(point) * step
    return tf.stack([(function(point + c) - function(point - c)) / (2 * step) for c in tf.unstack(changes)])
