"""The tasks of the lesson "Mix the levels", in the order of its notebook."""

TASKS = (
    "ScaleLayer",
    "round_through",
    "loop_losses",
    "clip_each",
    "two_rates",
    "fit_moons",
)
