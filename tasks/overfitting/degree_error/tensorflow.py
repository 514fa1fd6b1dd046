"""Answers to `degree_error` in TensorFlow: solution, other right answers, typical mistakes."""

import numpy as np
import tensorflow as tf

from tasks.overfitting.common import five_points
from tasks.overfitting.common.tensorflow import fitted_error, power_numbers, power_table


def degree_error(degree, x, y, x_validation, y_validation):
    powers = tf.range(degree + 1, dtype=tf.float32)
    table = ((x - 4) / 4)[:, None] ** powers
    validation_table = ((x_validation - 4) / 4)[:, None] ** powers
    weights = tf.linalg.matvec(tf.linalg.pinv(table), y)
    predictions = tf.linalg.matvec(validation_table, weights)
    return tf.reduce_mean((predictions - y_validation) ** 2)


def degree_error__ok_lstsq(degree, x, y, x_validation, y_validation):
    def table(values):
        u = (tf.cast(values, tf.float64) - 4) / 4
        return tf.stack([u**power for power in range(degree + 1)], axis=1)

    column = tf.cast(y, tf.float64)[:, None]
    predictions = table(x_validation) @ tf.linalg.lstsq(table(x), column, fast=False)
    return tf.reduce_mean((predictions[:, 0] - tf.cast(y_validation, tf.float64)) ** 2)


def degree_error__ok_numpy(degree, x, y, x_validation, y_validation):
    tables = [np.vander((values.numpy() - 4) / 4, degree + 1) for values in (x, x_validation)]
    return np.mean((tables[1] @ np.linalg.pinv(tables[0]) @ y.numpy() - y_validation.numpy()) ** 2)


def degree_error__training_error(degree, x, y, x_validation, y_validation):
    return fitted_error(power_table(x, degree), y, power_table(x, degree), y)


def degree_error__fit_on_validation(degree, x, y, x_validation, y_validation):
    table = power_table(x_validation, degree)
    return fitted_error(table, y_validation, table, y_validation)


def degree_error__fit_on_both(degree, x, y, x_validation, y_validation):
    table = power_table(tf.concat([x, x_validation], axis=0), degree)
    return fitted_error(table, tf.concat([y, y_validation], axis=0), power_table(x_validation, degree), y_validation)


def degree_error__one_short(degree, x, y, x_validation, y_validation):
    return degree_error(degree - 1, x, y, x_validation, y_validation)


def degree_error__no_constant(degree, x, y, x_validation, y_validation):
    tables = power_table(x, degree)[:, 1:], power_table(x_validation, degree)[:, 1:]
    return fitted_error(tables[0], y, tables[1], y_validation)


def degree_error__plain_x(degree, x, y, x_validation, y_validation):
    return degree_error(degree, 4 * x + 4, y, 4 * x_validation + 4, y_validation)


def degree_error__plain_x__lstsq(degree, x, y, x_validation, y_validation):
    weights = tf.linalg.lstsq(x[:, None] ** power_numbers(degree), y[:, None], fast=False)
    predictions = x_validation[:, None] ** power_numbers(degree) @ weights
    return tf.reduce_mean((predictions[:, 0] - y_validation) ** 2)


def degree_error__u_once(degree, x, y, x_validation, y_validation):
    plain = x_validation[:, None] ** power_numbers(degree)
    return fitted_error(power_table(x, degree), y, plain, y_validation)


def degree_error__u_once__validation(degree, x, y, x_validation, y_validation):
    return fitted_error(x[:, None] ** power_numbers(degree), y, power_table(x_validation, degree), y_validation)


def degree_error__no_brackets(degree, x, y, x_validation, y_validation):
    return degree_error(degree, 4 * (x - 4 / 4) + 4, y, 4 * (x_validation - 4 / 4) + 4, y_validation)


def degree_error__always_six(degree, x, y, x_validation, y_validation):
    return degree_error(6, x, y, x_validation, y_validation)


def degree_error__five_points(degree, x, y, x_validation, y_validation):
    return degree_error(degree, *(tf.constant(array.astype("float32")) for array in five_points()))


def degree_error__both(degree, x, y, x_validation, y_validation):
    return degree_error__training_error(degree, x, y, x_validation, y_validation), degree_error(
        degree, x, y, x_validation, y_validation
    )


def degree_error__weights(degree, x, y, x_validation, y_validation):
    return tf.linalg.matvec(tf.linalg.pinv(power_table(x, degree)), y)


def degree_error__predictions(degree, x, y, x_validation, y_validation):
    return tf.linalg.matvec(
        power_table(x_validation, degree), degree_error__weights(degree, x, y, x_validation, y_validation)
    )


def degree_error__sum(degree, x, y, x_validation, y_validation):
    return degree_error(degree, x, y, x_validation, y_validation) * len(x_validation)


def degree_error__root(degree, x, y, x_validation, y_validation):
    return degree_error(degree, x, y, x_validation, y_validation) ** 0.5


def degree_error__table(degree, x, y, x_validation, y_validation):
    column = power_table(x_validation, degree) @ (tf.linalg.pinv(power_table(x, degree)) @ y[:, None])
    return tf.reduce_mean((column - y_validation) ** 2)
