"""The task `train_softmax`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_train_softmax(answer, seed):
    generator = np.random.default_rng(seed)
    weight, bias = generator.normal(size=(2, 3)), generator.normal(size=3)
    features, labels = 3 * generator.normal(size=(7, 2)), np.array([0, 2, 1, 1, 2, 0, 2])
    yield "7 samples with 2 features, 3 classes, 1 step: the loss", answer(weight, bias, features, labels, 1)
    yield "7 samples with 2 features, 3 classes, 2 steps: the losses", answer(weight, bias, features, labels, 2)
    yield "7 samples with 2 features, 3 classes, 6 steps: the losses", answer(weight, bias, features, labels, 6)


TASK = Task(
    "train_softmax",
    observe=observe_train_softmax,
    translate=True,
    hints=(
        "Translate line by line: parameters, optimizer, loss, gradients, step. The table at the end has each of them.",
        {
            "pytorch": "`F.cross_entropy(logits, labels)` takes the mean itself; then `zero_grad()`, `backward()`, "
            "`step()`.",
            "tensorflow": "Variables first; the loss inside the tape, labels before logits, and its mean; then "
            "`apply_gradients(zip(gradients, variables))`.",
        },
    ),
    mistakes={
        "sum": "the losses of the samples are added up; the given function takes their mean.",
        "gradient_of_sum": "the losses are means, but each step follows the gradient of their sum: take the mean "
        "before the gradient.",
        "softmax_first": "the loss is that of a softmax applied twice: it takes logits.",
        "plain": "the first two losses are right, the later ones are those of plain gradient descent. Is there "
        "momentum, and is the optimizer made only once?",
        "after_the_step": "these are the losses after each step; those before it are wanted.",
        "nothing_moves": "the loss stays the same from step to step: no parameter changes.",
        "bias_forgotten": "the bias stays as it was. Can it be trained, and does the optimizer get it too?",
        "accumulates": {
            "pytorch": "the first two losses are right, but the later ones are not: the gradients add up. Clear "
            "them in each step.",
        },
    },
)
