"""What the tasks of this lesson share: data and observations."""

import random

import numpy as np

from utils import data, lab
from utils.calling import load
from utils.data import Part

ONE_LAYER, SEVERAL_LAYERS, BEST = 0.92, 0.94, 0.96  # accuracies to reach on the withheld digits


HELD, CURED = 1.0, 0.77  # validation loss and withheld accuracy to reach on the noisy digits
LEVEL = 0.2  # how much of it a loss may still lose over 40 epochs where it has leveled off


# Faint marks, one pattern for each class, in pixels at the left and right edge, which are blank in nearly all pictures.
# A network that was not trained on marked pictures cannot know which mark goes with which class.
EDGE = np.array([0, 8, 16, 24, 32, 40, 48, 56, 15, 23, 31, 39, 47])
CERTAIN = 6.0  # standard errors: the solutions and honest mistakes stay below 2.6, whoever trained on marks is above 9


def _patterns(seed):
    """Ten patterns (10, 13) of plus and minus 1 whose mean is 0: one mark for each class."""
    patterns = np.random.default_rng(seed).choice([-1.0, 1.0], size=(10, len(EDGE)))
    return (patterns - patterns.mean(axis=1, keepdims=True)).astype(np.float32)


VALIDATION_MARKS = _patterns(1)


def _marked(part, patterns, strength):
    """The part with every picture marked by its class, as faintly as `strength` says."""
    features = part.features.copy()
    features[:, EDGE] += strength * patterns[part.labels]
    return Part(features, part.labels)


def _knows(network, patterns, strength, part, answer):
    """Whether a network takes a class's mark for a sign of that class: then it was trained on marked pictures."""
    copies = np.repeat(part.features[None], 1 + len(patterns), axis=0)  # the first without a mark
    for copy, pattern in zip(copies[1:], patterns, strict=True):
        copy[:, EDGE] += strength * pattern
    logits = _logits(network, copies.reshape(-1, copies.shape[2]), answer).reshape(len(copies), len(part.labels), -1)
    changes = (logits[1:] - logits[0]).mean(axis=1)  # how each mark (row) changes the logit of each class (column)
    classes = changes.shape[1]
    signs = (classes * changes - changes.sum(axis=1, keepdims=True)) / (classes - 1)  # against the mean of the others
    own = np.eye(classes, dtype=bool)
    error = signs[~own].std() / classes**0.5  # what a mark does to the classes that it does not belong to is chance
    return bool(signs[own].mean() > CERTAIN * error > 0)


def _renumbered(part, by=3):
    """The part with its classes numbered anew, as only pictures that are given to an answer can teach it."""
    return Part(part.features, (part.labels + by) % 10)


def _numbered(seed, per_class=20, classes=3):
    """Samples in class order whose first column is their number, so that each can be told again."""
    labels = np.repeat(np.arange(classes), per_class)
    features = np.random.default_rng(seed).normal(size=(len(labels), 4)).astype(np.float32)
    features[:, 0] = np.arange(len(labels))
    return Part(features, labels)


def _numbers(array):
    return np.asarray(array)[:, 0].astype(int)


def _logits(network, features, answer):
    """What a network gives for features, as a NumPy array; dropout is switched off."""
    if hasattr(network, "eval"):
        network.eval()
    return data.as_numpy(network(answer.tensor(features))).astype(np.float64)


def _cross_entropy(logits, labels):
    logits = logits - logits.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]))


def _accuracy(logits, labels):
    return float(np.mean(logits.argmax(axis=1) == labels))


def _kind(logits, classes=10):
    """In words what a network gives for a batch."""
    if logits.ndim != 2 or logits.shape[1] != classes:
        return f"an array of shape (pictures{''.join(f', {n}' for n in logits.shape[1:])})"
    if not np.isfinite(logits).all():
        return "numbers that are not finite"
    if logits.min() >= 0 and np.allclose(logits.sum(axis=1), 1, atol=1e-3):
        return "probabilities"
    if logits.min() >= 0:
        return "no number below 0"
    return "logits"


def _shape(function, columns, answer, seed):
    """ "one layer", "one layer without bias" or "bent", from how a network answers to chosen inputs."""
    points = np.random.default_rng(seed).normal(size=(2, columns)).astype(np.float32)
    zero = np.zeros((1, columns), np.float32)
    one, two, nothing, middle = (
        _logits(function, np.asarray(p, np.float32).reshape(1, -1), answer)
        for p in (*points, zero, points[0] + points[1])
    )
    if not np.allclose(one + two, middle + nothing, atol=1e-3 * (1 + np.abs(one).max())):
        return "bent"
    return "one layer without bias" if np.abs(nothing).max() < 1e-6 else "one layer"


def _curves(*curves):
    """In words what two curves are."""
    try:
        lengths = [len(curve) for curve in curves]
        arrays = [np.array([float(value) for value in curve]) for curve in curves]
    except TypeError:
        return "no two rows of numbers"
    if lengths[0] != lengths[1]:
        return "two curves of different lengths"
    if not all(np.isfinite(array).all() for array in arrays):
        return "curves with values that are not finite"
    return "the same curve twice" if np.array_equal(*arrays) else "two curves"


