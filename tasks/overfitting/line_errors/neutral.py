"""Answers to `line_errors` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np

from tasks.overfitting.common import five_points


def line_errors__ok_numbers(slope, offset, x, y, x_validation, y_validation):
    errors = []
    for inputs, labels in ((x, y), (x_validation, y_validation)):
        differences = [slope * float(a) + offset - float(b) for a, b in zip(inputs, labels, strict=True)]
        errors.append(sum(d**2 for d in differences) / len(differences))
    return tuple(errors)


def line_errors__per_point(slope, offset, x, y, x_validation, y_validation):
    return (slope * x + offset - y) ** 2, (slope * x_validation + offset - y_validation) ** 2


def line_errors__predictions(slope, offset, x, y, x_validation, y_validation):
    return slope * x + offset, slope * x_validation + offset


def line_errors__notebook_points(slope, offset, x, y, x_validation, y_validation):
    x, y, new_x, new_y = five_points()
    return np.mean((slope * x + offset - y) ** 2), np.mean((slope * new_x + offset - new_y) ** 2)


def line_errors__notebook_points__fitted(slope, offset, x, y, x_validation, y_validation):
    offset, slope = np.polynomial.polynomial.polyfit(x.numpy(), y.numpy(), 1)
    return line_errors__notebook_points(slope, offset, x, y, x_validation, y_validation)
