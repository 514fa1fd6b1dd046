"""Answers to `gradient_step` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


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


def gradient_step__size_only(parameter, gradient, learning_rate):
    return learning_rate * gradient


def gradient_step__divided(parameter, gradient, learning_rate):
    return parameter - gradient / learning_rate


def gradient_step__in_place(parameter, gradient, learning_rate):
    parameter -= learning_rate * gradient
    return parameter


def gradient_step__no_gradient(parameter, gradient, learning_rate):
    return parameter - learning_rate


def gradient_step__no_parameter(parameter, gradient, learning_rate):
    return parameter - learning_rate * parameter


def gradient_step__one_number(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient.mean()


def gradient_step__one_number__sum(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient.sum()


def gradient_step__sign(parameter, gradient, learning_rate):
    return parameter - learning_rate * np.sign(gradient)


def gradient_step__precedence(parameter, gradient, learning_rate):
    return (parameter - learning_rate) * gradient


def gradient_step__absolute(parameter, gradient, learning_rate):
    return parameter - learning_rate * np.abs(gradient)


def gradient_step__exchanged(parameter, gradient, learning_rate):
    return gradient - learning_rate * parameter


def gradient_step__both_scaled(parameter, gradient, learning_rate):
    return learning_rate * (parameter - gradient)


def gradient_step__with_parameter(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient * parameter


def gradient_step__unit_length(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient / np.linalg.norm(gradient)
