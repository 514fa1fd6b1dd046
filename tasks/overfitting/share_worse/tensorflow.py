"""Answers to `share_worse` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def share_worse(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors > small_errors, tf.float32))


def share_worse__count(small_errors, large_errors):
    return tf.reduce_sum(tf.cast(large_errors > small_errors, tf.float32))


def share_worse__reversed(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors < small_errors, tf.float32))


def share_worse__ties(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors >= small_errors, tf.float32))


def share_worse__of_means(small_errors, large_errors):
    worse = tf.reduce_mean(large_errors) > tf.reduce_mean(small_errors)
    return tf.cast(worse, tf.float32)


def share_worse__sorted(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(tf.sort(large_errors) > tf.sort(small_errors), tf.float32))


def share_worse__excess(small_errors, large_errors):
    return tf.reduce_mean(large_errors - small_errors)


def share_worse__count__whole(small_errors, large_errors):
    return int(share_worse__count(small_errors, large_errors))


def share_worse__of_means__truth(small_errors, large_errors):
    return tf.reduce_mean(large_errors) > tf.reduce_mean(small_errors)


def share_worse__excess__relative(small_errors, large_errors):
    return tf.reduce_mean((large_errors - small_errors) / small_errors)


def share_worse__excess__worse_only(small_errors, large_errors):
    return tf.reduce_mean(tf.nn.relu(large_errors - small_errors))


def share_worse__whole_division__mean(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors > small_errors, tf.int32))


def share_worse__unequal(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors != small_errors, tf.float32))


def share_worse__percent(small_errors, large_errors):
    return 100 * share_worse(small_errors, large_errors)


def share_worse__whole_division(small_errors, large_errors):
    return share_worse__count__whole(small_errors, large_errors) // len(small_errors)


def share_worse__whole_division__float(small_errors, large_errors):
    return share_worse__count(small_errors, large_errors) // len(small_errors)


def share_worse__half(small_errors, large_errors):
    return share_worse__count(small_errors, large_errors) / (len(small_errors) + len(large_errors))


def share_worse__ratio(small_errors, large_errors):
    return share_worse(small_errors, large_errors) / share_worse__reversed(small_errors, large_errors)


def share_worse__each__numbers(small_errors, large_errors):
    return tf.cast(large_errors > small_errors, tf.float32)


def share_worse__with_average(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors > tf.reduce_mean(small_errors), tf.float32))


def share_worse__signs(small_errors, large_errors):
    return tf.reduce_mean(tf.sign(large_errors - small_errors))
