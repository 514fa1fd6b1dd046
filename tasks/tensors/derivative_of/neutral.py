"""Answers to `derivative_of` that need no framework: typical mistakes."""


def derivative_of__value(function, x):
    return function(x)


def derivative_of__numeric__float32(function, x):
    return (function(x + 1e-2) - function(x - 1e-2)) / 2e-2


def derivative_of__coarse(function, x):
    return (function(x + 0.01) - function(x)) / 0.01


def derivative_of__coarse__tenth(function, x):
    return (function(x + 0.1) - function(x)) / 0.1


def derivative_of__coarse__both_sides(function, x):
    return (function(x + 0.1) - function(x - 0.1)) / 0.2
