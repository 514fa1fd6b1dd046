"""The task `early_stopping_epochs`: what is tried, the hints, and a sentence for each typical mistake."""

from utils.catalogue import Task


def observe_early_stopping_epochs(answer, seed):
    def pair(losses, patience):
        result = answer(losses, patience)
        return tuple(result) if isinstance(result, list) else result

    yield "the losses 5, 4, 3, 4, 5, 6, 7 and patience 2", pair([5.0, 4.0, 3.0, 4.0, 5.0, 6.0, 7.0], 2)
    yield "the losses 5, 4, 6, 3, 5, 4, 4 and patience 2", pair([5.0, 4.0, 6.0, 3.0, 5.0, 4.0, 4.0], 2)
    yield "the losses 5, 3, 4, 4, 2, 1 and patience 2", pair([5.0, 3.0, 4.0, 4.0, 2.0, 1.0], 2)
    yield "the losses 3, 2, 1, 2 and patience 2", pair([3.0, 2.0, 1.0, 2.0], 2)
    yield "the losses 2, 1, 1, 1, 1, 1 and patience 3", pair([2.0, 1.0, 1.0, 1.0, 1.0, 1.0], 3)


TASK = Task(
    "early_stopping_epochs",
    observe=observe_early_stopping_epochs,
    hints=(
        "Go through the losses and remember the lowest one so far with its epoch.",
        "When a loss is not below the lowest, look how many epochs have passed since the best one.",
        "Stop when epoch - best_epoch reaches the patience; otherwise the last epoch is that of the list's end.",
    ),
    mistakes={
        "from_zero": "the epochs are counted from 0; here the first epoch is 1.",
        "one_late": "the last epoch is one too large: the training ends as soon as `patience` epochs in a row did not "
        "improve.",
        "total": "the epochs without improvement are added up over the whole training; "
        "a new lowest loss starts the count anew.",
        "previous": "each loss is compared with the one before; compare it with the lowest one so far.",
        "ties": "an equal loss is no improvement: the loss must fall below the lowest one.",
        "never_stops": "the last epoch that you return is the end of the list, but the training ends before. Is the "
        "wait compared with `patience`, and is the epoch where it ends returned?",
        "past_end": "the last epoch that you return lies beyond the end of the list.",
        "looks_ahead": "the lowest loss of the whole list is taken, even if the training has ended before it.",
        "no_end": "nothing is returned when the list ends before the patience is used up.",
        "counted_back": "last epoch minus patience is not the best epoch when the list ends first.",
        "last_too_small": "the last epoch is one too small: is it counted from 0, "
        "or does the training end one epoch too early?",
        "low_start": "no loss ever counts as an improvement: do you start with infinity, and look for a lower loss?",
        "highest": "this looks for the highest loss; the best epoch has the lowest one.",
        "swapped": "the two numbers are swapped: first the best epoch, then the last one.",
        "loss": "the first number is the lowest loss; its epoch is asked for.",
    },
)
