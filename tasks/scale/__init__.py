"""The tasks of the lesson "Devices and scale", in the order of its notebook."""

TASKS = (
    "copy_seconds",
    "saturating_batch",
    "fast_losses",
    "parallel_gradient",
    "largest_speedup",
    "accumulated_gradient",
    "learn_from_slow",
)
