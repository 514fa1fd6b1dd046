"""The task `weight_images`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import _network_of
from utils import data
from utils.catalogue import Task


def observe_weight_images(answer, seed):
    network = _network_of(answer, 64, 10, seed, bias=0.1)
    images = answer.target(network)
    yield "ten images of a network from 64 to 10", None if images is None else data.as_numpy(images).astype(np.float32)


TASK = Task(
    "weight_images",
    observe=observe_weight_images,
    hints=(
        {
            "pytorch": "`nn.Linear` keeps its weights with one ROW a class: shape (10, 64).",
            "tensorflow": "`Dense` keeps its weights with one COLUMN a class: shape (64, 10).",
        },
        "Reshape each class's 64 weights to 8 rows of 8, as the pixels are.",
    ),
    mistakes={
        "with_bias": "the bias is added to the weights; the pictures show the weights alone.",
        "mixed_up": {
            "pytorch": "the classes are mixed up: the weights have one row a class already; do not transpose them.",
            "tensorflow": "the classes are mixed up: the weights have one column a class; transpose before you "
            "reshape.",
        },
        "sideways": "rows and columns of the pictures are swapped; the pixels stand row by row.",
        "flat": "each class's weights are still one long row; reshape it to 8 by 8.",
        "classes_last": "the class should be the first axis: shape (10, 8, 8).",
        "absolute": "the signs are gone, but ink that speaks against a class is half of the story.",
        "bias": "these are the ten biases; the weights are the layer's other parameter.",
        "layer": "these are changed weights; show them as they are.",
    },
)
