"""Answers to `line_errors` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf

from tasks.overfitting.common.tensorflow import fitted_error, power_table


def line_errors(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean((slope * x + offset - y) ** 2)
    predictions = slope * x_validation + offset
    validation = tf.reduce_mean((predictions - y_validation) ** 2)
    return training, validation


def line_errors__sum(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_sum((slope * x + offset - y) ** 2)
    return training, tf.reduce_sum((slope * x_validation + offset - y_validation) ** 2)


def line_errors__root(slope, offset, x, y, x_validation, y_validation):
    return tuple(error**0.5 for error in line_errors(slope, offset, x, y, x_validation, y_validation))


def line_errors__absolute(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean(tf.abs(slope * x + offset - y))
    return training, tf.reduce_mean(tf.abs(slope * x_validation + offset - y_validation))


def line_errors__no_square(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean(slope * x + offset - y)
    return training, tf.reduce_mean(slope * x_validation + offset - y_validation)


def line_errors__swapped(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, x, y, x_validation, y_validation)[::-1]


def line_errors__training_twice(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean((slope * x + offset - y) ** 2)
    return training, training


def line_errors__exchanged(slope, offset, x, y, x_validation, y_validation):
    return line_errors(offset, slope, x, y, x_validation, y_validation)


def line_errors__ok_list(slope, offset, x, y, x_validation, y_validation):
    return list(line_errors(slope, offset, x, y, x_validation, y_validation))


def line_errors__square_of_mean(slope, offset, x, y, x_validation, y_validation):
    return tf.reduce_mean(slope * x + offset - y) ** 2, tf.reduce_mean(
        slope * x_validation + offset - y_validation
    ) ** 2


def line_errors__single(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, x, y, x_validation, y_validation)[0]


def line_errors__single__validation(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, x, y, x_validation, y_validation)[1]


def line_errors__gap(slope, offset, x, y, x_validation, y_validation):
    training, validation = line_errors(slope, offset, x, y, x_validation, y_validation)
    return training, validation - training


def line_errors__no_offset(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, 0, x, y, x_validation, y_validation)


def line_errors__scaled(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, (x - 4) / 4, y, (x_validation - 4) / 4, y_validation)


def line_errors__fitted(slope, offset, x, y, x_validation, y_validation):
    training = fitted_error(power_table(x, 1), y, power_table(x, 1), y)
    return training, fitted_error(power_table(x, 1), y, power_table(x_validation, 1), y_validation)


def line_errors__one_less(slope, offset, x, y, x_validation, y_validation):
    training, validation = line_errors__sum(slope, offset, x, y, x_validation, y_validation)
    return training / (len(x) - 1), validation / (len(x_validation) - 1)


def line_errors__one_size(slope, offset, x, y, x_validation, y_validation):
    training, validation = line_errors__sum(slope, offset, x, y, x_validation, y_validation)
    return training / len(x), validation / len(x)
