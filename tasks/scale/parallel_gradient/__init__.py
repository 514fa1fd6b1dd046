"""The task `parallel_gradient`: what is tried, the hints, and a sentence for each typical mistake."""

import itertools

import numpy as np

from utils.catalogue import Task
from utils.data import as_numpy


def observe_parallel_gradient(answer, seed):
    def tried(samples, workers):
        """The gradient, the numbers of the samples that each call was given, and whether each had its own label."""
        generator = np.random.default_rng(seed)
        features, labels = generator.normal(size=(samples, 3)), generator.normal(size=(samples, 1))
        features[:, 0] = np.arange(samples)  # which sample it is
        calls, paired = [], []

        def gradient(some_features, some_labels):
            """The mean gradient of a linear model's squared error, at weights of 1."""
            x, y = as_numpy(some_features).astype(float), as_numpy(some_labels).astype(float)
            if len(x) != len(y):
                raise ValueError(f"gradient was given {len(x)} features and {len(y)} labels.")
            if x.shape[1:] != (3,):
                raise ValueError("gradient takes the features first, then the labels.")
            calls.append([int(number) for number in x[:, 0]])
            paired.append(np.allclose(y, labels[calls[-1]]))
            return answer.tensor(2 * x.T @ (x.sum(axis=1, keepdims=True) - y) / len(x))

        return answer(gradient, features, labels, workers), calls, all(paired)

    result, calls, paired = tried(8, 2)
    yield "8 samples, 2 workers: the sizes of the shards", sorted(map(len, calls))
    yield "8 samples, 2 workers: every sample is used once", sorted(itertools.chain(*calls)) == list(range(8))
    yield "8 samples, 2 workers: each sample comes with its own label", paired
    yield "8 samples, 2 workers: the gradient", result
    result, calls, _ = tried(10, 4)
    yield "10 samples, 4 workers: every sample is used once", sorted(itertools.chain(*calls)) == list(range(10))
    yield "10 samples, 4 workers: the sizes of the shards", sorted(map(len, calls))
    yield "10 samples, 4 workers: the gradient", result
    result, calls, _ = tried(3, 4)
    yield "3 samples, 4 workers: no shard is empty", all(calls)
    yield "3 samples, 4 workers: the gradient", result


TASK = Task(
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
        "twice": "`gradient` is called more often than there are shards: call it once for each, and keep what it "
        "returns.",
        "labels_apart": "the labels that `gradient` gets are not those of the samples that it gets with them: cut "
        "features and labels in the same places.",
    },
)
