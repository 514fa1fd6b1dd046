"""Answers to `patient_2` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F


def patient_2(features, labels, steps=60):
    weight = torch.full((2, 1), 0.5, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            x, y = features[half], labels[half]
            logits = x @ weight + bias
            loss = F.binary_cross_entropy_with_logits(logits, y) / 2
            loss.backward()
            total += loss.item()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(total)
    return losses


def patient_2__starter(features, labels, steps=60):
    weight = torch.full((2, 1), 0.5, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            x, y = features[half], labels[half]
            logits = x @ weight + bias
            loss = F.binary_cross_entropy_with_logits(logits, y) / 2
            loss.backward()
            total += loss.item()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        losses.append(total)
    return losses


def _nothing(*parameters):
    pass


def _clear(*parameters):
    for parameter in parameters:
        parameter.grad = None


def _to_zero(*parameters):
    for parameter in parameters:
        parameter.grad.zero_()


def _parameters_to_zero(*parameters):
    for parameter in parameters:
        parameter.data.zero_()


def _halves(features, labels, steps, before_half=_nothing, before_update=_nothing, after_update=_nothing, share=2):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        total = 0.0
        for half_features, half_labels in zip(features.chunk(2), labels.chunk(2), strict=True):
            before_half(weight, bias)
            loss = F.binary_cross_entropy_with_logits(half_features @ weight + bias, half_labels) / share
            loss.backward()
            total += loss.item()
        before_update(weight, bias)
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        after_update(weight, bias)
        losses.append(total)
    return losses


def patient_2__ok_zero(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=_to_zero)


def patient_2__ok_optimizer(features, labels, steps=60):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=0.5)
    losses = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(features @ weight + bias, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def patient_2__inside(features, labels, steps=60):
    return _halves(features, labels, steps, before_half=_clear)


def patient_2__too_early(features, labels, steps=60):
    return _halves(features, labels, steps, before_update=_clear)


def patient_2__zero_too_early(features, labels, steps=60):
    return _halves(features, labels, steps, before_update=_to_zero)


def patient_2__parameters(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=_parameters_to_zero)


def patient_2__not_halved(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=_clear, share=1)


def patient_2__still_adds_up(features, labels, steps=60):
    return _halves(features, labels, steps)


def patient_2__one_cleared(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=lambda weight, bias: _clear(weight))


def patient_2__one_cleared__bias(features, labels, steps=60):
    return _halves(features, labels, steps, after_update=lambda weight, bias: _clear(bias))


def patient_2__step_each_half(features, labels, steps=60):
    weight, bias = torch.full((2, 1), 0.5, requires_grad=True), torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        total = 0.0
        for half_features, half_labels in zip(features.chunk(2), labels.chunk(2), strict=True):
            loss = F.binary_cross_entropy_with_logits(half_features @ weight + bias, half_labels) / 2
            loss.backward()
            total += loss.item()
            with torch.no_grad():
                weight -= 0.5 * weight.grad
                bias -= 0.5 * bias.grad
            weight.grad = bias.grad = None
        losses.append(total)
    return losses
