"""Answers to `fit_line` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf


def fit_line(features, labels, learning_rate, steps):
    import tensorflow as tf

    weight = tf.Variable(tf.zeros([1, 1]))
    bias = tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(learning_rate * weight_gradient)
        bias.assign_sub(learning_rate * bias_gradient)
    return weight, bias


def fit_line__ok_optimizer(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, [weight, bias]), [weight, bias], strict=True))
    return tf.constant(weight), tf.constant(bias)


def _fit(features, labels, learning_rate, steps, reduce=tf.reduce_mean, start=0.0, rates=(1, 1)):
    weight, bias = tf.Variable(tf.fill([1, 1], start)), tf.Variable(tf.fill([1], start))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = reduce((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(rates[0] * learning_rate * weight_gradient)
        bias.assign_sub(rates[1] * learning_rate * bias_gradient)
    return weight, bias


def fit_line__uphill(features, labels, learning_rate, steps):
    return _fit(features, labels, -learning_rate, steps)


def fit_line__uphill__assign(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign(learning_rate * weight_gradient)
        bias.assign(learning_rate * bias_gradient)
    return weight, bias


def fit_line__one_step_only(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 1)


def fit_line__sum(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, reduce=tf.reduce_sum)


def fit_line__bias_forgotten(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, rates=(1, 0))


def fit_line__weight_forgotten(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, rates=(0, 1))


def fit_line__untrained(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 0)


def fit_line__untrained__one_less(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps - 1)


def fit_line__one_step_more(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps + 1)


def fit_line__started_at_one(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, start=1.0)


def fit_line__rebound(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias


def fit_line__not_watched(features, labels, learning_rate, steps):
    weight, bias = tf.zeros([1, 1]), tf.zeros(1)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias


def fit_line__not_watched__outside(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = features @ weight + bias
        loss = tf.reduce_mean((predictions - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(learning_rate * weight_gradient)
        bias.assign_sub(learning_rate * bias_gradient)
    return weight, bias


def fit_line__fixed_steps(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 60)


def fit_line__fixed_steps__hundred(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 100)


def fit_line__no_table(features, labels, learning_rate, steps):
    weight = tf.Variable(tf.zeros(1, 1))
    return tf.reduce_mean((features @ weight - labels) ** 2)


def fit_line__adam(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    optimizer = keras.optimizers.Adam(learning_rate=learning_rate)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, [weight, bias]), [weight, bias], strict=True))
    return weight, bias


def fit_line__losses(features, labels, learning_rate, steps):
    path = [_fit(features, labels, learning_rate, taken) for taken in range(steps)]
    return [float(tf.reduce_mean((features @ weight + bias - labels) ** 2)) for weight, bias in path]
