"""Answers to `cross_validate` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np
from sklearn.model_selection import StratifiedKFold


def cross_validate(train, features, labels, folds, seed):
    generator = np.random.default_rng(seed)
    fold_of = np.empty(len(labels), int)
    for label in np.unique(labels):
        rows = generator.permutation(np.flatnonzero(labels == label))
        fold_of[rows] = np.arange(len(rows)) % folds
    accuracies = []
    for fold in range(folds):
        held_back = fold_of == fold
        predict = train(features[~held_back], labels[~held_back])
        answers = predict(features[held_back])
        accuracies.append(np.mean(answers == labels[held_back]))
    return accuracies


def _cross_validate(train, features, labels, pairs):
    accuracies = []
    for rows, held_back in pairs:
        predict = train(features[rows], labels[rows])
        accuracies.append(float(np.mean(predict(features[held_back]) == labels[held_back])))
    return accuracies


def cross_validate__ok_scikit_learn(train, features, labels, folds, seed):
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    accuracies = []
    for rows, held_back in splitter.split(features, labels):
        predict = train(features[rows], labels[rows])
        accuracies.append(float((predict(features[held_back]) == labels[held_back]).mean()))
    return np.array(accuracies)


def _folds(labels, folds, seed):
    return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(labels, labels))


def cross_validate__on_training(train, features, labels, folds, seed):
    pairs = [(rows, rows) for rows, _ in _folds(labels, folds, seed)]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__trained_on_all(train, features, labels, folds, seed):
    everything = np.arange(len(labels))
    pairs = [(everything, held_back) for _, held_back in _folds(labels, folds, seed)]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__trained_on_all__once(train, features, labels, folds, seed):
    predict = train(features, labels)
    folds = _folds(labels, folds, seed)
    return [np.mean(predict(features[rows]) == labels[rows]) for _, rows in folds]


def cross_validate__swapped(train, features, labels, folds, seed):
    pairs = [(held_back, rows) for rows, held_back in _folds(labels, folds, seed)]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__in_order(train, features, labels, folds, seed):
    blocks = np.array_split(np.arange(len(labels)), folds)
    pairs = [(np.setdiff1d(np.arange(len(labels)), block), block) for block in blocks]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__redrawn(train, features, labels, folds, seed):
    generator = np.random.default_rng(seed)
    size = len(labels) // folds
    drawn = [generator.permutation(len(labels)) for _ in range(folds)]
    return _cross_validate(train, features, labels, [(rows[size:], rows[:size]) for rows in drawn])


def cross_validate__fixed_folds(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, 5, seed))


def cross_validate__fixed_seed(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, folds, 0))


def cross_validate__fixed_seed__not_shuffled(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, list(StratifiedKFold(folds).split(labels, labels)))


def cross_validate__no_seed(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, folds, None))


def cross_validate__one_fold(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, folds, seed)[:1])


def cross_validate__mean(train, features, labels, folds, seed):
    return np.mean(_cross_validate(train, features, labels, _folds(labels, folds, seed)))


def cross_validate__count(train, features, labels, folds, seed):
    sizes = [len(held_back) for _, held_back in _folds(labels, folds, seed)]
    accuracies = _cross_validate(train, features, labels, _folds(labels, folds, seed))
    return [accuracy * size for accuracy, size in zip(accuracies, sizes, strict=True)]


def cross_validate__errors(train, features, labels, folds, seed):
    return [1 - accuracy for accuracy in _cross_validate(train, features, labels, _folds(labels, folds, seed))]


def cross_validate__unstratified(train, features, labels, folds, seed):
    order = np.random.default_rng(seed).permutation(len(labels))
    return _cross_validate(train, features, labels, _pairs_of(np.array_split(order, folds)))


def cross_validate__remainder(train, features, labels, folds, seed):
    generator = np.random.default_rng(seed)
    orders = [generator.permutation(np.flatnonzero(labels == label)) for label in np.unique(labels)]
    size = len(orders[0]) // folds
    held = [np.concatenate([order[fold * size : (fold + 1) * size] for order in orders]) for fold in range(folds)]
    everything = np.arange(len(labels))
    return _cross_validate(train, features, labels, [(np.setdiff1d(everything, rows), rows) for rows in held])


def _pairs_of(held):
    """(rows to train on, rows held back) of each fold."""
    everything = np.concatenate(held)
    return [(np.setdiff1d(everything, rows), rows) for rows in held]
