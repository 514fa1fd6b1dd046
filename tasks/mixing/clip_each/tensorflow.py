"""Answers to `clip_each` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def clip_each(gradients, limit):
    clipped = []
    for gradient in gradients:
        norm = tf.sqrt(tf.reduce_sum(gradient**2))
        clipped.append(gradient * tf.minimum(limit / norm, 1.0))
    return clipped


def clip_each__ok_library(gradients, limit):
    return [tf.clip_by_norm(gradient, limit) for gradient in gradients]


def clip_each__joint(gradients, limit):
    norm = tf.sqrt(sum(tf.reduce_sum(gradient**2) for gradient in gradients))
    return [gradient * tf.minimum(limit / norm, 1.0) for gradient in gradients]


def clip_each__entries(gradients, limit):
    return [tf.clip_by_value(gradient, -limit, limit) for gradient in gradients]


def clip_each__always(gradients, limit):
    return [gradient * limit / tf.norm(gradient) for gradient in gradients]


def clip_each__unit(gradients, limit):
    return [gradient / tf.norm(gradient) if tf.norm(gradient) > limit else gradient for gradient in gradients]


def clip_each__sum_of_sizes(gradients, limit):
    return [gradient * tf.minimum(limit / tf.reduce_sum(tf.abs(gradient)), 1.0) for gradient in gradients]


def clip_each__squared(gradients, limit):
    return [gradient * tf.minimum(limit / tf.reduce_sum(gradient**2), 1.0) for gradient in gradients]


def clip_each__zero(gradients, limit):
    return [gradient / tf.norm(gradient) * tf.minimum(tf.norm(gradient), limit) for gradient in gradients]


def clip_each__first_only(gradients, limit):
    for gradient in gradients:
        return gradient * tf.minimum(limit / tf.norm(gradient), 1.0)


def _scaled(gradient, limit):
    return gradient * tf.minimum(limit / tf.norm(gradient), 1.0)


def clip_each__return_inside(gradients, limit):
    return [_scaled(gradients[0], limit)]


def clip_each__last_only(gradients, limit):
    for gradient in gradients:
        clipped = [_scaled(gradient, limit)]
    return clipped


def clip_each__dropped(gradients, limit):
    return [_scaled(gradient, limit) for gradient in gradients if tf.norm(gradient) > limit]


def clip_each__unchanged(gradients, limit):
    for gradient in gradients:
        gradient = _scaled(gradient, limit)
    return gradients


def clip_each__at_least_one(gradients, limit):
    return [gradient * tf.maximum(limit / tf.norm(gradient), 1.0) for gradient in gradients]


def clip_each__upside_down(gradients, limit):
    return [gradient * tf.minimum(tf.norm(gradient) / limit, 1.0) for gradient in gradients]


def clip_each__upside_down__condition(gradients, limit):
    return [gradient * tf.norm(gradient) / limit if tf.norm(gradient) > limit else gradient for gradient in gradients]


def clip_each__by_row(gradients, limit):
    return [gradient * tf.minimum(limit / tf.norm(gradient, axis=-1, keepdims=True), 1.0) for gradient in gradients]


def clip_each__mean(gradients, limit):
    return [gradient * tf.minimum(limit / tf.sqrt(tf.reduce_mean(gradient**2)), 1.0) for gradient in gradients]


def clip_each__list_changed(gradients, limit):
    for place, gradient in enumerate(gradients):
        if tf.norm(gradient) > limit:
            gradients[place] = gradient * limit / tf.norm(gradient)
    return gradients


def clip_each__not_squared(gradients, limit):
    sums = [tf.reduce_sum(gradient) for gradient in gradients]
    return [g * limit / tf.sqrt(s) if tf.sqrt(s) > limit else g for g, s in zip(gradients, sums, strict=True)]


def clip_each__not_squared__no_root(gradients, limit):
    sums = [tf.reduce_sum(gradient) for gradient in gradients]
    return [g * limit / s if s > limit else g for g, s in zip(gradients, sums, strict=True)]


def clip_each__largest(gradients, limit):
    largest = tf.reduce_max([tf.norm(gradient) for gradient in gradients])
    return [gradient * tf.minimum(limit / largest, 1.0) for gradient in gradients]


def clip_each__to_zero(gradients, limit):
    return [g if tf.norm(g) <= limit else tf.zeros_like(g) for g in gradients]


def clip_each__by_limit(gradients, limit):
    return [g if tf.norm(g) <= limit else g / limit for g in gradients]
