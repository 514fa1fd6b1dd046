"""What the tasks of this lesson share: data and observations."""

import contextlib
from unittest import mock

import numpy as np


def _weights(network, answer):
    """The network's parameters, first layer first; a Keras network without weights yet is refused with one sentence."""
    if answer.framework == "pytorch":
        return list(network.parameters())
    if not network.built:
        raise ValueError("the network does not know its number of inputs yet; begin it with keras.Input((...,)).")
    return network.weights


def _fill(network, answer, seed):
    """Give a network fixed weights, the same in both frameworks, and switch dropout off."""
    generator = np.random.default_rng(seed)
    for weight in _weights(network, answer):
        if answer.framework == "pytorch":  # PyTorch keeps the weights transposed
            weight.data.copy_(answer.tensor(generator.normal(size=tuple(weight.shape)[::-1]).T))
        else:
            weight.assign(generator.normal(size=weight.shape))
    if answer.framework == "pytorch":
        network.eval()


def _layers(network, answer):
    """The layers with weights, as text: "3 to 5, 5 to 4"."""
    layers = []
    for weight in _weights(network, answer):
        shape = tuple(weight.shape)
        if len(shape) == 2:
            inputs, outputs = shape[::-1] if answer.framework == "pytorch" else shape
            layers.append(f"{inputs} to {outputs} without biases")
        elif len(shape) == 1 and layers:
            layers[-1] = layers[-1].removesuffix(" without biases")
        elif "another layer" not in layers[-1:]:
            layers.append("another layer")
    return ", ".join(layers)


@contextlib.contextmanager
def _doubling(network, answer):
    """Let each dropout double its values in training, so that its place shows; gives a list that gets the rates."""
    rates = []

    def double(values, rate, training):
        if not training or rate == 0:
            return values
        rates.append(rate)
        return 2 * values

    def function(values, p=0.5, training=True, inplace=False):
        return double(values, p, training)

    def method(rate):
        return lambda values, training=False: double(values, rate, training)

    with contextlib.ExitStack() as stack:
        if answer.framework == "pytorch":  # the layer calls the function
            stack.enter_context(mock.patch("torch.nn.functional.dropout", function))
        else:
            for part in network.layers:
                if type(part).__name__ == "Dropout":
                    stack.enter_context(mock.patch.object(part, "call", method(part.rate)))
        yield rates


def _batch(seed, samples=6, columns=3, classes=4):
    generator = np.random.default_rng(seed)
    return generator.normal(size=(samples, columns)), generator.integers(0, classes, samples)


def _observe_network(answer, tried, inputs, sizes, seed):
    network = answer(*sizes)
    if network is None or type(network).__name__ == "KerasTensor":
        yield f"the layers of a network with {tried}", None if network is None else "the output of layers alone"
        return
    kind, sign = ("PyTorch", "parameters") if answer.framework == "pytorch" else ("Keras", "built")
    yield f"what you return is a {kind} network", hasattr(network, sign)
    yield f"the layers of a network with {tried}", _layers(network, answer)
    _fill(network, answer, seed)
    features, _ = _batch(seed, columns=inputs)
    yield "the logits of 6 samples, with random weights", network(answer.tensor(features))
    with _doubling(network, answer) as rates:
        if answer.framework == "pytorch":
            logits = network.train()(answer.tensor(features))
        else:
            logits = network(answer.tensor(features), training=True)
    yield "the fractions that its dropouts set to 0", rates
    yield "the logits of 6 samples while the dropouts double their values", logits
