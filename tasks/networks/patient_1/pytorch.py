"""Answers to `patient_1` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F

from tasks.networks.common.pytorch import _descend


def patient_1(features, labels, steps=40):
    weight = torch.zeros(1, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        predictions = features @ weight + bias
        loss = ((predictions - labels[:, None]) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.3 * weight.grad
            bias -= 0.3 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def patient_1__starter(features, labels, steps=40):
    weight = torch.zeros(1, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        predictions = features @ weight + bias
        loss = ((predictions - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.3 * weight.grad
            bias -= 0.3 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses


def _line(features, labels, steps, loss_function):
    parameters = [torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
    return _descend(parameters, steps, 0.3, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def patient_1__ok_flat(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p[:, 0] - y) ** 2).mean())


def patient_1__ok_library(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: F.mse_loss(p, y.reshape(-1, 1)))


def patient_1__still_broadcasts(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y.reshape(1, -1)) ** 2).mean())


def patient_1__sum(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y[:, None]) ** 2).sum())


def patient_1__mean_prediction(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p.mean() - y) ** 2).mean())


def patient_1__first_label(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y[0]) ** 2).mean())


def patient_1__absolute(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: (p - y[:, None]).abs().mean())


def patient_1__half(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p - y[:, None]) ** 2).mean() / 2)


def patient_1__one_step(features, labels, steps=40):
    return patient_1(features, labels, 1)


def patient_1__accumulates(features, labels, steps=40):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = ((features @ weight + bias - labels[:, None]) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.3 * weight.grad
            bias -= 0.3 * bias.grad
        losses.append(loss.item())
    return losses


def patient_1__plus(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: ((p + y[:, None]) ** 2).mean())


def patient_1__squared_mean(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: (p - y[:, None]).mean() ** 2)
