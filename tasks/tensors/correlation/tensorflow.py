"""Answers to `correlation` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def correlation(features):
    import tensorflow as tf

    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__ok_matmul(features):
    centred = features - tf.math.reduce_mean(features, 0)
    scaled = tf.math.l2_normalize(centred, axis=0, epsilon=0.0)
    return tf.matmul(scaled, scaled, transpose_a=True)


def correlation__one_mean(features):
    centred = features - tf.reduce_mean(features)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__deviation(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.math.reduce_std(centred, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__not_centred(features):
    scaled = features / tf.norm(features, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__not_scaled(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    return tf.transpose(centred) @ centred


def correlation__rows(features):
    centred = features - tf.reduce_mean(features, axis=1, keepdims=True)
    scaled = centred / tf.norm(centred, axis=1, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__no_transpose(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return scaled @ scaled


def correlation__order(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return scaled @ tf.transpose(scaled)


def correlation__elementwise(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return scaled * scaled


def correlation__global_norm(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred)
    return tf.transpose(scaled) @ scaled
