"""Answers to `round_through` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def round_through(values):
    @tf.custom_gradient
    def rounded(values):
        def backward(upstream):
            return upstream

        return tf.round(values), backward

    return rounded(values)


def round_through__ok_stop_gradient(values):
    return values + tf.stop_gradient(tf.round(values) - values)


def round_through__automatic(values):
    return tf.round(values)


@tf.custom_gradient
def round_through__no_upstream(values):
    return tf.round(values), lambda upstream: tf.ones_like(upstream)


@tf.custom_gradient
def round_through__rounded_upstream(values):
    return tf.round(values), lambda upstream: tf.round(upstream)


def round_through__masked(values):
    partly = tf.where(values > 0, values, 0 * values)
    return partly + tf.stop_gradient(tf.round(values) - partly)


@tf.custom_gradient
def round_through__times_values(values):
    return tf.round(values), lambda upstream: upstream * values


def round_through__floor(values):
    return values + tf.stop_gradient(tf.floor(values) - values)


@tf.custom_gradient
def round_through__automatic__no_return(values):
    return tf.round(values), lambda upstream: None


@tf.custom_gradient
def round_through__one_thing(values):
    return tf.round(values)


@tf.custom_gradient
def round_through__one_thing__no_return(values):
    tf.round(values)


@tf.custom_gradient
def round_through__one_thing__called(values):
    def backward(upstream):
        return upstream

    return tf.round(values), backward(values)


def round_through__truncated(values):
    return values + tf.stop_gradient(tf.cast(tf.cast(values, tf.int32), values.dtype) - values)


@tf.custom_gradient
def round_through__negative(values):
    return tf.round(values), lambda upstream: -upstream


def round_through__no_decorator(values):
    return tf.round(values), lambda upstream: upstream


@tf.custom_gradient
def round_through__blocked(values):
    return tf.round(values), lambda upstream: tf.zeros_like(upstream)


@tf.custom_gradient
def round_through__one_number(values):
    return tf.round(values), lambda upstream: 1.0


def round_through__ceiling(values):
    return values + tf.stop_gradient(tf.math.ceil(values) - values)
