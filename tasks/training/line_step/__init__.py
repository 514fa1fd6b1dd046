"""The task `line_step`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task
from utils.data import line


def observe_line_step(answer, seed):
    few = np.array([[1.0], [2.0], [4.0]]), np.array([[1.0], [0.0], [2.0]])
    yield (
        # A loss that is summed up, halved, or a rate of 0.1 or 0.3 from the text: each gives a step of another length.
        "weight 2, bias -1, the features 1, 2 and 4, the labels 1, 0 and 2, learning rate 0.25",
        answer(np.array(2.0), np.array(-1.0), *few, 0.25),
    )
    yield "weight -1, bias 1, 30 samples, learning rate 0.3", answer(np.array(-1.0), np.array(1.0), *line(30), 0.3)


TASK = Task(
    "line_step",
    observe=observe_line_step,
    hints=(
        "Make parameters that are recorded, compute the loss with them, get both gradients, and subtract.",
        {
            "pytorch": "`w = weight.clone().requires_grad_()`, the same for the bias; `loss.backward()`; the new "
            "weight is `weight - learning_rate * w.grad`.",
            "tensorflow": "Inside `with tf.GradientTape() as tape:` first `tape.watch([weight, bias])`, then the loss; "
            "after it `tape.gradient(loss, [weight, bias])`.",
        },
    ),
    mistakes={
        "uphill": "both parameters move by the right amount, but uphill. Is the gradient subtracted, and is its own "
        "sign right?",
        "no_rate": "the step is the whole gradient; the learning rate should scale it.",
        "sum": "the step is as many times too long as there are samples: is the loss a sum or a mean?",
        "only_the_step": "this is the step itself; the new parameter is the old one minus the step.",
        "bias_forgotten": "the weight is right, but the bias has not changed.",
        "one_after_the_other": "the weight is right; the bias's gradient was taken at the new weight. Both belong to "
        "the old parameters.",
        "gradients": "these are the two gradients; the new parameters are wanted.",
        "swapped": "these are the right two numbers in the wrong order: first the weight, then the bias.",
        "halved": "both steps have half the right length; the gradient of a square has a factor of 2.",
        "not_squared": "this is the step for the mean of the plain errors; the loss squares them first.",
        "unchanged": "both parameters come back as they were given. Do you return the ones that took the step?",
        "another_rate": "the step is as long as with a learning rate of 0.3 or 0.1. Is it the given `learning_rate`?",
        "exchanged": "each parameter moves by the gradient of the other one. In which order do the gradients come?",
        "one_gradient": "the weight is right, but the bias moves by the gradient of the weight, not by its own.",
        "absolute": "this is the step for the mean absolute error; the loss squares the errors.",
        "root": "this is the step for the square root of the mean squared error; leave the root out.",
        "bias_subtracted": "this is the step for predictions of weight * feature - bias; the bias is added.",
        "labels_added": "this is the step for the squares of predictions PLUS labels; the error is their difference.",
        "square_of_mean": "this is the step for the square of the mean error. The loss is the mean of the squares, so "
        "in the weight's gradient each error meets its own feature before the mean is taken.",
        "broadcast": "this is the step of a loss in which each prediction meets each label. Have both shape (n, 1)?",
        "times_parameter": "the steps are multiplied by the parameters too; subtract learning rate times gradient.",
        "without_features": "the weight moves by the mean of 2 * error, which is the gradient of the bias. For the "
        "weight, each error is multiplied by its feature.",
    },
)
