"""The task `train_several_layers`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.lab.common import SEEDED, SEVERAL_LAYERS, TRAINED, _accuracies, _observe_trained, _same_seed, _shape
from utils import lab
from utils.catalogue import Task


def observe_train_several_layers(answer, seed):
    train, validation, new = lab.clean_parts(seed)
    result, logits, (*_, new) = yield from _observe_trained(answer, train, validation, new, seed)
    yield "the network", "bent" if _shape(result[0], 64, answer, seed) == "bent" else "one layer"
    yield from _accuracies(logits[-1], new, (0.8,))
    yield from _accuracies(logits[-1], new, (SEVERAL_LAYERS,))
    yield from _same_seed(answer, train, validation, seed)


TASK = Task(
    "train_several_layers",
    observe=observe_train_several_layers,
    recorded=True,
    after="train_network",
    seconds=60.0,
    hints=(
        "Two hidden layers with ReLU, say of 128 and 64 units, and ten logits at the end.",
        "Your train_network for 20 epochs is enough.",
    ),
    mistakes={
        "no_relu": "this network is one weighted sum, as a single layer is. Is there a hidden layer, and a "
        "ReLU after it?",
        "softmax": "the network ends with softmax, and the loss applies it again; leave it out.",
        "relu_at_end": "a ReLU after the last layer cuts off the negative logits; leave it out.",
        "too_short": "below 0.94 on new pictures. Has the training loss leveled off, or is it still falling?",
        "too_small": "below 0.8 on new pictures, far from what two layers reach here. Does your training loss fall "
        "from epoch to epoch, and how many units does the hidden layer have?",
        **TRAINED,
        **SEEDED,
    },
)
