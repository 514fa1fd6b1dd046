"""Tasks of 04_high_level: what is tried, the hints, and a sentence for each typical mistake."""

import inspect

import numpy as np

from utils import data
from utils.check import Quiz, Task


def _weights(network, answer):
    """The network's parameters, first layer first; a Keras network without weights yet is refused with one sentence."""
    if answer.framework == "pytorch":
        return list(network.parameters())
    if not hasattr(network, "built"):
        raise TypeError("this is no Keras network.")
    if not network.built:
        raise ValueError("the network does not know its number of inputs yet; begin it with keras.Input((...,)).")
    return network.weights


def _fill(network, answer, seed):
    """Give a network fixed weights, the same in both frameworks, and switch dropout off."""
    generator = np.random.default_rng(seed)
    for weight in _weights(network, answer):
        if answer.framework == "pytorch":  # PyTorch keeps the weights transposed
            weight.data.copy_(answer.tensor(generator.normal(size=tuple(weight.shape)[::-1]).T))
        else:
            weight.assign(generator.normal(size=weight.shape))
    if answer.framework == "pytorch":
        network.eval()


def _layers(network, answer):
    """The layers with weights, as text: "3 to 5, 5 to 4"."""
    layers = []
    for weight in _weights(network, answer):
        shape = tuple(weight.shape)
        if len(shape) == 2:
            inputs, outputs = shape[::-1] if answer.framework == "pytorch" else shape
            layers.append(f"{inputs} to {outputs} without biases")
        elif len(shape) == 1 and layers:
            layers[-1] = layers[-1].removesuffix(" without biases")
        elif "another layer" not in layers[-1:]:
            layers.append("another layer")
    return ", ".join(layers)


def _dropouts(network, answer):
    parts = network.modules() if answer.framework == "pytorch" else network.layers
    return [part for part in parts if type(part).__name__ == "Dropout"]


def _batch(seed, samples=6, columns=3, classes=4):
    generator = np.random.default_rng(seed)
    return generator.normal(size=(samples, columns)), generator.integers(0, classes, samples)


def observe_parameter_count(answer, seed):
    yield "the sizes [3, 2]", answer([3, 2])
    yield "the sizes [64, 128, 10]", answer([64, 128, 10])
    yield "the sizes [2, 7, 5, 3, 1]", answer([2, 7, 5, 3, 1])


def observe_accuracy(answer, seed):
    # Chosen so that the typical mistakes give different shares; as many classes as pictures, so that columns count too.
    logits = np.random.default_rng(20).permutation(49).reshape(7, 7) / 8
    yield "7 pictures, 4 of them right", answer(logits, np.array([3, 1, 6, 2, 4, 6, 2]))
    yield "7 pictures, all wrong", answer(logits, (logits.argmax(axis=1) + 1) % 7)
    logits, labels = _batch(seed, samples=40, columns=5, classes=5)
    yield "40 pictures of 5 classes", answer(logits, labels)


def observe_build_network(answer, seed):
    yield from _observe_network(answer, "3 inputs, 5 hidden units and 4 classes", 3, (3, 5, 4), seed)


def _observe_network(answer, tried, inputs, sizes, seed):
    network = answer(*sizes)
    if network is None:
        yield f"the layers of a network with {tried}", None
        return
    yield f"the layers of a network with {tried}", _layers(network, answer)
    _fill(network, answer, seed)
    features, _ = _batch(seed, columns=inputs)
    yield "the logits of 6 samples, with weights that the check puts in", network(answer.tensor(features))
    dropouts = _dropouts(network, answer)
    yield "the shares of its dropout layers", [getattr(part, "p", getattr(part, "rate", None)) for part in dropouts]
    if not dropouts:
        return
    for part in dropouts:
        setattr(part, "p" if answer.framework == "pytorch" else "rate", 1 - 1e-9)
    if answer.framework == "pytorch":
        logits = network.train()(answer.tensor(features))
    else:
        logits = network(answer.tensor(features), training=True)
    yield "the logits of 6 samples while the dropout sets all values to 0", logits


