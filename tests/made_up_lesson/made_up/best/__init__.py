"""The made-up task `best`."""

from utils.catalogue import Task

TASK = Task("best", value=True, hints=("Guess.", "It is even."), mistakes={"odd": "this one is odd."}, rtol=1e-8)
