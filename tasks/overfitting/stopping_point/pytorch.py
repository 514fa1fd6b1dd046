"""Answers to `stopping_point` in PyTorch: solution, other right answers, typical mistakes."""

import torch

from tasks.overfitting.stopping_point.neutral import stopping_point


def stopping_point__ok_counter(validation_losses, patience):
    losses = validation_losses.tolist()
    best, waited = 0, 0
    for i in range(1, len(losses)):
        waited += 1
        if losses[i] < losses[best]:
            best, waited = i, 0
        if waited >= patience:
            return i + 1, best + 1
    return len(losses), best + 1


def stopping_point__looks_ahead(validation_losses, patience):
    best = int(validation_losses.argmin()) + 1
    return min(best + patience, len(validation_losses)), best


def stopping_point__ok_up_to_now(validation_losses, patience):
    for epoch in range(1, len(validation_losses) + 1):
        best = int(validation_losses[:epoch].argmin()) + 1
        if epoch - best == patience:
            break
    return [epoch, best]


def stopping_point__looks_ahead__after_the_stop(validation_losses, patience):
    stop, _ = stopping_point(validation_losses, patience)
    return stop, int(validation_losses.argmin()) + 1


def stopping_point__ok_tensor(validation_losses, patience):
    return torch.tensor(stopping_point(validation_losses, patience))
