"""Answers to `best_network` in PyTorch: solution, other right answers, typical mistakes."""

import numpy as np
import torch
from torch import nn

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.pytorch import _trained, _wide
from tasks.lab.train_network.pytorch import train_network
from utils import data


def best_network(train, validation, seed):
    side = round(train.features.shape[1] ** 0.5)
    pictures = train.features.reshape(-1, side, side)
    moved = [pictures]
    for axis, step in ((1, -1), (1, 1), (2, -1), (2, 1)):
        moved.append((pictures + np.roll(pictures, step, axis)) / 2)
    features = np.concatenate(moved).reshape(-1, side**2)
    more = data.Part(features, np.tile(train.labels, 5))
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 512),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(512, 10),
    )
    losses = train_network(network, more, validation, 8, seed)
    return network, *losses


def best_network__several_layers(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(64), train, validation, seed, epochs=15)


def best_network__too_short(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=2)


def best_network__softmax(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(nn.Sequential(_wide(), nn.Softmax(dim=1)), train, validation, seed, epochs=2)


def best_network__network_only(train, validation, seed):
    return _trained(_wide(), train, validation, seed, epochs=1)[0]


def best_network__with_validation(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(dropout=0.4), together(train, validation), validation, seed)


def best_network__with_validation__alone(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(dropout=0.4), validation, validation, seed)


def best_network__with_others(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(dropout=0.4), every_digit(train), validation, seed)


def best_network__another_network(train, validation, seed):
    return _wide(), [2.3, 0.1], [2.4, 0.9]


def best_network__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, train, seed)


def best_network__training_twice__swapped(train, validation, seed):
    torch.manual_seed(seed)
    network, training_losses, validation_losses = _trained(_wide(), train, validation, seed)
    return network, validation_losses, training_losses
