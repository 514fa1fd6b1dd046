"""Answers to `derivative` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def derivative(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = x**2 * tf.sin(x)
    return tape.gradient(values, x)


def derivative__ok_variable(x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(x * x * tf.sin(x))
    return tape.gradient(total, x)


def derivative__ok_formula(x):
    return 2 * x * tf.sin(x) + x**2 * tf.cos(x)


def derivative__value(x):
    return x**2 * tf.sin(x)


def derivative__unrecorded(x):
    with tf.GradientTape() as tape:
        values = x**2 * tf.sin(x)
    return tape.gradient(values, x)


def derivative__single(x):
    return tf.reduce_sum(derivative(x))


def derivative__product_rule(x):
    return 2 * x * tf.cos(x)


def derivative__one_term(x):
    return 2 * x * tf.sin(x)


def derivative__detached(x):
    return x**2 * tf.cos(x)


def derivative__mean(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = tf.reduce_mean(x**2 * tf.sin(x))
    return tape.gradient(value, x)
