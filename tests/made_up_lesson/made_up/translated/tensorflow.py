"""Answers to the made-up task `translated`."""

import tensorflow as tf


def translated(numbers):
    return tf.multiply(numbers, 2)


def translated__square(numbers):
    return tf.square(numbers)
