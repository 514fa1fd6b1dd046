"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 05_mixing, in TensorFlow."""

import keras
import tensorflow as tf


class ScaleLayer(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones", name="scale")
        self.shift = self.add_weight(shape=(size,), initializer="zeros", name="shift")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__ok_build(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def build(self, input_shape):
        self.shift = self.add_weight(shape=(self.size,), initializer="zeros")
        self.scale = self.add_weight(shape=(self.size,), initializer=keras.initializers.Constant(1.0))

    def call(self, inputs):
        return keras.ops.add(self.shift, keras.ops.multiply(inputs, self.scale))


class ScaleLayer__unregistered(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = tf.Variable(tf.ones(size))
        self.shift = tf.Variable(tf.zeros(size))

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_super(keras.layers.Layer):
    def __init__(self, size):
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


ScaleLayer__no_super.__name__ = "ScaleLayer"  # Keras puts the name into its message


class ScaleLayer__zeros(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="zeros")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")

    def call(self, features):
        return features * self.scale


class ScaleLayer__one_number(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(1,), initializer="ones")
        self.shift = self.add_weight(shape=(1,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__shift_first(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return (features + self.shift) * self.scale


class ScaleLayer__frozen(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones", trainable=False)
        self.shift = self.add_weight(shape=(size,), initializer="zeros", trainable=False)

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector__plain_shift(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = tf.Variable(tf.zeros(size))

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__swapped(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.shift + self.scale


class ScaleLayer__swapped__starts(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="zeros")
        self.shift = self.add_weight(shape=(size,), initializer="ones")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__unused(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features


class ScaleLayer__cut_off(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * tf.stop_gradient(self.scale) + tf.stop_gradient(self.shift)


class ScaleLayer__no_call(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def forward(self, features):
        return features * self.scale + self.shift


ScaleLayer__no_call.__name__ = "ScaleLayer"  # Keras puts the name into its message


def clip_each(gradients, limit):
    clipped = []
    for gradient in gradients:
        norm = tf.sqrt(tf.reduce_sum(gradient**2))
        clipped.append(gradient * tf.minimum(limit / norm, 1.0))
    return clipped


def clip_each__ok_library(gradients, limit):
    return [tf.clip_by_norm(gradient, limit) for gradient in gradients]


def clip_each__joint(gradients, limit):
    norm = tf.sqrt(sum(tf.reduce_sum(gradient**2) for gradient in gradients))
    return [gradient * tf.minimum(limit / norm, 1.0) for gradient in gradients]


def clip_each__entries(gradients, limit):
    return [tf.clip_by_value(gradient, -limit, limit) for gradient in gradients]


def clip_each__always(gradients, limit):
    return [gradient * limit / tf.norm(gradient) for gradient in gradients]


def clip_each__unit(gradients, limit):
    return [gradient / tf.norm(gradient) if tf.norm(gradient) > limit else gradient for gradient in gradients]


def clip_each__sum_of_sizes(gradients, limit):
    return [gradient * tf.minimum(limit / tf.reduce_sum(tf.abs(gradient)), 1.0) for gradient in gradients]


def clip_each__squared(gradients, limit):
    return [gradient * tf.minimum(limit / tf.reduce_sum(gradient**2), 1.0) for gradient in gradients]


def clip_each__zero(gradients, limit):
    return [gradient / tf.norm(gradient) * tf.minimum(tf.norm(gradient), limit) for gradient in gradients]


def clip_each__first_only(gradients, limit):
    for gradient in gradients:
        return gradient * tf.minimum(limit / tf.norm(gradient), 1.0)


def _scaled(gradient, limit):
    return gradient * tf.minimum(limit / tf.norm(gradient), 1.0)


def clip_each__return_inside(gradients, limit):
    return [_scaled(gradients[0], limit)]


def clip_each__last_only(gradients, limit):
    for gradient in gradients:
        clipped = [_scaled(gradient, limit)]
    return clipped


def clip_each__dropped(gradients, limit):
    return [_scaled(gradient, limit) for gradient in gradients if tf.norm(gradient) > limit]


def clip_each__unchanged(gradients, limit):
    for gradient in gradients:
        gradient = _scaled(gradient, limit)
    return gradients


def clip_each__at_least_one(gradients, limit):
    return [gradient * tf.maximum(limit / tf.norm(gradient), 1.0) for gradient in gradients]


def clip_each__upside_down(gradients, limit):
    return [gradient * tf.minimum(tf.norm(gradient) / limit, 1.0) for gradient in gradients]


def clip_each__upside_down__condition(gradients, limit):
    return [gradient * tf.norm(gradient) / limit if tf.norm(gradient) > limit else gradient for gradient in gradients]


def clip_each__by_row(gradients, limit):
    return [gradient * tf.minimum(limit / tf.norm(gradient, axis=-1, keepdims=True), 1.0) for gradient in gradients]


def clip_each__mean(gradients, limit):
    return [gradient * tf.minimum(limit / tf.sqrt(tf.reduce_mean(gradient**2)), 1.0) for gradient in gradients]


def loop_losses(network, batches, learning_rate):
    loss_function = keras.losses.BinaryCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = loss_function(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(loss))
    return losses


def loop_losses__ok_by_hand(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, network(features)))
        variables = network.trainable_variables
        for variable, gradient in zip(variables, tape.gradient(loss, variables), strict=True):
            variable.assign(variable - learning_rate * gradient)
        losses.append(loss)
    return losses


def _losses(network, batches, learning_rate, loss_of, direction=1):
    """Train with any loss of (labels, logits); direction -1 goes uphill."""
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = loss_of(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply([direction * gradient for gradient in gradients], network.trainable_variables)
        losses.append(float(loss))
    return losses


_mean_loss = keras.losses.BinaryCrossentropy(from_logits=True)


def loop_losses__no_step(network, batches, learning_rate):
    return [float(_mean_loss(labels, network(features))) for features, labels in batches]


def loop_losses__after_step(network, batches, learning_rate):
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(_mean_loss(labels, network(features))))
    return losses


def loop_losses__uphill(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, _mean_loss, direction=-1)


def loop_losses__sum(network, batches, learning_rate):
    def summed(labels, logits):
        return tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    return _losses(network, batches, learning_rate, summed)


def loop_losses__running_mean(network, batches, learning_rate):
    losses = loop_losses(network, batches, learning_rate)
    return [sum(losses[: count + 1]) / (count + 1) for count in range(len(losses))]


def loop_losses__probabilities(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, lambda labels, logits: _mean_loss(labels, tf.sigmoid(logits)))


def loop_losses__swapped(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, lambda labels, logits: _mean_loss(logits, labels))


def loop_losses__total(network, batches, learning_rate):
    return sum(loop_losses(network, batches, learning_rate))


def loop_losses__first_batch(network, batches, learning_rate):
    return loop_losses(network, batches[:1], learning_rate)


def loop_losses__fixed_rate(network, batches, learning_rate):
    return loop_losses(network, batches, 0.01)


def loop_losses__no_step__local(network, batches, learning_rate):
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        for variable, gradient in zip(network.trainable_variables, gradients, strict=True):
            variable = variable - learning_rate * gradient
        losses.append(float(loss))
    return losses


def loop_losses__total__last(network, batches, learning_rate):
    return tf.constant(loop_losses(network, batches, learning_rate)[-1])


def loop_losses__no_list(network, batches, learning_rate):
    return tuple(loop_losses(network, batches, learning_rate))


def loop_losses__last_batch(network, batches, learning_rate):
    return loop_losses(network, batches, learning_rate)[-1:]


def loop_losses__epochs(network, batches, learning_rate):
    return loop_losses(network, batches * 2, learning_rate)


def loop_losses__per_point(network, batches, learning_rate):
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = tf.nn.sigmoid_cross_entropy_with_logits(labels, network(features))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(loss)
    return losses


def loop_losses__per_point__nested(network, batches, learning_rate):
    return [[loss] for loss in loop_losses(network, batches, learning_rate)]


def loop_losses__raw_logits(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, keras.losses.BinaryCrossentropy())


def loop_losses__squared_error(network, batches, learning_rate):
    return _losses(network, batches, learning_rate, keras.losses.MeanSquaredError())


def loop_losses__adam(network, batches, learning_rate):
    optimizer = keras.optimizers.Adam(learning_rate=learning_rate)
    losses = []
    for features, labels in batches:
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
        losses.append(float(loss))
    return losses


def loop_losses__fixed_rate__lesson(network, batches, learning_rate):
    return loop_losses(network, batches, 0.5)


def round_through(values):
    @tf.custom_gradient
    def rounded(values):
        def backward(upstream):
            return upstream

        return tf.round(values), backward

    return rounded(values)


def round_through__ok_stop_gradient(values):
    return values + tf.stop_gradient(tf.round(values) - values)


def round_through__automatic(values):
    return tf.round(values)


@tf.custom_gradient
def round_through__no_upstream(values):
    return tf.round(values), lambda upstream: tf.ones_like(upstream)


@tf.custom_gradient
def round_through__rounded_upstream(values):
    return tf.round(values), lambda upstream: tf.round(upstream)


def round_through__masked(values):
    partly = tf.where(values > 0, values, 0 * values)
    return partly + tf.stop_gradient(tf.round(values) - partly)


@tf.custom_gradient
def round_through__times_values(values):
    return tf.round(values), lambda upstream: upstream * values


def round_through__floor(values):
    return values + tf.stop_gradient(tf.floor(values) - values)


def round_through__identity(values):
    return values * 1.0


@tf.custom_gradient
def round_through__automatic__no_return(values):
    return tf.round(values), lambda upstream: None


@tf.custom_gradient
def round_through__one_thing(values):
    return tf.round(values)


@tf.custom_gradient
def round_through__one_thing__no_return(values):
    tf.round(values)


@tf.custom_gradient
def round_through__one_thing__called(values):
    def backward(upstream):
        return upstream

    return tf.round(values), backward(values)


def round_through__truncated(values):
    return values + tf.stop_gradient(tf.cast(tf.cast(values, tf.int32), values.dtype) - values)


@tf.custom_gradient
def round_through__negative(values):
    return tf.round(values), lambda upstream: -upstream


def two_rates(features, targets, weights, offset):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch([weights, offset])
        loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__ok_variables(features, targets, weights, offset):
    weights, offset = tf.Variable(weights), tf.Variable(offset)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(features, weights) + offset - targets))
    weights_gradient, offset_gradient = tape.gradient(loss, (weights, offset))
    weights.assign_sub(0.1 * weights_gradient)
    offset.assign_sub(0.01 * offset_gradient)
    return weights, offset


def two_rates__unrecorded(features, targets, weights, offset):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__unrecorded__outside(features, targets, weights, offset):
    with tf.GradientTape() as tape:
        tape.watch([weights, offset])
    loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__unrecorded__one_watched(features, targets, weights, offset):
    with tf.GradientTape() as tape:
        tape.watch(weights)
        loss = tf.reduce_mean((features @ weights + offset - targets) ** 2)
    weights_gradient, offset_gradient = tape.gradient(loss, [weights, offset])
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def _gradients(features, targets, weights, offset, reduce=tf.reduce_mean):
    with tf.GradientTape() as tape:
        tape.watch([weights, offset])
        loss = reduce((features @ weights + offset - targets) ** 2)
    return tape.gradient(loss, [weights, offset])


def two_rates__swapped_rates(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.01 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__one_rate(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights - 0.1 * weights_gradient, offset - 0.1 * offset_gradient


def two_rates__sum(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset, reduce=tf.reduce_sum)
    return weights - 0.1 * weights_gradient, offset - 0.01 * offset_gradient


def two_rates__uphill(features, targets, weights, offset):
    weights_gradient, offset_gradient = _gradients(features, targets, weights, offset)
    return weights + 0.1 * weights_gradient, offset + 0.01 * offset_gradient


def two_rates__gradients(features, targets, weights, offset):
    return tuple(_gradients(features, targets, weights, offset))


def two_rates__swapped_results(features, targets, weights, offset):
    return two_rates(features, targets, weights, offset)[::-1]


def two_rates__one_after_other(features, targets, weights, offset):
    weights = weights - 0.1 * _gradients(features, targets, weights, offset)[0]
    return weights, offset - 0.01 * _gradients(features, targets, weights, offset)[1]


def fit_moons(features, labels):
    hidden_layer = keras.layers.Dense(
        12, activation="tanh", kernel_initializer=keras.initializers.GlorotUniform(seed=0)
    )
    output_layer = keras.layers.Dense(1, kernel_initializer=keras.initializers.GlorotUniform(seed=1))
    network = keras.Sequential([keras.Input((2,)), hidden_layer, output_layer])
    loss_function = keras.losses.BinaryCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(learning_rate=0.1), loss=loss_function)
    network.fit(features, labels, batch_size=50, epochs=20, shuffle=False, verbose=0)
    return network


def fit_moons__ok_bumps(features, labels):
    class Bumps(keras.layers.Layer):
        def __init__(self, centres):
            super().__init__()
            start = keras.initializers.Constant(centres.numpy())
            self.centres = self.add_weight(shape=centres.shape, initializer=start)
            self.log_sharpness = self.add_weight(shape=(len(centres),), initializer="zeros")

        def call(self, features):
            squared_distances = tf.reduce_sum((features[:, None, :] - self.centres) ** 2, axis=2)
            return tf.exp(-tf.exp(self.log_sharpness) * squared_distances)

    network = keras.Sequential([keras.Input((2,)), Bumps(features[:10]), keras.layers.Dense(1)])
    return _trained(network, features, labels, steps=200)


def _trained(network, features, labels, steps, loss_function=_mean_loss):
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = loss_function(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)

    for _ in range(steps):
        step()
    return network


def _network(hidden, outputs=1, activation=None):
    start = keras.initializers.GlorotUniform(seed=0)
    hidden = keras.layers.Dense(hidden, activation="tanh", kernel_initializer=start)
    output = keras.layers.Dense(outputs, activation=activation, kernel_initializer=start)
    return keras.Sequential([keras.Input((2,)), hidden, output])


def fit_moons__two_outputs(features, labels):
    return _network(9, outputs=2)


def fit_moons__flat(features, labels):
    return keras.Sequential([_network(9), keras.layers.Reshape(())])


def fit_moons__too_many(features, labels):
    return _network(64)


def fit_moons__probabilities(features, labels):
    return _network(12, activation="sigmoid")


def fit_moons__untrained(features, labels):
    return _network(12)


def fit_moons__no_network(features, labels):
    _network(12)


def fit_moons__no_network__history(features, labels):
    network = _network(12)
    network.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss=_mean_loss)
    return network.fit(features, labels, epochs=1, verbose=0)


def fit_moons__not_finite(features, labels):
    network = _network(12)
    network.set_weights([weights * float("nan") for weights in network.get_weights()])
    return network


def fit_moons__shifted(features, labels):
    return _trained(_network(12), features, labels, steps=200, loss_function=keras.losses.MeanSquaredError())


def fit_moons__untrained__zeros(features, labels):
    network = _network(12)
    network.set_weights([0 * weights for weights in network.get_weights()])
    return network


def fit_moons__linear(features, labels):
    start = keras.initializers.GlorotUniform(seed=0)
    network = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer=start)])
    return _trained(network, features, labels, steps=100)
