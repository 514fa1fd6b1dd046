"""Answers to `hold_back` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.pytorch import _trained, _wide
from tasks.lab.stop_early.pytorch import stop_early
from tasks.lab.train_network.pytorch import train_network, train_network__ok_high_level


def hold_back(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Dropout(0.8),
        nn.Linear(256, 10),
    )
    losses = train_network(network, train, validation, 100, seed)
    return network, *losses


def hold_back__ok_high_level(train, validation, seed):
    torch.manual_seed(seed)
    network = nn.Sequential(
        nn.Linear(train.features.shape[1], 256),
        nn.ReLU(),
        nn.Dropout(0.8),
        nn.Linear(256, 10),
    )
    losses = train_network__ok_high_level(network, train, validation, 100, seed)
    return network, *losses


def hold_back__ok_weight_decay(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=120, decay=0.02, size=200)


def hold_back__nothing(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=100)


def hold_back__nothing__too_weak(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=150, decay=0.0001, size=200)


def hold_back__too_strong(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=100, decay=0.3, size=200)


def hold_back__slow(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=100, rate=0.0005)


def hold_back__stopped(train, validation, seed):
    return stop_early(train, validation, seed)[0], *(losses[:20] for losses in stop_early(train, validation, seed)[1:])


def hold_back__stopped__filled_up(train, validation, seed):
    network, *curves = stop_early(train, validation, seed)
    return network, *(losses + losses[-1:] * 100 for losses in curves)


def hold_back__stopped__few_epochs(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, validation, seed, epochs=10)


def hold_back__with_validation(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(dropout=0.3), together(train, validation), validation, seed, epochs=30, size=200)


def hold_back__network_only(train, validation, seed):
    return _trained(_wide(dropout=0.5), train, validation, seed, epochs=1)[0]


def hold_back__with_validation__alone(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(dropout=0.5), validation, validation, seed, epochs=30, size=200)


def hold_back__with_others(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(dropout=0.5), every_digit(train), validation, seed, epochs=30, size=200)


def hold_back__another_network(train, validation, seed):
    return _wide(), [2.3, 0.1], [2.4, 0.9]


def hold_back__training_twice(train, validation, seed):
    torch.manual_seed(seed)
    return _trained(_wide(), train, train, seed, epochs=40, size=200)


def hold_back__training_twice__swapped(train, validation, seed):
    torch.manual_seed(seed)
    network, training_losses, validation_losses = _trained(_wide(), train, validation, seed, epochs=40, size=200)
    return network, validation_losses, training_losses


def hold_back__best_weights(train, validation, seed):
    network, training_losses, validation_losses = stop_early(train, validation, seed)
    later = [training_losses[-1] - epoch / 1e4 for epoch in range(100)]
    return network, training_losses + later, validation_losses + [1.5] * 100
