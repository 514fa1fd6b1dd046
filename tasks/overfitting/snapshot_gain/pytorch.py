"""Answers to `snapshot_gain` in PyTorch: solution, other right answers, typical mistakes."""


def snapshot_gain(validation_losses):
    import torch

    last = validation_losses[-1]
    lowest = torch.amin(validation_losses, dim=0)
    return ((last - lowest) / last).mean()


def snapshot_gain__ok_ratio(validation_losses):
    return (1 - validation_losses.min(dim=0).values / validation_losses[-1]).mean()


def snapshot_gain__over_models(validation_losses):
    return snapshot_gain(validation_losses.T)


def snapshot_gain__overall(validation_losses):
    last = validation_losses[-1]
    return ((last - validation_losses.min()) / last).mean()


def snapshot_gain__of_means(validation_losses):
    last, lowest = validation_losses[-1].mean(), validation_losses.amin(dim=0).mean()
    return (last - lowest) / last


def snapshot_gain__per_model(validation_losses):
    last = validation_losses[-1]
    return (last - validation_losses.amin(dim=0)) / last


def snapshot_gain__from_first(validation_losses):
    first = validation_losses[0]
    return ((first - validation_losses.amin(dim=0)) / first).mean()


def snapshot_gain__difference(validation_losses):
    return (validation_losses[-1] - validation_losses.amin(dim=0)).mean()


def snapshot_gain__by_lowest(validation_losses):
    lowest = validation_losses.amin(dim=0)
    return ((validation_losses[-1] - lowest) / lowest).mean()


def snapshot_gain__sum(validation_losses):
    return snapshot_gain(validation_losses) * validation_losses.shape[1]


def snapshot_gain__sign(validation_losses):
    return -snapshot_gain(validation_losses)


def snapshot_gain__position(validation_losses):
    last = validation_losses[-1]
    return ((last - validation_losses.argmin(dim=0)) / last).mean()


def snapshot_gain__highest(validation_losses):
    last = validation_losses[-1]
    return ((last - validation_losses.amax(dim=0)) / last).mean()
