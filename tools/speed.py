"""Measure how fast a framework trains the network of scale/problem.py in several ways; `make bench` runs this.

    python tools/speed.py pytorch | tensorflow               speeds, on one thread, 50 samples a step
    python tools/speed.py pytorch | tensorflow WAY           memory; WAY is plain, checkpointed or accumulated

The last line printed is JSON. Speeds: "rows" with name, framework, samples_per_second (of the fastest epoch) and
seconds_to_start (what the first epoch took longer: compiling, starting); and "matmul_gflops", the speed of a float32
matrix product by size. Memory: by how many bytes the peak of this process grows in one forward and backward pass.
"""

import json
import os
import shutil
import sys
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # as in the notebooks
os.environ["TORCHINDUCTOR_FORCE_DISABLE_CACHES"] = "1"  # the first compilation counts, not what an earlier run left
# One thread, so that one process compares with two, and other work on the machine disturbs less.
for threads in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ[threads] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scale"))

import problem  # noqa: E402

SAMPLES, BATCH, EPOCHS = 6000, 50, 3
FEW = 200  # samples of an epoch where one takes long
SLICES = [slice(start, start + BATCH) for start in range(0, SAMPLES, BATCH)]
MATRICES = [2**power for power in range(3, 12)]
DEEP = {"layers": 32, "width": 128, "rows": 16384, "segments": 8}  # the network whose memory is measured


def seconds(work, times):
    """How long each of several runs of work() took."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def row(name, framework, taken, samples=SAMPLES):
    """One row of the result, from the seconds that each epoch took."""
    best = min(taken[1:])
    start = round(max(0.0, taken[0] - best), 2)
    return {
        "name": name,
        "framework": framework,
        "samples_per_second": round(samples / best),
        "seconds_to_start": start,
    }


def products(framework, product_of):
    """The speed of a matrix product by size; product_of(size) gives a function that multiplies once."""
    rows = []
    for size in MATRICES:
        multiply, repeats = product_of(size), max(1, min(1000, 10**8 // size**3))
        taken = seconds(lambda work=multiply, n=repeats: [work() for _ in range(n)], times=6)
        rows.append({"framework": framework, "size": size, "gflops": round(2e-9 * size**3 * repeats / min(taken), 2)})
    return rows


def peak_growth(work):
    """By how many bytes work() raises the peak of this process's memory (Linux)."""
    import resource

    def peak():
        return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    before = peak()
    work()
    return {"bytes": peak() - before, **DEEP}


# PyTorch --------------------------------------------------------------------------------------------------------------


def pytorch():
    """The rows and products of PyTorch."""
    import torch
    from torch.utils.data import DataLoader
    from torchrun_train import build_network, dataset

    pairs = dataset(SAMPLES)
    loader = DataLoader(pairs, batch_size=BATCH)
    loops = pytorch_loops(pairs, loader)
    rows = [row(name, "pytorch", seconds(epoch, EPOCHS), samples) for name, epoch, samples in loops]
    rows.append(row("Lightning Trainer", "pytorch", lightning_epochs(loader, build_network())))

    def product_of(size):
        matrix = torch.ones(size, size)
        return lambda: matrix @ matrix

    return {"rows": rows, "matmul_gflops": products("pytorch", product_of)}


def pytorch_loops(pairs, loader):
    """Yield name, a function that trains one epoch, and its number of samples."""
    import torch
    from torch import nn
    from torchrun_train import build_network

    (features, labels), network = pairs.tensors, build_network()
    optimizer = torch.optim.SGD(network.parameters(), lr=problem.LEARNING_RATE)

    def loss_of(batch_features, batch_labels):
        return nn.functional.cross_entropy(network(batch_features), batch_labels)

    def bfloat16_loss(*batch):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return loss_of(*batch)

    def train(batches, loss_of=loss_of):
        for batch in batches:
            optimizer.zero_grad()
            loss = loss_of(*batch)
            loss.backward()
            optimizer.step()
            loss.item()

    def single_examples():
        for start in range(0, FEW, BATCH):
            optimizer.zero_grad()
            for number in range(start, start + BATCH):
                (loss_of(features[number : number + 1], labels[number : number + 1]) / BATCH).backward()
            optimizer.step()

    def slices():
        return ((features[rows], labels[rows]) for rows in SLICES)

    yield "single examples", single_examples, FEW
    yield "standard loader", lambda: train(loader), SAMPLES
    yield "sliced", lambda: train(slices()), SAMPLES
    captured = torch.compile(loss_of, backend="aot_eager")
    yield "captured as a graph", lambda: train(slices(), captured), SAMPLES
    if shutil.which(os.environ.get("CXX", "g++")):  # the default compiler writes C++
        compiled = torch.compile(loss_of)
        yield "compiled", lambda: train(slices(), compiled), SAMPLES
    yield "bfloat16", lambda: train(slices(), bfloat16_loss), SAMPLES


def lightning_epochs(loader, network):
    """The seconds of each epoch under Lightning's Trainer."""
    import logging

    import pytorch_lightning as pl
    import torch

    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    started, taken = time.perf_counter(), []

    class Classifier(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.network = network

        def training_step(self, batch, batch_index):
            return torch.nn.functional.cross_entropy(self.network(batch[0]), batch[1])

        def on_train_epoch_end(self):
            taken.append(time.perf_counter() - started - sum(taken))

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=problem.LEARNING_RATE)

    silent = dict.fromkeys(("logger", "enable_checkpointing", "enable_progress_bar", "enable_model_summary"), False)
    pl.Trainer(max_epochs=EPOCHS, accelerator="cpu", **silent).fit(Classifier(), loader)
    return taken


