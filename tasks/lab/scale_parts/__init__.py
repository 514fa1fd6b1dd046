"""The task `scale_parts`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.calling import Answer
from utils.catalogue import Task


def observe_scale_parts(answer, seed):
    generator = np.random.default_rng(seed)
    parts = [generator.normal(5, [1, 2, 4], (samples, 3)) + shift for samples, shift in ((40, 0), (12, 1), (10, -1))]
    answer, parts = Answer(answer.target, "neutral"), [part.astype(np.float32) for part in parts]
    result = answer(*parts)
    yield "what the scaled training set depends on besides the training set", _influences(answer, parts, result)
    for name, part in zip(("training", "validation", "test"), result, strict=True):
        yield f"the {name} set", np.asarray(part, dtype=np.float32)


def _influences(answer, parts, result):
    """The names of the other sets that change the scaled training set where they change, in words."""
    others = {"validation": (parts[0], 2 * parts[1], parts[2]), "test": (parts[0], parts[1], 2 * parts[2])}
    found = [name for name, sets in others.items() if not np.allclose(answer(*sets)[0], result[0], atol=1e-4)]
    return " and ".join(found) or "nothing"


TASK = Task(
    "scale_parts",
    observe=observe_scale_parts,
    hints=(
        "Measure the mean and standard deviation of each column on the training set, and use these for all three sets.",
        "`train.mean(axis=0)` and `train.std(axis=0)` have one number per column.",
    ),
    mistakes={
        "before_splitting": "the scaled training set changes where the validation and test samples change. That is "
        "data leakage. Measure both mean and standard deviation on the training set only.",
        "with_validation": "the scaled training set changes where the validation samples change. Measure both mean and "
        "standard deviation on the training set only.",
        "each_by_itself": "each set is scaled by its own numbers, so the same flower would get different features "
        "in each. Use those of the training set for all.",
        "one_mean": "all columns are scaled by one mean and standard deviation. Each column has its own (axis=0).",
        "rows": "each row is scaled by itself; measure down the columns (axis=0).",
        "variance": "you divide by the variance. Divide by the standard deviation, its square root.",
        "only_training": "the validation and the test set come out as they went in. Are they scaled, and by the mean "
        "and standard deviation that the training set had before it was scaled itself?",
        "mean_only": "the mean is subtracted, but nothing is divided by the standard deviation.",
        "deviation_only": "the columns are divided by the standard deviation, but the mean is not subtracted.",
        "sample_deviation": "you divide by a standard deviation with n - 1. NumPy's own `std`, with n, makes it "
        "exactly 1.",
        "precedence": "only the mean is divided; put the difference in parentheses.",
        "from_0_to_1": "this squeezes the training set into 0 to 1. It should have mean 0 and standard deviation 1.",
    },
)
