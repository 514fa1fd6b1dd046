"""Answers to `hold_back` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
from keras import layers

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.tensorflow import _network, _stopped, _trained
from tasks.lab.train_network.tensorflow import train_network, train_network__ok_high_level


# fmt: off
def hold_back(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.8),
        layers.Dense(10),
    ])
    losses = train_network(network, train, validation, 100, seed)
    return network, *losses
# fmt: on


def hold_back__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.8),
        layers.Dense(10),
    ])  # fmt: skip
    losses = train_network__ok_high_level(network, train, validation, 100, seed)
    return network, *losses


def hold_back__ok_weight_decay(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), train, validation, seed, epochs=120, decay=0.02, size=200)


def hold_back__nothing(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), train, validation, seed, epochs=120, rate=0.01, size=200)


def hold_back__nothing__too_weak(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), train, validation, seed, epochs=150, decay=0.0001, size=200)


def hold_back__too_strong(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), train, validation, seed, epochs=100, decay=0.3, size=200)


def hold_back__slow(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), train, validation, seed, epochs=100, rate=0.0005)


def hold_back__stopped(train, validation, seed):
    return _stopped(train, validation, seed, epochs=12)


def hold_back__with_validation(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.3), together(train, validation), validation, seed, epochs=30, size=200)


def hold_back__network_only(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=1)[0]


def hold_back__with_validation__alone(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.5), validation, validation, seed, epochs=30, size=200)


def hold_back__with_others(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.5), every_digit(train), validation, seed, epochs=30, size=200)


def hold_back__another_network(train, validation, seed):
    return _network(256), [2.3, 0.1], [2.4, 0.9]


def hold_back__training_twice(train, validation, seed):
    return _trained(_network(256), train, train, seed, epochs=40, size=200)


def hold_back__training_twice__swapped(train, validation, seed):
    network, training_losses, validation_losses = _trained(_network(256), train, validation, seed, epochs=40, size=200)
    return network, validation_losses, training_losses


def hold_back__best_weights(train, validation, seed):
    network, training_losses, validation_losses = _stopped(train, validation, seed)
    later = [training_losses[-1] - epoch / 1e4 for epoch in range(100)]
    return network, training_losses + later, validation_losses + [1.5] * 100
