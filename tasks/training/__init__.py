"""The tasks of the lesson "A training loop written by hand", in the order of its notebook."""

TASKS = (
    "line_step",
    "epoch_loss",
    "accuracy_of",
    "fit_line",
    "train_two_classes",
)
