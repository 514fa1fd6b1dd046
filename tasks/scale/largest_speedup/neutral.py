"""Answers to `largest_speedup` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def largest_speedup(seconds_alone, seconds_together, workers):
    share = (1 - seconds_together / seconds_alone) / (1 - 1 / workers)
    return 1 / (1 - share) if share < 1 else float("inf")


def largest_speedup__ok_two_equations(seconds_alone, seconds_together, workers):
    fixed = (workers * seconds_together - seconds_alone) / (workers - 1)
    return seconds_alone / fixed if fixed > 0 else np.inf


def largest_speedup__share(seconds_alone, seconds_together, workers):
    return (1 - seconds_together / seconds_alone) / (1 - 1 / workers)


def largest_speedup__measured(seconds_alone, seconds_together, workers):
    return seconds_alone / seconds_together


def largest_speedup__workers(seconds_alone, seconds_together, workers):
    return workers


def largest_speedup__unshared(seconds_alone, seconds_together, workers):
    return seconds_alone / (seconds_together - seconds_alone / workers)


def largest_speedup__rest(seconds_alone, seconds_together, workers):
    return 1 - largest_speedup__share(seconds_alone, seconds_together, workers)


def largest_speedup__zero(seconds_alone, seconds_together, workers):
    share = (1 - seconds_together / seconds_alone) / (1 - 1 / workers)
    return 1 / (1 - share)


def largest_speedup__doubled(seconds_alone, seconds_together, workers):
    share = largest_speedup__share(seconds_alone, seconds_together, workers)
    return 1 / (1 - share + share / (2 * workers))


def largest_speedup__upside_down(seconds_alone, seconds_together, workers):
    share = (1 - seconds_alone / seconds_together) / (1 - 1 / workers)
    return 1 / (1 - share)


def largest_speedup__ok_serial_share(seconds_alone, seconds_together, workers):
    rest = (seconds_together / seconds_alone - 1 / workers) / (1 - 1 / workers)
    return 1 / rest if rest > 1e-9 else float("inf")


def largest_speedup__over_share(seconds_alone, seconds_together, workers):
    return 1 / largest_speedup__share(seconds_alone, seconds_together, workers)


def largest_speedup__not_solved(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain * workers)


def largest_speedup__not_solved__divided(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain / workers)


def largest_speedup__not_solved__one_less(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain / (workers - 1))


def largest_speedup__efficiency(seconds_alone, seconds_together, workers):
    share = seconds_alone / seconds_together / workers
    return 1 / (1 - share)


def largest_speedup__times_workers(seconds_alone, seconds_together, workers):
    return seconds_alone / seconds_together * workers


def largest_speedup__seconds(seconds_alone, seconds_together, workers):
    return seconds_alone * largest_speedup__rest(seconds_alone, seconds_together, workers)


def largest_speedup__text(seconds_alone, seconds_together, workers):
    speedup = largest_speedup(seconds_alone, seconds_together, workers)
    return "inf" if speedup == float("inf") else speedup


def largest_speedup__one_less(seconds_alone, seconds_together, workers):
    return largest_speedup(seconds_alone, seconds_together, workers) - 1
