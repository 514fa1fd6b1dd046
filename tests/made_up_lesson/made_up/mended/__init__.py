"""The made-up task `mended`."""

from tasks.made_up.common import observe_double

from utils.catalogue import Task

TASK = Task("mended", observe=observe_double, hints=("Read it.", "Times two."), mistakes={"square": "this squares."})
