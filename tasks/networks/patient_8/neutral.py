"""Answers to `patient_8` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def patient_8(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    versions = []
    for _ in range(epochs):
        noisy = features + generator.normal(0, noise, size=features.shape)
        versions.append(noisy.astype(np.float32))
    return versions


def patient_8__starter(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    versions = []
    for _ in range(epochs):
        noisy = features
        noisy += generator.normal(0, noise, size=features.shape)
        versions.append(noisy.astype(np.float32))
    return versions


def patient_8__ok_copy(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    versions = []
    for _ in range(epochs):
        noisy = features.copy()
        noisy += generator.normal(0, noise, size=features.shape)
        versions.append(noisy)
    return versions


def patient_8__ok_at_once(features, epochs, noise, seed):
    return features + np.random.default_rng(seed).normal(0, noise, size=(epochs, *features.shape))


def patient_8__in_place(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    versions = []
    for _ in range(epochs):
        features += generator.normal(0, noise, size=features.shape)
        versions.append(features.copy())
    return versions


def patient_8__copied_once(features, epochs, noise, seed):
    return patient_8__starter(features.copy(), epochs, noise, seed)


def patient_8__same_noise(features, epochs, noise, seed):
    return patient_8(features, 1, noise, seed) * epochs


def patient_8__last_only(features, epochs, noise, seed):
    return patient_8(features, epochs, noise, seed)[-1:]


def patient_8__last_only__first(features, epochs, noise, seed):
    return patient_8(features, 1, noise, seed)


def patient_8__noise_only(features, epochs, noise, seed):
    return patient_8(np.zeros_like(features), epochs, noise, seed)


def patient_8__no_noise(features, epochs, noise, seed):
    return [features.copy() for _ in range(epochs)]


def patient_8__one_number(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    return [features + generator.normal(0, noise) for _ in range(epochs)]


def patient_8__wrong_place(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    return [features + generator.normal(noise, size=features.shape) for _ in range(epochs)]


def patient_8__uniform(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    return [features + generator.uniform(-noise, noise, size=features.shape) for _ in range(epochs)]


def patient_8__one_row(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    return [features + generator.normal(0, noise, size=features.shape[1]) for _ in range(epochs)]


def patient_8__multiplied(features, epochs, noise, seed):
    generator = np.random.default_rng(seed)
    return [features * generator.normal(1, noise, size=features.shape) for _ in range(epochs)]


def patient_8__variance(features, epochs, noise, seed):
    return patient_8(features, epochs, noise**2, seed)
