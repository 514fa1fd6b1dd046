"""Answers to `cross_entropy_of` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf

CROSS_ENTROPIES = (tf.nn, ("sparse_softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits"))


def cross_entropy_of(logits, labels):
    right = tf.gather(logits, labels, batch_dims=1)
    log_sum = tf.reduce_logsumexp(logits, axis=1)
    return tf.reduce_mean(log_sum - right)


def cross_entropy_of__ok_log_softmax(logits, labels):
    one_hot = tf.one_hot(labels, logits.shape[1])
    return -tf.reduce_mean(tf.reduce_sum(one_hot * tf.nn.log_softmax(logits), axis=1))


def cross_entropy_of__ok_maximum(logits, labels):
    logits = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    sums = tf.reduce_sum(tf.exp(logits), axis=1)
    return tf.reduce_mean(tf.math.log(sums) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__overflow(logits, labels):
    right = tf.gather(logits, labels, batch_dims=1)
    log_sum = tf.math.log(tf.reduce_sum(tf.exp(logits), axis=1))
    return tf.reduce_mean(log_sum - right)


def cross_entropy_of__sum(logits, labels):
    right = tf.gather(logits, labels, batch_dims=1)
    log_sum = tf.reduce_logsumexp(logits, axis=1)
    return tf.reduce_sum(log_sum - right)


def cross_entropy_of__no_log(logits, labels):
    right = tf.gather(tf.nn.softmax(logits), labels, batch_dims=1)
    return -tf.reduce_mean(right)


def cross_entropy_of__sign(logits, labels):
    return -cross_entropy_of(logits, labels)


def cross_entropy_of__all_entries(logits, labels):
    one_hot = tf.one_hot(labels, logits.shape[1])
    return -tf.reduce_mean(one_hot * tf.nn.log_softmax(logits))


def cross_entropy_of__twice(logits, labels):
    return cross_entropy_of(tf.nn.softmax(logits), labels)


def cross_entropy_of__library(logits, labels):
    each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)
    return tf.reduce_mean(each)


def cross_entropy_of__library__keras(logits, labels):
    return tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))


def cross_entropy_of__by_probability(logits, labels):
    right = tf.gather(tf.nn.softmax(logits), labels, batch_dims=1)
    return -tf.reduce_mean(tf.math.log(right))


def cross_entropy_of__all_pairs(logits, labels):
    right = tf.gather(logits, labels, axis=1)
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=1) - right)


def cross_entropy_of__largest(logits, labels):
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=1) - tf.reduce_max(logits, axis=1))


def cross_entropy_of__half_shifted(logits, labels):
    sums = tf.reduce_sum(tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True)), axis=1)
    return tf.reduce_mean(tf.math.log(sums) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__one_maximum(logits, labels):
    logits = logits - tf.reduce_max(logits)
    sums = tf.reduce_sum(tf.exp(logits), axis=1)
    return tf.reduce_mean(tf.math.log(sums) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__whole_table(logits, labels):
    return tf.reduce_mean(tf.reduce_logsumexp(logits) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__axis(logits, labels):
    return -tf.reduce_mean(tf.gather(tf.nn.log_softmax(logits, axis=0), labels, batch_dims=1))


def cross_entropy_of__epsilon(logits, labels):
    right = tf.gather(tf.nn.softmax(logits), labels, batch_dims=1)
    return -tf.reduce_mean(tf.math.log(right + 1e-9))


def cross_entropy_of__epsilon__clipped(logits, labels):
    probabilities = tf.clip_by_value(tf.nn.softmax(logits), 1e-7, 1.0)
    return -tf.reduce_mean(tf.math.log(tf.gather(probabilities, labels, batch_dims=1)))


def cross_entropy_of__in_each_entry(logits, labels):
    sums = tf.reduce_logsumexp(logits, axis=1, keepdims=True)
    return tf.reduce_mean(sums - logits * tf.one_hot(labels, logits.shape[1]))
