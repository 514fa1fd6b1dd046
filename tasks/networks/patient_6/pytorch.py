"""Answers to `patient_6` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F

from tasks.networks.common.pytorch import _descend


def patient_6(features, labels, steps=5):
    weight = torch.zeros(1, 1, requires_grad=True)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(features @ weight, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.1 * weight.grad
        weight.grad = None
        losses.append(loss.item())
    return losses


def patient_6__starter(features, labels, steps=5):
    weight = torch.zeros(1, 1, requires_grad=True)
    losses = []
    for _ in range(steps):
        p = torch.sigmoid(features @ weight)
        each = labels * torch.log(p) + (1 - labels) * torch.log(1 - p)
        loss = -each.mean()
        loss.backward()
        with torch.no_grad():
            weight -= 0.1 * weight.grad
        weight.grad = None
        losses.append(loss.item())
    return losses


def _fit(features, labels, steps, loss_function, rate=0.1):
    weight = torch.zeros(1, 1, requires_grad=True)
    return _descend([weight], steps, rate, lambda: loss_function(features @ weight, labels))


def patient_6__ok_softplus(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: (F.softplus(z) - y * z).mean())


def patient_6__ok_logsigmoid(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(-z)).mean())


def patient_6__still_nan(features, labels, steps=5):
    def loss(z, y):
        p = torch.sigmoid(z)
        return -torch.where(y > 0.5, torch.log(p), torch.log(1 - p)).mean()

    return _fit(features, labels, steps, loss)


def patient_6__still_nan__naive(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: (torch.log(1 + torch.exp(z)) - y * z).mean())


def patient_6__clipped(features, labels, steps=5):
    def loss(z, y):
        p = torch.sigmoid(z).clamp(1e-6, 1 - 1e-6)
        return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

    return _fit(features, labels, steps, loss)


def patient_6__clipped__added(features, labels, steps=5):
    def loss(z, y):
        p = torch.sigmoid(z)
        return -(y * torch.log(p + 1e-7) + (1 - y) * torch.log(1 - p + 1e-7)).mean()

    return _fit(features, labels, steps, loss)


def patient_6__clipped__library(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: F.binary_cross_entropy(torch.sigmoid(z), y))


def patient_6__sum(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"))


def patient_6__sign(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: -F.binary_cross_entropy_with_logits(z, y))


def patient_6__twice(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: F.binary_cross_entropy_with_logits(torch.sigmoid(z), y))


def patient_6__first_only(features, labels, steps=5):
    return _fit(features, labels, steps, F.binary_cross_entropy_with_logits, rate=0.0)


def patient_6__label_0(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: -(y * F.logsigmoid(z) + (1 - y) * F.logsigmoid(z)).mean())


def patient_6__label_0__difference(features, labels, steps=5):
    return _fit(features, labels, steps, lambda z, y: -(y * F.logsigmoid(z) + (1 - y) * (1 - F.logsigmoid(z))).mean())


def patient_6__clipped__replaced(features, labels, steps=5):
    def loss(z, y):
        p = torch.sigmoid(z)
        return -torch.nan_to_num(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()

    return _fit(features, labels, steps, loss)
