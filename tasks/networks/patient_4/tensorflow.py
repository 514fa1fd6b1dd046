"""Answers to `patient_4` in TensorFlow: solution, other right answers, typical mistakes."""

import numpy as np
import tensorflow as tf


class _SmallDropoutNetwork(tf.Module):
    def __init__(self, seed):
        super().__init__()
        self.dropped = 0  # how often
        self.random = tf.random.Generator.from_seed(seed)
        generator = np.random.default_rng(seed)
        self.first = tf.Variable(generator.normal(size=(2, 16)), dtype=tf.float32)
        self.second = tf.Variable(generator.normal(size=(16, 3)), dtype=tf.float32)

    def __call__(self, features, training=True):
        hidden = tf.tanh(features @ self.first)
        if training:
            self.dropped += 1
            hidden = tf.where(self.random.uniform(tf.shape(hidden)) < 0.5, 2 * hidden, 0.0)
        return hidden @ self.second


def small_dropout_network(seed):
    """The network that patient_4 is tried with; what it drops repeats, and `dropped` counts how often it does."""
    return _SmallDropoutNetwork(seed)


def patient_4(model, features, labels):
    logits = model(features, training=False)
    right = tf.argmax(logits, axis=1) == labels
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__starter(model, features, labels):
    logits = model(features)
    right = tf.argmax(logits, axis=1) == labels
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__ok_numpy(model, features, labels):
    return np.mean(np.argmax(model(features, False), axis=1) == labels.numpy())


def patient_4__ok_tensor(model, features, labels):
    right = tf.argmax(model(features, training=False), axis=1) == labels
    return tf.math.count_nonzero(right, dtype=tf.float32) / len(labels)


def patient_4__still_dropping(model, features, labels):
    logits = tf.stop_gradient(model(features))
    right = tf.argmax(logits, axis=1) == labels
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__still_dropping__attribute(model, features, labels):
    model.training = False
    logits = model(features)
    right = tf.argmax(logits, axis=1) == labels
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__still_dropping__true(model, features, labels):
    logits = model(features, training=True)
    right = tf.argmax(logits, axis=1) == labels
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__averaged(model, features, labels):
    right = [tf.argmax(model(features), axis=1) == labels for _ in range(10)]
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__count(model, features, labels):
    logits = model(features, training=False)
    right = tf.argmax(logits, axis=1) == labels
    return float(tf.reduce_sum(tf.cast(right, tf.float32)))


def patient_4__error_rate(model, features, labels):
    logits = model(features, training=False)
    right = tf.argmax(logits, axis=1) != labels
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))
