"""The task `standardise_columns`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_standardise_columns(answer, seed):
    generator = np.random.default_rng(seed)
    # Neither n nor n - 1 is the number of columns.
    table = np.array([[1.0, 10.0], [3.0, 50.0], [8.0, 30.0], [2.0, 20.0]])
    yield "columns (1, 3, 8, 2) and (10, 50, 30, 20)", answer(table)
    yield "a table of shape (6, 3)", answer(generator.normal([5, -20, 0], [1, 10, 0.1], size=(6, 3)))
    yield "a table of shape (3, 3)", answer(generator.normal(size=(3, 3)))


TASK = Task(
    "standardise_columns",
    observe=observe_standardise_columns,
    hints=(
        "You need one mean and one standard deviation per column: which axis does the reduction collapse?",
        "Broadcasting then subtracts a row of means from every row of the table.",
        {
            "pytorch": "torch.std divides by n - 1 unless you write `correction=0`.",
            "tensorflow": "tf.math.reduce_std divides by n, as wanted here.",
        },
    ),
    mistakes={
        "rows": "you standardize each row; a feature is a column. Which axis must the mean collapse?",
        "all": "one mean and one standard deviation are taken over the whole table; each column needs its own.",
        "mean_only": "the columns have mean 0, but not standard deviation 1 yet.",
        "scale_only": "the columns are scaled, but their mean is not subtracted first.",
        "variance": "you divide by the variance; take its square root, the standard deviation.",
        "bessel": "the standard deviation divides by n - 1, the number of rows minus one; here it should divide by n.",
        "min_max": "this scales each column to the range from 0 to 1; wanted are mean 0 and standard deviation 1.",
        "absolute": "you divide by the mean absolute distance; wanted is the square root of the mean SQUARED distance.",
        "precedence": "`/` binds before `-`: put the difference in parentheses, so that all of it is divided.",
        "twice_root": "the square root of the standard deviation is taken; it is a square root already.",
        "one_deviation": "each column has its mean subtracted, but one standard deviation for all: each needs its own.",
        "numpy": {
            "pytorch": "NumPy's functions do not take a tensor here. Use the tensor's own, such as .mean(dim=0), and "
            "the standard deviation that divides by n (section 4)."
        },
        "no_axis": {
            "pytorch": "the statistics of rows do not broadcast without keepdim; but a feature is a column.",
            "tensorflow": "the statistics of rows do not broadcast without keepdims; but a feature is a column.",
        },
        "row_deviations": "each column has its mean subtracted, but is divided by the standard deviations of the rows.",
        "divided_first": "the table is divided by the standard deviations first, and then the means as measured are "
        "subtracted; subtract them before.",
        "raw_spread": "you divide by the root mean square of the columns as measured; take that of the distances from "
        "the mean.",
        "norm": "you divide by the column's length (norm), the square root of a sum; wanted is that of a MEAN.",
    },
)
