"""Answers to `patient_3` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F

from tasks.networks.common.pytorch import _descend


def patient_3(features, labels, steps=60):
    weight = torch.zeros(2, 3, requires_grad=True)
    bias = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(steps):
        logits = features @ weight + bias
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def patient_3__starter(features, labels, steps=60):
    weight = torch.zeros(2, 3, requires_grad=True)
    bias = torch.zeros(3, requires_grad=True)
    losses = []
    for _ in range(steps):
        probabilities = torch.softmax(features @ weight + bias, dim=1)
        loss = F.cross_entropy(probabilities, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def _three_classes(features, labels, steps, loss_function):
    parameters = [torch.zeros(2, 3, requires_grad=True), torch.zeros(3, requires_grad=True)]
    return _descend(parameters, steps, 0.5, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def patient_3__ok_by_hand(features, labels, steps=60):
    def loss_function(z, y):
        probabilities = torch.softmax(z, dim=1)
        return -torch.log(probabilities[torch.arange(len(y)), y]).mean()

    return _three_classes(features, labels, steps, loss_function)


def patient_3__ok_log(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(torch.log_softmax(z, dim=1), y))


def patient_3__still_twice(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(z.softmax(1), y))


def patient_3__sigmoid(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(torch.sigmoid(z), y))


def patient_3__no_log(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.nll_loss(torch.softmax(z, dim=1), y))


def patient_3__wrong_axis(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.nll_loss(torch.log_softmax(z, dim=0), y))


def patient_3__down_and_again(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(z.softmax(0), y))


def patient_3__sum(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(z, y, reduction="sum"))


def patient_3__binary(features, labels, steps=60):
    def loss_function(z, y):
        return F.binary_cross_entropy_with_logits(z, F.one_hot(y, 3).float())

    return _three_classes(features, labels, steps, loss_function)


def patient_3__binary__of_probabilities(features, labels, steps=60):
    def loss_function(z, y):
        return F.binary_cross_entropy(torch.softmax(z, dim=1), F.one_hot(y, 3).float())

    return _three_classes(features, labels, steps, loss_function)


def patient_3__stuck(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.cross_entropy(torch.relu(z), y))


def patient_3__squared_error(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: F.mse_loss(z.softmax(1), F.one_hot(y, 3).float()))