def pytorch_memory(way):
    """The growth of the peak in one pass through a deep network."""
    import torch
    from torch import nn
    from torch.utils.checkpoint import checkpoint_sequential

    network = nn.Sequential()
    for _ in range(DEEP["layers"]):
        network.extend([nn.Linear(DEEP["width"], DEEP["width"]), nn.ReLU()])
    features = torch.ones(DEEP["rows"], DEEP["width"])

    def forward(some):
        if way == "checkpointed":
            return checkpoint_sequential(network, DEEP["segments"], some, use_reentrant=False)
        return network(some)

    def work(rows=features, parts=DEEP["segments"] if way == "accumulated" else 1):
        for part in rows.chunk(parts):
            (forward(part).mean() / parts).backward()

    work(features[:16])  # loads the routines, and makes the gradients
    return peak_growth(work)


# TensorFlow -----------------------------------------------------------------------------------------------------------


def tensorflow():
    """The rows and products of TensorFlow."""
    import tensorflow as tf

    features, labels = (tf.constant(array) for array in problem.data(SAMPLES))
    loader = tf.data.Dataset.from_tensor_slices((features, labels)).batch(BATCH)
    loops = tensorflow_loops(features, labels, loader)
    rows = [row(name, "tensorflow", seconds(epoch, EPOCHS), samples) for name, epoch, samples in loops]
    ways = {
        "Keras fit": {},
        "Keras fit, steps_per_execution=10": {"steps_per_execution": 10},
        "Keras fit, jit_compile": {"jit_compile": True},
    }
    for name, settings in ways.items():
        rows.append(row(name, "tensorflow", fit_epochs(loader, {"jit_compile": False, **settings})))

    def product_of(size):
        matrix = tf.ones((size, size))
        return lambda: tf.matmul(matrix, matrix)

    return {"rows": rows, "matmul_gflops": products("tensorflow", product_of)}


def tensorflow_loops(features, labels, loader):
    """Yield name, a function that trains one epoch, and its number of samples."""
    import keras
    import tensorflow as tf
    from tensorflow_workers import build_network

    loss_function = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def step_of(network):
        optimizer = keras.optimizers.SGD(problem.LEARNING_RATE)
        optimizer.build(network.trainable_variables)

        def step(batch_features, batch_labels):
            with tf.GradientTape() as tape:
                loss = loss_function(batch_labels, network(batch_features))
            optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
            return loss

        return step

    def train(batches, step):
        for batch in batches:
            float(step(*batch))

    def slices():
        return ((features[rows], labels[rows]) for rows in SLICES)

    network = build_network()
    step, optimizer = step_of(network), keras.optimizers.SGD(problem.LEARNING_RATE)

    def single_examples():
        variables = network.trainable_variables
        for start in range(0, FEW, BATCH):
            total = [0.0] * len(variables)
            for number in range(start, start + BATCH):
                with tf.GradientTape() as tape:
                    loss = loss_function(labels[number : number + 1], network(features[number : number + 1])) / BATCH
                total = [one + other for one, other in zip(total, tape.gradient(loss, variables), strict=True)]
            optimizer.apply(total, variables)

    yield "single examples", single_examples, FEW
    yield "standard loader", lambda: train(loader, step), SAMPLES
    yield "sliced", lambda: train(slices(), step), SAMPLES
    graph = tf.function(step)
    yield "captured as a graph", lambda: train(slices(), graph), SAMPLES
    compiled = tf.function(step, jit_compile=True)
    yield "compiled", lambda: train(slices(), compiled), SAMPLES
    mixed = tf.function(step_of(build_network("mixed_bfloat16")))
    yield "bfloat16", lambda: train(slices(), mixed), SAMPLES


def fit_epochs(loader, settings):
    """The seconds of each epoch under Keras's fit."""
    import keras
    from tensorflow_workers import build_network

    taken, network = [], build_network()
    network.compile(
        optimizer=keras.optimizers.SGD(problem.LEARNING_RATE),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        **settings,
    )
    started = time.perf_counter()
    note = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: taken.append(time.perf_counter() - started - sum(taken))
    )
    network.fit(loader, epochs=EPOCHS, verbose=0, callbacks=[note])
    return taken


def tensorflow_memory(way):
    """The growth of the peak in one pass through a deep network."""
    import keras
    import tensorflow as tf

    per_segment = DEEP["layers"] // DEEP["segments"]
    segments = []
    for _ in range(DEEP["segments"]):
        dense = [keras.layers.Dense(DEEP["width"], activation="relu") for _ in range(per_segment)]
        segments.append(keras.Sequential([keras.Input((DEEP["width"],)), *dense]))
    variables = [variable for segment in segments for variable in segment.trainable_variables]
    features = tf.ones((DEEP["rows"], DEEP["width"]))

    @tf.function(reduce_retracing=True)
    def gradients(some):
        with tf.GradientTape() as tape:
            for segment in segments:
                some = tf.recompute_grad(segment)(some) if way == "checkpointed" else segment(some)
            mean = tf.reduce_mean(some)
        return tape.gradient(mean, variables)

    def work(rows=features, parts=DEEP["segments"] if way == "accumulated" else 1):
        total = [tf.zeros_like(variable) for variable in variables]
        for part in tf.split(rows, parts):
            total = [one + other / parts for one, other in zip(total, gradients(part), strict=True)]

    work(features[:16])  # traces the function
    return peak_growth(work)


if __name__ == "__main__":
    framework, *way = sys.argv[1:]
    found = globals()[f"{framework}_memory"](*way) if way else globals()[framework]()
    print(json.dumps(found))
