"""Answers to `softmax` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def softmax(logits):
    shifted = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    exponentials = tf.exp(shifted)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__ok_logsumexp(logits):
    return tf.exp(logits - tf.reduce_logsumexp(logits, axis=-1, keepdims=True))


def softmax__ok_loop(logits):
    rows = [tf.exp(row - tf.reduce_max(row)) for row in logits]
    return tf.stack([row / tf.reduce_sum(row) for row in rows])


def softmax__columns(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_sum(exponentials, axis=0)


def softmax__unstable(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__all(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits))
    return exponentials / tf.reduce_sum(exponentials)


def softmax__global_shift(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits))
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__no_division(logits):
    return tf.exp(logits)


def softmax__no_division__shifted(logits):
    return tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))


def softmax__all__unstable(logits):
    return tf.exp(logits) / tf.reduce_sum(tf.exp(logits))


def softmax__all__shifted_rows(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials)


def softmax__columns__shifted_rows(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials, axis=0)


def softmax__no_keepdims(logits):
    return tf.exp(logits) / tf.reduce_sum(tf.exp(logits), axis=1)


def softmax__no_keepdims__shifted(logits):
    return tf.nn.softmax(logits - tf.reduce_max(logits, axis=1))


def softmax__other_shift(logits):
    exponentials = tf.exp(logits - tf.reduce_mean(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__fixed_shift(logits):
    exponentials = tf.exp(logits - 1000)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__fixed_shift__hundred(logits):
    exponentials = tf.exp(logits - 100)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__no_exp(logits):
    return logits / tf.reduce_sum(logits, axis=1, keepdims=True)


def softmax__sigmoid(logits):
    return tf.sigmoid(logits)


def softmax__log(logits):
    return tf.nn.log_softmax(logits)


def softmax__mean(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_mean(exponentials, axis=1, keepdims=True)


def softmax__hard(logits):
    return tf.one_hot(tf.argmax(logits, axis=1), logits.shape[1])


def softmax__column_shift(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=0))
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__divided(logits):
    exponentials = tf.exp(logits / tf.reduce_max(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__half_shifted(logits):
    shifted = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    return tf.exp(logits) / tf.reduce_sum(tf.exp(shifted), axis=1, keepdims=True)


def softmax__half_shifted__above(logits):
    shifted = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    return tf.exp(shifted) / tf.reduce_sum(tf.exp(logits), axis=1, keepdims=True)


def softmax__no_exp__shifted(logits):
    shifted = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    return shifted / tf.reduce_sum(shifted, axis=1, keepdims=True)


def softmax__base_two(logits):
    powers = 2 ** (logits - tf.reduce_max(logits, axis=1, keepdims=True))
    return powers / tf.reduce_sum(powers, axis=1, keepdims=True)


def softmax__one_more(logits):
    powers = tf.exp(logits)
    return powers / (1 + tf.reduce_sum(powers, axis=1, keepdims=True))


def softmax__smaller(logits):
    return _from(tf.exp(logits / 1000))


def softmax__smaller__hundredth(logits):
    return _from(tf.exp(logits / 100))


def softmax__sum_of_logits(logits):
    return tf.exp(logits) / tf.reduce_sum(logits, axis=1, keepdims=True)


def softmax__sum_of_logits__shifted(logits):
    shifted = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    return tf.exp(shifted) / tf.reduce_sum(shifted, axis=1, keepdims=True)


def softmax__sum_of_logits__shifted_above(logits):
    return tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True)) / tf.reduce_sum(logits, axis=1, keepdims=True)


def softmax__clipped(logits):
    return _from(tf.exp(tf.clip_by_value(logits, -50, 50)))


def softmax__clipped__tighter(logits):
    return _from(tf.exp(tf.clip_by_value(logits, -10, 10)))


def softmax__nan_hidden(logits):
    return tf.where(tf.math.is_nan(_from(tf.exp(logits))), 0.0, _from(tf.exp(logits)))


def _from(exponentials):
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)
