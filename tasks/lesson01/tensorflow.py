"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 01_tensors, in TensorFlow."""

import tensorflow as tf


def standardise_columns(features):
    mean = tf.reduce_mean(features, axis=0)
    deviation = tf.math.reduce_std(features, axis=0)
    return (features - mean) / deviation


def standardise_columns__ok_by_hand(features):
    centred = features - tf.reduce_mean(features, 0, keepdims=True)
    return centred / tf.sqrt(tf.reduce_mean(centred**2, 0, keepdims=True))


def standardise_columns__ok_float64(features):
    features = tf.cast(features, tf.float64)
    mean, variance = tf.nn.moments(features, axes=[0])
    return (features - mean) / tf.sqrt(variance)


def standardise_columns__rows(features):
    mean = tf.reduce_mean(features, axis=1, keepdims=True)
    return (features - mean) / tf.math.reduce_std(features, axis=1, keepdims=True)


def standardise_columns__all(features):
    return (features - tf.reduce_mean(features)) / tf.math.reduce_std(features)


def standardise_columns__mean_only(features):
    return features - tf.reduce_mean(features, axis=0)


def standardise_columns__scale_only(features):
    return features / tf.math.reduce_std(features, axis=0)


def standardise_columns__variance(features):
    return (features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_variance(features, axis=0)


def standardise_columns__bessel(features):
    centred = features - tf.reduce_mean(features, axis=0)
    return centred / tf.sqrt(tf.reduce_sum(centred**2, axis=0) / (len(features) - 1))


def standardise_columns__min_max(features):
    low, high = tf.reduce_min(features, axis=0), tf.reduce_max(features, axis=0)
    return (features - low) / (high - low)


def standardise_columns__norm(features):
    centred = features - tf.reduce_mean(features, axis=0)
    return centred / tf.norm(centred, axis=0)


def standardise_columns__one_deviation(features):
    return (features - tf.reduce_mean(features, axis=0)) / tf.math.reduce_std(features)


def standardise_columns__no_axis(features):
    return (features - tf.reduce_mean(features, axis=1)) / tf.math.reduce_std(features, axis=1)


def softmax(logits):
    shifted = logits - tf.reduce_max(logits, axis=1, keepdims=True)
    exponentials = tf.exp(shifted)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__ok_logsumexp(logits):
    return tf.exp(logits - tf.reduce_logsumexp(logits, axis=-1, keepdims=True))


def softmax__ok_loop(logits):
    rows = [tf.exp(row - tf.reduce_max(row)) for row in logits]
    return tf.stack([row / tf.reduce_sum(row) for row in rows])


def softmax__columns(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_sum(exponentials, axis=0)


def softmax__unstable(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__all(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits))
    return exponentials / tf.reduce_sum(exponentials)


def softmax__global_shift(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits))
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__no_division(logits):
    return tf.exp(logits)


def softmax__no_division__shifted(logits):
    return tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))


def softmax__all__unstable(logits):
    return tf.exp(logits) / tf.reduce_sum(tf.exp(logits))


def softmax__all__shifted_rows(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials)


def softmax__columns__shifted_rows(logits):
    exponentials = tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials, axis=0)


def softmax__no_keepdims(logits):
    return tf.exp(logits) / tf.reduce_sum(tf.exp(logits), axis=1)


def softmax__no_keepdims__shifted(logits):
    return tf.nn.softmax(logits - tf.reduce_max(logits, axis=1))


def softmax__other_shift(logits):
    exponentials = tf.exp(logits - tf.reduce_mean(logits, axis=1, keepdims=True))
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__fixed_shift(logits):
    exponentials = tf.exp(logits - 1000)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__fixed_shift__hundred(logits):
    exponentials = tf.exp(logits - 100)
    return exponentials / tf.reduce_sum(exponentials, axis=1, keepdims=True)


def softmax__no_exp(logits):
    return logits / tf.reduce_sum(logits, axis=1, keepdims=True)


def softmax__sigmoid(logits):
    return tf.sigmoid(logits)


def softmax__log(logits):
    return tf.nn.log_softmax(logits)


def softmax__mean(logits):
    exponentials = tf.exp(logits)
    return exponentials / tf.reduce_mean(exponentials, axis=1, keepdims=True)


def derivative(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        values = x**2 * tf.sin(x)
    return tape.gradient(values, x)


def derivative__ok_variable(x):
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(x * x * tf.sin(x))
    return tape.gradient(total, x)


def derivative__ok_formula(x):
    return 2 * x * tf.sin(x) + x**2 * tf.cos(x)


def derivative__value(x):
    return x**2 * tf.sin(x)


def derivative__unrecorded(x):
    with tf.GradientTape() as tape:
        values = x**2 * tf.sin(x)
    return tape.gradient(values, x)


def derivative__single(x):
    return tf.reduce_sum(derivative(x))


def derivative__product_rule(x):
    return 2 * x * tf.cos(x)


def derivative__one_term(x):
    return 2 * x * tf.sin(x)


def derivative__detached(x):
    return x**2 * tf.cos(x)


def derivative__mean(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = tf.reduce_mean(x**2 * tf.sin(x))
    return tape.gradient(value, x)


def numeric_gradient(function, point, step):
    slopes = []
    for i in range(len(point)):
        change = step * tf.one_hot(i, len(point))
        slopes.append((function(point + change) - function(point - change)) / (2 * step))
    return tf.stack(slopes)


def numeric_gradient__ok_variable(function, point, step):
    slopes = []
    for i in range(len(point)):
        up, down = tf.Variable(point), tf.Variable(point)
        up[i].assign(point[i] + step)
        down[i].assign(point[i] - step)
        slopes.append((function(up) - function(down)) / (2 * step))
    return tf.convert_to_tensor(slopes)


def numeric_gradient__one_sided(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point)) / step for c in changes])


