"""The task `parameter_count`: what is tried, the hints, and a sentence for each typical mistake."""

from utils.catalogue import Task


def observe_parameter_count(answer, seed):
    def count(*sizes):
        result = answer(*sizes)
        return int(result) if isinstance(result, float) and result.is_integer() else result  # side / 2 is a float

    # Numbers as large as these hardly come out by another mistake than the one that they are known for.
    yield "side 28, 11 kernels of size 5, 7 classes", count(28, 11, 5, 7)
    yield "side 8, 32 kernels of size 3, 10 classes", count(8, 32, 3, 10)
    yield "side 4, 3 kernels of size 3, 5 classes", count(4, 3, 3, 5)


def facts_of_parameter_count(answer, seed):
    convolution, class_more = answer(28, 11, 5, 0), answer(28, 11, 5, 7) - answer(28, 11, 5, 6)
    if convolution != 286:
        yield f"With no class, only the convolution counts: your result is {convolution}, where 286 is right."
    if class_more != 2157:
        yield f"One class more adds {class_more} parameters in your result, where 2157 is right."


TASK = Task(
    "parameter_count",
    observe=observe_parameter_count,
    facts=facts_of_parameter_count,
    rtol=1e-6,  # a bias more or less in thousands of weights
    hints=(
        "A kernel has size * size weights and one bias, whatever the size of the image: it is used at every place.",
        "The pooling halves rows and columns, and each kernel leaves one such image: that many values go into the "
        "fully connected layer.",
    ),
    mistakes={
        "no_bias": "the biases are missing: there is one for each kernel and one for each class.",
        "kernel_biases": "the biases of the kernels are missing: each kernel has one.",
        "class_biases": "the biases of the last layer are missing: each of the classes has one.",
        "one_bias": "there is one bias for each kernel and one for each class, not one for the whole layer.",
        "every_place": "a kernel is counted once for each place; its weights are the same everywhere: count it once.",
        "no_pooling": "the last layer is counted as if there were no pooling, which keeps one value of four.",
        "one_side": "the last layer is counted for a single row of values; the pooling leaves as many rows as columns.",
        "one_kernel": "the convolution is counted for one kernel only.",
        "halved_once": "the pooling halves the rows and the columns, so a quarter of the values is left, not a half.",
        "one_channel": "the last layer gets one image for each kernel, not one for all of them.",
        "no_padding": "the last layer is counted for a convolution without padding; with it the image keeps its size.",
        "first_layer": "only the convolution is counted; add the fully connected layer.",
        "last_layer": "only the fully connected layer is counted; add the convolution.",
        "size_not_squared": "a kernel has size * size weights, not size.",
    },
)
