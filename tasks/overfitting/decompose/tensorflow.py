"""Answers to `decompose` in TensorFlow: solution, other right answers, typical mistakes."""

import numpy as np
import tensorflow as tf


def decompose(predictions, truth):
    bias = tf.reduce_mean(predictions, axis=0) - truth
    variance = tf.math.reduce_variance(predictions, axis=0)
    return tf.reduce_mean(bias**2), tf.reduce_mean(variance)


def decompose__ok_by_hand(predictions, truth):
    mean = tf.reduce_sum(predictions, axis=0) / len(predictions)
    return tf.reduce_mean((mean - truth) ** 2), tf.reduce_mean((predictions - mean) ** 2)


def decompose__ok_moments(predictions, truth):
    mean, variance = tf.nn.moments(predictions, axes=[0])
    return tf.reduce_mean((mean - truth) ** 2).numpy(), tf.reduce_mean(variance).numpy()


def decompose__axis(predictions, truth):
    bias = tf.reduce_mean(predictions, axis=1, keepdims=True) - truth
    return tf.reduce_mean(bias**2), tf.reduce_mean(tf.math.reduce_variance(predictions, axis=1))


def decompose__no_square(predictions, truth):
    return tf.reduce_mean(tf.reduce_mean(predictions, axis=0) - truth), decompose(predictions, truth)[1]


def decompose__square_of_mean(predictions, truth):
    return tf.reduce_mean(tf.reduce_mean(predictions, axis=0) - truth) ** 2, decompose(predictions, truth)[1]


def decompose__error(predictions, truth):
    return tf.reduce_mean((predictions - truth) ** 2), decompose(predictions, truth)[1]


def decompose__deviation(predictions, truth):
    return decompose(predictions, truth)[0], tf.reduce_mean(tf.math.reduce_std(predictions, axis=0))


def decompose__one_less(predictions, truth):
    sets = len(predictions)
    return decompose(predictions, truth)[0], decompose(predictions, truth)[1] * sets / (sets - 1)


def decompose__swapped(predictions, truth):
    return decompose(predictions, truth)[::-1]


def decompose__ok_squares(predictions, truth):
    mean = tf.reduce_mean(predictions, axis=0)
    return [tf.reduce_mean((mean - truth) ** 2), tf.reduce_mean(predictions**2) - tf.reduce_mean(mean**2)]


def decompose__axis__plain(predictions, truth):
    return decompose(tf.transpose(predictions), truth)


def decompose__variance_axis(predictions, truth):
    return decompose(predictions, truth)[0], tf.reduce_mean(tf.math.reduce_variance(predictions, axis=1))


def decompose__around_truth(predictions, truth):
    return decompose(predictions, truth)[0], tf.reduce_mean((predictions - truth) ** 2)


def decompose__all_together(predictions, truth):
    return decompose(predictions, truth)[0], tf.math.reduce_variance(predictions)


def decompose__of_the_mean(predictions, truth):
    return decompose(predictions, truth)[0], tf.math.reduce_variance(tf.reduce_mean(predictions, axis=0))


def decompose__one_mean(predictions, truth):
    bias = tf.reduce_mean(predictions) - truth
    return tf.reduce_mean(bias**2), decompose(predictions, truth)[1]


def decompose__absolute(predictions, truth):
    return tf.reduce_mean(tf.abs(tf.reduce_mean(predictions, axis=0) - truth)), decompose(predictions, truth)[1]


def decompose__deviation__one_less(predictions, truth):
    return decompose(predictions, truth)[0], np.std(predictions, axis=0, ddof=1).mean()


def decompose__per_point(predictions, truth):
    return (tf.reduce_mean(predictions, axis=0) - truth) ** 2, tf.math.reduce_variance(predictions, axis=0)


def decompose__sum(predictions, truth):
    return tuple(part * len(truth) for part in decompose(predictions, truth))
