"""Answers to `patient_1` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

from tasks.networks.common.tensorflow import _descend


def patient_1(features, labels, steps=40):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = features @ weight + bias
            loss = tf.reduce_mean((predictions - labels[:, None]) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.3 * weight_gradient)
        bias.assign_sub(0.3 * bias_gradient)
        losses.append(float(loss))
    return losses


def patient_1__starter(features, labels, steps=40):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = features @ weight + bias
            loss = tf.reduce_mean((predictions - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.3 * weight_gradient)
        bias.assign_sub(0.3 * bias_gradient)
        losses.append(float(loss))
    return losses


def _line(features, labels, steps, loss_function):
    parameters = [tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))]
    return _descend(parameters, steps, 0.3, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def patient_1__ok_flat(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p[:, 0] - y) ** 2))


def patient_1__ok_library(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: keras.losses.MeanSquaredError()(tf.reshape(y, [-1, 1]), p))


def patient_1__still_broadcasts(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p - tf.reshape(y, [1, -1])) ** 2))


def patient_1__sum(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_sum((p - y[:, None]) ** 2))


def patient_1__mean_prediction(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((tf.reduce_mean(p) - y) ** 2))


def patient_1__first_label(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p - y[0]) ** 2))


def patient_1__absolute(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean(tf.abs(p - y[:, None])))


def patient_1__half(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p - y[:, None]) ** 2) / 2)


def patient_1__one_step(features, labels, steps=40):
    return patient_1(features, labels, 1)


def patient_1__plus(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p + y[:, None]) ** 2))


def patient_1__squared_mean(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean(p - y[:, None]) ** 2)
