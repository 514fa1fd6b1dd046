"""Answers to `correlation` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def correlation(features):
    import torch

    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__ok_corrcoef(features):
    return torch.corrcoef(features.T)


def correlation__one_mean(features):
    centered = features - features.mean()
    scaled = centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__deviation(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / centered.std(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__deviation__by_n(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / centered.std(dim=0, correction=0, keepdim=True)
    return scaled.T @ scaled


def correlation__not_centered(features):
    scaled = features / torch.linalg.vector_norm(features, dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__not_scaled(features):
    centered = features - features.mean(dim=0, keepdim=True)
    return centered.T @ centered


def correlation__rows(features):
    centered = features - features.mean(dim=1, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=1, keepdim=True)
    return scaled.T @ scaled


def correlation__no_transpose(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)
    return scaled @ scaled


def correlation__order(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)
    return scaled @ scaled.T


def correlation__elementwise(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)
    return scaled * scaled


def correlation__global_norm(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered)
    return scaled.T @ scaled


def correlation__half_scaled(features):
    centered = features - features.mean(dim=0, keepdim=True)
    return centered.T @ (centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True))


def correlation__half_scaled__first(features):
    centered = features - features.mean(dim=0, keepdim=True)
    return (centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)).T @ centered


def correlation__squared(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / (centered**2).sum(dim=0)
    return scaled.T @ scaled


def correlation__covariance(features):
    return torch.cov(features.T)


def correlation__between_rows(features):
    return torch.corrcoef(features)


def correlation__reshaped(features):
    centered = features - features.mean(dim=0, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=0, keepdim=True)
    return scaled.reshape(scaled.shape[1], scaled.shape[0]) @ scaled


def correlation__one_table(features):
    centered = features - features.mean()
    scaled = centered / torch.linalg.vector_norm(centered)
    return scaled.T @ scaled


def correlation__row_means(features):
    centered = features - features.mean(dim=1, keepdim=True)
    scaled = centered / torch.linalg.vector_norm(centered, dim=0)
    return scaled.T @ scaled


def correlation__row_norms(features):
    centered = features - features.mean(dim=0)
    scaled = centered / torch.linalg.vector_norm(centered, dim=1, keepdim=True)
    return scaled.T @ scaled


def correlation__raw_norms(features):
    scaled = (features - features.mean(dim=0)) / torch.linalg.vector_norm(features, dim=0)
    return scaled.T @ scaled
