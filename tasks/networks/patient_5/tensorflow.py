"""Answers to `patient_5` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf

from tasks.networks.common.tensorflow import _descend


def patient_5(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    features = (features - mean) / scale
    new_features = (new_features - mean) / scale
    weight, bias = tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses, new_features @ weight + bias


def patient_5__starter(features, labels, new_features, steps=40):
    weight, bias = tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
            loss = tf.reduce_mean(each)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses, new_features @ weight + bias


def _two_classes(features, labels, new_features, steps):
    parameters = [tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))]

    def loss_function():
        logits = features @ parameters[0] + parameters[1]
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    losses = _descend(parameters, steps, 0.5, loss_function)
    return losses, new_features @ parameters[0] + parameters[1]


def patient_5__ok_unbiased(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.sqrt(tf.reduce_sum((features - mean) ** 2, axis=0) / (len(features) - 1))
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__ok_moments(features, labels, new_features, steps=40):
    mean, variance = tf.nn.moments(features, axes=[0])
    scale = tf.sqrt(variance)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__own_numbers(features, labels, new_features, steps=40):
    scaled, new = ((x - tf.reduce_mean(x, axis=0)) / tf.math.reduce_std(x, axis=0) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__from_new(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(new_features, axis=0)
    scale = tf.math.reduce_std(new_features, axis=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__together(features, labels, new_features, steps=40):
    both = tf.concat([features, new_features], axis=0)
    mean, scale = tf.reduce_mean(both, axis=0), tf.math.reduce_std(both, axis=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__new_forgotten(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    return _two_classes((features - mean) / scale, labels, new_features, steps)


def patient_5__new_forgotten__overwritten(features, labels, new_features, steps=40):
    features = (features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_std(features, axis=0)
    new_features = (new_features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_std(features, axis=0)
    return _two_classes(features, labels, new_features, steps)


def patient_5__probabilities(features, labels, new_features, steps=40):
    losses, logits = patient_5(features, labels, new_features, steps)
    return losses, tf.sigmoid(logits)


def patient_5__precedence(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_std(features, axis=0)
    return _two_classes(features - mean / scale, labels, new_features - mean / scale, steps)


def patient_5__rows(features, labels, new_features, steps=40):
    def scaled(x):
        return (x - tf.reduce_mean(x, axis=1, keepdims=True)) / tf.math.reduce_std(x, axis=1, keepdims=True)

    return _two_classes(scaled(features), labels, scaled(new_features), steps)


def patient_5__only_centred(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    return _two_classes(features - mean, labels, new_features - mean, steps)


def patient_5__only_divided(features, labels, new_features, steps=40):
    scale = tf.math.reduce_std(features, axis=0)
    return _two_classes(features / scale, labels, new_features / scale, steps)


def patient_5__variance(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.math.reduce_variance(features, axis=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__whole_table(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features), tf.math.reduce_std(features)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__min_max(features, labels, new_features, steps=40):
    low, high = tf.reduce_min(features, axis=0), tf.reduce_max(features, axis=0)
    return _two_classes((features - low) / (high - low), labels, (new_features - low) / (high - low), steps)


def patient_5__in_each_step(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features, axis=0), tf.math.reduce_std(features, axis=0)
    parameters = [tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))]
    scaled = features

    def loss_function():
        nonlocal scaled
        scaled = (scaled - mean) / scale
        logits = scaled @ parameters[0] + parameters[1]
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    losses = _descend(parameters, steps, 0.5, loss_function)
    return losses, (new_features - mean) / scale @ parameters[0] + parameters[1]
