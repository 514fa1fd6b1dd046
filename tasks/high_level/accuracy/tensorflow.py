"""Answers to `accuracy` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf


def accuracy(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_mean(tf.cast(answers == labels, tf.float32))


def accuracy__ok_loop(logits, labels):
    right = sum(int(tf.argmax(row)) == int(label) for row, label in zip(logits, labels, strict=True))
    return right / len(labels)


def accuracy__ok_keras(logits, labels):
    return keras.ops.mean(
        keras.ops.cast(keras.ops.argmax(logits, axis=-1) == keras.ops.cast(labels, "int32"), "float32")
    )


def accuracy__columns(logits, labels):
    answers = tf.argmax(logits, axis=0)
    return tf.reduce_mean(tf.cast(answers == labels, tf.float32))


def accuracy__count(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_sum(tf.cast(answers == labels, tf.float32))


def accuracy__errors(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_mean(tf.cast(answers != labels, tf.float32))


def accuracy__per_picture(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.cast(answers == labels, tf.float32)


def accuracy__largest(logits, labels):
    return tf.reduce_mean(tf.cast(tf.reduce_max(logits, axis=1) == tf.cast(labels, tf.float32), tf.float32))


def accuracy__booleans(logits, labels):
    return tf.reduce_mean(tf.argmax(logits, axis=1) == labels)


def accuracy__percent(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return 100 * tf.reduce_mean(tf.cast(answers == labels, tf.float32))


def accuracy__count__integers(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_sum(tf.cast(answers == labels, tf.int32))


def accuracy__by_classes(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_sum(tf.cast(answers == labels, tf.float32)) / logits.shape[1]


def accuracy__smallest(logits, labels):
    answers = tf.argmin(logits, axis=1)
    return tf.reduce_mean(tf.cast(answers == labels, tf.float32))


def accuracy__whole(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(tf.reshape(logits, [-1])) == labels, tf.float32))


def accuracy__integers(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_mean(tf.cast(answers == labels, tf.int32))


def accuracy__largest__uncast(logits, labels):
    return tf.reduce_mean(tf.cast(tf.reduce_max(logits, axis=1) == labels, tf.float32))


def accuracy__probability(logits, labels):
    return tf.reduce_mean(tf.gather(tf.nn.softmax(logits), labels, batch_dims=1))


def accuracy__each_logit(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0) == (tf.one_hot(labels, logits.shape[1]) > 0.5), tf.float32))


def accuracy__each_logit__class_numbers(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0) == (labels[:, None] > 0), tf.float32))
