"""Answers to `decompose` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def decompose(predictions, truth):
    bias = predictions.mean(dim=0) - truth
    variance = predictions.var(dim=0, correction=0)
    return (bias**2).mean(), variance.mean()


def decompose__ok_by_hand(predictions, truth):
    mean = predictions.sum(dim=0) / len(predictions)
    return torch.mean((mean - truth) ** 2), torch.mean((predictions - mean) ** 2)


def decompose__axis(predictions, truth):
    bias = predictions.mean(dim=1, keepdim=True) - truth
    return (bias**2).mean(), predictions.var(dim=1, correction=0).mean()


def decompose__no_square(predictions, truth):
    return (predictions.mean(dim=0) - truth).mean(), decompose(predictions, truth)[1]


def decompose__square_of_mean(predictions, truth):
    return (predictions.mean(dim=0) - truth).mean() ** 2, decompose(predictions, truth)[1]


def decompose__error(predictions, truth):
    return ((predictions - truth) ** 2).mean(), decompose(predictions, truth)[1]


def decompose__deviation(predictions, truth):
    return decompose(predictions, truth)[0], predictions.std(dim=0, correction=0).mean()


def decompose__one_less(predictions, truth):
    return decompose(predictions, truth)[0], predictions.var(dim=0).mean()


def decompose__swapped(predictions, truth):
    return decompose(predictions, truth)[::-1]


def decompose__ok_squares(predictions, truth):
    mean = predictions.mean(dim=0)
    return [((mean - truth) ** 2).mean(), (predictions**2).mean() - (mean**2).mean()]


def decompose__axis__plain(predictions, truth):
    return decompose(predictions.T, truth)


def decompose__axis__one_less(predictions, truth):
    bias = predictions.mean(dim=1) - truth
    return (bias**2).mean(), predictions.var(dim=1).mean()


def decompose__variance_axis(predictions, truth):
    return decompose(predictions, truth)[0], predictions.var(dim=1, correction=0).mean()


def decompose__around_truth(predictions, truth):
    return decompose(predictions, truth)[0], ((predictions - truth) ** 2).mean()


def decompose__all_together(predictions, truth):
    return decompose(predictions, truth)[0], predictions.var(correction=0)


def decompose__of_the_mean(predictions, truth):
    return decompose(predictions, truth)[0], predictions.mean(dim=0).var(correction=0)


def decompose__one_mean(predictions, truth):
    bias = predictions.mean() - truth
    return (bias**2).mean(), decompose(predictions, truth)[1]


def decompose__absolute(predictions, truth):
    return (predictions.mean(dim=0) - truth).abs().mean(), decompose(predictions, truth)[1]


def decompose__deviation__one_less(predictions, truth):
    return decompose(predictions, truth)[0], predictions.std(dim=0).mean()


def decompose__per_point(predictions, truth):
    return (predictions.mean(dim=0) - truth) ** 2, predictions.var(dim=0, correction=0)


def decompose__sum(predictions, truth):
    return tuple(part * len(truth) for part in decompose(predictions, truth))
