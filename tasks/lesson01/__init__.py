"""Tasks of 01_tensors: what is tried, the hints, and a sentence for each typical mistake; shared by both frameworks."""

import contextlib

import numpy as np

from utils.check import Quiz, Task
from utils.data import as_numpy


def observe_standardise_columns(answer, seed):
    generator = np.random.default_rng(seed)
    yield "columns (1, 3, 8) and (10, 50, 30)", answer(np.array([[1.0, 10.0], [3.0, 50.0], [8.0, 30.0]]))
    yield "a table of shape (6, 3)", answer(generator.normal([5, -20, 0], [1, 10, 0.1], size=(6, 3)))
    yield "a table of shape (3, 3)", answer(generator.normal(size=(3, 3)))


def observe_softmax(answer, seed):
    generator = np.random.default_rng(seed)
    yield "a table of shape (2, 3)", answer(generator.normal(size=(2, 3)))
    yield "a table of shape (4, 4)", answer(generator.normal(size=(4, 4)))
    yield "logits as large as 1000", answer(np.array([[1000.0, 999.0], [-1000.0, -1000.0]]))
    yield "the row 0, 0, 0, 1000", answer(np.array([[0.0, 0.0, 0.0, 1000.0]]))
    yield "one row only", answer(generator.normal(size=(1, 5)))


def observe_derivative(answer, seed):
    yield "x = (0.5, 1, 2)", answer(np.array([0.5, 1.0, 2.0]))
    yield "x of shape (2, 2)", answer(np.random.default_rng(seed).uniform(-2, 2, size=(2, 2)))


def observe_numeric_gradient(answer, seed):
    def bowl(p):
        return p[0] ** 2 + 3 * p[1]

    def product(p):
        return p[0] * p[1] * p[2]

    generator = np.random.default_rng(seed)
    yield "p0² + 3·p1 at (2, 1)", answer(bowl, np.array([2.0, 1.0]), 0.1)
    yield "p0³ at 1, with the large step 0.5", answer(lambda p: p[0] ** 3, np.array([1.0]), 0.5)
    yield "p0·p1·p2", answer(product, generator.uniform(1, 2, size=3), 0.1)


def observe_correlation(answer, seed):
    generator = np.random.default_rng(seed)
    yield "a table of shape (5, 2)", answer(generator.normal(3, [1, 10], size=(5, 2)))
    yield "a table of shape (4, 3)", answer(generator.normal(size=(4, 3)))


def observe_minimise(answer, seed):
    def bowl(p):
        return (p[0] - 3) ** 2 + (p[1] + 1) ** 2

    def valley(p):
        return (p[0] - 1) ** 2 + 25 * (p[1] - 2) ** 2

    for name, function, start in (("a narrow valley", valley, [-1.0, 1.0]), ("a round bowl", bowl, [0.5, -2.0])):
        path = []

        def recorded(point, function=function, path=path):
            with contextlib.suppress(TypeError):  # inside tf.function there are no numbers to look at
                path.append(as_numpy(point).astype(float))
            return function(point)

        found = answer(recorded, np.array(start))
        yield name, None if found is None else np.zeros(as_numpy(found).shape)
        yield f"{name}: how it ends", journey(function, np.array(start), path, as_numpy(found).astype(float))


def journey(function, start, path, found):
    """How a descent went, in a few words, from the points at which it looked at the function."""
    if function(found) < 0.001:
        return "below 0.001"
    if np.allclose(found, start):
        return "at the start"
    if len(path) == 1:
        return "after one look at the function"
    steps = np.diff(np.array([start, *path, found]), axis=0)
    steps = steps[np.abs(steps).max(axis=1) > 0]
    slope = np.array([function(start + h) - function(start - h) for h in 1e-4 * np.eye(2)])
    if steps[0] @ slope > 0:
        return "uphill from the first step"
    if len(steps) > 2 and np.allclose(steps[0], steps[1]) and np.allclose(steps[1], steps[2]):
        return "straight on, with the same step again and again"
    values = [function(point) for point in (*path, found)]
    if not np.all(np.isfinite(values)) or values[-1] > 10 * values[0]:
        return "further away with every step"
    if np.sum(np.diff(values) > 0) > len(values) / 4:
        return "up and down without an end"
    return "on the way, but still above 0.001"


