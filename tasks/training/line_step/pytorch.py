"""Answers to `line_step` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F


def line_step(weight, bias, features, labels, learning_rate):
    w, b = weight.clone().requires_grad_(), bias.clone().requires_grad_()
    loss = ((w * features + b - labels) ** 2).mean()
    loss.backward()
    return weight - learning_rate * w.grad, bias - learning_rate * b.grad


def line_step__ok_in_place(weight, bias, features, labels, learning_rate):
    weight, bias = weight.clone().requires_grad_(), bias.clone().requires_grad_()
    F.mse_loss(weight * features + bias, labels).backward()
    with torch.no_grad():
        weight -= learning_rate * weight.grad
        bias -= learning_rate * bias.grad
    return weight, bias


def line_step__ok_optimizer(weight, bias, features, labels, learning_rate):
    parameters = [torch.tensor(p.item(), requires_grad=True) for p in (weight, bias)]
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    F.mse_loss(parameters[0] * features + parameters[1], labels).backward()
    optimizer.step()
    return parameters[0].detach(), parameters[1].detach()


def _gradients(weight, bias, features, labels, reduce=torch.mean):
    w, b = weight.clone().requires_grad_(), bias.clone().requires_grad_()
    return torch.autograd.grad(reduce((w * features + b - labels) ** 2), [w, b])


def line_step__uphill(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return weight + learning_rate * slopes[0], bias + learning_rate * slopes[1]


def line_step__no_rate(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return weight - slopes[0], bias - slopes[1]


def line_step__sum(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels, torch.sum)
    return weight - learning_rate * slopes[0], bias - learning_rate * slopes[1]


def line_step__only_the_step(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return learning_rate * slopes[0], learning_rate * slopes[1]


def line_step__only_the_step__minus(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return -learning_rate * slopes[0], -learning_rate * slopes[1]


def line_step__bias_forgotten(weight, bias, features, labels, learning_rate):
    return weight - learning_rate * _gradients(weight, bias, features, labels)[0], bias


def line_step__one_after_the_other(weight, bias, features, labels, learning_rate):
    weight = weight - learning_rate * _gradients(weight, bias, features, labels)[0]
    return weight, bias - learning_rate * _gradients(weight, bias, features, labels)[1]


def line_step__gradients(weight, bias, features, labels, learning_rate):
    return _gradients(weight, bias, features, labels)


def line_step__swapped(weight, bias, features, labels, learning_rate):
    weight, bias = line_step(weight, bias, features, labels, learning_rate)
    return bias, weight


def line_step__halved(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels, learning_rate / 2)


def line_step__not_squared(weight, bias, features, labels, learning_rate):
    return weight - learning_rate * features.mean(), bias - learning_rate


def line_step__unchanged(weight, bias, features, labels, learning_rate):
    return weight, bias


def line_step__another_rate(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels, 0.3)


def line_step__another_rate__tenth(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels, 0.1)


def line_step__exchanged(weight, bias, features, labels, learning_rate):
    of_weight, of_bias = _gradients(weight, bias, features, labels)
    return weight - learning_rate * of_bias, bias - learning_rate * of_weight


def line_step__one_gradient(weight, bias, features, labels, learning_rate):
    of_weight, _ = _gradients(weight, bias, features, labels)
    return weight - learning_rate * of_weight, bias - learning_rate * of_weight


def line_step__absolute(weight, bias, features, labels, learning_rate):
    signs = torch.sign(weight * features + bias - labels)
    return weight - learning_rate * torch.mean(signs * features), bias - learning_rate * torch.mean(signs)


def line_step__root(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels, lambda squares: torch.sqrt(torch.mean(squares)))
    return weight - learning_rate * slopes[0], bias - learning_rate * slopes[1]


def line_step__bias_subtracted(weight, bias, features, labels, learning_rate):
    slopes = 2 * (weight * features - bias - labels)
    return weight - learning_rate * torch.mean(slopes * features), bias + learning_rate * torch.mean(slopes)


def line_step__labels_added(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, -labels, learning_rate)


def line_step__without_features(weight, bias, features, labels, learning_rate):
    _, of_bias = _gradients(weight, bias, features, labels)
    return weight - learning_rate * of_bias, bias - learning_rate * of_bias


def line_step__broadcast(weight, bias, features, labels, learning_rate):
    return line_step(weight, bias, features, labels[:, 0], learning_rate)


def line_step__times_parameter(weight, bias, features, labels, learning_rate):
    slopes = _gradients(weight, bias, features, labels)
    return weight - learning_rate * slopes[0] * weight, bias - learning_rate * slopes[1] * bias


def line_step__square_of_mean(weight, bias, features, labels, learning_rate):
    slope = 2 * torch.mean(weight * features + bias - labels)
    return weight - learning_rate * slope * torch.mean(features), bias - learning_rate * slope
