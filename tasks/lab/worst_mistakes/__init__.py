"""The task `worst_mistakes`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.calling import Answer
from utils.catalogue import Task


def observe_worst_mistakes(answer, seed):
    logits = np.random.default_rng(seed).normal(size=(30, 4)) * np.repeat([[0.1], [1], [4]], 10, axis=0)
    generator = np.random.default_rng(seed + 1)
    labels = np.where(generator.random(30) < 0.6, logits.argmax(axis=1), generator.integers(0, 4, 30))
    logits[0], labels[0] = (2.0, 1.9, -9.0, -9.0), 1  # wrong by little, where right answers are surer of less
    answer = Answer(answer.target, "neutral")
    for count in (3, 8, int(np.sum(logits.argmax(axis=1) != labels)), 25):
        rows = answer(logits.astype(np.float64), labels, count)
        if count == 25 and rows is not None:
            yield "there are no more rows than wrong answers", len(rows) <= np.sum(logits.argmax(axis=1) != labels)
        yield f"the rows of the {count} worst mistakes in 30 pictures", None if rows is None else np.asarray(rows)
    large = 200 * logits.astype(np.float64)
    rows, wrong = answer(large, labels, 25), np.flatnonzero(logits.argmax(axis=1) != labels)
    losses = large.max(axis=1) - large[np.arange(30), labels]  # as good as exact: the largest logit is far ahead
    yield "so too where the logits are in the hundreds", np.array_equal(rows, wrong[np.argsort(-losses[wrong])])


TASK = Task(
    "worst_mistakes",
    observe=observe_worst_mistakes,
    hints=(
        "A picture's loss is $-\\log p$ of its label, the p from softmax. Sort the wrong answers by it.",
        "`np.flatnonzero(logits.argmax(axis=1) != labels)` are the wrong rows; `np.argsort(-losses)` sorts downwards.",
    ),
    mistakes={
        "all_wrong": "all mistakes come back; cut the list after `count`.",
        "right_ones_too": "there are right answers among them: leave out all rows whose argmax is the label, "
        "also where there are fewer mistakes than `count`.",
        "cut_first": "fewer rows come back than there are mistakes to show: drop the right answers before you cut.",
        "smallest_first": "the least bad ones come back or come first; sort downwards and take the first `count`.",
        "unsorted": "these are the first mistakes in the order of the rows; sort them by their loss.",
        "rows_among_wrong": "these number the mistakes, not the pictures: translate back to rows.",
        "by_largest_logit": "sorted by the largest logit; the loss also asks how far the right class is behind.",
        "by_confidence": "sorted by the probability of the network's answer; the loss asks for that of the label.",
        "by_label_logit": "sorted by the label's logit alone; the loss also asks how far the others are above it.",
        "softmax_twice": "the order is not that of the cross-entropy. Is softmax applied twice, or log left out?",
        "axis": "the order is that of a softmax over the pictures, axis 0; the probabilities of one picture sum to 1.",
        "as_probabilities": "the order is that of logits taken for probabilities. Does the loss know that it is given "
        "logits?",
        "overflow": "right for small logits, but where they are in the hundreds their exponentials are infinite: "
        "subtract each row's largest logit first, which leaves the loss as it is.",
        "losses": "these are the losses; the row numbers are wanted.",
        "right_answers": "these are right answers.",
    },
)
