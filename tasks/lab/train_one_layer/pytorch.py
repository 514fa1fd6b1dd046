"""Answers to `train_one_layer` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.pytorch import _trained
from tasks.lab.train_network.pytorch import train_network, train_network__ok_high_level


def train_one_layer(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 10))
    losses = train_network(network, train, validation, 20, seed)
    return network, *losses


def train_one_layer__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(train.features.shape[1], 10))
    losses = train_network__ok_high_level(network, train, validation, 20, seed)
    return network, *losses


def train_one_layer__no_bias(train, validation, seed):
    return _trained(nn.Linear(64, 10, bias=False), train, validation, seed)


def train_one_layer__softmax(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Sequential(nn.Linear(64, 10), nn.Softmax(dim=1)), train, validation, seed)


def train_one_layer__hidden(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)), train, validation, seed)


def train_one_layer__hidden__relu_at_end(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Sequential(nn.Linear(64, 10), nn.ReLU()), train, validation, seed)


def train_one_layer__too_short(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=2)


def train_one_layer__stacked(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Sequential(nn.Linear(64, 16), nn.Linear(16, 10)), train, validation, seed)


def train_one_layer__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), train, train, seed, epochs=20)


def train_one_layer__training_twice__swapped(train, validation, seed):
    torch.manual_seed(seed)
    network, training_losses, validation_losses = _trained(nn.Linear(64, 10), train, validation, seed, epochs=20)
    return network, validation_losses, training_losses


def train_one_layer__another_network(train, validation, seed):
    return nn.Linear(64, 10), [2.3, 0.1], [2.4, 0.2]


def train_one_layer__network_only(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=1)[0]


def train_one_layer__network_only__losses(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=1)[1:]


def train_one_layer__network_only__last(train, validation, seed):
    network, *losses = _trained(nn.Linear(64, 10), train, validation, seed, epochs=1)
    return *losses, network


def train_one_layer__training_twice__same(train, validation, seed):
    torch.manual_seed(seed)
    return nn.Linear(64, 10), [2.3, 0.1], [2.3, 0.1]


def train_one_layer__classes(train, validation, seed):
    network, *losses = _trained(nn.Linear(64, 10), train, validation, seed)
    return (lambda features: network(features).argmax(dim=1)), *losses


def train_one_layer__with_validation(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), together(train, validation), validation, seed)


def train_one_layer__with_validation__alone(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), validation, validation, seed)


def train_one_layer__with_others(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), every_digit(train), validation, seed)


def train_one_layer__no_seed(train, validation, seed):
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=20)
