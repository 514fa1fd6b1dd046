"""Answers to `parameter_count` that need no framework: solution, other right answers, typical mistakes."""

import itertools


def parameter_count(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total


def parameter_count__ok_sum(sizes):
    return sum((inputs + 1) * outputs for inputs, outputs in itertools.pairwise(sizes))


def parameter_count__no_bias(sizes):
    return sum(inputs * outputs for inputs, outputs in itertools.pairwise(sizes))


def parameter_count__input_bias(sizes):
    return parameter_count(sizes) + sizes[0]


def parameter_count__one_bias(sizes):
    return parameter_count__no_bias(sizes) + len(sizes) - 1


def parameter_count__bias_per_input(sizes):
    return parameter_count__no_bias(sizes) + sum(sizes[:-1])


def parameter_count__product(sizes):
    total = 1
    for size in sizes:
        total *= size
    return total + sum(sizes[1:])


def parameter_count__first_layer(sizes):
    return parameter_count(sizes[:2])


def parameter_count__last_layer(sizes):
    return parameter_count(sizes[-2:])
