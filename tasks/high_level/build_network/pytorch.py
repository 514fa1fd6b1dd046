"""Answers to `build_network` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn


def build_network(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(hidden, classes),
    )


def build_network__ok_subclass(inputs, hidden, classes):
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Linear(inputs, hidden)
            self.second = nn.Linear(hidden, classes)

        def forward(self, features):
            return self.second(torch.relu(self.first(features)))

    return Network()


def build_network__softmax(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(hidden, classes),
        nn.Softmax(dim=1),
    )


def build_network__no_relu(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Linear(hidden, classes))


def build_network__relu_at_end(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(hidden, classes),
        nn.ReLU(),
    )


def build_network__sigmoid(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.Sigmoid(),
        nn.Linear(hidden, classes),
    )


def build_network__no_hidden(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(inputs, classes))


def build_network__one_output(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(hidden, 1),
    )


def build_network__two_hidden(inputs, hidden, classes):
    first, second = nn.Linear(inputs, hidden), nn.Linear(hidden, hidden)
    return nn.Sequential(
        first,
        nn.ReLU(),
        second,
        nn.ReLU(),
        nn.Linear(hidden, classes),
    )


def build_network__fixed(inputs, hidden, classes):
    return nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))


def build_network__fixed_classes(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(hidden, 10),
    )


def build_network__reversed(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(hidden, inputs),
        nn.ReLU(),
        nn.Linear(classes, hidden),
    )


def build_network__reversed__last(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Linear(classes, hidden),
    )


def build_network__dropout(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU(),
        nn.Dropout(0.3),
        nn.Linear(hidden, classes),
    )


def build_network__brackets(inputs, hidden, classes):
    return nn.Sequential(
        [nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes)],
    )


def build_network__class(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.ReLU,
        nn.Linear(hidden, classes),
    )


def build_network__tanh(inputs, hidden, classes):
    return nn.Sequential(
        nn.Linear(inputs, hidden),
        nn.Tanh(),
        nn.Linear(hidden, classes),
    )


def build_network__relu_first(inputs, hidden, classes):
    return nn.Sequential(
        nn.ReLU(),
        nn.Linear(inputs, hidden),
        nn.Linear(hidden, classes),
    )
