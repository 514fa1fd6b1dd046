"""Answers to `warmup_cosine` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def warmup_cosine(step, steps, warmup, peak):
    if step < warmup:
        return peak * (step + 1) / warmup
    done = (step - warmup) / (steps - warmup)
    return peak * (1 + np.cos(np.pi * done)) / 2


def warmup_cosine__ok_minimum(step, steps, warmup, peak):
    done = max(0, step - warmup) / (steps - warmup)
    return min((step + 1) / warmup, 1) * peak * np.cos(np.pi * done / 2) ** 2


def _falling(step, done, warmup, peak):
    return peak * (step + 1) / warmup if step < warmup else peak * (1 + np.cos(np.pi * done)) / 2


def warmup_cosine__from_zero(step, steps, warmup, peak):
    return peak * step / warmup if step < warmup else warmup_cosine(step, steps, warmup, peak)


def warmup_cosine__no_warmup(step, steps, warmup, peak):
    return peak * (1 + np.cos(np.pi * step / steps)) / 2


def warmup_cosine__whole_run(step, steps, warmup, peak):
    return _falling(step, step / steps, warmup, peak)


def warmup_cosine__all_steps(step, steps, warmup, peak):
    return _falling(step, (step - warmup) / steps, warmup, peak)


def warmup_cosine__flat(step, steps, warmup, peak):
    return _falling(step, 0, warmup, peak)


def warmup_cosine__linear(step, steps, warmup, peak):
    return min((step + 1) / warmup, 1, (steps - step) / (steps - warmup)) * peak


def warmup_cosine__factor(step, steps, warmup, peak):
    return warmup_cosine(step, steps, warmup, 1.0)


def warmup_cosine__product(step, steps, warmup, peak):
    return min((step + 1) / warmup, 1) * peak * (1 + np.cos(np.pi * step / steps)) / 2


def warmup_cosine__quarter(step, steps, warmup, peak):
    return (
        peak * (step + 1) / warmup if step < warmup else peak * np.cos(np.pi / 2 * (step - warmup) / (steps - warmup))
    )


def warmup_cosine__degrees(step, steps, warmup, peak):
    return _falling(step, 180 / np.pi * (step - warmup) / (steps - warmup), warmup, peak)


def warmup_cosine__overwritten(step, steps, warmup, peak):
    return _falling(warmup, (step - warmup) / (steps - warmup), warmup, peak)
