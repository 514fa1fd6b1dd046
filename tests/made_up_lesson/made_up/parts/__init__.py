"""The made-up task `parts`."""

import numpy as np

from utils.catalogue import Task

TASK = Task(
    "parts",
    observe=lambda answer, seed: iter([("the numbers 1 and 3", answer(np.array([1.0, 3.0])))]),
    hints=("Return two things.", "Return the sum and a list."),
    mistakes={"swapped": "the two parts are swapped."},
    rtol=1e-8,
    atol=0,
)
