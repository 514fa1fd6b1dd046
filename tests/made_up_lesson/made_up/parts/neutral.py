"""Answers to the made-up task `parts`."""


def parts(numbers):
    return numbers.sum(), [numbers]


def parts__swapped(numbers):
    return [numbers], numbers.sum()
