"""Solutions (named as the task), other right answers (`__ok_`), starters and mistakes of 02_training, in TensorFlow.

Mistakes that differ from a solution in one place share a helper that holds the rest.
"""

import itertools

import keras
import numpy as np
import tensorflow as tf

# Patient 1: labels that broadcast ------------------------------------------------------------------------------------


def patient_1(features, labels, steps=40):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = features @ weight + bias
            loss = tf.reduce_mean((predictions - labels[:, None]) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.3 * weight_gradient)
        bias.assign_sub(0.3 * bias_gradient)
        losses.append(float(loss))
    return losses


def patient_1__starter(features, labels, steps=40):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = features @ weight + bias
            loss = tf.reduce_mean((predictions - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.3 * weight_gradient)
        bias.assign_sub(0.3 * bias_gradient)
        losses.append(float(loss))
    return losses


def _line(features, labels, steps, loss_function):
    parameters = [tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))]
    return _descend(parameters, steps, 0.3, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def _descend(parameters, steps, learning_rate, loss_function):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_function()
        for parameter, gradient in zip(parameters, tape.gradient(loss, parameters), strict=True):
            parameter.assign_sub(learning_rate * gradient)
        losses.append(float(loss))
    return losses


def patient_1__ok_flat(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p[:, 0] - y) ** 2))


def patient_1__ok_library(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: keras.losses.MeanSquaredError()(tf.reshape(y, [-1, 1]), p))


def patient_1__still_broadcasts(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p - tf.reshape(y, [1, -1])) ** 2))


def patient_1__sum(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_sum((p - y[:, None]) ** 2))


def patient_1__mean_prediction(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((tf.reduce_mean(p) - y) ** 2))


def patient_1__first_label(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p - y[0]) ** 2))


def patient_1__absolute(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean(tf.abs(p - y[:, None])))


def patient_1__half(features, labels, steps=40):
    return _line(features, labels, steps, lambda p, y: tf.reduce_mean((p - y[:, None]) ** 2) / 2)


def patient_1__one_step(features, labels, steps=40):
    return patient_1(features, labels, 1)


# Patient 2: gradients that add up ------------------------------------------------------------------------------------


def patient_2(features, labels, steps=60):
    weight, bias = tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total, weight_sum, bias_sum = 0.0, 0.0, 0.0
        for half in (slice(None, middle), slice(middle, None)):
            with tf.GradientTape() as tape:
                logits = features[half] @ weight + bias
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels[half], logits)) / 2
            weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
            weight_sum += weight_gradient
            bias_sum += bias_gradient
            total += float(loss)
        weight.assign_sub(0.5 * weight_sum)
        bias.assign_sub(0.5 * bias_sum)
        losses.append(total)
    return losses


def patient_2__starter(features, labels, steps=60):
    weight, bias = tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))
    middle, losses = len(features) // 2, []
    weight_sum, bias_sum = 0.0, 0.0
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            with tf.GradientTape() as tape:
                logits = features[half] @ weight + bias
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels[half], logits)) / 2
            weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
            weight_sum += weight_gradient
            bias_sum += bias_gradient
            total += float(loss)
        weight.assign_sub(0.5 * weight_sum)
        bias.assign_sub(0.5 * bias_sum)
        losses.append(total)
    return losses


def _keep(sums):
    return sums


def _clear(sums):
    return [0.0, 0.0]


def _halves(features, labels, steps, before_half=_keep, before_update=_keep, zero=False, share=2, new_step=_clear):
    parameters = [tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))]
    middle, losses = len(features) // 2, []
    sums = [0.0, 0.0]
    for _ in range(steps):
        total = 0.0
        sums = sums if zero else new_step(sums)
        for half in (slice(None, middle), slice(middle, None)):
            sums = before_half(sums)
            with tf.GradientTape() as tape:
                logits = features[half] @ parameters[0] + parameters[1]
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels[half], logits)) / share
            sums = [old + new for old, new in zip(sums, tape.gradient(loss, parameters), strict=True)]
            total += float(loss)
        sums = before_update(sums)
        for parameter, gradient in zip(parameters, sums, strict=True):
            parameter.assign_sub(tf.broadcast_to(0.5 * gradient, parameter.shape))
            if zero:
                parameter.assign(tf.zeros_like(parameter))
        losses.append(total)
    return losses


