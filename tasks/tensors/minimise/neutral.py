"""Answers to `minimise` that need no framework: solution, other right answers, typical mistakes."""


def minimise__start(function, start):
    return start


def minimise__not_called(function, start):
    return 0.5 * start
