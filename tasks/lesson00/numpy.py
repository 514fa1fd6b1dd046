"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of 00_start_here, in NumPy."""

import numpy as np


def mean_squared_error(predictions, targets):
    return ((predictions - targets) ** 2).mean()


def mean_squared_error__ok_loop(predictions, targets):
    differences = (predictions - targets).ravel()
    return sum(float(d) ** 2 for d in differences) / len(differences)


def mean_squared_error__ok_float32(predictions, targets):
    return np.square(np.float32(targets) - np.float32(predictions)).sum() / predictions.size


def mean_squared_error__sum(predictions, targets):
    return ((predictions - targets) ** 2).sum()


def mean_squared_error__no_square(predictions, targets):
    return (predictions - targets).mean()


def mean_squared_error__absolute(predictions, targets):
    return np.abs(predictions - targets).mean()


def mean_squared_error__root(predictions, targets):
    return np.sqrt(((predictions - targets) ** 2).mean())


def mean_squared_error__square_of_mean(predictions, targets):
    return (predictions - targets).mean() ** 2


def mean_squared_error__per_entry(predictions, targets):
    return (predictions - targets) ** 2


def mean_squared_error__per_entry__divided(predictions, targets):
    return (predictions - targets) ** 2 / len(targets)


def mean_squared_error__precedence(predictions, targets):
    return np.mean(predictions - targets**2)


def mean_squared_error__per_row(predictions, targets):
    return ((predictions - targets) ** 2).sum() / len(targets)


def mean_squared_error__half(predictions, targets):
    return ((predictions - targets) ** 2).mean() / 2


def mean_squared_error__rows(predictions, targets):
    return ((predictions - targets) ** 2).mean(axis=0)


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits))


def sigmoid__ok_other_form(logits):
    return np.exp(logits) / (np.exp(logits) + 1)


def sigmoid__ok_tanh(logits):
    return (np.tanh(logits / 2) + 1) / 2


def sigmoid__sign(logits):
    return 1 / (1 + np.exp(logits))


def sigmoid__no_one(logits):
    return 1 / np.exp(-logits)


def sigmoid__precedence(logits):
    return 1 / 1 + np.exp(-logits)


def sigmoid__tanh(logits):
    return np.tanh(logits)


def sigmoid__step(logits):
    return (logits > 0).astype(float)


def sigmoid__step__integers(logits):
    return (logits > 0).astype(int)


def sigmoid__softmax(logits):
    return np.exp(logits) / np.exp(logits).sum()


def gradient_step(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient


def gradient_step__ok_add(parameter, gradient, learning_rate):
    step = -learning_rate * gradient
    return np.add(parameter, step)


def gradient_step__uphill(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def gradient_step__no_rate(parameter, gradient, learning_rate):
    return parameter - gradient


def gradient_step__step_only(parameter, gradient, learning_rate):
    return -learning_rate * gradient


def gradient_step__step_only__uphill(parameter, gradient, learning_rate):
    return learning_rate * gradient


def gradient_step__divided(parameter, gradient, learning_rate):
    return parameter - gradient / learning_rate


def gradient_step__in_place(parameter, gradient, learning_rate):
    parameter -= learning_rate * gradient
    return parameter
