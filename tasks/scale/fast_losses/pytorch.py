"""Answers to `fast_losses` in PyTorch: solution, other right answers, typical mistakes."""

import numpy as np
import torch
from torch import nn


def fast_losses(network, features, labels, batch_size):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    losses = []
    for start in range(0, len(features), batch_size):
        rows = slice(start, start + batch_size)
        logits = network(features[rows])
        loss = nn.functional.cross_entropy(logits, labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def fast_losses__ok_split(network, features, labels, batch_size):
    losses = []
    for some_features, some_labels in zip(features.split(batch_size), labels.split(batch_size), strict=True):
        loss = nn.CrossEntropyLoss()(network(some_features), some_labels)
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(network.parameters(), gradients, strict=True):
                parameter -= 0.1 * gradient
        losses.append(loss.detach())
    return losses


def _losses(
    network, features, labels, batch_size, rate=0.1, clear=True, step=True, reduction="mean", again=False,
    fixed=False, divisor=None, drop=False, backward=True, twice=False, softmax=False, total=False,
):  # fmt: skip
    """The solution with one thing changed."""
    optimizer, losses = torch.optim.SGD(network.parameters(), lr=rate), []
    for start in range(0, len(features) - (batch_size - 1 if drop else 0), batch_size):
        rows = slice(0, batch_size) if fixed else slice(start, start + batch_size)
        logits = network(features[rows])
        logits = network(features[rows]) if twice else logits
        logits = logits.softmax(dim=1) if softmax else logits
        loss = nn.functional.cross_entropy(logits, labels[rows], reduction=reduction)
        loss = loss / divisor if divisor else loss
        if clear:
            optimizer.zero_grad()
        if backward:
            (loss * len(logits) if total else loss).backward()
        if step:
            optimizer.step()
        loss = nn.functional.cross_entropy(network(features[rows]), labels[rows]) if again else loss
        losses.append(loss.item())
    return losses


def fast_losses__slow(network, features, labels, batch_size):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    losses = []
    for start in range(0, len(features), batch_size):
        end = min(start + batch_size, len(features))
        optimizer.zero_grad()
        batch_loss = 0.0
        for number in range(start, end):
            logits = network(features[number : number + 1])
            loss = nn.functional.cross_entropy(logits, labels[number : number + 1]) / (end - start)
            loss.backward()
            batch_loss += loss.item()
        optimizer.step()
        losses.append(batch_loss)
    return losses


def fast_losses__one_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, len(features))


def fast_losses__no_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, step=False)


def fast_losses__one_step(network, features, labels, batch_size):
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1)
    logits = network(features)
    losses = [
        nn.functional.cross_entropy(some, numbers)
        for some, numbers in zip(logits.split(batch_size), labels.split(batch_size), strict=True)
    ]
    optimizer.zero_grad()
    sum(losses).backward()
    optimizer.step()
    return [loss.item() for loss in losses]


def fast_losses__sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, reduction="sum")


def fast_losses__per_sample(network, features, labels, batch_size):
    return [[loss] * batch_size for loss in _losses(network, features, labels, batch_size)]


def fast_losses__dropped(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, drop=True)


def fast_losses__full_size(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, reduction="sum", divisor=batch_size)


def fast_losses__accumulated(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, clear=False)


def fast_losses__after_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, again=True)


def fast_losses__rate(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, rate=0.01)


def fast_losses__rate__adam(network, features, labels, batch_size):
    optimizer, losses = torch.optim.Adam(network.parameters(), lr=0.1), []
    for some_features, some_labels in zip(features.split(batch_size), labels.split(batch_size), strict=True):
        loss = nn.functional.cross_entropy(network(some_features), some_labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def fast_losses__total(network, features, labels, batch_size):
    return sum(_losses(network, features, labels, batch_size))


def fast_losses__no_list(network, features, labels, batch_size):
    return torch.tensor(_losses(network, features, labels, batch_size))


def fast_losses__same_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, fixed=True)


def fast_losses__last_only(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[-1:]


def fast_losses__last_only__return_inside(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[:1]


def fast_losses__shuffled(network, features, labels, batch_size):
    order = torch.randperm(len(features), generator=torch.Generator().manual_seed(0))
    return _losses(network, features[order], labels[order], batch_size)


def fast_losses__twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, twice=True)


def fast_losses__divided_twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, divisor=batch_size)


def fast_losses__step_of_sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, total=True)


def fast_losses__running(network, features, labels, batch_size):
    return list(np.cumsum(_losses(network, features, labels, batch_size)))


def fast_losses__no_step__no_backward(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, backward=False)


def fast_losses__logits(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, softmax=True)
