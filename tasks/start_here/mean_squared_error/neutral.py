"""Answers to `mean_squared_error` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()


def mean_squared_error__ok_loop(predictions, targets):
    differences = (predictions - targets).ravel()
    return sum(float(d) ** 2 for d in differences) / len(differences)


def mean_squared_error__ok_float32(predictions, targets):
    return np.square(np.float32(targets) - np.float32(predictions)).sum() / predictions.size


def mean_squared_error__sum(predictions, targets):
    return ((predictions - targets) ** 2).sum()


def mean_squared_error__no_square(predictions, targets):
    return (predictions - targets).mean()


def mean_squared_error__absolute(predictions, targets):
    return np.abs(predictions - targets).mean()


def mean_squared_error__root(predictions, targets):
    return np.sqrt(((predictions - targets) ** 2).mean())


def mean_squared_error__square_of_mean(predictions, targets):
    return (predictions - targets).mean() ** 2


def mean_squared_error__square_of_mean__absolute(predictions, targets):
    return np.abs(predictions - targets).mean() ** 2


def mean_squared_error__per_entry(predictions, targets):
    return (predictions - targets) ** 2


def mean_squared_error__per_entry__divided(predictions, targets):
    return (predictions - targets) ** 2 / len(targets)


def mean_squared_error__precedence(predictions, targets):
    return np.mean(predictions - targets**2)


def mean_squared_error__per_row(predictions, targets):
    return ((predictions - targets) ** 2).sum() / len(targets)


def mean_squared_error__half(predictions, targets):
    return ((predictions - targets) ** 2).mean() / 2


def mean_squared_error__rows(predictions, targets):
    return ((predictions - targets) ** 2).mean(axis=0)


def mean_squared_error__one_less(predictions, targets):
    return ((predictions - targets) ** 2).sum() / (predictions.size - 1)


def mean_squared_error__length(predictions, targets):
    return np.sqrt(((predictions - targets) ** 2).sum())


def mean_squared_error__doubled(predictions, targets):
    return ((predictions - targets) * 2).mean()


def mean_squared_error__added(predictions, targets):
    return ((predictions + targets) ** 2).mean()


def mean_squared_error__largest(predictions, targets):
    return ((predictions - targets) ** 2).max()


def mean_squared_error__early_return(predictions, targets):
    total = 0
    for prediction, target in zip(predictions.ravel(), targets.ravel(), strict=True):
        total += (prediction - target) ** 2
        return total / predictions.size


def mean_squared_error__early_return__undivided(predictions, targets):
    for prediction, target in zip(predictions.ravel(), targets.ravel(), strict=True):
        return (prediction - target) ** 2


def mean_squared_error__last_only(predictions, targets):
    for prediction, target in zip(predictions.ravel(), targets.ravel(), strict=True):
        total = (prediction - target) ** 2
    return total / predictions.size


def mean_squared_error__squares_first(predictions, targets):
    return (predictions**2 - targets**2).mean()


def mean_squared_error__variance(predictions, targets):
    return np.var(predictions - targets)
