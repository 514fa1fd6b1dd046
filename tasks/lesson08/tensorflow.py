"""Solutions, other right answers and typical mistakes of the tasks of 08_scale, in TensorFlow."""

import itertools

import keras
import numpy as np
import tensorflow as tf

from utils import data


def copy_seconds(tensor, latency, bandwidth):
    return latency + int(tf.size(tensor)) * tensor.dtype.size / bandwidth


def copy_seconds__ok_nbytes(tensor, latency, bandwidth):
    return latency + tensor.numpy().nbytes / bandwidth


def copy_seconds__no_latency(tensor, latency, bandwidth):
    return tensor.numpy().nbytes / bandwidth


def copy_seconds__numbers(tensor, latency, bandwidth):
    return latency + int(tf.size(tensor)) / bandwidth


def copy_seconds__four(tensor, latency, bandwidth):
    return latency + 4 * int(tf.size(tensor)) / bandwidth


def copy_seconds__bits(tensor, latency, bandwidth):
    return latency + 8 * tensor.numpy().nbytes / bandwidth


def copy_seconds__rows(tensor, latency, bandwidth):
    return latency + len(tensor) * tensor.dtype.size / bandwidth


def copy_seconds__upside_down(tensor, latency, bandwidth):
    return latency + bandwidth / tensor.numpy().nbytes


def copy_seconds__times_bandwidth(tensor, latency, bandwidth):
    return latency + tensor.numpy().nbytes * bandwidth


def copy_seconds__latency_each(tensor, latency, bandwidth):
    return int(tf.size(tensor)) * (latency + tensor.dtype.size / bandwidth)


def copy_seconds__latency_each__row(tensor, latency, bandwidth):
    return len(tensor) * latency + tensor.numpy().nbytes / bandwidth


def copy_seconds__eight(tensor, latency, bandwidth):
    return latency + 8 * int(tf.size(tensor)) / bandwidth


def copy_seconds__one_entry(tensor, latency, bandwidth):
    return latency + tensor.dtype.size / bandwidth


def copy_seconds__brackets(tensor, latency, bandwidth):
    return (latency + tensor.numpy().nbytes) / bandwidth


def copy_seconds__product(tensor, latency, bandwidth):
    return latency * tensor.numpy().nbytes / bandwidth


def copy_seconds__longer(tensor, latency, bandwidth):
    return max(latency, tensor.numpy().nbytes / bandwidth)


def copy_seconds__rounded_down(tensor, latency, bandwidth):
    return latency + tensor.numpy().nbytes // bandwidth


def copy_seconds__types(tensor, latency, bandwidth):
    return latency + tf.size(tensor) * tensor.dtype.size / bandwidth


def copy_seconds__milliseconds(tensor, latency, bandwidth):
    return 1000 * (latency + tensor.numpy().nbytes / bandwidth)


def saturating_batch(batch_sizes, seconds):
    speeds = tf.cast(batch_sizes, seconds.dtype) / seconds
    return tf.reduce_min(batch_sizes[speeds >= 0.9 * tf.reduce_max(speeds)])


def saturating_batch__ok_loop(batch_sizes, seconds):
    pairs = [(int(size), float(time)) for size, time in zip(batch_sizes, seconds, strict=True)]
    best = max(size / time for size, time in pairs)
    return min(size for size, time in pairs if size / time >= 0.9 * best)


def saturating_batch__ok_numpy(batch_sizes, seconds):
    speeds = batch_sizes.numpy() / seconds.numpy()
    return batch_sizes.numpy()[speeds >= 0.9 * speeds.max()].min()


def _speeds(batch_sizes, seconds):
    return tf.cast(batch_sizes, seconds.dtype) / seconds


def _fast_enough(batch_sizes, speeds, share=0.9):
    return batch_sizes[speeds >= share * tf.reduce_max(speeds)]


def saturating_batch__fastest(batch_sizes, seconds):
    return batch_sizes[int(tf.argmax(_speeds(batch_sizes, seconds)))]


def saturating_batch__largest(batch_sizes, seconds):
    return tf.reduce_max(batch_sizes)


def saturating_batch__shortest(batch_sizes, seconds):
    return tf.reduce_min(batch_sizes[seconds <= tf.reduce_min(seconds) / 0.9])


