"""What the tasks of this lesson share: data and observations."""

import numpy as np


def _weights(network, answer):
    """The network's parameters, first layer first; a Keras network without weights yet is refused with one sentence."""
    if answer.framework == "pytorch":
        return list(network.parameters())
    if not hasattr(network, "built"):
        raise TypeError("this is no Keras network.")
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


def _dropouts(network, answer):
    parts = network.modules() if answer.framework == "pytorch" else network.layers
    return [part for part in parts if type(part).__name__ == "Dropout" and _share(part) != 0]


def _share(dropout):
    return getattr(dropout, "p", getattr(dropout, "rate", None))


def _batch(seed, samples=6, columns=3, classes=4):
    generator = np.random.default_rng(seed)
    return generator.normal(size=(samples, columns)), generator.integers(0, classes, samples)


def _observe_network(answer, tried, inputs, sizes, seed):
    network = answer(*sizes)
    if network is None:
        yield f"the layers of a network with {tried}", None
        return
    yield f"the layers of a network with {tried}", _layers(network, answer)
    _fill(network, answer, seed)
    features, _ = _batch(seed, columns=inputs)
    yield "the logits of 6 samples, with weights that the check puts in", network(answer.tensor(features))
    dropouts = _dropouts(network, answer)
    yield "the shares of its dropout layers", [_share(part) for part in dropouts]
    if not dropouts:
        return
    for part in dropouts:
        setattr(part, "p" if answer.framework == "pytorch" else "rate", 1 - 1e-9)
    if answer.framework == "pytorch":
        logits = network.train()(answer.tensor(features))
    else:
        logits = network(answer.tensor(features), training=True)
    yield "the logits of 6 samples while the dropout sets all values to 0", logits
