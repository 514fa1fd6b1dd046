"""Answers to `train_two_classes` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F


def train_two_classes(features, labels):
    mean, scale = features.mean(dim=0), features.std(dim=0)
    weight = torch.zeros(2, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    for _ in range(100):
        logits = (features - mean) / scale @ weight + bias
        F.binary_cross_entropy_with_logits(logits, labels).backward()
        with torch.no_grad():
            weight -= weight.grad
            bias -= bias.grad
        weight.grad = bias.grad = None

    def classify(new_features):
        return ((new_features - mean) / scale @ weight + bias > 0).float()

    return classify


def _trained(features, labels, steps=100):
    """A function that returns logits of scaled features."""
    weight = torch.zeros(2, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=1.0)
    for _ in range(steps):
        optimizer.zero_grad()
        F.binary_cross_entropy_with_logits(features @ weight + bias, labels).backward()
        optimizer.step()
    return lambda scaled: (scaled @ weight + bias).detach()


def _scaled(x):
    return (x - x.mean(dim=0)) / x.std(dim=0)


def _logits(features, labels):
    mean, scale = features.mean(dim=0), features.std(dim=0)
    model = _trained((features - mean) / scale, labels)
    return lambda new: model((new - mean) / scale)


def train_two_classes__ok_library(features, labels):
    logits = _logits(features, labels)
    return lambda new: torch.sigmoid(logits(new)).round()


def train_two_classes__no_function(features, labels):
    return (_logits(features, labels)(features) > 0).float()


def train_two_classes__no_function__no_return(features, labels):
    _logits(features, labels)


def train_two_classes__flat(features, labels):
    logits = _logits(features, labels)
    return lambda new: (logits(new)[:, 0] > 0).float()


def train_two_classes__logits(features, labels):
    return _logits(features, labels)


def train_two_classes__probabilities(features, labels):
    logits = _logits(features, labels)
    return lambda new: torch.sigmoid(logits(new))


def train_two_classes__own_numbers(features, labels):
    model = _trained(_scaled(features), labels)
    return lambda new: (model(_scaled(new)) > 0).float()


def train_two_classes__one_class(features, labels):
    logits = _logits(features, labels)
    return lambda new: logits(new).argmax(dim=1, keepdim=True)


def train_two_classes__new_not_scaled(features, labels):
    model = _trained(_scaled(features), labels)
    return lambda new: (model(new) > 0).float()


def train_two_classes__swapped(features, labels):
    logits = _logits(features, labels)
    return lambda new: (logits(new) < 0).float()


def train_two_classes__too_low(features, labels):
    return lambda new: (new[:, 1:] > 0.8).float()


def train_two_classes__too_low__no_bias(features, labels):
    mean, scale = features.mean(dim=0), features.std(dim=0)
    weight = torch.zeros(2, 1, requires_grad=True)
    for _ in range(100):
        F.binary_cross_entropy_with_logits((features - mean) / scale @ weight, labels).backward()
        with torch.no_grad():
            weight -= weight.grad
        weight.grad = None
    return lambda new: ((new - mean) / scale @ weight > 0).float()


def train_two_classes__new_not_centered(features, labels):
    mean, scale = features.mean(dim=0), features.std(dim=0)
    model = _trained((features - mean) / scale, labels)
    return lambda new: (model(new / scale) > 0).float()


def train_two_classes__new_not_divided(features, labels):
    mean, scale = features.mean(dim=0), features.std(dim=0)
    model = _trained((features - mean) / scale, labels)
    return lambda new: (model(new - mean) > 0).float()
