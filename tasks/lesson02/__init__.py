"""Tasks of 02_training: what is tried, the hints, and a sentence for each typical mistake."""

import contextlib
import importlib
from unittest import mock

import numpy as np

from utils.check import Quiz, Task
from utils.data import as_numpy, blobs, line


def spirals(samples, seed, turns=0.85, noise=0.15):
    """Two spiral arms around each other: features (samples, 2), labels 0.0 or 1.0 (samples, 1), both float32."""
    generator = np.random.default_rng(seed)
    labels = generator.integers(0, 2, size=(samples, 1))
    radius = generator.uniform(0.3, 2.0, size=(samples, 1))
    angle = np.pi * (turns * radius + labels)
    points = radius * np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
    points += generator.normal(0, noise, size=points.shape)
    return points.astype(np.float32), labels.astype(np.float32)


def observe_patient_1(answer, seed):
    features, labels = line(samples=12, seed=seed)
    yield "12 samples and 1 step", answer(features + 1, labels[:, 0], 1)
    yield "12 samples and 6 steps", answer(features + 1, labels[:, 0], 6)


def observe_patient_2(answer, seed):
    features, labels = blobs(samples=24, classes=2, noise=1.5, seed=seed)
    labels = labels[:, None].astype(np.float32)
    yield "24 samples and 2 steps", answer(features, labels, 2)
    yield "24 samples and 6 steps", answer(features, labels, 6)


def observe_patient_3(answer, seed):
    features, labels = blobs(samples=24, classes=3, noise=1.0, seed=seed)
    yield "24 samples and 1 step", answer(features, labels, 1)
    yield "24 samples and 6 steps", answer(features, labels, 6)


def observe_patient_4(answer, seed):
    generator = np.random.default_rng(seed)
    features = generator.normal(size=(400, 2))
    labels = generator.integers(0, 3, size=400) * (features[:, 0] > 0)
    model = importlib.import_module(f"{__name__}.{answer.framework}").small_dropout_network(seed)
    accuracy = answer(model, features, labels)
    yield "a network with dropout and 400 samples: how often it dropped values", min(model.dropped, 2)
    yield "a network with dropout and 400 samples", accuracy
    yield "the same once more", answer(model, features, labels)
    if answer.framework == "pytorch":
        yield "the network is in training mode again afterwards", bool(model.training)
        model(answer.tensor(features))
        yield "the network drops values again when it trains afterwards", model.dropped > 0


def observe_patient_5(answer, seed):
    generator = np.random.default_rng(seed)
    features, labels = blobs(samples=2400, classes=2, noise=1.5, seed=seed)
    features = features @ np.array([[0.1, 60.0], [-0.1, 60.0]]) + np.array([1.7, 300.0])
    labels = labels[:, None].astype(np.float32)
    new = features[2000:] + generator.normal([0.05, 30.0], 0, size=(400, 2))
    result = answer(features[:2000], labels[:2000], new, 6)
    yield (
        "with 2000 samples to train on and 400 new ones, the result has two parts, losses and logits",
        isinstance(result, (tuple, list)) and len(result) == 2,
    )
    yield "2000 samples to train on, 6 steps; looked at the losses", result[0]
    yield "2000 samples to train on, 400 new ones, 6 steps; looked at the logits", result[1]


def observe_accuracy_of(answer, seed):
    generator = np.random.default_rng(seed)
    yield (
        "the logits 0.7, 0.3, 0.2, -0.8, 1, -2, -0.2, 2 and the labels 0, 0, 0, 1, 0, 0, 0, 0",
        answer(np.array([[0.7, 0.3, 0.2, -0.8, 1.0, -2.0, -0.2, 2.0]]).T, np.array([[0.0, 0, 0, 1, 0, 0, 0, 0]]).T),
    )
    labels = (generator.uniform(size=(50, 1)) < 0.3).astype(float)
    yield "50 samples", answer(generator.normal(size=(50, 1)), labels)
    labels = (generator.uniform(size=(70, 1)) < 0.6).astype(float)
    yield "70 samples", answer(generator.normal(size=(70, 1)), labels)