def saturating_batch__upside_down(batch_sizes, seconds):
    return tf.reduce_min(_fast_enough(batch_sizes, 1 / _speeds(batch_sizes, seconds)))


def saturating_batch__upside_down__below(batch_sizes, seconds):
    speeds = _speeds(batch_sizes, seconds)
    return tf.reduce_min(batch_sizes[speeds <= 0.9 * tf.reduce_max(speeds)])


def saturating_batch__half(batch_sizes, seconds):
    return tf.reduce_min(_fast_enough(batch_sizes, _speeds(batch_sizes, seconds), share=0.5))


def saturating_batch__last_speed(batch_sizes, seconds):
    speeds = _speeds(batch_sizes, seconds)
    return tf.reduce_min(batch_sizes[speeds >= 0.9 * speeds[-1]])


def saturating_batch__position(batch_sizes, seconds):
    speeds = _speeds(batch_sizes, seconds)
    return tf.where(speeds >= 0.9 * tf.reduce_max(speeds))[0, 0]


def saturating_batch__speed(batch_sizes, seconds):
    speeds = _speeds(batch_sizes, seconds)
    return tf.reduce_min(_fast_enough(speeds, speeds))


def saturating_batch__in_order(batch_sizes, seconds):
    return _fast_enough(batch_sizes, _speeds(batch_sizes, seconds))[0]


def saturating_batch__largest__of_them(batch_sizes, seconds):
    return tf.reduce_max(_fast_enough(batch_sizes, _speeds(batch_sizes, seconds)))


def saturating_batch__half__tenth(batch_sizes, seconds):
    return tf.reduce_min(_fast_enough(batch_sizes, _speeds(batch_sizes, seconds), share=0.1))


def saturating_batch__last_speed__of_the_largest(batch_sizes, seconds):
    speeds = _speeds(batch_sizes, seconds)
    return tf.reduce_min(batch_sizes[speeds >= 0.9 * speeds[int(tf.argmax(batch_sizes))]])


def saturating_batch__more_time(batch_sizes, seconds):
    costs = seconds / tf.cast(batch_sizes, seconds.dtype)
    return tf.reduce_min(batch_sizes[costs <= 1.1 * tf.reduce_min(costs)])


def saturating_batch__several(batch_sizes, seconds):
    return _fast_enough(batch_sizes, _speeds(batch_sizes, seconds))


def saturating_batch__half_sorted(batch_sizes, seconds):
    return saturating_batch(tf.sort(batch_sizes), seconds)


def saturating_batch__types(batch_sizes, seconds):
    speeds = batch_sizes / seconds
    return tf.reduce_min(batch_sizes[speeds >= 0.9 * tf.reduce_max(speeds)])


def fast_losses(network, features, labels, batch_size):
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    losses = []
    for start in range(0, len(features), batch_size):
        rows = slice(start, start + batch_size)
        with tf.GradientTape() as tape:
            loss = loss_function(labels[rows], network(features[rows]))
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(loss))
    return losses


def fast_losses__ok_dataset(network, features, labels, batch_size):
    losses = []
    for some_features, some_labels in tf.data.Dataset.from_tensor_slices((features, labels)).batch(batch_size):
        with tf.GradientTape() as tape:
            logits = network(some_features)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(some_labels, logits))
        for variable, gradient in zip(
            network.trainable_variables, tape.gradient(loss, network.trainable_variables), strict=True
        ):
            variable.assign(variable - 0.1 * gradient)
        losses.append(loss)
    return losses


