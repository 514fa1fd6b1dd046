"""The task `parameter_count`: what is tried, the hints, and a sentence for each typical mistake."""

from utils.catalogue import Task


def observe_parameter_count(answer, seed):
    yield "the sizes [3, 2]", answer([3, 2])
    yield "the sizes [64, 128, 10]", answer([64, 128, 10])
    yield "the sizes [2, 7, 5, 3, 1]", answer([2, 7, 5, 3, 1])


TASK = Task(
    "parameter_count",
    observe=observe_parameter_count,
    hints=(
        "Take the layers one after the other: a fully connected layer goes from one size in the list to the next.",
        "A layer from n to m values has n * m weights and m biases; `zip(sizes[:-1], sizes[1:])` gives the pairs.",
    ),
    mistakes={
        "no_bias": "the biases are missing: each output of a layer has one.",
        "input_bias": "the inputs have no biases; only what a layer computes has one each.",
        "one_bias": "a layer has one bias for each of its outputs, not one for the whole layer.",
        "bias_per_input": "a layer has a bias for each of its outputs; you count one for each of its inputs.",
        "product": "all sizes are multiplied; only neighbouring layers are connected, and their counts add up.",
        "first_layer": "only the first layer is counted; go on through the list.",
        "last_layer": "only the last layer is counted: add each layer's number to those before it.",
    },
)