def patient_2__ok_all_at_once(features, labels, steps=60):
    parameters = [tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))]

    def loss_function():
        logits = features @ parameters[0] + parameters[1]
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    return _descend(parameters, steps, 0.5, loss_function)


def patient_2__ok_lists(features, labels, steps=60):
    return _halves(features, labels, steps)


def patient_2__inside(features, labels, steps=60):
    return _halves(features, labels, steps, before_half=_clear)


def patient_2__too_early(features, labels, steps=60):
    return _halves(features, labels, steps, before_update=_clear)


def patient_2__parameters(features, labels, steps=60):
    return _halves(features, labels, steps, zero=True)


def patient_2__not_halved(features, labels, steps=60):
    return _halves(features, labels, steps, share=1)


def patient_2__still_adds_up(features, labels, steps=60):
    return _halves(features, labels, steps, new_step=_keep)


def patient_2__one_cleared(features, labels, steps=60):
    return _halves(features, labels, steps, new_step=lambda sums: [0.0, sums[1]])


def patient_2__one_cleared__bias(features, labels, steps=60):
    return _halves(features, labels, steps, new_step=lambda sums: [sums[0], 0.0])


def patient_2__step_each_half(features, labels, steps=60):
    parameters = [tf.Variable(tf.fill([2, 1], 0.5)), tf.Variable(tf.zeros(1))]
    middle, losses = len(features) // 2, []
    for _ in range(steps):
        total = 0.0
        for half in (slice(None, middle), slice(middle, None)):
            with tf.GradientTape() as tape:
                logits = features[half] @ parameters[0] + parameters[1]
                loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels[half], logits)) / 2
            for parameter, gradient in zip(parameters, tape.gradient(loss, parameters), strict=True):
                parameter.assign_sub(0.5 * gradient)
            total += float(loss)
        losses.append(total)
    return losses


# Patient 3: softmax twice --------------------------------------------------------------------------------------------


def patient_3(features, labels, steps=60):
    weight, bias = tf.Variable(tf.zeros([2, 3])), tf.Variable(tf.zeros(3))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses


def patient_3__starter(features, labels, steps=60):
    weight, bias = tf.Variable(tf.zeros([2, 3])), tf.Variable(tf.zeros(3))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            probabilities = tf.nn.softmax(features @ weight + bias)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, probabilities))
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses


def _three_classes(features, labels, steps, loss_function):
    parameters = [tf.Variable(tf.zeros([2, 3])), tf.Variable(tf.zeros(3))]
    return _descend(parameters, steps, 0.5, lambda: loss_function(features @ parameters[0] + parameters[1], labels))


def _cross_entropies(logits, labels):
    return tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits)


def patient_3__ok_by_hand(features, labels, steps=60):
    def loss_function(z, y):
        return -tf.reduce_mean(tf.math.log(tf.gather(tf.nn.softmax(z), y, batch_dims=1)))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__ok_log(features, labels, steps=60):
    return _three_classes(
        features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.nn.log_softmax(z), y))
    )


def patient_3__still_twice(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.nn.softmax(z), y)))


def patient_3__sigmoid(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_mean(_cross_entropies(tf.sigmoid(z), y)))


def patient_3__no_log(features, labels, steps=60):
    return _three_classes(
        features, labels, steps, lambda z, y: -tf.reduce_mean(tf.gather(tf.nn.softmax(z), y, batch_dims=1))
    )


def patient_3__wrong_axis(features, labels, steps=60):
    def loss_function(z, y):
        return -tf.reduce_mean(tf.gather(tf.nn.log_softmax(z, axis=0), y, batch_dims=1))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__down_and_again(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(_cross_entropies(tf.nn.softmax(z, axis=0), y))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__from_logits(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, z))

    return _three_classes(features, labels, steps, loss_function)


def patient_3__sum(features, labels, steps=60):
    return _three_classes(features, labels, steps, lambda z, y: tf.reduce_sum(_cross_entropies(z, y)))


def patient_3__binary(features, labels, steps=60):
    def loss_function(z, y):
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(tf.one_hot(y, 3), z))

    return _three_classes(features, labels, steps, loss_function)


# Patient 4: evaluation in training mode ------------------------------------------------------------------------------


