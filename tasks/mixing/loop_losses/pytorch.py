"""Answers to `loop_losses` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn


def loop_losses(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__ok_by_hand(network, batches, learning_rate):
    loss_function = nn.BCEWithLogitsLoss()
    losses = []
    for features, labels in batches:
        loss = loss_function(network(features), labels)
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(network.parameters(), gradients, strict=True):
                parameter -= learning_rate * gradient
        losses.append(loss)
    return losses


def loop_losses__accumulated(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__no_step(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        losses.append(loss.item())
    return losses


def loop_losses__after_step(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        logits = network(features)
        losses.append(nn.functional.binary_cross_entropy_with_logits(logits, labels).item())
    return losses


def loop_losses__uphill(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        gradients = torch.autograd.grad(loss, list(network.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(network.parameters(), gradients, strict=True):
                parameter += learning_rate * gradient
        losses.append(loss.item())
    return losses


def loop_losses__sum(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(
            logits,
            labels,
            reduction="sum",
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__running_mean(network, batches, learning_rate):
    losses = loop_losses(network, batches, learning_rate)
    return [sum(losses[: count + 1]) / (count + 1) for count in range(len(losses))]


def loop_losses__probabilities(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        probabilities = torch.sigmoid(network(features))
        loss = nn.functional.binary_cross_entropy_with_logits(probabilities, labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__swapped(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(labels, logits)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__total(network, batches, learning_rate):
    return sum(loop_losses(network, batches, learning_rate))


def loop_losses__first_batch(network, batches, learning_rate):
    return loop_losses(network, batches[:1], learning_rate)


def loop_losses__fixed_rate(network, batches, learning_rate):
    return loop_losses(network, batches, 0.01)


def loop_losses__no_step__cleared(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        optimizer.zero_grad()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__total__mean(network, batches, learning_rate):
    return torch.tensor(loop_losses(network, batches, learning_rate)).mean().numpy()


def loop_losses__total__last(network, batches, learning_rate):
    return torch.tensor(loop_losses(network, batches, learning_rate)[-1], requires_grad=True)


def loop_losses__no_list(network, batches, learning_rate):
    return torch.tensor(loop_losses(network, batches, learning_rate))


def loop_losses__last_batch(network, batches, learning_rate):
    return loop_losses(network, batches, learning_rate)[-1:]


def loop_losses__epochs(network, batches, learning_rate):
    return loop_losses(network, batches * 2, learning_rate)


def loop_losses__fixed_rate__lesson(network, batches, learning_rate):
    return loop_losses(network, batches, 0.5)


def _losses(network, batches, loss_function, optimizer):
    losses = []
    for features, labels in batches:
        loss = loss_function(network(features), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


def loop_losses__squared_error(network, batches, learning_rate):
    return _losses(network, batches, nn.MSELoss(), torch.optim.SGD(network.parameters(), lr=learning_rate))


def loop_losses__adam(network, batches, learning_rate):
    optimizer = torch.optim.Adam(network.parameters(), lr=learning_rate)
    return _losses(network, batches, nn.BCEWithLogitsLoss(), optimizer)


def loop_losses__sum_of_gradients(network, batches, learning_rate):
    optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
    losses = []
    for features, labels in batches:
        logits = network(features)
        loss = nn.functional.binary_cross_entropy_with_logits(
            logits,
            labels,
            reduction="sum",
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item() / len(labels))
    return losses
