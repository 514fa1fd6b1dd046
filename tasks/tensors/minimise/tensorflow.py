"""Answers to `minimise` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


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


def minimise__one_look(function, start):
    point = tf.Variable(start)
    with tf.GradientTape() as tape:
        value = function(point)
    gradient = tape.gradient(value, point)
    for _ in range(300):
        point.assign_sub(0.03 * gradient)
    return point


def minimise__one_look__early_return(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.03 * tape.gradient(value, point))
        return point


def minimise__equally_long(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.03 * tf.sign(tape.gradient(value, point)))
    return point


def minimise__one_coordinate(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.03 * tape.gradient(value, point) * [1.0, 0.0])
    return point


def minimise__one_number(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign(point - 0.02 * tf.reduce_sum(tape.gradient(value, point)))
    return point


def minimise__lost(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign(0.03 * tape.gradient(value, point))
    return point


def minimise__in_a_graph(function, start):
    point = tf.Variable(start)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.02 * tape.gradient(value, point))

    for _ in range(20):
        step()
    return point


def minimise__one_coordinate__second(function, start):
    point = tf.Variable(start)
    for _ in range(300):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.03 * tape.gradient(value, point) * [0.0, 1.0])
    return point


def minimise__shrinking(function, start):
    point = tf.Variable(start)
    for step in range(100):
        with tf.GradientTape() as tape:
            value = function(point)
        point.assign_sub(0.03 * 0.8**step * tape.gradient(value, point))
    return point


def minimise__equally_long__unit(function, start):
    point = tf.Variable(start)
    for _ in range(100):
        with tf.GradientTape() as tape:
            value = function(point)
        gradient = tape.gradient(value, point)
        point.assign_sub(0.1 * gradient / tf.norm(gradient))
    return point


def minimise__not_along(function, start):
    point, velocity = tf.Variable(start), tf.zeros(2)
    for _ in range(100):
        with tf.GradientTape() as tape:
            value = function(point)
        velocity = 0.99 * velocity + tape.gradient(value, point)
        point.assign_sub(0.03 * velocity)
    return point