class _SmallDropoutNetwork(tf.Module):
    def __init__(self, seed):
        super().__init__()
        self.dropped = 0  # how often
        self.random = tf.random.Generator.from_seed(seed)
        generator = np.random.default_rng(seed)
        self.first = tf.Variable(generator.normal(size=(2, 16)), dtype=tf.float32)
        self.second = tf.Variable(generator.normal(size=(16, 3)), dtype=tf.float32)

    def __call__(self, features, training=True):
        hidden = tf.tanh(features @ self.first)
        if training:
            self.dropped += 1
            hidden = tf.where(self.random.uniform(tf.shape(hidden)) < 0.5, 2 * hidden, 0.0)
        return hidden @ self.second


def small_dropout_network(seed):
    """The network that patient_4 is tried with; what it drops repeats, and `dropped` counts how often it does."""
    return _SmallDropoutNetwork(seed)


def patient_4(model, features, labels):
    logits = model(features, training=False)
    return float(tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)))


def patient_4__starter(model, features, labels):
    logits = model(features)
    return float(tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)))


def patient_4__ok_numpy(model, features, labels):
    return np.mean(np.argmax(model(features, False), axis=1) == labels.numpy())


def patient_4__ok_tensor(model, features, labels):
    right = tf.argmax(model(features, training=False), axis=1) == labels
    return tf.math.count_nonzero(right, dtype=tf.float32) / len(labels)


def patient_4__still_dropping(model, features, labels):
    logits = tf.stop_gradient(model(features))
    return float(tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)))


def patient_4__still_dropping__attribute(model, features, labels):
    model.training = False
    logits = model(features)
    return float(tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)))


def patient_4__still_dropping__true(model, features, labels):
    logits = model(features, training=True)
    return float(tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)))


def patient_4__averaged(model, features, labels):
    right = [tf.argmax(model(features), axis=1) == labels for _ in range(10)]
    return float(tf.reduce_mean(tf.cast(right, tf.float32)))


def patient_4__count(model, features, labels):
    logits = model(features, training=False)
    return float(tf.reduce_sum(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32)))


def patient_4__error_rate(model, features, labels):
    logits = model(features, training=False)
    return float(tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) != labels, tf.float32)))


# Patient 5: unscaled features ----------------------------------------------------------------------------------------


def patient_5(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features, axis=0), tf.math.reduce_std(features, axis=0)
    features, new_features = (features - mean) / scale, (new_features - mean) / scale
    weight, bias = tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses, new_features @ weight + bias


def patient_5__starter(features, labels, new_features, steps=40):
    weight, bias = tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logits = features @ weight + bias
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(0.5 * weight_gradient)
        bias.assign_sub(0.5 * bias_gradient)
        losses.append(float(loss))
    return losses, new_features @ weight + bias


def _two_classes(features, labels, new_features, steps):
    parameters = [tf.Variable(tf.zeros([2, 1])), tf.Variable(tf.zeros(1))]

    def loss_function():
        logits = features @ parameters[0] + parameters[1]
        return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, logits))

    losses = _descend(parameters, steps, 0.5, loss_function)
    return losses, new_features @ parameters[0] + parameters[1]


