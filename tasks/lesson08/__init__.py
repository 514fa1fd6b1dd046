"""Tasks of 08_scale: what is tried, the hints, and a sentence for each typical mistake; shared by both frameworks.

Nothing is timed: where speed is asked for, calls and fetches are counted, which a busy machine does not change.
"""

import itertools

import numpy as np

from utils import data
from utils.check import Quiz, Task
from utils.data import as_numpy


def observe_copy_seconds(answer, seed):
    yield "a tensor of one float32, latency 6 s, bandwidth 1.6 bytes/s", answer(np.ones(1), 6.0, 1.6)
    yield "a float32 tensor of shape (50, 784), no latency, 999 bytes/s", answer(np.ones((50, 784)), 0.0, 999.0)
    yield "50,000,000 bytes of int64, latency 0.5 s", answer(np.ones((2500, 2500), np.int64), 0.5, 1e9)
    yield "a tensor of shape (3, 0), which is empty, latency 0.0124 s", answer(np.ones((3, 0)), 0.0124, 1e9)


def observe_saturating_batch(answer, seed):
    sizes = 10 * 2 ** np.arange(7)
    seconds = np.array([1.3, 1.2, 1.0, 1.1, 1.9, 3.5, 7.2]) / 1000
    yield "sizes 10 to 640, seconds 0.0013 to 0.0072", plain(answer(sizes, seconds))
    noisy = np.array([1.0, 1.1, 1.3, 1.8, 3.04, 5.5, 14.2]) / 1000
    yield "times with a slower last batch", plain(answer(sizes, noisy))
    yield "speed that grows to the end", plain(answer(sizes, np.full(7, 0.001)))
    order = [5, 0, 6, 2, 4, 1, 3]
    yield "the first measurements in another order, 320 at the head", plain(answer(sizes[order], seconds[order]))


def plain(number):
    """A plain number, whether it came as an int, a float or a tensor without axes; anything else stays as it is."""
    return number if number is None or isinstance(number, str) or np.ndim(as_numpy(number)) else float(as_numpy(number))


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
        return answer(counted.network, features, labels, batch_size), counted

    losses, counted = trained(60, 20)
    yield "the kind of result", "list" if isinstance(losses, list) else type_of(losses)
    yield "each loss is a single number", all(np.ndim(as_numpy(loss)) == 0 for loss in losses)
    yield "the losses of 60 samples in batches of 20", numbers(losses)
    yield "the squared norms of the parameters afterwards", counted.norms()
    yield "the network is called with more than one sample", len(counted.sizes) < 60
    yield "the network is called at most once a batch", len(counted.sizes) <= 3
    losses, counted = trained(50, 20)
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


def observe_parallel_gradient(answer, seed):
    def tried(samples, workers):
        """The gradient, and the numbers of the samples that each call of `gradient` was given."""
        generator = np.random.default_rng(seed)
        features, labels = generator.normal(size=(samples, 3)), generator.normal(size=(samples, 1))
        features[:, 0] = np.arange(samples)  # which sample it is
        calls = []

        def gradient(some_features, some_labels):
            """The mean gradient of a linear model's squared error, at weights of 1."""
            x, y = as_numpy(some_features).astype(float), as_numpy(some_labels).astype(float)
            if len(x) != len(y):
                raise ValueError(f"gradient was given {len(x)} features and {len(y)} labels.")
            if x.shape[1:] != (3,):
                raise ValueError("gradient takes the features first, then the labels.")
            calls.append([int(number) for number in x[:, 0]])
            return answer.tensor(2 * x.T @ (x.sum(axis=1, keepdims=True) - y) / len(x))

        return answer(gradient, features, labels, workers), calls

    result, calls = tried(8, 2)
    yield "8 samples, 2 workers: the sizes of the shards", sorted(map(len, calls))
    yield "8 samples, 2 workers: every sample is used once", sorted(itertools.chain(*calls)) == list(range(8))
    yield "8 samples, 2 workers: the gradient", result
    result, calls = tried(10, 4)
    yield "10 samples, 4 workers: every sample is used once", sorted(itertools.chain(*calls)) == list(range(10))
    yield "10 samples, 4 workers: the sizes of the shards", sorted(map(len, calls))
    yield "10 samples, 4 workers: the gradient", result
    result, calls = tried(3, 4)
    yield "3 samples, 4 workers: no shard is empty", all(calls)
    yield "3 samples, 4 workers: the gradient", result


