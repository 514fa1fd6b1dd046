"""The task `fit_line`: what is tried, the hints, and a sentence for each typical mistake."""

from utils.catalogue import Task
from utils.data import line


def observe_fit_line(answer, seed):
    features, labels = line(samples=20, seed=seed)
    yield "20 samples and 1 step", answer(features, labels, 0.3, 1)
    yield "20 samples and 8 steps", answer(features, labels, 0.2, 8)


TASK = Task(
    "fit_line",
    observe=observe_fit_line,
    translate=True,
    hints=(
        "Translate line by line: parameters, loss, gradients, update.",
        {
            "pytorch": "`loss.backward()` leaves the gradients in `weight.grad` and `bias.grad`; update under "
            "`torch.no_grad()`, then clear them.",
            "tensorflow": "The parameters are `tf.Variable`; the loss is computed inside `tf.GradientTape()`; "
            "`assign_sub` updates.",
        },
    ),
    mistakes={
        "uphill": {
            "pytorch": "after one step both parameters are the negative of the right ones. Is the gradient subtracted?",
            "tensorflow": "after one step both parameters are the negative of the right ones. Is the gradient "
            "subtracted, with `assign_sub`?",
        },
        "untrained": "where one step is wanted, both parameters are still 0. How often does the loop run, does it "
        "change the parameters that you return, and are the gradients still there when it does?",
        "weight_forgotten": "the weight is never updated.",
        "one_step_only": "the result is that of one step, where 8 are wanted: does the loop go on from the last "
        "step, and is `return` after it?",
        "sum": "the squared errors are summed up; the given function takes their mean.",
        "bias_forgotten": "the bias is never updated.",
        "one_step_more": "where one step is wanted, two are taken. How often does the loop run?",
        "fixed_steps": "where one step is wanted, many are taken. How often does the loop run?",
        "adam": "in one step both parameters move by exactly the learning rate, as with Adam; in the given function a "
        "step is the learning rate times the gradient.",
        "losses": "this is the loss of each step; return the weight and the bias.",
        "started_at_one": "the parameters start at 1; in the given function they start at 0.",
        "accumulates": {
            "pytorch": "right for one step, but then the gradients add up: clear both after each update.",
        },
        "rebound": {
            "pytorch": "after one step `weight` is a new tensor without a gradient; change it in place, "
            "with `-=` under `torch.no_grad()`.",
            "tensorflow": "after one step `weight` is a plain tensor that the tape does not watch; change the "
            "variable in place, with `assign_sub`.",
        },
        "not_watched": {
            "tensorflow": "the gradient is None: the parameters must be `tf.Variable`, and the whole loss must be "
            "computed inside the `with` of the tape.",
        },
        "no_table": {
            "tensorflow": "the matrix product wants a table of weights, of shape (1, 1); in TensorFlow a shape is a "
            "list, as in `tf.zeros([1, 1])`.",
        },
        "recorded": {
            "pytorch": "the update must not be recorded; put it under `torch.no_grad()`.",
        },
        "no_backward": {
            "pytorch": "a gradient is None. Does `loss.backward()` run before the update, and do both parameters have "
            "`requires_grad=True`?",
        },
        "not_required": {
            "pytorch": "nothing was recorded on the way to the loss. Do the parameters have `requires_grad=True`, and "
            "is the loss computed from them, without `detach`?",
        },
    },
)
