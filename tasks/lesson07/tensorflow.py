"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 07_lab, in TensorFlow.

The solutions are low-level: a loop of one's own. `__ok_high_level` is the same with Keras' compile and fit.
"""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from tasks.lesson07.shared import *  # noqa: F403  (the tasks that need no framework)
from utils import data


def train_network(network, train, validation, epochs, seed):
    generator = np.random.default_rng(seed)
    optimizer = keras.optimizers.Adam(0.005)
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function(reduce_retracing=True)
    def step(features, labels):
        with tf.GradientTape() as tape:
            loss = loss_function(labels, network(features, training=True))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))
        return loss

    features, labels = tf.constant(train.features), tf.constant(train.labels)
    training_losses, validation_losses = [], []
    for _ in range(epochs):
        order, total = generator.permutation(len(train.labels)), 0.0
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            total += step(tf.gather(features, rows), tf.gather(labels, rows)) * len(rows)
        training_losses.append(float(total) / len(order))
        validation_losses.append(float(loss_function(validation.labels, network(validation.features))))
    return training_losses, validation_losses


def train_network__ok_high_level(network, train, validation, epochs, seed):
    keras.utils.set_random_seed(seed)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    history = network.fit(*train, batch_size=64, epochs=epochs, validation_data=tuple(validation), verbose=0).history
    return history["loss"], history["val_loss"]


def _cross_entropy(labels, logits):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


def _train(network, train, validation, epochs, seed, rate=0.005, loss_of=_cross_entropy, decay=0.0, size=64, stop=None):
    """train_network with settings, for the mistakes: Adam by hand, which starts at once (a check tries them all).

    stop: called with both curves after each epoch; training ends when it returns True.
    """
    generator, weights = np.random.default_rng(seed), network.trainable_variables
    means, squares = [tf.zeros_like(w) for w in weights], [tf.zeros_like(w) for w in weights]
    losses, step = ([], []), 0
    for _ in range(epochs):
        for rows in np.array_split(generator.permutation(len(train.labels)), -(-len(train.labels) // size)):
            with tf.GradientTape() as tape:
                loss = loss_of(train.labels[rows], network(train.features[rows], training=True))
            gradients = tape.gradient(loss, weights)
            gradients = [g + decay * w for g, w in zip(gradients, weights, strict=True)]
            step += 1
            means = [0.9 * m + 0.1 * g for m, g in zip(means, gradients, strict=True)]
            squares = [0.999 * s + 0.001 * g**2 for s, g in zip(squares, gradients, strict=True)]
            scale = rate * (1 - 0.999**step) ** 0.5 / (1 - 0.9**step)
            for w, m, s in zip(weights, means, squares, strict=True):
                w.assign_sub(scale * m / (tf.sqrt(s) + 1e-7))
        losses[0].append(float(loss))
        losses[1].append(float(loss_of(validation.labels, network(validation.features))))
        if stop and stop(losses):
            break
    return losses


def train_network__ok_full_batch(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.1, size=10_000)


def train_network__softmax_twice(network, train, validation, epochs, seed):
    def loss_of(labels, logits):
        return _cross_entropy(labels, tf.nn.softmax(logits))

    return _train(network, train, validation, epochs, seed, loss_of=loss_of)


def train_network__softmax_twice__not_from_logits(network, train, validation, epochs, seed):
    keras.utils.set_random_seed(seed)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss="sparse_categorical_crossentropy")
    history = network.fit(*train, batch_size=64, epochs=epochs, validation_data=tuple(validation), verbose=0).history
    return history["loss"], history["val_loss"]


def train_network__one_hot(network, train, validation, epochs, seed):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    history = network.fit(*train, batch_size=64, epochs=epochs, validation_data=tuple(validation), verbose=0).history
    return history["loss"], history["val_loss"]


def train_network__squared(network, train, validation, epochs, seed):
    def loss_of(labels, logits):
        return tf.reduce_mean((logits - tf.one_hot(labels, logits.shape[1])) ** 2)

    return _train(network, train, validation, epochs, seed, rate=0.02, loss_of=loss_of)


def _together(train, validation):
    return data.Part(*(np.concatenate(pair) for pair in zip(train, validation, strict=True)))


def train_network__with_validation(network, train, validation, epochs, seed):
    return _train(network, _together(train, validation), validation, epochs, seed)


def train_network__no_step(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.0)


def train_network__no_step__a_copy(network, train, validation, epochs, seed):
    return _train(keras.models.clone_model(network), train, validation, epochs, seed)


def train_network__training_twice(network, train, validation, epochs, seed):
    training_losses, _ = _train(network, train, validation, epochs, seed)
    return training_losses, training_losses


def train_network__training_twice__measured(network, train, validation, epochs, seed):
    return _train(network, train, train, epochs, seed)


def train_network__swapped(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed)[::-1]


def train_network__one_curve(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed)[1]


def train_network__last_losses(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return training_losses[-1], validation_losses[-1]


def train_network__each_step(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return training_losses * 4, validation_losses


def train_network__summed(network, train, validation, epochs, seed):
    def loss_of(labels, logits):
        return tf.reduce_sum(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))

    return _train(network, train, validation, epochs, seed, loss_of=loss_of)


def train_network__summed__batches(network, train, validation, epochs, seed):
    training_losses, validation_losses = _train(network, train, validation, epochs, seed)
    return [5 * loss for loss in training_losses], validation_losses


def train_network__too_little(network, train, validation, epochs, seed):
    return _train(network, train, validation, epochs, seed, rate=0.001, size=10_000)


def train_network__three_things(network, train, validation, epochs, seed):
    return network, [1.0] * epochs, [1.1] * epochs


def train_network__epochs(network, train, validation, epochs, seed):
    return _train(network, train, validation, 2, seed)


def train_network__accuracy(network, train, validation, epochs, seed):
    training_losses, _ = _train(network, train, validation, epochs, seed)
    right = np.argmax(network(validation.features), axis=1) == validation.labels
    return training_losses, [*training_losses[1:], right.mean()]


def train_network__history(network, train, validation, epochs, seed):
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    return network.fit(*train, epochs=1, validation_data=tuple(validation), verbose=0)


def train_one_layer(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([keras.Input((train.features.shape[1],)), layers.Dense(10)])
    training_losses, validation_losses = train_network(network, train, validation, 30, seed)
    return network, training_losses, validation_losses


def train_one_layer__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([keras.Input((train.features.shape[1],)), layers.Dense(10)])
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 20, seed)
    return network, training_losses, validation_losses


def _trained(network, train, validation, seed, epochs=12, **settings):
    return network, *_train(network, train, validation, epochs, seed, **settings)


def _network(*units, last=None, bias=True, dropout=0.0):
    """A network with ReLU after each hidden layer and `last` after the logits."""
    hidden = [layer for n in units for layer in (layers.Dense(n, activation="relu"), layers.Dropout(dropout, seed=0))]
    return keras.Sequential([keras.Input((64,)), *hidden, layers.Dense(10, activation=last, use_bias=bias)])


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


def train_one_layer__untrained(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _network(), [2.3, 2.3], [2.3, 2.4]


def train_one_layer__network_only(train, validation, seed):
    return _trained(_network(), train, validation, seed, epochs=1)[0]


def train_one_layer__network_only__losses(train, validation, seed):
    return _trained(_network(), train, validation, seed, epochs=1)[1:]


def train_one_layer__network_only__last(train, validation, seed):
    return [2.3, 0.2], [2.3, 0.3], _network()


def train_one_layer__stacked(train, validation, seed):
    network = keras.Sequential([keras.Input((64,)), layers.Dense(16), layers.Dense(10)])
    return _trained(network, train, validation, seed, epochs=3)


def train_one_layer__training_twice(train, validation, seed):
    network, losses, _ = _trained(_network(), train, validation, seed, epochs=3)
    return network, losses, [loss / 2 for loss in losses]


def train_one_layer__training_twice__same(train, validation, seed):
    return _network(), [2.3, 0.1], [2.3, 0.1]


def train_one_layer__classes(train, validation, seed):
    network, *losses = _trained(_network(), train, validation, seed, epochs=3)
    return (lambda features: tf.argmax(network(features), axis=1)), *losses


def train_several_layers(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ])  # fmt: skip
    training_losses, validation_losses = train_network(network, train, validation, 20, seed)
    return network, training_losses, validation_losses


def train_several_layers__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(128, activation="relu"),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ])  # fmt: skip
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 15, seed)
    return network, training_losses, validation_losses


def train_several_layers__no_relu(train, validation, seed):
    network = keras.Sequential([keras.Input((64,)), layers.Dense(128), layers.Dense(64), layers.Dense(10)])
    return _trained(network, train, validation, seed, epochs=3)


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


def weight_images(network):
    weights, _ = network.get_weights()
    return weights.T.reshape(10, 8, 8)


def weight_images__ok_kernel(network):
    return tf.reshape(tf.transpose(network.layers[0].kernel), (-1, 8, 8))


def weight_images__mixed_up(network):
    return network.get_weights()[0].reshape(10, 8, 8)


def weight_images__sideways(network):
    return network.get_weights()[0].T.reshape(10, 8, 8).transpose(0, 2, 1)


def weight_images__flat(network):
    return network.get_weights()[0]


def weight_images__flat__transposed(network):
    return network.get_weights()[0].T


def weight_images__classes_last(network):
    return network.get_weights()[0].reshape(8, 8, 10)


def weight_images__absolute(network):
    return np.abs(network.get_weights()[0].T.reshape(10, 8, 8))


def weight_images__bias(network):
    return network.get_weights()[1]


def weight_images__layer(network):
    return tf.reshape(tf.nn.softmax(tf.transpose(network.layers[0].kernel)), (10, 8, 8))


def overfit_on_purpose(train, validation, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((train.features.shape[1],))
    network = keras.Sequential([inputs, layers.Dense(256, activation="relu"), layers.Dense(10)])
    training_losses, validation_losses = train_network(network, train, validation, 300, seed)
    return network, training_losses, validation_losses


def overfit_on_purpose__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((train.features.shape[1],))
    network = keras.Sequential([inputs, layers.Dense(256, activation="relu"), layers.Dense(10)])
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 100, seed)
    return network, training_losses, validation_losses


def overfit_on_purpose__too_short(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=8)


def overfit_on_purpose__too_short__small(train, validation, seed):
    return _trained(_network(4), train, validation, seed, epochs=60, size=200)


def overfit_on_purpose__too_short__restrained(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=60, decay=0.02, size=200)


def overfit_on_purpose__with_validation(train, validation, seed):
    return _trained(_network(256), _together(train, validation), validation, seed, epochs=60, size=500)


def overfit_on_purpose__network_only(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=1)[0]


def overfit_on_purpose__training_twice(train, validation, seed):
    return _trained(_network(256), train, train, seed, epochs=150, size=200)


def overfit_on_purpose__training_twice__same(train, validation, seed):
    return _network(256), [2.3, 0.1], [2.3, 0.1]


def stop_early(train, validation, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((train.features.shape[1],))
    network = keras.Sequential([inputs, layers.Dense(256, activation="relu"), layers.Dense(10)])
    optimizer = keras.optimizers.Adam(0.005)
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = loss_function(train.labels, network(train.features, training=True))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))
        return loss, loss_function(validation.labels, network(validation.features))

    training_losses, validation_losses = [], []
    for epoch in range(300):
        training_loss, validation_loss = step()
        training_losses.append(float(training_loss))
        validation_losses.append(float(validation_loss))
        if validation_losses[-1] == min(validation_losses):
            best_epoch, best_weights = epoch, network.get_weights()
        elif epoch - best_epoch == 10:
            break
    network.set_weights(best_weights)
    return network, training_losses, validation_losses


def stop_early__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    inputs = keras.Input((train.features.shape[1],))
    network = keras.Sequential([inputs, layers.Dense(256, activation="relu"), layers.Dense(10)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss)
    stopping = keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)
    settings = {"batch_size": 64, "epochs": 100, "callbacks": [stopping], "verbose": 0}
    history = network.fit(*train, validation_data=tuple(validation), **settings).history
    return network, history["loss"], history["val_loss"]


def _stopped(train, validation, seed, patience=10, restore=True, monitor=1, epochs=100):
    """stop_early with settings, for the mistakes; `monitor` is the number of the curve that is watched."""
    keras.utils.set_random_seed(seed)
    network, best = _network(256), {}

    def stop(curves):
        curve = curves[monitor]
        if curve[-1] == min(curve):
            best["epoch"], best["weights"] = len(curve), network.get_weights()
        return len(curve) - best["epoch"] == patience

    losses = _train(network, train, validation, epochs, seed, size=500, stop=stop)
    if restore:
        network.set_weights(best["weights"])
    return network, *losses


def stop_early__last_weights(train, validation, seed):
    return _stopped(train, validation, seed, restore=False)


def stop_early__by_training(train, validation, seed):
    return _stopped(train, validation, seed, monitor=0, epochs=120)


def stop_early__too_soon(train, validation, seed):
    return _stopped(train, validation, seed, epochs=4)


def stop_early__with_validation(train, validation, seed):
    return _stopped(_together(train, validation), validation, seed, patience=1000, epochs=60)


def stop_early__network_only(train, validation, seed):
    return _stopped(train, validation, seed, epochs=2)[0]


def hold_back(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.8),
        layers.Dense(10),
    ])  # fmt: skip
    training_losses, validation_losses = train_network(network, train, validation, 120, seed)
    return network, training_losses, validation_losses


def hold_back__ok_high_level(train, validation, seed):
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(256, activation="relu"),
        layers.Dropout(0.8),
        layers.Dense(10),
    ])  # fmt: skip
    training_losses, validation_losses = train_network__ok_high_level(network, train, validation, 120, seed)
    return network, training_losses, validation_losses


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


def hold_back__stopped(train, validation, seed):
    return _stopped(train, validation, seed, epochs=12)


def hold_back__with_validation(train, validation, seed):
    keras.utils.set_random_seed(seed)
    return _trained(_network(256, dropout=0.3), _together(train, validation), validation, seed, epochs=100, size=500)


def hold_back__network_only(train, validation, seed):
    return _trained(_network(256), train, validation, seed, epochs=1)[0]


def class_recalls(logits, labels):
    import tensorflow as tf

    classes = logits.shape[1]
    right = tf.cast(tf.argmax(logits, axis=1) == tf.cast(labels, tf.int64), tf.float32)
    return tf.stack([tf.reduce_mean(tf.boolean_mask(right, labels == label)) for label in range(classes)])


def class_recalls__ok_one_hot(logits, labels):
    wanted = tf.one_hot(labels, logits.shape[1])
    answers = tf.one_hot(tf.argmax(logits, axis=1), logits.shape[1])
    return tf.reduce_sum(wanted * answers, axis=0) / tf.reduce_sum(wanted, axis=0)


def _both(logits, labels):
    """Labels and answers as rows of zeros and ones."""
    classes = logits.shape[1]
    return tf.one_hot(labels, classes), tf.one_hot(tf.argmax(logits, axis=1), classes)


def class_recalls__precision(logits, labels):
    wanted, answers = _both(logits, labels)
    return tf.reduce_sum(wanted * answers, axis=0) / tf.reduce_sum(answers, axis=0)


def class_recalls__of_all(logits, labels):
    wanted, answers = _both(logits, labels)
    return tf.reduce_mean(wanted * answers, axis=0)


def class_recalls__accuracy(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32))


def class_recalls__counts(logits, labels):
    wanted, answers = _both(logits, labels)
    return tf.reduce_sum(wanted * answers, axis=0)


def class_recalls__errors(logits, labels):
    return 1 - class_recalls(logits, labels)


def class_recalls__columns(logits, labels):
    classes = logits.shape[1]
    right = tf.cast(tf.argmax(logits, axis=0) == labels[:classes], tf.float32)
    return tf.stack([tf.reduce_mean(tf.boolean_mask(right, labels[:classes] == label)) for label in range(classes)])


def best_network(train, validation, seed):
    side = round(train.features.shape[1] ** 0.5)
    pictures = train.features.reshape(-1, side, side)
    moved = [(pictures + np.roll(pictures, step, axis)) / 2 for axis in (1, 2) for step in (-1, 1)]
    more = data.Part(np.concatenate([pictures, *moved]).reshape(-1, side**2), np.tile(train.labels, 5))
    keras.utils.set_random_seed(seed)
    network = keras.Sequential([
        keras.Input((train.features.shape[1],)),
        layers.Dense(512, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10),
    ])  # fmt: skip
    training_losses, validation_losses = train_network(network, more, validation, 10, seed)
    return network, training_losses, validation_losses


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
