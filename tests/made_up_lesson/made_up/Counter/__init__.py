"""The made-up task `Counter`."""

from utils.catalogue import Task


def observe_counter(answer, seed):
    counter = answer()
    for step in (1, 2, 3):
        yield f"step {step}", counter.step()


TASK = Task(
    "Counter",
    observe=observe_counter,
    hints=("Keep a count.", "Keep it in an array."),
    mistakes={"stuck": "the count never grows."},
    only="neutral",
)
