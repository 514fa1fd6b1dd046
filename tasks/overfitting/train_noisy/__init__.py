"""The task `train_noisy`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils import many
from utils.catalogue import Task
from utils.looking import see


def observe_train_noisy(answer, seed):
    train, validation, test = many.draw_digits(seed + 50)
    pictures = answer.tensor(test.features)
    network = answer(*train, *validation)
    yield "what comes back can be called", callable(network)
    logits = see(network(pictures)).data
    yield "the shape of the logits of 697 images", np.array(np.shape(logits))
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    again = see(network(pictures)).data
    yield "the same images get the same logits again", bool(np.allclose(logits, again, rtol=1e-3, atol=1e-3))
    error = np.mean(np.argmax(logits, axis=1) != test.labels)
    yield "the test error is at most 0.60", bool(error <= 0.60)
    # Whoever trains on the validation set mixes up 0 and 1 where its labels do; whoever chooses by it does not.
    exchanged = np.where(validation.labels < 2, 1 - validation.labels, validation.labels)
    other_logits = see(answer(*train, validation.features, exchanged)(pictures)).data
    answers = (np.argmax(found, axis=1) for found in (logits, other_logits))
    mixed_up = [np.mean((answer == 1 - test.labels)[test.labels < 2]) for answer in answers]
    yield "with 0 and 1 exchanged in the validation labels, it mixes up 0 and 1 as before", bool(np.ptp(mixed_up) < 0.2)
    for limit in (0.29, 0.20):
        yield f"the test error is at most {limit:.2f}", bool(error <= limit)
    yield "the test error is above 0.03", bool(error > 0.03)


TASK = Task(
    "train_noisy",
    observe=observe_train_noisy,
    recorded=True,
    seconds=40.0,  # two training runs
    hints=(
        "Start with a hidden layer of 32 units and your own loop, and look at the validation loss every few steps.",
        "Keep the weights of the lowest validation loss. If that is not enough, add weight decay or input noise, "
        "and choose the strength on the validation set.",
    ),
    mistakes={
        "values": "return the trained network or a function, which can be called with new images.",
        "classes": "return the logits, ten numbers per image, not the class numbers.",
        "untrained": "more than 60 % of the answers are wrong: does your loop change the weights of what you "
        "return, are its steps long and many enough, and has the network enough units?",
        "overfitted": "the test error is above 0.29; training to the end gives about 0.4. Has the network learned the "
        "wrong labels by heart, or has it too few units? If you keep the best weights: is it a copy?",
        "late": "the test error is below 0.29 but above 0.20: combine two remedies, or choose their strength on the "
        "validation part.",
        "unsteady": "the same images get other logits at each call: dropout or noise is still on. Switch it off "
        "before you return the network (PyTorch: model.eval(), Keras: training=False).",
        "more_data": "the test error is below 0.03, which these 200 images do not give: has your network seen "
        "others, or the test?",
        "on_validation": "with 0 and 1 exchanged in the validation labels, the network mixes up 0 and 1 too, so its "
        "answers come from these labels; use them to choose, not to train.",
    },
    open_ended=True,
)
