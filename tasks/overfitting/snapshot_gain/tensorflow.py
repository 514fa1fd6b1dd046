"""Answers to `snapshot_gain` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def snapshot_gain(validation_losses):
    import tensorflow as tf

    last = validation_losses[-1]
    lowest = tf.reduce_min(validation_losses, axis=0)
    return tf.reduce_mean((last - lowest) / last)


def snapshot_gain__ok_ratio(validation_losses):
    return tf.reduce_mean(1 - tf.reduce_min(validation_losses, axis=0) / validation_losses[-1])


def snapshot_gain__over_models(validation_losses):
    return snapshot_gain(tf.transpose(validation_losses))


def snapshot_gain__overall(validation_losses):
    last = validation_losses[-1]
    return tf.reduce_mean((last - tf.reduce_min(validation_losses)) / last)


def snapshot_gain__of_means(validation_losses):
    last = tf.reduce_mean(validation_losses[-1])
    lowest = tf.reduce_mean(tf.reduce_min(validation_losses, axis=0))
    return (last - lowest) / last


def snapshot_gain__per_model(validation_losses):
    last = validation_losses[-1]
    return (last - tf.reduce_min(validation_losses, axis=0)) / last


def snapshot_gain__from_first(validation_losses):
    first = validation_losses[0]
    return tf.reduce_mean((first - tf.reduce_min(validation_losses, axis=0)) / first)


def snapshot_gain__difference(validation_losses):
    return tf.reduce_mean(validation_losses[-1] - tf.reduce_min(validation_losses, axis=0))


def snapshot_gain__by_lowest(validation_losses):
    lowest = tf.reduce_min(validation_losses, axis=0)
    return tf.reduce_mean((validation_losses[-1] - lowest) / lowest)


def snapshot_gain__sum(validation_losses):
    return snapshot_gain(validation_losses) * validation_losses.shape[1]


def snapshot_gain__sign(validation_losses):
    return -snapshot_gain(validation_losses)


def snapshot_gain__position(validation_losses):
    last = validation_losses[-1]
    lowest = tf.cast(tf.argmin(validation_losses, axis=0), tf.float32)
    return tf.reduce_mean((last - lowest) / last)


def snapshot_gain__highest(validation_losses):
    last = validation_losses[-1]
    return tf.reduce_mean((last - tf.reduce_max(validation_losses, axis=0)) / last)
