"""The task `epoch_loss`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_epoch_loss(answer, seed):
    generator = np.random.default_rng(seed)
    given = [1.0, 2.5, 6.0], [4, 4, 2]
    yield "the losses 1, 2.5 and 6 of batches of 4, 4 and 2 samples", answer(*given)
    yield "the two lists after the call", given
    yield "the losses 0.5, 0.2 and 0.4 of batches of 3, 3 and 1 samples", answer([0.5, 0.2, 0.4], [3, 3, 1])
    losses = generator.uniform(0.2, 1, size=16).tolist()
    yield "15 batches of 64 samples and one of 40", answer(losses, [64] * 15 + [40])


TASK = Task(
    "epoch_loss",
    observe=observe_epoch_loss,
    hints=(
        "Two losses, 1 and 3, of batches with 3 samples and 1: the sum over all four samples is 3 · 1 + 1 · 3.",
        "Add up loss times size over the batches, and divide by the sum of the sizes.",
    ),
    mistakes={
        "unweighted": "every batch counts the same here, however few samples it has.",
        "sum": "this is the sum over all samples; divide it by how many samples there are.",
        "by_batches": "the sum over all samples is right, but it is divided by the number of batches.",
        "sum_of_losses": "this is the sum of the batches' losses.",
        "losses_by_samples": "the batches' losses are added up as they are, and then divided by the number of samples. "
        "Each is a mean already: how many samples does it stand for?",
        "early_return": "only the first batch is in the result: does `return` stand inside the loop?",
        "last_dropped": "this is the mean over all batches but the last; its samples count too.",
        "largest_size": "the sum over all samples is divided as if every batch were as large as the first.",
        "divided_by_size": "each batch's mean loss is divided by its size once more; a large batch should count more.",
        "first_size": "each loss is multiplied by the size of the first batch; multiply it by the size of its own.",
        "last_only": "this is one batch's loss, the last and the largest; every batch counts, by its size.",
        "by_losses": "the sum over all samples is divided by the sum of the losses; divide by the number of samples.",
        "cut": "these are the whole units of the right number: does `//` or `int` cut the rest off?",
        "one_size": "the sum over all samples is divided by the size of one batch; divide it by that of all together.",
        "lists_changed": "the result is right, but your code changes the lists that it is given; leave them alone.",
    },
)