def patient_5__ok_unbiased(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    scale = tf.sqrt(tf.reduce_sum((features - mean) ** 2, axis=0) / (len(features) - 1))
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__ok_moments(features, labels, new_features, steps=40):
    mean, variance = tf.nn.moments(features, axes=[0])
    scale = tf.sqrt(variance)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__own_numbers(features, labels, new_features, steps=40):
    scaled, new = ((x - tf.reduce_mean(x, axis=0)) / tf.math.reduce_std(x, axis=0) for x in (features, new_features))
    return _two_classes(scaled, labels, new, steps)


def patient_5__together(features, labels, new_features, steps=40):
    both = tf.concat([features, new_features], axis=0)
    mean, scale = tf.reduce_mean(both, axis=0), tf.math.reduce_std(both, axis=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__new_forgotten(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features, axis=0), tf.math.reduce_std(features, axis=0)
    return _two_classes((features - mean) / scale, labels, new_features, steps)


def patient_5__new_forgotten__overwritten(features, labels, new_features, steps=40):
    features = (features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_std(features, axis=0)
    new_features = (new_features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_std(features, axis=0)
    return _two_classes(features, labels, new_features, steps)


def patient_5__probabilities(features, labels, new_features, steps=40):
    losses, logits = patient_5(features, labels, new_features, steps)
    return losses, tf.sigmoid(logits)


def patient_5__precedence(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features, axis=0), tf.math.reduce_std(features, axis=0)
    return _two_classes(features - mean / scale, labels, new_features - mean / scale, steps)


def patient_5__rows(features, labels, new_features, steps=40):
    def scaled(x):
        return (x - tf.reduce_mean(x, axis=1, keepdims=True)) / tf.math.reduce_std(x, axis=1, keepdims=True)

    return _two_classes(scaled(features), labels, scaled(new_features), steps)


def patient_5__only_centred(features, labels, new_features, steps=40):
    mean = tf.reduce_mean(features, axis=0)
    return _two_classes(features - mean, labels, new_features - mean, steps)


def patient_5__only_divided(features, labels, new_features, steps=40):
    scale = tf.math.reduce_std(features, axis=0)
    return _two_classes(features / scale, labels, new_features / scale, steps)


def patient_5__variance(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features, axis=0), tf.math.reduce_variance(features, axis=0)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__whole_table(features, labels, new_features, steps=40):
    mean, scale = tf.reduce_mean(features), tf.math.reduce_std(features)
    return _two_classes((features - mean) / scale, labels, (new_features - mean) / scale, steps)


def patient_5__min_max(features, labels, new_features, steps=40):
    low, high = tf.reduce_min(features, axis=0), tf.reduce_max(features, axis=0)
    return _two_classes((features - low) / (high - low), labels, (new_features - low) / (high - low), steps)


# The tasks of part 5 -------------------------------------------------------------------------------------------------


def accuracy_of(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0) == (labels > 0.5), tf.float32))


def accuracy_of__ok_probability(logits, labels):
    return np.mean(np.round(tf.sigmoid(logits)) == labels.numpy())


def accuracy_of__ok_flat(logits, labels):
    right = tf.cast(logits[:, 0] > 0, tf.float32) == labels[:, 0]
    return tf.math.count_nonzero(right, dtype=tf.float32) / len(labels)


def accuracy_of__threshold(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0.5) == (labels > 0.5), tf.float32))


def accuracy_of__count(logits, labels):
    return tf.reduce_sum(tf.cast((logits > 0) == (labels > 0.5), tf.float32))


def accuracy_of__count__integers(logits, labels):
    return tf.math.count_nonzero((logits > 0) == (labels > 0.5))


def accuracy_of__argmax(logits, labels):
    classes = tf.cast(tf.argmax(logits, axis=1), tf.float32)[:, None]
    return tf.reduce_mean(tf.cast(classes == labels, tf.float32))


def accuracy_of__argmax__flat(logits, labels):
    classes = tf.cast(tf.argmax(logits, axis=1), tf.float32)
    return tf.reduce_mean(tf.cast(classes == labels, tf.float32))


def accuracy_of__always_one(logits, labels):
    return tf.reduce_mean(tf.cast((tf.sigmoid(logits) > 0) == (labels > 0.5), tf.float32))


def accuracy_of__rounded(logits, labels):
    return tf.reduce_mean(tf.cast(tf.round(logits) == labels, tf.float32))


def accuracy_of__percent(logits, labels):
    return 100 * tf.reduce_mean(tf.cast((logits > 0) == (labels > 0.5), tf.float32))


def accuracy_of__error_rate(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0) != (labels > 0.5), tf.float32))


def accuracy_of__broadcast(logits, labels):
    return tf.reduce_mean(tf.cast((logits > 0) == (labels[:, 0] > 0.5), tf.float32))


def accuracy_of__each(logits, labels):
    return tf.cast((logits > 0) == (labels > 0.5), tf.float32)


def accuracy_of__positives(logits, labels):
    return tf.reduce_mean(tf.cast(logits > 0, tf.float32))


