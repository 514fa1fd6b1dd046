"""Answers to `two_rates` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn


def two_rates(features, targets, weights, offset):
    import torch

    w, b = weights.clone().requires_grad_(), offset.clone().requires_grad_()
    loss = ((features @ w + b - targets) ** 2).mean()
    weights_gradient, offset_gradient = torch.autograd.grad(loss, [w, b])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__ok_optimizer(features, targets, weights, offset):
    weights, offset = nn.Parameter(weights.clone()), nn.Parameter(offset.clone())
    optimizer = torch.optim.SGD([{"params": [weights], "lr": 0.1}, {"params": [offset], "lr": 0.01}])
    nn.functional.mse_loss(features @ weights + offset, targets).backward()
    optimizer.step()
    return weights, offset


def two_rates__unrecorded(features, targets, weights, offset):
    loss = ((features @ weights + offset - targets) ** 2).mean()
    weights_gradient, offset_gradient = torch.autograd.grad(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def _gradients(features, targets, weights, offset, reduce=torch.mean):
    weights, offset = weights.clone().requires_grad_(), offset.clone().requires_grad_()
    loss = reduce((features @ weights + offset - targets) ** 2)
    return torch.autograd.grad(loss, [weights, offset])


def two_rates__swapped_rates(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.01 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__one_rate(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.1 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__sum(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset, reduce=torch.sum)
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__uphill(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights + 0.1 * weights_gradient, offset + 0.01 * offset_gradient


def two_rates__gradients(features, targets, weights, offset):
    return tuple(_gradients(features, targets, weights, offset))


def two_rates__swapped_results(features, targets, weights, offset):
    return two_rates(features, targets, weights, offset)[::-1]


def two_rates__one_after_other(features, targets, weights, offset):
    weights = weights - 0.1 * _gradients(features, targets, weights, offset)[0]
    return weights, offset - 0.01 * _gradients(features, targets, weights, offset)[1]


def two_rates__given_marked(features, targets, weights, offset):
    w, b = weights.requires_grad_(), offset.requires_grad_()
    loss = ((features @ w + b - targets) ** 2).mean()
    weights_gradient, offset_gradient = torch.autograd.grad(loss, [w, b])
    return w.detach() - 0.1 * weights_gradient, b.detach() - 0.01 * offset_gradient


def two_rates__unchanged(features, targets, weights, offset):
    return weights.clone(), offset.clone()
