"""What the tasks of this lesson share: data and observations."""

import numpy as np

from utils import data


def five_points():
    """x, y, x of the validation, y of the validation: four rows of numbers."""
    return [array[:, 0].astype(np.float64) for part in data.five_points() for array in part]


def as_tuple(found):
    """Two results in a list count as much as two results in a tuple."""
    return tuple(found) if isinstance(found, list) else found
