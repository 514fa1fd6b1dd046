"""A made-up lesson: small tasks of every kind, for the tests of the engine."""

TASKS = ("double", "half", "Counter", "parts", "best", "mended", "translated")
