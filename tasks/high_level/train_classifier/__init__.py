"""The task `train_classifier`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils import data
from utils.catalogue import Task
from utils.training import watched


def observe_train_classifier(answer, seed):
    training, new = (data.moons(samples, noise=0.15, seed=seed + 10 * samples) for samples in (400, 1000))
    with watched() as seen:
        network = answer(*training)
    if network is None:
        yield "the shape of the logits of 1000 new points", None
        return
    yield "no step adds its gradients to those of an earlier one", not any(run.uncleared for run in seen.runs)
    yield "the loss is given what it expects", not (seen.given and all(seen.given))
    if hasattr(network, "eval"):
        network.eval()
    logits = network(answer.tensor(new.features))
    logits = np.asarray(logits.detach().cpu() if hasattr(logits, "detach") else logits)
    yield "the shape of the logits of 1000 new points", np.array(logits.shape)
    as_probabilities = (logits >= 0).all() and np.allclose(logits.sum(axis=1), 1, atol=1e-4)
    yield "the outputs are logits, not probabilities", not as_probabilities
    yield "both classes occur among the answers to 1000 new points", len(np.unique(logits.argmax(axis=1))) == 2
    accuracy = float(np.mean(logits.argmax(axis=1) == new.labels))
    yield "the accuracy on 1000 new points is at least 0.10", accuracy >= 0.10
    yield "the accuracy on 1000 new points is at least 0.80", accuracy >= 0.80
    yield "the boundary bends", _bends(new.features, logits)
    yield "the accuracy on 1000 new points is at least 0.95", accuracy >= 0.95


def _bends(points, logits):
    """Whether the difference of two logits is anything but a weighted sum of the coordinates."""
    difference = logits[:, 1] - logits[:, 0]
    columns = np.column_stack([points, np.ones(len(points))])
    rest = difference - columns @ np.linalg.lstsq(columns, difference, rcond=None)[0]
    return bool(np.std(rest) > 1e-3 * np.std(difference))


TASK = Task(
    "train_classifier",
    observe=observe_train_classifier,
    recorded=True,
    seconds=30.0,
    hints=(
        "A straight line is not enough for the moons: use a hidden layer with ReLU, and two logits at the end.",
        {
            "pytorch": "Take Classifier's training_step and configure_optimizers, a DataLoader with small batches, "
            "and a learning rate of 0.03.",
            "tensorflow": "Batches of 20 and Adam with a learning rate of 0.05 get there in some 10 epochs; "
            "fit(..., verbose=0) keeps quiet.",
        },
    ),
    mistakes={
        "uncleared": {
            "pytorch": "the gradients of the steps add up: each step should take those of its own batch alone.",
        },
        "loss_input": "the loss is given something else than it expects, even if the accuracy is reached.",
        "one_logit": "the network has one logit; this task asks for two, one for each class.",
        "probabilities": "each row of the outputs sums to 1, as after a softmax; return the network that gives logits.",
        "classes": "you return the classes; return the network that gives the logits.",
        "constant": "every new point gets the same class. Does the training loss fall, and is each step small enough?",
        "inverted": "nearly all answers are wrong, so the other class would be right: are the two mixed up somewhere?",
        "untrained": "the accuracy on new points is far from 0.95. Does the training loss fall, creep or jump "
        "from epoch to epoch?",
        "no_hidden": "better than guessing, but the boundary is a straight line. Is there a hidden layer with ReLU, "
        "and has it been trained?",
        "too_short": "better than guessing, but below 0.95. Does the training loss still fall at the end? Does the "
        "loss get logits?",
        "fit_result": {
            "pytorch": "nothing is returned (trainer.fit gives nothing back); return the network or the module.",
            "tensorflow": "this is the History that fit returns; return the network itself.",
        },
        "no_loader": {
            "pytorch": "the Trainer needs batches: give it a DataLoader over TensorDataset(points, targets).",
        },
    },
    open_ended=True,
)
