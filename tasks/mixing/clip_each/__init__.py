"""The task `clip_each`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def observe_clip_each(answer, seed):
    def tried(*gradients, limit):
        return answer([answer.tensor(gradient) for gradient in gradients], limit)

    def left_alone(gradient):
        given = answer.tensor(gradient)
        answer([given], 1.0)
        return np.array_equal(as_numpy(given), gradient)

    generator = np.random.default_rng(seed)
    three = (np.array([0.3, 0.4]), np.array([12.0, -5.0]), np.array([1.45, 0.0]))
    yield "(0.3, 0.4), (12, -5) and (1.45, 0), limit 2", tried(*three, limit=2.0)
    yield (
        "tensors of shapes (2, 3) and (3,), limit 0.5",
        tried(generator.normal(size=(2, 3)), generator.normal(size=3), limit=0.5),
    )
    yield "a gradient of zeros, limit 1", tried(np.zeros(3), np.array([5.0, 0.0]), limit=1.0)
    yield "a gradient of (3, -4) is as before when its scaled copy comes back", left_alone(np.array([3.0, -4.0]))
    given = [answer.tensor(gradient) for gradient in three]
    before = list(given)
    answer(given, 2.0)
    as_before = len(given) == len(before) and all(one is other for one, other in zip(given, before, strict=True))
    yield "the list `gradients` holds afterwards what it held before", as_before


def facts_of_clip_each(answer, seed):
    def clipped(*gradients):
        return [as_numpy(one) for one in answer([answer.tensor(np.array(gradient)) for gradient in gradients], 5.0)]

    (large,), (small,) = clipped([6.0, 8.0]), clipped([0.3, -0.4])
    if not np.allclose(small, [0.3, -0.4]):
        yield f"(0.3, -0.4) has the norm 0.5, within a limit of 5; it comes back as {_shown(small)}."
    (within,) = clipped([0.0, -4.0])
    if not np.allclose(within, [0, -4]):
        yield f"(0, -4) has the norm 4, within a limit of 5; it comes back as {_shown(within)}."
    if not np.isclose(np.linalg.norm(large), 5, rtol=1e-3):
        yield f"(6, 8) has the norm 10. With a limit of 5 it comes back with the norm {np.linalg.norm(large):.4g}."
    if not np.allclose(large, [3, 4], rtol=1e-3):
        yield f"(6, 8) comes back with the norm 5, but as {_shown(large)}, in another direction."
    if not np.allclose(clipped([6.0, 8.0], [0.3, -0.4])[1], small):
        yield "(0.3, -0.4) comes back as it is when it is alone, but not beside (6, 8): each tensor has its own norm."
    (other,) = clipped([-6.0, 8.0])
    if not np.allclose(other, [-3, 4], rtol=1e-3):
        yield f"(6, 8) is clipped well, but (-6, 8), with the same norm, comes back as {_shown(other)}."


def _shown(array):
    return f"({', '.join(f'{number:.4g}' for number in array)})"


TASK = Task(
    "clip_each",
    observe=observe_clip_each,
    facts=facts_of_clip_each,
    hints=(
        "Work on one tensor at a time: its norm, then its factor, then the product.",
        "The factor is limit / norm where that is below 1, and 1 otherwise.",
    ),
    mistakes={
        "joint": "all tensors share one norm, as in section 6; here each tensor has a norm of its own.",
        "entries": "you cut single entries at the limit, which turns the gradient; scale the whole tensor instead.",
        "always": "a tensor that is within the limit is changed too; the factor should never be above 1.",
        "unit": "the tensor is scaled to norm 1 whatever the limit is; divide by the norm, multiply by the limit.",
        "sum_of_sizes": "you add up the absolute values of the entries; the norm is the square root of the sum of "
        "their squares.",
        "not_squared": "the entries are added up as they are; the norm is the square root of the sum of their squares.",
        "largest": "all tensors are scaled by the factor of the largest one; each has a norm of its own.",
        "to_zero": "a tensor above the limit becomes 0; it should keep its direction, with the limit as its norm.",
        "by_limit": "a tensor above the limit is divided by the limit; the factor is limit / norm, with its own norm.",
        "squared": "this is what the squared norm gives; take its square root.",
        "zero": "a gradient of zeros has norm 0, and 0 / 0 is nan; such a gradient should stay as it is.",
        "first_only": "only one tensor comes back; return a list with every one of them.",
        "return_inside": "the list holds the first tensor only: does the `return` stand inside the loop?",
        "last_only": "the list holds the last tensor only: start it before the loop, and append to it.",
        "dropped": "a tensor that is within the limit is missing in the list; it belongs there too, as it is.",
        "unchanged": "all tensors come back as they are: does the list hold the scaled ones?",
        "at_least_one": "the factor is never below 1, so large tensors stay large and small ones grow; "
        "keep it at 1 or below.",
        "upside_down": "the factor acts the wrong way round: a tensor above the limit is multiplied by limit / norm.",
        "by_row": "each row is scaled by a norm of its own; the norm of a tensor is taken over all of its entries.",
        "in_place": {
            "pytorch": "the list is right, but the tensors in `gradients` have changed too: scale copies of them.",
        },
        "list_changed": "the result is right, but the list `gradients` has changed too: put the scaled tensors into a "
        "new "
        "list.",
        "mean": "you take the mean of the squares; the norm is the square root of their sum.",
    },
)
