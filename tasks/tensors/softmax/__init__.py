"""The task `softmax`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_softmax(answer, seed):
    generator = np.random.default_rng(seed)
    yield "rows (1, 2, 4) and (3, -1, 0)", answer(np.array([[1.0, 2.0, 4.0], [3.0, -1.0, 0.0]]))
    yield "a table of shape (4, 4)", answer(generator.normal(size=(4, 4)))
    yield "logits as large as 1000", answer(np.array([[1000.0, 999.0], [-1000.0, -1000.0]]))
    yield "the row 0, 0, 0, 1000", answer(np.array([[0.0, 0.0, 0.0, 1000.0]]))
    yield "one row only", answer(generator.normal(size=(1, 5)))


TASK = Task(
    "softmax",
    observe=observe_softmax,
    hints=(
        "Each row is divided by its own sum; keep that axis, so that broadcasting fits.",
        "Subtracting the same number from all logits of a row changes nothing in the result. Which number keeps "
        "the exponential from overflowing?",
        "Subtract each row's largest logit before the exponential.",
    ),
    mistakes={
        "columns": "your columns sum to 1; each ROW should. Which axis do you sum over?",
        "unstable": "large logits overflow to nan: subtract each row's largest logit before the exponential.",
        "all": "the whole table sums to 1; each row should. The sum must collapse one axis, not both.",
        "no_keepdims": {
            "pytorch": "one number per row does not broadcast against the table: keep the axis, keepdim=True.",
            "tensorflow": "one number per row does not broadcast against the table: keep the axis, keepdims=True.",
        },
        "max_pair": {"pytorch": "max(dim=...) returns values AND places: take .values, or use amax."},
        "other_shift": "the row's mean or smallest logit is subtracted; the largest can overflow: subtract it.",
        "fixed_shift": "ordinary logits give nan here, as 0 / 0 does. Which number do you subtract? A row's largest "
        "leaves a 1 in its sum.",
        "global_shift": "the largest logit of the WHOLE table is subtracted, so rows far below it become 0 / 0; "
        "subtract each row's own.",
        "hard": "these are zeros and ones, a hard decision; the softmax gives probabilities in between.",
        "column_shift": "each COLUMN's largest logit is subtracted, which changes the proportions within a row.",
        "divided": "the logits are divided by the largest one, which changes their differences; subtract it.",
        "smaller": "the logits are divided by 100 or 1000, which changes their differences; subtract a number instead.",
        "sum_of_logits": "the exponentials are divided by a sum of logits; add up the exponentials themselves.",
        "clipped": "the logits 1000 and 999 get the same probability: are large ones cut to one limit? Subtract the "
        "row's largest instead.",
        "nan_hidden": "the logits 1000 and 999 both get the probability 0: is a nan replaced? Subtract the row's "
        "largest logit, and none arises.",
        "half_shifted": "the shift is made in one of the two exponentials only; make it in both.",
        "no_division": "these are the exponentials; divide each row by its sum.",
        "no_exp": "the logits themselves are divided by their sum; take the exponential first.",
        "sigmoid": "this is the sigmoid of each logit; its rows do not sum to 1.",
        "log": "this is the logarithm of the softmax; take the exponential of it.",
        "mean": "each row is divided by its mean, so it sums to the number of classes; divide by the sum.",
        "base_two": "powers of 2 are taken here; the softmax takes powers of e, with exp.",
        "one_more": "a 1 stands beside the row's exponentials in the denominator, so that no row sums to 1.",
    },
)
