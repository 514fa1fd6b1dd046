"""Answers to `choose_simplest` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np

from tasks.lab.cross_validate.neutral import cross_validate


def choose_simplest(trainers, features, labels, folds, seed):
    accuracies = {}
    for name, train in trainers.items():
        found = cross_validate(train, features, labels, folds, seed)
        accuracies[name] = np.array(found)
    best = max(accuracies.values(), key=np.mean)
    limit = best.mean() - best.std(ddof=1) / folds**0.5
    for name, own in accuracies.items():
        if own.mean() >= limit:
            return name


def _accuracies(trainers, features, labels, folds, seed):
    return {name: np.array(cross_validate(train, features, labels, folds, seed)) for name, train in trainers.items()}


def choose_simplest__ok_next(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    means = {name: own.mean() for name, own in accuracies.items()}
    best = max(means, key=means.get)
    error = np.sqrt(accuracies[best].var() / folds)
    return next(name for name in trainers if means[name] >= means[best] - error)


def _within(accuracies, limit):
    return [name for name, own in accuracies.items() if own.mean() >= limit]


def choose_simplest__best(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    return max(accuracies, key=lambda name: accuracies[name].mean())


def choose_simplest__deviation(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    best = max(accuracies.values(), key=np.mean)
    return _within(accuracies, best.mean() - best.std(ddof=1))[0]


def choose_simplest__deviation__of_all(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    best = max(accuracies.values(), key=np.mean)
    return _within(accuracies, best.mean() - best.std())[0]


def choose_simplest__largest(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    best = max(accuracies.values(), key=np.mean)
    return _within(accuracies, best.mean() - best.std(ddof=1) / folds**0.5)[-1]


def choose_simplest__largest__lowest_mean(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    best = max(accuracies.values(), key=np.mean)
    near = _within(accuracies, best.mean() - best.std(ddof=1) / folds**0.5)
    return min(near, key=lambda name: accuracies[name].mean())


def choose_simplest__not_compared(trainers, features, labels, folds, seed):
    return next(iter(trainers))


def choose_simplest__simplest(trainers, features, labels, folds, seed):
    return next(iter(_accuracies(trainers, features, labels, folds, seed)))


def choose_simplest__simplest__lowest(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    return min(accuracies, key=lambda name: accuracies[name].mean())


def choose_simplest__own_error(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    highest = max(own.mean() for own in accuracies.values())
    return next(name for name, own in accuracies.items() if own.mean() + own.std(ddof=1) / folds**0.5 >= highest)


def choose_simplest__other_folds(trainers, features, labels, folds, seed):
    accuracies = {}
    for number, (name, train) in enumerate(trainers.items()):
        accuracies[name] = np.array(cross_validate(train, features, labels, folds, seed + number))
    best = max(accuracies.values(), key=np.mean)
    return _within(accuracies, best.mean() - best.std(ddof=1) / folds**0.5)[0]


def choose_simplest__not_the_name(trainers, features, labels, folds, seed):
    accuracies = _accuracies(trainers, features, labels, folds, seed)
    best = max(accuracies.values(), key=np.mean)
    return list(trainers).index(_within(accuracies, best.mean() - best.std(ddof=1) / folds**0.5)[0])


def choose_simplest__not_the_name__function(trainers, features, labels, folds, seed):
    return trainers[choose_simplest(trainers, features, labels, folds, seed)]


def choose_simplest__not_the_name__means(trainers, features, labels, folds, seed):
    return [own.mean() for own in _accuracies(trainers, features, labels, folds, seed).values()]
