"""The tasks of the lesson "A training loop written by hand", in the order of its notebook."""

TASKS = (
    "accuracy_of",
    "fit_line",
)
