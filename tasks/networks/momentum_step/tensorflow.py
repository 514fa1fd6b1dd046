"""Answers to `momentum_step` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def momentum_step__ok_add(parameter, velocity, gradient, learning_rate, decay):
    new_velocity = tf.add(gradient, tf.multiply(velocity, decay))
    return tf.subtract(parameter, learning_rate * new_velocity), new_velocity
