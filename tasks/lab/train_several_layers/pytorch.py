"""Answers to `train_several_layers` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.pytorch import _trained, _wide
from tasks.lab.train_network.pytorch import train_network, train_network__ok_high_level


def train_several_layers(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    losses = train_network(network, train, validation, 15, seed)
    return network, *losses


def train_several_layers__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    losses = train_network__ok_high_level(network, train, validation, 15, seed)
    return network, *losses


def train_several_layers__no_relu(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 128), nn.Linear(128, 64), nn.Linear(64, 10))
    return _trained(network, train, validation, seed, epochs=5)


def train_several_layers__no_relu__one_layer(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=5)


def train_several_layers__softmax(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10), nn.Softmax(dim=1))
    return _trained(network, train, validation, seed, epochs=5)


def train_several_layers__relu_at_end(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10), nn.ReLU())
    return _trained(network, train, validation, seed, epochs=8)


def train_several_layers__too_short(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    return _trained(network, train, validation, seed, epochs=2)


def train_several_layers__too_small(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 3), nn.ReLU(), nn.Linear(3, 10))
    return _trained(network, train, validation, seed, epochs=20)


def train_several_layers__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    return _trained(network, train, train, seed, epochs=12)


def train_several_layers__network_only(train, validation, seed):
    network = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    return _trained(network, train, validation, seed, epochs=1)[0]


def train_several_layers__with_validation(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(
        nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)), together(train, validation), validation, seed
    )


def train_several_layers__with_validation__alone(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(64), validation, validation, seed)


def train_several_layers__with_others(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(
        nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)), every_digit(train), validation, seed
    )


def train_several_layers__another_network(train, validation, seed):
    return _wide(64), [2.3, 0.1], [2.4, 0.9]


def train_several_layers__no_seed(train, validation, seed):
    return _trained(_wide(128), train, validation, seed, epochs=15)
