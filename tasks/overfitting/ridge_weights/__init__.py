"""The task `ridge_weights`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_ridge_weights(answer, seed):
    generator = np.random.default_rng(seed)
    yield (
        "three samples, two features, strength 5",
        answer(np.array([[1.0, 0], [1, 1], [1, 2]]), np.array([1.0, 3, 2]), 5.0),
    )
    yield "8 samples, 3 features, strength 0.5", answer(generator.normal(size=(8, 3)), generator.normal(size=8), 0.5)
    yield "4 samples, 6 features, strength 0.5", answer(generator.normal(size=(4, 6)), generator.normal(size=4), 0.5)


TASK = Task(
    "ridge_weights",
    observe=observe_ridge_weights,
    hints=(
        "Solve the system (XᵀX + strength · I) w = Xᵀy. Section 4 does it for the seven parameters.",
        {
            "pytorch": "torch.linalg.solve(system, X.T @ y), with torch.eye(number of columns of X).",
            "tensorflow": "tf.linalg.solve wants a column on the right: (Xᵀy)[:, None], and [:, 0] of the result.",
        },
    ),
    mistakes={
        "no_penalty": "the strength is not used: this is the least squares solution.",
        "subtracted": "the penalty is subtracted from the diagonal; it makes large weights cheaper. Add it.",
        "everywhere": "the strength is added to every entry; it belongs on the diagonal only (times the identity).",
        "times_samples": "the strength is multiplied by the number of samples; here the squared errors are summed, "
        "not averaged.",
        "squared": "the strength is squared; add it as it is.",
        "free_first": "the first weight is left out of the penalty; here all of them count, the constant's too.",
        "doubled": "the penalty counts twice; there is no factor 1/2 in front of the squared errors, so add "
        "strength once.",
        "halved": "the penalty counts half; there is no factor 1/2 in what is minimized, so add strength as it is.",
        "constant": "the strength is always 0.1, as in section 4; use the argument `strength`.",
        "multiplied": "Xᵀy is multiplied by the matrix; the weights are the solution of the system, so solve it.",
        "column": "the weights come back as a column; return one row of numbers, as y is.",
        "predictions": "these are the predictions; return the weights.",
        "value": "this is the lowest value of what is minimized; return the weights that reach it.",
    },
)
