"""The task `train_noisy`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils import data
from utils.catalogue import Task
from utils.looking import see


def noisy_digits(seed):
    """200 digits with 30 % of their labels redrawn; 300 for validation and 697 for the test, with true labels."""
    digits = data.digits()
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(digits.labels))
    labels = digits.labels.copy()
    wrong = order[:800][generator.random(800) < 0.3]
    labels[wrong] = np.random.default_rng(seed + 1000).integers(0, 10, len(labels))[wrong]
    rows = order[:200], order[800:1100], order[1100:]
    return [data.Part(digits.features[row] / 16, labels[row]) for row in rows]


def observe_train_noisy(answer, seed):
    train, validation, test = noisy_digits(seed + 50)
    network = answer(*train, *validation)
    yield "what comes back can be called", callable(network)
    pictures = answer.tensor(test.features)
    logits = see(network(pictures)).data
    yield "the shape of the logits of 697 pictures", np.array(np.shape(logits))
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    again = see(network(pictures)).data
    yield "the same pictures get the same logits again", bool(np.allclose(logits, again, rtol=1e-3, atol=1e-3))
    error = np.mean(np.argmax(logits, axis=1) != test.labels)
    for limit in (0.60, 0.29, 0.20):
        yield f"the test error is at most {limit:.2f}", bool(error <= limit)
    yield "the test error is above 0.03", bool(error > 0.03)
    # Whoever trains on the validation part gives wrong answers where its labels are wrong; whoever chooses does not.
    exchanged = np.where(validation.labels < 2, 1 - validation.labels, validation.labels)
    answers = np.argmax(see(answer(*train, validation.features, exchanged)(pictures)).data, axis=1)
    misled = np.mean((answers == 1 - test.labels)[test.labels < 2])
    yield "with 0 and 1 exchanged in the validation labels, the network still tells 0 from 1", bool(misled < 0.2)


TASK = Task(
    "train_noisy",
    observe=observe_train_noisy,
    recorded=True,
    seconds=40.0,  # two trainings
    hints=(
        "Start with a hidden layer of 32 units and your own loop, and look at the validation loss every few steps.",
        "Keep the weights of the lowest validation loss. If that is not enough, add weight decay or input noise, "
        "and choose the strength on the validation part.",
    ),
    mistakes={
        "values": "return the trained network or a function, which can be called with new pictures.",
        "classes": "return the logits, ten numbers a picture, not the class numbers.",
        "untrained": "more than 60 % of the answers are wrong: does your loop change the weights of what you "
        "return, are its steps long and many enough, and has the network enough units?",
        "overfitted": "the test error is above 0.29, as after training to the end: it has learned the wrong labels "
        "by heart. Stop earlier, or use a remedy of section 16. If you keep the best weights: is it a copy?",
        "late": "the test error is below 0.29 but above 0.20: combine two remedies, or choose their strength on the "
        "validation part.",
        "unsteady": "the same pictures get other logits at each call: dropout or noise is still on. Switch it off "
        "before you return the network (PyTorch: model.eval(), Keras: training=False).",
        "more_data": "the test error is below 0.03, which these 200 pictures do not give: has your network seen "
        "others, or the test?",
        "on_validation": "the network has learned the labels of the validation part; use them to choose, not to train.",
    },
    open_ended=True,
)