def fast_losses__ok_graph(network, features, labels, batch_size):
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step(some_features, some_labels):
        with tf.GradientTape() as tape:
            loss = loss_function(some_labels, network(some_features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
        return loss

    return [
        float(step(features[start : start + batch_size], labels[start : start + batch_size]))
        for start in range(0, len(features), batch_size)
    ]


_mean_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
_sum_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="sum")


def _losses(
    network, features, labels, batch_size, optimizer=None, step=True, loss_function=_mean_loss, again=False,
    fixed=False, divisor=1, drop=False, twice=False, total=False,
):  # fmt: skip
    """The solution with one thing changed."""
    optimizer, losses = optimizer or keras.optimizers.SGD(learning_rate=0.1), []
    for start in range(0, len(features) - (batch_size - 1 if drop else 0), batch_size):
        rows = slice(0, batch_size) if fixed else slice(start, start + batch_size)
        with tf.GradientTape() as tape:
            logits = network(features[rows])
            logits = network(features[rows]) if twice else logits
            loss = loss_function(labels[rows], logits) / divisor
            trained = loss * len(logits) if total else loss
        gradients = tape.gradient(trained, network.trainable_variables)
        if step:
            optimizer.apply(gradients, network.trainable_variables)
        losses.append(float(loss_function(labels[rows], network(features[rows])) if again else loss))
    return losses


def fast_losses__slow(network, features, labels, batch_size):
    optimizer = keras.optimizers.SGD(learning_rate=0.1)
    losses, variables = [], network.trainable_variables
    for start in range(0, len(features), batch_size):
        end = min(start + batch_size, len(features))
        batch_loss, total = 0.0, [0.0] * len(variables)
        for number in range(start, end):
            with tf.GradientTape() as tape:
                loss = _mean_loss(labels[number : number + 1], network(features[number : number + 1])) / (end - start)
            total = [one + other for one, other in zip(total, tape.gradient(loss, variables), strict=True)]
            batch_loss += float(loss)
        optimizer.apply(total, variables)
        losses.append(batch_loss)
    return losses


def fast_losses__one_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, len(features))


def fast_losses__no_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, step=False)


def fast_losses__sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, loss_function=_sum_loss)


def fast_losses__per_sample(network, features, labels, batch_size):
    return [[loss] * batch_size for loss in _losses(network, features, labels, batch_size)]


def fast_losses__dropped(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, drop=True)


def fast_losses__full_size(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, loss_function=_sum_loss, divisor=batch_size)


def fast_losses__after_step(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, again=True)


def fast_losses__rate(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, keras.optimizers.SGD(learning_rate=0.01))


def fast_losses__rate__adam(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, keras.optimizers.Adam(learning_rate=0.1))


def fast_losses__total(network, features, labels, batch_size):
    return sum(_losses(network, features, labels, batch_size))


def fast_losses__no_list(network, features, labels, batch_size):
    return tf.constant(_losses(network, features, labels, batch_size))


def fast_losses__same_batch(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, fixed=True)


def fast_losses__last_only(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[-1:]


def fast_losses__last_only__return_inside(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size)[:1]


def fast_losses__shuffled(network, features, labels, batch_size):
    order = np.random.default_rng(0).permutation(len(features))
    return _losses(network, tf.gather(features, order), tf.gather(labels, order), batch_size)


def fast_losses__twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, twice=True)


def fast_losses__divided_twice(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, divisor=batch_size)


def fast_losses__step_of_sum(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, total=True)


def fast_losses__running(network, features, labels, batch_size):
    return list(np.cumsum(_losses(network, features, labels, batch_size)))


def fast_losses__logits(network, features, labels, batch_size):
    return _losses(network, features, labels, batch_size, loss_function=keras.losses.SparseCategoricalCrossentropy())


def parallel_gradient(gradient, features, labels, workers):
    total = 0.0
    for rows in np.array_split(np.arange(len(features)), workers):
        if len(rows):
            total = total + len(rows) * gradient(tf.gather(features, rows), tf.gather(labels, rows))
    return total / len(features)


def parallel_gradient__ok_stride(gradient, features, labels, workers):
    total = tf.zeros(())
    for rank in range(min(workers, len(features))):
        some_features, some_labels = features[rank::workers], labels[rank::workers]
        total = total + len(some_features) * gradient(some_features, some_labels)
    return total / len(features)


def parallel_gradient__ok_split(gradient, features, labels, workers):
    quotient, rest = divmod(len(features), workers)
    sizes = [size for size in [quotient + 1] * rest + [quotient] * (workers - rest) if size]
    shards = zip(tf.split(features, sizes), tf.split(labels, sizes), strict=True)
    parts = [gradient(x, y) * len(x) / len(features) for x, y in shards]
    return tf.add_n(parts)


def _over(gradient, features, labels, shards):
    """[(samples, gradient), ...] of some shards of row numbers."""
    chosen = [np.array(rows, dtype=np.int64) for rows in shards]
    return [(len(rows), gradient(tf.gather(features, rows), tf.gather(labels, rows))) for rows in chosen]


