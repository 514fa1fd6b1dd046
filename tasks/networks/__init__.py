"""The tasks of the lesson "Networks, optimizers and debugging", in the order of its notebook."""

TASKS = (
    "patient_1",
    "patient_2",
    "patient_3",
    "patient_4",
    "patient_5",
    "momentum_step",
    "cross_entropy_of",
    "train_spirals",
)