def observe_momentum_step(answer, seed):
    generator = np.random.default_rng(seed)
    one, two, three = np.array([1.0]), np.array([2.0]), np.array([3.0])
    yield "parameter 1, velocity 2, gradient 3, learning rate 0.1, decay 0.8", answer(one, two, three, 0.1, 0.8)
    yield "tensors of shape (2, 3)", answer(*generator.normal(size=(3, 2, 3)), 0.5, 0.9)


def observe_cross_entropy_of(answer, seed):
    generator = np.random.default_rng(seed)
    owner, names = importlib.import_module(f"{__name__}.{answer.framework}").CROSS_ENTROPIES
    with contextlib.ExitStack() as stack:
        spies = [stack.enter_context(mock.patch.object(owner, name, wraps=getattr(owner, name))) for name in names]
        loss = answer(generator.normal(size=(2, 3)), np.array([2, 0]))
    yield "logits of shape (2, 3)", loss
    yield "no cross-entropy of the library is called", not any(spy.called for spy in spies)
    yield "logits of shape (6, 4)", answer(3 * generator.normal(size=(6, 4)), generator.integers(0, 4, size=6))
    yield "logits as large as 1000", answer(np.array([[1000.0, 999.0], [-1000.0, -998.0]]), np.array([0, 0]))
    yield "the logits 1000 and 0, where the label is 1", answer(np.array([[1000.0, 0.0]]), np.array([1]))


def observe_fit_line(answer, seed):
    features, labels = line(samples=20, seed=seed)
    yield "20 samples and 1 step", answer(features, labels, 0.3, 1)
    yield "20 samples and 8 steps", answer(features, labels, 0.2, 8)


def observe_train_spirals(answer, seed):
    predict = answer(*spirals(samples=400, seed=seed))
    yield "what you return is a function", callable(predict)
    features, labels = spirals(samples=400, seed=seed + 1)
    classes = as_numpy(predict(answer.tensor(features)))
    yield "the shape of your function's result for 400 samples", np.array(classes.shape)
    yield "all results of your function are finite", bool(np.isfinite(classes).all())
    yield "the results of your function lie from 0 to 1", bool(((classes >= 0) & (classes <= 1)).all())
    yield "your function returns classes, 0 or 1", bool(np.isin(classes, (0, 1)).all())
    yield "both classes occur among 400 results", bool(classes.min() != classes.max())
    accuracy = np.mean(classes == labels)
    yield "the accuracy on 400 held-out samples is at least 0.25", bool(accuracy >= 0.25)
    yield "the accuracy on 400 held-out samples is better than guessing (above 0.58)", bool(accuracy > 0.58)
    yield (
        "the accuracy on 400 held-out samples is better than a straight boundary's (above 0.75)",
        bool(accuracy > 0.75),
    )
    yield "the accuracy on 400 held-out samples is at least 0.95", bool(accuracy >= 0.95)