def observe_trainable_network(answer, seed):
    from torch import nn

    network = nn.Sequential(nn.Linear(3, 4))
    _fill(network, answer, seed)
    module, logged = answer(network), {}
    module.log = lambda name, value, *_, **__: logged.update({name: value})
    module.log_dict = lambda values, *_, **__: logged.update(values)
    features, labels = _batch(seed)
    batch = answer.tensor(features), answer.tensor(labels)
    yield "the loss of a batch of 6", _training_step(module, batch)
    yield "the names that are logged", ", ".join(map(str, logged))
    yield "the number that is logged", next(iter(logged.values()))
    optimizer = module.configure_optimizers()
    if isinstance(optimizer, list | tuple):
        optimizer = optimizer[0]
    if isinstance(optimizer, dict):
        optimizer = optimizer["optimizer"]
    yield "the kind of the optimizer", type(optimizer).__name__
    yield "the learning rate of the optimizer", float(optimizer.param_groups[0]["lr"])
    for _ in range(3):
        optimizer.zero_grad()
        _training_step(module, batch).backward()
        optimizer.step()
    yield "the weights after 3 steps", network[0].weight


def _training_step(module, batch):
    """The loss, as Lightning's Trainer gets it: batch_idx may be left out, and a dict may hold the loss."""
    try:
        inspect.signature(module.training_step).bind(batch, 0)
    except TypeError:
        result = module.training_step(batch)
    else:
        result = module.training_step(batch, 0)
    return result.get("loss") if isinstance(result, dict) else result


def observe_make_trainable(answer, seed):
    import keras

    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
    _fill(network, answer, seed)
    network = answer(network)
    network.run_eagerly = True  # three steps are not worth compiling
    features, labels = _batch(seed)
    results = network.train_on_batch(features, labels, return_dict=True)
    yield "the loss of a batch of 6", results.pop("loss")
    yield "the metrics of a batch of 6", list(results.values())
    yield "the kind of the optimizer", type(network.optimizer).__name__
    yield "the learning rate of the optimizer", float(network.optimizer.learning_rate)
    for _ in range(2):
        network.train_on_batch(features, labels)
    yield "the weights after 3 steps", network.weights[0]


def observe_early_stopping_epochs(answer, seed):
    def pair(losses, patience):
        result = answer(losses, patience)
        return tuple(result) if isinstance(result, list) else result

    yield "the losses 5, 4, 3, 4, 5, 6, 7 and patience 2", pair([5.0, 4.0, 3.0, 4.0, 5.0, 6.0, 7.0], 2)
    yield "the losses 5, 4, 6, 3, 5, 4, 4 and patience 2", pair([5.0, 4.0, 6.0, 3.0, 5.0, 4.0, 4.0], 2)
    yield "the losses 5, 3, 4, 4, 2, 1 and patience 2", pair([5.0, 3.0, 4.0, 4.0, 2.0, 1.0], 2)
    yield "the losses 3, 2, 1, 2 and patience 2", pair([3.0, 2.0, 1.0, 2.0], 2)
    yield "the losses 2, 1, 1, 1, 1, 1 and patience 3", pair([2.0, 1.0, 1.0, 1.0, 1.0, 1.0], 3)


def observe_translate_network(answer, seed):
    yield from _observe_network(answer, "4 inputs, 16 hidden units and 3 outputs", 4, (), seed)


def observe_train_classifier(answer, seed):
    training, new = (data.moons(samples, noise=0.15, seed=seed + 10 * samples) for samples in (400, 1000))
    network = answer(*training)
    if network is None:
        yield "the logits of 1000 new points", None
        return
    if hasattr(network, "eval"):
        network.eval()
    logits = network(answer.tensor(new.features))
    logits = np.asarray(logits.detach().cpu() if hasattr(logits, "detach") else logits)
    yield "the logits of 1000 new points (zeros stand for any)", np.zeros(logits.shape)
    accuracy = float(np.mean(logits.argmax(axis=1) == new.labels))
    yield "the accuracy on 1000 new points is at least 0.80", accuracy >= 0.80
    yield "the boundary bends", _bends(new.features, logits)
    yield "the accuracy on 1000 new points is at least 0.95", accuracy >= 0.95


def _bends(points, logits):
    """Whether the difference of two logits is anything but a weighted sum of the coordinates."""
    difference = logits[:, 1] - logits[:, 0]
    columns = np.column_stack([points, np.ones(len(points))])
    rest = difference - columns @ np.linalg.lstsq(columns, difference, rcond=None)[0]
    return bool(np.std(rest) > 1e-3 * np.std(difference))


