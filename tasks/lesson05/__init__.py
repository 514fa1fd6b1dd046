"""Tasks of 05_mixing: what is tried, the hints, and a sentence for each typical mistake; shared by both frameworks."""

import numpy as np

from utils import data
from utils.check import Quiz, Task
from utils.data import as_numpy


class ScaleLayer:
    """The starter cell's class, with nothing in it yet."""


STARTERS = {"ScaleLayer": ScaleLayer}


def parameters_of(layer, framework):
    """The trainable parameters of a layer or network as NumPy arrays."""
    if framework == "pytorch":
        return [parameter.detach().cpu().numpy().copy() for parameter in layer.parameters()]
    return [np.array(variable) for variable in layer.trainable_variables]


def counts_of(layer, framework):
    """How many numbers a layer's trainable parameters hold, and how many all of them."""
    if framework == "pytorch":
        parameters = list(layer.parameters())
        trainable = [parameter for parameter in parameters if parameter.requires_grad]
        return np.array([sum(parameter.numel() for parameter in kind) for kind in (trainable, parameters)])
    kinds = (layer.trainable_variables, layer.variables)
    return np.array([sum(int(np.prod(variable.shape)) for variable in kind) for kind in kinds])


def reached(layer, features, framework):
    """Whether a gradient of the layer's output reaches all of its parameters."""
    if framework == "pytorch":
        output = layer(features)
        if not output.requires_grad:
            return False
        output.sum().backward()
        return all(parameter.grad is not None for parameter in layer.parameters())
    import tensorflow as tf

    with tf.GradientTape() as tape:
        output = tf.reduce_sum(layer(features))
    return all(gradient is not None for gradient in tape.gradient(output, layer.trainable_variables))


def assign(layer, framework, **values):
    """Write new values into the named parameters of a layer."""
    for name, array in values.items():
        if framework == "pytorch":
            getattr(layer, name).data = array
        else:
            getattr(layer, name).assign(array)


def observe_scale_layer(answer, seed):
    features = np.random.default_rng(seed).normal(size=(2, 3))
    layer = answer(3)
    yield "the output of a new layer of size 3", layer(answer.tensor(features))
    yield "how many numbers its trainable parameters hold, and all of them", counts_of(layer, answer.framework)
    scale, shift = answer.tensor(np.array([2.0, 3.0, 4.0])), answer.tensor(np.array([10.0, 20.0, 30.0]))
    assign(layer, answer.framework, scale=scale, shift=shift)
    yield "the output with scale (2, 3, 4) and shift (10, 20, 30)", layer(answer.tensor(features))
    yield "a gradient of the output reaches scale and shift", reached(layer, answer.tensor(features), answer.framework)


def observe_clip_each(answer, seed):
    def tried(*gradients, limit):
        return answer([answer.tensor(gradient) for gradient in gradients], limit)

    generator = np.random.default_rng(seed)
    three = (np.array([0.3, 0.4]), np.array([3.0, 4.0]), np.array([0.6, 0.0]))
    yield "(0.3, 0.4), (3, 4) and (0.6, 0), limit 2", tried(*three, limit=2.0)
    yield (
        "tensors of shapes (2, 3) and (3,), limit 0.5",
        tried(generator.normal(size=(2, 3)), generator.normal(size=3), limit=0.5),
    )
    yield "a gradient of zeros, limit 1", tried(np.zeros(3), np.array([5.0, 0.0]), limit=1.0)


def small_network(framework, generator):
    """A network of ready-made layers with given weights."""
    weights = [generator.normal(size=shape).astype(np.float32) for shape in ((2, 4), (4,), (4, 1), (1,))]
    if framework == "pytorch":
        import torch

        network = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
        for parameter, array in zip(network.parameters(), weights, strict=True):
            parameter.data = torch.tensor(array.T.copy())
        return network
    import keras

    layers = [keras.Input((2,)), keras.layers.Dense(4, activation="tanh"), keras.layers.Dense(1)]
    network = keras.Sequential(layers)
    network.set_weights(weights)
    return network


