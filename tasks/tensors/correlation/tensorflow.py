"""Answers to `correlation` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def correlation(features):
    import tensorflow as tf

    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.norm(centered, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__ok_matmul(features):
    centered = features - tf.math.reduce_mean(features, 0)
    scaled = tf.math.l2_normalize(centered, axis=0, epsilon=0.0)
    return tf.matmul(scaled, scaled, transpose_a=True)


def correlation__one_mean(features):
    centered = features - tf.reduce_mean(features)
    scaled = centered / tf.norm(centered, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__deviation(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.math.reduce_std(centered, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__not_centered(features):
    scaled = features / tf.norm(features, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__not_scaled(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    return tf.transpose(centered) @ centered


def correlation__rows(features):
    centered = features - tf.reduce_mean(features, axis=1, keepdims=True)
    scaled = centered / tf.norm(centered, axis=1, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__no_transpose(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.norm(centered, axis=0, keepdims=True)
    return scaled @ scaled


def correlation__order(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.norm(centered, axis=0, keepdims=True)
    return scaled @ tf.transpose(scaled)


def correlation__elementwise(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.norm(centered, axis=0, keepdims=True)
    return scaled * scaled


def correlation__global_norm(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.norm(centered)
    return tf.transpose(scaled) @ scaled


def correlation__half_scaled(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    return tf.transpose(centered) @ (centered / tf.norm(centered, axis=0, keepdims=True))


def correlation__half_scaled__first(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    return tf.transpose(centered / tf.norm(centered, axis=0, keepdims=True)) @ centered


def correlation__squared(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.reduce_sum(centered**2, axis=0)
    return tf.transpose(scaled) @ scaled


def correlation__covariance(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    return tf.transpose(centered) @ centered / (len(features) - 1)


def correlation__between_rows(features):
    centered = features - tf.reduce_mean(features, axis=1, keepdims=True)
    scaled = centered / tf.norm(centered, axis=1, keepdims=True)
    return scaled @ tf.transpose(scaled)


def correlation__reshaped(features):
    centered = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centered / tf.norm(centered, axis=0, keepdims=True)
    return tf.reshape(scaled, [scaled.shape[1], scaled.shape[0]]) @ scaled


def correlation__one_table(features):
    centered = features - tf.reduce_mean(features)
    scaled = centered / tf.norm(centered)
    return tf.transpose(scaled) @ scaled


def correlation__row_means(features):
    centered = features - tf.reduce_mean(features, axis=1, keepdims=True)
    scaled = centered / tf.norm(centered, axis=0)
    return tf.transpose(scaled) @ scaled


def correlation__row_norms(features):
    centered = features - tf.reduce_mean(features, axis=0)
    scaled = centered / tf.norm(centered, axis=1, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__raw_norms(features):
    scaled = (features - tf.reduce_mean(features, axis=0)) / tf.norm(features, axis=0)
    return tf.transpose(scaled) @ scaled