def observe_largest_speedup(answer, seed):
    yield "100 s alone, 55 s with 4 workers", plain(answer(100.0, 55.0, 4))
    yield "60 s alone, 37 s with 2 workers", plain(answer(60.0, 37.0, 2))
    yield "100 s alone, 14 s with 8 workers", plain(answer(100.0, 14.0, 8))
    yield "10 s alone, 10 s with 8 workers", plain(answer(10.0, 10.0, 8))
    yield "80 s alone, 10 s with 8 workers: nothing is left over", plain(answer(80.0, 10.0, 8))


def observe_accumulated_gradient(answer, seed):
    column = np.array([[1.0], [2.0]])
    weights = answer.tensor(np.ones((1, 1)))
    yield "features 1 and 2, targets 3 and 6, weight 1, 2 parts", answer(column, 3 * column, weights, 2)
    yield "`weights` does not ask for a gradient afterwards", not getattr(weights, "requires_grad", False)
    generator = np.random.default_rng(seed)
    features, targets, weights = (generator.normal(size=shape) for shape in ((12, 2), (12, 1), (2, 1)))
    yield "12 samples with 2 features, 3 parts", answer(features, targets, weights, 3)
    yield "the same in 1 part", answer(features, targets, weights, 1)


BATCHES, FETCHES, ENOUGH = 12, 12, 0.9


def observe_learn_from_slow(answer, seed):
    images, labels = data.digits()
    images, labels = images / 16, (labels + 3) % 10  # other class numbers: `fetch` alone can teach them
    source = data.SlowBatches(images[:1200], labels[:1200], batch_size=100, seconds=0.01)

    def fetch(number):
        features, batch_labels = source[number]
        return answer.tensor(features), answer.tensor(batch_labels)

    network = answer(fetch, BATCHES)
    yield "what comes back takes features", callable(network)
    held_out, held_out_labels = images[1200:], labels[1200:]
    logits = network(answer.tensor(held_out))
    yield "the shape of the logits of 597 digits", np.array(logits.shape)
    logits = as_numpy(logits)
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    yield "some logits are below 0 or above 1", bool(((logits < 0) | (logits > 1)).any() or np.ptp(logits) == 0)
    accuracy = np.mean(logits.argmax(axis=1) == held_out_labels)
    yield "accuracy on the held-out digits is at least 0.5", bool(accuracy >= 0.5)
    yield "no batch is fetched twice", source.fetched <= FETCHES
    yield "accuracy on the held-out digits is at least 0.9", bool(accuracy >= ENOUGH)


