"""Answers to `line_step` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf


def line_step(weight, bias, features, labels, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch([weight, bias])
        loss = tf.reduce_mean((weight * features + bias - labels) ** 2)
    w_grad, b_grad = tape.gradient(loss, [weight, bias])
    return weight - learning_rate * w_grad, bias - learning_rate * b_grad


def line_step__ok_variables(weight, bias, features, labels, learning_rate):
    weight, bias = tf.Variable(weight), tf.Variable(bias)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(weight * features + bias - labels))
    weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
    weight.assign_sub(learning_rate * weight_gradient)
    bias.assign_sub(learning_rate * bias_gradient)
    return weight, bias


def line_step__ok_optimizer(weight, bias, features, labels, learning_rate):
    parameters = [tf.Variable(weight), tf.Variable(bias)]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((parameters[0] * features + parameters[1] - labels) ** 2)
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    optimizer.apply_gradients(zip(tape.gradient(loss, parameters), parameters, strict=True))
    return tf.constant(parameters[0]), tf.constant(parameters[1])


def _gradients(weight, bias, features, labels, reduce=tf.reduce_mean):
    with tf.GradientTape() as tape:
        tape.watch([weight, bias])
        loss = reduce((weight * features + bias - labels) ** 2)
    return tape.gradient(loss, [weight, bias])


def line_step__uphill(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return weight + learning_rate * slopes[0], bias + learning_rate * slopes[1]


def line_step__no_rate(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return weight - slopes[0], bias - slopes[1]


def line_step__sum(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels, tf.reduce_sum)
    return weight - learning_rate * slopes[0], bias - learning_rate * slopes[1]


def line_step__only_the_step(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return learning_rate * slopes[0], learning_rate * slopes[1]


def line_step__only_the_step__minus(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return -learning_rate * slopes[0], -learning_rate * slopes[1]


def line_step__bias_forgotten(weight, bias, features, labels, learning_rate):
    return weight - learning_rate * _gradients(weight, bias, features, labels)[0], bias


def line_step__one_after_the_other(weight, bias, features, labels, learning_rate):
    weight = weight - learning_rate * _gradients(weight, bias, features, labels)[0]
    return weight, bias - learning_rate * _gradients(weight, bias, features, labels)[1]


def line_step__gradients(weight, bias, features, labels, learning_rate):
    return _gradients(weight, bias, features, labels)


def line_step__swapped(weight, bias, features, labels, learning_rate):
    weight, bias = line_step(weight, bias, features, labels, learning_rate)
    return bias, weight


def line_step__halved(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels, learning_rate / 2)


def line_step__not_squared(weight, bias, features, labels, learning_rate):
    w_grad, b_grad = tf.reduce_mean(features), 1.0
    return weight - learning_rate * w_grad, bias - learning_rate * b_grad


def line_step__unchanged(weight, bias, features, labels, learning_rate):
    return weight, bias


def line_step__another_rate(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels, 0.3)


def line_step__another_rate__tenth(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels, 0.1)


def line_step__exchanged(weight, bias, features, labels, learning_rate):
    of_weight, of_bias = _gradients(weight, bias, features, labels)
    return weight - learning_rate * of_bias, bias - learning_rate * of_weight


def line_step__one_gradient(weight, bias, features, labels, learning_rate):
    of_weight, _ = _gradients(weight, bias, features, labels)
    return weight - learning_rate * of_weight, bias - learning_rate * of_weight


def line_step__absolute(weight, bias, features, labels, learning_rate):
    signs = tf.sign(weight * features + bias - labels)
    return weight - learning_rate * tf.reduce_mean(signs * features), bias - learning_rate * tf.reduce_mean(signs)


def line_step__root(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels, lambda squares: tf.sqrt(tf.reduce_mean(squares)))
    return weight - learning_rate * slopes[0], bias - learning_rate * slopes[1]


def line_step__bias_subtracted(weight, bias, features, labels, learning_rate):
    slopes = 2 * (weight * features - bias - labels)
    return weight - learning_rate * tf.reduce_mean(slopes * features), bias + learning_rate * tf.reduce_mean(slopes)


def line_step__labels_added(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, -labels, learning_rate)


def line_step__without_features(weight, bias, features, labels, learning_rate):
    _, of_bias = _gradients(weight, bias, features, labels)
    return weight - learning_rate * of_bias, bias - learning_rate * of_bias


def line_step__broadcast(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels[:, 0], learning_rate)


def line_step__times_parameter(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return weight - learning_rate * slopes[0] * weight, bias - learning_rate * slopes[1] * bias


def line_step__square_of_mean(weight, bias, features, labels, learning_rate):
    slope = 2 * tf.reduce_mean(weight * features + bias - labels)
    return weight - learning_rate * slope * tf.reduce_mean(features), bias - learning_rate * slope
