"""Train a Keras network with TensorFlow on several workers, one process each, on one machine or on many.

    TF_CONFIG='{"cluster": {"worker": ["localhost:2222", "localhost:2223"]}, "task": {"type": "worker", "index": 0}}' \\
        python scale/tensorflow_workers.py

Start it once for each worker, with index 0, 1, ...; README.md beside this file has the commands. Without TF_CONFIG it
is one process, with the same losses.

Keras 3's `fit` cannot do this: under MultiWorkerMirroredStrategy it stops with "Attempt to convert a value (PerReplica
...) to a Tensor" (keras-team/keras issue 20585). A loop of one's own works, with Keras's layers, losses and optimizers.
"""

import os
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import problem
import tensorflow as tf


def build_network(dtype="float32"):
    """The network with its first weights from NumPy, the same in every process; the logits are float32."""
    inputs, *hidden, classes = problem.SIZES
    layers = [keras.layers.Dense(units, activation="relu", dtype=dtype) for units in hidden]
    network = keras.Sequential([keras.Input((inputs,)), *layers, keras.layers.Dense(classes, dtype="float32")])
    for layer, weights in zip(network.layers, problem.first_weights(), strict=True):
        layer.kernel.assign(weights)  # the biases are 0 already
    return network


def dataset(options):
    """Batches of the whole, in another order each epoch; the strategy gives each worker its share of every batch."""
    pairs = tf.data.Dataset.from_tensor_slices(problem.data(options.samples))
    return pairs.shuffle(options.samples, seed=0).batch(options.batch).prefetch(tf.data.AUTOTUNE)


def main():
    options = problem.parser(__doc__.partition("\n")[0]).parse_args()
    strategy = tf.distribute.MultiWorkerMirroredStrategy()  # reads TF_CONFIG; before TensorFlow's first operation
    problem.share(options, strategy.num_replicas_in_sync)
    with strategy.scope():
        network = build_network()
        optimizer = keras.optimizers.SGD(problem.LEARNING_RATE)
        optimizer.build(network.trainable_variables)
        loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def step_of_one(features, labels):
        with tf.GradientTape() as tape:
            loss = loss_function(labels, network(features))  # under a strategy divided by the number of workers
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply(gradients, network.trainable_variables)  # here the gradients of all workers are added up
        return loss

    @tf.function
    def step(features, labels):
        return strategy.reduce("SUM", strategy.run(step_of_one, args=(features, labels)), axis=None)

    batches = strategy.experimental_distribute_dataset(dataset(options))
    first = strategy.cluster_resolver.task_id in (None, 0)
    log = problem.Log(options, strategy.num_replicas_in_sync) if first else None
    for _ in range(options.epochs):
        start = time.perf_counter()
        losses = [step(*batch) for batch in batches]
        mean = sum(map(float, losses)) / len(losses)
        if log:
            log.add(mean, time.perf_counter() - start)


if __name__ == "__main__":
    main()