TASKS = (
    Task(
        "patient_1",
        observe=observe_patient_1,
        hints=(
            "Print the shapes of predictions, labels and their difference.",
            "Make the labels a column, `labels[:, None]`, or the predictions a list, `predictions[:, 0]`.",
        ),
        mistakes={
            "still_broadcasts": "the difference is still a table of every prediction with every label; its shape "
            "should be (n, 1) or (n,).",
            "sum": "the squared errors are summed up now; the loss is their mean.",
            "mean_prediction": "the predictions are averaged before the comparison; each one belongs to its own label.",
            "first_label": "every prediction is compared with the first label only.",
            "absolute": "this is the mean absolute error; the loss of this loop is the mean of the squares.",
            "half": "the loss is half of the mean squared error now; only the shapes were wrong.",
            "one_step": "the list holds the loss of one step only: does `return` stand inside the loop?",
            "accumulates": {
                "pytorch": "the gradients of earlier steps add up now: keep the line that clears them.",
            },
        },
    ),
    Task(
        "patient_2",
        observe=observe_patient_2,
        hints=(
            "After a step, what do the gradients of that step still do in the next one?",
            {
                "pytorch": "Clear `weight.grad` and `bias.grad` once a step, after the update.",
                "tensorflow": "Set `weight_sum` and `bias_sum` to 0.0 at the beginning of every step, not only once.",
            },
        ),
        mistakes={
            "inside": "the sum is cleared before each half, so only the second half counts; clear it once a step.",
            "too_early": {
                "pytorch": "the gradients are gone when the update wants to use them; clear them after the update.",
                "tensorflow": "the sums are cleared before the update uses them; clear them after the update.",
            },
            "zero_too_early": {
                "pytorch": "the gradients are set to 0 right before the update, so nothing moves; clear them after it.",
            },
            "parameters": "the parameters themselves are set to zero; it is the gradients that must be cleared.",
            "step_each_half": "there is a step after each half; both halves' gradients belong to one step.",
            "still_adds_up": {
                "pytorch": "the gradients of earlier steps are still added to the new ones; clear them in every step.",
                "tensorflow": "the sums still hold the gradients of earlier steps; start them at 0.0 in every step.",
            },
            "one_cleared": "weight and bias both need it: the gradients of one are cleared in every step, those of the "
            "other still add up.",
            "not_halved": "the loss of each half is not divided by 2 any more, so their sum is twice the mean.",
        },
    ),
    Task(
        "patient_3",
        observe=observe_patient_3,
        hints=(
            "What does the library's cross-entropy expect, and what does it do with it first?",
            "Hand `features @ weight + bias` to the loss, without a softmax.",
        ),
        mistakes={
            "still_twice": "the loss still gets probabilities and applies a second softmax to them.",
            "sigmoid": "now a sigmoid comes before the loss's own softmax; the loss wants the bare logits.",
            "no_log": "the logarithm is missing: the loss is minus the log of the right class's probability.",
            "wrong_axis": "the softmax runs down the samples; it should run over the classes of one sample.",
            "down_and_again": "a softmax down the samples still comes before the loss's own; the loss wants the bare "
            "logits.",
            "from_logits": {
                "tensorflow": "the losses of `keras.losses` expect probabilities unless told `from_logits=True`.",
            },
            "sum": "the losses of the samples are summed up; the loss is their mean.",
            "binary": "this is binary cross-entropy, for labels that may be true together; here one class is right.",
        },
    ),
    Task(
        "patient_4",
        observe=observe_patient_4,
        hints=(
            "While the accuracy is measured, is dropout on or off?",
            {
                "pytorch": "Call `model.eval()` before the logits are computed, and `model.train()` after.",
                "tensorflow": "Call the model with `training=False`.",
            },
        ),
        mistakes={
            "still_dropping": {
                "pytorch": "dropout is still on while the logits are computed. Only the mode turns it off: "
                "`model.eval()`, with parentheses, before that line.",
                "tensorflow": "dropout is still on while the logits are computed. Only the argument "
                "`training=False` in the call of the model turns it off.",
            },
            "averaged": "you average several noisy measurements; switched off, dropout leaves nothing to average.",
            "stays_in_eval": {
                "pytorch": "the model stays in evaluation mode, so the next epoch would train without dropout; switch "
                "back with `model.train()`.",
            },
            "removed": {
                "pytorch": "dropout stays off afterwards, so the next epoch would train without it; `model.eval()` and "
                "`model.train()` switch it off and on.",
            },
            "count": "this is the number of right answers; the accuracy is their share.",
            "error_rate": "this is the share of wrong answers; the accuracy is the share of right ones.",
        },
    ),
    Task(
        "patient_5",
        observe=observe_patient_5,
        hints=(
            "Section 9: subtract the mean of each column and divide by its standard deviation.",
            "Compute mean and deviation of `features` along axis 0, and apply them to `features` and `new_features`.",
        ),
        mistakes={
            "own_numbers": "`new_features` are scaled by their own mean and deviation; use those of the training "
            "features.",
            "together": "mean and deviation are taken from old and new samples together; use the training features "
            "only.",
            "new_forgotten": "`new_features` stay (nearly) as measured; scale them too, with the mean and deviation "
            "that `features` had before they were scaled.",
            "probabilities": "the second result holds probabilities; logits are wanted, without the sigmoid.",
            "precedence": "only the mean is divided by the deviation; the difference needs parentheses.",
            "rows": "mean and deviation are taken along each row; they belong to a column, over all samples.",
            "only_centred": "the mean is subtracted, but nothing is divided by the deviation.",
            "only_divided": "the deviation is divided out, but the mean is not subtracted.",
            "variance": "you divide by the variance; the standard deviation is its root.",
            "whole_table": "mean and deviation are taken over the whole table; each column has its own.",
            "min_max": "this scales to the range from 0 to 1; here mean 0 and deviation 1 are wanted.",
        },
    ),
    Task(
        "accuracy_of",
        observe=observe_accuracy_of,
        hints=(
            "Turn the logits into predictions, true or false. Where is the threshold of a logit?",
            {
                "pytorch": "`((logits > 0) == (labels > 0.5))` is true where the class is right; `.float().mean()`.",
                "tensorflow": "`(logits > 0) == (labels > 0.5)` is true where the class is right; `tf.cast`, then "
                "`tf.reduce_mean`.",
            },
        ),
        mistakes={
            "threshold": "the threshold 0.5 is for probabilities; a logit is above 0 for class 1.",
            "count": "this is the number of right answers; divide by how many samples there are.",
            "percent": "this is in percent; a share runs from 0 to 1.",
            "error_rate": "this is the share of wrong answers.",
            "broadcast": "every prediction is compared with every label; a column against a list makes a table.",
            "each": "there is one result for each sample; the accuracy is one number, their mean.",
            "positives": "this is the share of samples predicted as class 1; compare with the labels.",
            "argmax": "there is one logit a sample, so argmax always finds column 0; ask whether the logit is above 0.",
            "always_one": "every sample is predicted as class 1: a sigmoid is always above 0, its threshold is 0.5.",
            "rounded": "the logits are rounded as if they were probabilities; ask whether each is above 0.",
        },
    ),
    Task(
        "momentum_step",
        observe=observe_momentum_step,
        hints=(
            "First the new velocity, then the step with it.",
            "velocity = decay * velocity + gradient; parameter = parameter - learning_rate * velocity.",
        ),
        mistakes={
            "old_velocity": "the step is made with the old velocity; make it with the new one.",
            "rate_inside": "the learning rate is already in your velocity; in section 14 it scales the step.",
            "uphill": "the step goes up the hill; subtract it.",
            "no_decay": "the old velocity is not multiplied by decay, so it never fades.",
            "averaged": "the gradient is multiplied by 1 - decay, as in Adam; momentum adds it whole.",
            "order": "the right two results in the wrong order: first the parameter, then the velocity.",
            "no_memory": "the old velocity is not used, so this is plain gradient descent.",
            "no_rate": "the learning rate is missing: it scales the step.",
            "decayed_gradient": "the gradient is multiplied by decay; only the old velocity should be.",
            "old_returned": "the second result is the old velocity; return the new one.",
            "step": "the first result is the step alone; subtract it from the parameter.",
        },
    ),
    Task(
        "cross_entropy_of",
        observe=observe_cross_entropy_of,
        hints=(
            "Write it as two parts: a log of a sum for each row, and the logit of the right class.",
            {
                "pytorch": "`torch.logsumexp(logits, dim=1)` does not overflow; "
                "`logits[torch.arange(n), labels]` picks.",
                "tensorflow": "`tf.reduce_logsumexp(logits, axis=1)` does not overflow; "
                "`tf.gather(logits, labels, batch_dims=1)` picks.",
            },
        ),
        mistakes={
            "overflow": "right for small logits, but exp(1000) overflows; subtract each row's maximum first.",
            "sum": "the losses of the samples are summed up; their mean is wanted.",
            "no_log": "the logarithm is missing: the loss is minus the log of the right class's probability.",
            "sign": "the sign is turned around; the cross-entropy is never negative.",
            "all_entries": "the mean runs over all n·k entries; there is one loss a sample, so divide by n.",
            "twice": "the softmax is applied twice: your second one gets probabilities instead of logits.",
            "library": "right, but this calls the library's cross-entropy; the task is to write it out.",
            "by_probability": "right as long as no probability is rounded to 0, whose logarithm is infinite; use the "
            "formula with the logits.",
            "all_pairs": "every row is paired with every label; pick one logit from each row.",
            "largest": "the largest logit of each row is subtracted; it should be that of the right class.",
            "half_shifted": "the maximum is subtracted inside the sum only; the logit of the right class needs it too.",
            "one_maximum": "one maximum for all rows: in a row of much smaller logits every exponential becomes 0. "
            "Subtract each row's own.",
            "whole_table": "the sum of exponentials runs over the whole table; each row has its own.",
            "axis": "the sum of exponentials runs over the samples; it should run over the classes of one sample.",
        },
    ),
    Task(
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
                "pytorch": "the steps go up the hill; subtract the gradient.",
                "tensorflow": "after one step each parameter is plus the gradient times the rate; it should be minus: "
                "use `assign_sub`.",
            },
            "one_step_only": "one step is taken, however many are wanted: is there a loop, and `return` after it?",
            "sum": "the squared errors are summed up; the given function takes their mean.",
            "bias_forgotten": "the bias is never updated.",
            "one_step_more": "there is one step too many.",
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
            "recorded": {
                "pytorch": "the update must not be recorded; put it under `torch.no_grad()`.",
            },
            "no_backward": {
                "pytorch": "`weight.grad` is None: `loss.backward()` fills it, before the update.",
            },
            "not_required": {
                "pytorch": "nothing was recorded: the parameters need `requires_grad=True`.",
            },
        },
    ),
    Task(
        "train_spirals",
        observe=observe_train_spirals,
        seconds=10.0,
        hints=(
            "A network with one hidden layer of 16 to 64 values can do it, as in section 17. Watch its training loss.",
            "All 400 samples at once, Adam with a learning rate near 0.05, and some 200 steps are enough.",
        ),
        mistakes={
            "logits": "your function returns logits; the class is 1 where the logit is above 0.",
            "no_function": "what you return cannot be called; return a function, which takes features and returns "
            "their classes.",
            "probabilities": "your function returns probabilities; the class is 1 where the probability is above 0.5.",
            "one_class": "every sample gets the same class. Class 1 is where the logit is above 0; the argmax of one "
            "column is always 0.",
            "swapped": "the classes are swapped: class 1 is where the logit is above 0.",
            "untrained": "no better than guessing on held-out samples. Do the parameters change at all while training?",
            "linear": "better than guessing, but not more than a straight boundary reaches. Is there a curved function "
            "between the layers?",
            "too_short": "bent in the right way, but the accuracy on 400 held-out samples is below 0.95: train longer, "
            "or with a larger hidden layer or learning rate.",
            "flat": "your function returns shape (n,); (n, 1) is wanted, like the labels.",
        },
    ),
)


