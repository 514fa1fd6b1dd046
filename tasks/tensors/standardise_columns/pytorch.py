"""Answers to `standardise_columns` in PyTorch: solution, other right answers, typical mistakes."""

import numpy as np
import torch


def standardise_columns(features):
    mean = features.mean(dim=0)
    deviation = features.std(dim=0, correction=0)
    return (features - mean) / deviation


def standardise_columns__ok_by_hand(features):
    centered = features - features.mean(0, keepdim=True)
    return centered / torch.sqrt((centered**2).mean(0, keepdim=True))


def standardise_columns__ok_float64(features):
    features = features.double()
    return (features - features.mean(0)) / features.var(0, unbiased=False).sqrt()


def standardise_columns__rows(features):
    mean = features.mean(dim=1, keepdim=True)
    return (features - mean) / features.std(dim=1, correction=0, keepdim=True)


def standardise_columns__all(features):
    return (features - features.mean()) / features.std(correction=0)


def standardise_columns__mean_only(features):
    return features - features.mean(dim=0)


def standardise_columns__scale_only(features):
    return features / features.std(dim=0, correction=0)


def standardise_columns__variance(features):
    return (features - features.mean(dim=0)) / features.var(dim=0, correction=0)


def standardise_columns__bessel(features):
    return (features - features.mean(dim=0)) / features.std(dim=0)


def standardise_columns__min_max(features):
    low, high = features.amin(dim=0), features.amax(dim=0)
    return (features - low) / (high - low)


def standardise_columns__norm(features):
    centered = features - features.mean(dim=0)
    return centered / torch.linalg.vector_norm(centered, dim=0)


def standardise_columns__rows__bessel(features):
    return (features - features.mean(dim=1, keepdim=True)) / features.std(dim=1, keepdim=True)


def standardise_columns__all__bessel(features):
    return (features - features.mean()) / features.std()


def standardise_columns__variance__bessel(features):
    return (features - features.mean(dim=0)) / features.var(dim=0)


def standardise_columns__scale_only__bessel(features):
    return features / features.std(dim=0)


def standardise_columns__one_deviation(features):
    return (features - features.mean(dim=0)) / features.std(correction=0)


def standardise_columns__one_deviation__bessel(features):
    return (features - features.mean(dim=0)) / features.std()


def standardise_columns__numpy(features):
    return (features - np.mean(features, axis=0)) / np.std(features, axis=0)


def standardise_columns__no_axis(features):
    return (features - features.mean(dim=1)) / features.std(dim=1)


def standardise_columns__absolute(features):
    centered = features - features.mean(dim=0)
    return centered / centered.abs().mean(dim=0)


def standardise_columns__precedence(features):
    return features - features.mean(dim=0) / features.std(dim=0, correction=0)


def standardise_columns__precedence__bessel(features):
    return features - features.mean(dim=0) / features.std(dim=0)


def standardise_columns__twice_root(features):
    return (features - features.mean(dim=0)) / features.std(dim=0, correction=0).sqrt()


def standardise_columns__one_deviation__mean(features):
    return (features - features.mean(dim=0)) / features.std(dim=0).mean()


def standardise_columns__one_deviation__mean_by_n(features):
    return (features - features.mean(dim=0)) / features.std(dim=0, correction=0).mean()


def standardise_columns__one_deviation__centered(features):
    centered = features - features.mean(dim=0)
    return centered / (centered**2).mean().sqrt()


def standardise_columns__row_deviations(features):
    centered = features - features.mean(dim=0)
    return centered / centered.std(dim=1, correction=0, keepdim=True)


def standardise_columns__row_deviations__bessel(features):
    centered = features - features.mean(dim=0)
    return centered / centered.std(dim=1, keepdim=True)


def standardise_columns__row_deviations__as_measured(features):
    return (features - features.mean(dim=0)) / features.std(dim=1, correction=0, keepdim=True)


def standardise_columns__divided_first(features):
    return features / features.std(dim=0, correction=0) - features.mean(dim=0)


def standardise_columns__divided_first__bessel(features):
    return features / features.std(dim=0) - features.mean(dim=0)


def standardise_columns__raw_spread(features):
    return (features - features.mean(dim=0)) / (features**2).mean(dim=0).sqrt()
