"""The task `scale_parts`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.calling import Answer
from utils.catalogue import Task


def observe_scale_parts(answer, seed):
    generator = np.random.default_rng(seed)
    parts = [generator.normal(5, [1, 2, 4], (samples, 3)) + shift for samples, shift in ((40, 0), (12, 1), (10, -1))]
    result = Answer(answer.target, "neutral")(*(part.astype(np.float32) for part in parts))
    for name, part in zip(("training", "validation", "test"), result, strict=True):
        yield f"the {name} part", np.asarray(part, dtype=np.float32)


TASK = Task(
    "scale_parts",
    observe=observe_scale_parts,
    hints=(
        "Measure mean and deviation of each column on the training part; use these numbers for all three parts.",
        "`train.mean(axis=0)` and `train.std(axis=0)` have one number a column.",
    ),
    mistakes={
        "before_splitting": "mean and deviation are those of all parts together: test samples have a say in "
        "the scaling. That is a leak; measure on the training part only.",
        "with_validation": "the validation part has a say in the scaling; measure on the training part only.",
        "each_by_itself": "each part is scaled by its own numbers, so the same flower would be different features "
        "in each; use those of the training part for all.",
        "one_mean": "all columns are scaled by one mean and deviation; each column has its own (axis=0).",
        "rows": "each row is scaled by itself; measure down the columns (axis=0).",
        "variance": "you divide by the variance; divide by the deviation, its square root.",
        "only_training": "only the training part is scaled; the other two need the same formula and numbers.",
        "mean_only": "the mean is subtracted, but nothing divided by the deviation.",
        "deviation_only": "divided by the deviation, but the mean is not subtracted.",
        "sample_deviation": "you divide by a deviation with n - 1; NumPy's own `std`, with n, makes it exactly 1.",
        "precedence": "only the mean is divided; put the difference in parentheses.",
        "from_0_to_1": "this squeezes the training part into 0 to 1; wanted are mean 0 and deviation 1.",
    },
)
