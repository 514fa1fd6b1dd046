"""Answers to `worst_mistakes` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def worst_mistakes(logits, labels, count):
    logits = logits - logits.max(axis=1, keepdims=True)
    right = logits[np.arange(len(labels)), labels]
    losses = np.log(np.exp(logits).sum(axis=1)) - right
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    return wrong[np.argsort(-losses[wrong])][:count]


def worst_mistakes__ok_loop(logits, labels, count):
    found = []
    for row, (scores, label) in enumerate(zip(logits, labels, strict=True)):
        if np.argmax(scores) != label:
            found.append((np.logaddexp.reduce(scores) - scores[label], row))
    return [row for _, row in sorted(found, reverse=True)][:count]


def _losses(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels]


def worst_mistakes__all_wrong(logits, labels, count):
    return worst_mistakes(logits, labels, len(labels))


def worst_mistakes__right_ones_too(logits, labels, count):
    return np.argsort(-_losses(logits, labels))[:count]


def worst_mistakes__right_ones_too__at_the_end(logits, labels, count):
    return np.argsort(-_losses(logits, labels) * (logits.argmax(axis=1) != labels), kind="stable")[:count]


def worst_mistakes__smallest_first__cut_at_the_end(logits, labels, count):
    return worst_mistakes(logits, labels, len(labels))[-count:]


def _wrong_by(logits, labels, badness, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    return wrong[np.argsort(-badness[wrong])][:count]


def worst_mistakes__by_confidence(logits, labels, count):
    confidence = -_losses(logits, logits.argmax(axis=1))
    return _wrong_by(logits, labels, confidence, count)


def worst_mistakes__by_label_logit(logits, labels, count):
    return _wrong_by(logits, labels, -logits[np.arange(len(labels)), labels], count)


def worst_mistakes__softmax_twice(logits, labels, count):
    classes = range(logits.shape[1])
    probabilities = np.exp(-np.stack([_losses(logits, np.full_like(labels, k)) for k in classes], axis=1))
    return _wrong_by(logits, labels, _losses(probabilities, labels), count)


def worst_mistakes__axis(logits, labels, count):
    probabilities = np.exp(logits) / np.exp(logits).sum(axis=0)
    return _wrong_by(logits, labels, -probabilities[np.arange(len(labels)), labels], count)


def worst_mistakes__as_probabilities(logits, labels, count):
    taken = np.clip(logits, 1e-7, 1 - 1e-7)  # what Keras makes of them
    return _wrong_by(logits, labels, np.log(taken.sum(axis=1) / taken[np.arange(len(labels)), labels]), count)


def worst_mistakes__overflow(logits, labels, count):
    with np.errstate(all="ignore"):
        right = logits[np.arange(len(labels)), labels]
        losses = np.log(np.exp(logits).sum(axis=1)) - right
    return _wrong_by(logits, labels, losses, count)


def worst_mistakes__smallest_first(logits, labels, count):
    return worst_mistakes(logits, labels, len(labels))[::-1][:count]


def worst_mistakes__unsorted(logits, labels, count):
    return np.flatnonzero(logits.argmax(axis=1) != labels)[:count]


def worst_mistakes__rows_among_wrong(logits, labels, count):
    wrong = logits.argmax(axis=1) != labels
    return np.argsort(-_losses(logits, labels)[wrong])[:count]


def worst_mistakes__by_largest_logit(logits, labels, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    return wrong[np.argsort(-logits[wrong].max(axis=1))][:count]


def worst_mistakes__losses(logits, labels, count):
    wrong = worst_mistakes(logits, labels, count)
    return _losses(logits, labels)[wrong]


def worst_mistakes__right_answers(logits, labels, count):
    right = np.flatnonzero(logits.argmax(axis=1) == labels)
    return right[np.argsort(-_losses(logits, labels)[right])][:count]


def worst_mistakes__cut_first(logits, labels, count):
    rows = np.argsort(-_losses(logits, labels))[:count]
    return rows[logits.argmax(axis=1)[rows] != labels[rows]]
