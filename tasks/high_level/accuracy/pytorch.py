"""Answers to `accuracy` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def accuracy(logits, labels):
    answers = logits.argmax(dim=1)
    return (answers == labels).float().mean()


def accuracy__ok_loop(logits, labels):
    right = sum(int(row.argmax()) == int(label) for row, label in zip(logits, labels, strict=True))
    return right / len(labels)


def accuracy__ok_float64(logits, labels):
    return torch.eq(torch.max(logits, dim=1).indices, labels).double().mean().item()


def accuracy__columns(logits, labels):
    return (logits.argmax(dim=0) == labels).float().mean()


def accuracy__count(logits, labels):
    return (logits.argmax(dim=1) == labels).float().sum()


def accuracy__errors(logits, labels):
    return (logits.argmax(dim=1) != labels).float().mean()


def accuracy__per_picture(logits, labels):
    return (logits.argmax(dim=1) == labels).float()


def accuracy__largest(logits, labels):
    return (logits.amax(dim=1) == labels).float().mean()


def accuracy__largest__each(logits, labels):
    return (logits == labels).float().mean()


def accuracy__booleans(logits, labels):
    return (logits.argmax(dim=1) == labels).mean()


def accuracy__percent(logits, labels):
    return 100 * (logits.argmax(dim=1) == labels).float().mean()


def accuracy__count__integers(logits, labels):
    return (logits.argmax(dim=1) == labels).sum()


def accuracy__by_classes(logits, labels):
    return (logits.argmax(dim=1) == labels).sum() / logits.shape[1]


def accuracy__smallest(logits, labels):
    return (logits.argmin(dim=1) == labels).float().mean()


def accuracy__whole(logits, labels):
    return (logits.argmax() == labels).float().mean()


def accuracy__probability(logits, labels):
    return torch.softmax(logits, dim=1)[torch.arange(len(labels)), labels].mean()


def accuracy__each_logit(logits, labels):
    return ((logits > 0) == torch.nn.functional.one_hot(labels, logits.shape[1]).bool()).float().mean()


def accuracy__each_logit__class_numbers(logits, labels):
    return ((logits > 0) == (labels[:, None] > 0.5)).float().mean()
