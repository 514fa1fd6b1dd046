"""The task `train_network`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.lab.common import _accuracy, _cross_entropy, _curves, _logits, _network_of
from utils import data
from utils.calling import load
from utils.catalogue import Task
from utils.data import Part

SAME = 1e-5  # of logits: another order of the batches moves them by more
CROSS_ENTROPY = "the cross-entropy of the logits"
NEAR = 0.2  # a mean over the last epoch lies so little, in its logarithm, above the loss after it


def _softmax(logits):
    scores = np.exp(logits - logits.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


def observe_train_network(answer, seed):
    train, validation, new = (data.blobs(n, classes=4, noise=0.6, seed=seed + n) for n in (300, 500, 400))
    validation = Part(validation.features, (validation.labels + 1) % 4)  # wrong on purpose: nobody may learn from them
    network = _network_of(answer, 2, 4, seed)
    before, start = (_logits(network, part.features, answer) for part in (new, train))
    if answer.framework == "pytorch":
        network.train()  # as a new network is
    anew = _watch_gradients(network, answer)
    modes = _watch_modes(network, answer)
    result = answer.target(network, train, validation, 12, 0)
    learning, measuring = modes()
    yield "what comes back", _back(result)
    yield "the losses of 12 epochs", _curves(*result)
    yield "there is a loss for each of 12 epochs", len(result[0]) == len(result[1]) == 12
    logits = _logits(network, new.features, answer)
    yield "the network's weights change", bool(np.abs(logits - before).max() > 1e-3)
    yield "the gradients start anew for each batch", anew()
    own, known = (_logits(network, part.features, answer) for part in (validation, train))
    mean = float(result[0][0]) < 3 * _cross_entropy(start, train.labels)
    yield (
        "what the last validation loss is",
        _meaning(float(result[1][-1]), result, own, validation, train, answer, network),
    )
    yield "the training losses are means", mean or "sums"
    wrong = (new.labels + 1) % 4
    believed = _cross_entropy(logits, wrong) < 0.9 * _cross_entropy(before, wrong)
    yield "the network does not believe the validation labels", not believed
    yield "what the training losses are", _kind_of_loss(float(result[0][-1]), known, train.labels)
    to_one = np.mean(np.abs(known.sum(axis=1) - 1)) < 0.25  # the cross-entropy leaves the sum of the logits near 0
    yield "the logits of the trained network do not add up to 1, as a squared error teaches", not to_one
    yield "the network is in training mode while it learns", learning
    yield "the network is in evaluation mode while it is measured", measuring
    yield "the accuracy on 400 new points is at least 0.85", _accuracy(logits, new.labels) >= 0.85
    yield "the order of the batches", _order(answer, train, validation, seed)


def _back(result):
    """In words what came back, or None."""
    if result is None:
        return None
    if isinstance(result, dict):
        return "a dictionary"
    return "two things" if len(result) == 2 else f"{len(result)} things"


def _order(answer, train, validation, seed):
    """In words what the order of the batches follows, from two epochs with the same initial weights each."""

    def trained(rows, number):
        network = _network_of(answer, 2, 4, seed)
        answer.target(network, Part(*(array[rows] for array in train)), validation, 2, number)
        return _logits(network, validation.features, answer)

    rows = np.arange(len(train.labels))
    first, again, other = (trained(rows, number) for number in (0, 0, 1))
    if np.allclose(first, again, atol=SAME):
        if not np.allclose(first, other, atol=SAME) or np.allclose(first, trained(rows[::-1], 0), atol=SAME):
            return "follows the seed, or does not matter"
        neighbors = rows.reshape(-1, 2)[:, ::-1].ravel()  # exchanged, they stay in their batch where nothing shuffles
        if np.allclose(first, trained(neighbors, 0), atol=SAME):
            return "is that of the rows"
    return "does not follow the seed"


def _watch_gradients(network, answer):
    """Watch a PyTorch network; returns a function: are its gradients set to zero between batches, as far as seen?"""
    if answer.framework != "pytorch":
        return lambda: True
    bias, fresh, kept = network[0].bias, [], []
    bias.register_hook(lambda gradient: fresh.append(gradient.clone()))
    bias.register_post_accumulate_grad_hook(lambda parameter: kept.append(parameter.grad.clone()))
    return lambda: len(kept) < 2 or any(one.equal(other) for one, other in list(zip(fresh, kept, strict=False))[1:])


def _watch_modes(network, answer):
    """Watch a network; returns a function: in the right mode, mostly, when it learned and was measured?"""
    if answer.framework == "tensorflow":
        return _watch_calls(network)
    torch, modes = load("torch"), {"learning": [], "measuring": []}

    def look(module, *_):
        modes["learning" if torch.is_grad_enabled() else "measuring"].append(module.training)

    network.register_forward_pre_hook(look)
    return lambda: (np.mean(modes["learning"] or [1]) > 0.5, np.mean(modes["measuring"] or [0]) < 0.5)


def _watch_calls(network):
    """The same of a Keras network: was it called with `training=True` at all, and not always? A graph calls it once."""
    call, seen = network.call, []

    def noted(inputs, training=None, mask=None):
        seen.append(bool(training))
        return call(inputs, training=training, mask=mask)

    network.call = noted
    return lambda: (any(seen) or not seen, not seen or not all(seen))


def _kind_of_loss(reported, logits, labels):
    """In words which loss a reported training loss is nearest to, by its ratio to what the trained network has."""
    kinds = {
        CROSS_ENTROPY: _cross_entropy(logits, labels),
        "the cross-entropy of probabilities": _cross_entropy(_softmax(logits), labels),
        "the mean squared difference": float(np.mean((logits - np.eye(logits.shape[1])[labels]) ** 2)),
    }
    gaps = {kind: abs(np.log(max(value, 1e-9) / max(reported, 1e-9))) for kind, value in kinds.items()}
    return CROSS_ENTROPY if gaps[CROSS_ENTROPY] < NEAR else min(gaps, key=lambda kind: gaps[kind])


def _meaning(last, result, own, validation, train, answer, network):
    """In words what a reported validation loss is, found by computing what it could be."""
    known = _logits(network, train.features, answer)
    one_hot = np.eye(own.shape[1])[validation.labels]
    right = _cross_entropy(own, validation.labels)
    clipped = np.clip(own, 1e-7, 1 - 1e-7)  # what Keras makes of logits that it takes for probabilities
    taken = clipped[np.arange(len(own)), validation.labels] / clipped.sum(axis=1)
    meanings = {
        "the mean cross-entropy of the logits": right,
        "the cross-entropy of probabilities": _cross_entropy(_softmax(own), validation.labels),
        "the cross-entropy of logits taken for probabilities": float(-np.mean(np.log(taken))),
        "the mean squared difference": float(np.mean((own - one_hot) ** 2)),
        "the sum over the samples": right * len(own),
        "the training loss": _cross_entropy(known, train.labels),
        "the accuracy": _accuracy(own, validation.labels),
        "minus the label's logit": -float(np.mean(own[np.arange(len(own)), validation.labels])),
    }
    name, value = min(meanings.items(), key=lambda item: abs(item[1] - last))
    if name != "the mean cross-entropy of the logits" and abs(float(result[0][-1]) - right) < 0.02:
        return "the training loss; the curves are swapped"
    return name if abs(value - last) <= 0.02 * abs(value) else "another number"


TASK = Task(
    "train_network",
    observe=observe_train_network,
    recorded=True,
    ways=("high_level",),
    seconds=60.0,
    hints=(
        {
            "pytorch": "High level: a LightningModule around the network, as in lesson 04. Low level: a loop over "
            "epochs and batches with `backward()` and `optimizer.step()`.",
            "tensorflow": "High level: `compile` and `fit`, as in lesson 04; the History that `fit` returns holds "
            "both curves. Low level: a loop over epochs and batches with GradientTape.",
        },
        {
            "pytorch": "Adam with a learning rate of 0.005, batches of 64. After each epoch note the mean training "
            "loss and the loss of the validation set.",
            "tensorflow": "Adam with a learning rate of 0.005, batches of 64, "
            "`SparseCategoricalCrossentropy(from_logits=True)`, `validation_data=tuple(validation)`.",
        },
    ),
    mistakes={
        "softmax_twice": {
            "pytorch": "softmax is applied twice: cross_entropy does it itself, so give it the logits.",
            "tensorflow": "softmax is applied twice, or logits are taken for probabilities: leave softmax out and "
            "say from_logits=True.",
        },
        "one_hot": {
            "pytorch": "these labels are class numbers, and cross_entropy takes them as they are; one_hot gives "
            "integers that it cannot use.",
            "tensorflow": "labels and loss do not fit: class numbers go with the Sparse... loss, rows of zeros and "
            "ones with the other one.",
        },
        "squared": "this is a squared error; for classes take the cross-entropy.",
        "no_train": {
            "pytorch": "the network is not in training mode while it learns: call `train()` before the steps of each "
            "epoch, since it may have dropout.",
            "tensorflow": "the network is not in training mode while it learns: call it with `training=True` in each "
            "step, since it may have dropout.",
        },
        "no_eval": {
            "pytorch": "the network is in training mode while its validation loss is measured: call `eval()` before, "
            "since it may have dropout.",
            "tensorflow": "the network is in training mode while its validation loss is measured: leave "
            "`training=True` out there, since it may have dropout.",
        },
        "with_validation": "the network was trained on the validation set too (its labels are wrong here, and the "
        "network believes them); train on `train` only.",
        "no_step": "the network's weights do not change: is there a step, a learning rate above 0, and is "
        "it this network that is trained?",
        "training_twice": "the second curve is measured on the training set. Measure it on the validation set.",
        "swapped": "the curves are swapped: first training, then validation.",
        "no_zero": {"pytorch": "the gradients of all batches add up: set them to zero before each `backward()`."},
        "too_little": "it learned too little in these epochs. Does each picture keep its own label, are the batches "
        "small enough, and is the learning rate large enough?",
        "three_things": "more than two things come back; the network is trained in place, so return the two "
        "lists alone.",
        "epochs": "the number of epochs is not the one asked for; use `epochs`.",
        "accuracy": "the second curve is an accuracy; a loss is wanted, the cross-entropy.",
        "nll": {"pytorch": "nll_loss expects log-probabilities; for logits take cross_entropy."},
        "one_curve": "one curve comes back; two are wanted: `return training_losses, validation_losses`.",
        "last_losses": "only the last losses come back; collect one for each epoch.",
        "each_step": "the training curve has a value for each step; note one for each epoch, the mean.",
        "other_weights": "the last validation loss is not what the network, as you leave it, has on `validation`. Is "
        "it measured on other samples or before the last step, or did the network get other weights afterwards?",
        "not_shuffled": "the batches come in the order of the rows: shuffle the training samples in every epoch, by "
        "the seed.",
        "no_seed": "the order of the batches does not follow the seed: the same seed should give the same curves, and "
        "another seed another order. Seed the framework, or the generator that shuffles.",
        "summed": "the losses are sums over samples or batches. Take means, so that sets of all sizes compare.",
        "tensors": {
            "pytorch": "the network was given a NumPy array; make a tensor of it first: torch.tensor(features)."
        },
        "dictionary": {
            "tensorflow": "a dictionary comes back: take its two lists out, `loss` first and then `val_loss`."
        },
        "history": {"tensorflow": "this is the History object; its `.history` holds the lists loss and val_loss."},
    },
)
