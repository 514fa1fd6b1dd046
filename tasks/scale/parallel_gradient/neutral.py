"""Answers to `parallel_gradient` that need no framework: other right answers, typical mistakes."""

import itertools

import numpy as np


def _even(samples, workers):
    """The shards that are right: row numbers."""
    return [rows for rows in np.array_split(np.arange(samples), workers) if len(rows)]


def _over(gradient, features, labels, shards):
    """[(samples, gradient), ...] of some shards of consecutive row numbers."""
    parts = [slice(min(rows, default=0), max(rows, default=-1) + 1) for rows in shards]
    return [(len(features[part]), gradient(features[part], labels[part])) for part in parts]


def _weighted(parts):
    return sum(count * part for count, part in parts) / sum(count for count, _ in parts)


def _mean(gradient, features, labels, shards):
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__ok_bounds(gradient, features, labels, workers):
    bounds = [len(features) * number // workers for number in range(workers + 1)]
    pairs = [(a, b) for a, b in itertools.pairwise(bounds) if b > a]
    return sum((b - a) / len(features) * gradient(features[a:b], labels[a:b]) for a, b in pairs)


def parallel_gradient__whole(gradient, features, labels, workers):
    return gradient(features, labels)


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
    return _mean(gradient, features, labels, _even(len(features), len(features)))


def parallel_gradient__dropped(gradient, features, labels, workers):
    size = max(1, len(features) // workers)
    count = min(workers, len(features))
    return _mean(gradient, features, labels, [range(size * k, size * k + size) for k in range(count)])


def parallel_gradient__overlap(gradient, features, labels, workers):
    size = len(features) // workers
    return _mean(gradient, features, labels, [range(k, k + size) for k in range(workers)])


def parallel_gradient__overlap__same(gradient, features, labels, workers):
    size = len(features) // workers
    return _mean(gradient, features, labels, [range(size) for _ in range(workers)])


def parallel_gradient__rest_to_last(gradient, features, labels, workers):
    size = len(features) // workers
    starts = [size * k for k in range(workers)]
    ends = [*starts[1:], len(features)]
    return _mean(gradient, features, labels, [range(a, b) for a, b in zip(starts, ends, strict=True)])


def parallel_gradient__ceil(gradient, features, labels, workers):
    size = -(-len(features) // workers)
    shards = [range(start, min(start + size, len(features))) for start in range(0, len(features), size)]
    return _mean(gradient, features, labels, shards)


def parallel_gradient__empty(gradient, features, labels, workers):
    return _mean(gradient, features, labels, np.array_split(np.arange(len(features)), workers))


def parallel_gradient__first_only(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[0][1]


def parallel_gradient__first_only__last(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[-1][1]


def parallel_gradient__first_only__one_call(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers)[:1])[0][1]


def parallel_gradient__list(gradient, features, labels, workers):
    return [part for _, part in _over(gradient, features, labels, _even(len(features), workers))]


def parallel_gradient__not_divided(gradient, features, labels, workers):
    return sum(count * part for count, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__not_divided__by_workers(gradient, features, labels, workers):
    return parallel_gradient__not_divided(gradient, features, labels, workers) / workers


def parallel_gradient__by_size(gradient, features, labels, workers):
    starts = range(0, len(features), workers)
    shards = [range(start, min(start + workers, len(features))) for start in starts]
    return _mean(gradient, features, labels, shards)


def parallel_gradient__twice(gradient, features, labels, workers):
    shards = _even(len(features), workers)
    _over(gradient, features, labels, shards)
    return _mean(gradient, features, labels, shards)


def parallel_gradient__twice__for_the_shape(gradient, features, labels, workers):
    size = len(features) // workers
    gradient(features[:size], labels[:size])
    return _mean(gradient, features, labels, _even(len(features), workers))


def parallel_gradient__labels_apart(gradient, features, labels, workers):
    return _mean(lambda x, y: gradient(x, labels[: len(x)]), features, labels, _even(len(features), workers))
