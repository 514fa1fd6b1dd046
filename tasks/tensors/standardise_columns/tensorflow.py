"""Answers to `standardise_columns` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def standardise_columns(features):
    mean = tf.reduce_mean(features, axis=0)
    deviation = tf.math.reduce_std(features, axis=0)
    return (features - mean) / deviation


def standardise_columns__ok_by_hand(features):
    centered = features - tf.reduce_mean(features, 0, keepdims=True)
    return centered / tf.sqrt(tf.reduce_mean(centered**2, 0, keepdims=True))


def standardise_columns__ok_float64(features):
    features = tf.cast(features, tf.float64)
    mean, variance = tf.nn.moments(features, axes=[0])
    return (features - mean) / tf.sqrt(variance)


def standardise_columns__rows(features):
    mean = tf.reduce_mean(features, axis=1, keepdims=True)
    return (features - mean) / tf.math.reduce_std(features, axis=1, keepdims=True)


def standardise_columns__all(features):
    return (features - tf.reduce_mean(features)) / tf.math.reduce_std(features)


def standardise_columns__mean_only(features):
    return features - tf.reduce_mean(features, axis=0)


def standardise_columns__scale_only(features):
    return features / tf.math.reduce_std(features, axis=0)


def standardise_columns__variance(features):
    return (features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_variance(features, axis=0)


def standardise_columns__bessel(features):
    centered = features - tf.reduce_mean(features, axis=0)
    return centered / tf.sqrt(tf.reduce_sum(centered**2, axis=0) / (len(features) - 1))


def standardise_columns__min_max(features):
    low, high = tf.reduce_min(features, axis=0), tf.reduce_max(features, axis=0)
    return (features - low) / (high - low)


def standardise_columns__norm(features):
    centered = features - tf.reduce_mean(features, axis=0)
    return centered / tf.norm(centered, axis=0)


def standardise_columns__one_deviation(features):
    return (features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_std(features)


def standardise_columns__no_axis(features):
    return (features - tf.reduce_mean(features, axis=1)) / tf.math.reduce_std(features, axis=1)


def standardise_columns__absolute(features):
    centered = features - tf.reduce_mean(features, axis=0)
    return centered / tf.reduce_mean(tf.abs(centered), axis=0)


def standardise_columns__precedence(features):
    return features - tf.reduce_mean(features, axis=0) / tf.math.reduce_std(features, axis=0)


def standardise_columns__twice_root(features):
    return (features - tf.reduce_mean(features, axis=0)) / tf.sqrt(tf.math.reduce_std(features, axis=0))


def standardise_columns__one_deviation__mean(features):
    deviation = tf.reduce_mean(tf.math.reduce_std(features, axis=0))
    return (features - tf.reduce_mean(features, axis=0)) / deviation


def standardise_columns__one_deviation__centered(features):
    centered = features - tf.reduce_mean(features, axis=0)
    return centered / tf.sqrt(tf.reduce_mean(centered**2))


def standardise_columns__row_deviations(features):
    centered = features - tf.reduce_mean(features, axis=0)
    return centered / tf.math.reduce_std(centered, axis=1, keepdims=True)


def standardise_columns__row_deviations__as_measured(features):
    centered = features - tf.reduce_mean(features, axis=0)
    return centered / tf.math.reduce_std(features, axis=1, keepdims=True)


def standardise_columns__divided_first(features):
    return features / tf.math.reduce_std(features, axis=0) - tf.reduce_mean(features, axis=0)


def standardise_columns__raw_spread(features):
    return (features - tf.reduce_mean(features, axis=0)) / tf.sqrt(tf.reduce_mean(features**2, axis=0))
