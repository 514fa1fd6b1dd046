"""Answers to the made-up task `double`."""


def double(numbers):
    return numbers * 2


def double__square(numbers):
    return numbers**2


def double__sum(numbers):
    return numbers.sum()


def double__in_place(numbers):
    return numbers.mul_(2)


def double__halved(numbers):
    return numbers / 2
