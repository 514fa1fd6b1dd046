"""The task `pick_per_row`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_pick_per_row(answer, seed):
    generator = np.random.default_rng(seed)
    whole = np.int32 if answer.framework == "tensorflow" else np.int64  # each framework's default
    small = np.array([[1.0, 5.0, 2.0], [7.0, 0.0, 3.0], [4.0, 6.0, 8.0]])
    yield "rows (1, 5, 2), (7, 0, 3), (4, 6, 8), columns 2, 0, 1", answer(small, np.array([2, 0, 1], whole))
    yield "5 rows of 4 entries", answer(generator.normal(size=(5, 4)), np.array([3, 0, 2, 1, 3], whole))


TASK = Task(
    "pick_per_row",
    observe=observe_pick_per_row,
    hints=(
        "Section 9 picks the right class's score in each row. How does it say which row and which column?",
        {
            "pytorch": "Index with two lists of places: the row numbers 0, 1, 2, ... and the columns.",
            "tensorflow": "`tf.gather` along axis 1 needs `batch_dims=1`, or it picks the same columns in every row.",
        },
    ),
    mistakes={
        "all_columns": "your result has a whole row for each row: every listed column was picked in every row.",
        "rows": "you pick whole rows with these numbers; they are columns, one for each row.",
        "largest": "this is the largest entry of each row; wanted is the entry whose column is given.",
        "first_column": "the same column is taken in every row; each row has a column of its own.",
        "column_shape": "the entries are right, but stand in a table of one column; wanted is one axis.",
        "exchanged": "the given numbers are taken for rows and the counted ones for columns; exchange them.",
        "from_one": "each entry comes from the column before the wanted one: columns are counted from 0.",
        "by_column": "there is one number for each COLUMN: does the sum collapse the rows?",
        "first_row": "every entry comes from row 0; each row gives one.",
        "diagonal": "entry i comes from column i; `columns` says from which column each row's entry comes.",
    },
)