def _even(samples, workers):
    return [rows for rows in np.array_split(np.arange(samples), workers) if len(rows)]


def _weighted(parts):
    return sum(count * part for count, part in parts) / sum(count for count, _ in parts)


def parallel_gradient__plain_mean(gradient, features, labels, workers):
    parts = _over(gradient, features, labels, _even(len(features), workers))
    return sum(part for _, part in parts) / len(parts)


def parallel_gradient__sum(gradient, features, labels, workers):
    return sum(part for _, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__whole(gradient, features, labels, workers):
    return gradient(features, labels)


def parallel_gradient__each_sample(gradient, features, labels, workers):
    return _weighted(_over(gradient, features, labels, _even(len(features), len(features))))


def parallel_gradient__dropped(gradient, features, labels, workers):
    size = max(1, len(features) // workers)
    count = min(workers, len(features))
    return _weighted(_over(gradient, features, labels, [range(size * k, size * k + size) for k in range(count)]))


def parallel_gradient__overlap(gradient, features, labels, workers):
    size = len(features) // workers
    return _weighted(_over(gradient, features, labels, [range(k, k + size) for k in range(workers)]))


def parallel_gradient__overlap__same(gradient, features, labels, workers):
    size = len(features) // workers
    return _weighted(_over(gradient, features, labels, [range(size) for _ in range(workers)]))


def parallel_gradient__rest_to_last(gradient, features, labels, workers):
    size = len(features) // workers
    starts = [size * k for k in range(workers)]
    ends = [*starts[1:], len(features)]
    return _weighted(_over(gradient, features, labels, [range(a, b) for a, b in zip(starts, ends, strict=True)]))


def parallel_gradient__ceil(gradient, features, labels, workers):
    size = -(-len(features) // workers)
    shards = [range(start, min(start + size, len(features))) for start in range(0, len(features), size)]
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__empty(gradient, features, labels, workers):
    return _weighted(_over(gradient, features, labels, np.array_split(np.arange(len(features)), workers)))


def parallel_gradient__first_only(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[0][1]


def parallel_gradient__first_only__last(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers))[-1][1]


def parallel_gradient__list(gradient, features, labels, workers):
    return [part for _, part in _over(gradient, features, labels, _even(len(features), workers))]


def parallel_gradient__not_divided(gradient, features, labels, workers):
    return sum(count * part for count, part in _over(gradient, features, labels, _even(len(features), workers)))


def parallel_gradient__ok_bounds(gradient, features, labels, workers):
    bounds = [len(features) * number // workers for number in range(workers + 1)]
    pairs = [(a, b) for a, b in itertools.pairwise(bounds) if b > a]
    return sum((b - a) / len(features) * gradient(features[a:b], labels[a:b]) for a, b in pairs)


def parallel_gradient__first_only__one_call(gradient, features, labels, workers):
    return _over(gradient, features, labels, _even(len(features), workers)[:1])[0][1]


def parallel_gradient__not_divided__by_workers(gradient, features, labels, workers):
    return parallel_gradient__not_divided(gradient, features, labels, workers) / workers


def parallel_gradient__indexed(gradient, features, labels, workers):
    return _weighted([(len(rows), gradient(features[rows], labels[rows])) for rows in _even(len(features), workers)])


def parallel_gradient__by_size(gradient, features, labels, workers):
    starts = range(0, len(features), workers)
    shards = [range(start, min(start + workers, len(features))) for start in starts]
    return _weighted(_over(gradient, features, labels, shards))


def parallel_gradient__twice(gradient, features, labels, workers):
    _over(gradient, features, labels, _even(len(features), workers))
    return parallel_gradient(gradient, features, labels, workers)


def largest_speedup(seconds_alone, seconds_together, workers):
    share = (1 - seconds_together / seconds_alone) / (1 - 1 / workers)
    return 1 / (1 - share) if share < 1 else float("inf")


def largest_speedup__ok_two_equations(seconds_alone, seconds_together, workers):
    fixed = (workers * seconds_together - seconds_alone) / (workers - 1)
    return seconds_alone / fixed if fixed > 0 else np.inf


def largest_speedup__share(seconds_alone, seconds_together, workers):
    return (1 - seconds_together / seconds_alone) / (1 - 1 / workers)


def largest_speedup__measured(seconds_alone, seconds_together, workers):
    return seconds_alone / seconds_together


def largest_speedup__workers(seconds_alone, seconds_together, workers):
    return workers


def largest_speedup__unshared(seconds_alone, seconds_together, workers):
    return seconds_alone / (seconds_together - seconds_alone / workers)


def largest_speedup__rest(seconds_alone, seconds_together, workers):
    return 1 - largest_speedup__share(seconds_alone, seconds_together, workers)


def largest_speedup__zero(seconds_alone, seconds_together, workers):
    share = (1 - seconds_together / seconds_alone) / (1 - 1 / workers)
    return 1 / (1 - share)


def largest_speedup__doubled(seconds_alone, seconds_together, workers):
    share = largest_speedup__share(seconds_alone, seconds_together, workers)
    return 1 / (1 - share + share / (2 * workers))


def largest_speedup__upside_down(seconds_alone, seconds_together, workers):
    share = (1 - seconds_alone / seconds_together) / (1 - 1 / workers)
    return 1 / (1 - share)


def largest_speedup__ok_serial_share(seconds_alone, seconds_together, workers):
    rest = (seconds_together / seconds_alone - 1 / workers) / (1 - 1 / workers)
    return 1 / rest if rest > 1e-9 else float("inf")


def largest_speedup__over_share(seconds_alone, seconds_together, workers):
    return 1 / largest_speedup__share(seconds_alone, seconds_together, workers)


def largest_speedup__not_solved(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain * workers)


def largest_speedup__not_solved__divided(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain / workers)


def largest_speedup__not_solved__one_less(seconds_alone, seconds_together, workers):
    gain = 1 - seconds_together / seconds_alone
    return 1 / (1 - gain / (workers - 1))


def largest_speedup__efficiency(seconds_alone, seconds_together, workers):
    share = seconds_alone / seconds_together / workers
    return 1 / (1 - share)


def largest_speedup__times_workers(seconds_alone, seconds_together, workers):
    return seconds_alone / seconds_together * workers


def largest_speedup__seconds(seconds_alone, seconds_together, workers):
    return seconds_alone * largest_speedup__rest(seconds_alone, seconds_together, workers)


def largest_speedup__text(seconds_alone, seconds_together, workers):
    speedup = largest_speedup(seconds_alone, seconds_together, workers)
    return "inf" if speedup == float("inf") else speedup


def accumulated_gradient(features, targets, weights, parts):
    import tensorflow as tf

    total = tf.zeros_like(weights)
    size = len(features) // parts
    for start in range(0, len(features), size):
        with tf.GradientTape() as tape:
            tape.watch(weights)
            errors = features[start : start + size] @ weights - targets[start : start + size]
            loss = tf.reduce_mean(errors**2) / parts
        total = total + tape.gradient(loss, weights)
    return total


def accumulated_gradient__ok_variable(features, targets, weights, parts):
    weights, gradients = tf.Variable(weights), []
    for x, y in zip(tf.split(features, parts), tf.split(targets, parts), strict=True):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.matmul(x, weights) - y))
        gradients.append(tape.gradient(loss, weights))
    return tf.add_n(gradients) / parts


def _accumulated(features, targets, weights, parts, divisor, reduce=tf.reduce_mean, fixed=False, watch=True, power=2):
    total = 0.0
    size = len(features) // parts
    for start in range(0, len(features), size):
        rows = slice(0, size) if fixed else slice(start, start + size)
        with tf.GradientTape() as tape:
            if watch:
                tape.watch(weights)
            loss = reduce((features[rows] @ weights - targets[rows]) ** power) / divisor
        total = total + tape.gradient(loss, weights)
    return total


def accumulated_gradient__sum(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, 1.0)


def accumulated_gradient__last(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, parts)


def accumulated_gradient__last__undivided(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[-size:], targets[-size:], weights, 1, 1.0)


def accumulated_gradient__unrecorded(features, targets, weights, parts):
    total = tf.zeros_like(weights)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((features @ weights - targets) ** 2)
    return total + tape.gradient(loss, weights)


def accumulated_gradient__unrecorded__loss_outside(features, targets, weights, parts):
    total = tf.zeros_like(weights)
    with tf.GradientTape() as tape:
        tape.watch(weights)
        errors = features @ weights - targets
    return total + tape.gradient(tf.reduce_mean(errors**2), weights)


def accumulated_gradient__unrecorded__added(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, watch=False)


def accumulated_gradient__summed_errors(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, reduce=tf.reduce_sum)


def accumulated_gradient__step(features, targets, weights, parts):
    return weights - 0.1 * _accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__loss(features, targets, weights, parts):
    return tf.reduce_mean((features @ weights - targets) ** 2)


def accumulated_gradient__same_part(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, fixed=True)


def accumulated_gradient__negative(features, targets, weights, parts):
    return -_accumulated(features, targets, weights, parts, parts)


def accumulated_gradient__ok_formula(features, targets, weights, parts):
    total = 0
    size = len(features) // parts
    for start in range(0, len(features), size):
        x, y = features[start : start + size], targets[start : start + size]
        total = total + 2 / len(features) * tf.transpose(x) @ (x @ weights - y)
    return total


def accumulated_gradient__first(features, targets, weights, parts):
    size = len(features) // parts
    return _accumulated(features[:size], targets[:size], weights, 1, parts)


def accumulated_gradient__divided_twice(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts) / parts


def accumulated_gradient__divided_twice__one_turn(features, targets, weights, parts):
    return _accumulated(features, targets, weights, 1, parts)


def accumulated_gradient__not_squared(features, targets, weights, parts):
    return _accumulated(features, targets, weights, parts, parts, power=1)


def accumulated_gradient__not_squared__absolute(features, targets, weights, parts):
    return _accumulated(
        features, targets, weights, parts, parts, reduce=lambda errors: tf.reduce_mean(tf.abs(errors)), power=1
    )


def accumulated_gradient__none(features, targets, weights, parts):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((features @ weights - targets) ** 2)
    return tape.gradient(loss, weights)


def learn_from_slow(fetch, count):
    fetched = [fetch(number) for number in range(count)]
    features, labels = (tf.concat(parts, axis=0) for parts in zip(*fetched, strict=True))
    network = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10)])
    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(optimizer=keras.optimizers.Adam(learning_rate=0.01), loss=loss_function)
    network.fit(features, labels, batch_size=100, epochs=20, shuffle=False, verbose=0)
    return network


