"""Answers to `degree_error` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def degree_error__polyfit(degree, x, y, x_validation, y_validation):
    weights = np.polyfit((x.numpy() - 4) / 4, y.numpy(), degree)
    return np.mean((np.polyval(weights, (x_validation.numpy() - 4) / 4) - y_validation.numpy()) ** 2)
