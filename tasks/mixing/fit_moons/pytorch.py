"""Answers to `fit_moons` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn


def fit_moons(features, labels):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(2, 12), nn.Tanh(), nn.Linear(12, 1))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(200):
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def fit_moons__ok_bumps(features, labels):
    class Bumps(nn.Module):
        def __init__(self, centres):
            super().__init__()
            self.centres = nn.Parameter(centres.clone())
            self.log_sharpness = nn.Parameter(torch.zeros(len(centres)))

        def forward(self, features):
            squared_distances = ((features[:, None, :] - self.centres) ** 2).sum(dim=2)
            return torch.exp(-torch.exp(self.log_sharpness) * squared_distances)

    return _trained(nn.Sequential(Bumps(features[:10]), nn.Linear(10, 1)), features, labels, steps=200)


def _trained(network, features, labels, steps):
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(steps):
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def _network(hidden, outputs=1):
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, outputs))


def fit_moons__two_outputs(features, labels):
    return _network(9, outputs=2)


def fit_moons__flat(features, labels):
    return nn.Sequential(_network(9), nn.Flatten(start_dim=0))


def fit_moons__too_many(features, labels):
    return _trained(_network(64), features, labels, steps=1)


def fit_moons__probabilities(features, labels):
    return nn.Sequential(_trained(_network(12), features, labels, steps=5), nn.Sigmoid())


def fit_moons__untrained(features, labels):
    return _network(12)


def fit_moons__no_network(features, labels):
    _network(12)


def fit_moons__no_network__function(features, labels):
    network = _network(12)
    return lambda points: network(points)


def fit_moons__not_finite(features, labels):
    return _with_output(_network(12), float("nan"))


def _with_output(network, bias):
    """The network with another bias in its last layer."""
    nn.init.constant_(network[-1].bias, bias)
    return network


def fit_moons__shifted(features, labels):
    network = _network(12)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(200):
        loss = nn.functional.mse_loss(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


def fit_moons__inverted(features, labels):
    return _trained(_network(12), features, 1 - labels, steps=100)


def fit_moons__constant__softmax(features, labels):
    return nn.Sequential(_network(12), nn.Softmax(dim=1))


def fit_moons__constant(features, labels):
    network = _network(12)
    nn.init.zeros_(network[-1].weight)
    return _with_output(network, 0.0)


def fit_moons__linear(features, labels):
    torch.manual_seed(0)
    return _trained(nn.Linear(2, 1), features, labels, steps=100)


def fit_moons__already_trained(features, labels):
    return fit_moons(features * torch.tensor([1.0, -1.0]), labels)


def fit_moons__uncleared(features, labels):
    network = _network(12)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    for _ in range(3):
        logits = network(features)
        nn.functional.binary_cross_entropy_with_logits(logits, labels).backward()
        optimizer.step()
    return network


def fit_moons__loss_input(features, labels):
    return _trained(nn.Sequential(_network(12), nn.Sigmoid()), features, labels, steps=1)


def fit_moons__wrapped(features, labels):
    class Wrapped(nn.Module):
        def __init__(self):
            super().__init__()
            self.network = _network(12)

    return Wrapped()
