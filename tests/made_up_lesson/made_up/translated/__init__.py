"""The made-up task `translated`."""

from tasks.made_up.common import observe_double

from utils.catalogue import Task

TASK = Task(
    "translated",
    observe=observe_double,
    hints=("Translate.", "Translate line by line."),
    mistakes={"square": "this is the square."},
    only="pytorch",
    translate=True,
)
