"""Answers to `scale_parts` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def scale_parts(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    parts = train, validation, test
    return tuple((part - mean) / deviation for part in parts)


def scale_parts__ok_scikit_learn(train, validation, test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(validation), scaler.transform(test)


def scale_parts__ok_list(train, validation, test):
    mean, deviation = train.mean(axis=0, keepdims=True), np.sqrt(train.var(axis=0, keepdims=True))
    return [(train - mean) / deviation, (validation - mean) / deviation, (test - mean) / deviation]


def scale_parts__before_splitting(train, validation, test):
    together = np.concatenate([train, validation, test])
    mean, deviation = together.mean(axis=0), together.std(axis=0)
    parts = train, validation, test
    return tuple((part - mean) / deviation for part in parts)


def scale_parts__before_splitting__deviation(train, validation, test):
    together = np.concatenate([train, validation, test])
    mean, deviation = train.mean(axis=0), together.std(axis=0)
    parts = train, validation, test
    return tuple((part - mean) / deviation for part in parts)


def scale_parts__with_validation(train, validation, test):
    together = np.concatenate([train, validation])
    mean, deviation = together.mean(axis=0), together.std(axis=0)
    parts = train, validation, test
    return tuple((part - mean) / deviation for part in parts)


def scale_parts__each_by_itself(train, validation, test):
    parts = train, validation, test
    return tuple((part - part.mean(axis=0)) / part.std(axis=0) for part in parts)


def scale_parts__one_mean(train, validation, test):
    parts = train, validation, test
    return tuple((part - train.mean()) / train.std() for part in parts)


def scale_parts__rows(train, validation, test):
    parts = train, validation, test
    return tuple((part - part.mean(axis=1, keepdims=True)) / part.std(axis=1, keepdims=True) for part in parts)


def scale_parts__variance(train, validation, test):
    mean, variance = train.mean(axis=0), train.var(axis=0)
    parts = train, validation, test
    return tuple((part - mean) / variance for part in parts)


def scale_parts__only_training(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / deviation, validation, test


def scale_parts__mean_only(train, validation, test):
    parts = train, validation, test
    return tuple(part - train.mean(axis=0) for part in parts)


def scale_parts__deviation_only(train, validation, test):
    parts = train, validation, test
    return tuple(part / train.std(axis=0) for part in parts)


def scale_parts__sample_deviation(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0, ddof=1)
    parts = train, validation, test
    return tuple((part - mean) / deviation for part in parts)


def scale_parts__precedence(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    parts = train, validation, test
    return tuple(part - mean / deviation for part in parts)


def scale_parts__from_0_to_1(train, validation, test):
    low, high = train.min(axis=0), train.max(axis=0)
    parts = train, validation, test
    return tuple((part - low) / (high - low) for part in parts)
