"""The task `train_one_layer`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.lab.common import ONE_LAYER, SEEDED, TRAINED, _accuracies, _observe_trained, _same_seed, _shape
from utils import lab
from utils.catalogue import Task


def observe_train_one_layer(answer, seed):
    train, validation, new = lab.clean_parts(seed)
    result, logits, (*_, new) = yield from _observe_trained(answer, train, validation, new, seed)
    yield "the network", _shape(result[0], 64, answer, seed)
    yield "it has the 650 weights of one layer", _size(result[0]) in (None, 650)
    yield from _accuracies(logits[-1], new, (ONE_LAYER,))
    yield from _same_seed(answer, train, validation, seed)


def _size(network):
    """How many weights a network has, or None where it does not tell."""
    if hasattr(network, "count_params"):
        return network.count_params()
    return sum(p.numel() for p in network.parameters()) if hasattr(network, "parameters") else None


TASK = Task(
    "train_one_layer",
    observe=observe_train_one_layer,
    recorded=True,
    after="train_network",
    seconds=60.0,
    hints=(
        "One fully connected layer from the pixels to ten logits, trained by train_network for 20 epochs.",
        {
            "pytorch": "`network = nn.Sequential(nn.Linear(train.features.shape[1], 10))`, then train it, then "
            "`return network, training_losses, validation_losses`.",
            "tensorflow": "`keras.Sequential([keras.Input((train.features.shape[1],)), layers.Dense(10)])`, then "
            "train it, then `return network, training_losses, validation_losses`.",
        },
    ),
    mistakes={
        "no_bias": "the layer has no bias: for a blank picture all its logits are 0, whatever it has learned.",
        "softmax": "the network ends with softmax; leave it out, the loss does it (else it is done twice).",
        "hidden": "this is more than one layer: a ReLU bends the function. One layer is a weighted sum.",
        "too_short": "better than guessing, but below 0.92: train for more epochs.",
        "stacked": "it has not the 650 weights of one layer from 64 to 10: leave out all other layers.",
        "classes": "you return class numbers; the logits are wanted, without argmax.",
        **TRAINED,
        **SEEDED,
    },
)