def numeric_gradient__no_division(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([function(point + c) - function(point - c) for c in changes])


def numeric_gradient__half_division(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point - c)) / step for c in changes])


def numeric_gradient__all_at_once(function, point, step):
    rate = (function(point + step) - function(point - step)) / (2 * step)
    return rate * tf.ones_like(point)


def numeric_gradient__all_at_once__one_number(function, point, step):
    return (function(point + step) - function(point - step)) / (2 * step)


def numeric_gradient__all_at_once__change(function, point, step):
    return function(point + step) - function(point - step)


def numeric_gradient__one_sided__halved(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point)) / (2 * step) for c in changes])


def numeric_gradient__early_return(function, point, step):
    slopes = []
    for i in range(len(point)):
        change = step * tf.one_hot(i, len(point))
        slopes.append((function(point + change) - function(point - change)) / (2 * step))
        return tf.stack(slopes)


def numeric_gradient__exact(function, point, step):
    with tf.GradientTape() as tape:
        tape.watch(point)
        value = function(point)
    return tape.gradient(value, point)


def numeric_gradient__not_restored(function, point, step):
    slopes, change = [], tf.zeros_like(point)
    for i in range(len(point)):
        change += step * tf.one_hot(i, len(point))
        slopes.append((function(point + change) - function(point - change)) / (2 * step))
    return tf.stack(slopes)


def numeric_gradient__sign(function, point, step):
    return -numeric_gradient(function, point, step)


def numeric_gradient__precedence(function, point, step):
    changes = tf.eye(len(point)) * step
    return tf.stack([(function(point + c) - function(point - c)) / 2 * step for c in changes])


def correlation(features):
    import tensorflow as tf

    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__ok_matmul(features):
    centred = features - tf.math.reduce_mean(features, 0)
    scaled = tf.math.l2_normalize(centred, axis=0, epsilon=0.0)
    return tf.matmul(scaled, scaled, transpose_a=True)


def correlation__one_mean(features):
    centred = features - tf.reduce_mean(features)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__deviation(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.math.reduce_std(centred, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__not_centred(features):
    scaled = features / tf.norm(features, axis=0, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__not_scaled(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    return tf.transpose(centred) @ centred


def correlation__rows(features):
    centred = features - tf.reduce_mean(features, axis=1, keepdims=True)
    scaled = centred / tf.norm(centred, axis=1, keepdims=True)
    return tf.transpose(scaled) @ scaled


def correlation__no_transpose(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return scaled @ scaled


def correlation__order(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return scaled @ tf.transpose(scaled)


def correlation__elementwise(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred, axis=0, keepdims=True)
    return scaled * scaled


def correlation__global_norm(features):
    centred = features - tf.reduce_mean(features, axis=0, keepdims=True)
    scaled = centred / tf.norm(centred)
    return tf.transpose(scaled) @ scaled


def minimise(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.03 * tape.gradient(value, point))
    return point


def minimise__ok_function(function, start):
    point = tf.Variable(start)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.02 * tape.gradient(value, point))

    for _ in range(400):
        step()
    return point.read_value()


def minimise__ok_watch(function, start):
    point = start
    for _ in range(250):
        with tf.GradientTape() as tape:
            tape.watch(point)
            value = function(point)
        point = point - 0.035 * tape.gradient(value, point)
    return point


def descend(function, start, learning_rate, steps):
    """What most answers have in common; the solution stands above in full."""
    point = tf.Variable(start)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(learning_rate * tape.gradient(value, point))
    return point


def minimise__start(function, start):
    return start


def minimise__uphill(function, start):
    return descend(function, start, learning_rate=-0.03, steps=30)


def minimise__too_large(function, start):
    return descend(function, start, learning_rate=0.1, steps=50)


def minimise__too_large__until_nan(function, start):
    return descend(function, start, learning_rate=0.1, steps=300)


def minimise__too_large__few_steps(function, start):
    return descend(function, start, learning_rate=0.05, steps=30)


def minimise__too_large__bowl(function, start):
    return descend(function, start, learning_rate=1.5, steps=50)


def minimise__too_few(function, start):
    return descend(function, start, learning_rate=0.03, steps=20)


def minimise__too_few__tiny_rate(function, start):
    return descend(function, start, learning_rate=0.001, steps=300)


def minimise__value_returned(function, start):
    return function(minimise(function, start))


def minimise__path(function, start):
    return tf.stack([start, minimise(function, start)])


def minimise__two_arguments(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point[0], point[1])
        point.assign_sub(0.03 * tape.gradient(value, point))
    return point


def minimise__stale(function, start):
    point = tf.Variable(start)
    with tf.GradientTape() as tape:
        value = function(point)
    gradient = tape.gradient(value, point)
    for _ in range(300):
        point.assign_sub(0.03 * gradient)
        function(point)
    return point


def minimise__constant(function, start):
    point = start
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point = point - 0.03 * tape.gradient(value, point)
    return point


def minimise__used_tape(function, start):
    point = tf.Variable(start)
    with tf.GradientTape() as tape:
        value = function(point)
    for _ in range(300):
        point.assign_sub(0.03 * tape.gradient(value, point))
    return point
