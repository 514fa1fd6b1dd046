"""Answers to `signal_after` that need no framework: solution, other right answers, typical mistakes."""

import math


def signal_after(deviation, inputs, layers):
    return (inputs * deviation**2 / 2) ** (layers / 2)


def signal_after__ok_loop(deviation, inputs, layers):
    mean_square = 1.0
    for _ in range(layers):
        mean_square *= inputs * deviation**2 / 2
    return math.sqrt(mean_square)


def signal_after__ok_factor(deviation, inputs, layers):
    return (deviation * math.sqrt(inputs / 2)) ** layers


def signal_after__mean_square(deviation, inputs, layers):
    return (inputs * deviation**2 / 2) ** layers


def signal_after__no_half(deviation, inputs, layers):
    return (inputs * deviation**2) ** (layers / 2)


def signal_after__one_layer(deviation, inputs, layers):
    return math.sqrt(inputs * deviation**2 / 2)


def signal_after__times_layers(deviation, inputs, layers):
    return layers * math.sqrt(inputs * deviation**2 / 2)


def signal_after__not_squared(deviation, inputs, layers):
    return (inputs * deviation / 2) ** (layers / 2)


def signal_after__one_more(deviation, inputs, layers):
    return signal_after(deviation, inputs, layers + 1)


def signal_after__one_less(deviation, inputs, layers):
    return signal_after(deviation, inputs, layers - 1)


def signal_after__half_power(deviation, inputs, layers):
    return (inputs * deviation**2 / 2) ** layers / 2
