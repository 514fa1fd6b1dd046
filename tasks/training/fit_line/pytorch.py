"""Answers to `fit_line` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F


def fit_line(features, labels, learning_rate, steps):
    import torch

    weight = torch.zeros(1, 1, requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = bias.grad = None
    return weight, bias


def fit_line__ok_optimizer(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(features @ weight + bias, labels).backward()
        optimizer.step()
    return weight.detach(), bias.detach()


def _fit(features, labels, learning_rate, steps, loss_function=F.mse_loss, start=0.0, rates=(1, 1), clear=True):
    weight, bias = torch.full((1, 1), start, requires_grad=True), torch.full((1,), start, requires_grad=True)
    for _ in range(steps):
        loss_function(features @ weight + bias, labels).backward()
        with torch.no_grad():
            weight -= rates[0] * learning_rate * weight.grad
            bias -= rates[1] * learning_rate * bias.grad
        if clear:
            weight.grad = bias.grad = None
    return weight, bias


def fit_line__uphill(features, labels, learning_rate, steps):
    return _fit(features, labels, -learning_rate, steps)


def fit_line__sum(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, lambda p, y: ((p - y) ** 2).sum())


def fit_line__one_step_only(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 1)


def fit_line__recorded(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        F.mse_loss(features @ weight + bias, labels).backward()
        weight -= learning_rate * weight.grad
        bias -= learning_rate * bias.grad
    return weight, bias


def fit_line__no_backward(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
    return weight, bias


def fit_line__bias_forgotten(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, rates=(1, 0))


def fit_line__weight_forgotten(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, rates=(0, 1))


def fit_line__untrained(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 0)


def fit_line__untrained__one_less(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps - 1)


def fit_line__untrained__cleared_first(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight, bias], lr=learning_rate)
    for _ in range(steps):
        F.mse_loss(features @ weight + bias, labels).backward()
        optimizer.zero_grad()
        optimizer.step()
    return weight, bias


def fit_line__one_step_more(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps + 1)


def fit_line__started_at_one(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, start=1.0)


def fit_line__accumulates(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, clear=False)


def fit_line__accumulates__bias(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        F.mse_loss(features @ weight + bias, labels).backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = None
    return weight, bias


def fit_line__rebound__recorded(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        weight = weight - learning_rate * weight.grad
        bias = bias - learning_rate * bias.grad
    return weight, bias


def fit_line__rebound(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight = weight - learning_rate * weight.grad
            bias = bias - learning_rate * bias.grad
    return weight, bias


def fit_line__not_required(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1), torch.zeros(1)
    for _ in range(steps):
        loss = ((features @ weight + bias - labels) ** 2).mean()
        loss.backward()
        with torch.no_grad():
            weight -= learning_rate * weight.grad
            bias -= learning_rate * bias.grad
        weight.grad = bias.grad = None
    return weight, bias


def fit_line__fixed_steps(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 60)


def fit_line__fixed_steps__hundred(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 100)


def fit_line__adam(features, labels, learning_rate, steps):
    weight, bias = torch.zeros(1, 1, requires_grad=True), torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([weight, bias], lr=learning_rate)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(features @ weight + bias, labels).backward()
        optimizer.step()
    return weight, bias


def fit_line__losses(features, labels, learning_rate, steps):
    path = [_fit(features, labels, learning_rate, taken) for taken in range(steps)]
    return [F.mse_loss(features @ weight + bias, labels).item() for weight, bias in path]
