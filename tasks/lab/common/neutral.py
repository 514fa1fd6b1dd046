"""What answers of this lesson share that need no framework: data that no network may get, and a training by hand."""

import numpy as np
from threadpoolctl import threadpool_limits

from utils import data
from utils.data import Part


def together(*parts):
    """The samples of all parts as one part."""
    return Part(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def every_digit(train):
    """All 1797 digits, the withheld ones among them, on the scale of `train`'s pixels."""
    features, labels = data.digits()
    features = (features / 16).astype(np.float32)
    if train.features.min() < 0:  # the clean parts have mean 0 and standard deviation 1
        features = (features - features.mean()) / features.std()
    return Part(features, labels)


@threadpool_limits.wrap(limits=1)  # for products as small as these, several threads only wait for each other
def fit(weights, train, validation, epochs, seed, rate=0.005, decay=0.0, dropout=0.0, size=64, bent=True):
    """Train a fully connected network by Adam; returns its weights and both curves.

    weights: kernels (inputs, outputs) and biases (outputs,), in the order in which they act. bent: with a ReLU, and
    with dropout, before each kernel but the first. decay: how much of the weights is added to their gradients.
    """
    generator, weights = np.random.default_rng(seed), [np.array(w, np.float32) for w in weights]
    means, squares = ([np.zeros_like(w) for w in weights] for _ in range(2))
    curves, step = ([], []), 0
    for _ in range(epochs):
        for rows in np.array_split(generator.permutation(len(train.labels)), -(-len(train.labels) // size)):
            features, labels = train.features[rows], train.labels[rows]
            loss, gradients = _gradients(weights, features, labels, bent, dropout, generator)
            step += 1
            scale = rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
            for w, g, m, s in zip(weights, gradients, means, squares, strict=True):
                g += decay * w
                m += 0.1 * (g - m)
                s += 0.001 * (g**2 - s)
                w -= scale * m / (np.sqrt(s) + 1e-7)
        curves[0].append(loss)
        curves[1].append(_gradients(weights, *validation, bent)[0])
    return weights, *curves


def _gradients(weights, features, labels, bent, dropout=0.0, generator=None):
    """The cross-entropy, and its gradient with respect to each of the weights."""
    inputs, kept, values = [], [], features
    for w in weights:
        keep = 1.0
        if w.ndim == 2 and inputs and bent:
            keep = values > 0
            if dropout:
                keep = keep * (generator.random(values.shape, np.float32) >= dropout) / np.float32(1 - dropout)
            values = values * keep
        inputs.append(values)
        kept.append(keep)
        values = values @ w if w.ndim == 2 else values + w
    values = values - values.max(axis=1, keepdims=True)
    shares = np.exp(values) / np.exp(values).sum(axis=1, keepdims=True)
    row = np.arange(len(labels))
    loss, gradients = float(-np.log(shares[row, labels] + 1e-30).mean()), []
    shares[row, labels] -= 1
    slope = shares / len(labels)
    for w, own, keep in zip(weights[::-1], inputs[::-1], kept[::-1], strict=True):
        gradients.append(own.T @ slope if w.ndim == 2 else slope.sum(axis=0))
        slope = (slope @ w.T if w.ndim == 2 else slope) * keep
    return loss, gradients[::-1]