def observe_loop_losses(answer, seed):
    def trained(rate):
        generator = np.random.default_rng(seed)
        network = small_network(answer.framework, generator)
        before = parameters_of(network, answer.framework)
        features = [generator.normal(size=(5, 2)) for _ in range(4)]
        batches = [(answer.tensor(part), answer.tensor((part[:, :1] > 0).astype(np.float32))) for part in features]
        losses = answer(network, batches, rate)
        return losses, before, parameters_of(network, answer.framework)

    losses, before, after = trained(0.5)
    yield "the kind of result", losses if losses is None else kind_of(losses)
    yield "there are no more losses than batches", len(losses) <= 4
    yield "each loss is a single number", all(np.ndim(as_numpy(loss)) == 0 for loss in losses)
    yield "the weights of `network` change", not alike(before, after)
    other_losses, _, other_after = trained(0.2)
    yield "another learning rate leads to other weights", not alike(after, other_after)
    yield "the losses of 4 batches, learning rate 0.5", numbers(losses)
    yield "the losses of 4 batches, learning rate 0.2", numbers(other_losses)
    ordered = sorted(after, key=np.size)
    yield "the squared norms of the weights afterwards", np.array([np.square(array).sum() for array in ordered])


def kind_of(losses):
    """What was returned: a list, one number, or something else."""
    if isinstance(losses, list):
        return "list"
    return "one number" if np.ndim(as_numpy(losses)) == 0 else "no list"


def numbers(losses):
    return np.array([float(as_numpy(loss)) for loss in losses])


def alike(arrays, others):
    return all(np.array_equal(one, other) for one, other in zip(arrays, others, strict=True))


def gradient_through(answer, values, factors):
    """The gradient of sum(factors * answer(values)) by values."""
    variable, factors = answer.variable(values), answer.tensor(factors)
    if answer.framework == "pytorch":
        result = (factors * answer(variable)).sum()
        if not result.requires_grad:
            return None
        result.backward()
        return variable.grad
    import tensorflow as tf

    with tf.GradientTape() as tape:
        result = tf.reduce_sum(factors * answer(variable))
    return tape.gradient(result, variable)


def observe_round_through(answer, seed):
    values = np.array([0.2, 0.7, -1.4, -2.6])
    yield "the values 0.2, 0.7, -1.4 and -2.6", answer(values)
    yield "the gradient of the sum of the results", gradient_through(answer, values, np.ones(4))
    factors = np.array([3.0, -0.3, 0.5, 10.2])
    yield "the gradient of 3·r0 - 0.3·r1 + 0.5·r2 + 10.2·r3", gradient_through(answer, values, factors)
    yield "values of shape (2, 2)", answer(np.random.default_rng(seed).uniform(-5, 5, size=(2, 2)))


def observe_two_rates(answer, seed):
    one = np.array([[1.0]])
    yield "one point: feature 1, target 3, weight 1, offset 0", answer(one, 3 * one, one, np.array([0.0]))
    generator = np.random.default_rng(seed)
    features, targets, weights = (generator.normal(size=shape) for shape in ((6, 2), (6, 1), (2, 1)))
    yield "6 points with 2 features", answer(features, targets, weights, np.array([0.5]))


def observe_fit_moons(answer, seed):
    train, _, held_out = data.standardise(
        data.split(*data.moons(samples=1000, noise=0.15, seed=seed), validation=0.0, test=0.4, seed=seed)
    )
    network = answer(train.features, train.labels[:, None].astype(np.float32))
    yield "what comes back takes features", callable(network)
    outputs = network(answer.tensor(held_out.features))
    yield "the shape of the logits of 400 points", np.array(outputs.shape)
    logits = outputs.detach().cpu().numpy() if answer.framework == "pytorch" else outputs.numpy()
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    parameters = sum(array.size for array in parameters_of(network, answer.framework))
    yield "the network has at most 50 parameters", bool(parameters <= 50)
    all_equal = np.ptp(logits) == 0  # such as the zeros of an untrained network
    yield "some logits are below 0 or above 1", bool(((logits < 0) | (logits > 1)).any() or all_equal)
    accuracy, at_one_half = (np.mean((logits[:, 0] > boundary) == held_out.labels) for boundary in (0, 0.5))
    shifted = accuracy < 0.95 and at_one_half > max(accuracy + 0.02, 0.9)
    yield "the boundary at logit 0 is better than one at 0.5", not shifted
    yield "accuracy on the 400 held-out points is at least 0.75", bool(accuracy >= 0.75)
    yield "accuracy on the 400 held-out points is at least 0.95", bool(accuracy >= 0.95)


