"""The task `cross_entropy_of`: what is tried, the hints, and a sentence for each typical mistake."""

import contextlib
import importlib
from unittest import mock

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def observe_cross_entropy_of(answer, seed):
    generator = np.random.default_rng(seed)
    owner, names = importlib.import_module(f"{__name__}.{answer.framework}").CROSS_ENTROPIES
    with contextlib.ExitStack() as stack:
        spies = [stack.enter_context(mock.patch.object(owner, name, wraps=getattr(owner, name))) for name in names]
        loss = answer(generator.normal(size=(2, 3)), np.array([2, 0]))
    yield "logits of shape (2, 3)", loss
    yield "no loss of the library is called", not any(spy.called for spy in spies)
    yield "logits of shape (6, 4)", answer(3 * generator.normal(size=(6, 4)), generator.integers(0, 4, size=6))
    yield "logits as large as 1000", answer(np.array([[1000.0, 999.0], [-1000.0, -998.0]]), np.array([0, 0]))
    far = answer(np.array([[1000.0, 0.0]]), np.array([1]))
    yield "the loss is far below 1000, with the logits 1000 and 0, where the label is 1", bool(as_numpy(far) < 100)
    yield "the logits 1000 and 0, where the label is 1", far


def facts_of_cross_entropy_of(answer, seed):
    def loss(logits, labels):
        return as_numpy(answer(np.array(logits), np.array(labels))).item()

    alone = loss([[1.0, 2.0, 4.0]], [0])
    if not np.isclose(alone, 3.1698, rtol=1e-3):
        yield f"For one sample with the logits 1, 2, 4 and label 0 your result is {alone:.4g}; 3.17 is right."
    pair = loss([[1.0, 2.0, 4.0], [0.0, 0.0, 9.0]], [0, 2])
    if not np.isclose(pair, 1.585, rtol=1e-3):
        yield (
            "For one sample your result is right. For two samples with the losses 3.17 and 0.0002 it is "
            f"{pair:.4g}, where their mean, 1.585, is right."
        )


TASK = Task(
    "cross_entropy_of",
    observe=observe_cross_entropy_of,
    facts=facts_of_cross_entropy_of,
    hints=(
        "Write it as two parts: a log of a sum for each row, and the logit of the right class.",
        {
            "pytorch": "`torch.logsumexp(logits, dim=1)` does not overflow; `logits[torch.arange(n), labels]` picks.",
            "tensorflow": "`tf.reduce_logsumexp(logits, axis=1)` does not overflow; "
            "`tf.gather(logits, labels, batch_dims=1)` picks.",
        },
    ),
    mistakes={
        "overflow": "right for small logits, but exp(1000) overflows; subtract each row's maximum first.",
        "sum": "the losses of the samples are summed up; their mean is wanted.",
        "no_log": "the logarithm is missing: the loss is minus the log of the right class's probability.",
        "sign": "the sign is turned around; the cross-entropy is never negative.",
        "all_entries": "the mean runs over all n·k entries; there is one loss per sample, so divide by n.",
        "twice": "the softmax is applied twice: your second one gets probabilities instead of logits.",
        "library": "right, but this calls a loss of the library; the task is to write it out.",
        "by_probability": "right as long as no probability is rounded to 0, whose logarithm is infinite; use the "
        "formula with the logits.",
        "epsilon": "the loss of a class whose logit lies 1000 below the other is far too small. Is a small number "
        "added "
        "to the probability, or is it clipped? The formula with the logits needs neither.",
        "in_each_entry": "each entry of a row gets the row's log-sum-exp; a row has one, and one logit is subtracted "
        "from "
        "it.",
        "all_pairs": "every row is paired with every label; pick one logit from each row.",
        "largest": "the largest logit of each row is subtracted; it should be that of the right class.",
        "half_shifted": "the maximum is subtracted inside the sum only; the logit of the right class needs it too.",
        "one_maximum": "one maximum for all rows: in a row of much smaller logits every exponential becomes 0. "
        "Subtract each row's own.",
        "whole_table": "the sum of exponentials runs over the whole table; each row has its own.",
        "axis": "the sum of exponentials runs over the samples; it should run over the classes of one sample.",
    },
)
