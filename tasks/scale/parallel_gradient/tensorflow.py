"""Answers to `parallel_gradient` in TensorFlow: solution, other right answers, typical mistakes."""

import numpy as np
import tensorflow as tf

from tasks.scale.parallel_gradient.neutral import _even, _weighted


def parallel_gradient(gradient, features, labels, workers):
    total = 0.0
    for rows in np.array_split(np.arange(len(features)), workers):
        if len(rows):
            part = gradient(tf.gather(features, rows), tf.gather(labels, rows))
            total = total + len(rows) * part
    return total / len(features)


def parallel_gradient__ok_stride(gradient, features, labels, workers):
    total = tf.zeros(())
    for rank in range(min(workers, len(features))):
        some_features, some_labels = features[rank::workers], labels[rank::workers]
        total = total + len(some_features) * gradient(some_features, some_labels)
    return total / len(features)


def parallel_gradient__ok_split(gradient, features, labels, workers):
    quotient, rest = divmod(len(features), workers)
    sizes = [size for size in [quotient + 1] * rest + [quotient] * (workers - rest) if size]
    shards = zip(tf.split(features, sizes), tf.split(labels, sizes), strict=True)
    parts = [gradient(x, y) * len(x) / len(features) for x, y in shards]
    return tf.add_n(parts)


def parallel_gradient__indexed(gradient, features, labels, workers):
    return _weighted([(len(rows), gradient(features[rows], labels[rows])) for rows in _even(len(features), workers)])
