"""The tasks of the lesson "The high-level API", in the order of its notebook."""

TASKS = (
    "parameter_count",
    "accuracy",
    "build_network",
    "TrainableNetwork",
    "make_trainable",
    "early_stopping_epochs",
    "translate_network",
    "train_classifier",
)
