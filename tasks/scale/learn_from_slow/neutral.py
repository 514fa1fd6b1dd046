"""Answers to `learn_from_slow` that need no framework: solution, other right answers, typical mistakes."""


def learn_from_slow__no_network__accuracy(fetch, count):
    return 0.95
