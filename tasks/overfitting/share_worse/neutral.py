"""Answers to `share_worse` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def share_worse__ok_loop(small_errors, large_errors):
    worse = [float(large) > float(small) for small, large in zip(small_errors, large_errors, strict=True)]
    return sum(worse) / len(worse)


def share_worse__ok_numpy(small_errors, large_errors):
    return np.mean(large_errors.numpy() > small_errors.numpy())


def share_worse__each(small_errors, large_errors):
    return large_errors > small_errors


def share_worse__returns_early(small_errors, large_errors):
    return float(large_errors[0] > small_errors[0]) / len(small_errors)
