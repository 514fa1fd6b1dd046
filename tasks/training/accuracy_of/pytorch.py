"""Answers to `accuracy_of` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def accuracy_of(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float().mean()


def accuracy_of__ok_probability(logits, labels):
    return (torch.sigmoid(logits).round() == labels).double().mean().item()


def accuracy_of__ok_flat(logits, labels):
    return sum((logits[:, 0] > 0).float() == labels[:, 0]) / len(labels)


def accuracy_of__threshold(logits, labels):
    return ((logits > 0.5) == (labels > 0.5)).float().mean()


def accuracy_of__count(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float().sum()


def accuracy_of__count__integers(logits, labels):
    return ((logits > 0) == labels).sum()


def accuracy_of__argmax(logits, labels):
    return (logits.argmax(dim=1, keepdim=True) == labels).float().mean().item()


def accuracy_of__argmax__flat(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean().item()


def accuracy_of__always_one(logits, labels):
    return ((torch.sigmoid(logits) > 0) == labels).float().mean().item()


def accuracy_of__rounded(logits, labels):
    return (logits.round() == labels).float().mean().item()


def accuracy_of__percent(logits, labels):
    return 100 * ((logits > 0) == (labels > 0.5)).float().mean()


def accuracy_of__error_rate(logits, labels):
    return ((logits > 0) != (labels > 0.5)).float().mean()


def accuracy_of__broadcast(logits, labels):
    return ((logits > 0) == (labels[:, 0] > 0.5)).float().mean()


def accuracy_of__each(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float()


def accuracy_of__positives(logits, labels):
    return (logits > 0).float().mean()


def accuracy_of__equal(logits, labels):
    return (logits == labels).float().mean()


def accuracy_of__true_positives(logits, labels):
    return ((logits > 0) & (labels == 1)).float().mean()


def accuracy_of__soft(logits, labels):
    return 1 - (torch.sigmoid(logits) - labels).abs().mean()


def accuracy_of__each__rows(logits, labels):
    return ((logits > 0) == (labels > 0.5)).float().mean(dim=1)


def accuracy_of__truncated(logits, labels):
    return (logits.int() == labels).float().mean()


def accuracy_of__precision(logits, labels):
    positive = logits > 0
    return (labels * positive).sum() / positive.sum()


def accuracy_of__recall(logits, labels):
    return (labels * (logits > 0)).sum() / labels.sum()