TASKS = (
    Task(
        "copy_seconds",
        observe=observe_copy_seconds,
        hints=(
            "Count the numbers in the tensor, then the bytes of each, then apply the formula of section 3.",
            {
                "pytorch": "tensor.numel() is how many numbers there are, tensor.element_size() the bytes of one.",
                "tensorflow": "tf.size(tensor) is how many numbers there are, tensor.dtype.size the bytes of one; make "
                "the product an ordinary number with int(...).",
            },
        ),
        mistakes={
            "no_latency": "the latency is missing: each copy pays it once, on top of the time for its bytes.",
            "numbers": "you divide the number of entries by the bandwidth; each entry has several bytes.",
            "four": "you count 4 bytes for each entry; an entry of another dtype has another size, such as 8.",
            "eight": "you count 8 bytes for each entry; an entry of another dtype has another size: a float32 takes 4.",
            "one_entry": "you count the bytes of one entry; a copy moves every entry of the tensor.",
            "brackets": "the latency is divided by the bandwidth as well; only the bytes are.",
            "product": "you multiply latency and bytes; the copy takes the latency and then the time for its bytes.",
            "longer": "you take the longer of the two times; a copy takes both, one after the other.",
            "rounded_down": "`//` drops what is behind the point; divide with `/`.",
            "types": {
                "tensorflow": "tf.size gives a tensor of whole numbers, which TensorFlow does not divide by a float: "
                "make an ordinary number of it with int(...).",
            },
            "milliseconds": "these are milliseconds; seconds are wanted.",
            "bits": "you count bits; the bandwidth is in bytes a second.",
            "rows": "you count the rows only; a copy moves every entry of the tensor.",
            "upside_down": "bytes and bandwidth are swapped: more bytes should take longer.",
            "times_bandwidth": "you multiply by the bandwidth; with more bytes a second a copy takes less time.",
            "latency_each": "the latency is paid once a copy, not once for each number or row.",
        },
    ),
    Task(
        "saturating_batch",
        observe=observe_saturating_batch,
        hints=(
            "The speed of a batch size is how many samples it trains a second: size / seconds.",
            "Take the sizes whose speed is at least 0.9 times the largest speed, and of them the smallest.",
        ),
        mistakes={
            "fastest": "this is the size with the highest speed; a smaller one may already reach 90 % of that.",
            "largest": "this is the largest size; the smallest one that reaches 90 % of the best speed is wanted.",
            "shortest": "you compare seconds; compare the samples a second, size / seconds, of which more are better.",
            "upside_down": "this size is one of the slowest: compare size / seconds, of which more are better, and "
            "keep what is at or above the threshold.",
            "half": "the threshold is 90 % of the best speed.",
            "last_speed": "you compare with the speed of the last measurement or of the largest batch; the best speed "
            "may be another.",
            "more_time": "a size with just over 90 % of the best speed is left out; compare speeds (10 % more time a "
            "sample is 1 / 1.1 of the speed, not 0.9).",
            "several": "these are all the sizes that are fast enough; the smallest of them is wanted.",
            "half_sorted": "the sizes are put in order, but not the seconds that belong to them: keep pairs together.",
            "types": {
                "tensorflow": "the sizes are whole numbers and the seconds are not, and TensorFlow does not mix them: "
                "tf.cast(batch_sizes, seconds.dtype) first.",
            },
            "position": "this is the position in the list; the batch size that stands there is wanted.",
            "speed": "this is a speed; the batch size that reaches it is wanted.",
            "in_order": "you take the first in the list that is fast enough; with the list in another order that is "
            "not the smallest.",
        },
    ),
    Task(
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
            "twice": "the losses are right, but the network is called more than once a batch: keep what it returned.",
            "no_step": {
                "pytorch": "the parameters of `network` stay as they are: each batch needs zero_grad, backward and "
                "step, in this order, and the optimizer has to hold network.parameters().",
                "tensorflow": "the parameters of `network` stay as they are: each batch ends with a step.",
            },
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
    ),
    Task(
        "parallel_gradient",
        observe=observe_parallel_gradient,
        hints=(
            "How large are the shards of 10 samples for 4 workers? Their sizes may differ by one: 3, 3, 2 and 2.",
            {
                "pytorch": "The first `samples % workers` shards have one sample more. NumPy's np.array_split("
                "range(10), 4) deals the numbers out like that.",
                "tensorflow": "The first `samples % workers` shards have one sample more. NumPy's np.array_split("
                "range(10), 4) deals the numbers out like that, and tf.gather(features, rows) takes these rows.",
            },
            "Weigh each shard's gradient by its number of samples, add up, and divide by the number of all samples.",
        ),
        mistakes={
            "plain_mean": "the gradients of unequal shards are averaged as if they were equal: weigh each by its share "
            "of the samples.",
            "sum": "the gradients are added up; their (weighted) mean is wanted.",
            "whole": "`gradient` is called once with the whole batch; each worker should get a shard of its own.",
            "each_sample": "`gradient` is called for each sample; it is to be called once for each worker.",
            "dropped": "the samples that do not divide evenly are left out; every sample belongs to some shard.",
            "overlap": "the shards hold some samples twice and others not at all.",
            "rest_to_last": "one shard takes all that is left over, so the other workers wait for it: the sizes should "
            "differ by one at most.",
            "ceil": "shards are filled up one after the other, which leaves the last one short (3, 3, 3, 1): the "
            "sizes should differ by one at most.",
            "empty": "with more workers than samples a shard is empty, and its mean is nan: skip empty shards.",
            "first_only": "this is the gradient of one shard; the others are missing in the result.",
            "list": "you return the gradients of the shards; one gradient is wanted.",
            "not_divided": "the weights of the shards do not add up to 1: weigh each by its share of all samples.",
            "indexed": {
                "tensorflow": "a tensor of TensorFlow takes no list of rows; tf.gather(features, rows) does.",
            },
            "by_size": "`workers` is how many shards there are, not how many samples a shard has.",
            "twice": "`gradient` is called twice for each shard; call it once and keep what it returns.",
        },
    ),
    Task(
        "largest_speedup",
        observe=observe_largest_speedup,
        hints=(
            "First find the share p: solve time(k) = time(1) · (1 - p + p / k) for p.",
            "p = (1 - time(k) / time(1)) / (1 - 1 / k). Then let k grow without end. What if p is 1?",
        ),
        mistakes={
            "share": "this is the share p; the speedup that no number of workers exceeds is 1 / (1 - p).",
            "measured": "this is the speedup that was measured; with more workers it can still grow.",
            "workers": "this is the number of workers, the best that so many could do; any number is meant.",
            "rest": "this is the share that stays, 1 - p; the speedup is one divided by it.",
            "unshared": "time(k) - time(1) / k is not yet what cannot be shared: it is that part times (1 - 1 / k).",
            "zero": "where all of the work can be shared, 1 - p is 0: the speedup has no limit there, so return inf.",
            "over_share": "this is 1 / p; what cannot be shared, 1 - p, limits the speedup.",
            "not_solved": "the share p is not right: by the formula, 1 - time(k) / time(1) is p · (1 - 1 / k).",
            "efficiency": "speedup / workers is not the share p; solve the formula of section 13 for p.",
            "times_workers": "this is the measured speedup times the workers; what is not shared does not shrink.",
            "seconds": "these are the seconds that cannot be shared; divide the time alone by them.",
            "text": 'this is the text "inf"; float("inf") is the number.',
            "doubled": "this is the speedup with twice as many workers; let their number grow without end.",
            "upside_down": "the speedup is below 1: the two times are swapped.",
        },
    ),
    Task(
        "accumulated_gradient",
        translate=True,
        observe=observe_accumulated_gradient,
        hints=(
            {
                "pytorch": "A tensor's gradient adds up by itself: each backward adds to weights.grad.",
                "tensorflow": "A tape gives a new gradient each time; add them up yourself, starting from zeros.",
            },
            {
                "pytorch": "weights = weights.clone().requires_grad_(), then (loss / parts).backward() for each part.",
                "tensorflow": "In the loop: with tf.GradientTape() as tape, tape.watch(weights), the loss of the part "
                "divided by parts; then total = total + tape.gradient(loss, weights).",
            },
        ),
        mistakes={
            "sum": "the gradients of the parts are added up, but each loss is to be divided by the number of parts.",
            "first": "only the first part counts: does the `return` stand inside of the loop?",
            "divided_twice": "the result is too small, by a factor of `parts`: is it divided twice, or does the loop "
            "have fewer turns than there are parts?",
            "not_squared": "the errors are not squared; the loss is the mean of their squares.",
            "counted_again": {
                "pytorch": "each backward adds to .grad by itself; adding up .grad counts the first parts again.",
            },
            "in_place": {
                "pytorch": "`weights` itself now asks for gradients, which its owner did not want: do it with a copy.",
            },
            "none": {
                "pytorch": "the result is None: does the function end with `return`, and is it the .grad of the copy "
                "that has requires_grad_(), after backward?",
                "tensorflow": "the result is None: does the function end with `return`, and does the tape watch the "
                "weights?",
            },
            "last": "this is the gradient of the last part only; add up those of all parts.",
            "unrecorded": {
                "pytorch": "nothing was recorded: the copy of the weights needs requires_grad_().",
                "tensorflow": "the gradient is None: inside the `with`, call tape.watch(weights), then compute "
                "the errors and the loss.",
            },
            "summed_errors": "the squared errors of a part are summed up; its loss is their mean.",
            "step": "these are new weights; the gradient itself is wanted.",
            "loss": "this is the loss; its gradient by the weights is wanted.",
            "same_part": "each turn takes the first part again: let the slice move on.",
            "negative": "the sign of the gradient is turned.",
        },
    ),
    Task(
        "learn_from_slow",
        observe=observe_learn_from_slow,
        seconds=15.0,
        hints=(
            "Fetch the twelve batches first and keep them; then train on them, for as many epochs as you like.",
            "One layer from 64 pixels to 10 logits can do it, with the cross-entropy from logits: some 20 epochs with "
            "Adam at a rate of 0.01.",
            "Return the network itself; it is called with a tensor of shape (597, 64) and has to return logits, one "
            "column for each digit.",
        ),
        mistakes={
            "no_network": "what comes back is no network that takes features: return the network itself.",
            "classes": "for 597 digits the network should return logits of shape (597, 10), one column for each digit.",
            "not_finite": "some logits are nan or infinite: the training ran away; try a lower learning rate.",
            "probabilities": "every output lies between 0 and 1, as after a softmax; return the logits.",
            "untrained": "fewer than half of the held-out digits are right: does your loop change the weights, for "
            "long enough, and on what `fetch` returns?",
            "fetched_again": "it learns, but batches are fetched more than once: keep what was fetched.",
            "one_epoch": "more than half of the held-out digits are right, but not 90 %: train longer on the batches "
            "that you keep, and on all of them.",
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="b",
        because={
            "a": "A GPU is no faster at starting an operation, and a product of 8 x 8 matrices is over at once.",
            "b": "For so little work the latency of the copies and of each operation is longer than the work.",
            "c": "A GPU computes small products as rightly as large ones; they only do not pay.",
        },
    ),
    Quiz(
        "quiz_2",
        right="c",
        because={
            "a": "The mean includes everything that disturbed the machine; that can make it larger only.",
            "b": "The first run pays for loading, for memory and perhaps for compiling; it is the least typical one.",
            "c": "Disturbances only add time, so the shortest run is nearest to what the code itself takes.",
        },
    ),
    Quiz(
        "quiz_3",
        right="a",
        because={
            "a": "Starting an operation costs the same for one sample as for 50, and weights are fetched once for all.",
            "b": "The gradient of a batch takes as many FLOPs as those of its samples together.",
            "c": "The losses were the same in all digits: the steps are the same steps.",
        },
    ),
    Quiz(
        "quiz_4",
        right="b",
        because={
            "a": "That is the time without overlap; two at a time and in advance, they run side by side.",
            "b": "Two readers give a batch every 6 ms; training takes 8 ms and is now the slower one.",
            "c": "The readers give a batch every 6 ms, but nobody can take it before the training has its 8 ms.",
        },
    ),
    Quiz(
        "quiz_5",
        right="c",
        because={
            "a": "Each copy then steps with its own gradient, and the copies drift apart.",
            "b": "With random weights of its own each device trains another network; there is nothing to average.",
            "c": "Equal weights and steps keep the copies equal, and the mean is the gradient of the whole batch.",
        },
    ),
    Quiz(
        "quiz_6",
        right="b",
        because={
            "a": "That would hold if all of the work could be shared.",
            "b": "1 / (1 - 0.9) = 10: the tenth that is not shared stays, however many devices there are.",
            "c": "With two devices it is 1 / (0.1 + 0.45) = 1.8 already, and it grows with more of them.",
        },
    ),
    Quiz(
        "quiz_7",
        right="a",
        because={
            "a": "The global batch is 8 times as large, and an epoch has an eighth of the steps: another training.",
            "b": "That holds if the global batch stays 50; here it is 400.",
            "c": "Averaging gradients is exact; it is the size of the global batch that has changed.",
        },
    ),
)
