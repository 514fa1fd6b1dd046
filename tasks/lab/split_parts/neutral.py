"""Answers to `split_parts` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np
from sklearn.model_selection import train_test_split


def split_parts(features, labels, seed):
    generator = np.random.default_rng(seed)
    rows = [[], [], []]
    for label in np.unique(labels):
        own = generator.permutation(np.flatnonzero(labels == label))
        first, second = round(0.6 * len(own)), round(0.8 * len(own))
        pieces = np.split(own, [first, second])
        for part, piece in zip(rows, pieces, strict=True):
            part.extend(piece)
    mixed = [generator.permutation(part) for part in rows]
    return tuple((features[part], labels[part]) for part in mixed)


def split_parts__ok_scikit_learn(features, labels, seed):
    train_x, rest_x, train_y, rest_y = train_test_split(
        features, labels, test_size=0.4, stratify=labels, random_state=seed
    )
    validation_x, test_x, validation_y, test_y = train_test_split(
        rest_x, rest_y, test_size=0.5, stratify=rest_y, random_state=seed
    )
    return (train_x, train_y), (validation_x, validation_y), (test_x, test_y)


def _cut(features, labels, rows):
    first, second = round(0.6 * len(rows)), round(0.8 * len(rows))
    return tuple((features[part], labels[part]) for part in np.split(rows, [first, second]))


def split_parts__not_stratified(features, labels, seed):
    return _cut(features, labels, np.random.default_rng(seed).permutation(len(labels)))


def split_parts__in_order(features, labels, seed):
    return _cut(features, labels, np.arange(len(labels)))


def split_parts__overlap(features, labels, seed):
    generator = np.random.default_rng(seed)
    sizes = [round(share * len(labels)) for share in (0.6, 0.2, 0.2)]
    rows = [generator.choice(len(labels), size, replace=False) for size in sizes]
    return tuple((features[part], labels[part]) for part in rows)


def split_parts__overlap__same_test(features, labels, seed):
    train, validation, _ = split_parts(features, labels, seed)
    return train, validation, validation


def split_parts__overlap__repeated(features, labels, seed):
    rows = np.random.default_rng(seed).integers(0, len(labels), len(labels))
    return _cut(features, labels, rows)


def split_parts__labels_apart(features, labels, seed):
    generator = np.random.default_rng(seed)
    parts = split_parts(features, labels, seed)
    return tuple((generator.permutation(own), own_labels) for own, own_labels in parts)


def split_parts__two_parts(features, labels, seed):
    train, validation, test = split_parts(features, labels, seed)
    return train, tuple(np.concatenate(pair) for pair in zip(validation, test, strict=True))


def split_parts__six_arrays(features, labels, seed):
    return tuple(array for part in split_parts(features, labels, seed) for array in part)


def split_parts__six_arrays__features_first(features, labels, seed):
    return tuple(zip(*split_parts(features, labels, seed), strict=True))


def split_parts__one_hot(features, labels, seed):
    return [(part, np.eye(3)[own]) for part, own in split_parts(features, labels, seed)]


def split_parts__order(features, labels, seed):
    train, validation, test = split_parts(features, labels, seed)
    return validation, test, train


def split_parts__order__validation_first(features, labels, seed):
    train, validation, test = split_parts(features, labels, seed)
    return validation, train, test


def split_parts__sizes(features, labels, seed):
    train_x, test_x, train_y, test_y = train_test_split(
        features, labels, test_size=0.2, stratify=labels, random_state=seed
    )
    train_x, validation_x, train_y, validation_y = train_test_split(
        train_x, train_y, test_size=0.2, stratify=train_y, random_state=seed
    )
    return (train_x, train_y), (validation_x, validation_y), (test_x, test_y)


def split_parts__fixed_seed(features, labels, seed):
    return split_parts(features, labels, 0)


def split_parts__no_seed(features, labels, seed):
    return split_parts(features, labels, None)


def split_parts__by_class(features, labels, seed):
    generator, parts = np.random.default_rng(seed), ([], [], [])
    for label in np.unique(labels):
        rows = generator.permutation(np.flatnonzero(labels == label))
        cuts = [round(0.6 * len(rows)), round(0.8 * len(rows))]
        for part, piece in zip(parts, np.split(rows, cuts), strict=True):
            part.append(piece)
    rows = [np.concatenate(part) for part in parts]
    return [(features[part], labels[part]) for part in rows]
