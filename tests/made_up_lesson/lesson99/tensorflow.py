"""Solutions and mistakes of the made-up lesson, in TensorFlow."""

import tensorflow as tf


def translated(numbers):
    return tf.multiply(numbers, 2)


def translated__square(numbers):
    return tf.square(numbers)