TASKS = (
    Task(
        "standardise_columns",
        observe=observe_standardise_columns,
        hints=(
            "You need one mean and one standard deviation a column: a reduction that takes the rows' axis away.",
            "Broadcasting then subtracts a row of means from every row of the table.",
            {
                "pytorch": "torch.std divides by n - 1 unless you write `correction=0`.",
                "tensorflow": "tf.math.reduce_std divides by n, as wanted here.",
            },
        ),
        mistakes={
            "rows": "you standardise each row; a feature is a column. Which axis must the mean take away?",
            "all": "one mean and one deviation are taken over the whole table; each column needs its own.",
            "mean_only": "the columns have mean 0, but not standard deviation 1 yet.",
            "scale_only": "the columns are scaled, but their mean is not subtracted first.",
            "variance": "you divide by the variance; take its square root, the standard deviation.",
            "bessel": "the deviation divides by n - 1, one less than the number of rows; here it should divide by n.",
            "min_max": "this scales each column to the range from 0 to 1; wanted are mean 0 and standard deviation 1.",
            "one_deviation": "each column has its mean subtracted, but one deviation for all: each needs its own.",
            "numpy": {
                "pytorch": "np.mean and np.std are for arrays: take features.mean(dim=0) and features.std(dim=0)."
            },
            "no_axis": {
                "pytorch": "the statistics of rows do not broadcast without keepdim; but a feature is a column.",
                "tensorflow": "the statistics of rows do not broadcast without keepdims; but a feature is a column.",
            },
            "norm": "you divide by the column's length (norm); the standard deviation is the root of the MEAN square.",
        },
    ),
    Task(
        "softmax",
        observe=observe_softmax,
        hints=(
            "Each row is divided by its own sum; keep that axis, so that broadcasting fits.",
            "Subtracting the same number from all logits of a row changes nothing in the result. Which number keeps "
            "the exponential from overflowing?",
            "Subtract each row's largest logit before the exponential.",
        ),
        mistakes={
            "columns": "your columns sum to 1; each ROW should. Which axis do you sum over?",
            "unstable": "large logits overflow to nan: subtract each row's largest logit before the exponential.",
            "all": "the whole table sums to 1; each row should. The sum must take one axis away, not both.",
            "no_keepdims": {
                "pytorch": "one number a row does not broadcast against the table: keep the axis, keepdim=True.",
                "tensorflow": "one number a row does not broadcast against the table: keep the axis, keepdims=True.",
            },
            "max_pair": {"pytorch": "max(dim=...) returns values AND places: take .values, or use amax."},
            "other_shift": "the row's mean or smallest logit is subtracted; the largest can overflow: subtract it.",
            "fixed_shift": "a fixed number is subtracted; logits far below become 0 / 0. Subtract each row's largest.",
            "global_shift": "the largest logit of the WHOLE table is subtracted, so rows far below it become 0 / 0; "
            "subtract each row's own.",
            "no_division": "these are the exponentials; divide each row by its sum.",
            "no_exp": "the logits themselves are divided by their sum; take the exponential first.",
            "sigmoid": "this is the sigmoid of each logit; its rows do not sum to 1.",
            "log": "this is the logarithm of the softmax; take the exponential of it.",
            "mean": "each row is divided by its mean, so it sums to the number of classes; divide by the sum.",
        },
    ),
    Task(
        "derivative",
        observe=observe_derivative,
        hints=(
            {
                "pytorch": "Make a copy of x that requires a gradient, so that PyTorch records what follows.",
                "tensorflow": "Open a GradientTape and tell it to watch x.",
            },
            {
                "pytorch": "`x = x.clone().requires_grad_()`, then the values, their sum, `backward()`, `x.grad`.",
                "tensorflow": "Inside the tape `tape.watch(x)`, then the values; after it `tape.gradient(values, x)`.",
            },
        ),
        mistakes={
            "value": "this is the value of f, not its derivative.",
            "unrecorded": {
                "pytorch": "nothing was recorded: x must require a gradient, and torch.no_grad() must not be on.",
                "tensorflow": "your result is None: `return` is missing, or the tape did not see the way from x to the "
                "values. It watches variables only, unless told, and only inside its block.",
            },
            "backward_result": {
                "pytorch": "your result is None: `return` is missing, or you return what backward() gives, which is "
                "nothing; the gradient is in x.grad."
            },
            "no_sum": {"pytorch": "backward() starts from one number, but f(x) has several entries: sum them first."},
            "single": "you return one number, the sum; wanted is the derivative at each entry of x.",
            "product_rule": "this is the product of the two derivatives; a product's derivative has two terms.",
            "one_term": "one term is missing: x² and sin(x) both depend on x, and both must be recorded.",
            "detached": {
                "pytorch": "part of the expression left the graph (detach or numpy), so one term is missing.",
                "tensorflow": "part of the expression left the tape (NumPy or stop_gradient), so one term is missing.",
            },
            "mean": "the mean was taken before the gradient, so each entry is divided by the number of entries.",
        },
    ),
    Task(
        "numeric_gradient",
        observe=observe_numeric_gradient,
        rtol=2e-3,
        atol=2e-3,
        hints=(
            "Go through the entries in a loop. For each, make two copies of `point` and change one entry in each.",
            {
                "pytorch": "`up = point.clone()`, then `up[i] += step`, and the same downwards.",
                "tensorflow": "`tf.one_hot(i, len(point)) * step` is zero but for entry i: add it and subtract it.",
            },
        ),
        mistakes={
            "early_return": "only the first entry is computed: does `return` stand inside the loop?",
            "exact": "this is the exact gradient, from the framework; wanted is the numeric one, by nudging.",
            "same_tensor": {
                "pytorch": "a second name is no copy: `up`, `down` and `point` are one tensor. Use clone()."
            },
            "one_sided": "this looks upwards only; nudge downwards too, and divide by 2 * step.",
            "no_division": "these are changes of the function; divide by 2 * step to get a rate of change.",
            "half_division": "the change over 2 * step is divided by `step` only, so it is twice too large.",
            "all_at_once": "all entries are nudged at the same time; nudge one and leave the others as they are.",
            "not_restored": "the earlier entries stay nudged while the next is tried; start from `point` each time.",
            "sign": "the sign is the wrong way round: it is the function above minus the function below.",
            "precedence": "`/ 2 * step` divides by 2 and then multiplies; put 2 * step in parentheses.",
        },
    ),
    Task(
        "correlation",
        observe=observe_correlation,
        translate=True,
        hints=(
            "Translate line by line: a mean along an axis, a norm along an axis, a transpose and a product.",
            {
                "pytorch": "`dim=0, keepdim=True` is PyTorch's `axis=0, keepdims=True`; `x.norm(...)`, `x.T`.",
                "tensorflow": "`tf.reduce_mean`, `tf.norm` and `tf.transpose` take the tensor as first argument.",
            },
        ),
        mistakes={
            "one_mean": "one mean of the whole table is subtracted; each column has its own.",
            "deviation": "the columns are divided by their standard deviation; divide by their length (norm).",
            "not_centred": "the columns' means are not subtracted.",
            "not_scaled": "the columns are centred, but not divided by their norms.",
            "rows": "means and norms are taken along the rows; axis 0 goes down the columns.",
            "no_transpose": "the first factor of the product is not transposed.",
            "order": "the factors are the wrong way round: the transposed table comes first.",
            "elementwise": "`*` multiplies entry by entry; the matrix product is `@`.",
            "global_norm": "one norm is taken over the whole table; each column needs its own.",
        },
    ),
    Task(
        "minimise",
        observe=observe_minimise,
        hints=(
            {
                "pytorch": "As in section 17: backward, a step under torch.no_grad(), clear the gradient, repeat.",
                "tensorflow": "As in section 17: a tape around the function, a step with assign_sub, repeat.",
            },
            "Across the valley the curvature is 50, so a learning rate above 2 / 50 = 0.04 diverges. Along it the "
            "curvature is 2: how many steps does that need?",
        ),
        mistakes={
            "start": "you return the start: does your loop change the point that you return?",
            "uphill": "the steps go up: step against the gradient.",
            "too_large": "each step leads further away, so it diverges: take a smaller learning rate.",
            "too_few": "the point is on its way, but not there yet: more steps, or a somewhat larger learning rate.",
            "value_returned": "you return the function's value; return the point.",
            "stale": "the step is the same again and again: compute the gradient anew in every step.",
            "not_cleared": {
                "pytorch": "the gradients of all steps add up, so the point swings: clear .grad each step."
            },
            "path": "you return several points; return the last one.",
            "two_arguments": "`function` takes one tensor, unlike `valley` in section 17: give it the whole point.",
            "new_tensor": {
                "pytorch": "`p = p - ...` makes a new tensor whose .grad stays None; change the point in place under "
                "torch.no_grad()."
            },
            "unrecorded": {
                "pytorch": "nothing is recorded: the point must require a gradient, and keep it; `p = p - ...` under "
                "no_grad() makes one that does not."
            },
            "leaf_in_place": {
                "pytorch": "PyTorch refuses to change a tensor in place while it records it: put the step under "
                "torch.no_grad()."
            },
            "constant": {
                "tensorflow": "the gradient is None: make the point a tf.Variable or watch it, and call `function` "
                "inside the tape's block."
            },
            "used_tape": {"tensorflow": "a tape gives its gradient once; open a new one in every step."},
        },
    ),
)

