"""Answers to `translate_network` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
from keras import layers


# fmt: off
def translate_network():
    import keras
    from keras import layers

    return keras.Sequential([
        keras.Input((4,)),
        layers.Dense(16, activation="tanh"),
        layers.Dropout(0.2),
        layers.Dense(3),
    ])
# fmt: on


def translate_network__starter():
    import keras  # noqa: F401
    from keras import layers  # noqa: F401

    ...  # your code: return the network in Keras


def translate_network__ok_functional():
    inputs = keras.Input((4,))
    hidden = layers.Dropout(rate=0.2)(layers.Activation("tanh")(layers.Dense(16)(inputs)))
    return keras.Model(inputs, layers.Dense(3)(hidden))


def _four_inputs(*parts):
    return keras.Sequential([keras.Input((4,)), *parts])


def translate_network__relu():
    return _four_inputs(layers.Dense(16, activation="relu"), layers.Dropout(0.2), layers.Dense(3))


def translate_network__no_activation():
    return _four_inputs(layers.Dense(16), layers.Dropout(0.2), layers.Dense(3))


def translate_network__softmax():
    return _four_inputs(layers.Dense(16, "tanh"), layers.Dropout(0.2), layers.Dense(3, activation="softmax"))


def translate_network__tanh_at_end():
    return _four_inputs(layers.Dense(16, "tanh"), layers.Dropout(0.2), layers.Dense(3, activation="tanh"))


def translate_network__no_dropout():
    return _four_inputs(layers.Dense(16, activation="tanh"), layers.Dense(3))


def translate_network__share_kept():
    return _four_inputs(layers.Dense(16, activation="tanh"), layers.Dropout(0.8), layers.Dense(3))


def translate_network__dropout_place():
    return _four_inputs(layers.Dense(16, activation="tanh"), layers.Dense(3), layers.Dropout(0.2))


def translate_network__dropout_place__start():
    return _four_inputs(layers.Dropout(0.2), layers.Dense(16, activation="tanh"), layers.Dense(3))


def translate_network__brackets():
    return keras.Sequential(
        keras.Input((4,)),
        layers.Dense(16, activation="tanh"),
        layers.Dropout(0.2),
        layers.Dense(3),
    )


def translate_network__no_input():
    return keras.Sequential([
        layers.Dense(16, activation="tanh"),
        layers.Dropout(0.2),
        layers.Dense(3),
    ])  # fmt: skip


def translate_network__tanh_moved():
    last = layers.Dense(3, activation="tanh")
    return keras.Sequential([
        keras.Input((4,)),
        layers.Dense(16),
        layers.Dropout(0.2),
        last,
    ])  # fmt: skip


def translate_network__sigmoid():
    return _four_inputs(layers.Dense(16, activation="sigmoid"), layers.Dropout(0.2), layers.Dense(3))
