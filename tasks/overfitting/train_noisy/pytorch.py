"""Answers to `train_noisy` in PyTorch: solution, other right answers, typical mistakes."""

import torch

from utils import data


def train_noisy(features, labels, validation_features, validation_labels):
    generator = torch.Generator().manual_seed(0)
    first = torch.randn((64, 32), generator=generator) / 64**0.5
    second = torch.randn((32, 10), generator=generator) / 32**0.5
    weights = [first.requires_grad_(), torch.zeros(32, requires_grad=True)]
    weights += [second.requires_grad_(), torch.zeros(10, requires_grad=True)]
    optimizer = torch.optim.SGD(
        weights,
        lr=0.2,
        momentum=0.9,
        weight_decay=0.01,
    )
    loss_function = torch.nn.functional.cross_entropy

    def network(features, weights):
        hidden = torch.relu(features @ weights[0] + weights[1])
        return hidden @ weights[2] + weights[3]

    lowest, best = float("inf"), weights
    for _ in range(300):
        noise = torch.rand(features.shape, generator=generator) - 0.5
        optimizer.zero_grad()
        loss_function(network(features + noise, weights), labels).backward()
        optimizer.step()
        with torch.no_grad():
            logits = network(validation_features, weights)
            loss = loss_function(logits, validation_labels).item()
        if loss < lowest:
            lowest, best = loss, [array.detach().clone() for array in weights]
    return lambda features: network(features, best)


def trained(features, labels, hidden, steps):
    """A network after `steps` steps of Adam, with nothing against overfitting."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layers = [torch.nn.Linear(64, hidden), torch.nn.ReLU()] if hidden else []
        network = torch.nn.Sequential(*layers, torch.nn.Linear(hidden or 64, 10))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02)
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(features), labels).backward()
        optimizer.step()
    return network


def train_noisy__values(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 10)(validation_features)


def train_noisy__classes(features, labels, validation_features, validation_labels):
    network = trained(features, labels, 32, 30)
    return lambda features: network(features).argmax(dim=1)


def train_noisy__untrained(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 0)


def train_noisy__overfitted(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 300)


def train_noisy__late(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 33)


def train_noisy__unsteady(features, labels, validation_features, validation_labels):
    network = train_noisy(features, labels, validation_features, validation_labels)
    return lambda features: torch.nn.functional.dropout(network(features), 0.5)


def train_noisy__on_validation(features, labels, validation_features, validation_labels):
    return trained(validation_features, validation_labels, 32, 100)


def train_noisy__on_validation__both(features, labels, validation_features, validation_labels):
    both = torch.cat([features, validation_features]), torch.cat([labels, validation_labels])
    return trained(*both, 0, 100)


def train_noisy__more_data(features, labels, validation_features, validation_labels):
    digits = data.digits()
    return trained(torch.tensor(digits.features / 16), torch.tensor(digits.labels), 32, 100)
