"""Answers to `numeric_gradient` that need no framework: solution, other right answers, typical mistakes."""


def numeric_gradient__all_at_once__one_number(function, point, step):
    return (function(point + step) - function(point - step)) / (2 * step)


def numeric_gradient__all_at_once__change(function, point, step):
    return function(point + step) - function(point - step)
