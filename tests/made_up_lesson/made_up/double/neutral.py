"""Answers to the made-up task `double`."""


def double(numbers):
    return numbers * 2


def double__square(numbers):
    return numbers**2


def double__sum(numbers):
    return numbers.sum()


def double__sum__kept_axis(numbers):
    return numbers.sum(keepdims=True)


def double__in_place(numbers):
    numbers *= 2
    return numbers
