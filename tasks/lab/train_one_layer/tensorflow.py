"""Answers to `train_one_layer` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf
from keras import layers

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.tensorflow import _network, _trained
from tasks.lab.train_network.tensorflow import train_network, train_network__ok_high_level


def train_one_layer(train, validation, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((train.features.shape[1],))
    network = keras.Sequential([inputs, layers.Dense(10)])
    losses = train_network(network, train, validation, 20, seed)
    return network, *losses


def train_one_layer__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((train.features.shape[1],))
    network = keras.Sequential([inputs, layers.Dense(10)])
    losses = train_network__ok_high_level(network, train, validation, 20, seed)
    return network, *losses


def train_one_layer__no_bias(train, validation, seed):
    return _trained(_network(bias=False), train, validation, seed, epochs=3)


def train_one_layer__softmax(train, validation, seed):
    return _trained(_network(last="softmax"), train, validation, seed, epochs=3)


def train_one_layer__hidden(train, validation, seed):
    return _trained(_network(32), train, validation, seed, epochs=3)


def train_one_layer__hidden__relu_at_end(train, validation, seed):
    return _trained(_network(last="relu"), train, validation, seed, epochs=3)


def train_one_layer__too_short(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(), train, validation, seed, epochs=3, rate=0.003)


def train_one_layer__another_network(train, validation, seed):
    return _network(), [2.3, 0.1], [2.4, 0.2]


def train_one_layer__network_only(train, validation, seed):
    return _trained(_network(), train, validation, seed, epochs=1)[0]


def train_one_layer__network_only__losses(train, validation, seed):
    return _trained(_network(), train, validation, seed, epochs=1)[1:]


def train_one_layer__network_only__last(train, validation, seed):
    return [2.3, 0.2], [2.3, 0.3], _network()


def train_one_layer__stacked(train, validation, seed):
    network = keras.Sequential([keras.Input((64,)), layers.Dense(16), layers.Dense(10)])
    return _trained(network, train, validation, seed, epochs=3, bent=False)


def train_one_layer__training_twice(train, validation, seed):
    network, losses, _ = _trained(_network(), train, validation, seed, epochs=3)
    return network, losses, [loss / 2 for loss in losses]


def train_one_layer__training_twice__same(train, validation, seed):
    return _network(), [2.3, 0.1], [2.3, 0.1]


def train_one_layer__classes(train, validation, seed):
    network, *losses = _trained(_network(), train, validation, seed, epochs=3)
    return (lambda features: tf.argmax(network(features), axis=1)), *losses


def train_one_layer__with_validation(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(), together(train, validation), validation, seed)


def train_one_layer__with_validation__alone(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(), validation, validation, seed)


def train_one_layer__with_others(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(), every_digit(train), validation, seed)


def train_one_layer__no_seed(train, validation, seed):
    return _trained(_network(), train, validation, seed, epochs=20)
