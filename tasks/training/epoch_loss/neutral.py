"""Answers to `epoch_loss` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def epoch_loss(losses, sizes):
    total = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
    return total / sum(sizes)


def epoch_loss__ok_average(losses, sizes):
    return np.average(losses, weights=sizes)


def epoch_loss__ok_product(losses, sizes):
    return np.dot(losses, sizes) / np.sum(sizes)


def epoch_loss__ok_repeated(losses, sizes):
    return float(np.repeat(losses, sizes).mean())


def epoch_loss__unweighted(losses, sizes):
    return sum(losses) / len(losses)


def epoch_loss__sum(losses, sizes):
    total = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
    return total


def epoch_loss__by_batches(losses, sizes):
    total = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
    return total / len(sizes)


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
    total = sum(loss / size for loss, size in zip(losses, sizes, strict=True))
    return total


def epoch_loss__divided_by_size__averaged(losses, sizes):
    total = sum(loss / size for loss, size in zip(losses, sizes, strict=True))
    return total / len(losses)


def epoch_loss__first_size(losses, sizes):
    total = sum(loss * sizes[0] for loss in losses)
    return total / sum(sizes)


def epoch_loss__last_only(losses, sizes):
    return losses[-1]


def epoch_loss__by_losses(losses, sizes):
    return np.dot(losses, sizes) / sum(losses)


def epoch_loss__cut(losses, sizes):
    return np.dot(losses, sizes) // sum(sizes)


def epoch_loss__one_size(losses, sizes):
    total = sum(loss * size for loss, size in zip(losses, sizes, strict=True))
    return total / max(sizes)


def epoch_loss__one_size__last(losses, sizes):
    return np.dot(losses, sizes) / sizes[-1]


def epoch_loss__lists_changed(losses, sizes):
    total = samples = 0
    while losses:
        size = sizes.pop()
        total += losses.pop() * size
        samples += size
    return total / samples


def epoch_loss__lists_changed__sums(losses, sizes):
    for i, size in enumerate(sizes):
        losses[i] *= size
    return sum(losses) / sum(sizes)
