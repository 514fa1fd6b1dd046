"""Record the stories of the twin stepper: a training step of a line and of a network, and `fit` unrolled.

    python -m tools.stories     write site/stories.json, which tools/website.py puts on the page "One step at a time"

A story is one program for each framework; each of its lines belongs to a step. For every step the program is run from
its beginning to the end of that step, and what the step shows is read from its variables. The website's build compares
the two frameworks' values; a test runs every story again.
"""

import json
import logging
import warnings
from pathlib import Path
from typing import Any

import numpy as np

RECORD = Path(__file__).resolve().parent.parent / "site" / "stories.json"
# A line of code: (number of the step that it belongs to, text).
LINE: dict[str, Any] = {
    "name": "line",
    "title": "A line: one step of gradient descent",
    "steps": [
        ("the guess", "Two parameters, which training changes. The first guess is a slope of 0.5 and a bias of 1."),
        ("forward", "The model predicts a number for each of the four samples."),
        ("the loss", "The mean of the squared errors tells in one number how wrong the guess is."),
        (
            "the gradient",
            "How fast does the loss grow with each parameter? Backpropagation starts at the loss.",
        ),
        ("the update", "Each parameter moves against its gradient, by 0.1 times its size."),
        ("the loss again", "The same samples, the new parameters."),
    ],
    "notes": {
        0: "PyTorch marks a tensor as a parameter; TensorFlow has a type of its own for what can change.",
        3: "PyTorch adds to `.grad`, so a loop has to clear it. A tape returns the gradients and keeps nothing.",
        4: "PyTorch would record the update too, therefore `no_grad`. TensorFlow records only inside the tape.",
    },
    "code": {
        "pytorch": [
            (0, "x = torch.tensor([0.0, 1.0, 2.0, 3.0])"),
            (0, "y = torch.tensor([-1.0, 1.0, 3.0, 5.0])"),
            (0, "w = torch.tensor(0.5, requires_grad=True)"),
            (0, "b = torch.tensor(1.0, requires_grad=True)"),
            (1, "predictions = w * x + b"),
            (2, "loss = ((predictions - y) ** 2).mean()"),
            (3, "loss.backward()"),
            (4, "with torch.no_grad():"),
            (4, "    w -= 0.1 * w.grad"),
            (4, "    b -= 0.1 * b.grad"),
            (5, "again = ((w * x + b - y) ** 2).mean()"),
        ],
        "tensorflow": [
            (0, "x = tf.constant([0.0, 1.0, 2.0, 3.0])"),
            (0, "y = tf.constant([-1.0, 1.0, 3.0, 5.0])"),
            (0, "w = tf.Variable(0.5)"),
            (0, "b = tf.Variable(1.0)"),
            (1, "with tf.GradientTape() as tape:"),
            (1, "    predictions = w * x + b"),
            (2, "    loss = tf.reduce_mean((predictions - y) ** 2)"),
            (3, "dw, db = tape.gradient(loss, [w, b])"),
            (4, "w.assign_sub(0.1 * dw)"),
            (4, "b.assign_sub(0.1 * db)"),
            (5, "again = tf.reduce_mean((w * x + b - y) ** 2)"),
        ],
    },
    # name of a value: (first step that shows it, {framework: expression}); a gradient stands with its parameter
    "values": {
        "x": (0, "x", "x"),
        "w": (0, "w", "w"),
        "b": (0, "b", "b"),
        "predictions": (1, "predictions", "predictions"),
        "loss": (2, "loss", "loss"),
        "gradient of w": (3, "w.grad", "dw"),
        "gradient of b": (3, "b.grad", "db"),
        "loss again": (5, "again", "again"),
    },
    # the graph, forwards; each node with the step that fills it and the step in which the gradient reaches it
    "graph": [
        ("x", 0, None),
        ("w", 0, 3),
        ("b", 0, 3),
        ("predictions", 1, 3),
        ("loss", 2, 3),
    ],
    "fit": {"x": [0, 1, 2, 3], "y": [-1, 1, 3, 5]},
}
NETWORK: dict[str, Any] = {
    "name": "network",
    "title": "A network of two layers, with a batch",
    "steps": [
        ("the batch", "Four samples of two features each, one in a row, with a label of 0 or 1 each."),
        ("the parameters", "Two layers: two features to three hidden values, and these to one logit."),
        ("the hidden layer", "One matrix product serves the whole batch, then the tanh bends each value."),
        ("the logits", "One logit for each sample: above 0 it says class 1."),
        ("the loss", "The cross-entropy of the logits, as a mean over the batch."),
        ("the gradients", "Backpropagation gives each parameter a gradient of its own shape."),
        ("the update", "All four parameters move against their gradients, by half their size."),
        ("the loss again", "The same batch with the new parameters."),
    ],
    "notes": {
        1: "In ready-made layers `nn.Linear` has weights of shape (outputs, inputs), `Dense` of (inputs, outputs).",
        4: "PyTorch's loss takes logits first and gives the mean. TensorFlow's gives one loss for each sample.",
        5: "PyTorch leaves each gradient in its parameter's `.grad`; the tape returns them as a list.",
    },
    "code": {
        "pytorch": [
            (0, "x = torch.tensor([[0.0, 0.0], [0.0, 1.0],"),
            (0, "                  [1.0, 0.0], [1.0, 1.0]])"),
            (0, "y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])"),
            (1, "w1 = torch.tensor([[1.0, -1.0, 0.5],"),
            (1, "                   [1.0, 1.0, -0.5]], requires_grad=True)"),
            (1, "b1 = torch.zeros(3, requires_grad=True)"),
            (1, "w2 = torch.tensor([[1.0], [0.5], [-1.0]],"),
            (1, "                  requires_grad=True)"),
            (1, "b2 = torch.zeros(1, requires_grad=True)"),
            (2, "hidden = torch.tanh(x @ w1 + b1)"),
            (3, "logits = hidden @ w2 + b2"),
            (4, "loss = F.binary_cross_entropy_with_logits(logits, y)"),
            (5, "loss.backward()"),
            (6, "with torch.no_grad():"),
            (6, "    for p in (w1, b1, w2, b2):"),
            (6, "        p -= 0.5 * p.grad"),
            (7, "again = F.binary_cross_entropy_with_logits("),
            (7, "    torch.tanh(x @ w1 + b1) @ w2 + b2, y)"),
        ],
        "tensorflow": [
            (0, "x = tf.constant([[0.0, 0.0], [0.0, 1.0],"),
            (0, "                 [1.0, 0.0], [1.0, 1.0]])"),
            (0, "y = tf.constant([[0.0], [1.0], [1.0], [0.0]])"),
            (1, "w1 = tf.Variable([[1.0, -1.0, 0.5],"),
            (1, "                  [1.0, 1.0, -0.5]])"),
            (1, "b1 = tf.Variable(tf.zeros(3))"),
            (1, "w2 = tf.Variable([[1.0], [0.5], [-1.0]])"),
            (1, "b2 = tf.Variable(tf.zeros(1))"),
            (2, "with tf.GradientTape() as tape:"),
            (2, "    hidden = tf.tanh(x @ w1 + b1)"),
            (3, "    logits = hidden @ w2 + b2"),
            (4, "    loss = tf.reduce_mean("),
            (4, "        tf.nn.sigmoid_cross_entropy_with_logits("),
            (4, "            labels=y, logits=logits))"),
            (5, "parameters = [w1, b1, w2, b2]"),
            (5, "gradients = tape.gradient(loss, parameters)"),
            (6, "for p, gradient in zip(parameters, gradients):"),
            (6, "    p.assign_sub(0.5 * gradient)"),
            (7, "again = tf.reduce_mean("),
            (7, "    tf.nn.sigmoid_cross_entropy_with_logits("),
            (7, "        labels=y,"),
            (7, "        logits=tf.tanh(x @ w1 + b1) @ w2 + b2))"),
        ],
    },
    "values": {
        "x": (0, "x", "x"),
        "w1": (1, "w1", "w1"),
        "b1": (1, "b1", "b1"),
        "w2": (1, "w2", "w2"),
        "b2": (1, "b2", "b2"),
        "hidden": (2, "hidden", "hidden"),
        "logits": (3, "logits", "logits"),
        "loss": (4, "loss", "loss"),
        "gradient of w1": (5, "w1.grad", "gradients[0]"),
        "gradient of b1": (5, "b1.grad", "gradients[1]"),
        "gradient of w2": (5, "w2.grad", "gradients[2]"),
        "gradient of b2": (5, "b2.grad", "gradients[3]"),
        "loss again": (7, "again", "again"),
    },
    "graph": [
        ("x", 0, None),
        ("w1", 1, 5),
        ("b1", 1, 5),
        ("hidden", 2, 5),
        ("w2", 1, 5),
        ("b2", 1, 5),
        ("logits", 3, 5),
        ("loss", 4, 5),
    ],
    "fit": None,
}
IMPORTS = {
    "pytorch": "import torch\nfrom torch.nn import functional as F\n",
    "tensorflow": "import tensorflow as tf\n",
}
# The third story is a run of `fit`: two batches, then validation. Each hook belongs to a step.
FIT_STEPS = [
    ("fit begins", "Before anything is trained."),
    ("an epoch begins", "One pass through the training data."),
    ("a batch begins", "The hook is given the number of the batch."),
    ("the step", "Forward pass and loss, of your code or of `compile`'s."),
    ("backward and update", "Gradients, then the optimizer's step."),
    ("a batch ends", "The batch's loss is known here."),
    ("validation", "After the last batch of the epoch, on data that no step has used."),
    ("the epoch ends", "The losses of training and validation are both known here."),
    ("fit ends", "Nothing is trained after this."),
]
FIT_NOTES = {
    3: "Lightning calls your `training_step`, which returns the loss. Keras has the whole step in `train_step`.",
    4: "Lightning has hooks around backward and update. In Keras they are part of `train_step`, without hooks.",
    6: "Both validate before the hook at the end of the epoch, which therefore sees the validation loss.",
}
HOOKS = {
    "pytorch": {
        "on_fit_start": 0,
        "on_train_start": 0,
        "on_train_epoch_start": 1,
        "on_train_batch_start": 2,
        "training_step": 3,
        "on_before_backward": 4,
        "on_after_backward": 4,
        "on_before_optimizer_step": 4,
        "on_train_batch_end": 5,
        "on_validation_start": 6,
        "on_validation_batch_start": 6,
        "validation_step": 6,
        "on_validation_batch_end": 6,
        "on_validation_end": 6,
        "on_train_epoch_end": 7,
        "on_train_end": 8,
        "on_fit_end": 8,
    },
    "tensorflow": {
        "on_train_begin": 0,
        "on_epoch_begin": 1,
        "on_train_batch_begin": 2,
        "train_step": 3,
        "on_train_batch_end": 5,
        "on_test_begin": 6,
        "on_test_batch_begin": 6,
        "test_step": 6,
        "on_test_batch_end": 6,
        "on_test_end": 6,
        "on_epoch_end": 7,
        "on_train_end": 8,
    },
}
INDENT = {0: 0, 1: 1, 2: 2, 3: 2, 4: 2, 5: 2, 6: 1, 7: 1, 8: 0}
FEATURES = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
LABELS = [[0.0], [1.0], [2.0], [3.0]]


