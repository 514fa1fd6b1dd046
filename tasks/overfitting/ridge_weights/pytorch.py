"""Answers to `ridge_weights` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def ridge_weights(features, labels, strength):
    system = features.T @ features + strength * torch.eye(features.shape[1])
    return torch.linalg.solve(system, features.T @ labels)


def ridge_weights__ok_inverse(features, labels, strength):
    system = features @ features.T + strength * torch.eye(len(features))
    return features.T @ torch.linalg.inv(system) @ labels


def ridge_weights__ok_stacked(features, labels, strength):
    columns = features.shape[1]
    table = torch.cat([features, strength**0.5 * torch.eye(columns)])
    return torch.linalg.lstsq(table, torch.cat([labels, torch.zeros(columns)])[:, None]).solution[:, 0]


def ridge_weights__no_penalty(features, labels, strength):
    return torch.linalg.pinv(features) @ labels


def ridge_weights__subtracted(features, labels, strength):
    return ridge_weights(features, labels, -strength)


def ridge_weights__everywhere(features, labels, strength):
    system = features.T @ features + strength
    return torch.linalg.solve(system, features.T @ labels)


def ridge_weights__times_samples(features, labels, strength):
    return ridge_weights(features, labels, strength * len(features))


def ridge_weights__squared(features, labels, strength):
    return ridge_weights(features, labels, strength**2)


def ridge_weights__free_first(features, labels, strength):
    penalty = strength * torch.eye(features.shape[1])
    penalty[0, 0] = 0
    system = features.T @ features + penalty
    return torch.linalg.solve(system, features.T @ labels)


def ridge_weights__doubled(features, labels, strength):
    return ridge_weights(features, labels, 2 * strength)


def ridge_weights__halved(features, labels, strength):
    return ridge_weights(features, labels, strength / 2)


def ridge_weights__multiplied(features, labels, strength):
    system = features.T @ features + strength * torch.eye(features.shape[1])
    return system @ (features.T @ labels)


def ridge_weights__constant(features, labels, strength):
    return ridge_weights(features, labels, 0.1)


def ridge_weights__column(features, labels, strength):
    return ridge_weights(features, labels, strength)[:, None]


def ridge_weights__predictions(features, labels, strength):
    return features @ ridge_weights(features, labels, strength)


def ridge_weights__value(features, labels, strength):
    weights = ridge_weights(features, labels, strength)
    return ((features @ weights - labels) ** 2).sum() + strength * (weights**2).sum()
