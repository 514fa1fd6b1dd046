"""The task `share_worse`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_share_worse(answer, seed):
    yield (
        "errors 1 to 9 of the small and 5, 2, 5.5, 12, 8, 12, 3.5, 5, 5 of the large model",
        answer(np.arange(1.0, 10), np.array([5, 2, 5.5, 12, 8, 12, 3.5, 5, 5])),
    )
    generator = np.random.default_rng(seed)
    yield "30 random pairs", answer(generator.normal(size=30), generator.normal(size=30))


TASK = Task(
    "share_worse",
    observe=observe_share_worse,
    hints=(
        "Entry i of both tensors belongs to the same redraw: compare entry by entry.",
        "The mean of a row of zeros and ones is the fraction of ones; convert the comparison to float first.",
    ),
    mistakes={
        "count": "this is the number of redraws; divide by how many there are.",
        "reversed": "this is the fraction in which the small model is worse.",
        "ties": "redraws with equal errors are counted too; worse means a strictly larger error.",
        "of_means": "this is one comparison for all redraws together, such as that of the two means; compare redraw by "
        "redraw, and take the fraction.",
        "sorted": "the errors are sorted before they are compared, so they no longer belong to the same redraw.",
        "excess": "this tells by how much the errors differ; the question is how often the large model is worse.",
        "unequal": "redraws in which the large model is better are counted too; worse means a larger error.",
        "percent": "this is a percentage; a fraction lies between 0 and 1.",
        "whole_division": "the fraction becomes 0: are whole numbers divided, or is the mean turned into a whole "
        "number?",
        "returns_early": "this is what the first redraw alone gives: does the function return inside the loop?",
        "half": "the number is divided by the entries of both tensors; there are only as many redraws as one has.",
        "ratio": "this is how many times as often the large model is worse; divide by all redraws.",
        "each": "there is one answer for each redraw; return the fraction of those that are true.",
        "signs": "redraws in which the large model is better are subtracted; count only those in which it is worse.",
        "with_average": "each large error is compared with the average small one; compare it with that of the same "
        "redraw.",
    },
)