TASKS = (
    Task(
        "parameter_count",
        observe=observe_parameter_count,
        hints=(
            "Take the layers one after the other: a fully connected layer goes from one size in the list to the next.",
            "A layer from n to m values has n * m weights and m biases; `zip(sizes[:-1], sizes[1:])` gives the pairs.",
        ),
        mistakes={
            "no_bias": "the biases are missing: each output of a layer has one.",
            "input_bias": "the inputs have no biases; only what a layer computes has one each.",
            "one_bias": "a layer has one bias for each of its outputs, not one for the whole layer.",
            "bias_per_input": "a layer has a bias for each of its outputs; you count one for each of its inputs.",
            "product": "all sizes are multiplied; only neighbouring layers are connected, and their counts add up.",
            "first_layer": "only the first layer is counted; go on through the list.",
            "last_layer": "only the last layer is counted: add each layer's number to those before it.",
        },
    ),
    Task(
        "accuracy",
        observe=observe_accuracy,
        hints=(
            "A picture's answer is the place of its largest logit; compare it with the label, then take the mean.",
            {
                "pytorch": "`logits.argmax(dim=1)` gives the answers; booleans become numbers with `.float()`.",
                "tensorflow": "`tf.argmax(logits, axis=1)` gives the answers; "
                "`tf.cast(..., tf.float32)` makes numbers of booleans.",
            },
        ),
        mistakes={
            "columns": "the largest logit is looked for down each column; look along each row, a picture's logits.",
            "count": "this is the number of right answers; accuracy is their share.",
            "by_classes": "you divide by the number of classes; divide by the number of pictures.",
            "errors": "this is the share of wrong answers.",
            "smallest": "you take the place of the smallest logit; the largest one names the class.",
            "whole": "you take the largest of all logits; look for the largest in each row, a picture's logits.",
            "integers": {"tensorflow": "the mean of integers is cut off to an integer; cast to tf.float32 instead."},
            "per_picture": "there is one value for each picture; accuracy is one number, their mean.",
            "largest": "the label is compared with values; the place of the largest logit names the class.",
            "booleans": "booleans have no mean: turn them into floating-point numbers first.",
            "percent": "this is a percentage; here accuracy runs from 0 to 1.",
        },
    ),
    Task(
        "build_network",
        observe=observe_build_network,
        hints=(
            "Two fully connected layers with a ReLU between them; after the last one comes nothing.",
            {
                "pytorch": "The layers are nn.Linear(inputs, hidden), nn.ReLU() and nn.Linear(hidden, classes).",
                "tensorflow": "The layers are keras.Input((inputs,)), layers.Dense(hidden, activation=...) and "
                "layers.Dense(classes).",
            },
        ),
        mistakes={
            "softmax": "the network ends with softmax and gives probabilities; leave it out, the logits are wanted.",
            "no_relu": "the ReLU is missing: two fully connected layers in a row can do no more than one.",
            "relu_at_end": "a ReLU after the last layer cuts off the negative logits; leave it out.",
            "sigmoid": "the hidden layer has a sigmoid; a ReLU is asked for.",
            "no_hidden": "the hidden layer is missing: the inputs go right to the logits.",
            "one_output": "the network has one output; one logit for each class is wanted.",
            "two_hidden": "there are two hidden layers; one is asked for.",
            "fixed": "sizes are written into the layers as numbers; take inputs, hidden and classes.",
            "fixed_classes": "the last layer has always ten outputs; it needs one for each of the classes.",
            "reversed": {
                "pytorch": "nn.Linear takes first its number of inputs, then that of its outputs; yours are swapped.",
                "tensorflow": "hidden and classes are swapped: the last layer gives one logit for each class.",
            },
            "dropout": "there is a dropout layer; this network is asked for without one.",
            "brackets": {
                "pytorch": "nn.Sequential takes the layers one after the other, without a list around them.",
                "tensorflow": "keras.Sequential takes one list of layers: put square brackets around them.",
            },
            "class": {"pytorch": "nn.ReLU is a class; a layer is an object of it: nn.ReLU(), with parentheses."},
            "no_input": {
                "tensorflow": "the network does not know its number of inputs: begin it with keras.Input((inputs,)).",
            },
        },
    ),
    Task(
        "TrainableNetwork",
        only="pytorch",
        observe=observe_trainable_network,
        hints=(
            "A batch is a pair, features and labels. self.network(features) gives the logits, which the loss takes.",
            "nn.functional.cross_entropy(logits, labels) is the loss; torch.optim.Adam(self.parameters(), lr=...) the "
            "optimizer.",
        ),
        mistakes={
            "softmax": "softmax is applied twice: cross_entropy does it itself, so give it the logits.",
            "not_returned": "training_step returns nothing, so the Trainer has no loss to lower; return the loss.",
            "item": "training_step returns a plain number, which has no gradient; return the loss tensor itself.",
            "steps_itself": "training_step calls backward itself; the Trainer does that, so return the loss only.",
            "not_logged": 'the loss is not logged: add self.log("training_loss", loss).',
            "other_name": 'the loss is logged under another name; it should be "training_loss".',
            "swapped": "cross_entropy takes the logits first, then the labels.",
            "no_forward": "this class has no forward, so self(features) cannot work: call self.network(features).",
            "loss_class": "nn.CrossEntropyLoss is a class: make an object of it first, or call "
            "nn.functional.cross_entropy.",
            "total": "this is the sum of the losses of a batch; leave out reduction to get their mean.",
            "nll": "nll_loss expects logarithms of probabilities; cross_entropy takes the logits.",
            "detached": "the loss that is returned has no gradient any more; return it without detach.",
            "no_optimizer": "configure_optimizers returns nothing; return the optimizer.",
            "adamw": "AdamW also makes the weights smaller in each step; Adam is asked for.",
            "other_network": "the optimizer does not change the weights of this network; give it self.parameters().",
            "squared_error": "this is a squared error on the probabilities; for classes take the cross-entropy.",
            "default_rate": "Adam runs with its default learning rate, 0.001; pass lr=0.01.",
            "sgd": "the optimizer is plain SGD; Adam is asked for.",
        },
    ),
    Task(
        "make_trainable",
        only="tensorflow",
        observe=observe_make_trainable,
        hints=(
            "Call network.compile with the three named arguments optimizer, loss and metrics, then return the network.",
            "The labels are class numbers and the outputs logits: "
            "keras.losses.SparseCategoricalCrossentropy(from_logits=True).",
        ),
        mistakes={
            "probabilities": "the loss takes the outputs for probabilities; they are logits: from_logits=True.",
            "one_hot": "this loss expects a row of zeros and ones for each label; class numbers need the sparse one.",
            "squared_error": "the loss is a squared error; for classes take the cross-entropy.",
            "no_optimizer": "no optimizer is given, and Keras takes one of its own; Adam is asked for.",
            "label_metric": 'keras.metrics.Accuracy compares class numbers, not logits; write metrics=["accuracy"].',
            "positional": "the third argument in order is loss_weights, not metrics; write metrics=[...].",
            "no_metrics": 'no metric is asked for: add metrics=["accuracy"].',
            "not_returned": "compile returns nothing; return the network itself.",
            "default_rate": "Adam runs with its default learning rate, 0.001; use keras.optimizers.Adam(0.01).",
            "sgd": "the optimizer is plain SGD; Adam is asked for.",
        },
    ),
    Task(
        "early_stopping_epochs",
        observe=observe_early_stopping_epochs,
        hints=(
            "Go through the losses and remember the lowest one so far with its epoch.",
            "When a loss is not below the lowest, look how many epochs have passed since the best one.",
            "Stop when epoch - best_epoch reaches the patience; otherwise the last epoch is that of the list's end.",
        ),
        mistakes={
            "from_zero": "the epochs are counted from 0; here the first epoch is 1.",
            "one_late": "the training goes on for one epoch too many: it ends when `patience` epochs did not improve.",
            "total": "the epochs without improvement are added up over the whole training; "
            "a new lowest loss starts the count anew.",
            "previous": "each loss is compared with the one before; compare it with the lowest one so far.",
            "ties": "an equal loss is no improvement: the loss must fall below the lowest one.",
            "never_stops": "the training never stops early: the patience is not used.",
            "looks_ahead": "the lowest loss of the whole list is taken, even if the training has ended before it.",
            "no_end": "nothing is returned when the list ends before the patience is used up.",
            "counted_back": "last epoch minus patience is not the best epoch when the list ends first.",
            "last_too_small": "the last epoch is one too small: is it counted from 0, "
            "or does the training end one epoch too early?",
            "low_start": "the lowest loss starts so low that no loss is below it; start with infinity.",
            "highest": "this looks for the highest loss; the best epoch has the lowest one.",
            "swapped": "the two numbers are swapped: first the best epoch, then the last one.",
            "loss": "the first number is the lowest loss; its epoch is asked for.",
        },
    ),
    Task(
        "translate_network",
        translate=True,
        observe=observe_translate_network,
        hints=(
            {
                "pytorch": 'Use the table in the section "The same in PyTorch", line by line.',
                "tensorflow": 'Use the table in the section "The same in TensorFlow", line by line.',
            },
            {
                "pytorch": "In PyTorch the activation is a layer, nn.Tanh(), and nn.Linear is told its inputs and "
                "outputs.",
                "tensorflow": 'In Keras the activation is an argument, layers.Dense(16, activation="tanh"), and '
                "keras.Input((4,)) comes first.",
            },
        ),
        mistakes={
            "relu": "the activation is ReLU; the given network has tanh.",
            "no_activation": "the tanh is missing.",
            "softmax": "the network ends with softmax; the given one ends with logits.",
            "tanh_at_end": "there is a tanh after the last layer too; the given network ends with logits.",
            "no_dropout": "the dropout is missing.",
            "dropout_place": "the dropout stands in another place; it belongs between the tanh and the last layer.",
            "brackets": {
                "pytorch": "nn.Sequential takes the layers one after the other, without a list around them.",
                "tensorflow": "keras.Sequential takes one list of layers: put square brackets around them.",
            },
            "no_input": {
                "tensorflow": "the network does not know its number of inputs: begin it with keras.Input((4,)).",
            },
            "share_kept": "dropout's number is the share that is set to 0, in both frameworks: 0.2, not 0.8.",
        },
    ),
    Task(
        "train_classifier",
        observe=observe_train_classifier,
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
            "one_logit": "the network has one logit; this task asks for two, one for each class.",
            "classes": "you return the classes; return the network that gives the logits.",
            "untrained": "the accuracy is far from 0.95: has the network been trained, and for long enough?",
            "no_hidden": "better than guessing, but not 0.95. Without a hidden layer and ReLU "
            "the boundary is a straight line.",
            "too_short": "better than guessing, but not 0.95. Train for more epochs, in smaller batches or "
            "with a larger learning rate, and give the loss logits.",
            "fit_result": {
                "pytorch": "nothing is returned (trainer.fit gives nothing back); return the network or the module.",
                "tensorflow": "this is the History that fit returns; return the network itself.",
            },
            "no_loader": {
                "pytorch": "the Trainer needs batches: give it a DataLoader over TensorDataset(points, targets).",
            },
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="b",
        because={
            "a": "It cannot see that: both are numbers. It would compute a wrong loss without a word.",
            "b": {
                "pytorch": "cross_entropy always expects logits; other losses, such as nll_loss, do not.",
                "tensorflow": "That is from_logits=True; its default is False.",
            },
            "c": "Then the loss would have to be told that it gets probabilities; logits are more exact.",
        },
    ),
    Quiz(
        "quiz_2",
        right="a",
        because={
            "a": "Three epochs are fewer than the patience; a new lowest loss would set the count back to 0.",
            "b": "A loss goes up and down a little; the patience is there to wait such times out.",
            "c": "The patience counts epochs since the best one, not from the start.",
        },
    ),
    Quiz(
        "quiz_3",
        right="b",
        because={
            "a": "Look at the dropout first: the training loss is measured while values are set to 0.",
            "b": "The validation loss is measured with the whole network, so it may be lower.",
            "c": "An overfitted network shows the opposite: a training loss far below the validation loss.",
        },
    ),
    Quiz(
        "quiz_4",
        right="c",
        because={
            "a": "Then the validation and test pictures would have a say in the network, and be no longer unseen.",
            "b": "Then the same ink would be a different number in each part.",
            "c": "So validation and test pictures are treated as new pictures will be.",
        },
    ),
    Quiz(
        "quiz_5",
        right="a",
        because={
            "a": "The highest of ten numbers is partly luck. Choose on the validation part, then test once.",
            "b": "Not trained on it, but chosen by it: that is enough to make the number too good.",
            "c": "Choosing the highest number makes it too high, if anything.",
        },
    ),
    Quiz(
        "quiz_6",
        right="b",
        because={
            "a": {
                "pytorch": "You only return the loss; calling them yourself would be doing it twice.",
                "tensorflow": "After fit the training is over. Lesson 05 shows such a loop of your own.",
            },
            "b": {
                "pytorch": "That is why training_step must return the loss.",
                "tensorflow": "For each batch: logits, loss, gradient, step.",
            },
            "c": {
                "pytorch": "It only hands over the optimizer.",
                "tensorflow": "It only notes what to learn; nothing is computed yet.",
            },
        },
    ),
)
