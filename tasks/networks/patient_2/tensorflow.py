"""Answers to `patient_2` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf

from tasks.networks.common.tensorflow import _descend


def patient_2(features, labels, steps=60):
    weight, bias = tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total, weight_sum, bias_sum = 0.0, 0.0, 0.0
        for half in (slice(None, middle), slice(middle, None)):
            x, y = features[half], labels[half]
            with tf.GradientTape() as tape:
                z = x @ weight + bias
                each = tf.nn.sigmoid_cross_entropy_with_logits(y, z)
                loss = tf.reduce_mean(each) / 2
            weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
            weight_sum += weight_gradient
            bias_sum += bias_gradient
            total += float(loss)
        weight.assign_sub(0.5 * weight_sum)
        bias.assign_sub(0.5 * bias_sum)
        losses.append(total)
    return losses


def patient_2__starter(features, labels, steps=60):
    weight, bias = tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))
    middle, losses = len(features) // 2, []
    weight_sum, bias_sum = 0.0, 0.0
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            x, y = features[half], labels[half]
            with tf.GradientTape() as tape:
                z = x @ weight + bias
                each = tf.nn.sigmoid_cross_entropy_with_logits(y, z)
                loss = tf.reduce_mean(each) / 2
            weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
            weight_sum += weight_gradient
            bias_sum += bias_gradient
            total += float(loss)
        weight.assign_sub(0.5 * weight_sum)
        bias.assign_sub(0.5 * bias_sum)
        losses.append(total)
    return losses


def _keep(sums):
    return sums


def _clear(sums):
    return [0.0, 0.0]


def _halves(features, labels, steps, before_half=_keep, before_update=_keep, zero=False, share=2, new_step=_clear):
    parameters = [tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))]
    middle, losses = len(features) // 2, []
    sums = [0.0, 0.0]
    for _ in range(steps):
        total = 0.0
        sums = sums if zero else new_step(sums)
        for half in (slice(None, middle), slice(middle, None)):
            sums = before_half(sums)
            with tf.GradientTape() as tape:
                logits = features[half] @ parameters[0] + parameters[1]
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels[half], logits)) / share
            sums = [old + new for old, new in zip(sums, tape.gradient(loss, parameters), strict=True)]
            total += float(loss)
        sums = before_update(sums)
        for parameter, gradient in zip(parameters, sums, strict=True):
            parameter.assign_sub(tf.broadcast_to(0.5 * gradient, parameter.shape))
            if zero:
                parameter.assign(tf.zeros_like(parameter))
        losses.append(total)
    return losses


def patient_2__ok_all_at_once(features, labels, steps=60):
    parameters = [tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))]

    def loss_function():
        logits = features @ parameters[0] + parameters[1]
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    return _descend(parameters, steps, 0.5, loss_function)


def patient_2__ok_lists(features, labels, steps=60):
    return _halves(features, labels, steps)


def patient_2__inside(features, labels, steps=60):
    return _halves(features, labels, steps, before_half=_clear)


def patient_2__too_early(features, labels, steps=60):
    return _halves(features, labels, steps, before_update=_clear)


def patient_2__parameters(features, labels, steps=60):
    return _halves(features, labels, steps, zero=True)


def patient_2__not_halved(features, labels, steps=60):
    return _halves(features, labels, steps, share=1)


def patient_2__still_adds_up(features, labels, steps=60):
    return _halves(features, labels, steps, new_step=_keep)


def patient_2__one_cleared(features, labels, steps=60):
    return _halves(features, labels, steps, new_step=lambda sums: [0.0, sums[1]])


def patient_2__one_cleared__bias(features, labels, steps=60):
    return _halves(features, labels, steps, new_step=lambda sums: [sums[0], 0.0])


def patient_2__step_each_half(features, labels, steps=60):
    parameters = [tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))]
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            with tf.GradientTape() as tape:
                logits = features[half] @ parameters[0] + parameters[1]
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels[half], logits)) / 2
            for parameter, gradient in zip(parameters, tape.gradient(loss, parameters), strict=True):
                parameter.assign_sub(0.5 * gradient)
            total += float(loss)
        losses.append(total)
    return losses
