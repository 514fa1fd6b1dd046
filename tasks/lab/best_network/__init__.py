"""The task `best_network`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.lab.common import BEST, SEVERAL_LAYERS, TRAINED, _accuracies, _observe_trained
from utils import lab
from utils.catalogue import Task


def observe_best_network(answer, seed):
    train, validation, new = lab.clean_parts(seed)
    _, logits, (*_, new) = yield from _observe_trained(answer, train, validation, new, seed)
    yield from _accuracies(logits[-1], new, (0.8, SEVERAL_LAYERS, BEST))


TASK = Task(
    "best_network",
    observe=observe_best_network,
    recorded=True,
    after="train_several_layers",
    seconds=120.0,
    hints=(
        "More data helps most here: add copies of the training pictures, moved by half a pixel to each side. "
        "With them goes a wider layer with dropout.",
        "`np.roll(pictures, 1, axis=2)` moves pictures of shape (n, 8, 8) by one pixel to the right; the mean of "
        "both is moved by half a pixel.",
    ),
    mistakes={
        "several_layers": "at least 0.94 on new pictures, as several plain layers have, but below 0.96. What did "
        "lesson 06 do against a generalization gap?",
        "too_short": "below 0.94, which several plain layers reach. Does your training loss fall to nearly 0?",
        "softmax": "the network ends with softmax; leave it out.",
        **TRAINED,
    },
    open_ended=True,
)
