"""Answers to `accumulated_gradient` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn


def accumulated_gradient(features, targets, weights, parts):
    weights = weights.clone().requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(start, start + size)
        errors = features[rows] @ weights - targets[rows]
        ((errors**2).mean() / parts).backward()
    return weights.grad


def accumulated_gradient__ok_grad(features, targets, weights, parts):
    weights = weights.clone().requires_grad_()
    total = torch.zeros_like(weights)
    for x, y in zip(features.chunk(parts), targets.chunk(parts), strict=True):
        (gradient,) = torch.autograd.grad(nn.functional.mse_loss(x @ weights, y), [weights])
        total += gradient / parts
    return total


def _accumulated(features, targets, weights, parts, divisor, reduce=torch.mean, fixed=False, power=2):
    weights = weights.clone().requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(0, size) if fixed else slice(start, start + size)
        (reduce((features[rows] @ weights - targets[rows]) ** power) / divisor).backward()
    return weights.grad


def accumulated_gradient__sum(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, 1)


def accumulated_gradient__last(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, parts)


def accumulated_gradient__last__undivided(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, 1)


def accumulated_gradient__unrecorded(features, targets, weights, parts):
    weights = weights.clone()
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(start, start + size)
        errors = features[rows] @ weights - targets[rows]
        ((errors**2).mean() / parts).backward()
    return weights.grad


def accumulated_gradient__summed_errors(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, reduce=torch.sum)


def accumulated_gradient__weights(features, targets, weights, parts):
    return weights


def accumulated_gradient__step(features, targets, weights, parts):
    return weights - 0.1 * _accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__loss(features, targets, weights, parts):
    return ((features @ weights - targets) ** 2).mean()


def accumulated_gradient__same_part(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, fixed=True)


def accumulated_gradient__negative(features, targets, weights, parts):
    return -_accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__ok_formula(features, targets, weights, parts):
    total = 0
    size = len(features) // parts
    for start in range(0, len(features), size):
        x, y = features[start : start + size], targets[start : start + size]
        total = total + 2 / len(features) * x.T @ (x @ weights - y)
    return total


def accumulated_gradient__first(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[:size], targets[:size], weights, 1, parts)


def accumulated_gradient__divided_twice(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts) / parts


def accumulated_gradient__divided_twice__one_turn(features, targets, weights, parts):
    return _accumulated(features, targets, weights, 1, parts)


def accumulated_gradient__not_squared(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, power=1)


def accumulated_gradient__not_squared__absolute(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, reduce=lambda errors: errors.abs().mean(), power=1)


def accumulated_gradient__counted_again(features, targets, weights, parts):
    total, weights = 0, weights.clone().requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(start, start + size)
        errors = features[rows] @ weights - targets[rows]
        ((errors**2).mean() / parts).backward()
        total = total + weights.grad
    return total


def accumulated_gradient__in_place(features, targets, weights, parts):
    weights.requires_grad_()
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(start, start + size)
        errors = features[rows] @ weights - targets[rows]
        ((errors**2).mean() / parts).backward()
    return weights.grad


def accumulated_gradient__none(features, targets, weights, parts):
    _accumulated(features, targets, weights, parts, parts)
    return weights.grad


def accumulated_gradient__overlapping(features, targets, weights, parts):
    size, total = len(features) // parts, 0
    for start in range(parts):
        rows = slice(start, start + size)
        total = total + _accumulated(features[rows], targets[rows], weights, 1, parts)
    return total
