"""Answers to `stop_early` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf
from keras import layers

from tasks.lab.common.neutral import every_digit, together
from tasks.lab.common.tensorflow import _network, _stopped, _trained


# fmt: off
def stop_early(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dense(10),
    ])
    optimizer = keras.optimizers.Adam(0.005)
    optimizer.build(network.trainable_variables)
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    batches = tf.data.Dataset.from_tensor_slices(tuple(train))
    batches = batches.shuffle(len(train.labels), seed=seed).batch(64)

    @tf.function
    def one_epoch():
        total = 0.0
        for features, labels in batches:
            with tf.GradientTape() as tape:
                loss = loss_function(labels, network(features, training=True))
            gradients = tape.gradient(loss, network.trainable_variables)
            optimizer.apply(gradients, network.trainable_variables)
            total += loss * tf.cast(len(labels), tf.float32)
        logits = network(validation.features)
        new_loss = loss_function(validation.labels, logits)
        return total / len(train.labels), new_loss

    training_losses, validation_losses = [], []
    for epoch in range(300):
        training_loss, validation_loss = one_epoch()
        training_losses.append(float(training_loss))
        validation_losses.append(float(validation_loss))
        if validation_losses[-1] == min(validation_losses):
            best_epoch, best_weights = epoch, network.get_weights()
        elif epoch - best_epoch == 10:
            break
    network.set_weights(best_weights)
    return network, training_losses, validation_losses
# fmt: on


# fmt: off
def stop_early__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dense(10),
    ])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    stopping = keras.callbacks.EarlyStopping(
        patience=10,
        restore_best_weights=True,
    )
    history = network.fit(
        *train,
        batch_size=64,
        epochs=100,
        validation_data=tuple(validation),
        callbacks=[stopping],
        verbose=0,
    ).history
    return network, history["loss"], history["val_loss"]
# fmt: on


def stop_early__last_weights(train, validation, seed):
    return _stopped(train, validation, seed, restore=False)


def stop_early__by_training(train, validation, seed):
    return _stopped(train, validation, seed, monitor=0, epochs=120)


def stop_early__too_soon(train, validation, seed):
    return _stopped(train, validation, seed, epochs=4)


def stop_early__with_validation(train, validation, seed):
    return _stopped(together(train, validation), validation, seed, patience=1000, epochs=40)


def stop_early__network_only(train, validation, seed):
    return _stopped(train, validation, seed, epochs=2)[0]


def stop_early__with_validation__alone(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), validation, validation, seed, epochs=20, size=200)


def stop_early__with_others(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256), every_digit(train), validation, seed, epochs=20, size=200)


def stop_early__another_network(train, validation, seed):
    return _network(256), [2.3, 0.1], [2.4, 0.9]


def stop_early__training_twice(train, validation, seed):
    return _trained(_network(256), train, train, seed, epochs=40, size=200)


def stop_early__training_twice__swapped(train, validation, seed):
    network, training_losses, validation_losses = _trained(_network(256), train, validation, seed, epochs=40, size=200)
    return network, validation_losses, training_losses


def stop_early__training_twice__cut(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network, training_losses, validation_losses = _trained(_network(256), train, validation, seed, epochs=60, size=200)
    best = 1 + validation_losses.index(min(validation_losses))
    return network, training_losses[:best], validation_losses[:best]
