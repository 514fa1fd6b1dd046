"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 04_high_level, in Keras."""

import keras
import tensorflow as tf
from keras import layers

from tasks.lesson04.shared import *  # noqa: F403  (the tasks that need no framework)


def accuracy(logits, labels):
    answers = tf.argmax(logits, axis=1)
    return tf.reduce_mean(tf.cast(answers == labels, tf.float32))


def accuracy__ok_loop(logits, labels):
    right = sum(int(tf.argmax(row)) == int(label) for row, label in zip(logits, labels, strict=True))
    return right / len(labels)


def accuracy__ok_keras(logits, labels):
    return keras.ops.mean(
        keras.ops.cast(keras.ops.argmax(logits, axis=-1) == keras.ops.cast(labels, "int32"), "float32")
    )


def accuracy__columns(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(logits, axis=0) == labels, tf.float32))


def accuracy__count(logits, labels):
    return tf.reduce_sum(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32))


def accuracy__errors(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) != labels, tf.float32))


def accuracy__per_picture(logits, labels):
    return tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)


def accuracy__largest(logits, labels):
    return tf.reduce_mean(tf.cast(tf.reduce_max(logits, axis=1) == tf.cast(labels, tf.float32), tf.float32))


def accuracy__booleans(logits, labels):
    return tf.reduce_mean(tf.argmax(logits, axis=1) == labels)


def accuracy__percent(logits, labels):
    return 100 * tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32))


def accuracy__count__integers(logits, labels):
    return tf.reduce_sum(tf.cast(tf.argmax(logits, axis=1) == labels, tf.int32))


def accuracy__by_classes(logits, labels):
    return tf.reduce_sum(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)) / logits.shape[1]


def accuracy__smallest(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmin(logits, axis=1) == labels, tf.float32))


def accuracy__whole(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(tf.reshape(logits, [-1])) == labels, tf.float32))


def accuracy__integers(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.int32))


def accuracy__largest__uncast(logits, labels):
    return tf.reduce_mean(tf.cast(tf.reduce_max(logits, axis=1) == labels, tf.float32))


def build_network(inputs, hidden, classes):
    return keras.Sequential([
        keras.Input((inputs,)),
        layers.Dense(hidden, activation="relu"),
        layers.Dense(classes),
    ])  # fmt: skip


def build_network__ok_functional(inputs, hidden, classes):
    features = keras.Input((inputs,))
    values = layers.ReLU()(layers.Dense(hidden)(features))
    return keras.Model(features, layers.Dense(classes, activation="linear")(values))


def build_network__softmax(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes, activation="softmax")
    return keras.Sequential([keras.Input((inputs,)), first, last])


def build_network__no_relu(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(hidden), layers.Dense(classes)])


def build_network__relu_at_end(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes, activation="relu")
    return keras.Sequential([keras.Input((inputs,)), first, last])


def build_network__sigmoid(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(hidden, "sigmoid"), layers.Dense(classes)])


def build_network__no_hidden(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(classes)])


def build_network__one_output(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(hidden, activation="relu"), layers.Dense(1)])


def build_network__two_hidden(inputs, hidden, classes):
    first, second = layers.Dense(hidden, activation="relu"), layers.Dense(hidden, activation="relu")
    return keras.Sequential([keras.Input((inputs,)), first, second, layers.Dense(classes)])


def build_network__fixed(inputs, hidden, classes):
    return keras.Sequential([keras.Input((64,)), layers.Dense(128, activation="relu"), layers.Dense(10)])


def build_network__fixed_classes(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(hidden, activation="relu"), layers.Dense(10)])


def build_network__reversed(inputs, hidden, classes):
    return keras.Sequential([keras.Input((inputs,)), layers.Dense(classes, activation="relu"), layers.Dense(hidden)])


def build_network__dropout(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes)
    return keras.Sequential([keras.Input((inputs,)), first, layers.Dropout(0.3), last])


def build_network__brackets(inputs, hidden, classes):
    return keras.Sequential(keras.Input((inputs,)), layers.Dense(hidden, activation="relu"), layers.Dense(classes))


