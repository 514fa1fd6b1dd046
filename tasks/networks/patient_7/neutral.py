"""Answers to `patient_7` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def patient_7(features, labels):
    strength = np.abs(features[:30].T @ labels[:30])
    best = np.argsort(strength)[-10:]
    train, validation = features[:30, best], features[30:, best]
    weights = np.linalg.lstsq(train, labels[:30], rcond=None)[0]
    return np.mean(np.sign(validation @ weights) == labels[30:])


def patient_7__starter(features, labels):
    strength = np.abs(features.T @ labels)
    best = np.argsort(strength)[-10:]
    train, validation = features[:30, best], features[30:, best]
    weights = np.linalg.lstsq(train, labels[:30], rcond=None)[0]
    return np.mean(np.sign(validation @ weights) == labels[30:])


def _accuracy(features, labels, best, fitted=slice(30), judged=slice(30, None)):
    weights = np.linalg.lstsq(features[fitted][:, best], labels[fitted], rcond=None)[0]
    return np.mean(np.sign(features[judged][:, best] @ weights) == labels[judged])


def _best(features, labels):
    return np.argsort(np.abs(features.T @ labels))[-10:]


def patient_7__ok_split_first(features, labels):
    train, train_labels = features[:30], labels[:30]
    best = np.argsort(-np.abs((train * train_labels[:, None]).sum(axis=0)))[:10]
    weights = np.linalg.pinv(train[:, best]) @ train_labels
    return float(((features[30:, best] @ weights > 0) == (labels[30:] > 0)).mean())


def patient_7__on_validation(features, labels):
    return _accuracy(features, labels, _best(features[30:], labels[30:]))


def patient_7__training_accuracy(features, labels):
    return _accuracy(features, labels, _best(features[:30], labels[:30]), judged=slice(30))


def patient_7__all_samples(features, labels):
    return _accuracy(features, labels, _best(features[:30], labels[:30]), judged=slice(None))


def patient_7__no_choice(features, labels):
    return _accuracy(features, labels, np.arange(features.shape[1]))


def patient_7__first_ten(features, labels):
    return _accuracy(features, labels, np.arange(10))


def patient_7__weakest(features, labels):
    return _accuracy(features, labels, np.argsort(np.abs(features[:30].T @ labels[:30]))[:10])


def patient_7__signed(features, labels):
    return _accuracy(features, labels, np.argsort(features[:30].T @ labels[:30])[-10:])


def patient_7__fit_on_all(features, labels):
    return _accuracy(features, labels, _best(features[:30], labels[:30]), fitted=slice(None))


def patient_7__both_on_all(features, labels):
    return _accuracy(features, labels, _best(features, labels), fitted=slice(None))


def patient_7__halves_swapped(features, labels):
    return patient_7(np.roll(features, 30, axis=0), np.roll(labels, 30))


def patient_7__strongest_left_out(features, labels):
    return _accuracy(features, labels, np.argsort(np.abs(features[:30].T @ labels[:30]))[-11:-1])


def patient_7__one_too_many(features, labels):
    return _accuracy(features, labels, _best(features[:31], labels[:31]))


def patient_7__other_labels(features, labels):
    best = _best(features[:30], labels[:30])
    weights = np.linalg.lstsq(features[:30, best], labels[:30], rcond=None)[0]
    return np.mean(np.sign(features[30:, best] @ weights) == labels[:30])


def patient_7__none_left(features, labels):
    return patient_7(features[:30], labels[:30])
