"""Answers to `ridge_weights` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def ridge_weights(features, labels, strength):
    transposed = tf.transpose(features)
    system = transposed @ features + strength * tf.eye(features.shape[1])
    return tf.linalg.solve(system, transposed @ labels[:, None])[:, 0]


def ridge_weights__ok_inverse(features, labels, strength):
    system = features @ tf.transpose(features) + strength * tf.eye(len(features))
    return tf.linalg.matvec(tf.transpose(features) @ tf.linalg.inv(system), labels)


def ridge_weights__ok_regularizer(features, labels, strength):
    return tf.squeeze(tf.linalg.lstsq(features, labels[:, None], l2_regularizer=strength))


def ridge_weights__no_penalty(features, labels, strength):
    return tf.linalg.matvec(tf.linalg.pinv(features), labels)


def ridge_weights__subtracted(features, labels, strength):
    return ridge_weights(features, labels, -strength)


def ridge_weights__everywhere(features, labels, strength):
    transposed = tf.transpose(features)
    system = transposed @ features + strength
    return tf.linalg.solve(system, transposed @ labels[:, None])[:, 0]


def ridge_weights__times_samples(features, labels, strength):
    return ridge_weights(features, labels, strength * len(features))


def ridge_weights__squared(features, labels, strength):
    return ridge_weights(features, labels, strength**2)


def ridge_weights__free_first(features, labels, strength):
    penalty = strength * tf.linalg.diag([0.0] + [1.0] * (features.shape[1] - 1))
    transposed = tf.transpose(features)
    system = transposed @ features + penalty
    return tf.linalg.solve(system, transposed @ labels[:, None])[:, 0]


def ridge_weights__doubled(features, labels, strength):
    return ridge_weights(features, labels, 2 * strength)


def ridge_weights__halved(features, labels, strength):
    return ridge_weights(features, labels, strength / 2)


def ridge_weights__multiplied(features, labels, strength):
    transposed = tf.transpose(features)
    system = transposed @ features + strength * tf.eye(features.shape[1])
    return (system @ (transposed @ labels[:, None]))[:, 0]


def ridge_weights__constant(features, labels, strength):
    return ridge_weights(features, labels, 0.1)


def ridge_weights__column(features, labels, strength):
    return ridge_weights(features, labels, strength)[:, None]


def ridge_weights__predictions(features, labels, strength):
    return tf.linalg.matvec(features, ridge_weights(features, labels, strength))


def ridge_weights__value(features, labels, strength):
    weights = ridge_weights(features, labels, strength)
    return tf.reduce_sum((tf.linalg.matvec(features, weights) - labels) ** 2) + strength * tf.reduce_sum(weights**2)
