"""The tasks of the lesson "Mix the levels", in the order of its notebook."""

TASKS = (
    "ScaleLayer",
    "clip_each",
    "loop_losses",
    "round_through",
    "two_rates",
    "fit_moons",
)
