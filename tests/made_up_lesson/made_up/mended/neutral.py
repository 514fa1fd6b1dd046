"""Answers to the made-up task `mended`."""


def mended(numbers):
    return numbers * 2


def mended__starter(numbers):
    return numbers - 2


def mended__square(numbers):
    return numbers**2
