"""The task `fast_losses`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


class Counted:
    """A network whose calls are counted, with the sizes of the batches it was called with."""

    def __init__(self, framework, seed):
        self.framework, self.sizes = framework, []
        generator = np.random.default_rng(seed)
        self.weights = [generator.normal(size=shape).astype(np.float32) for shape in ((4, 8), (8,), (8, 3), (3,))]
        self.network = getattr(self, f"_{framework}")()

    def _pytorch(self):
        import torch

        network = torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 3))
        for parameter, array in zip(network.parameters(), self.weights, strict=True):
            parameter.data = torch.tensor(array.T.copy())
        network.register_forward_pre_hook(lambda _, given: self.sizes.append(len(given[0])))
        return network

    def _tensorflow(self):
        import keras

        layers = [keras.Input((4,)), keras.layers.Dense(8, activation="tanh"), keras.layers.Dense(3)]
        inner, sizes = keras.Sequential(layers), self.sizes
        inner.set_weights(self.weights)

        class Counting(keras.Model):
            def __init__(self):
                super().__init__()
                self.inner = inner

            def call(self, features):
                sizes.append(features.shape[0])
                return self.inner(features)

        return Counting()

    def norms(self):
        """The squared norms of the parameters now, biases first."""
        if self.framework == "pytorch":
            arrays = [parameter.detach().cpu().numpy() for parameter in self.network.parameters()]
        else:
            arrays = [np.array(variable) for variable in self.network.trainable_variables]
        return np.array([np.square(array).sum() for array in sorted(arrays, key=np.size)])


def observe_fast_losses(answer, seed):
    def trained(samples, batch_size):
        generator = np.random.default_rng(seed)
        features, labels = generator.normal(size=(samples, 4)), generator.integers(0, 3, samples)
        counted = Counted(answer.framework, seed)
        before = counted.norms()
        losses = answer(counted.network, features, labels, batch_size)
        return losses, counted, not np.allclose(before, counted.norms())

    losses, counted, changed = trained(60, 20)
    yield "60 samples in batches of 20: the kind of result", "list" if isinstance(losses, list) else type_of(losses)
    yield "each loss is a single number", all(np.ndim(as_numpy(loss)) == 0 for loss in losses)
    yield "the parameters change", changed
    yield "the losses of 60 samples in batches of 20", numbers(losses)
    yield "the squared norms of the parameters afterwards", counted.norms()
    yield "the network is called with more than one sample", len(counted.sizes) < 60
    yield "the network is called at most once per batch", len(counted.sizes) <= 3
    losses, counted, _ = trained(50, 20)
    yield "the losses of 50 samples, batches of 20, 20 and 10", numbers(losses)
    yield "the parameters after them", counted.norms()
    yield "the network is called at most once for each of them", len(counted.sizes) <= 3


def type_of(losses):
    """What was returned in place of a list."""
    if losses is None:
        return None
    return "one number" if np.ndim(as_numpy(losses)) == 0 else "no list"


def numbers(losses):
    """The losses as an array, whether they are numbers or tensors."""
    return np.array([float(as_numpy(loss)) for loss in losses])


TASK = Task(
    "fast_losses",
    observe=observe_fast_losses,
    hints=(
        "The inner loop adds up what one call with the whole batch gives at once: slice the batch.",
        "The loss function takes the mean over the samples it is given, also when the last batch is smaller. Then "
        "it is section 6 (c): loss, gradient, step, note the loss.",
    ),
    mistakes={
        "slow": "the losses are right, but the network is still called once a sample: call it with a whole batch.",
        "one_batch": "there is one loss for all samples; after each batch a step is to be taken.",
        "twice": "the losses are right, but the network is called more than once per batch: keep what it returned.",
        "no_step": {
            "pytorch": "the parameters of `network` stay as they are: each batch needs zero_grad, backward and "
            "step, in this order, and the optimizer has to hold network.parameters().",
            "tensorflow": "the parameters of `network` stay as they are: each batch ends with a step.",
        },
        "one_step": "every loss comes from the weights that the network had at the start, and yet the weights have "
        "changed: take a step after each batch, before the next loss.",
        "sum": "the losses are sums over the batch, and so are the gradients; take the mean.",
        "per_sample": "an entry of your list is a tensor or a list, not one number: take the mean of the batch.",
        "dropped": "the last, smaller batch is missing.",
        "divided_twice": "the loss is a mean over the batch already; do not divide it again.",
        "logits": {
            "pytorch": "cross_entropy takes the logits themselves; leave out the softmax.",
            "tensorflow": "the network returns logits: tell the loss function so, with from_logits=True.",
        },
        "step_of_sum": "the losses are right until the first step, which is taken with the gradient of the sum; "
        "take that of the mean.",
        "running": "each entry holds the losses before it as well; a loss for each batch is wanted.",
        "full_size": "the last batch is smaller, but you divide its loss by the full size; divide by its own.",
        "accumulated": {
            "pytorch": "the gradients of the batches add up: clear them (zero_grad) before each backward.",
        },
        "after_step": "each loss is computed after its step, with another call of the network; note the one that "
        "the gradient was taken of.",
        "rate": "the first loss is right and the next is not: is the learning rate 0.1, and the optimizer SGD?",
        "total": "you return one number; a list with the loss of each batch is wanted.",
        "no_list": "you return the losses in a tensor, an array or a tuple; a list is wanted.",
        "same_batch": "the losses are those of the first rows again and again: let the slice start at each batch.",
        "last_only": "the list holds one loss: does the `return` or the list stand inside of the loop?",
        "shuffled": "the samples are in another order; keep the order, so that the losses are the same.",
    },
)
