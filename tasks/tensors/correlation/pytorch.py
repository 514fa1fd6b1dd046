"""Answers to `correlation` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def correlation(features):
    import torch

    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / torch.linalg.norm(centred, dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__ok_corrcoef(features):
    return torch.corrcoef(features.T)


def correlation__one_mean(features):
    centred = features - features.mean()
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__deviation(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.std(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__deviation__by_n(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.std(dim=0, correction=0, keepdim=True)
    return scaled.T @ scaled


def correlation__not_centred(features):
    scaled = features / features.norm(dim=0, keepdim=True)
    return scaled.T @ scaled


def correlation__not_scaled(features):
    centred = features - features.mean(dim=0, keepdim=True)
    return centred.T @ centred


def correlation__rows(features):
    centred = features - features.mean(dim=1, keepdim=True)
    scaled = centred / centred.norm(dim=1, keepdim=True)
    return scaled.T @ scaled


def correlation__no_transpose(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled @ scaled


def correlation__order(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled @ scaled.T


def correlation__elementwise(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm(dim=0, keepdim=True)
    return scaled * scaled


def correlation__global_norm(features):
    centred = features - features.mean(dim=0, keepdim=True)
    scaled = centred / centred.norm()
    return scaled.T @ scaled
