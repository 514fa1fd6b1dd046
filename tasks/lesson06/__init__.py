"""Tasks of 06_overfitting: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils import data
from utils.answers import see
from utils.check import Quiz, Task


def five_points():
    """x, y, x of the validation, y of the validation: four rows of numbers."""
    return [array[:, 0].astype(np.float64) for part in data.five_points() for array in part]


def as_tuple(found):
    """Two results in a list count as much as two results in a tuple."""
    return tuple(found) if isinstance(found, list) else found


def observe_line_errors(answer, seed):
    yield "the line 2x + 3 and the five points", as_tuple(answer(2.0, 3.0, *five_points()))
    generator = np.random.default_rng(seed)
    points = [generator.normal(size=size) for size in (4, 4, 7, 7)]
    yield "the line x - 1 and random points", as_tuple(answer(1.0, -1.0, *points))


def observe_degree_error(answer, seed):
    for degree in (6, 4, 2, 0):
        yield f"degree {degree} and the five points", answer(degree, *five_points())
    generator = np.random.default_rng(seed)
    points = [generator.uniform(0, 8, size=size) for size in (9, 9, 5, 5)]
    yield "degree 3 and nine other points", answer(3, *points)


def observe_stopping_point(answer, seed):
    def tried(losses, patience):
        found = as_tuple(answer(np.array(losses), patience))
        return tuple(map(whole, found)) if isinstance(found, tuple) else found

    yield (
        "losses 0.5, 0.4, 0.3, 0.4, 0.35, 0.6, 0.7, 0.8, 0.1, 0.2 and patience 3",
        tried([0.5, 0.4, 0.3, 0.4, 0.35, 0.6, 0.7, 0.8, 0.1, 0.2], 3),
    )
    yield (
        "losses 0.5, 0.4, 0.45, 0.3, 0.35, 0.2, 0.25, 0.3, 0.4 and patience 2",
        tried([0.5, 0.4, 0.45, 0.3, 0.35, 0.2, 0.25, 0.3, 0.4], 2),
    )
    yield "losses 0.3, 0.2, 0.1, which never rise, and patience 2", tried([0.3, 0.2, 0.1], 2)
    yield "losses 0.5, 0.3, 0.3, 0.3, 0.2 and patience 2", tried([0.5, 0.3, 0.3, 0.3, 0.2], 2)


def whole(number):
    """An epoch as an int, be it an int, a float or a tensor without axes; anything else as it is."""
    data = see(number).data
    is_whole = isinstance(data, np.ndarray) and data.ndim == 0 and data == np.round(data)
    return int(data) if is_whole else number


def observe_ridge_weights(answer, seed):
    generator = np.random.default_rng(seed)
    yield (
        "three samples, two features, strength 4",
        answer(np.array([[1.0, 0], [1, 1], [1, 2]]), np.array([1.0, 3, 2]), 4.0),
    )
    yield "8 samples, 3 features, strength 0.5", answer(generator.normal(size=(8, 3)), generator.normal(size=8), 0.5)
    yield "4 samples, 6 features, strength 0.5", answer(generator.normal(size=(4, 6)), generator.normal(size=4), 0.5)


def observe_best_strength(answer, seed):
    # These numbers are drawn so that nearly every wrong way of choosing ends at a strength of its own.
    generator = np.random.default_rng(seed + 1481)
    random = [generator.normal(size=shape) for shape in ((4, 6), 4, (5, 6), 5)]
    yield (
        "4 samples, 6 features, strengths 1, 0.3, 30, 0.03, 100, 3, 0.01, 10, 0.1 and 2",
        answer(*random, [1.0, 0.3, 30.0, 0.03, 100.0, 3.0, 0.01, 10.0, 0.1, 2.0]),
    )
    x, y, x_validation, y_validation = five_points()
    tables = [((values - 4) / 4)[:, None] ** np.arange(7) for values in (x, x_validation)]
    yield (
        "degree 6 on the five points, strengths 0.01, 0.1, 1 and 10",
        answer(tables[0], y, tables[1], y_validation, [0.01, 0.1, 1.0, 10.0]),
    )


def observe_share_worse(answer, seed):
    yield (
        "errors 1 to 9 of the small and 1, 3.5, 5, 1, 4, 9, 9, 11, 11 of the large model",
        answer(np.arange(1.0, 10), np.array([1, 3.5, 5, 1, 4, 9, 9, 11, 11])),
    )
    generator = np.random.default_rng(seed)
    yield "30 random pairs", answer(generator.normal(size=30), generator.normal(size=30))


def observe_snapshot_gain(answer, seed):
    yield "two models, losses 4, 3, 5 and 8, 6, 8", answer(np.array([[4.0, 8], [3, 6], [5, 8]]))
    yield "6 looks at 5 random models", answer(np.random.default_rng(seed).uniform(0.5, 3, size=(6, 5)))


def observe_decompose(answer, seed):
    predictions, truth = np.array([[8.0, 1, 3], [4, 8, 8], [0, 8, 5]]), np.array([0.0, 7, 4])
    yield "predictions (8, 1, 3), (4, 8, 8) and (0, 8, 5), truth (0, 7, 4)", as_tuple(answer(predictions, truth))
    generator = np.random.default_rng(seed)
    random = generator.normal(1, 2, size=(30, 4)), generator.normal(size=4)
    yield "30 training sets, 4 points", as_tuple(answer(*random))


def noisy_digits(seed):
    """200 digits with 30 % of their labels redrawn, 300 for validation and 697 for the test, all as in the lesson."""
    digits = data.digits()
    generator = np.random.default_rng(seed)
    order = generator.permutation(len(digits.labels))
    labels = digits.labels.copy()
    wrong = order[:800][generator.random(800) < 0.3]
    labels[wrong] = np.random.default_rng(seed + 1000).integers(0, 10, len(labels))[wrong]
    rows = order[:200], order[800:1100], order[1100:]
    return [data.Part(digits.features[row] / 16, labels[row]) for row in rows]


def observe_train_noisy(answer, seed):
    train, validation, test = noisy_digits(seed + 50)
    network = answer(*train, *validation)
    yield "what comes back can be called", callable(network)
    pictures = answer.tensor(test.features)
    logits = see(network(pictures)).data
    yield "the shape of the logits of 697 pictures", np.array(np.shape(logits))
    yield "every logit is a finite number", bool(np.isfinite(logits).all())
    again = see(network(pictures)).data
    yield "the same pictures get the same logits again", bool(np.allclose(logits, again, rtol=1e-3, atol=1e-3))
    error = np.mean(np.argmax(logits, axis=1) != test.labels)
    for limit in (0.60, 0.29, 0.20):
        yield f"the test error is at most {limit:.2f}", bool(error <= limit)
    yield "the test error is above 0.03", bool(error > 0.03)
    # Whoever trains on the validation part gives wrong answers where its labels are wrong; whoever chooses does not.
    exchanged = np.where(validation.labels < 2, 1 - validation.labels, validation.labels)
    answers = np.argmax(see(answer(*train, validation.features, exchanged)(pictures)).data, axis=1)
    misled = np.mean((answers == 1 - test.labels)[test.labels < 2])
    yield "with 0 and 1 exchanged in the validation labels, the network still tells 0 from 1", bool(misled < 0.2)


TASKS = (
    Task(
        "line_errors",
        observe=observe_line_errors,
        hints=(
            "Compute the line's predictions for one set, subtract the labels, square, take the mean. Then do the same "
            "for the other set.",
            "Return both: `return training_error, validation_error`.",
        ),
        mistakes={
            "sum": "the squares are summed up; the mean divides by how many points each set has.",
            "root": "these are the roots of the mean squared errors; leave the root out.",
            "absolute": "these are mean absolute errors; square the differences instead of taking their size.",
            "no_square": "the differences are not squared, so those above and below the line cancel out.",
            "swapped": "the two errors are right but in the wrong order: the training error comes first.",
            "training_twice": "both numbers are the training error; the second one belongs to the validation points.",
            "exchanged": "slope and offset have changed places: the slope multiplies x.",
            "square_of_mean": "the differences are averaged and then squared, so those above and below the line cancel "
            "out; square first.",
            "single": "only one error comes back; return the one on the training points and the one on the "
            "validation points.",
            "per_point": "there is one number for each point; return the two means.",
            "predictions": "these are the line's predictions; return how far they are from the labels.",
            "gap": "the second number is the gap between the two errors; return the validation error itself.",
            "no_offset": "the offset is missing: the line is slope * x + offset.",
            "scaled": "the line is in x itself; u = (x - 4) / 4 belongs to the polynomials of section 2.",
            "fitted": "these are the errors of the best line; take the slope and the offset that you are given.",
            "one_less": "the sum is divided by one less than the number of points; a mean divides by all of them.",
            "one_size": "both sums are divided by the number of training points; each set has its own.",
        },
    ),
    Task(
        "degree_error",
        observe=observe_degree_error,
        hints=(
            "Make the tables of powers of u for both sets; the weights come from the training table alone. (To use the "
            "functions of section 2, convert each argument first: np.array(x, dtype=float).)",
            {
                "pytorch": "table = ((x - 4) / 4)[:, None] ** torch.arange(degree + 1), then "
                "torch.linalg.pinv(table) @ y.",
                "tensorflow": "table = ((x - 4) / 4)[:, None] ** tf.range(degree + 1, dtype=tf.float32), then "
                "tf.linalg.matvec(tf.linalg.pinv(table), y).",
            },
        ),
        mistakes={
            "training_error": "this is the training error; measure the same weights on the validation points.",
            "fit_on_validation": "the weights are fitted to the validation points, so they are no longer unseen.",
            "fit_on_both": "the weights are fitted to all points together; the validation points must stay unseen.",
            "one_short": "the highest power is missing: degree d has the powers 0 to d, which are d + 1 columns.",
            "no_constant": "the power 0, a column of ones, is missing.",
            "plain_x": "the powers are those of x; the lesson takes u = (x - 4) / 4, and with 7 parameters it matters.",
            "u_once": "u is taken for one of the two sets only; both tables hold powers of u.",
            "no_brackets": "x - 4 / 4 is x - 1, because the division comes first; u is (x - 4) / 4.",
            "always_six": "the degree is always 6; use the argument `degree`.",
            "five_points": "these are the errors on the notebook's five points; use the points that you are given.",
            "both": "two errors come back; return the one on the validation points only.",
            "weights": "these are the weights; return the error that they make on the validation points.",
            "predictions": "these are the predictions; return their mean squared error.",
            "sum": "the squares are summed up; the mean divides by the number of validation points.",
            "root": "this is the root of the mean squared error; leave the root out.",
            "table": "the predictions are a column and the labels a row, so their difference is a whole table; give "
            "both the same shape.",
            "polyfit": "np.polyfit finds another one of the many exact fits; the pseudoinverse takes the one with the "
            "smallest weights.",
        },
    ),
    Task(
        "stopping_point",
        observe=observe_stopping_point,
        hints=(
            "Go through the losses with a loop; remember the lowest so far and its epoch.",
            "Stop as soon as the current epoch minus the best epoch is equal to the patience.",
        ),
        mistakes={
            "from_zero": "the epochs are counted from 0; the first epoch has the number 1.",
            "looks_ahead": "you take the lowest loss of the whole curve, but at the time of stopping the later losses "
            "are not known.",
            "first_rise": "you stop at the first rise; patience allows for some epochs without improvement.",
            "not_reset": "epochs without improvement add up over the whole training; a new lowest loss starts the "
            "count anew.",
            "one_late": "you stop one epoch too late: stop when `patience` epochs in a row brought no improvement.",
            "against_last": "a loss is compared with the one before; compare it with the lowest so far.",
            "swapped": "the two numbers are right but in the wrong order: first where it stops, then the best epoch.",
            "ties": "an equal loss counts as an improvement; it has to be below the lowest so far.",
            "one_early": "the stop is named one epoch too early: `patience` epochs have to pass without improvement, "
            "and the first epoch has the number 1.",
            "past_end": "you name an epoch after the last one; training ends there at the latest.",
            "no_end": "nothing comes back when no stop is needed: return the last epoch and the best one after "
            "the loop.",
            "loss": "the second number is the lowest loss; return the epoch in which it occurred.",
            "single": "one number comes back; return the epoch of the stop and the best epoch.",
            "highest": "you look for the highest loss; the best epoch has the lowest.",
            "starts_at_zero": "no loss is below the value that you start with, so nothing ever counts as best; start "
            "with infinity or with the first loss.",
        },
    ),
    Task(
        "ridge_weights",
        observe=observe_ridge_weights,
        hints=(
            "Solve the system (XᵀX + strength · I) w = Xᵀy. Section 4 does it for the seven parameters.",
            {
                "pytorch": "torch.linalg.solve(system, X.T @ y), with torch.eye(number of columns of X).",
                "tensorflow": "tf.linalg.solve wants a column on the right: (Xᵀy)[:, None], and [:, 0] of the result.",
            },
        ),
        mistakes={
            "no_penalty": "the strength is not used: this is the least squares solution.",
            "subtracted": "the penalty is subtracted from the diagonal; it makes large weights cheaper. Add it.",
            "everywhere": "the strength is added to every entry; it belongs on the diagonal only (times the identity).",
            "times_samples": "the strength is multiplied by the number of samples; here the squared errors are summed, "
            "not averaged.",
            "squared": "the strength is squared; add it as it is.",
            "free_first": "the first weight is left out of the penalty; here all of them count, the constant's too.",
            "doubled": "the penalty counts twice; there is no factor 1/2 in front of the squared errors, so add "
            "strength once.",
            "halved": "the penalty counts half; there is no factor 1/2 in what is minimised, so add strength as it is.",
            "constant": "the strength is always 0.1, as in section 4; use the argument `strength`.",
            "column": "the weights come back as a column; return one row of numbers, as y is.",
            "predictions": "these are the predictions; return the weights.",
            "value": "this is the lowest value of what is minimised; return the weights that reach it.",
        },
    ),
    Task(
        "best_strength",
        observe=observe_best_strength,
        after="ridge_weights",
        hints=(
            "For each strength: fit with your ridge_weights on the training part, measure on the validation part.",
            "Keep the errors in a list; the wanted strength stands where the lowest error stands.",
        ),
        mistakes={
            "on_training": "this is the weakest penalty, which always wins on the data that were fitted; fit to the "
            "training part, measure on the validation part.",
            "index": "this is the place in the list; return the strength that stands there.",
            "error": "this is the lowest validation error; return the strength that reaches it.",
            "weights": "these are the weights; return the strength that led to them.",
            "smallest_weights": "this is the strongest penalty; small weights and a small gap are a means, a low "
            "validation error is the aim. (Are predictions and labels of one shape?)",
            "last": "this is the last strength of the list: does your lowest error change when a lower one is found, "
            "and do you return the strength that was kept with it?",
            "first": "this is the first strength of the list: does `return` stand inside the loop?",
            "no_square": "the differences are not squared, so those above and below cancel out.",
            "highest": "this strength has the highest validation error; look for the lowest.",
            "both_parts": "the weights are fitted to the validation data too, which then cannot choose; fit to the "
            "training data alone.",
        },
    ),
    Task(
        "share_worse",
        observe=observe_share_worse,
        hints=(
            "Entry i of both tensors belongs to the same redraw: compare entry by entry.",
            "The mean of a row of zeros and ones is the share of ones; convert the comparison to float first.",
        ),
        mistakes={
            "count": "this is the number of redraws; divide by how many there are.",
            "reversed": "this is the share in which the small model is worse.",
            "ties": "redraws with equal errors are counted too; worse means a strictly larger error.",
            "of_means": "this compares the two means, which is one comparison; compare redraw by redraw.",
            "sorted": "the errors are sorted before they are compared, so they no longer belong to the same redraw.",
            "excess": "this tells by how much the errors differ; the question is how often the large model is worse.",
            "unequal": "redraws in which the large model is better are counted too; worse means a larger error.",
            "percent": "this is a percentage; a share lies between 0 and 1.",
            "whole_division": "whole numbers are divided, which drops what follows the point, so the share becomes 0; "
            "convert them to float first, or divide with /.",
            "half": "the number is divided by the entries of both tensors; there are only as many redraws as one has.",
            "ratio": "this is how many times as often the large model is worse; divide by all redraws.",
            "each": "there is one answer for each redraw; return the share of those that are true.",
            "with_average": "each large error is compared with the average small one; compare it with that of the same "
            "redraw.",
        },
    ),
    Task(
        "snapshot_gain",
        observe=observe_snapshot_gain,
        translate=True,
        hints=(
            {
                "pytorch": "torch.amin(x, dim=0) is the counterpart of tf.reduce_min(x, axis=0).",
                "tensorflow": "tf.reduce_min(x, axis=0) is the counterpart of x.amin(dim=0).",
            },
            {
                "pytorch": "The mean over all entries is .mean() in PyTorch.",
                "tensorflow": "The mean over all entries is tf.reduce_mean(...) in TensorFlow.",
            },
        ),
        mistakes={
            "over_models": "the lowest loss is taken over the models of one look; take it over the looks of one model.",
            "overall": "the lowest loss of all models is used; each model has its own.",
            "of_means": "the losses are averaged before the division; take each model's own gain, then the mean.",
            "per_model": "there is one gain for each model; return their mean.",
            "from_first": "the gain is measured from the first loss; the original measures it from the last.",
            "difference": "this is the difference in loss; divide it by the last loss.",
            "by_lowest": "the difference is divided by the lowest loss; divide by the last.",
            "sum": "the gains of the models are summed up; return their mean.",
            "sign": "the sign is turned round: the gain is the last loss minus the lowest.",
            "position": "argmin tells at which look the loss was lowest; take the loss itself.",
            "highest": "the highest loss is taken; the best snapshot has the lowest.",
        },
    ),
    Task(
        "decompose",
        observe=observe_decompose,
        hints=(
            "Mean and variance run over the training sets, axis 0; then take the mean over the points.",
            "bias = mean prediction - truth, one number a point. Square it before you take the mean.",
        ),
        mistakes={
            "axis": "mean and variance run over the points; they should run over the training sets, axis 0.",
            "no_square": "the bias is not squared, so points above and below the truth cancel out.",
            "square_of_mean": "the bias is averaged over the points and then squared; square each point's bias first.",
            "error": "the first number is the mean squared error, which holds the variance too; take the mean "
            "prediction first.",
            "deviation": "the second number is a standard deviation; the variance is its square.",
            "one_less": "the variance divides by the number of sets less one; here it is the plain mean of the squares "
            "(in PyTorch: correction=0).",
            "swapped": "the two numbers are right but in the wrong order: bias² comes first.",
            "variance_axis": "the variance runs over the points of one training set; it should run over the training "
            "sets, axis 0.",
            "around_truth": "the second number is the mean squared error; the variance is taken around the mean "
            "prediction, not around the truth.",
            "all_together": "the variance is taken over all predictions together, so it holds the differences between "
            "the points; take it over axis 0.",
            "of_the_mean": "the second number tells how the mean prediction differs from point to point; the variance "
            "is that of the training sets, axis 0.",
            "one_mean": "there is one mean for all predictions; each point has a mean prediction of its own, axis 0.",
            "absolute": "the first number is the mean size of the bias; square it at each point instead.",
            "per_point": "there is one number for each point; return the two means over the points.",
            "sum": "the numbers are summed up over the points; take the mean.",
        },
    ),
    Task(
        "train_noisy",
        observe=observe_train_noisy,
        seconds=40.0,  # two trainings
        hints=(
            "Start with a hidden layer of 32 units and your own loop, and look at the validation loss every few steps.",
            "Keep the weights of the lowest validation loss. If that is not enough, add weight decay or input noise, "
            "and choose the strength on the validation part.",
        ),
        mistakes={
            "values": "return the trained network or a function, which can be called with new pictures.",
            "classes": "return the logits, ten numbers a picture, not the class numbers.",
            "untrained": "more than 60 % of the answers are wrong: does your loop change the weights of what you "
            "return, are its steps long and many enough, and has the network enough units?",
            "overfitted": "the test error is above 0.29, as after training to the end: it has learned the wrong labels "
            "by heart. Stop earlier, or use section 13. If you keep the best weights: is it a copy?",
            "late": "the test error is below 0.29 but above 0.20: combine two means, or choose their strength on the "
            "validation part.",
            "unsteady": "the same pictures get other logits at each call: dropout or noise is still on. Switch it off "
            "before you return the network (PyTorch: model.eval(), Keras: training=False).",
            "more_data": "the test error is below 0.03, which these 200 pictures do not give: has your network seen "
            "others, or the test?",
            "on_validation": "the network has learned the labels of the validation part; use them to choose, not to "
            "train.",
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="b",
        because={
            "a": "An overfitted model has a low training error; here both errors are high.",
            "b": "It does not even follow the training data, and it does as badly on new ones.",
            "c": "A good model has errors near that of the noise; these are far above it.",
        },
    ),
    Quiz(
        "quiz_2",
        right="c",
        because={
            "a": "In section 9 the training error was almost 0 even when all labels were pure chance.",
            "b": "A low training error alone does not show overfitting: with clean labels the test error was low too.",
            "c": "Only data that the model has not seen can tell.",
        },
    ),
    Quiz(
        "quiz_3",
        right="a",
        because={
            "a": "The losses part there: from then on the network learns what holds for the training data only.",
            "b": "At the end the training loss is lowest, but the validation loss has climbed.",
            "c": "There both losses still fall, so there is more to gain by going on.",
        },
    ),
    Quiz(
        "quiz_4",
        right="b",
        because={
            "a": "Then the test part has a say in the choice, and its error no longer tells about new data.",
            "b": "Choose on the validation part, report on the test part, once.",
            "c": "The training error likes the weakest means best, because they let it fall furthest.",
        },
    ),
    Quiz(
        "quiz_5",
        right="c",
        because={
            "a": "Bias comes from a model that is too stiff; more data of the same kind leave it.",
            "b": "The noise of new labels does not depend on the training.",
            "c": "With more samples the fits scatter less, because the noise of single samples weighs less.",
        },
    ),
    Quiz(
        "quiz_6",
        right="a",
        because={
            "a": "With clean labels there was little to prevent, as section 14 showed.",
            "b": "It helped in 20 of 20 seeds with noisy labels; that says nothing about clean ones.",
            "c": "Shifts were the one that made it clearly worse with clean labels.",
        },
    ),
    Quiz(
        "quiz_7",
        right="b",
        because={
            "a": "With the most features many weights fit, and the formula takes the smallest: the error is low.",
            "b": "With as many features as samples a single wild solution fits; with more, a calmer one is found.",
            "c": "It is high there too, but after a valley the curve climbs higher, before it falls a second time.",
        },
    ),
)
