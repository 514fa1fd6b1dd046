"""The task `correlation`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_correlation(answer, seed):
    generator = np.random.default_rng(seed)
    small = np.array([[1.0, 10.0], [3.0, 50.0], [8.0, 30.0], [2.0, 20.0]])
    yield "columns (1, 3, 8, 2) and (10, 50, 30, 20)", answer(small)
    yield "a table of shape (4, 3)", answer(generator.normal(size=(4, 3)))


TASK = Task(
    "correlation",
    observe=observe_correlation,
    translate=True,
    hints=(
        "Translate line by line: a mean along an axis, a norm along an axis, a transpose and a product.",
        {
            "pytorch": "`dim=0, keepdim=True` is PyTorch's `axis=0, keepdims=True`; `torch.linalg.vector_norm`, `.T`.",
            "tensorflow": "`tf.reduce_mean`, `tf.norm` and `tf.transpose` take the tensor as first argument.",
        },
    ),
    mistakes={
        "one_mean": "one mean of the whole table is subtracted; each column has its own.",
        "deviation": "the columns are divided by their standard deviation; divide by their length (norm).",
        "not_centered": "the columns' means are not subtracted.",
        "not_scaled": "the columns are centered, but not divided by their norms.",
        "raw_norms": "the columns are centered, but divided by the norms that they had before; take the norms of the "
        "centered columns.",
        "rows": "means and norms are taken along the rows; axis 0 goes down the columns.",
        "row_means": "the means are those of the rows; axis 0 gives those of the columns.",
        "row_norms": "the columns' means are right, but the norms are those of the rows; axis 0 gives the columns'.",
        "no_transpose": "the first factor of the product is not transposed.",
        "order": "the factors are the wrong way round: the transposed table comes first.",
        "half_scaled": "one of the two factors is not divided by the columns' lengths.",
        "squared": "the columns are divided by the square of their length; divide by the length.",
        "elementwise": "`*` multiplies entry by entry; the matrix product is `@`.",
        "global_norm": "one norm is taken over the whole table; each column needs its own.",
        "covariance": "this is the covariance, which still has the columns' scales in it; divide by their lengths.",
        "between_rows": "each row is correlated with each row; wanted is each column with each column.",
        "reshaped": "a reshape keeps the numbers in their order, so it does not transpose; transpose the table.",
        "one_table": "one mean and one norm are taken over the whole table; each column has its own.",
    },
)
