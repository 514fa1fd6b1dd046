"""Answers to `train_spirals` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn
from torch.nn import functional as F


def train_spirals(features, labels):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(200):
        loss = F.binary_cross_entropy_with_logits(model(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return lambda new_features: (model(new_features) > 0).float()


def _spirals(features, labels, steps, hidden=32):
    torch.manual_seed(0)
    layers = [nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, 1)] if hidden else [nn.Linear(2, 1)]
    model = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(model(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model


def train_spirals__no_function(features, labels):
    return (_spirals(features, labels, 5)(features) > 0).float()


def train_spirals__no_function__no_return(features, labels):
    _spirals(features, labels, 5)


def train_spirals__probabilities(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: torch.sigmoid(model(new_features))


def train_spirals__one_class(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: model(new_features).argmax(dim=1, keepdim=True)


def train_spirals__swapped(features, labels):
    model = _spirals(features, labels, 200)
    return lambda new_features: (model(new_features) < 0).float()


def train_spirals__untrained(features, labels):
    return lambda new_features: (new_features[:, :1] * new_features[:, 1:] > 0).float()


def train_spirals__linear(features, labels):
    model = _spirals(features, labels, 200, hidden=0)
    return lambda new_features: (model(new_features) > 0).float()


def train_spirals__too_short(features, labels):
    model = _spirals(features, labels, 20)
    return lambda new_features: (model(new_features) > 0).float()


def train_spirals__logits(features, labels):
    return _spirals(features, labels, 5)


def train_spirals__flat(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: (model(new_features)[:, 0] > 0).float()


def train_spirals__ignores(features, labels):
    model = _spirals(features, labels, 5)
    return lambda _: (model(features) > 0).float()


def train_spirals__uncleared(features, labels):
    model = _spirals(features, labels, 0)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(3):
        F.binary_cross_entropy_with_logits(model(features), labels).backward()
        optimizer.step()
    return lambda new_features: (model(new_features) > 0).float()


def train_spirals__loss_input(features, labels):
    model = nn.Sequential(_spirals(features, labels, 0), nn.Sigmoid())
    F.binary_cross_entropy_with_logits(model(features), labels).backward()
    return lambda new_features: (model(new_features) > 0.5).float()
