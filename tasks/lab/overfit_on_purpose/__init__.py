"""The task `overfit_on_purpose`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.lab.common import TRAINED, _accuracy, _observe_noisy
from utils.catalogue import Task


def observe_overfit_on_purpose(answer, seed):
    (_, curve), losses, logits, parts = yield from _observe_noisy(answer, seed)
    known = _accuracy(logits[0], parts[0].labels) >= 0.95
    yield "it knows its training pictures by heart, wrong labels included", known
    yield "the validation loss at the end is at least 1.3 times the lowest", losses[1] >= 1.3 * min(map(float, curve))


TASK = Task(
    "overfit_on_purpose",
    observe=observe_overfit_on_purpose,
    recorded=True,
    after="train_network",
    seconds=60.0,
    hints=(
        "A wide hidden layer, nothing that restrains it, and many epochs.",
        "256 hidden units with ReLU and 100 epochs of your train_network do it.",
    ),
    mistakes={
        "too_short": "it does not know its training pictures by heart: its training accuracy is below 0.95. What keeps "
        "it from learning the rest: too few epochs, too few hidden units, or something that restrains it?",
        **TRAINED,
    },
)