def momentum_step(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__ok_add(parameter, velocity, gradient, learning_rate, decay):
    new_velocity = tf.add(gradient, tf.multiply(velocity, decay))
    return tf.subtract(parameter, learning_rate * new_velocity), new_velocity


def momentum_step__old_velocity(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * velocity, decay * velocity + gradient


def momentum_step__rate_inside(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + learning_rate * gradient
    return parameter - velocity, velocity


def momentum_step__uphill(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter + learning_rate * velocity, velocity


def momentum_step__no_decay(parameter, velocity, gradient, learning_rate, decay):
    velocity = velocity + gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__averaged(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + (1 - decay) * gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__order(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return velocity, parameter - learning_rate * velocity


def momentum_step__no_memory(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * gradient, gradient


def momentum_step__rate_inside__minus(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity - learning_rate * gradient
    return parameter + velocity, velocity


def momentum_step__no_rate(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - velocity, velocity


def momentum_step__decayed_gradient(parameter, velocity, gradient, learning_rate, decay):
    velocity = velocity + decay * gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__decayed_gradient__both(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * (velocity + gradient)
    return parameter - learning_rate * velocity, velocity


def momentum_step__old_returned(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * (decay * velocity + gradient), velocity


def momentum_step__step(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return learning_rate * velocity, velocity


CROSS_ENTROPIES = (tf.nn, ("sparse_softmax_cross_entropy_with_logits", "softmax_cross_entropy_with_logits"))


def cross_entropy_of(logits, labels):
    right = tf.gather(logits, labels, batch_dims=1)
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=1) - right)


def cross_entropy_of__ok_log_softmax(logits, labels):
    one_hot = tf.one_hot(labels, logits.shape[1])
    return -tf.reduce_mean(tf.reduce_sum(one_hot * tf.nn.log_softmax(logits), axis=1))


def cross_entropy_of__ok_maximum(logits, labels):
    logits = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    sums = tf.reduce_sum(tf.exp(logits), axis=1)
    return tf.reduce_mean(tf.math.log(sums) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__overflow(logits, labels):
    right = tf.gather(logits, labels, batch_dims=1)
    return tf.reduce_mean(tf.math.log(tf.reduce_sum(tf.exp(logits), axis=1)) - right)


def cross_entropy_of__sum(logits, labels):
    right = tf.gather(logits, labels, batch_dims=1)
    return tf.reduce_sum(tf.reduce_logsumexp(logits, axis=1) - right)


def cross_entropy_of__no_log(logits, labels):
    return -tf.reduce_mean(tf.gather(tf.nn.softmax(logits), labels, batch_dims=1))


def cross_entropy_of__sign(logits, labels):
    return -cross_entropy_of(logits, labels)


def cross_entropy_of__all_entries(logits, labels):
    return -tf.reduce_mean(tf.one_hot(labels, logits.shape[1]) * tf.nn.log_softmax(logits))


def cross_entropy_of__twice(logits, labels):
    return cross_entropy_of(tf.nn.softmax(logits), labels)


def cross_entropy_of__library(logits, labels):
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


def cross_entropy_of__library__keras(logits, labels):
    return tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(labels, logits, from_logits=True))


def cross_entropy_of__by_probability(logits, labels):
    return -tf.reduce_mean(tf.math.log(tf.gather(tf.nn.softmax(logits), labels, batch_dims=1)))


def cross_entropy_of__all_pairs(logits, labels):
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=1) - tf.gather(logits, labels, axis=1))


def cross_entropy_of__largest(logits, labels):
    return tf.reduce_mean(tf.reduce_logsumexp(logits, axis=1) - tf.reduce_max(logits, axis=1))


def cross_entropy_of__half_shifted(logits, labels):
    sums = tf.reduce_sum(tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True)), axis=1)
    return tf.reduce_mean(tf.math.log(sums) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__one_maximum(logits, labels):
    logits = logits - tf.reduce_max(logits)
    sums = tf.reduce_sum(tf.exp(logits), axis=1)
    return tf.reduce_mean(tf.math.log(sums) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__whole_table(logits, labels):
    return tf.reduce_mean(tf.reduce_logsumexp(logits) - tf.gather(logits, labels, batch_dims=1))


def cross_entropy_of__axis(logits, labels):
    return -tf.reduce_mean(tf.gather(tf.nn.log_softmax(logits, axis=0), labels, batch_dims=1))


def fit_line(features, labels, learning_rate, steps):
    import tensorflow as tf

    weight = tf.Variable(tf.zeros([1, 1]))
    bias = tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(learning_rate * weight_gradient)
        bias.assign_sub(learning_rate * bias_gradient)
    return weight, bias


def fit_line__ok_optimizer(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    optimizer = keras.optimizers.SGD(learning_rate=learning_rate)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, [weight, bias]), [weight, bias], strict=True))
    return tf.constant(weight), tf.constant(bias)


def _fit(features, labels, learning_rate, steps, reduce=tf.reduce_mean, start=0.0, fixed_bias=False):
    weight, bias = tf.Variable(tf.fill([1, 1], start)), tf.Variable(tf.fill([1], start))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = reduce((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(learning_rate * weight_gradient)
        bias.assign_sub((0.0 if fixed_bias else learning_rate) * bias_gradient)
    return weight, bias


def fit_line__uphill(features, labels, learning_rate, steps):
    return _fit(features, labels, -learning_rate, steps)


def fit_line__uphill__assign(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign(learning_rate * weight_gradient)
        bias.assign(learning_rate * bias_gradient)
    return weight, bias


def fit_line__one_step_only(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, 1)


def fit_line__sum(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, reduce=tf.reduce_sum)


def fit_line__bias_forgotten(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, fixed_bias=True)


def fit_line__one_step_more(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps + 1)


def fit_line__started_at_one(features, labels, learning_rate, steps):
    return _fit(features, labels, learning_rate, steps, start=1.0)


def fit_line__rebound(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias


def fit_line__not_watched(features, labels, learning_rate, steps):
    weight, bias = tf.zeros([1, 1]), tf.zeros(1)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((features @ weight + bias - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias


def fit_line__not_watched__outside(features, labels, learning_rate, steps):
    weight, bias = tf.Variable(tf.zeros([1, 1])), tf.Variable(tf.zeros(1))
    for _ in range(steps):
        with tf.GradientTape() as tape:
            predictions = features @ weight + bias
        loss = tf.reduce_mean((predictions - labels) ** 2)
        weight_gradient, bias_gradient = tape.gradient(loss, [weight, bias])
        weight.assign_sub(learning_rate * weight_gradient)
        bias.assign_sub(learning_rate * bias_gradient)
    return weight, bias


def train_spirals(features, labels):
    generator = np.random.default_rng(0)
    first, second = (tf.Variable(generator.normal(size=s), dtype=tf.float32) for s in ((2, 32), (32, 1)))
    bias, offset = tf.Variable(tf.zeros(32)), tf.Variable(tf.zeros(1))
    parameters = [first, bias, second, offset]
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    optimizer.build(parameters)

    def model(features):
        return tf.tanh(features @ first + bias) @ second + offset

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, model(features)))
        optimizer.apply_gradients(zip(tape.gradient(loss, parameters), parameters))  # noqa: B905

    for _ in range(200):
        step()
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)


def _spirals(features, labels, steps, hidden=32):
    generator = np.random.default_rng(0)
    sizes = [2, hidden, 1] if hidden else [2, 1]
    weights = [tf.Variable(generator.normal(size=s), dtype=tf.float32) for s in itertools.pairwise(sizes)]
    biases = [tf.Variable(tf.zeros(size)) for size in sizes[1:]]

    def model(features):
        for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
            features = tf.tanh(features @ weight + bias)
        return features @ weights[-1] + biases[-1]

    parameters = weights + biases
    optimizer = keras.optimizers.Adam(learning_rate=0.05)
    optimizer.build(parameters)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, model(features)))
        optimizer.apply_gradients(zip(tape.gradient(loss, parameters), parameters, strict=True))

    for _ in range(steps):
        step()
    return model


def train_spirals__no_function(features, labels):
    return tf.cast(_spirals(features, labels, 5)(features) > 0, tf.float32)


def train_spirals__no_function__no_return(features, labels):
    _spirals(features, labels, 5)


def train_spirals__probabilities(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: tf.sigmoid(model(new_features))


def train_spirals__one_class(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: tf.argmax(model(new_features), axis=1)[:, None]


def train_spirals__swapped(features, labels):
    model = _spirals(features, labels, 200)
    return lambda new_features: tf.cast(model(new_features) < 0, tf.float32)


def train_spirals__untrained(features, labels):
    return lambda new_features: tf.cast(new_features[:, :1] * new_features[:, 1:] > 0, tf.float32)


def train_spirals__linear(features, labels):
    model = _spirals(features, labels, 200, hidden=0)
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)


def train_spirals__too_short(features, labels):
    model = _spirals(features, labels, 12)
    return lambda new_features: tf.cast(model(new_features) > 0, tf.float32)


def train_spirals__logits(features, labels):
    return _spirals(features, labels, 5)


def train_spirals__flat(features, labels):
    model = _spirals(features, labels, 5)
    return lambda new_features: tf.cast(model(new_features)[:, 0] > 0, tf.float32)
