"""What answers of this lesson share that need no framework: training data that a network must not get."""

import numpy as np

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