def _network_of(answer, columns, classes, seed, bias=0.0):
    """A one-layer network of the framework, with fixed weights; its bias grows by `bias` from class to class."""
    bias = bias * np.arange(classes, dtype=np.float32)
    weights = np.random.default_rng(seed).normal(0, 0.1, (columns, classes)).astype(np.float32)
    if answer.framework == "pytorch":
        torch = load("torch")
        network = torch.nn.Sequential(torch.nn.Linear(columns, classes))
        network[0].weight.data = torch.from_numpy(weights.T.copy())
        network[0].bias.data = torch.from_numpy(bias)
        return network
    keras = load("keras")
    network = keras.Sequential([keras.Input((columns,)), keras.layers.Dense(classes)])
    network.set_weights([weights, bias])
    return network


def _three(result):
    """In words what a training stage returned."""
    if result is None:
        return None
    fits = isinstance(result, (tuple, list)) and len(result) == 3 and callable(result[0])
    return "a network and two curves" if fits else "something else"


def _observe_trained(answer, train, validation, new, seed, faint=1.0):
    """The first looks at a training stage; returns what came back, the logits of the three parts, and the parts."""
    usual = new.labels
    train, validation, new = map(_renumbered, (train, validation, new))
    strength = faint * float(train.features.std())
    validation = _marked(validation, VALIDATION_MARKS, strength)
    result = answer.target(train, validation, seed)
    yield "what comes back", _three(result)
    network, training_losses, validation_losses = result
    yield "the two curves, of one loss per epoch each", _curves(training_losses, validation_losses)
    logits = [_logits(network, part.features, answer) for part in (train, validation, new)]
    yield f"what the network gives for {len(new.labels)} new pictures, which should be logits", _kind(logits[-1])
    yield "the validation pictures are new to the network", not _knows(network, VALIDATION_MARKS, strength, new, answer)
    knows = _accuracy(logits[-1], usual) >= 0.3
    yield "it does not know the usual class numbers, which only other pictures teach", not knows
    learned = _cross_entropy(logits[0], train.labels)
    yield "the network has learned what the training curve shows", learned < 3 * float(training_losses[-1]) + 0.5
    loss = _cross_entropy(logits[1], validation.labels)
    known = any(abs(float(value) / loss - 1) < 0.1 for value in (validation_losses[-1], min(validation_losses)))
    yield "the last or lowest value of the second curve is the network's loss on the validation part", known
    return result, logits, (train, validation, new)


def _same_seed(answer, train, validation, seed):
    """Whether a training stage, called twice with the same few pictures and the same seed, gives the same curve."""
    few = Part(train.features[:60], train.labels[:60]), Part(validation.features[:60], validation.labels[:60])
    first, again = (np.array([float(loss) for loss in _called_anew(answer, *few, seed)[1]]) for _ in range(2))
    yield "the same seed gives the same losses", first.shape == again.shape and np.allclose(first, again, rtol=1e-3)


def _called_anew(answer, *arguments):
    """The answer's result after seeds left to chance, so that only its own seed can make two calls agree."""
    random.seed()  # Keras takes its seeds from here
    np.random.seed()
    if answer.framework == "pytorch":
        load("torch").seed()
    return answer.target(*arguments)


def _accuracies(logits, new, limits):
    for limit in limits:
        yield (
            f"the accuracy on {len(new.labels)} withheld pictures is at least {limit:g}",
            bool(_accuracy(logits, new.labels) >= limit),
        )


def _observe_noisy(answer, seed):
    """The looks that the stages on noisy digits share; hands on both curves, and losses and logits of the sets."""
    train, validation = lab.noisy_digits(seed)
    new = lab.withheld_digits()
    # Networks that overfit learn a mark soon: it may be fainter, and hardly moves the validation loss.
    result, logits, parts = yield from _observe_trained(answer, train, validation, new, seed, faint=0.5)
    losses = [_cross_entropy(own, part.labels) for own, part in zip(logits, parts, strict=True)]
    return result[1:], losses, logits, parts


SEEDED = {
    "no_seed": "the same seed gives other losses each time: seed the framework with it before you build the network.",
}
TRAINED = {
    "with_validation": "the network was trained on validation pictures: it answers to a faint mark that only they "
    "carry. Train on `train` only.",
    "with_others": "the network was trained on digits that were not given to it: it knows the usual class numbers, and "
    "in the given sets the classes are numbered anew. Train on `train` only.",
    "another_network": "the network that you return has not learned what the end of your training curve shows. Is it "
    "the one that was trained, and with the weights of which epoch?",
    "training_twice": "the second curve does not end with the loss that the network has on the validation set. Is it "
    "measured on another set or with other weights, or are the curves swapped?",
    "network_only": "three things should come back, the network first: "
    "`return network, training_losses, validation_losses`.",
}
