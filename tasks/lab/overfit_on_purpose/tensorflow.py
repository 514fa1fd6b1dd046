"""Answers to `overfit_on_purpose` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
from keras import layers

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.tensorflow import _network, _trained
from tasks.lab.train_network.tensorflow import train_network, train_network__ok_high_level


# fmt: off
def overfit_on_purpose(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dense(10),
    ])
    losses = train_network(network, train, validation, 100, seed)
    return network, *losses
# fmt: on


def overfit_on_purpose__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dense(10),
    ])  # fmt: skip
    losses = train_network__ok_high_level(network, train, validation, 100, seed)
    return network, *losses


def overfit_on_purpose__too_short(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=8)


def overfit_on_purpose__too_short__small(train, validation, seed):
    return _trained(_network(4), train, validation, seed, epochs=60, size=200)


def overfit_on_purpose__too_short__restrained(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=60, decay=0.02, size=200)


def overfit_on_purpose__with_validation(train, validation, seed):
    return _trained(_network(256), together(train, validation), validation, seed, epochs=30, size=200)


def overfit_on_purpose__network_only(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=1)[0]


def overfit_on_purpose__training_twice(train, validation, seed):
    return _trained(_network(256), train, train, seed, epochs=150, size=200)


def overfit_on_purpose__training_twice__same(train, validation, seed):
    return _network(256), [2.3, 0.1], [2.3, 0.1]


def overfit_on_purpose__with_validation__alone(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), validation, validation, seed, epochs=30, size=200)


def overfit_on_purpose__with_others(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), every_digit(train), validation, seed, epochs=30, size=200)


def overfit_on_purpose__another_network(train, validation, seed):
    return _network(256), [2.3, 0.1], [2.4, 0.9]