SUSPECTS = {
    "quiz_1": {
        "a": "A learning rate too large makes a loss grow or shake; this one is calm, and flat.",
        "b": "Each step clears its gradients or takes new ones; and sums of gradients make waves, not a flat line.",
        "c": "There is no softmax here, since the label is a number.",
        "d": "(n, 1) - (n,) is a table of n·n differences, so every prediction is pulled to the mean of all labels.",
        "e": "The model has no part that works differently in training.",
        "f": "There is one feature, from -1 to 1, a healthy scale.",
    },
    "quiz_2": {
        "a": "The same rate of 0.5 is fine once the fault is mended; and a rate too large shakes from step to step.",
        "b": "Every step uses all gradients since the first. So the loop rolls through the valley and up the other "
        "side, and rolls back only when the new gradients outweigh the old ones.",
        "c": "There is one sigmoid, and it is inside the loss.",
        "d": "Logits and labels are both columns; the library's loss would not take anything else.",
        "e": "The model has no part that works differently in training.",
        "f": "Both features are standardised.",
    },
    "quiz_3": {
        "a": "A rate too large makes a loss grow or shake; this one falls calmly, but stops too high.",
        "b": "Each step clears its gradients or takes new ones; and sums of gradients make waves.",
        "c": "The loss does a softmax itself. Given probabilities from 0 to 1 instead of logits, it cannot go below "
        "log(1 + 2/e) = 0.551 with three classes, however sure the model is.",
        "d": "Class numbers of shape (n,) are what this loss takes, and the accuracy is high.",
        "e": "The model has no part that works differently in training.",
        "f": "Both features run from about -3 to 3.",
    },
    "quiz_4": {
        "a": "The training is fine; and a trained model that is only measured takes no steps at all.",
        "b": "Measuring takes no gradients, and the training step is the one of section 18.",
        "c": "Dropout is not softmax; the training step gives logits to the loss, as it should.",
        "d": "The predictions are class numbers of shape (n,) after the argmax, like the labels.",
        "e": "Dropout goes on while the accuracy is measured: another random half of the hidden values is missing each "
        "time.",
        "f": "All features, the pixels, are standardised.",
    },
    "quiz_5": {
        "a": "For standardised features 0.5 is a good rate; look at the features first.",
        "b": "Each step clears its gradients or takes new ones.",
        "c": "There is one sigmoid, and it is inside the loss.",
        "d": "Logits and labels are both columns; the library's loss would not take anything else.",
        "e": "The model has no part that works differently in training.",
        "f": "One feature is about 2, the other about 300: a rate that suits the one is far too large for the other.",
    },
}

