"""Tasks of 07_lab: what is tried, the hints, and a sentence for each typical mistake; and what each stage is worth."""

import numpy as np

from utils import data, lab
from utils.answers import Answer, load
from utils.check import Quiz, Task
from utils.data import Part
from utils.report import Stage

ONE_LAYER, SEVERAL_LAYERS, BEST = 0.92, 0.94, 0.96  # accuracies to reach on the withheld digits
HELD, CURED = 1.0, 0.77  # validation loss and withheld accuracy to reach on the noisy digits


# What is looked at ------------------------------------------------------------------------------------------------


def _numbered(seed, per_class=20, classes=3):
    """Samples in class order whose first column is their number, so that each can be told again."""
    labels = np.repeat(np.arange(classes), per_class)
    features = np.random.default_rng(seed).normal(size=(len(labels), 4)).astype(np.float32)
    features[:, 0] = np.arange(len(labels))
    return Part(features, labels)


def _numbers(array):
    return np.asarray(array)[:, 0].astype(int)


def _pairs(result):
    """What split_parts returned as three parts, or in words what it is instead."""
    if result is None:
        return None, None
    try:
        parts = [Part(*map(np.asarray, part)) for part in result]
    except (TypeError, ValueError):
        return None, "something else than pairs"
    if len(parts) != 3 or any(np.ndim(part.features) != 2 for part in parts):
        return None, f"{len(parts)} things, not three pairs"
    if any(np.ndim(part.labels) != 1 for part in parts):
        return None, "labels that are not one number a sample"
    return parts, "three pairs"


def observe_split_parts(answer, seed):
    samples = _numbered(seed)
    answer = Answer(answer.target, "numpy")
    parts, form = _pairs(answer(*samples, 0))
    yield "60 samples in three classes", form
    rows = [_numbers(part.features) for part in parts]
    yield "the numbers of samples in the three parts", " ".join(str(len(part.labels)) for part in parts)
    everything = np.concatenate(rows)
    yield "no sample is in two parts or twice in one", len(set(everything)) == len(everything)
    right = all(np.array_equal(samples.labels[own], part.labels) for own, part in zip(rows, parts, strict=True))
    yield "every sample keeps its own label", right
    shuffled = any(set(own) != set(range(min(own), min(own) + len(own))) for own in rows)
    yield "the samples are shuffled", shuffled
    shares = [np.bincount(part.labels, minlength=3) / len(part.labels) for part in parts]
    yield "each class has the same share of every part", bool(np.ptp(shares, axis=0).max() < 0.05)
    again, other = (_pairs(answer(*samples, number))[0] for number in (0, 1))
    yield "the same seed gives the same parts", set(_numbers(again[2].features)) == set(rows[2])
    yield "another seed gives other parts", set(_numbers(other[2].features)) != set(rows[2])


def observe_scale_parts(answer, seed):
    generator = np.random.default_rng(seed)
    parts = [generator.normal(5, [1, 2, 4], (samples, 3)) + shift for samples, shift in ((40, 0), (12, 1), (10, -1))]
    result = Answer(answer.target, "numpy")(*(part.astype(np.float32) for part in parts))
    for name, part in zip(("training", "validation", "test"), result, strict=True):
        yield f"the {name} part", np.asarray(part, dtype=np.float32)