def _layer():
    start = keras.initializers.GlorotUniform(seed=0)
    return keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, kernel_initializer=start)])


def _trained(fetch, count, epochs, rate=0.01, cache=True):
    network, optimizer = _layer(), keras.optimizers.Adam(learning_rate=rate)
    optimizer.build(network.trainable_variables)

    @tf.function
    def step(features, labels):
        with tf.GradientTape() as tape:
            loss = _mean_loss(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)

    batches = [fetch(number) for number in range(count)] if cache else None
    for _ in range(epochs):
        for number in range(count):
            step(*(batches[number] if cache else fetch(number)))
    return network


def learn_from_slow__ok_own_loop(fetch, count):
    return _trained(fetch, count, 20)


def learn_from_slow__no_network(fetch, count):
    _trained(fetch, 2, 1)


def learn_from_slow__no_network__accuracy(fetch, count):
    return 0.95


def learn_from_slow__classes(fetch, count):
    network = _trained(fetch, 2, 1)
    return lambda features: tf.argmax(network(features), axis=1)


def learn_from_slow__not_finite(fetch, count):
    network = _layer()
    network.set_weights([weights * float("nan") for weights in network.get_weights()])
    return network


def learn_from_slow__probabilities(fetch, count):
    return keras.Sequential([_trained(fetch, count, 2), keras.layers.Softmax()])


def learn_from_slow__untrained(fetch, count):
    return _layer()


def learn_from_slow__untrained__own_data(fetch, count):
    images, labels = data.digits()
    batches = [(tf.constant(images[:1200] / 16), tf.constant(labels[:1200]))] * count
    return _trained(batches.__getitem__, count, 20)


def learn_from_slow__fetched_again(fetch, count):
    return _trained(fetch, count, 20, cache=False)


def learn_from_slow__one_epoch(fetch, count):
    return _trained(fetch, count, 1, rate=0.02)