QUIZ = (
    *(Quiz(name, right=right, because=SUSPECTS[name]) for name, right in zip(SUSPECTS, "dbcef", strict=True)),
    Quiz(
        "quiz_6",
        right="b",
        because={
            "a": "More epochs of a diverging training make it worse.",
            "b": "The steps overshoot by more than they came; smaller ones do not.",
            "c": "Smaller batches make the gradient noisier, which does not help.",
        },
    ),
    Quiz(
        "quiz_7",
        right="c",
        because={
            "a": "Then the test samples have a say in the training, and the test result looks better than it is.",
            "b": "Then the same measured value means something else in each part, and a single new sample cannot be "
            "scaled at all.",
            "c": "New samples are treated as the training samples were, and the test part stays unseen.",
        },
    ),
    Quiz(
        "quiz_8",
        right="c",
        because={
            "a": "A softmax makes the topics compete: its probabilities sum to 1, so it cannot say two or none.",
            "b": "One logit answers one question, and here there are ten.",
            "c": "Ten questions, each with the answer true or false: that is multi-label classification.",
        },
    ),
    Quiz(
        "quiz_9",
        right="b",
        because={
            "a": "0.5 is the threshold of the probability.",
            "b": "The sigmoid of 0 is 0.5, so both classes are equally likely there.",
            "c": "At the logit 1 the probability of class 1 is already 0.73.",
        },
    ),
    Quiz(
        "quiz_10",
        right="a",
        because={
            "a": "One gives the direction, the other the usual size that it is divided by.",
            "b": "It keeps a running mean of squares, in which large gradients fade again.",
            "c": "Nothing is stored one by one; each running mean is one number that is updated.",
        },
    ),
)
