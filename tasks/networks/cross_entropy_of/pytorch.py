"""Answers to `cross_entropy_of` in PyTorch: solution, other right answers, typical mistakes."""

import torch
from torch import nn
from torch.nn import functional as F

CROSS_ENTROPIES = (F, ("cross_entropy", "nll_loss"))


def cross_entropy_of(logits, labels):
    right = logits[torch.arange(len(labels)), labels]
    return (torch.logsumexp(logits, dim=1) - right).mean()


def cross_entropy_of__ok_log_softmax(logits, labels):
    return -torch.log_softmax(logits, dim=1).gather(1, labels[:, None]).mean()


def cross_entropy_of__ok_maximum(logits, labels):
    logits = logits - logits.max(dim=1, keepdim=True).values
    one_hot = F.one_hot(labels, logits.shape[1])
    return (logits.exp().sum(dim=1).log() - (one_hot * logits).sum(dim=1)).mean()


def cross_entropy_of__overflow(logits, labels):
    right = logits[torch.arange(len(labels)), labels]
    return (torch.log(torch.exp(logits).sum(dim=1)) - right).mean()


def cross_entropy_of__sum(logits, labels):
    right = logits[torch.arange(len(labels)), labels]
    return (torch.logsumexp(logits, dim=1) - right).sum()


def cross_entropy_of__no_log(logits, labels):
    return -logits.softmax(dim=1)[torch.arange(len(labels)), labels].mean()


def cross_entropy_of__sign(logits, labels):
    return -cross_entropy_of(logits, labels)


def cross_entropy_of__all_entries(logits, labels):
    one_hot = F.one_hot(labels, logits.shape[1])
    return -(one_hot * torch.log_softmax(logits, dim=1)).mean()


def cross_entropy_of__twice(logits, labels):
    return cross_entropy_of(torch.softmax(logits, dim=1), labels)


def cross_entropy_of__library(logits, labels):
    return F.cross_entropy(logits, labels)


def cross_entropy_of__library__module(logits, labels):
    return nn.CrossEntropyLoss()(logits, labels)


def cross_entropy_of__library__nll(logits, labels):
    return nn.NLLLoss()(torch.log_softmax(logits, dim=1), labels)


def cross_entropy_of__by_probability(logits, labels):
    return -logits.softmax(dim=1)[torch.arange(len(labels)), labels].log().mean()


def cross_entropy_of__all_pairs(logits, labels):
    return (torch.logsumexp(logits, dim=1) - logits[:, labels]).mean()


def cross_entropy_of__largest(logits, labels):
    return (torch.logsumexp(logits, dim=1) - logits.max(dim=1).values).mean()


def cross_entropy_of__half_shifted(logits, labels):
    shifted = logits - logits.max(dim=1, keepdim=True).values
    return (shifted.exp().sum(dim=1).log() - logits[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__one_maximum(logits, labels):
    logits = logits - logits.max()
    return (logits.exp().sum(dim=1).log() - logits[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__whole_table(logits, labels):
    return (torch.logsumexp(logits.flatten(), dim=0) - logits[torch.arange(len(labels)), labels]).mean()


def cross_entropy_of__axis(logits, labels):
    return -torch.log_softmax(logits, dim=0)[torch.arange(len(labels)), labels].mean()


def cross_entropy_of__epsilon(logits, labels):
    return -torch.log(torch.softmax(logits, dim=1)[torch.arange(len(labels)), labels] + 1e-9).mean()


def cross_entropy_of__epsilon__clamped(logits, labels):
    return -torch.softmax(logits, dim=1).clamp(min=1e-7)[torch.arange(len(labels)), labels].log().mean()


def cross_entropy_of__in_each_entry(logits, labels):
    return (torch.logsumexp(logits, dim=1, keepdim=True) - logits * F.one_hot(labels, logits.shape[1])).mean()
