"""Answers to `train_several_layers` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
from keras import layers

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.tensorflow import _network, _trained
from tasks.lab.train_network.tensorflow import train_network, train_network__ok_high_level


# fmt: off
def train_several_layers(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ])
    losses = train_network(network, train, validation, 15, seed)
    return network, *losses
# fmt: on


def train_several_layers__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ])  # fmt: skip
    losses = train_network__ok_high_level(network, train, validation, 15, seed)
    return network, *losses


def train_several_layers__no_relu(train, validation, seed):
    network = keras.Sequential([keras.Input((64,)), layers.Dense(128), layers.Dense(64), layers.Dense(10)])
    return _trained(network, train, validation, seed, epochs=3, bent=False)


def train_several_layers__no_relu__one_layer(train, validation, seed):
    return _trained(_network(), train, validation, seed, epochs=3)


def train_several_layers__softmax(train, validation, seed):
    return _trained(_network(128, last="softmax"), train, validation, seed, epochs=3)


def train_several_layers__relu_at_end(train, validation, seed):
    return _trained(_network(128, last="relu"), train, validation, seed, epochs=3)


def train_several_layers__too_short(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(64), train, validation, seed, epochs=2)


def train_several_layers__too_small(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(3), train, validation, seed, epochs=6)


def train_several_layers__training_twice(train, validation, seed):
    network, losses, _ = _trained(_network(64), train, validation, seed, epochs=3)
    return network, losses, [loss / 2 for loss in losses]


def train_several_layers__network_only(train, validation, seed):
    return _trained(_network(64), train, validation, seed, epochs=1)[0]


def train_several_layers__with_validation(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(64), together(train, validation), validation, seed)


def train_several_layers__with_validation__alone(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(64), validation, validation, seed)


def train_several_layers__with_others(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(64), every_digit(train), validation, seed)


def train_several_layers__another_network(train, validation, seed):
    return _network(64), [2.3, 0.1], [2.4, 0.9]


def train_several_layers__no_seed(train, validation, seed):
    return _trained(_network(128), train, validation, seed, epochs=15)
