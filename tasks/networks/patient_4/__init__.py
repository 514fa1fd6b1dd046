"""The task `patient_4`: what is tried, the hints, and a sentence for each typical mistake."""

import importlib

import numpy as np

from utils.catalogue import Task


def observe_patient_4(answer, seed):
    generator = np.random.default_rng(seed)
    features = generator.normal(size=(400, 2))
    labels = generator.integers(0, 3, size=400) * (features[:, 0] > 0)
    model = importlib.import_module(f"{__name__}.{answer.framework}").small_dropout_network(seed)
    accuracy = answer(model, features, labels)
    yield "a network with dropout and 400 samples: how often it dropped values", min(model.dropped, 2)
    yield "a network with dropout and 400 samples", accuracy
    yield "the same once more", answer(model, features, labels)
    if answer.framework == "pytorch":
        yield "the network is in training mode again afterwards", bool(model.training)
        model(answer.tensor(features))
        yield "the network drops values again when it trains afterwards", model.dropped > 0
        torch = importlib.import_module("torch")
        yield "gradients are recorded again afterwards", torch.is_grad_enabled()
        yield "each parameter can still be trained afterwards", all(p.requires_grad for p in model.parameters())


TASK = Task(
    "patient_4",
    observe=observe_patient_4,
    hints=(
        "While the accuracy is measured, is dropout on or off?",
        {
            "pytorch": "Call `model.eval()` before the logits are computed, and `model.train()` after.",
            "tensorflow": "Call the model with `training=False`.",
        },
    ),
    mistakes={
        "still_dropping": {
            "pytorch": "dropout is still on while the logits are computed. Only the mode turns it off: "
            "`model.eval()`, with parentheses, before that line.",
            "tensorflow": "dropout is still on while the logits are computed. Only the argument "
            "`training=False` in the call of the model turns it off.",
        },
        "averaged": "dropout is on in several measurements. Switched off, it leaves nothing to average "
        "or to choose from.",
        "stays_in_eval": {
            "pytorch": "the model stays in evaluation mode, so the next epoch would train without dropout; switch "
            "back with `model.train()`.",
        },
        "removed": {
            "pytorch": "dropout stays off afterwards, so the next epoch would train without it; `model.eval()` and "
            "`model.train()` switch it off and on.",
        },
        "no_gradients": {
            "pytorch": "gradients are no longer recorded afterwards, so the next epoch could not train. Under `with "
            "torch.no_grad():` recording is off for a few lines only.",
        },
        "frozen": {
            "pytorch": "parameters are frozen afterwards (requires_grad is off), so the next epoch could not train "
            "them; "
            "leave them as they are.",
        },
        "count": "this is the number of right predictions; the accuracy is their fraction.",
        "error_rate": "this is the fraction of wrong predictions; the accuracy is that of right ones.",
    },
)
