"""Answers to `which_is_better` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def which_is_better(score_a, score_b):
    differences = [score_b(seed) - score_a(seed) for seed in range(20)]
    mean, error = np.mean(differences), np.std(differences, ddof=1) / 20**0.5
    if abs(mean) < 2 * error:
        return "neither"
    return "b" if mean > 0 else "a"


def which_is_better__ok_signs(score_a, score_b):
    """The sign test: with no difference, 15 or more of 20 signs agree in 4 % of all cases."""
    wins = sum(score_b(seed) > score_a(seed) for seed in range(20))
    return "b" if wins >= 15 else "a" if wins <= 5 else "neither"


def which_is_better__ok_resampled(score_a, score_b):
    differences = np.array([score_b(seed) - score_a(seed) for seed in range(100, 120)])
    means = np.random.default_rng(0).choice(differences, (1000, 20)).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return "b" if low > 0 else "a" if high < 0 else "neither"


def _judged(difference, limit):
    return "neither" if abs(difference) < limit else "b" if difference > 0 else "a"


def _scores(score_a, score_b, runs=20):
    return (np.array([score(seed) for seed in range(runs)]) for score in (score_a, score_b))


def which_is_better__by_luck(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return "b" if b.mean() > a.mean() else "a"


def which_is_better__by_luck__one_error(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return _judged((b - a).mean(), (b - a).std() / 20**0.5)


def which_is_better__by_luck__most_seeds(score_a, score_b):
    a, b = _scores(score_a, score_b)
    wins = np.sum(b > a)
    return "b" if wins > 10 else "a" if wins < 10 else "neither"


def which_is_better__missed(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return _judged(b.mean() - a.mean(), 2 * ((a.var(ddof=1) + b.var(ddof=1)) / 20) ** 0.5)


def which_is_better__missed__deviation(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return _judged((b - a).mean(), 2 * (b - a).std(ddof=1))


def which_is_better__missed__always(score_a, score_b):
    for seed in range(2):
        score_a(seed), score_b(seed)
    return "neither"


def which_is_better__one_side(score_a, score_b):
    found = which_is_better(score_a, score_b)
    return found if found == "a" else "neither"


def which_is_better__other_seeds(score_a, score_b):
    a = np.array([score_a(seed) for seed in range(20)])
    b = np.array([score_b(seed) for seed in range(20, 40)])
    return _judged(b.mean() - a.mean(), 2 * ((a.var(ddof=1) + b.var(ddof=1)) / 20) ** 0.5)


def which_is_better__one_seed(score_a, score_b):
    return "b" if score_b(0) > score_a(0) else "a"


def which_is_better__one_seed__again(score_a, score_b):
    a, b = ([score(0) for _ in range(20)] for score in (score_a, score_b))
    return "b" if np.mean(b) > np.mean(a) else "a"


def which_is_better__too_many(score_a, score_b):
    a, b = _scores(score_a, score_b, runs=100)
    return _judged((b - a).mean(), 2 * (b - a).std(ddof=1) / 10)


def which_is_better__swapped(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return _judged((a - b).mean(), 2 * (b - a).std(ddof=1) / 20**0.5)


def which_is_better__not_an_answer(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return (b - a).mean()


def which_is_better__not_an_answer__at_times(score_a, score_b):
    found = which_is_better(score_a, score_b)
    return None if found == "neither" else found


def which_is_better__not_an_answer__truth(score_a, score_b):
    a, b = _scores(score_a, score_b)
    return bool((b - a).mean() > 2 * (b - a).std(ddof=1) / 20**0.5)
