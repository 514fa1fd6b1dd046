"""Answers to `train_softmax` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch.nn import functional as F


def train_softmax(weight, bias, features, labels, steps):
    import torch
    from torch.nn import functional as F

    weight = weight.clone().requires_grad_()
    bias = bias.clone().requires_grad_()
    optimizer = torch.optim.SGD([weight, bias], lr=0.1, momentum=0.9)
    losses = []
    for _ in range(steps):
        loss = F.cross_entropy(features @ weight + bias, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def _train(weight, bias, features, labels, steps, loss=F.cross_entropy, momentum=0.9, only_weight=False, clear=True):
    parameters = [weight.clone().requires_grad_(), bias.clone().requires_grad_()]
    optimizer = torch.optim.SGD(parameters[: 1 if only_weight else 2], lr=0.1, momentum=momentum)
    losses = []
    for _ in range(steps):
        if clear:
            optimizer.zero_grad()
        value = loss(features @ parameters[0] + parameters[1], labels)
        value.backward()
        optimizer.step()
        losses.append(value.detach())
    return losses


def train_softmax__ok_log_softmax(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, lambda z, y: F.nll_loss(F.log_softmax(z, dim=1), y))


def train_softmax__ok_by_hand(weight, bias, features, labels, steps):
    parameters = [weight.clone().requires_grad_(), bias.clone().requires_grad_()]
    velocities, losses = [0.0, 0.0], []
    for _ in range(steps):
        loss = F.cross_entropy(features @ parameters[0] + parameters[1], labels)
        gradients = torch.autograd.grad(loss, parameters)
        velocities = [0.9 * v + g for v, g in zip(velocities, gradients, strict=True)]
        with torch.no_grad():
            for parameter, velocity in zip(parameters, velocities, strict=True):
                parameter -= 0.1 * velocity
        losses.append(loss.item())
    return losses


def train_softmax__sum(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, lambda z, y: F.cross_entropy(z, y, reduction="sum"))


def train_softmax__softmax_first(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, lambda z, y: F.cross_entropy(torch.softmax(z, dim=1), y))


def train_softmax__plain(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, momentum=0.0)


def train_softmax__after_the_step(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps + 1)[1:]


def train_softmax__nothing_moves(weight, bias, features, labels, steps):
    return [F.cross_entropy(features @ weight + bias, labels).item()] * steps


def train_softmax__bias_forgotten(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, only_weight=True)


def train_softmax__accumulates(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, clear=False)


def train_softmax__gradient_of_sum(weight, bias, features, labels, steps):
    losses = _train(weight, bias, features, labels, steps, lambda z, y: F.cross_entropy(z, y, reduction="sum"))
    return [loss / len(labels) for loss in losses]
