"""Answers to `patient_5` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F

from tasks.networks.common.pytorch import _descend


def patient_5(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=0)
    features = (features - mean) / scale
    new_features = (new_features - mean) / scale
    weight = torch.zeros(2, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        logits = features @ weight + bias
        loss = F.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses, (new_features @ weight + bias).detach()


def patient_5__starter(features, labels, new_features, steps=40):
    weight = torch.zeros(2, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    losses = []
    for _ in range(steps):
        logits = features @ weight + bias
        loss = F.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        with torch.no_grad():
            weight -= 0.5 * weight.grad
            bias -= 0.5 * bias.grad
        weight.grad = bias.grad = None
        losses.append(loss.item())
    return losses, (new_features @ weight + bias).detach()


def _two_classes(features, labels, new_features, steps):
    parameters = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]

    def loss_function():
        return F.binary_cross_entropy_with_logits(features @ parameters[0] + parameters[1], labels)

    losses = _descend(parameters, steps, 0.5, loss_function)
    return losses, (new_features @ parameters[0] + parameters[1]).detach()


def patient_5__ok_unbiased(features, labels, new_features, steps=40):
    mean, scale = features.mean(0), features.std(0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__ok_by_hand(features, labels, new_features, steps=40):
    mean = features.sum(dim=0) / len(features)
    scale = ((features - mean) ** 2).mean(dim=0).sqrt()
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__own_numbers(features, labels, new_features, steps=40):
    scaled, new = ((x - x.mean(dim=0)) / x.std(dim=0, correction=0) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__own_numbers__unbiased(features, labels, new_features, steps=40):
    scaled, new = ((x - x.mean(dim=0)) / x.std(dim=0) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__from_new(features, labels, new_features, steps=40):
    mean, scale = new_features.mean(0), new_features.std(0, correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__from_new__unbiased(features, labels, new_features, steps=40):
    mean, scale = new_features.mean(dim=0), new_features.std(dim=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__together(features, labels, new_features, steps=40):
    both = torch.cat([features, new_features])
    mean, scale = both.mean(dim=0), both.std(dim=0, correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__new_forgotten(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=0)
    return _two_classes((features - mean) / scale, labels, new_features, steps)


def patient_5__new_forgotten__overwritten(features, labels, new_features, steps=40):
    features = (features - features.mean(dim=0)) / features.std(dim=0)
    new_features = (new_features - features.mean(dim=0)) / features.std(dim=0)
    return _two_classes(features, labels, new_features, steps)


def patient_5__probabilities(features, labels, new_features, steps=40):
    losses, logits = patient_5(features, labels, new_features, steps)
    return losses, torch.sigmoid(logits)


def patient_5__precedence(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=0)
    return _two_classes(features - mean / scale, labels, new_features - mean / scale, steps)


def patient_5__rows(features, labels, new_features, steps=40):
    scaled, new = ((x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__only_centred(features, labels, new_features, steps=40):
    mean = features.mean(dim=0)
    return _two_classes(features - mean, labels, new_features - mean, steps)


def patient_5__only_divided(features, labels, new_features, steps=40):
    scale = features.std(dim=0, correction=0)
    return _two_classes(features / scale, labels, new_features / scale, steps)


def patient_5__only_divided__unbiased(features, labels, new_features, steps=40):
    return _two_classes(features / features.std(0), labels, new_features / features.std(0), steps)


def patient_5__variance(features, labels, new_features, steps=40):
    mean, scale = features.mean(dim=0), features.var(dim=0, correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__whole_table(features, labels, new_features, steps=40):
    mean, scale = features.mean(), features.std(correction=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__min_max(features, labels, new_features, steps=40):
    low, high = features.min(dim=0).values, features.max(dim=0).values
    return _two_classes((features - low) / (high - low), labels, (new_features - low) / (high - low), steps)


def patient_5__in_each_step(features, labels, new_features, steps=40, correction=0):
    mean, scale = features.mean(dim=0), features.std(dim=0, correction=correction)
    parameters = [torch.zeros(2, 1, requires_grad=True), torch.zeros(1, requires_grad=True)]
    scaled = features

    def loss_function():
        nonlocal scaled
        scaled = (scaled - mean) / scale
        return F.binary_cross_entropy_with_logits(scaled @ parameters[0] + parameters[1], labels)

    losses = _descend(parameters, steps, 0.5, loss_function)
    return losses, ((new_features - mean) / scale @ parameters[0] + parameters[1]).detach()


def patient_5__in_each_step__unbiased(features, labels, new_features, steps=40):
    return patient_5__in_each_step(features, labels, new_features, steps, correction=1)