TASKS = (
    Task(
        "ScaleLayer",
        observe=observe_scale_layer,
        hints=(
            "Take RadialLayer of section 2 as your pattern: what does it do before it sets its parameters?",
            {
                "pytorch": "In `__init__`: super().__init__(), then self.scale = nn.Parameter(torch.ones(size)), and "
                "self.shift likewise. In `forward`: the formula.",
                "tensorflow": "In `__init__`: super().__init__(), then self.scale = self.add_weight(shape=(size,), "
                'initializer="ones"), and self.shift likewise. In `call`: the formula.',
            },
        ),
        mistakes={
            "unregistered": {
                "pytorch": "the output is right, but the layer reports no parameters: set each on self as an "
                "nn.Parameter, not as a plain tensor and not in a list.",
                "tensorflow": "the output is right, but the layer reports no parameters: make them with add_weight.",
            },
            "frozen": {
                "pytorch": "the layer has its parameters, but none is trainable: leave out requires_grad=False.",
                "tensorflow": "the layer has its weights, but none is trainable: leave out trainable=False.",
            },
            "no_super": {
                "pytorch": "call super().__init__() first; without it a module cannot hold parameters.",
                "tensorflow": "call super().__init__() first; without it a layer cannot hold weights.",
            },
            "zeros": "the scale starts at 0, so every output is the shift alone; it should start at 1.",
            "one_vector": {
                "pytorch": "the layer reports one parameter vector only: scale and shift are both to be nn.Parameters.",
                "tensorflow": "the layer reports one weight vector only: scale and shift each take an add_weight.",
            },
            "one_number": "scale and shift are one number each; each of the `size` columns should have its own.",
            "shift_first": "the shift is added before scaling, so it is scaled too; multiply first.",
            "swapped": "every output of a new layer is 1, whatever the features: are scale and shift swapped, in the "
            "formula or in their starts?",
            "unused": "the output stays the same when scale and shift change: make them in `__init__`, and use them "
            "in the formula.",
            "cut_off": {
                "pytorch": "the output is right, but no gradient reaches scale and shift: use them in the formula "
                "as they are, without .data or detach().",
                "tensorflow": "the output is right, but no gradient reaches scale and shift: use them in the formula "
                "as they are, without .numpy() or stop_gradient.",
            },
            "no_call": {"tensorflow": "the layer has no method `call`: Keras runs the method of that name."},
        },
    ),
    Task(
        "clip_each",
        observe=observe_clip_each,
        hints=(
            "Work on one tensor at a time: its norm, then its factor, then the product.",
            "The factor is limit / norm where that is below 1, and 1 otherwise.",
        ),
        mistakes={
            "joint": "all tensors share one norm, as in section 6; here each tensor has a norm of its own.",
            "entries": "you cut single entries at the limit, which turns the gradient; scale the whole tensor instead.",
            "always": "a tensor that is within the limit is changed too; the factor should never be above 1.",
            "unit": "the tensor is scaled to norm 1 whatever the limit is; divide by the norm, multiply by the limit.",
            "sum_of_sizes": "you sum up the sizes of the entries; the norm is the root of the sum of the squares.",
            "squared": "you use the squared norm; take its square root.",
            "zero": "a gradient of zeros has norm 0, and 0 / 0 is nan; such a gradient should stay as it is.",
            "first_only": "only one tensor comes back; return a list with every one of them.",
            "return_inside": "the list holds the first tensor only: does the `return` stand inside the loop?",
            "last_only": "the list holds the last tensor only: start it before the loop, and append to it.",
            "dropped": "a tensor that is within the limit is missing in the list; it belongs there too, as it is.",
            "unchanged": "all tensors come back as they are: does the list hold the scaled ones?",
            "at_least_one": "the factor is never below 1, so large tensors stay large and small ones grow; "
            "keep it at 1 or below.",
            "upside_down": "norm and limit are swapped in the factor; it is limit / norm.",
            "by_row": "each row is scaled by a norm of its own; the norm of a tensor is taken over all of its entries.",
            "mean": "you take the mean of the squares; the norm is the root of their sum.",
        },
    ),
    Task(
        "loop_losses",
        observe=observe_loop_losses,
        hints=(
            "A step has four parts: logits and loss, gradients, update, and a note of the loss.",
            {
                "pytorch": "nn.functional.binary_cross_entropy_with_logits, zero_grad, backward, step, loss.item().",
                "tensorflow": "Loss inside the tape (keras.losses.BinaryCrossentropy(from_logits=True), labels first), "
                "then tape.gradient by network.trainable_variables, and optimizer.apply.",
            },
        ),
        mistakes={
            "accumulated": {
                "pytorch": "the gradients of the batches add up; clear them (zero_grad) before each backward.",
            },
            "no_step": {
                "pytorch": "the weights of `network` never change: its own parameters take zero_grad, backward and "
                "step, in this order.",
                "tensorflow": "the weights of `network` never change: take the gradient by its trainable_variables, "
                "then apply it to them.",
            },
            "after_step": "each loss is computed after its step; note the loss that the gradient was taken of.",
            "uphill": "the loss grows: the step should go against the gradient.",
            "sum": "the loss is summed over the points of a batch; take the mean.",
            "running_mean": "you return the mean of all losses so far; return each batch's own loss.",
            "probabilities": "the sigmoid is applied twice: once by you and once in the loss, which takes logits.",
            "swapped": "logits and labels are swapped in the call of the loss function.",
            "total": "you return one number; a list with the loss of each batch is wanted.",
            "no_list": "you return the losses in an array, a tensor or a tuple; a list is wanted.",
            "first_batch": "the list holds the first loss only: does the `return` stand inside the loop?",
            "last_batch": "the list holds the last loss only: does the `append` stand after the loop?",
            "epochs": "there are more losses than batches: go through the batches once.",
            "per_point": {
                "tensorflow": "an entry of your list is an array or a list, not one number; where it holds one loss a "
                "point, take their mean, inside the tape.",
            },
            "raw_logits": {
                "tensorflow": "the loss takes your logits for probabilities: say from_logits=True.",
            },
            "squared_error": "the loss is the mean squared error; the binary cross-entropy of the logits is wanted.",
            "adam": "the steps are those of Adam; plain gradient descent is SGD.",
            "fixed_rate": "the learning rate that is given is not used.",
        },
    ),
    Task(
        "round_through",
        observe=observe_round_through,
        hints=(
            "Value and gradient are two separate pieces of code here; section 3 shows the form.",
            {
                "pytorch": "A torch.autograd.Function: forward returns torch.round(values), backward returns upstream. "
                "round_through then calls its .apply.",
                "tensorflow": "With @tf.custom_gradient, return tf.round(values) and a function that returns upstream.",
            },
        ),
        mistakes={
            "automatic": {
                "pytorch": "the values are right, but the gradient is that of torch.round, 0: write a backward, and "
                "call the class by its .apply.",
                "tensorflow": "the values are right, but no gradient comes back: it takes @tf.custom_gradient and a "
                "function that returns `upstream`.",
            },
            "nothing_back": {
                "pytorch": "the values are right, but no gradient comes back: does backward return `upstream`, "
                "or do detach() or NumPy cut the result off?",
            },
            "one_thing": {
                "tensorflow": "under @tf.custom_gradient return two things: the value, then the function for the "
                "gradient, which you do not call.",
            },
            "truncated": "0.7 becomes 0: you cut off the digits behind the point; round to the nearest whole number.",
            "negative": "the sign of the gradient is turned; it should pass unchanged.",
            "no_upstream": "the gradient is always 1; by the chain rule it is `upstream`.",
            "rounded_upstream": "the gradient is rounded too; only the value should be.",
            "masked": "the gradient reaches only some entries; let all of it through.",
            "times_values": "the gradient is multiplied by the values; it should pass unchanged.",
            "floor": "0.7 becomes 0: you round down; round to the nearest whole number.",
            "identity": "the values come back as they are; round them.",
        },
    ),
    Task(
        "two_rates",
        translate=True,
        observe=observe_two_rates,
        hints=(
            {
                "pytorch": "Make copies that record: weights.clone().requires_grad_(), and the offset likewise.",
                "tensorflow": "The tensors are no variables: inside the tape, call tape.watch([weights, offset]).",
            },
            {
                "pytorch": "torch.autograd.grad(loss, [weights, offset]) returns both gradients; detach the results.",
                "tensorflow": "tape.gradient(loss, [weights, offset]) returns both; subtract rate * gradient.",
            },
        ),
        mistakes={
            "unrecorded": {
                "pytorch": "nothing was recorded: the copies of weights and offset need requires_grad_().",
                "tensorflow": "a gradient is None: inside the `with`, call tape.watch for both tensors, then compute "
                "the loss.",
            },
            "swapped_rates": "the rates are swapped: 0.1 belongs to the weights, 0.01 to the offset.",
            "one_rate": "both steps use the rate 0.1; the offset has its own, 0.01.",
            "sum": "the squared errors are summed up; the loss is their mean.",
            "uphill": "the step goes up the loss; subtract.",
            "gradients": "these are the gradients; return the new weights and the new offset.",
            "swapped_results": "weights and offset come back in the wrong order.",
            "one_after_other": "the offset's gradient is taken after the weights have moved; take both at the start.",
        },
    ),
    Task(
        "fit_moons",
        observe=observe_fit_moons,
        seconds=20.0,
        hints=(
            "Count first: a hidden layer of n units on 2 features has 4·n + 1 parameters with its output layer.",
            "Eight bumps (33 parameters) or twelve units with tanh (49) can do it, with Adam at a rate of 0.05 to 0.1.",
            "Some 200 steps are enough; print the loss now and then while you try.",
        ),
        mistakes={
            "no_network": "what comes back is no network that takes features: return the network itself.",
            "not_finite": "some logits are nan or infinite: the training ran away; try a lower learning rate.",
            "two_outputs": "there is one output for each class; return one logit a point, for class 1.",
            "flat": "the logits have lost their column: 400 points should give the shape (400, 1).",
            "too_many": "the network has more than 50 parameters; use fewer hidden units.",
            "probabilities": "every output lies between 0 and 1, as after a sigmoid; return the logits.",
            "shifted": "the outputs part the classes better at 0.5 than at 0: train with a loss that takes logits, "
            "the binary cross-entropy from logits.",
            "untrained": "the accuracy on held-out points is below 0.75: does your loop change the weights, downhill?",
            "linear": "the accuracy on held-out points is above 0.75 but below 0.95. A straight line gets no further: "
            "add a hidden layer; where you have one, see that the loss takes logits, and train longer.",
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="c",
        because={
            "a": "No error: the other parameters are there, and the layer computes as it should.",
            "b": "The optimizer changes only what the layer has registered, and the centres are not.",
            "c": "The optimizer never hears of them, and a saved network lacks them. Count the parameters.",
        },
    ),
    Quiz(
        "quiz_2",
        right="a",
        because={
            "a": "By the chain rule, the gradient by the input is this number times the derivative.",
            "b": "The input you must keep yourself; what arrives on the way back is the gradient by the output.",
            "c": "Layers have no learning rate; the optimizer applies it after all gradients are known.",
        },
    ),
    Quiz(
        "quiz_3",
        right="b",
        because={
            "a": "For the sum `upstream` is 1, so a gradient that forgets it passes: section 4 showed one.",
            "b": "With different factors behind it, a forgotten or misplaced `upstream` shows.",
            "c": "In float64 with a step near 1e-5 it is exact to many digits, enough to find a wrong formula.",
        },
    ),
    Quiz(
        "quiz_4",
        right="c",
        because={
            "a": "Both numbers are of the training data; overfitting shows on held-out data.",
            "b": "Both are right; they are taken with different weights.",
            "c": "The weights improve during the epoch, and the mean looks back on the worse ones.",
        },
    ),
    Quiz(
        "quiz_5",
        right="b",
        because={
            "a": "No option describes two optimizers that pull in opposite directions.",
            "b": "The loop, the callbacks and the devices stay; the step is yours, as in section 7.",
            "c": "That works too, but you write the rest of the loop again; an own step is enough.",
        },
    ),
    Quiz(
        "quiz_6",
        right="a",
        because={
            "a": "The variable KERAS_BACKEND is read then; to change it, restart the kernel.",
            "b": "`compile` chooses optimizer, loss and metrics; the backend is fixed by then.",
            "c": "Keras converts what it is given into tensors of its own backend.",
        },
    ),
)
