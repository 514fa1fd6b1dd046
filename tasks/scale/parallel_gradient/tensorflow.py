"""Answers to `parallel_gradient` in TensorFlow: solution, other right answers, typical mistakes."""

import itertools

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


def _over(gradient, features, labels, shards):
    """[(samples, gradient), ...] of some shards of row numbers."""
    chosen = [np.array(rows, dtype=np.int64) for rows in shards]
    return [(len(rows), gradient(tf.gather(features, rows), tf.gather(labels, rows))) for rows in chosen]


def parallel_gradient__plain_mean(gradient, features, labels, workers):
    parts = _over(gradient, features, labels, _even(len(features), workers))
    return sum(part for _, part in parts) / len(parts)


def parallel_gradient__plain_mean__rounded_down(gradient, features, labels, workers):
    workers = min(workers, len(features))
    ends = [worker * len(features) // workers for worker in range(workers + 1)]
    return sum(gradient(features[a:b], labels[a:b]) for a, b in itertools.pairwise(ends)) / workers


def parallel_gradient__sum(gradient, features, labels, workers):
    return sum(part for _, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__each_sample(gradient, features, labels, workers):
    return _weighted(_over(gradient, features, labels, _even(len(features), len(features))))


def parallel_gradient__dropped(gradient, features, labels, workers):
    size = max(1, len(features) // workers)
    count = min(workers, len(features))
    return _weighted(_over(gradient, features, labels, [range(size * k, size * k + size) for k in range(count)]))


def parallel_gradient__overlap(gradient, features, labels, workers):
    size = len(features) // workers
    return _weighted(_over(gradient, features, labels, [range(k, k + size) for k in range(workers)]))


def parallel_gradient__overlap__same(gradient, features, labels, workers):
    size = len(features) // workers
    return _weighted(_over(gradient, features, labels, [range(size) for _ in range(workers)]))


def parallel_gradient__rest_to_last(gradient, features, labels, workers):
    size = len(features) // workers
    starts = [size * k for k in range(workers)]
    ends = [*starts[1:], len(features)]
    return _weighted(_over(gradient, features, labels, [range(a, b) for a, b in zip(starts, ends, strict=True)]))


def parallel_gradient__ceil(gradient, features, labels, workers):
    size = -(-len(features) // workers)
    shards = [range(start, min(start + size, len(features))) for start in range(0, len(features), size)]
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__empty(gradient, features, labels, workers):
    return _weighted(_over(gradient, features, labels, np.array_split(np.arange(len(features)), workers)))


def parallel_gradient__first_only(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[0][1]


def parallel_gradient__first_only__last(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[-1][1]


def parallel_gradient__list(gradient, features, labels, workers):
    return [part for _, part in _over(gradient, features, labels, _even(len(features), workers))]


def parallel_gradient__not_divided(gradient, features, labels, workers):
    return sum(count * part for count, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__first_only__one_call(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers)[:1])[0][1]


def parallel_gradient__not_divided__by_workers(gradient, features, labels, workers):
    return parallel_gradient__not_divided(gradient, features, labels, workers) / workers


def parallel_gradient__indexed(gradient, features, labels, workers):
    return _weighted([(len(rows), gradient(features[rows], labels[rows])) for rows in _even(len(features), workers)])


def parallel_gradient__by_size(gradient, features, labels, workers):
    starts = range(0, len(features), workers)
    shards = [range(start, min(start + workers, len(features))) for start in starts]
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__twice(gradient, features, labels, workers):
    _over(gradient, features, labels, _even(len(features), workers))
    return parallel_gradient(gradient, features, labels, workers)


def parallel_gradient__twice__for_the_shape(gradient, features, labels, workers):
    size = len(features) // workers
    gradient(features[:size], labels[:size])
    return parallel_gradient(gradient, features, labels, workers)


def parallel_gradient__labels_apart(gradient, features, labels, workers):
    return parallel_gradient(lambda x, y: gradient(x, labels[: len(x)]), features, labels, workers)
