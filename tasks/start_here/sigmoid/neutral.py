"""Answers to `sigmoid` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def sigmoid__ok_other_form(logits):
    return np.exp(logits) / (np.exp(logits) + 1)


def sigmoid__ok_tanh(logits):
    return (np.tanh(logits / 2) + 1) / 2


def sigmoid__sign(logits):
    return 1 / (1 + np.exp(logits))


def sigmoid__no_one(logits):
    return 1 / np.exp(-logits)


def sigmoid__precedence(logits):
    return 1 / 1 + np.exp(-logits)


def sigmoid__tanh(logits):
    return np.tanh(logits)


def sigmoid__step(logits):
    return (logits > 0).astype(float)


def sigmoid__step__integers(logits):
    return (logits > 0).astype(int)


def sigmoid__softmax(logits):
    return np.exp(logits) / np.exp(logits).sum()


def sigmoid__derivative(logits):
    return sigmoid(logits) * (1 - sigmoid(logits))


def sigmoid__softplus(logits):
    return np.logaddexp(0, logits)


def sigmoid__minus(logits):
    return 1 / (1 - np.exp(-logits))


def sigmoid__base_two(logits):
    return 1 / (1 + 2.0**-logits)


def sigmoid__times_e(logits):
    return 1 / (1 + np.e * -logits)


def _with_base(base, logits):
    return 1 / (1 + base**-logits)


def sigmoid__rounded_e(logits):
    return _with_base(2.718, logits)


def sigmoid__rounded_e__four_decimals(logits):
    return _with_base(2.7183, logits)


def sigmoid__rounded_e__two_decimals(logits):
    return _with_base(2.72, logits)


def sigmoid__rounded_e__cut_off(logits):
    return _with_base(2.71, logits)


def sigmoid__rounded_e__one_decimal(logits):
    return _with_base(2.7, logits)
