"""Answers to `train_two_classes` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf


def train_two_classes(features, labels):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    weight, bias = tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))
    for _ in range(100):
        with tf.GradientTape() as tape:
            logits = (features - mean) / scale @ weight + bias
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(weight_gradient)
        bias.assign_sub(bias_gradient)

    def classify(new_features):
        logits = (new_features - mean) / scale @ weight + bias
        return tf.cast(logits > 0, tf.float32)

    return classify


def _trained(features, labels, steps=100):
    """A function that returns logits of scaled features."""
    weight, bias = tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))
    optimizer = keras.optimizers.SGD(learning_rate=1.0)
    optimizer.build([weight, bias])

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, features @ weight + bias))
        optimizer.apply_gradients(zip(tape.gradient(loss, [weight, bias]), [weight, bias], strict=True))

    for _ in range(steps):
        step()
    return lambda scaled: scaled @ weight + bias


def _scaled(x):
    return (x - tf.reduce_mean(x, axis=0)) / tf.math.reduce_std(x, axis=0)


def _logits(features, labels):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    model = _trained((features - mean) / scale, labels)
    return lambda new: model((new - mean) / scale)


def train_two_classes__ok_library(features, labels):
    logits = _logits(features, labels)
    return lambda new: tf.round(tf.sigmoid(logits(new)))


def train_two_classes__no_function(features, labels):
    return tf.cast(_logits(features, labels)(features) > 0, tf.float32)


def train_two_classes__no_function__no_return(features, labels):
    _logits(features, labels)


def train_two_classes__flat(features, labels):
    logits = _logits(features, labels)
    return lambda new: tf.cast(logits(new)[:, 0] > 0, tf.float32)


def train_two_classes__logits(features, labels):
    return _logits(features, labels)


def train_two_classes__probabilities(features, labels):
    logits = _logits(features, labels)
    return lambda new: tf.sigmoid(logits(new))


def train_two_classes__own_numbers(features, labels):
    model = _trained(_scaled(features), labels)
    return lambda new: tf.cast(model(_scaled(new)) > 0, tf.float32)


def train_two_classes__one_class(features, labels):
    logits = _logits(features, labels)
    return lambda new: tf.argmax(logits(new), axis=1)[:, None]


def train_two_classes__new_not_scaled(features, labels):
    model = _trained(_scaled(features), labels)
    return lambda new: tf.cast(model(new) > 0, tf.float32)


def train_two_classes__swapped(features, labels):
    logits = _logits(features, labels)
    return lambda new: tf.cast(logits(new) < 0, tf.float32)


def train_two_classes__too_low(features, labels):
    return lambda new: tf.cast(new[:, 1:] > 0.8, tf.float32)


def train_two_classes__too_low__no_bias(features, labels):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    weight = tf.Variable(tf.zeros([2, 1]))
    for _ in range(100):
        with tf.GradientTape() as tape:
            logits = (features - mean) / scale @ weight
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        weight.assign_sub(tape.gradient(loss, weight))
    return lambda new: tf.cast((new - mean) / scale @ weight > 0, tf.float32)


def train_two_classes__new_not_centered(features, labels):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    model = _trained((features - mean) / scale, labels)
    return lambda new: tf.cast(model(new / scale) > 0, tf.float32)


def train_two_classes__new_not_divided(features, labels):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    model = _trained((features - mean) / scale, labels)
    return lambda new: tf.cast(model(new - mean) > 0, tf.float32)
