"""The tasks of the lesson "The overfitting lab", in the order of its notebook."""

TASKS = (
    "line_errors",
    "degree_error",
    "ridge_weights",
    "share_worse",
    "stopping_point",
    "best_strength",
    "decompose",
    "snapshot_gain",
    "train_noisy",
)