QUIZ = (
    Quiz(
        "quiz_1",
        right="b",
        because={
            "a": "Compare from the last axis: 1 against 4 fits, and the missing axis is filled in. No error.",
            "b": "Both are repeated: the column 4 times, the row 5 times.",
            "c": "The last axis has length 1 on the left, but 4 on the right: it is repeated to 4.",
            "d": "(9,) would be gluing together; a sum goes entry by entry.",
        },
    ),
    Quiz(
        "quiz_2",
        right="c",
        because={
            "a": "It would be, if both had the same shape.",
            "b": "Broadcasting allows these shapes, so no error tells you; that makes this slip dangerous.",
            "c": "A column against a row makes a table of 100 by 100.",
        },
    ),
    Quiz(
        "quiz_3",
        right="b",
        because={
            "a": {
                "pytorch": "backward() does not replace what stands in .grad; it adds to it.",
                "tensorflow": "It would be 4 for a variable, or after tape.watch(x).",
            },
            "b": {
                "pytorch": "So clear the gradient before each step, for example with `w.grad = None`.",
                "tensorflow": "A tape watches variables by itself, and constants after tape.watch(x).",
            },
            "c": {
                "pytorch": "Nothing is raised, which is why this slip is easily missed.",
                "tensorflow": "0 would mean that y does not change with x; None means that nothing was recorded.",
            },
        },
    ),
    Quiz(
        "quiz_4",
        right="b",
        because={
            "a": "More steps of a diverging descent lead further away.",
            "b": "It diverges: the steps jump across the valley, further each time.",
            "c": "That makes each jump larger still.",
        },
    ),
    Quiz(
        "quiz_5",
        right="a",
        because={
            "a": "One walk back visits each operation once and yields the derivative by every input.",
            "b": "That is the price of the numeric gradient: a nudge for every input.",
            "c": "That would be all second derivatives; the gradient is the first derivative only.",
        },
    ),
    Quiz(
        "quiz_6",
        right="b",
        because={
            "a": "Below about 1e-5 the error grows again: rounding swallows the tiny difference.",
            "b": "There the error of the cut-off curve and the rounding error are both small.",
            "c": "float32 has 7 digits; the difference of two values that agree in 5 keeps only 2.",
        },
    ),
)
