"""Answers to `degree_error` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np

from tasks.overfitting.common import five_points


def degree_error__polyfit(degree, x, y, x_validation, y_validation):
    weights = np.polyfit((x.numpy() - 4) / 4, y.numpy(), degree)
    return np.mean((np.polyval(weights, (x_validation.numpy() - 4) / 4) - y_validation.numpy()) ** 2)


def degree_error__polyfit__plain_x(degree, x, y, x_validation, y_validation):
    weights = np.polyfit(x.numpy(), y.numpy(), degree)
    return np.mean((np.polyval(weights, x_validation.numpy()) - y_validation.numpy()) ** 2)


def _fitted(degree, training, validation):
    """The error on `validation` of the weights fitted to `training`: (u, labels) each."""
    tables = [u[:, None] ** np.arange(degree + 1) for u in (training[0], validation[0])]
    return np.mean((tables[1] @ np.linalg.pinv(tables[0]) @ training[1] - validation[1]) ** 2)


def degree_error__own_scale(degree, x, y, x_validation, y_validation):
    x, y, new_x, new_y = (np.array(values, float) for values in (x, y, x_validation, y_validation))
    return _fitted(degree, ((x - x.mean()) / x.std(), y), ((new_x - new_x.mean()) / new_x.std(), new_y))


def degree_error__own_scale__of_training(degree, x, y, x_validation, y_validation):
    x, y, new_x, new_y = (np.array(values, float) for values in (x, y, x_validation, y_validation))
    return _fitted(degree, ((x - x.mean()) / x.std(), y), ((new_x - x.mean()) / x.std(), new_y))


def degree_error__own_scale__mean(degree, x, y, x_validation, y_validation):
    x, y, new_x, new_y = (np.array(values, float) for values in (x, y, x_validation, y_validation))
    return _fitted(degree, ((x - x.mean()) / 4, y), ((new_x - new_x.mean()) / 4, new_y))


def degree_error__own_scale__of_range(degree, x, y, x_validation, y_validation):
    return _fitted(degree, ((x.numpy() - 4) / 8, y.numpy()), ((x_validation.numpy() - 4) / 8, y_validation.numpy()))


def degree_error__own_scale__uncentered(degree, x, y, x_validation, y_validation):
    return _fitted(degree, (x.numpy() / 8, y.numpy()), (x_validation.numpy() / 8, y_validation.numpy()))


def degree_error__own_scale__wrong_parentheses(degree, x, y, x_validation, y_validation):
    return _fitted(degree, (x.numpy() / 4 - 4, y.numpy()), (x_validation.numpy() / 4 - 4, y_validation.numpy()))


def degree_error__own_scale__only_centered(degree, x, y, x_validation, y_validation):
    return _fitted(degree, (x.numpy() - 4, y.numpy()), (x_validation.numpy() - 4, y_validation.numpy()))


def degree_error__notebook_points(degree, x, y, x_validation, y_validation):
    _, _, new_x, new_y = five_points()
    return _fitted(degree, ((x.numpy() - 4) / 4, y.numpy()), ((new_x - 4) / 4, new_y))
