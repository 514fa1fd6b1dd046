"""The made-up task `half`."""

from tasks.made_up.common import observe_double

from utils.catalogue import Task

TASK = Task(
    "half",
    observe=observe_double,
    hints=("Divide.", "Divide by two."),
    mistakes={"doubled": "this doubles."},
    after="double",
)
