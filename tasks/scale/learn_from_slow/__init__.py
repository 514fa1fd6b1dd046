"""The task `learn_from_slow`: what is tried, the hints, and a sentence for each typical mistake."""

import multiprocessing

import numpy as np

from utils import data
from utils.catalogue import Task
from utils.data import as_numpy

BATCHES, FETCHES, ENOUGH = 12, 12, 0.9


def observe_learn_from_slow(answer, seed):
    images, labels = data.digits()
    images, labels = images / 16, (labels + 3) % 10  # other class numbers: `fetch` alone can teach them
    source = data.SlowBatches(images[:1200], labels[:1200], batch_size=100, seconds=0.01)

    fetched = multiprocessing.Value("i", 0)  # also counts what the workers of a loader fetch

    def fetch(number):
        with fetched.get_lock():
            fetched.value += 1
        features, batch_labels = source[number]
        return answer.tensor(features), answer.tensor(batch_labels)

    network = answer(fetch, BATCHES)
    yield "what comes back takes features", callable(network)
    held_out, held_out_labels = images[1200:], labels[1200:]
    logits = network(answer.tensor(held_out))
    yield "the shape of the logits of 597 digits", np.array(logits.shape)
    logits = as_numpy(logits)
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    yield "some logits are below 0 or above 1", bool(((logits < 0) | (logits > 1)).any() or np.ptp(logits) == 0)
    yield "a batch is fetched", fetched.value > 0
    accuracy = np.mean(logits.argmax(axis=1) == held_out_labels)
    yield "accuracy on the held-out digits is at least 0.5", bool(accuracy >= 0.5)
    yield "no batch is fetched twice", fetched.value <= FETCHES
    yield "accuracy on the held-out digits is at least 0.9", bool(accuracy >= ENOUGH)


TASK = Task(
    "learn_from_slow",
    observe=observe_learn_from_slow,
    recorded=True,
    seconds=15.0,
    hints=(
        "Fetch the twelve batches first and keep them; then train on them, for as many epochs as you like.",
        "One layer from 64 pixels to 10 logits can do it, with the cross-entropy from logits: some 20 epochs with "
        "Adam at a rate of 0.01.",
        "Return the network itself; it is called with a tensor of shape (597, 64) and has to return logits, one "
        "column for each digit.",
    ),
    mistakes={
        "no_network": "what comes back is no network that takes features: return the network itself.",
        "not_fetched": "nothing was fetched: the network learned from other data, or from none. Only `fetch` has these "
        "classes.",
        "classes": "for 597 digits the network should return logits of shape (597, 10), one column for each digit.",
        "not_finite": "some logits are nan or infinite: the training ran away; try a lower learning rate.",
        "probabilities": "every output lies between 0 and 1, as after a softmax; return the logits.",
        "untrained": "fewer than half of the held-out digits are right: does your loop change the weights, for "
        "long enough, and on what `fetch` returns?",
        "fetched_again": "it learns, but batches are fetched more than once: keep what was fetched.",
        "one_epoch": "more than half of the held-out digits are right, but not 90 %. Has it trained for enough epochs, "
        "on all batches, and is dropout, if there is any, switched off in what you return?",
    },
    open_ended=True,
)
