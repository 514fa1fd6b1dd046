"""The tasks of the lesson "Start here", in the order of its notebook."""

TASKS = (
    "mean_squared_error",
    "sigmoid",
    "gradient_step",
)
