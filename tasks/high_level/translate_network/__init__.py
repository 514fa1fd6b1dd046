"""The task `translate_network`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.high_level.common import _observe_network
from utils.catalogue import Task


def observe_translate_network(answer, seed):
    yield from _observe_network(answer, "4 inputs, 16 hidden units and 3 outputs", 4, (), seed)


TASK = Task(
    "translate_network",
    translate=True,
    observe=observe_translate_network,
    hints=(
        {
            "pytorch": 'Use the table in the section "The same in PyTorch", line by line.',
            "tensorflow": 'Use the table in the section "The same in TensorFlow", line by line.',
        },
        {
            "pytorch": "In PyTorch the activation is a layer, nn.Tanh(), and nn.Linear is told its inputs and outputs.",
            "tensorflow": 'In Keras the activation is an argument, layers.Dense(16, activation="tanh"), and '
            "keras.Input((4,)) comes first.",
        },
    ),
    mistakes={
        "relu": "the activation is ReLU; the given network has tanh.",
        "sigmoid": "the activation is a sigmoid; the given network has tanh.",
        "no_activation": "the tanh is missing.",
        "softmax": "the network ends with softmax; the given one ends with logits.",
        "tanh_at_end": "there is a tanh after the last layer too; the given network ends with logits.",
        "tanh_moved": "the only tanh comes after the last layer; it belongs behind the first one.",
        "no_dropout": "no dropout takes part when the network runs. Is it there, and does `forward` or `call` use it?",
        "dropout_place": "the dropout stands in another place; it belongs between the tanh and the last layer.",
        "brackets": {
            "pytorch": "nn.Sequential takes the layers one after the other, without a list around them.",
            "tensorflow": "keras.Sequential takes one list of layers: put square brackets around them.",
        },
        "no_input": {
            "tensorflow": "the network does not know its number of inputs: begin it with keras.Input((4,)).",
        },
        "share_kept": "dropout's number is the share that is set to 0, in both frameworks: 0.2, not 0.8.",
    },
)
