"""The task `stop_early`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import CURED, TRAINED, _accuracies, _observe_noisy
from utils.catalogue import Task


def observe_stop_early(answer, seed):
    (_, curve), losses, logits, parts = yield from _observe_noisy(answer, seed)
    lowest, length = 1 + int(np.argmin(curve)), len(curve)
    place = "at its end" if lowest == length else "in its first half" if length > 3 * lowest + 30 else "before its end"
    yield "the lowest value of the validation curve is", place
    lowest, last = (abs(losses[1] - float(value)) for value in (min(curve), curve[-1]))  # both as the answer measures
    is_best = losses[1] <= 1.02 * min(map(float, curve)) and lowest <= last
    yield "the network has the weights of the best epoch", bool(is_best)
    yield from _accuracies(logits[-1], parts[-1], (CURED,))


TASK = Task(
    "stop_early",
    observe=observe_stop_early,
    recorded=True,
    ways=("high_level",),
    after="overfit_on_purpose",
    seconds=60.0,
    hints=(
        "Train on until the validation loss has not improved for 10 epochs, then go back to the best weights.",
        {
            "pytorch": "Keep `copy.deepcopy(network.state_dict())` at each new lowest validation loss; at the end "
            "`load_state_dict`.",
            "tensorflow": "`keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)`; in a loop of "
            "your own keep `get_weights()` at each new lowest validation loss.",
        },
    ),
    mistakes={
        "last_weights": {
            "pytorch": "the validation loss of the network that you return is above the lowest of your curve: go back "
            "to the weights of the best epoch. If you kept them: is it a copy? A plain state_dict() changes with the "
            "network.",
            "tensorflow": "the validation loss of the network that you return is above the lowest of your curve: go "
            "back to the weights of the best epoch.",
        },
        "by_training": "it went on long after the validation loss had turned: watch it, not the training loss, "
        "and stop.",
        "too_soon": "the validation curve ends at its lowest value: wait until it has turned, and return the whole "
        "curve.",
        **TRAINED,
        "training_twice": "neither the last nor the lowest value of your second curve is the loss that the network has "
        "on the validation set. Does the curve hold its validation loss, and of each epoch, or are the curves swapped?",
    },
)
