"""The tasks of the lesson "The high-level API", in the order of its notebook."""

TASKS = (
    "build_network",
    "accuracy",
    "TrainableNetwork",
    "make_trainable",
    "early_stopping_epochs",
    "parameter_count",
    "translate_network",
    "train_classifier",
)
