"""Answers to `saturating_batch` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


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


def saturating_batch__upside_down__whole_seconds(batch_sizes, seconds):
    speeds = batch_sizes / tf.cast(seconds, batch_sizes.dtype)
    return tf.reduce_min(batch_sizes[speeds >= 0.9 * tf.reduce_max(speeds)])


def saturating_batch__upside_down(batch_sizes, seconds):
    return tf.reduce_min(_fast_enough(batch_sizes, 1 / _speeds(batch_sizes, seconds)))


def saturating_batch__upside_down__below(batch_sizes, seconds):
    speeds = _speeds(batch_sizes, seconds)
    return tf.reduce_min(batch_sizes[speeds <= 0.9 * tf.reduce_max(speeds)])


def saturating_batch__just_over(batch_sizes, seconds):
    speeds = tf.cast(batch_sizes, seconds.dtype) / seconds
    return tf.reduce_min(batch_sizes[speeds > 0.9 * tf.reduce_max(speeds)])


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


def saturating_batch__nearest(batch_sizes, seconds):
    speeds = tf.cast(batch_sizes, seconds.dtype) / seconds
    return batch_sizes[tf.argmin(tf.abs(speeds - 0.9 * tf.reduce_max(speeds)))]


def saturating_batch__plateau(batch_sizes, seconds):
    order, speeds = tf.argsort(batch_sizes), tf.cast(batch_sizes, seconds.dtype) / seconds
    sizes, speeds = tf.gather(batch_sizes, order), tf.gather(speeds, order)
    for place in range(len(sizes) - 1):
        if speeds[place] >= 0.9 * speeds[place + 1]:
            return sizes[place]
    return sizes[-1]
