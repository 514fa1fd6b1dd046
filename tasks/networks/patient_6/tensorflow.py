"""Answers to `patient_6` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

from tasks.networks.common.tensorflow import _descend


def patient_6(features, labels, steps=5):
    weight = tf.Variable(tf.zeros([1, 1]))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        weight.assign_sub(0.1 * tape.gradient(loss, weight))
        losses.append(float(loss))
    return losses


def patient_6__starter(features, labels, steps=5):
    weight = tf.Variable(tf.zeros([1, 1]))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            p = tf.sigmoid(features @ weight)
            log_p, log_q = tf.math.log(p), tf.math.log(1 - p)
            each = labels * log_p + (1 - labels) * log_q
            loss = -tf.reduce_mean(each)
        weight.assign_sub(0.1 * tape.gradient(loss, weight))
        losses.append(float(loss))
    return losses


def _fit(features, labels, steps, loss_function, rate=0.1):
    weight = tf.Variable(tf.zeros([1, 1]))
    return _descend([weight], steps, rate, lambda: loss_function(features @ weight, labels))


def patient_6__ok_softplus(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: tf.reduce_mean(tf.nn.softplus(z) - y * z))


def patient_6__ok_log_sigmoid(features, labels, steps=5):
    def loss(z, y):
        return -tf.reduce_mean(y * tf.math.log_sigmoid(z) + (1 - y) * tf.math.log_sigmoid(-z))

    return _fit(features, labels, steps, loss)


def patient_6__ok_keras(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: keras.losses.BinaryCrossentropy(from_logits=True)(y, z))


def patient_6__still_nan(features, labels, steps=5):
    def loss(z, y):
        p = tf.sigmoid(z)
        return -tf.reduce_mean(tf.where(y > 0.5, tf.math.log(p), tf.math.log(1 - p)))

    return _fit(features, labels, steps, loss)


def patient_6__still_nan__naive(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: tf.reduce_mean(tf.math.log(1 + tf.exp(z)) - y * z))


def patient_6__clipped(features, labels, steps=5):
    def loss(z, y):
        p = tf.clip_by_value(tf.sigmoid(z), 1e-6, 1 - 1e-6)
        return -tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p))

    return _fit(features, labels, steps, loss)


def patient_6__clipped__added(features, labels, steps=5):
    def loss(z, y):
        p = tf.sigmoid(z)
        return -tf.reduce_mean(y * tf.math.log(p + 1e-7) + (1 - y) * tf.math.log(1 - p + 1e-7))

    return _fit(features, labels, steps, loss)


def _entropy(z, y):
    return tf.nn.sigmoid_cross_entropy_with_logits(y, z)


def patient_6__sum(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: tf.reduce_sum(_entropy(z, y)))


def patient_6__sign(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: -tf.reduce_mean(_entropy(z, y)))


def patient_6__twice(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: tf.reduce_mean(_entropy(tf.sigmoid(z), y)))


def patient_6__first_only(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: tf.reduce_mean(_entropy(z, y)), rate=0.0)


def patient_6__label_0(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: -tf.reduce_mean(tf.math.log_sigmoid(z)))


def patient_6__label_0__difference(features, labels, steps=5):
    def loss(z, y):
        log_p = tf.math.log_sigmoid(z)
        return -tf.reduce_mean(y * log_p + (1 - y) * (1 - log_p))

    return _fit(features, labels, steps, loss)
