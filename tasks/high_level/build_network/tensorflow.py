"""Answers to `build_network` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
from keras import layers


# fmt: off
def build_network(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(hidden, activation="relu"),
        layers.Dense(classes),
    ])
# fmt: on


def build_network__ok_functional(inputs, hidden, classes):
    features = keras.Input((inputs,))
    values = layers.ReLU()(layers.Dense(hidden)(features))
    return keras.Model(features, layers.Dense(classes, activation="linear")(values))


def build_network__softmax(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes, activation="softmax")
    return keras.Sequential([keras.Input((inputs,)), first, last])


def build_network__no_relu(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(hidden),
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__relu_at_end(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes, activation="relu")
    return keras.Sequential([keras.Input((inputs,)), first, last])


def build_network__sigmoid(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(hidden, "sigmoid"),
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__no_hidden(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(classes)])


def build_network__one_output(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(hidden, activation="relu"),
        layers.Dense(1),
    ])  # fmt: skip


def build_network__two_hidden(inputs, hidden, classes):
    first, second = layers.Dense(hidden, activation="relu"), layers.Dense(hidden, activation="relu")
    return keras.Sequential([
        keras.Input((inputs,)),
        first,
        second,
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__fixed(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((64,)),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    ])  # fmt: skip


def build_network__fixed_classes(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(hidden, activation="relu"),
        layers.Dense(10),
    ])  # fmt: skip


def build_network__reversed(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(classes, activation="relu"),
        layers.Dense(hidden),
    ])  # fmt: skip


def build_network__dropout(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes)
    return keras.Sequential([
        keras.Input((inputs,)),
        first,
        layers.Dropout(0.3),
        last,
    ])  # fmt: skip


def build_network__brackets(inputs, hidden, classes):
    return keras.Sequential(
        keras.Input((inputs,)),
        layers.Dense(hidden, activation="relu"),
        layers.Dense(classes),
    )


def build_network__no_input(inputs, hidden, classes):
    return keras.Sequential([
        layers.Dense(hidden, activation="relu"),
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__no_input__dense(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes)
    return keras.Sequential([layers.Dense(inputs), first, last])


def build_network__tanh(inputs, hidden, classes):
    first = layers.Dense(hidden, activation="tanh")
    return keras.Sequential([
        keras.Input((inputs,)),
        first,
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__relu_first(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.ReLU(),
        layers.Dense(hidden),
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__output_only(inputs, hidden, classes):
    return layers.Dense(classes)(layers.Dense(hidden, activation="relu")(keras.Input((inputs,))))
