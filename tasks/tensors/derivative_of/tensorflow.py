"""Answers to `derivative_of` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def derivative_of(function, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = function(x)
    return tape.gradient(values, x)


def derivative_of__ok_variable(function, x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(function(x))
    return tape.gradient(total, x)


def derivative_of__ok_forward(function, x):
    with tf.autodiff.ForwardAccumulator(x, tf.ones_like(x)) as accumulator:
        values = function(x)
    return accumulator.jvp(values)


def derivative_of__unrecorded(function, x):
    with tf.GradientTape() as tape:
        values = function(x)
    return tape.gradient(values, x)


def derivative_of__single(function, x):
    return tf.reduce_sum(derivative_of(function, x))


def derivative_of__mean(function, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = tf.reduce_mean(function(x))
    return tape.gradient(value, x)


def derivative_of__numeric(function, x):
    x = tf.cast(x, tf.float64)
    return (function(x + 1e-5) - function(x - 1e-5)) / 2e-5


def derivative_of__of_the_sine(function, x):
    return tf.cos(x)


def derivative_of__second(function, x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        first = derivative_of(function, x)
    return outer.gradient(first, x)
