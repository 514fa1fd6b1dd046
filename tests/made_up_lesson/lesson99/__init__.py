"""A made-up lesson: small tasks of every kind, for the tests of the engine."""

import numpy as np

from utils.check import Quiz, Task


def observe_double(answer, seed):
    yield "the numbers 1, 2 and 3", answer(np.array([1.0, 2.0, 3.0]))
    yield "a table of shape (2, 2)", answer(np.random.default_rng(seed).normal(size=(2, 2)))


def observe_counter(answer, seed):
    counter = answer()
    for step in (1, 2, 3):
        yield f"step {step}", counter.step()


TASKS = (
    Task(
        "double",
        observe=observe_double,
        hints=(
            "Which operation doubles a number?",
            {f: f"In {f}, try `numbers * 2`." for f in ("numpy", "pytorch", "tensorflow")},
        ),
        mistakes={
            "square": "this is the square.",
            "sum": "the numbers are summed up.",
            "in_place": "your code changes `numbers` itself.",
            "halved": {"pytorch": "only PyTorch's notebook knows this mistake."},
        },
        seconds=0.5,
    ),
    Task(
        "half",
        observe=observe_double,
        hints=("Divide.", "Divide by two."),
        mistakes={"doubled": "this doubles."},
        after="double",
    ),
    Task(
        "Counter",
        observe=observe_counter,
        hints=("Keep a count.", "Keep it in an array."),
        mistakes={"stuck": "the count never grows."},
        only="numpy",
    ),
    Task(
        "parts",
        observe=lambda answer, seed: iter([("the numbers 1 and 3", answer(np.array([1.0, 3.0])))]),
        hints=("Return two things.", "Return the sum and a list."),
        mistakes={"swapped": "the two parts are swapped."},
        rtol=1e-8,
        atol=0,
    ),
    Task("best", value=True, hints=("Guess.", "It is even."), mistakes={"odd": "this one is odd."}, rtol=1e-8),
    Task("mended", observe=observe_double, hints=("Read it.", "Times two."), mistakes={"square": "this squares."}),
    Task(
        "translated",
        observe=observe_double,
        hints=("Translate.", "Translate line by line."),
        mistakes={"square": "this is the square."},
        only="pytorch",
        translate=True,
    ),
)

QUIZ = (Quiz("quiz_1", right="b", because={"a": "Too small.", "b": "Just so.", "c": {"numpy": "Too large."}}),)
