"""Tasks of 00_start_here: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.check import Quiz, Task


def observe_mean_squared_error(answer, seed):
    generator = np.random.default_rng(seed)
    yield "errors of 1, 2 and -4", answer(np.array([2.0, 3.0, -2.0]), np.array([1.0, 1.0, 2.0]))
    yield "targets other than 0", answer(np.array([5.0, 1.0]), np.array([2.0, 2.0]))
    yield "arrays of shape (4, 2)", answer(generator.normal(size=(4, 2)), generator.normal(size=(4, 2)))


def observe_sigmoid(answer, seed):
    yield "the logits -1, 0 and 2", answer(np.array([-1.0, 0.0, 2.0]))
    yield "an array of shape (3, 2)", answer(np.random.default_rng(seed).normal(size=(3, 2)))


def observe_gradient_step(answer, seed):
    generator = np.random.default_rng(seed)
    yield "parameter 1, gradient 2, learning rate 0.1", answer(np.array([1.0]), np.array([2.0]), 0.1)
    yield "arrays of shape (2, 3)", answer(generator.normal(size=(2, 3)), generator.normal(size=(2, 3)), 0.5)


TASKS = (
    Task(
        "mean_squared_error",
        observe=observe_mean_squared_error,
        hints=(
            "Subtract the arrays, square the differences, then take their mean; each step is one operation.",
            "NumPy squares with `** 2`, and an array has the method `.mean()`.",
        ),
        mistakes={
            "sum": "the squares are summed up; the mean divides by how many there are.",
            "no_square": "the differences are not squared, so positive and negative ones cancel out.",
            "absolute": "this is the mean absolute error; square the differences instead of taking their size.",
            "root": "this is the root of the mean squared error; leave the root out.",
            "square_of_mean": "the mean is squared; square each difference first, then take the mean.",
            "per_entry": "there is one squared error for each entry; the loss is one number, their mean.",
            "half": "this is half of the mean squared error; a factor 1/2 stands in some books, but not here.",
            "precedence": "`**` binds before `-`, so only the targets are squared; put the difference in parentheses.",
            "per_row": "the sum is divided by the number of rows; divide by the number of all entries.",
            "rows": "the mean is taken over one axis only; the loss is one number, over all entries.",
        },
    ),
    Task(
        "sigmoid",
        observe=observe_sigmoid,
        hints=(
            "Work on the whole array at once: NumPy's operations go through all entries.",
            "The denominator is 1 + np.exp(-logits).",
        ),
        mistakes={
            "sign": "this is 1 minus the sigmoid: the exponent is -z, not z.",
            "no_one": "the 1 in the denominator is missing.",
            "precedence": "the 1 is divided first: put 1 + exp(-z) in parentheses.",
            "tanh": "this is tanh, which runs from -1 to 1; the sigmoid runs from 0 to 1.",
            "step": "this is a hard decision, 0 or 1; the sigmoid gives a probability in between.",
            "softmax": "the exponentials are divided by their sum over all entries; each entry stands for itself here.",
        },
    ),
    Task(
        "gradient_step",
        observe=observe_gradient_step,
        hints=(
            "The gradient points to where the loss grows. Which way do you go?",
            "Subtract the learning rate times the gradient from the parameter.",
        ),
        mistakes={
            "uphill": "the step goes up the gradient, so the loss grows; go the other way.",
            "no_rate": "the learning rate is not used; it scales the step.",
            "step_only": "this is the step alone; the new parameter is the old one plus that step.",
            "divided": "the gradient is divided by the learning rate; multiply, so that a small rate steps little.",
            "in_place": "your code changes the array `parameter` itself; compute a new array instead, without `-=`.",
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="b",
        because={
            "a": "That is the numeric gradient of section 4; it is inexact and needs two forward passes a parameter.",
            "b": "Every recorded operation knows its own derivative, and the chain rule joins them.",
            "c": "Text formulas come from symbolic algebra programs; a framework computes numbers, not formulas.",
        },
    ),
    Quiz(
        "quiz_2",
        right="c",
        because={
            "a": "In section 6 the loss fell at first with a gradient that was wrong.",
            "b": "A falling loss says nothing of the kind; too small a rate shows as a loss that hardly moves.",
            "c": "A wrong direction can still lead downhill for a while, so only a comparison tells.",
        },
    ),
    Quiz(
        "quiz_3",
        right="a",
        because={
            "a": "The fast path is 00, 04, 06, 07.",
            "b": "Lesson 01 starts the thorough path, with tensors and gradients before any training.",
            "c": "Lesson 08 is about speed and many devices; it builds on 01 to 05.",
        },
    ),
)
