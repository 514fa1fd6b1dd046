"""Answers to `parallel_gradient` that need no framework: solution, other right answers, typical mistakes."""

import itertools

import numpy as np


def _even(samples, workers):
    return [rows for rows in np.array_split(np.arange(samples), workers) if len(rows)]


def _weighted(parts):
    return sum(count * part for count, part in parts) / sum(count for count, _ in parts)


def parallel_gradient__whole(gradient, features, labels, workers):
    return gradient(features, labels)


def parallel_gradient__ok_bounds(gradient, features, labels, workers):
    bounds = [len(features) * number // workers for number in range(workers + 1)]
    pairs = [(a, b) for a, b in itertools.pairwise(bounds) if b > a]
    return sum((b - a) / len(features) * gradient(features[a:b], labels[a:b]) for a, b in pairs)
