"""The task `hold_back`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import CURED, HELD, LEVEL, TRAINED, _accuracy, _observe_noisy
from utils.catalogue import Task


def observe_hold_back(answer, seed):
    (training, curve), losses, logits, parts = yield from _observe_noisy(answer, seed)
    values = {float(loss) for loss in training}  # of epochs that were trained, hardly two are the same
    yield "there are 100 epochs or more", len(curve) >= 100 and len(values) > 50
    yield "the network has the weights of the last epoch", abs(float(curve[-1]) / losses[1] - 1) < 0.05
    accuracies = [_accuracy(own, part.labels) for own, part in zip(logits, parts, strict=True)]
    yield "the network", _held(losses[1], *accuracies)
    yield "both losses have leveled off over the last 40 epochs", max(map(_lost, (training, curve))) < LEVEL


def _lost(curve):
    """Which part of it a loss has lost over the last 40 epochs."""
    before, last = (np.mean([float(loss) for loss in curve[own]]) for own in (slice(-50, -40), slice(-10, None)))
    return 1 - last / before


def _held(loss, training, _, withheld):
    """In words whether a network on noisy digits is held back too little, too much or about right."""
    if round(loss, 2) <= HELD and withheld >= CURED:
        return "is held back about right"
    return "still overfits" if training > withheld + 0.05 else "can no longer learn"


TASK = Task(
    "hold_back",
    observe=observe_hold_back,
    recorded=True,
    after="overfit_on_purpose",
    seconds=60.0,
    hints=(
        "Dropout in the network, weight decay in the optimizer, or noise on the training pictures: see section 13 of "
        "lesson 06.",
        "Dropout of 0.8 after the hidden layer and 100 epochs of your train_network are enough.",
    ),
    mistakes={
        "nothing": "it still overfits: nothing holds it back, or too little.",
        "too_strong": "it does not overfit, but its validation loss ends above 1.0, or its accuracy on withheld "
        "pictures is below 0.77: is it held back too much, too small, or not trained enough?",
        "best_weights": "the network does not have the weights of the last epoch. Going back to earlier ones is early "
        "stopping, and this stage asks for another remedy.",
        "slow": "the validation loss is low, but over the last 40 epochs it or the training loss still falls by a "
        "fifth or more. What would the network do if you trained on, and which remedy holds it back then?",
        "stopped": "these are fewer than 100 epochs, or the same loss again and again; train on, with another remedy "
        "than stopping.",
        **TRAINED,
    },
)
