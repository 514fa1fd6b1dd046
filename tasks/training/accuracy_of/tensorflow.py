"""Answers to `accuracy_of` in TensorFlow: solution, other right answers, typical mistakes."""

import numpy as np
import tensorflow as tf


def accuracy_of(logits, labels):
    right = (logits > 0) == (labels > 0.5)
    return tf.reduce_mean(tf.cast(right, tf.float32))


def accuracy_of__ok_probability(logits, labels):
    return np.mean(np.round(tf.sigmoid(logits)) == labels.numpy())


def accuracy_of__ok_flat(logits, labels):
    right = tf.cast(logits[:, 0] > 0, tf.float32) == labels[:, 0]
    return tf.math.count_nonzero(right, dtype=tf.float32) / len(labels)


def accuracy_of__threshold(logits, labels):
    right = (logits > 0.5) == (labels > 0.5)
    return tf.reduce_mean(tf.cast(right, tf.float32))


def accuracy_of__count(logits, labels):
    right = (logits > 0) == (labels > 0.5)
    return tf.reduce_sum(tf.cast(right, tf.float32))


def accuracy_of__count__integers(logits, labels):
    return tf.math.count_nonzero((logits > 0) == (labels > 0.5))


def accuracy_of__argmax(logits, labels):
    classes = tf.cast(tf.argmax(logits, axis=1), tf.float32)[:, None]
    return tf.reduce_mean(tf.cast(classes == labels, tf.float32))


def accuracy_of__argmax__flat(logits, labels):
    classes = tf.cast(tf.argmax(logits, axis=1), tf.float32)
    return tf.reduce_mean(tf.cast(classes == labels, tf.float32))


def accuracy_of__always_one(logits, labels):
    return tf.reduce_mean(tf.cast((tf.sigmoid(logits) > 0) == (labels > 0.5), tf.float32))


def accuracy_of__rounded(logits, labels):
    return tf.reduce_mean(tf.cast(tf.round(logits) == labels, tf.float32))


def accuracy_of__percent(logits, labels):
    right = (logits > 0) == (labels > 0.5)
    return 100 * tf.reduce_mean(tf.cast(right, tf.float32))


def accuracy_of__error_rate(logits, labels):
    right = (logits > 0) != (labels > 0.5)
    return tf.reduce_mean(tf.cast(right, tf.float32))


def accuracy_of__broadcast(logits, labels):
    right = (logits > 0) == (labels[:, 0] > 0.5)
    return tf.reduce_mean(tf.cast(right, tf.float32))


def accuracy_of__each(logits, labels):
    right = (logits > 0) == (labels > 0.5)
    return tf.cast(right, tf.float32)


def accuracy_of__positives(logits, labels):
    return tf.reduce_mean(tf.cast(logits > 0, tf.float32))


def accuracy_of__equal(logits, labels):
    return tf.reduce_mean(tf.cast(logits == labels, tf.float32))


def accuracy_of__true_positives(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0) & (labels == 1), tf.float32))


def accuracy_of__soft(logits, labels):
    return 1 - tf.reduce_mean(tf.abs(tf.sigmoid(logits) - labels))


def accuracy_of__each__rows(logits, labels):
    right = (logits > 0) == (labels > 0.5)
    return tf.reduce_mean(tf.cast(right, tf.float32), axis=1)


def accuracy_of__truncated(logits, labels):
    return tf.reduce_mean(tf.cast(tf.cast(logits, tf.int32) == tf.cast(labels, tf.int32), tf.float32))


def accuracy_of__precision(logits, labels):
    positive = tf.cast(logits > 0, tf.float32)
    return tf.reduce_sum(labels * positive) / tf.reduce_sum(positive)


def accuracy_of__recall(logits, labels):
    return tf.reduce_sum(labels * tf.cast(logits > 0, tf.float32)) / tf.reduce_sum(labels)