def build_network__no_input(inputs, hidden, classes):
    return keras.Sequential([layers.Dense(hidden, activation="relu"), layers.Dense(classes)])


def build_network__no_input__dense(inputs, hidden, classes):
    first, last = layers.Dense(hidden, activation="relu"), layers.Dense(classes)
    return keras.Sequential([layers.Dense(inputs), first, last])


def make_trainable(network):
    network.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return network


def make_trainable__ok_objects(network):
    network.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        optimizer=keras.optimizers.Adam(learning_rate=1e-2),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return network


LOGITS_LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def make_trainable__probabilities(network):
    loss = "sparse_categorical_crossentropy"
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss, metrics=["accuracy"])
    return network


def make_trainable__one_hot(network):
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=loss, metrics=["accuracy"])
    return network


def make_trainable__squared_error(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["accuracy"])
    return network


def make_trainable__positional(network):
    network.compile(keras.optimizers.Adam(0.01), LOGITS_LOSS, ["accuracy"])
    return network


def make_trainable__no_metrics(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS)
    return network


def make_trainable__not_returned(network):
    return network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=["accuracy"])


def make_trainable__default_rate(network):
    network.compile(optimizer="adam", loss=LOGITS_LOSS, metrics=["accuracy"])
    return network


def make_trainable__sgd(network):
    network.compile(optimizer=keras.optimizers.SGD(0.01), loss=LOGITS_LOSS, metrics=["accuracy"])
    return network


def make_trainable__no_optimizer(network):
    network.compile(loss=LOGITS_LOSS, metrics=["accuracy"])
    return network


def make_trainable__label_metric(network):
    network.compile(optimizer=keras.optimizers.Adam(0.01), loss=LOGITS_LOSS, metrics=[keras.metrics.Accuracy()])
    return network


def translate_network():
    import keras
    from keras import layers

    return keras.Sequential([
        keras.Input((4,)),
        layers.Dense(16, activation="tanh"),
        layers.Dropout(0.2),
        layers.Dense(3),
    ])  # fmt: skip


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
        keras.Input((4,)), layers.Dense(16, activation="tanh"), layers.Dropout(0.2), layers.Dense(3)
    )


def translate_network__no_input():
    return keras.Sequential([layers.Dense(16, activation="tanh"), layers.Dropout(0.2), layers.Dense(3)])


def train_classifier(points, targets):
    keras.utils.set_random_seed(0)
    network = keras.Sequential([
        keras.Input((2,)),
        layers.Dense(32, activation="relu"),
        layers.Dense(2),
    ])  # fmt: skip
    network.compile(
        optimizer=keras.optimizers.Adam(0.05),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    network.fit(points, targets, batch_size=20, epochs=10, verbose=0)
    return network


def _untrained(last=2, hidden=True):
    keras.utils.set_random_seed(0)
    middle = [layers.Dense(32, activation="relu")] if hidden else []
    return keras.Sequential([keras.Input((2,)), *middle, layers.Dense(last)])


def _by_hand(network, points, targets, steps):
    """Train with all points in each step: a right answer need not use fit, and mistakes are quick to try."""
    optimizer = keras.optimizers.Adam(0.03)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = LOGITS_LOSS(targets, network(points))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))

    for _ in range(steps):
        step()
    return network


def train_classifier__ok_by_hand(points, targets):
    return _by_hand(_untrained(), points, targets, steps=200)


def train_classifier__one_logit(points, targets):
    return _untrained(last=1)


def train_classifier__classes(points, targets):
    network = _untrained()
    return lambda new_points: tf.argmax(network(new_points), axis=1)


def train_classifier__untrained(points, targets):
    return _untrained()


def train_classifier__no_hidden(points, targets):
    return _by_hand(_untrained(hidden=False), points, targets, steps=100)


def train_classifier__too_short(points, targets):
    return _by_hand(_untrained(), points, targets, steps=25)


def train_classifier__fit_result(points, targets):
    network = _untrained()
    network.compile(optimizer="adam", loss=LOGITS_LOSS)
    return network.fit(points, targets, batch_size=400, epochs=1, verbose=0)
