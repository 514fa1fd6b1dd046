"""Answers to `epoch_loss` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def epoch_loss(losses, sizes):
    return sum(loss * size for loss, size in zip(losses, sizes, strict=True)) / sum(sizes)


def epoch_loss__ok_average(losses, sizes):
    return np.average(losses, weights=sizes)


def epoch_loss__ok_product(losses, sizes):
    return np.dot(losses, sizes) / np.sum(sizes)


def epoch_loss__ok_repeated(losses, sizes):
    return float(np.repeat(losses, sizes).mean())


def epoch_loss__unweighted(losses, sizes):
    return sum(losses) / len(losses)


def epoch_loss__sum(losses, sizes):
    return sum(loss * size for loss, size in zip(losses, sizes, strict=True))


def epoch_loss__by_batches(losses, sizes):
    return np.dot(losses, sizes) / len(sizes)


def epoch_loss__sum_of_losses(losses, sizes):
    return sum(losses)


def epoch_loss__last_dropped(losses, sizes):
    return sum(losses[:-1]) / len(losses[:-1])


def epoch_loss__largest_size(losses, sizes):
    return np.dot(losses, sizes) / (len(sizes) * sizes[0])


def epoch_loss__losses_by_samples(losses, sizes):
    return sum(losses) / sum(sizes)


def epoch_loss__early_return(losses, sizes):
    total = 0
    for loss, size in zip(losses, sizes, strict=True):
        total += loss * size
        return total / sum(sizes)


def epoch_loss__divided_by_size(losses, sizes):
    return sum(loss / size for loss, size in zip(losses, sizes, strict=True))
