"""Answers to `patient_4` in PyTorch: solution, other right answers, typical mistakes."""

import copy

import numpy as np
import torch
from torch import nn


class _SmallDropoutNetwork(nn.Module):
    def __init__(self, seed):
        super().__init__()
        generator = np.random.default_rng(seed)
        self.first = nn.Parameter(torch.tensor(generator.normal(size=(2, 16)), dtype=torch.float32))
        self.second = nn.Parameter(torch.tensor(generator.normal(size=(16, 3)), dtype=torch.float32))
        self.dropout = nn.Dropout(0.5)
        self.dropped = 0  # how often

    def forward(self, features):
        self.dropped += self.dropout.training and getattr(self.dropout, "p", 0) > 0
        return self.dropout(torch.tanh(features @ self.first)) @ self.second


def small_dropout_network(seed):
    """The network that patient_4 is tried with; what it drops repeats, and `dropped` counts how often it does."""
    torch.manual_seed(seed)
    return _SmallDropoutNetwork(seed)


def patient_4(model, features, labels):
    model.eval()
    logits = model(features)
    model.train()
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__starter(model, features, labels):
    logits = model(features)
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__ok_no_grad(model, features, labels):
    model.eval()
    with torch.no_grad():
        right = model(features).max(dim=1).indices == labels
    model.train(True)
    return right.float().mean()


def patient_4__still_dropping(model, features, labels):
    with torch.no_grad():
        return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__ok_copy(model, features, labels):
    frozen = copy.deepcopy(model).eval()
    return (frozen(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__still_dropping__not_called(model, features, labels):
    model.eval  # noqa: B018
    logits = model(features)
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__still_dropping__too_late(model, features, labels):
    logits = model(features)
    model.eval()
    return (logits.argmax(dim=1) == labels).float().mean().item()


def patient_4__removed(model, features, labels):
    model.dropout = nn.Identity()
    return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__removed__layer(model, features, labels):
    model.dropout.eval()
    return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__averaged(model, features, labels):
    answers = [model(features).argmax(dim=1) for _ in range(10)]
    return (torch.stack(answers) == labels).float().mean().item()


def patient_4__stays_in_eval(model, features, labels):
    model.eval()
    return (model(features).argmax(dim=1) == labels).float().mean().item()


def patient_4__count(model, features, labels):
    model.eval()
    logits = model(features)
    model.train()
    return (logits.argmax(dim=1) == labels).float().sum().item()


def patient_4__error_rate(model, features, labels):
    model.eval()
    logits = model(features)
    model.train()
    return (logits.argmax(dim=1) != labels).float().mean().item()


def patient_4__no_gradients(model, features, labels):
    torch.set_grad_enabled(False)
    return patient_4(model, features, labels)


def patient_4__frozen(model, features, labels):
    for parameter in model.parameters():
        parameter.requires_grad = False
    return patient_4(model, features, labels)