def record() -> list[dict[str, Any]]:
    """Every story with what its runs gave: [{"name", "title", "steps", "code", "frames", "graph", "fit"}, ...]."""
    return [*(told(story) for story in (LINE, NETWORK)), fit_story()]


def told(story: dict[str, Any]) -> dict[str, Any]:
    """A story with its frames: for each step {name of a value: {"shape", framework: numbers}}."""
    frames = []
    for step in range(len(story["steps"])):
        frame: dict[str, Any] = {}
        for framework, place in (("pytorch", 1), ("tensorflow", 2)):
            names: dict[str, Any] = {}
            lines = [line for number, line in story["code"][framework] if number <= step]
            exec(IMPORTS[framework] + "\n".join(lines), names)
            for name, entry in story["values"].items():
                if entry[0] <= step:
                    numbers, shape = plain(eval(entry[place], names))
                    frame.setdefault(name, {"shape": shape})[framework] = numbers
        frames.append(frame)
    kept = {key: story[key] for key in ("name", "title", "steps", "code", "graph", "fit")}
    return kept | {"notes": {str(step): note for step, note in story["notes"].items()}, "frames": frames}


def plain(value: Any) -> tuple[Any, list[int]]:
    """A tensor's numbers to 6 digits, and its shape."""
    array = np.asarray(value.detach() if hasattr(value, "detach") else value, dtype=np.float64)
    return np.vectorize(lambda x: float(f"{x:.6g}") + 0.0)(array).tolist(), list(array.shape)


