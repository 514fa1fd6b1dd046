"""The task `stopping_point`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.overfitting.common import as_tuple
from utils.catalogue import Task
from utils.looking import see


def observe_stopping_point(answer, seed):
    def tried(losses, patience):
        found = as_tuple(answer(np.array(losses), patience))
        pair = see(found).data
        if isinstance(pair, np.ndarray) and pair.shape == (2,):  # two numbers in a tensor or an array
            found = tuple(pair)
        return tuple(map(whole, found)) if isinstance(found, tuple) else found

    yield (
        "losses 0.5, 0.4, 0.3, 0.4, 0.35, 0.6, 0.7, 0.8, 0.1, 0.2 and patience 3",
        tried([0.5, 0.4, 0.3, 0.4, 0.35, 0.6, 0.7, 0.8, 0.1, 0.2], 3),
    )
    yield (
        "losses 0.5, 0.4, 0.45, 0.3, 0.35, 0.2, 0.25, 0.3, 0.4 and patience 2",
        tried([0.5, 0.4, 0.45, 0.3, 0.35, 0.2, 0.25, 0.3, 0.4], 2),
    )
    yield "losses 3, 2, 1.99, which never rise, and patience 2", tried([3.0, 2.0, 1.99], 2)
    yield "losses 0.5, 0.3, 0.4, 0.6, 0.2 and patience 2", tried([0.5, 0.3, 0.4, 0.6, 0.2], 2)
    yield "losses 0.5, 0.3, 0.3, 0.3, 0.2 and patience 2", tried([0.5, 0.3, 0.3, 0.3, 0.2], 2)


def whole(number):
    """An epoch as an int, be it an int, a float or a tensor without axes; anything else as it is."""
    data = see(number).data
    is_whole = isinstance(data, np.ndarray) and data.ndim == 0 and data == np.round(data)
    return int(data) if is_whole else number


TASK = Task(
    "stopping_point",
    observe=observe_stopping_point,
    hints=(
        "Go through the losses with a loop; remember the lowest so far and its epoch.",
        "Stop as soon as the current epoch minus the best epoch is equal to the patience.",
    ),
    mistakes={
        "from_zero": "the epochs are counted from 0; the first epoch has the number 1.",
        "looks_ahead": "the second number is the epoch of the lowest loss of the whole curve; training ends before, "
        "and the later losses are not known then.",
        "lowest_of_all": "the best epoch is that of the lowest loss of the whole curve, and the stop is counted from "
        "it; training ends before, and the later losses are not known then.",
        "first_rise": "you stop at the first rise; patience allows for some epochs without improvement.",
        "not_reset": "epochs without improvement add up over the whole training; a new lowest loss starts the "
        "count anew.",
        "one_late": "you stop one epoch too late: stop when `patience` epochs in a row brought no improvement.",
        "against_last": "a loss is compared with the one before; compare it with the lowest so far.",
        "swapped": "the two numbers are right but in the wrong order: first where it stops, then the best epoch.",
        "ties": "an equal loss counts as an improvement; it has to be below the lowest so far.",
        "one_early": "the stop is named one epoch too early: `patience` epochs have to pass without improvement, "
        "and the first epoch has the number 1.",
        "past_end": "you name an epoch after the last one; training ends there at the latest.",
        "no_end": "nothing comes back when no stop is needed: return the last epoch and the best one after the loop.",
        "loss": "the second number is the lowest loss; return the epoch in which it occurred.",
        "single": "one number comes back; return the epoch of the stop and the best epoch.",
        "highest": "you look for the highest loss; the best epoch has the lowest.",
        "starts_at_zero": "no loss counts as the best, or only one below a fixed number: do you start with infinity, "
        "and look for a lower loss?",
    },
)
