"""Answers to `ScaleLayer` that need no framework: solution, other right answers, typical mistakes."""


class ScaleLayer__starter:
    """The starter cell's class, with nothing in it yet."""
