"""Answers to `saturating_batch` in PyTorch: solution, other right answers, typical mistakes."""

import torch


def saturating_batch(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()].min()


def saturating_batch__ok_loop(batch_sizes, seconds):
    best = max(float(size / time) for size, time in zip(batch_sizes, seconds, strict=True))
    return min(int(size) for size, time in zip(batch_sizes, seconds, strict=True) if float(size / time) >= 0.9 * best)


def saturating_batch__fastest(batch_sizes, seconds):
    return batch_sizes[(batch_sizes / seconds).argmax()]


def saturating_batch__largest(batch_sizes, seconds):
    return batch_sizes.max()


def saturating_batch__shortest(batch_sizes, seconds):
    return batch_sizes[seconds <= seconds.min() / 0.9].min()


def saturating_batch__shortest__longest(batch_sizes, seconds):
    return batch_sizes[seconds.argmin()]


def saturating_batch__upside_down(batch_sizes, seconds):
    speeds = seconds / batch_sizes
    return batch_sizes[speeds >= 0.9 * speeds.max()].min()


def saturating_batch__upside_down__below(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds <= 0.9 * speeds.max()].min()


def saturating_batch__just_over(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds > 0.9 * speeds.max()].min()


def saturating_batch__half(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.5 * speeds.max()].min()


def saturating_batch__last_speed(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds[-1]].min()


def saturating_batch__position(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return int(torch.nonzero(speeds >= 0.9 * speeds.max())[0, 0])


def saturating_batch__speed(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return speeds[speeds >= 0.9 * speeds.max()].min()


def saturating_batch__in_order(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()][0]


def saturating_batch__largest__of_them(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()].max()


def saturating_batch__ok_sorted(batch_sizes, seconds):
    batch_sizes, order = batch_sizes.sort()
    speeds = batch_sizes / seconds[order]
    return batch_sizes[torch.nonzero(speeds >= 0.9 * speeds.max())[0, 0]].item()


def saturating_batch__half__tenth(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.1 * speeds.max()].min()


def saturating_batch__last_speed__of_the_largest(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds[batch_sizes.argmax()]].min()


def saturating_batch__more_time(batch_sizes, seconds):
    costs = seconds / batch_sizes
    return batch_sizes[costs <= 1.1 * costs.min()].min()


def saturating_batch__several(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[speeds >= 0.9 * speeds.max()]


def saturating_batch__half_sorted(batch_sizes, seconds):
    batch_sizes = batch_sizes.sort().values
    return saturating_batch(batch_sizes, seconds)


def saturating_batch__nearest(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return batch_sizes[(speeds - 0.9 * speeds.max()).abs().argmin()]


def saturating_batch__plateau(batch_sizes, seconds):
    order = batch_sizes.argsort()
    sizes, speeds = batch_sizes[order], (batch_sizes / seconds)[order]
    for place in range(len(sizes) - 1):
        if speeds[place] >= 0.9 * speeds[place + 1]:
            return sizes[place]
    return sizes[-1]