def fit_story() -> dict[str, Any]:
    """`fit` unrolled: the hooks in the order in which a real run called them, with the losses that they saw."""
    runs = {"pytorch": run_lightning(), "tensorflow": run_keras()}
    code, frames = {}, [{} for _ in FIT_STEPS]  # type: tuple[dict[str, Any], list[dict[str, Any]]]
    for framework, (called, losses) in runs.items():
        hooks = list(dict.fromkeys(called))
        if hooks != list(HOOKS[framework]):
            raise ValueError(f"{framework} calls {hooks}, in another order than HOOKS has them")
        code[framework] = [(HOOKS[framework][hook], "    " * INDENT[HOOKS[framework][hook]] + hook) for hook in hooks]
        for name, step in (("loss of batch 1", 5), ("loss of batch 2", 5), ("validation loss", 6)):
            for frame in frames[step:]:
                frame.setdefault(name, {"shape": []})[framework] = float(f"{losses[name]:.6g}")
        counts = {hook: called.count(hook) for hook in hooks}
        code[framework] = [
            (step, f"{line}  # {counts[line.strip()]} times" if counts[line.strip()] > 1 else line)
            for step, line in code[framework]
        ]
    notes = {str(step): note for step, note in FIT_NOTES.items()}
    title = "fit, unrolled: which hook runs when"
    story = {"name": "fit", "title": title, "steps": FIT_STEPS, "code": code, "graph": [], "fit": None}
    return story | {"notes": notes, "frames": frames}


