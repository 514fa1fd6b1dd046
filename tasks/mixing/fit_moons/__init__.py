"""The task `fit_moons`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.mixing.common import parameters_of
from utils import data
from utils.catalogue import Task
from utils.training import watched


def observe_fit_moons(answer, seed):
    train, _, held_out = data.standardise(
        data.split(*data.moons(samples=1000, noise=0.15, seed=seed), validation=0.0, test=0.4, seed=seed)
    )
    mirrored = np.array([1.0, -1.0])  # other moons than those of the lesson, which a network may know already
    with watched() as seen:
        network = answer(train.features * mirrored, train.labels[:, None].astype(np.float32))
    parameters = {"pytorch": "parameters", "tensorflow": "trainable_variables"}[answer.framework]
    yield "what comes back is a network", callable(network) and hasattr(network, parameters)
    yield "no step adds its gradients to those of an earlier one", not any(run.uncleared for run in seen.runs)
    yield "the loss is given what it expects", not (seen.given and all(seen.given))
    yield "the network can be called with features", _can_be_called(network)
    outputs = network(answer.tensor(held_out.features * mirrored))
    yield "the shape of the logits of 400 points", np.array(outputs.shape)
    logits = outputs.detach().cpu().numpy() if answer.framework == "pytorch" else outputs.numpy()
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    count = sum(array.size for array in parameters_of(network, answer.framework))
    yield "the network has at most 50 parameters", bool(count <= 50)
    yield "the output is not the same for all points", bool(np.ptp(logits) > 0)
    yield "some logits are below 0 or above 1", bool(((logits < 0) | (logits > 1)).any())
    accuracy, at_one_half = (np.mean((logits[:, 0] > boundary) == held_out.labels) for boundary in (0, 0.5))
    shifted = accuracy < 0.95 and at_one_half > max(accuracy + 0.02, 0.9)
    yield "the boundary at logit 0 is better than one at 0.5", not shifted
    known = network(answer.tensor(held_out.features))
    known = known.detach().cpu().numpy() if answer.framework == "pytorch" else known.numpy()
    knows = accuracy < 0.95 <= np.mean((known[:, 0] > 0) == held_out.labels)
    yield "the network has learned other moons than those that it was given", bool(knows)
    for least in (0.25, 0.75, 0.95):
        yield f"accuracy on the 400 held-out points is at least {least}", bool(accuracy >= least)


def _can_be_called(network):
    """Whether a module of PyTorch has a forward of its own, which Lightning does not need."""
    forward = getattr(type(network), "forward", None)
    return getattr(forward, "__name__", "") != "_forward_unimplemented"


TASK = Task(
    "fit_moons",
    observe=observe_fit_moons,
    recorded=True,
    seconds=20.0,
    hints=(
        "Count first: a hidden layer of n units on 2 features has 4·n + 1 parameters with its output layer.",
        "Eight bumps (33 parameters) or twelve units with tanh (49) can do it, with Adam at a rate of 0.05 to 0.1.",
        "Some 200 steps are enough; print the loss now and then while you try.",
    ),
    mistakes={
        "no_network": {
            "pytorch": "what comes back is not a network: return the nn.Module itself, which takes features and lists "
            "its parameters.",
            "tensorflow": "what comes back is not a network: return the Keras network itself, which takes features and "
            "lists its variables.",
        },
        "uncleared": {
            "pytorch": "the gradients of the steps add up: each step should take those of its own batch alone.",
        },
        "loss_input": "the loss is given something else than it expects, even if the accuracy is reached.",
        "wrapped": {
            "pytorch": "the module that comes back has no forward, so it cannot be called with features: return the "
            "network that it holds.",
        },
        "not_finite": "some logits are nan or infinite: is the learning rate too high, or does the loss take the "
        "logarithm of 0 or divide by 0?",
        "two_outputs": "there are two outputs per point; return one logit per point, that of class 1.",
        "flat": "the logits have lost their column: 400 points should give the shape (400, 1).",
        "too_many": "the network has more than 50 parameters; use fewer hidden units.",
        "probabilities": "every output lies between 0 and 1, as after a sigmoid; return the logits.",
        "shifted": "the outputs separate the classes better at 0.5 than at 0: train with a loss that takes logits, "
        "the binary cross-entropy from logits.",
        "constant": "the output is the same for every point: does the last layer still hold zeros, or is it the "
        "softmax of a single logit, which is always 1?",
        "already_trained": "the network is right on the moons of the lesson, but your function was given others "
        "(mirrored "
        "ones). Is it trained with `features` and `labels`, the arguments?",
        "inverted": "the accuracy on held-out points is below 0.25, so the answers are the wrong way round: does the "
        "network learn, are the labels inverted, or does the step go uphill?",
        "untrained": "the accuracy on held-out points is below 0.75: does your loop change the weights, downhill?",
        "linear": "the accuracy on held-out points is between 0.75 and 0.95, where a straight line ends: is there a "
        "hidden layer with an activation, are gradients cleared before each step, are there enough steps, and of "
        "a suitable size?",
    },
    open_ended=True,
)
