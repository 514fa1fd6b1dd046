"""Answers to `patient_3` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

from tasks.networks.common.tensorflow import _descend


def patient_3(features, labels, steps=60):
    weight, bias = tf.Variable(tf.zeros([2, 3])), tf.Variable(tf.zeros(3))
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            loss = tf.reduce_mean(cross_entropy(labels, logits))
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses


def patient_3__starter(features, labels, steps=60):
    weight, bias = tf.Variable(tf.zeros([2, 3])), tf.Variable(tf.zeros(3))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            probabilities = tf.nn.softmax(features @ weight + bias)
            each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, probabilities)
            loss = tf.reduce_mean(each)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses


def _three_classes(features, labels, steps, loss_function):
    parameters = [tf.Variable(tf.zeros([2, 3])), tf.Variable(tf.zeros(3))]
    return _descend(parameters, steps, 0.5, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def _cross_entropies(logits, labels):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)


def patient_3__ok_by_hand(features, labels, steps=60):
    def loss_function(z, y):
        return -tf.reduce_mean(tf.math.log(tf.gather(tf.nn.softmax(z), y, batch_dims=1)))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__ok_log(features, labels, steps=60):
    return _three_classes(
        features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.nn.log_softmax(z), y))
    )


def patient_3__still_twice(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.nn.softmax(z), y)))


def patient_3__sigmoid(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.sigmoid(z), y)))


def patient_3__no_log(features, labels, steps=60):
    return _three_classes(
        features, labels, steps, lambda z, y: -tf.reduce_mean(tf.gather(tf.nn.softmax(z), y, batch_dims=1))
    )


def patient_3__wrong_axis(features, labels, steps=60):
    def loss_function(z, y):
        return -tf.reduce_mean(tf.gather(tf.nn.log_softmax(z, axis=0), y, batch_dims=1))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__down_and_again(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(_cross_entropies(tf.nn.softmax(z, axis=0), y))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__stuck(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, z))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__sum(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_sum(_cross_entropies(z, y)))


def patient_3__binary(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(tf.one_hot(y, 3), z))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__binary__of_probabilities(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(keras.losses.binary_crossentropy(tf.one_hot(y, 3), tf.nn.softmax(z)))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__stuck__relu(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.nn.relu(z), y)))


def patient_3__squared_error(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean((tf.nn.softmax(z) - tf.one_hot(y, 3)) ** 2)

    return _three_classes(features, labels, steps, loss_function)