def run_lightning() -> tuple[list[str], dict[str, float]]:
    """(hooks in order, losses) of Lightning's fit on two batches and one for validation."""
    import pytorch_lightning as pl
    import torch
    from torch.utils.data import DataLoader, TensorDataset

    called: list[str] = []
    losses: dict[str, float] = {}

    class Line(pl.LightningModule):
        def __init__(self) -> None:
            super().__init__()
            self.layer = torch.nn.Linear(2, 1)
            torch.nn.init.constant_(self.layer.weight, 0.5)
            torch.nn.init.zeros_(self.layer.bias)

        def loss(self, batch: Any) -> torch.Tensor:
            features, labels = batch
            return torch.nn.functional.mse_loss(self.layer(features), labels)

        def training_step(self, batch: Any, number: int) -> torch.Tensor:
            called.append("training_step")
            loss = self.loss(batch)
            losses[f"loss of batch {number + 1}"] = loss.item()
            return loss

        def validation_step(self, batch: Any, number: int) -> None:
            called.append("validation_step")
            losses["validation loss"] = self.loss(batch).item()

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.SGD(self.parameters(), lr=0.1)

    def noted(hook: str) -> Any:
        return lambda self, *_: called.append(hook)

    hooks = [hook for hook in HOOKS["pytorch"] if not hook.endswith("_step") or hook.startswith("on_")]
    watcher = type("Watcher", (pl.Callback,), {hook: noted(hook) for hook in hooks})()
    data = TensorDataset(torch.tensor(FEATURES), torch.tensor(LABELS))
    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        trainer = pl.Trainer(
            max_epochs=1, accelerator="cpu", callbacks=[watcher], num_sanity_val_steps=0, logger=False,
            enable_checkpointing=False, enable_progress_bar=False, enable_model_summary=False,
        )  # fmt: skip
        trainer.fit(Line(), DataLoader(data, batch_size=2), DataLoader(data, batch_size=4))
    return called, losses


def run_keras() -> tuple[list[str], dict[str, float]]:
    """(hooks in order, losses) of Keras's fit on the same batches."""
    import keras
    import tensorflow as tf

    called: list[str] = []
    losses: dict[str, float] = {}

    class Line(keras.Sequential):
        def train_step(self, data: Any) -> Any:
            called.append("train_step")
            return super().train_step(data)

        def test_step(self, data: Any) -> Any:
            called.append("test_step")
            return super().test_step(data)

    def noted(hook: str) -> Any:
        def note(self: Any, number: Any = None, logs: Any = None) -> None:
            called.append(hook)
            if hook == "on_train_batch_begin":
                self.model.reset_metrics()  # or the loss would be a mean over the batches so far
            if hook == "on_train_batch_end":
                losses[f"loss of batch {number + 1}"] = float(logs["loss"])
            if hook == "on_epoch_end":
                losses["validation loss"] = float(logs["val_loss"])

        return note

    hooks = [hook for hook in HOOKS["tensorflow"] if hook.startswith("on_")]
    watcher = type("Watcher", (keras.callbacks.Callback,), {hook: noted(hook) for hook in hooks})()
    model = Line([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer=keras.initializers.Constant(0.5))])
    model.compile(keras.optimizers.SGD(0.1), "mse", run_eagerly=True)
    data = tf.data.Dataset.from_tensor_slices((FEATURES, LABELS))
    model.fit(data.batch(2), validation_data=data.batch(4), epochs=1, verbose=0, callbacks=[watcher])
    return called, losses


def disagreements(stories: list[dict[str, Any]]) -> list[str]:
    """["story, step, value", ...] where the frameworks differ beyond 4 digits."""
    return [
        f"{story['title']}, {story['steps'][step][0]}, {name}"
        for story in stories
        for step, frame in enumerate(story["frames"])
        for name, value in frame.items()
        if not np.allclose(value["pytorch"], value["tensorflow"], rtol=5e-5, atol=5e-6)
    ]


if __name__ == "__main__":
    stories = record()
    if wrong := disagreements(stories):
        raise SystemExit("The frameworks disagree: " + "; ".join(wrong))
    RECORD.write_text(json.dumps(stories, indent=None, ensure_ascii=False) + "\n", encoding="utf-8")
