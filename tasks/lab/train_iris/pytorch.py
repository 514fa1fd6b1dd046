"""Answers to `train_iris` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from utils import data


def train_iris(features, labels, hidden, seed):
    torch.manual_seed(seed)
    layers = [nn.Linear(4, 3)]
    if hidden:
        layers = [nn.Linear(4, hidden), nn.ReLU(), nn.Linear(hidden, 3)]
    network = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    scaler = data.Scaler.fit(features)
    inputs, targets = torch.tensor(scaler.apply(features)), torch.tensor(labels)
    for _ in range(200):
        loss = nn.functional.cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def classes_of(new_features):
        new_inputs = torch.tensor(scaler.apply(new_features))
        with torch.no_grad():
            return network(new_inputs).argmax(dim=1).numpy()

    return classes_of


def _trained(features, labels, hidden, steps=200, relu=True):
    """A network as in the solution, trained on features as they are."""
    between = [nn.ReLU()] if relu else []
    layers = [nn.Linear(4, hidden), *between, nn.Linear(hidden, 3)] if hidden else [nn.Linear(4, 3)]
    network = nn.Sequential(*layers)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.05)
    inputs, targets = torch.tensor(features), torch.tensor(labels)
    for _ in range(steps):
        loss = nn.functional.cross_entropy(network(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return lambda new: network(torch.tensor(new)).detach()


def _scaled(features, labels, hidden, seed, dim=1, **settings):
    torch.manual_seed(seed)
    scaler = data.Scaler.fit(features)
    logits_of = _trained(scaler.apply(features), labels, hidden, **settings)
    return lambda new: logits_of(scaler.apply(new)).argmax(dim=dim)


def train_iris__ok_mean_and_deviation(features, labels, hidden, seed):
    torch.manual_seed(seed)
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    logits_of = _trained((features - mean) / deviation, labels, hidden)
    return lambda new: logits_of((new - mean) / deviation).argmax(dim=1)


def train_iris__logits(features, labels, hidden, seed):
    torch.manual_seed(seed)
    scaler = data.Scaler.fit(features)
    logits_of = _trained(scaler.apply(features), labels, hidden)
    return lambda new: logits_of(scaler.apply(new))


def train_iris__columns(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, seed, dim=0)


def train_iris__too_short(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, seed, steps=1)


def train_iris__no_hidden(features, labels, hidden, seed):
    return _scaled(features, labels, 0, seed)


def train_iris__no_hidden__no_relu(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, seed, relu=False)


def train_iris__always_hidden(features, labels, hidden, seed):
    return _scaled(features, labels, 16, seed)


def train_iris__each_by_itself(features, labels, hidden, seed):
    torch.manual_seed(seed)
    logits_of = _trained(data.Scaler.fit(features).apply(features), labels, hidden)
    return lambda new: logits_of(data.Scaler.fit(new).apply(new)).argmax(dim=1)


def train_iris__not_scaled(features, labels, hidden, seed):
    torch.manual_seed(seed)
    logits_of = _trained(features, labels, hidden)
    return lambda new: logits_of(new).argmax(dim=1)


def train_iris__no_seed(features, labels, hidden, seed):
    return _scaled(features, labels, hidden, torch.seed() % 1000)


def train_iris__unscaled_question(features, labels, hidden, seed):
    torch.manual_seed(seed)
    logits_of = _trained(data.Scaler.fit(features).apply(features), labels, hidden)
    return lambda new: logits_of(new).argmax(dim=1)
