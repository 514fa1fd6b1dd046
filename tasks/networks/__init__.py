"""The tasks of the lesson "Networks, optimizers and debugging", in the order of its notebook."""

TASKS = (
    "cross_entropy_of",
    "signal_after",
    "momentum_step",
    "warmup_cosine",
    "patient_1",
    "patient_2",
    "patient_3",
    "patient_4",
    "patient_5",
    "patient_6",
    "patient_7",
    "patient_8",
    "train_softmax",
    "train_spirals",
)
