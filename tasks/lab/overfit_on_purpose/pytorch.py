"""Answers to `overfit_on_purpose` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.pytorch import _trained, _wide
from tasks.lab.train_network.pytorch import train_network, train_network__ok_high_level


def overfit_on_purpose(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Linear(256, 10),
    )
    losses = train_network(network, train, validation, 100, seed)
    return network, *losses


def overfit_on_purpose__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Linear(256, 10),
    )
    losses = train_network__ok_high_level(network, train, validation, 100, seed)
    return network, *losses


def overfit_on_purpose__too_short(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=8)


def overfit_on_purpose__too_short__small(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(hidden=4), train, validation, seed, epochs=100, size=200)


def overfit_on_purpose__too_short__one_layer(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Linear(64, 10), train, validation, seed, epochs=100, rate=0.005, size=200)


def overfit_on_purpose__with_validation(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), together(train, validation), validation, seed, epochs=30, size=200)


def overfit_on_purpose__too_short__restrained(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=100, rate=0.01, decay=0.02, size=200)


def overfit_on_purpose__network_only(train, validation, seed):
    return _trained(_wide(), train, validation, seed, epochs=1)[0]


def overfit_on_purpose__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, train, seed, epochs=120, size=200)


def overfit_on_purpose__training_twice__same(train, validation, seed):
    return _wide(), [2.3, 0.1], [2.3, 0.1]


def overfit_on_purpose__with_validation__alone(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), validation, validation, seed, epochs=30, size=200)


def overfit_on_purpose__with_others(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), every_digit(train), validation, seed, epochs=30, size=200)


def overfit_on_purpose__another_network(train, validation, seed):
    return _wide(), [2.3, 0.1], [2.4, 0.9]
