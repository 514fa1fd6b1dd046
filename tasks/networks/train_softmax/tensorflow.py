"""Answers to `train_softmax` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf


def train_softmax(weight, bias, features, labels, steps):
    import keras
    import tensorflow as tf

    weight, bias = tf.Variable(weight), tf.Variable(bias)
    optimizer = keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)
    cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            loss = tf.reduce_mean(cross_entropy(labels, logits))
        gradients = tape.gradient(loss, [weight, bias])
        optimizer.apply_gradients(zip(gradients, [weight, bias], strict=True))
        losses.append(float(loss))
    return losses


def _entropy(z, y):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(y, z)


def _train(weight, bias, features, labels, steps, loss=None, momentum=0.9, only_weight=False):
    variables, losses = [tf.Variable(weight), tf.Variable(bias)], []
    moved = variables[: 1 if only_weight else 2]
    optimizer = keras.optimizers.SGD(learning_rate=0.1, momentum=momentum)
    loss = loss or (lambda z, y: tf.reduce_mean(_entropy(z, y)))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            value = loss(features @ variables[0] + variables[1], labels)
        optimizer.apply_gradients(zip(tape.gradient(value, moved), moved, strict=True))
        losses.append(value)
    return losses


def train_softmax__ok_one_hot(weight, bias, features, labels, steps):
    def loss(z, y):
        return -tf.reduce_mean(tf.reduce_sum(tf.one_hot(y, 3) * tf.nn.log_softmax(z), axis=1))

    return _train(weight, bias, features, labels, steps, loss)


def train_softmax__ok_keras(weight, bias, features, labels, steps):
    entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return _train(weight, bias, features, labels, steps, lambda z, y: entropy(y, z))


def train_softmax__sum(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, lambda z, y: tf.reduce_sum(_entropy(z, y)))


def train_softmax__softmax_first(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, lambda z, y: tf.reduce_mean(_entropy(tf.nn.softmax(z), y)))


def train_softmax__plain(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, momentum=0.0)


def train_softmax__after_the_step(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps + 1)[1:]


def train_softmax__nothing_moves(weight, bias, features, labels, steps):
    return [tf.reduce_mean(_entropy(features @ weight + bias, labels))] * steps


def train_softmax__bias_forgotten(weight, bias, features, labels, steps):
    return _train(weight, bias, features, labels, steps, only_weight=True)


def train_softmax__gradient_of_sum(weight, bias, features, labels, steps):
    losses = _train(weight, bias, features, labels, steps, _entropy)  # the tape adds them up
    return [tf.reduce_mean(loss) for loss in losses]
