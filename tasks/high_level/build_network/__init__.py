"""The task `build_network`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.high_level.common import _observe_network
from utils.catalogue import Task


def observe_build_network(answer, seed):
    yield from _observe_network(answer, "3 inputs, 5 hidden units and 4 classes", 3, (3, 5, 4), seed)


TASK = Task(
    "build_network",
    observe=observe_build_network,
    hints=(
        "Two fully connected layers with a ReLU between them; after the last one comes nothing.",
        {
            "pytorch": "The layers are nn.Linear(inputs, hidden), nn.ReLU() and nn.Linear(hidden, classes).",
            "tensorflow": "The layers are keras.Input((inputs,)), layers.Dense(hidden, activation=...) and "
            "layers.Dense(classes).",
        },
    ),
    mistakes={
        "softmax": "the network ends with softmax and gives probabilities; leave it out, the logits are wanted.",
        "no_relu": "the ReLU is missing: two fully connected layers in a row can do no more than one.",
        "relu_at_end": "a ReLU after the last layer cuts off the negative logits; leave it out.",
        "sigmoid": "the hidden layer has a sigmoid; a ReLU is asked for.",
        "tanh": "the hidden layer has a tanh; a ReLU is asked for.",
        "relu_first": "the ReLU comes before the first layer; it belongs behind it, between the two.",
        "no_hidden": "the hidden layer is missing: the inputs go right to the logits.",
        "one_output": "the network has one output; one logit for each class is wanted.",
        "two_hidden": "there are two hidden layers; one is asked for.",
        "fixed": "sizes are written into the layers as numbers; take inputs, hidden and classes.",
        "fixed_classes": "the last layer has always ten outputs; it needs one for each of the classes.",
        "reversed": {
            "pytorch": "nn.Linear takes first its number of inputs, then that of its outputs; yours are swapped.",
            "tensorflow": "hidden and classes are swapped: the last layer gives one logit for each class.",
        },
        "dropout": "there is a dropout layer; this network is asked for without one.",
        "brackets": {
            "pytorch": "nn.Sequential takes the layers one after the other, without a list around them.",
            "tensorflow": "keras.Sequential takes one list of layers: put square brackets around them.",
        },
        "class": {"pytorch": "nn.ReLU is a class; a layer is an object of it: nn.ReLU(), with parentheses."},
        "output_only": {
            "tensorflow": "this is the output of the layers; the network is keras.Model(inputs, outputs).",
        },
        "no_input": {
            "tensorflow": "the network does not know its number of inputs: begin it with keras.Input((inputs,)).",
        },
    },
)