class _Spy:
    """Stands for a training function: notes what it is trained on and asked about, and answers 3 of 4 rows right."""

    def __init__(self):
        self.trained, self.asked = [], []

    def __call__(self, features, labels):
        self.trained.append(_numbers(features))
        return self.predict

    def predict(self, features):
        rows = _numbers(features)
        self.asked.append(rows)
        return np.where(rows % 4 == 0, -1, rows // 20)


def observe_cross_validate(answer, seed):
    samples, spy = _numbered(seed), _Spy()
    result = answer.target(spy, *samples, 4, 0)
    if result is None:
        yield "the accuracies of 4 folds", None
        return
    yield "how many numbers come back", "one for all" if np.ndim(result) == 0 else f"{len(result)} in a row"
    yield "the numbers of training samples", " ".join(str(len(rows)) for rows in spy.trained)
    asked = np.concatenate(spy.asked)
    yield "how often each sample is predicted", f"{len(asked) / len(set(asked)):.1f} times, {len(set(asked))} samples"
    trained = [spy.trained[min(turn, len(spy.trained) - 1)] for turn in range(len(spy.asked))]
    known = [len(set(one) & set(other)) / len(other) for one, other in zip(trained, spy.asked, strict=True)]
    yield "no sample is predicted that was trained on in the same fold", max(known) == 0
    yield (
        "every fold holds back the classes in equal shares",
        all(np.ptp(np.bincount(rows // 20, minlength=3)) <= 3 for rows in spy.asked),
    )
    mean = float(np.mean(result))
    yield "the mean of accuracies where 45 of 60 are right", mean
    other = _Spy()
    answer.target(other, *samples, 4, 1)
    yield "another seed gives other folds", set(other.asked[0]) != set(spy.asked[0])


class _Candidate:
    """Stands for a training function of one network: it gets known shares of the three parts right."""

    def __init__(self, training, validation, test):
        self.shares, self.trained, self.asked = (training, validation, test), [], set()

    def __call__(self, train):
        self.trained.append(set(_parts_of(train.features)))
        return self.predict

    def predict(self, features):
        parts, answers = _parts_of(features), _true_labels(features)
        self.asked |= set(parts)
        for part, share in enumerate(self.shares):
            own = np.flatnonzero(parts == part)
            answers[own[round(share * len(own)) :]] += 1
        return answers


def _parts_of(features):
    return np.asarray(features)[:, 0].astype(int)


def _true_labels(features):
    return np.asarray(features)[:, 1].astype(int)


def _marked(part, samples, seed):
    labels = np.random.default_rng(seed + part).integers(0, 5, samples)
    return Part(np.stack([np.full(samples, part), labels], axis=1).astype(np.float32), labels)


TURNS = slice(0, 1), slice(1, None)  # a network's first training, and those after it


def observe_choose_and_test(answer, seed):
    parts = [_marked(part, samples, seed) for part, samples in enumerate((100, 40, 40))]
    trainers = {
        "small": _Candidate(0.70, 0.70, 0.725),
        "medium": _Candidate(0.89, 0.875, 0.80),
        "large": _Candidate(0.94, 0.80, 0.90),
        "wide": _Candidate(0.80, 0.85, 0.875),
        "huge": _Candidate(1.00, 0.75, 0.775),
        "flat": _Candidate(0.60, 0.60, 0.575),
        "tiny": _Candidate(0.65, 0.65, 0.625),
    }
    result = answer.target(trainers, *parts)
    if result is None or isinstance(result, str):
        yield "what comes back", result if result is None else "only a name"
        return
    if not isinstance(result, (tuple, list)) or len(result) != 2:
        yield "what comes back", f"a {type(result).__name__}"
        return
    name, accuracy = result
    yield "what comes back", "two things"
    yield "the name of the network that is chosen", name if isinstance(name, str) else "not a name"
    yield "its accuracy", round(float(accuracy), 4)
    first, later = ({part for t in trainers.values() for one in t.trained[turn] for part in one} for turn in TURNS)
    yield "the networks to compare are trained on the training part alone", first == {0}
    yield "no network is trained on the test part", 2 not in first | later
    yield "the networks that are asked about the test part", sum(2 in t.asked for t in trainers.values())


def observe_worst_mistakes(answer, seed):
    logits = np.random.default_rng(seed).normal(size=(30, 4)) * np.repeat([[0.3], [1], [4]], 10, axis=0)
    generator = np.random.default_rng(seed + 1)
    labels = np.where(generator.random(30) < 0.6, logits.argmax(axis=1), generator.integers(0, 4, 30))
    answer = Answer(answer.target, "numpy")
    for count in (3, 8):
        rows = answer(logits.astype(np.float64), labels, count)
        yield f"the rows of the {count} worst mistakes in 30 pictures", None if rows is None else np.asarray(rows)


# Networks ---------------------------------------------------------------------------------------------------------


def _logits(network, features, answer):
    """What a network gives for features, as a NumPy array; dropout is switched off."""
    if hasattr(network, "eval"):
        network.eval()
    return data.as_numpy(network(answer.tensor(features))).astype(np.float64)


def _cross_entropy(logits, labels):
    logits = logits - logits.max(axis=1, keepdims=True)
    return float(np.mean(np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]))


def _softmax(logits):
    scores = np.exp(logits - logits.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


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


def _network_of(answer, columns, classes, seed):
    """A one-layer network of the framework, with fixed weights."""
    weights = np.random.default_rng(seed).normal(0, 0.1, (columns, classes)).astype(np.float32)
    if answer.framework == "pytorch":
        torch = load("torch")
        network = torch.nn.Sequential(torch.nn.Linear(columns, classes))
        network[0].weight.data = torch.from_numpy(weights.T.copy())
        network[0].bias.data.zero_()
        return network
    keras = load("keras")
    network = keras.Sequential([keras.Input((columns,)), keras.layers.Dense(classes)])
    network.set_weights([weights, np.zeros(classes, np.float32)])
    return network


def observe_train_network(answer, seed):
    train, validation, new = (data.blobs(n, classes=4, noise=0.6, seed=seed + n) for n in (300, 500, 400))
    validation = Part(validation.features, (validation.labels + 1) % 4)  # wrong on purpose: nobody may learn from them
    network = _network_of(answer, 2, 4, seed)
    before, start = (_logits(network, part.features, answer) for part in (new, train))
    anew = _watch_gradients(network, answer)
    result = answer.target(network, train, validation, 12, 0)
    yield "what comes back", None if result is None else "two things" if len(result) == 2 else f"{len(result)} things"
    yield "the losses of 12 epochs", _curves(*result)
    yield "there is a loss for each of 12 epochs", len(result[0]) == len(result[1]) == 12
    logits = _logits(network, new.features, answer)
    yield "the network's weights change", bool(np.abs(logits - before).max() > 1e-3)
    yield "the gradients start anew for each batch", anew()
    own = _logits(network, validation.features, answer)
    mean = float(result[0][0]) < 3 * _cross_entropy(start, train.labels)
    yield (
        "what the last validation loss is",
        _meaning(float(result[1][-1]), result, own, validation, train, answer, network),
    )
    yield "the training losses are means", mean or "sums"
    wrong = (new.labels + 1) % 4
    believed = _cross_entropy(logits, wrong) < 0.9 * _cross_entropy(before, wrong)
    yield "the network does not believe the validation labels", not believed
    yield "the accuracy on 400 new points is at least 0.85", _accuracy(logits, new.labels) >= 0.85


def _watch_gradients(network, answer):
    """Watch a PyTorch network; returns a function: are its gradients set to zero between batches, as far as seen?"""
    if answer.framework != "pytorch":
        return lambda: True
    bias, fresh, kept = network[0].bias, [], []
    bias.register_hook(lambda gradient: fresh.append(gradient.clone()))
    bias.register_post_accumulate_grad_hook(lambda parameter: kept.append(parameter.grad.clone()))
    return lambda: len(kept) < 2 or any(one.equal(other) for one, other in list(zip(fresh, kept, strict=False))[1:])


def _meaning(last, result, own, validation, train, answer, network):
    """In words what a reported validation loss is, found by computing what it could be."""
    known = _logits(network, train.features, answer)
    one_hot = np.eye(own.shape[1])[validation.labels]
    right = _cross_entropy(own, validation.labels)
    meanings = {
        "the mean cross-entropy of the logits": right,
        "the cross-entropy of probabilities": _cross_entropy(_softmax(own), validation.labels),
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


def _three(result):
    """In words what a training stage returned."""
    if result is None:
        return None
    fits = isinstance(result, (tuple, list)) and len(result) == 3 and callable(result[0])
    return "a network and two curves" if fits else "something else"


def _observe_trained(answer, train, validation, new, seed):
    """The first looks at a training stage; returns the logits of the three sets at the end of the generator."""
    result = answer.target(train, validation, seed)
    yield "what comes back", _three(result)
    network, training_losses, validation_losses = result
    yield "the two curves", _curves(training_losses, validation_losses)
    logits = [_logits(network, part.features, answer) for part in (train, validation, new)]
    yield f"what the network gives for {len(new.labels)} new pictures", _kind(logits[-1])
    return result, logits


def observe_train_one_layer(answer, seed):
    train, validation, new = lab.clean_parts(seed)
    result, logits = yield from _observe_trained(answer, train, validation, new, seed)
    yield from _accuracies(logits[-1], new, (0.5,))
    yield "the network", _shape(result[0], 64, answer, seed)
    yield "it has the 650 weights of one layer", _size(result[0]) in (None, 650)
    yield "the second curve ends with the loss of the validation part", _ends(result[2], logits[1], validation)
    yield from _accuracies(logits[-1], new, (ONE_LAYER,))


def _size(network):
    """How many weights a network has, or None where it does not tell."""
    if hasattr(network, "count_params"):
        return network.count_params()
    return sum(p.numel() for p in network.parameters()) if hasattr(network, "parameters") else None


def _ends(curve, logits, part):
    """Whether a curve's last or lowest value (of a network with its best weights) is the loss on `part`."""
    loss = _cross_entropy(logits, part.labels)
    return any(abs(float(value) / loss - 1) < 0.1 for value in (curve[-1], min(curve)))


def _accuracies(logits, new, limits):
    for limit in limits:
        yield (
            f"the accuracy on {len(new.labels)} withheld pictures is at least {limit:g}",
            bool(_accuracy(logits, new.labels) >= limit),
        )


def observe_train_several_layers(answer, seed):
    train, validation, new = lab.clean_parts(seed)
    result, logits = yield from _observe_trained(answer, train, validation, new, seed)
    yield "the network", "bent" if _shape(result[0], 64, answer, seed) == "bent" else "one layer"
    yield from _accuracies(logits[-1], new, (0.8,))
    yield "the second curve ends with the loss of the validation part", _ends(result[2], logits[1], validation)
    yield from _accuracies(logits[-1], new, (SEVERAL_LAYERS,))


def observe_best_network(answer, seed):
    train, validation, new = lab.clean_parts(seed)
    _, logits = yield from _observe_trained(answer, train, validation, new, seed)
    yield from _accuracies(logits[-1], new, (0.8, SEVERAL_LAYERS, BEST))


def observe_weight_images(answer, seed):
    network = _network_of(answer, 64, 10, seed)
    images = answer.target(network)
    yield "ten images of a network from 64 to 10", None if images is None else data.as_numpy(images).astype(np.float32)


def _observe_noisy(answer, seed):
    """The looks that the three stages on noisy digits share; hands on the curves, and losses and logits of the sets."""
    train, validation = lab.noisy_digits(seed)
    new = lab.withheld_digits()
    result, logits = yield from _observe_trained(answer, train, validation, new, seed)
    losses = [_cross_entropy(own, part.labels) for own, part in zip(logits, (train, validation, new), strict=True)]
    yield "the validation pictures are new to the network", losses[1] > 0.7 * losses[2]
    return result[2], losses, logits, (train, validation, new)


def observe_overfit_on_purpose(answer, seed):
    curve, losses, logits, parts = yield from _observe_noisy(answer, seed)
    known = _accuracy(logits[0], parts[0].labels) >= 0.95
    yield "it knows its training pictures by heart, wrong labels included", known
    yield "the second curve ends with the loss of the validation part", abs(float(curve[-1]) / losses[1] - 1) < 0.1
    yield "the validation loss at the end is at least 1.3 times the lowest", losses[1] >= 1.3 * min(map(float, curve))


def observe_stop_early(answer, seed):
    curve, losses, logits, parts = yield from _observe_noisy(answer, seed)
    lowest, length = 1 + int(np.argmin(curve)), len(curve)
    place = "at its end" if lowest == length else "in its first half" if length > 3 * lowest + 30 else "before its end"
    yield "the lowest value of the validation curve is", place
    yield "the network has the weights of the best epoch", losses[1] <= 1.02 * min(map(float, curve))
    yield from _accuracies(logits[-1], parts[-1], (CURED,))


def observe_hold_back(answer, seed):
    curve, losses, logits, parts = yield from _observe_noisy(answer, seed)
    yield "there are 100 epochs or more", len(curve) >= 100
    accuracies = [_accuracy(own, part.labels) for own, part in zip(logits, parts, strict=True)]
    yield "the network", _held(losses[1], *accuracies)


def _held(loss, training, _, withheld):
    """In words whether a network on noisy digits is held back too little, too much or about right."""
    if loss <= HELD and withheld >= CURED:
        return "is held back about right"
    return "still overfits" if training > withheld + 0.05 else "can no longer learn"


def observe_class_recalls(answer, seed):
    generator = np.random.default_rng(seed)
    labels = generator.permutation(np.repeat([0, 1, 2, 3], [3, 5, 7, 9]))
    logits = np.eye(4)[labels] + generator.normal(0, 0.7, (24, 4))
    yield "24 samples of 4 classes", answer(logits, labels)


TRAINED = {
    "network_only": "this is not what is wanted, three things with the network first: "
    "`return network, training_losses, validation_losses`.",
}

TASKS = (
    Task(
        "split_parts",
        observe=observe_split_parts,
        hints=(
            "Take one class after the other: shuffle its row numbers, cut them at 60 % and 80 %, and collect the "
            "three pieces of all classes.",
            "`train_test_split(..., stratify=labels, random_state=seed)` of scikit-learn cuts in two; use it twice.",
        ),
        mistakes={
            "not_stratified": "the classes do not have equal shares in the parts; cut each class by itself (stratify).",
            "in_order": "the rows are cut in the order in which they come, class after class: shuffle them first.",
            "overlap": "some samples are in two parts, or twice in one: then the test asks about samples that were "
            "trained on. Shuffle once and cut.",
            "labels_apart": "features and labels no longer belong together; pick both by the same row numbers.",
            "two_parts": "two parts come back; three are wanted, so that choosing and testing have one each.",
            "six_arrays": "what comes back is not three pairs: (features, labels) of each part, in that order.",
            "one_hot": "the labels have changed their form; keep them as class numbers.",
            "order": "the parts come back in another order: training, validation, test.",
            "sizes": "the parts have wrong sizes; wanted are 60 % for training, then 20 % for validation and 20 % for "
            "the test, all of the whole.",
            "fixed_seed": "another seed gives the same parts; use the seed that the function is given.",
            "no_seed": "the same seed gives other parts each time; hand the seed to the random generator.",
        },
    ),
    Task(
        "scale_parts",
        observe=observe_scale_parts,
        hints=(
            "Measure mean and deviation of each column on the training part; use these numbers for all three parts.",
            "`train.mean(axis=0)` and `train.std(axis=0)` have one number a column.",
        ),
        mistakes={
            "before_splitting": "mean and deviation are those of all parts together: test samples have a say in "
            "the scaling. That is a leak; measure on the training part only.",
            "with_validation": "the validation part has a say in the scaling; measure on the training part only.",
            "each_by_itself": "each part is scaled by its own numbers, so the same flower would be different features "
            "in each; use those of the training part for all.",
            "one_mean": "all columns are scaled by one mean and deviation; each column has its own (axis=0).",
            "rows": "each row is scaled by itself; measure down the columns (axis=0).",
            "variance": "you divide by the variance; divide by the deviation, its square root.",
            "only_training": "only the training part is scaled; the other two need the same formula and numbers.",
            "mean_only": "the mean is subtracted, but nothing divided by the deviation.",
            "deviation_only": "divided by the deviation, but the mean is not subtracted.",
            "sample_deviation": "you divide by a deviation with n - 1; NumPy's own `std`, with n, makes it exactly 1.",
            "precedence": "only the mean is divided; put the difference in parentheses.",
            "from_0_to_1": "this squeezes the training part into 0 to 1; wanted are mean 0 and deviation 1.",
        },
    ),
    Task(
        "cross_validate",
        observe=observe_cross_validate,
        hints=(
            "Give every sample the number of a fold. For each fold: train on the others, predict this one, note the "
            "accuracy.",
            "`StratifiedKFold(folds, shuffle=True, random_state=seed).split(features, labels)` of scikit-learn gives "
            "the row numbers of both sides for each fold.",
        ),
        mistakes={
            "on_training": "you predict the samples that were trained on; predict the fold that is held back.",
            "trained_on_all": "the held-back fold is in the training too; leave it out, so that it is new.",
            "swapped": "you train on one fold and predict the others; it is the other way round.",
            "in_order": "the folds are cut in the order of the rows, class after class; shuffle, and spread each class "
            "over all folds.",
            "redrawn": "each fold is drawn anew, so some samples are held back twice and others never: number them "
            "once.",
            "one_fold": "one accuracy comes back; go on, until each fold was held back once.",
            "mean": "one number comes back; return the accuracy of every fold, their spread is what we are after.",
            "count": "these are numbers of right answers; divide by the size of the fold.",
            "errors": "these are shares of wrong answers; accuracy is the share of right ones.",
            "fixed_folds": "the number of folds is always the same; use the `folds` that the function is given.",
            "fixed_seed": "another seed gives the same folds: shuffle, with the seed that the function is given.",
        },
    ),
    Task(
        "train_network",
        observe=observe_train_network,
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
                "loss and the loss of the validation part.",
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
            "with_validation": "the network was trained on the validation part too (its labels are wrong here, and the "
            "network believes them); train on `train` only.",
            "no_step": "the network's weights do not change: is there a step, a learning rate above 0, and is "
            "it this network that is trained?",
            "training_twice": "the second curve is measured on the training part; measure it on the validation part.",
            "swapped": "the curves are swapped: first training, then validation.",
            "no_zero": {"pytorch": "the gradients of all batches add up: set them to zero before each `backward()`."},
            "too_little": "it learned too little in these epochs: take smaller batches or a larger learning rate.",
            "three_things": "more than two things come back; the network is trained in place, so return the two "
            "lists alone.",
            "epochs": "the number of epochs is not the one asked for; use `epochs`.",
            "accuracy": "the second curve is an accuracy; a loss is wanted, the cross-entropy.",
            "nll": {"pytorch": "nll_loss expects log-probabilities; for logits take cross_entropy."},
            "one_curve": "one curve comes back; two are wanted: `return training_losses, validation_losses`.",
            "last_losses": "only the last losses come back; collect one for each epoch.",
            "each_step": "the training curve has a value for each step; note one for each epoch, the mean.",
            "summed": "the losses are sums over samples or batches; take means, so that sets of all sizes compare.",
            "tensors": {
                "pytorch": "the network was given a NumPy array; make a tensor of it first: torch.tensor(features)."
            },
            "history": {"tensorflow": "this is the History object; its `.history` holds the lists loss and val_loss."},
        },
    ),
    Task(
        "train_one_layer",
        observe=observe_train_one_layer,
        after="train_network",
        seconds=60.0,
        hints=(
            "One fully connected layer from the pixels to ten logits, trained by train_network for 30 epochs.",
            {
                "pytorch": "`network = nn.Sequential(nn.Linear(train.features.shape[1], 10))`, then train it, then "
                "`return network, training_losses, validation_losses`.",
                "tensorflow": "`keras.Sequential([keras.Input((train.features.shape[1],)), layers.Dense(10)])`, then "
                "train it, then `return network, training_losses, validation_losses`.",
            },
        ),
        mistakes={
            "no_bias": "the layer has no bias: for a blank picture all its logits are 0, whatever it has learned.",
            "softmax": "the network ends with softmax; leave it out, the loss does it (else it is done twice).",
            "hidden": "this is more than one layer: a ReLU bends the function. One layer is a weighted sum.",
            "too_short": "better than guessing, but below 0.92: train for more epochs.",
            "untrained": "no better than guessing: is the network that you return the one that you trained?",
            "stacked": "it has not the 650 weights of one layer from 64 to 10: leave out all other layers.",
            "training_twice": "the second curve does not end with the loss of the validation part: is it measured on "
            "another part, or are the curves swapped?",
            "classes": "you return class numbers; the logits are wanted, without argmax.",
            **TRAINED,
        },
    ),
    Task(
        "weight_images",
        observe=observe_weight_images,
        hints=(
            {
                "pytorch": "`nn.Linear` keeps its weights with one ROW a class: shape (10, 64).",
                "tensorflow": "`Dense` keeps its weights with one COLUMN a class: shape (64, 10).",
            },
            "Reshape each class's 64 weights to 8 rows of 8, as the pixels are.",
        ),
        mistakes={
            "mixed_up": {
                "pytorch": "the classes are mixed up: the weights have one row a class already; do not transpose them.",
                "tensorflow": "the classes are mixed up: the weights have one column a class; transpose before you "
                "reshape.",
            },
            "sideways": "rows and columns of the pictures are swapped; the pixels stand row by row.",
            "flat": "each class's weights are still one long row; reshape it to 8 by 8.",
            "classes_last": "the class should be the first axis: shape (10, 8, 8).",
            "absolute": "the signs are gone, but ink that speaks against a class is half of the story.",
            "bias": "these are the ten biases; the weights are the layer's other parameter.",
            "layer": "these are changed weights; show them as they are.",
        },
    ),
    Task(
        "train_several_layers",
        observe=observe_train_several_layers,
        after="train_network",
        seconds=60.0,
        hints=(
            "Two hidden layers with ReLU, say of 128 and 64 units, and ten logits at the end.",
            "Your train_network for 20 epochs is enough.",
        ),
        mistakes={
            "no_relu": "this network is one weighted sum, as one layer is: put a ReLU after each hidden layer.",
            "softmax": "the network ends with softmax, and the loss applies it again; leave it out.",
            "relu_at_end": "a ReLU after the last layer cuts off the negative logits; leave it out.",
            "too_short": "below 0.94 on new pictures: train for more epochs.",
            "training_twice": "the second curve does not end with the loss of the validation part: is it measured on "
            "another part, or are the curves swapped?",
            "too_small": "far below 0.94: a hidden layer this small lets too little through, or the network is hardly "
            "trained.",
            **TRAINED,
        },
    ),
    Task(
        "choose_and_test",
        observe=observe_choose_and_test,
        hints=(
            "Three parts, three jobs: train all networks on `train`, compare them on `validation`, and measure the "
            "winner on `test`.",
            "`trainer(train)` gives a function `predict`; `np.mean(predict(part.features) == part.labels)` is an "
            "accuracy.",
        ),
        mistakes={
            "by_test": "the test part was used for choosing: the highest of many test accuracies is luck. Choose "
            "by the validation part.",
            "by_training": "chosen by the accuracy on training data, which favours the network that overfits most.",
            "validation_reported": "right network, but this is its validation accuracy, which chose it: too good "
            "on average. Report the test accuracy.",
            "training_reported": "right network, but this is its accuracy on training data.",
            "both": "the test part helped to choose; it may be used once, after the choice.",
            "best_of_tests": "this is the best test accuracy of all networks; report that of the chosen one.",
            "worst": "this is the network with the lowest validation accuracy.",
            "last": "this is the last network of the dictionary: keep the best one while you go through it.",
            "name_only": "only the name comes back; its test accuracy belongs with it.",
            "not_the_name": "the first of the two is not a name: return the dictionary's key, then the accuracy.",
            "percent": "right network, but in percent; an accuracy is a share from 0 to 1.",
            "trained_on_validation": "the networks are trained on the validation part, so it cannot compare them.",
            "tested_all": "all networks were asked about the test part; ask only the chosen one.",
            "trained_on_test": "the chosen network was trained again with the test part, so its accuracy there means "
            "nothing.",
        },
    ),
    Task(
        "worst_mistakes",
        observe=observe_worst_mistakes,
        hints=(
            "A picture's loss is $-\\log p$ of its label, the p from softmax. Sort the wrong answers by it.",
            "`np.flatnonzero(logits.argmax(axis=1) != labels)` are the wrong rows; `np.argsort(-losses)` sorts "
            "downwards.",
        ),
        mistakes={
            "all_wrong": "all mistakes come back; cut the list after `count`.",
            "right_ones_too": "there are right answers among them: leave out all rows whose argmax is the label, "
            "also where there are fewer mistakes than `count`.",
            "smallest_first": "the least bad ones come back or come first; sort downwards and take the first `count`.",
            "unsorted": "these are the first mistakes in the order of the rows; sort them by their loss.",
            "rows_among_wrong": "these number the mistakes, not the pictures: translate back to rows.",
            "by_largest_logit": "sorted by the largest logit; the loss also asks how far the right class is behind.",
            "by_confidence": "sorted by the probability of the network's answer; the loss asks for that of the label.",
            "by_label_logit": "sorted by the label's logit alone; the loss also asks how far the others are above it.",
            "softmax_twice": "softmax is applied twice, which changes the order; cross-entropy takes logits.",
            "losses": "these are the losses; the row numbers are wanted.",
            "right_answers": "these are right answers.",
        },
    ),
    Task(
        "overfit_on_purpose",
        observe=observe_overfit_on_purpose,
        after="train_network",
        seconds=60.0,
        hints=(
            "A wide hidden layer, nothing that restrains it, and many epochs.",
            "256 hidden units with ReLU and 300 epochs of your train_network do it.",
        ),
        mistakes={
            "too_short": "it does not know its training pictures by heart yet: more epochs, more hidden units, and "
            "nothing that restrains it.",
            "with_validation": "the validation pictures were trained on, so they can show no overfitting.",
            "training_twice": "the second curve does not end with the loss of the validation part: is it measured on "
            "another part, or are the curves swapped?",
            **TRAINED,
        },
    ),
    Task(
        "stop_early",
        observe=observe_stop_early,
        ways=("high_level",),
        after="overfit_on_purpose",
        seconds=60.0,
        hints=(
            "Train on until the validation loss has not improved for 10 epochs, then go back to the best weights.",
            {
                "pytorch": "Keep `copy.deepcopy(network.state_dict())` at each new lowest validation loss; at the end "
                "`load_state_dict`.",
                "tensorflow": "`keras.callbacks.EarlyStopping(patience=10, restore_best_weights=True)`; in a loop of "
                "your own keep `get_weights()` at each new lowest validation loss.",
            },
        ),
        mistakes={
            "last_weights": "stopped, but the network has the last weights; go back to those of the best epoch.",
            "by_training": "it went on long after the validation loss had turned: watch it, not the training loss, "
            "and stop.",
            "too_soon": "the validation curve ends at its lowest value: wait until it has turned, and return the whole "
            "curve.",
            "with_validation": "the validation pictures were trained on, so their loss cannot say when to stop.",
            **TRAINED,
        },
    ),
    Task(
        "hold_back",
        observe=observe_hold_back,
        after="overfit_on_purpose",
        seconds=60.0,
        hints=(
            "Dropout in the network, weight decay in the optimizer, or noise on the training pictures: see part 3 of "
            "lesson 06.",
            "Dropout of 0.8 after the hidden layer and 120 epochs of your train_network are enough.",
        ),
        mistakes={
            "nothing": "it still overfits: nothing holds it back, or too little.",
            "too_strong": "it cannot learn any more: the penalty or dropout is too strong.",
            "stopped": "these are fewer than 100 epochs; train on, with another means than stopping.",
            "with_validation": "the validation pictures were trained on, so they prove nothing.",
            **TRAINED,
        },
    ),
    Task(
        "class_recalls",
        observe=observe_class_recalls,
        translate=True,
        hints=(
            "For each class: take its samples, and the mean of right (1) and wrong (0) among them.",
            {
                "pytorch": "`logits.argmax(dim=1)`, `.float().mean()`, `torch.stack`.",
                "tensorflow": "`tf.argmax(logits, axis=1)`, `tf.boolean_mask`, `tf.reduce_mean`, `tf.stack`.",
            },
        ),
        mistakes={
            "precision": "this is the share of right ones among what was ANSWERED as a class (precision); take the "
            "samples whose LABEL is the class.",
            "of_all": "each class's right answers are divided by all samples; divide by the class's own number.",
            "accuracy": "this is one accuracy for all classes; one number for each class is wanted.",
            "counts": "these are counts of right answers; divide by how many samples the class has.",
            "errors": "these are shares of wrong answers.",
            "columns": "the largest logit is looked for down each column; look along each row.",
        },
    ),
    Task(
        "best_network",
        observe=observe_best_network,
        after="train_several_layers",
        seconds=120.0,
        hints=(
            "More data is the strongest means: copies of the training pictures, moved by half a pixel to each side. "
            "With them goes a wider layer with dropout.",
            "`np.roll(pictures, 1, axis=2)` moves pictures of shape (n, 8, 8) by one pixel to the right; the mean of "
            "both is moved by half a pixel.",
        ),
        mistakes={
            "several_layers": "about as good as several plain layers, not better; what did lesson 06 do against a gap?",
            "too_short": "below your several layers: it is hardly trained, or too small.",
            "softmax": "the network ends with softmax; leave it out.",
            **TRAINED,
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="c",
        because={
            "a": "One flower is 3 % of 30, so 29 and 30 right differ by a single flower.",
            "b": "The seed changed nothing about the network's idea; it changed which 30 flowers are asked about.",
            "c": "In section 4 the same network got from 0.87 to 1 on different test parts.",
        },
    ),
    Quiz(
        "quiz_2",
        right="a",
        because={
            "a": "Mean and deviation then carry news of the test samples into training.",
            "b": "The numbers differ: those of all samples are not those of the training part.",
            "c": "The order of operations stays; what is wrong is whose mean it is.",
        },
    ),
    Quiz(
        "quiz_3",
        right="b",
        because={
            "a": "It is the same class of functions; nothing becomes worse either.",
            "b": "A weighted sum of weighted sums is a weighted sum.",
            "c": "A straight boundary stays straight, however many such layers there are.",
        },
    ),
    Quiz(
        "quiz_4",
        right="b",
        because={
            "a": "Then the losses would be equal, not one near ln 10.",
            "b": "Probabilities lie between 0 and 1, so softmax of them is nearly even: for 10 classes at best 1.46.",
            "c": "A wrong label format raises an error or gives quite other numbers.",
        },
    ),
    Quiz(
        "quiz_5",
        right="a",
        because={
            "a": "Each look at the test part is a choice; after 20 of them the best number is partly luck.",
            "b": "Nobody trained on it, and still it had a say.",
            "c": "A larger validation part helps to choose, but the test part was used up all the same.",
        },
    ),
    Quiz(
        "quiz_6",
        right="c",
        because={
            "a": "It cannot be: an accuracy on the training part says nothing about new digits.",
            "b": "Both numbers are accuracies, of other pictures.",
            "c": "The gap between the two is what overfitting means; the second number is the one to report.",
        },
    ),
)

STAGES = (
    Stage("split_parts", "Split without overlap", 2, "Split the flowers into three parts: stage 1."),
    Stage("scale_parts", "Scale without a leak", 2, "Scale by the training part alone: stage 2."),
    Stage("cross_validate", "Cross-validate", 3, "Let every flower be held back once: stage 3."),
    Stage("train_network", "Train and keep both curves", 3, "Write the training once, for all networks: stage 4."),
    Stage("train_one_layer", "One layer", 2, f"Reach {ONE_LAYER:.2f} with one layer on withheld digits: stage 5."),
    Stage("weight_images", "Weights as pictures", 1, "Look at what one layer has learned: stage 6."),
    Stage("train_several_layers", "Several layers", 2, f"Reach {SEVERAL_LAYERS:.2f} with several layers: stage 7."),
    Stage("choose_and_test", "Choose, then test once", 3, "Choose by validation, report by test: stage 8."),
    Stage("worst_mistakes", "The worst mistakes", 2, "Look at the ten worst mistakes: stage 9."),
    Stage("overfit_on_purpose", "Overfit on purpose", 2, "Open a gap between the curves: stage 10."),
    Stage("stop_early", "First cure: stop early", 3, "Go back to the best weights: stage 11."),
    Stage("hold_back", "Second cure", 3, "Cure it with another means of lesson 06: stage 12."),
    Stage("class_recalls", "Read the other framework", 2, "Translate the recalls: stage 13."),
    Stage("best_network", "Your best network", 4, f"Reach {BEST:g} on withheld digits: stage 14."),
)
