"""The task `loop_losses`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.mixing.common import parameters_of
from utils.catalogue import Task
from utils.data import as_numpy


def small_network(framework, generator):
    """A network of ready-made layers with given weights."""
    weights = [generator.normal(size=shape).astype(np.float32) for shape in ((2, 4), (4,), (4, 1), (1,))]
    if framework == "pytorch":
        import torch

        network = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
        with torch.no_grad():
            for parameter, array in zip(network.parameters(), weights, strict=True):
                parameter.copy_(torch.tensor(array.T))
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
    yield "4 batches of 5 samples: the kind of result", losses if losses is None else kind_of(losses)
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


TASK = Task(
    "loop_losses",
    observe=observe_loop_losses,
    recorded=True,
    seconds=20.0,  # a tf.function is traced first, which takes long on a busy machine
    hints=(
        "A step has four parts: logits and loss, gradients, update, and a note of the loss.",
        {
            "pytorch": "nn.functional.binary_cross_entropy_with_logits, zero_grad, backward, step, loss.item().",
            "tensorflow": "Loss inside the tape (keras.losses.BinaryCrossentropy(from_logits=True), labels first), "
            "then tape.gradient with respect to network.trainable_variables, and optimizer.apply.",
        },
    ),
    mistakes={
        "accumulated": {
            "pytorch": "the gradients of the batches add up; clear them (zero_grad) before each backward.",
        },
        "no_step": {
            "pytorch": "the weights of `network` never change: its own parameters take zero_grad, backward and "
            "step, in this order.",
            "tensorflow": "the weights of `network` never change: take the gradient with respect to its "
            "trainable_variables, then apply it to them.",
        },
        "after_step": "each loss is computed after its step; note the loss that the gradient was taken of.",
        "uphill": "the loss grows: the step should go against the gradient.",
        "sum": "the loss is summed over the points of a batch; take the mean.",
        "sum_of_gradients": "the losses of the list are means, but the steps follow their sum over a batch; take the "
        "gradient of the mean.",
        "running_mean": "you return the mean of all losses so far; return each batch's own loss.",
        "probabilities": "the sigmoid is applied twice: once by you and once in the loss, which takes logits.",
        "swapped": "logits and labels are swapped in the call of the loss function.",
        "total": "you return one number; a list with the loss of each batch is wanted.",
        "no_list": "you return the losses in an array, a tensor or a tuple; a list is wanted.",
        "first_batch": "the list holds the first loss only: does the `return` stand inside the loop?",
        "last_batch": "the list holds the last loss only: does the `append` stand after the loop?",
        "epochs": "there are more losses than batches: go through the batches once.",
        "per_point": {
            "tensorflow": "an entry of your list is an array or a list, not one number; where it holds one loss per "
            "point, take their mean, inside the tape.",
        },
        "raw_logits": {
            "tensorflow": "the loss takes your logits for probabilities: say from_logits=True.",
        },
        "squared_error": "the loss is the mean squared error; the binary cross-entropy of the logits is wanted.",
        "adam": "the steps are those of Adam; plain gradient descent is SGD.",
        "fixed_rate": "the learning rate that is given is not used.",
    },
)
