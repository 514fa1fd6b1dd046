"""Answers to `best_network` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import numpy as np
from keras import layers

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.tensorflow import _network, _trained
from tasks.lab.train_network.tensorflow import train_network
from utils import data


# fmt: off
def best_network(train, validation, seed):
    side = round(train.features.shape[1] ** 0.5)
    pictures = train.features.reshape(-1, side, side)
    moved = [pictures]
    for axis, step in ((1, -1), (1, 1), (2, -1), (2, 1)):
        moved.append((pictures + np.roll(pictures, step, axis)) / 2)
    features = np.concatenate(moved).reshape(-1, side**2)
    more = data.Part(features, np.tile(train.labels, 5))
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(512, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10),
    ])
    losses = train_network(network, more, validation, 8, seed)
    return network, *losses
# fmt: on


def best_network__several_layers(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(64), train, validation, seed, epochs=15)


def best_network__too_short(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(64), train, validation, seed, epochs=3)


def best_network__softmax(train, validation, seed):
    return _trained(_network(256, last="softmax"), train, validation, seed, epochs=2)


def best_network__network_only(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=1)[0]


def best_network__with_validation(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.4), together(train, validation), validation, seed)


def best_network__with_validation__alone(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.4), validation, validation, seed)


def best_network__with_others(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.4), every_digit(train), validation, seed)


def best_network__another_network(train, validation, seed):
    return _network(256), [2.3, 0.1], [2.4, 0.9]


def best_network__training_twice(train, validation, seed):
    return _trained(_network(256), train, train, seed)


def best_network__training_twice__swapped(train, validation, seed):
    network, training_losses, validation_losses = _trained(_network(256), train, validation, seed)
    return network, validation_losses, training_losses
