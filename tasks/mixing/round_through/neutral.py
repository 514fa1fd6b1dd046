"""Answers to `round_through` that need no framework: solution, other right answers, typical mistakes."""


def round_through__identity(values):
    return values * 1.0
