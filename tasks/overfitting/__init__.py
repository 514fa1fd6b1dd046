"""The tasks of the lesson "The overfitting lab", in the order of its notebook."""

TASKS = (
    "line_errors",
    "degree_error",
    "stopping_point",
    "ridge_weights",
    "best_strength",
    "share_worse",
    "snapshot_gain",
    "decompose",
    "train_noisy",
)
