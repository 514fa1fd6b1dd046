"""Answers to `class_recalls` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def class_recalls(logits, labels):
    import torch

    answers = logits.argmax(dim=1)
    right = (answers == labels).float()
    classes = range(logits.shape[1])
    return torch.stack([right[labels == label].mean() for label in classes])


def class_recalls__ok_bincount(logits, labels):
    classes = logits.shape[1]
    right = labels[logits.argmax(dim=1) == labels]
    return torch.bincount(right, minlength=classes) / torch.bincount(labels, minlength=classes)


def class_recalls__precision(logits, labels):
    answers = logits.argmax(dim=1)
    right = (answers == labels).float()
    classes = range(logits.shape[1])
    return torch.stack([right[answers == label].mean() for label in classes])


def class_recalls__columns(logits, labels):
    classes = logits.shape[1]
    right = (logits.argmax(dim=0)[: len(labels)] == labels[:classes]).float()
    return torch.stack([right[labels[:classes] == label].mean() for label in range(classes)])


def class_recalls__of_all(logits, labels):
    right = (logits.argmax(dim=1) == labels).float()
    classes = range(logits.shape[1])
    return torch.stack([(right * (labels == label)).mean() for label in classes])


def class_recalls__accuracy(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean()


def class_recalls__accuracy__for_each(logits, labels):
    return class_recalls__accuracy(logits, labels).repeat(logits.shape[1])


def class_recalls__counts(logits, labels):
    right = (logits.argmax(dim=1) == labels).float()
    classes = range(logits.shape[1])
    return torch.stack([right[labels == label].sum() for label in classes])


def class_recalls__errors(logits, labels):
    return 1 - class_recalls(logits, labels)


def class_recalls__probabilities(logits, labels):
    shares = logits.softmax(dim=1)
    classes = range(logits.shape[1])
    return torch.stack([shares[labels == label, label].mean() for label in classes])
