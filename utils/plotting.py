"""Figures for the lessons, in one style; no framework is imported here.

Colour never carries a meaning alone: lines also differ in dashes and markers, classes in markers. Wherever arrays are
taken, lists and tensors of either framework are taken too. Bad input raises ValueError or TypeError with one sentence.
"""

import base64
import graphlib
import io
import itertools
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator
from PIL import Image

from utils.data import as_numpy, same_length
from utils.series import is_picture, keep_answers, panels

# Okabe and Ito's colours, which stay apart for colour-blind readers; yellow is too pale for lines and is left out.
BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000",
)  # fmt: skip
COLOURS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY, BLACK)
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (8, 3)), (0, (1, 3)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p")
GREY = "#555555"
RED = "#A63C00"  # vermillion, dark enough for small text

PIXELS_PER_INCH = 130  # in the file: sharp on dense screens, yet some 20 kB a figure
SHOWN_PER_INCH = 100  # on the page: a 6-inch figure is 600 pixels wide


def use_style() -> None:
    """Set the course's look for all later figures; importing this module has done it already."""
    matplotlib.rcParams.update(
        {
            "figure.figsize": (6.0, 3.8),
            "figure.dpi": PIXELS_PER_INCH,
            "figure.constrained_layout.use": True,
            "font.size": 11,
            "axes.titlesize": 11,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=DASHES),
            "lines.linewidth": 1.8,
            "lines.markersize": 5,
            "legend.frameon": False,
            "legend.fontsize": 10,
            "legend.handlelength": 3,  # long enough to tell the dashes apart
            "image.cmap": "gray",
        }
    )


use_style()


def show(alt: str = "", figure: Figure | None = None) -> None:
    """Show a figure (the current one by default) with `alt`, one sentence that states what it shows, and close it.

    In a notebook this is one output: the picture, `alt` as its text and as the image's alternative text.
    Outside a notebook the figure is only closed.
    """
    _check_alt(alt)
    figure = figure or plt.gcf()
    display = _notebook_display()
    if display:
        data, metadata = _picture(figure, alt)
        display(data, metadata=metadata, raw=True)
    plt.close(figure)  # or Jupyter would show it a second time, without its alt


def decision_regions(
    axes: Axes,
    predict: Callable[[np.ndarray], Any],
    features: Any,
    labels: Any,
    names: Sequence[str] | None = None,
    threshold: float | None = None,
) -> None:
    """Draw what a classifier of 2-D points answers everywhere, the boundary between its answers, and the samples.

    features: (samples, 2); labels: (samples,) class numbers from 0; names: the classes' names for the legend.
    predict: takes points as float32 (n, 2) and returns their class numbers, (n,) or (n, 1). With `threshold` it returns
    scores instead, and class 1 is where score > threshold: 0 for logits, 0.5 for probabilities.
    """
    features, labels = as_numpy(features), _class_numbers("labels", labels)
    same_length(features=features, labels=labels)
    if features.ndim != 2 or features.shape[1] != 2 or not np.isfinite(features).all():
        raise ValueError(f"features should be finite and of shape (samples, 2), but have {features.shape}.")
    low, high = features.min(axis=0), features.max(axis=0)
    margin = np.where(high > low, 0.1 * (high - low), 1.0)
    x, y = (np.linspace(*ends, 300) for ends in zip(low - margin, high + margin, strict=True))
    points = np.stack(np.meshgrid(x, y), axis=-1)
    scores = _predictions(predict, points.reshape(-1, 2)).reshape(points.shape[:2])
    regions = _class_numbers("predictions", scores.ravel() if threshold is None else scores.ravel() > threshold)
    regions = regions.reshape(scores.shape)
    classes = np.union1d(labels, regions)
    names = _names(names, classes)

    colours = matplotlib.colors.ListedColormap([_class_style(number)[0] for number in range(classes.max() + 1)])
    axes.imshow(
        regions, cmap=colours, vmin=-0.5, vmax=classes.max() + 0.5, alpha=0.22, interpolation="nearest",
        extent=(*_outer(x), *_outer(y)), origin="lower", aspect="auto",
    )  # fmt: skip
    if threshold is not None:
        _boundary(axes, x, y, scores, threshold)
    else:
        for number in np.unique(regions)[1:]:  # a border lies between two classes: the first one's are drawn by others
            _boundary(axes, x, y, _soften(regions == number), 0.5)
    for number in classes:
        _draw_class(
            axes, number, names[number], features[labels == number], points[12::25, 12::25], regions[12::25, 12::25]
        )
    # Of logits: 1 / (1 + exp(-x)) without an overflow.
    keep_answers(axes, regions, names, 0.5 + 0.5 * np.tanh(np.abs(scores) / 2) if threshold == 0 else None)
    axes.set(xlabel="feature 0", ylabel="feature 1", xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), handlelength=1)


def learning_curves(
    axes: Axes, curves: Mapping[str, Any], ylabel: str = "loss", best: int | None = None, xlabel: str = "epoch"
) -> None:
    """Draw one line a name over the epochs 1, 2, ...; all curves are equally long.

    `best` is the number of an epoch to mark, say the one with the lowest validation loss.
    """
    values = {name: _finite_or_gap(curve) for name, curve in curves.items()}
    if not values:
        raise ValueError("curves should hold at least one name with its values.")
    same_length(**values)
    epochs = np.arange(1, len(next(iter(values.values()))) + 1)
    if best is not None and best not in epochs:
        raise ValueError(f"best={best} should be an epoch from 1 to {len(epochs)}.")
    for (name, curve), marker in zip(values.items(), itertools.cycle(MARKERS), strict=False):
        axes.plot(epochs, curve, label=name, marker=marker, markevery=max(1, len(epochs) // 10))
    if best is not None:
        axes.axvline(best, color=GREY, linestyle=":", linewidth=1.2, label=f"best epoch: {best}")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.legend()


def keep_scale(axes: Axes, low: float, high: float) -> None:
    """Fix the ends of the vertical axis, so that figures compare; an end moves where something lies beyond it."""
    lowest, highest = axes.dataLim.intervaly
    margin = 0.05 * (max(highest, high) - min(lowest, low))
    axes.set_ylim(low if low <= lowest else lowest - margin, high if highest <= high else highest + margin)


def fit_with_residuals(
    axes: Axes, x: Any, y: Any, predict: Callable[[np.ndarray], Any], label: str = "fit", names: Sequence[str] = "xy"
) -> None:
    """Draw samples, the fitted curve, and the residual of each sample: its vertical distance from the curve.

    x, y: (samples,) or (samples, 1); predict: takes x as float32 (n, 1) and returns (n,) or (n, 1);
    names: the labels of the two axes.
    """
    x, y = _column("x", x), _column("y", y)
    same_length(x=x, y=y)
    margin = 0.03 * (x.max() - x.min()) or 1.0
    curve = np.linspace(x.min() - margin, x.max() + margin, 200)
    fitted = _predictions(predict, x[:, None])
    axes.vlines(x, fitted, y, color=VERMILLION, linestyle="-", linewidth=1, label="residual", zorder=1)
    axes.plot(curve, _predictions(predict, curve[:, None]), color=BLUE, linestyle="-", label=label)
    axes.plot(x, y, "o", color=BLACK, label="samples")
    axes.set(xlabel=names[0], ylabel=names[1])
    axes.legend()


def image_grid(images: Any, titles: Sequence[object] | None = None, columns: int = 5) -> Figure:
    """Draw images (n, height, width) or (n, height, width, 3) row by row, all on one scale of grey; return the figure.

    `titles` holds one title an image. The smallest value is black and the largest white; colours run from 0 to 1, or
    to 255 in whole numbers.
    """
    images = as_numpy(images)
    if images.ndim not in (3, 4) or images.size == 0 or (images.ndim == 4 and images.shape[3] not in (1, 3)):
        raise ValueError(f"images should have shape (n, height, width) or (n, height, width, 3), not {images.shape}.")
    titles = [""] * len(images) if titles is None else list(titles)
    if len(titles) != len(images) or columns < 1:
        raise ValueError(f"{len(images)} images need as many titles (not {len(titles)}) and at least one column.")
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    height = images.shape[1] / images.shape[2] + (0.3 if any(str(title) for title in titles) else 0.05)
    cell = min(6.0 / columns, 1.6)
    figure, grid = plt.subplots(rows, columns, figsize=(cell * columns, cell * height * rows), squeeze=False)
    for axes in grid.flat:
        axes.set_axis_off()
    for axes, image, title in zip(grid.flat, images, titles, strict=False):
        axes.imshow(image, vmin=images.min(), vmax=images.max(), interpolation="nearest")
        axes.set_title(str(title), fontsize=10, pad=3)
    return figure


def confusion_matrix(axes: Axes, actual: Any, predicted: Any, names: Sequence[str]) -> None:
    """Count how often each class (row) was predicted as each class (column); the diagonal is right.

    actual, predicted: (samples,) class numbers from 0; names: the name of every class.
    """
    actual, predicted = _class_numbers("actual", actual), _class_numbers("predicted", predicted)
    same_length(actual=actual, predicted=predicted)
    names = _names(names, np.union1d(actual, predicted))
    counts = np.zeros((len(names), len(names)), dtype=int)
    np.add.at(counts, (actual, predicted), 1)
    axes.imshow(counts, cmap="Blues", vmin=0)
    for (row, column), count in np.ndenumerate(counts):
        colour = "white" if count > 0.55 * counts.max() else "black"
        size = 11 if len(names) <= 6 else 8.5
        axes.text(column, row, str(count), ha="center", va="center", color=colour, fontsize=size)
    upright = sum(len(str(name)) for name in names) <= 32
    axes.set_xticks(range(len(names)), names, rotation=0 if upright else 90)
    axes.set_yticks(range(len(names)), names)
    axes.set(xlabel="predicted class", ylabel="actual class")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def contour_path(
    axes: Axes,
    function: Callable[[np.ndarray, np.ndarray], Any],
    paths: Mapping[str, Any],
    xlim: tuple[float, float],
    ylim: tuple[float, float],
    names: Sequence[str] = "xy",
) -> None:
    """Draw the way of gradient descent over the contour lines of a function of two variables.

    function: takes two grids (NumPy arrays) and returns the values at their points; paths: a name and the points
    (steps + 1, 2) it went through. What lies outside the limits is cut off; points that are not finite are left out.
    """
    x, y = np.meshgrid(np.linspace(*xlim, 150), np.linspace(*ylim, 150))
    heights = as_numpy(function(x, y))
    if heights.shape != x.shape:
        raise ValueError(f"function should return one value a point, shape {x.shape}, but returned {heights.shape}.")
    heights = np.where(np.isfinite(heights), heights, np.nan)
    low, high = np.nanmin(heights), np.nanmax(heights)
    levels = low + (high - low) * np.linspace(0.03, 1, 12) ** 2  # closer together near the minimum
    levels = np.unique([float(f"{level:.1g}") for level in levels])  # round numbers
    lines = axes.contour(x, y, heights, levels, colors="#999999", linewidths=0.8, linestyles="-")
    axes.clabel(lines, lines.levels[1::2], fontsize=8, fmt="%.3g")
    for number, (name, points) in enumerate(paths.items()):
        points = as_numpy(points)
        if points.ndim != 2 or points.shape[1] != 2 or len(points) == 0:
            raise ValueError(f"the path {name!r} should have shape (steps + 1, 2), but has {points.shape}.")
        points = points[np.isfinite(points).all(axis=1)]
        colour, marker = _class_style(number)
        axes.plot(
            *points.T, color=colour, linestyle=DASHES[number % len(DASHES)], marker=marker, markersize=4, label=name
        )
        axes.plot(*points[:1].T, "o", color="white", markeredgecolor=colour, markeredgewidth=2, markersize=10)
        axes.plot(*points[-1:].T, "*", color=colour, markeredgecolor="black", markersize=14, zorder=4)
    axes.plot([], [], "o", color="white", markeredgecolor=GREY, markeredgewidth=2, markersize=9, label="start")
    axes.plot([], [], "*", color="white", markeredgecolor="black", markersize=12, label="end")
    axes.set(xlabel=names[0], ylabel=names[1], xlim=xlim, ylim=ylim)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


def graph(
    axes: Axes,
    inputs: Mapping[str, Sequence[str]],
    labels: Mapping[str, str] | None = None,
    values: Mapping[str, Any] | None = None,
    gradients: Mapping[str, Any] | None = None,
) -> None:
    """Draw a computational graph from left to right: rounded boxes are leaves, square ones operations.

    inputs: for each node the names of the nodes it is computed from, none for a leaf; labels: the text of a node where
    it is not its name. values: a number above a node; gradients: a number below it, with dashed arrows that lead back.
    Meant for up to 12 nodes.
    """
    labels, values, gradients = labels or {}, values or {}, gradients or {}
    try:
        order = list(graphlib.TopologicalSorter(inputs).static_order())
    except graphlib.CycleError as error:
        raise ValueError(f"a computational graph has no cycle, but {' -> '.join(error.args[1])} is one.") from error
    if not order:
        raise ValueError("inputs should hold at least one node.")
    text = {name: str(labels.get(name, name)) for name in order}
    width = {name: max(34.0, TextPath((0, 0), text[name], size=12).get_extents().width + 20) for name in order}
    layers, chains = _layers(inputs, order)
    centres, size = _positions(layers, width, row=50.0 if not values and not gradients else 76.0)

    axes.set_axis_off()
    scale = _fit_points(axes, size)
    for chain in chains:
        # Arrows into one box end below each other, in the order of where they come from.
        arriving = sorted(
            (other for other in chains if other[-1] == chain[-1]), key=lambda other: -centres[other[-2]][1]
        )
        rise = 10 * ((len(arriving) - 1) / 2 - [other is chain for other in arriving].index(True))
        places, ends = [centres[name] for name in chain], (width[chain[0]] / 2, width[chain[-1]] / 2)
        _arrow(axes, places, *ends, rise, scale, lift=4 if gradients else 0)
        if chain[0] in gradients:
            _arrow(axes, places, *ends, rise, scale, lift=-4, back=True)
    for name in order:
        _box(axes, centres[name], width[name], text[name], leaf=not inputs.get(name), scale=scale)
        x, y = centres[name][:2]
        for number, place, sign, colour in ((values.get(name), 21, "", BLACK), (gradients.get(name), -21, "∂ ", RED)):
            if number is not None:
                axes.text(
                    x, y + place, f"{sign}{number:.4g}", ha="center", va="center", color=colour, fontsize=11 * scale
                )


def tables(axes: Axes, **arrays: Any) -> None:
    """Draw arrays of at most 2 axes side by side, a box with its number for each entry, name and shape below."""
    values = {name: as_numpy(array) for name, array in arrays.items()}
    if not values or any(array.ndim > 2 or not array.size for array in values.values()):
        raise ValueError("tables() takes arrays with one or two axes, and at least one entry.")
    grids = {name: (1,) * (2 - array.ndim) + array.shape for name, array in values.items()}
    pictures = [(name, array.shape, grids[name], grids[name], array) for name, array in values.items()]
    _draw_grids(axes, pictures, [""] * (len(pictures) - 1))


def broadcasting(axes: Axes, a: Any, b: Any) -> None:
    """Draw how two arrays of at most 2 axes broadcast in a sum: hatched cells are repeated that are never stored.

    Shapes that do not broadcast are drawn as they are, and the title says which axis clashes.
    """
    a, b = as_numpy(a), as_numpy(b)
    shapes = [a.shape, b.shape]
    if any(len(shape) > 2 or not all(1 <= length <= 10 for length in shape) for shape in shapes):
        raise ValueError(f"shapes should have at most 2 axes of length 1 to 10, not {shapes[0]} and {shapes[1]}.")
    grids = [(1,) * (2 - len(shape)) + shape for shape in shapes]
    clash = [
        axis for axis in (-2, -1) if grids[0][axis] != grids[1][axis] and 1 not in (grids[0][axis], grids[1][axis])
    ]
    if clash:
        axis = clash[-1]
        title = (
            f"{shapes[0]} and {shapes[1]} do not broadcast:\nalong axis {axis}, "
            f"a has length {grids[0][axis]} and b has {grids[1][axis]}."
        )
        pictures = [("a", shapes[0], grids[0], grids[0], a), ("b", shapes[1], grids[1], grids[1], b)]
        signs = ["?"]
    else:
        full = np.broadcast_shapes(*grids)
        result = np.broadcast_shapes(*shapes)
        title = f"{shapes[0]} and {shapes[1]} broadcast to {result}"
        title += "; hatched cells are repeated" if {*grids} != {full} else ""
        pictures = [("a", shapes[0], grids[0], full, a), ("b", shapes[1], grids[1], full, b)]
        pictures.append(("a + b", result, full, full, a + b))
        signs = ["+", "="]
    _draw_grids(axes, pictures, signs)
    axes.set_title(title)


class LiveCurve:
    """A learning curve that grows while a model trains: one output, updated in place in Jupyter and Colab.

        with LiveCurve(ylabel="loss", alt="Training and validation loss fall together.") as live:
            for epoch in range(epochs):
                ...
                live.update(training=training_loss, validation=validation_loss)

    A picture takes about 0.1 s, so it is redrawn only while all drawing stays below 5 % of the time spent training. The
    first and the final state are always drawn: a training of less than about 4 s pays for these two pictures and so
    goes over 5 %. `drawing_share` tells the share. When the loop fails, the last state is drawn and the error goes on.
    The output's text is `alt`, the same on every run. `ylim` fixes the ends of the vertical axis as long as no
    curve goes above them. Outside a notebook nothing is drawn.
    """

    BUDGET = 0.05

    def __init__(self, ylabel: str = "loss", alt: str = "", ylim: tuple[float, float] | None = None) -> None:
        _check_alt(alt)
        self.ylabel, self.alt, self.ylim = ylabel, alt, ylim
        self.curves: dict[str, list[float]] = {}
        self.epochs = self.pictures = self._drawn_epochs = 0
        self.drawing_seconds = self._dearest = 0.0
        self._started = time.perf_counter()
        self._handle = None
        self._display = _notebook_display()

    def __enter__(self) -> "LiveCurve":
        self._started = time.perf_counter()
        return self

    def __exit__(self, *error: object) -> None:
        if self.epochs > self._drawn_epochs:
            self._draw()

    def update(self, **values: Any) -> None:
        """Add one epoch's values, one number a curve; every call names the same curves."""
        numbers = {name: as_numpy(value) for name, value in values.items()}
        if not numbers or any(number.size != 1 for number in numbers.values()):
            raise ValueError("update() takes one number a curve, such as update(training=0.5).")
        if self.epochs and numbers.keys() != self.curves.keys():
            raise ValueError(f"every update() should name the same curves: {', '.join(self.curves)}.")
        for name, number in numbers.items():
            self.curves.setdefault(name, []).append(float(number.item()))
        self.epochs += 1
        # The final picture is still to come, so leave room for one more than this.
        cost = self.drawing_seconds + 2 * self._dearest
        if self.pictures == 0 or cost <= self.BUDGET * self._training_seconds():
            self._draw()

    @property
    def drawing_share(self) -> float:
        """Seconds spent drawing, over seconds spent training, so far."""
        return self.drawing_seconds / self._training_seconds()

    def _training_seconds(self) -> float:
        return time.perf_counter() - self._started - self.drawing_seconds

    def _draw(self) -> None:
        if not self._display:
            return
        begin = time.perf_counter()
        figure = Figure()  # not pyplot's, so the learner's own current figure stays current
        axes = figure.add_subplot()
        learning_curves(axes, self.curves, self.ylabel)
        if self.ylim:
            keep_scale(axes, *self.ylim)
        data, metadata = _picture(figure, self.alt, compact=False)
        if self._handle is None:
            self._handle = self._display(data, metadata=metadata, raw=True, display_id=True)
        else:
            self._handle.update(data, metadata=metadata, raw=True)
        seconds = time.perf_counter() - begin
        self.pictures += 1
        self._drawn_epochs = self.epochs
        self.drawing_seconds += seconds
        self._dearest = max(self._dearest, seconds)


def _check_alt(alt: str) -> None:
    if not isinstance(alt, str) or not alt.strip() or "\n" in alt.strip():
        raise ValueError('alt should be one sentence that states what the figure shows, such as "The loss falls."')


def _notebook_display() -> Callable | None:
    """IPython's display function when a notebook listens, else None. Nobody in a notebook has not imported IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return ipython.display.display if hasattr(shell, "kernel") else None


def _picture(figure: Figure, alt: str, compact: bool = True) -> tuple[dict[str, str], dict[str, dict]]:
    """A figure's data and metadata for IPython's display(): repeatable PNG bytes, alt text, size on the page, numbers.

    Compact has 256 colours: it looks the same and takes a third of the bytes, but more time.
    """
    figure.set_dpi(PIXELS_PER_INCH)
    canvas, file = FigureCanvasAgg(figure), io.BytesIO()
    canvas.draw()  # savefig would draw twice
    image = Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")
    if compact:
        image = image.quantize(256, dither=Image.Dither.NONE)
    image.save(file, "png")
    width, height = (round(SHOWN_PER_INCH * inches) for inches in figure.get_size_inches())
    data = {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": alt}
    found = panels(figure)  # as one text: as a list it would take a line of the notebook a number
    more: dict[str, Any] = {"panels": json.dumps(found, separators=(",", ":"))} if found else {}
    more |= {"picture": True} if is_picture(figure) else {}
    return data, {"image/png": {"alt": alt, "width": width, "height": height, **more}}


def _finite_or_gap(curve: Any) -> np.ndarray:
    """One curve's values; NaN and infinity, as a diverging training gives them, leave a gap."""
    curve = as_numpy(curve).astype(float)
    if curve.ndim != 1:
        raise ValueError(f"a curve should be one number an epoch, shape (epochs,), not {curve.shape}.")
    return np.where(np.isfinite(curve), curve, np.nan)


def _column(name: str, values: Any) -> np.ndarray:
    """Flatten (n,) or (n, 1) to (n,); a plain ravel would hide a wrong shape."""
    values = as_numpy(values)
    if values.ndim == 0 or values.size != len(values):
        raise ValueError(f"{name} should hold one number a sample, shape (n,) or (n, 1), but has shape {values.shape}.")
    return values.ravel()


def _class_numbers(name: str, values: Any) -> np.ndarray:
    values = _column(name, values)
    if not np.all((values >= 0) & (values == np.floor(values))):
        raise ValueError(f"{name} should be class numbers 0, 1, 2, ...; scores need an argmax or a threshold first.")
    return values.astype(int)


def _predictions(predict: Callable[[np.ndarray], Any], points: np.ndarray) -> np.ndarray:
    """Ask a model about points (n, columns), as float32 like the lessons' data; one finite number a point, (n,)."""
    answers = _column("the result of predict (for class scores, take the argmax)", predict(points.astype(np.float32)))
    if len(answers) != len(points):
        raise ValueError(f"predict should return one number a point, but gave {len(answers)} for {len(points)} points.")
    if not np.isfinite(answers).all():
        raise ValueError("predict returned NaN or infinity, so there is nothing to draw.")
    return answers


def _names(names: Sequence[str] | None, classes: np.ndarray) -> list[str]:
    names = [f"class {number}" for number in range(classes.max() + 1)] if names is None else [str(n) for n in names]
    if classes.max() >= len(names):
        raise ValueError(f"there is a class {classes.max()}, counted from 0, but only {len(names)} names.")
    return names


def _class_style(number: int) -> tuple[str, str]:
    """A class's colour and marker; the two lists differ in length, so that pairs repeat late."""
    return COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]


def _boundary(axes: Axes, x: np.ndarray, y: np.ndarray, field: np.ndarray, level: float) -> None:
    if field.min() <= level < field.max():  # else there is no boundary, and contour would warn
        axes.contour(x, y, field, [level], colors="black", linewidths=1.4, linestyles="-")


def _soften(mask: np.ndarray) -> np.ndarray:
    """Average each pixel with its neighbours: the line at 0.5 stays in place but loses its stairs."""
    for _ in range(2):  # rows, then columns
        padded = np.pad(mask.astype(float), ((1, 1), (0, 0)), mode="edge")
        mask = ((padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4).T
    return mask


def _outer(centres: np.ndarray) -> tuple[float, float]:
    """The outer edges of a row of pixels, from their centres."""
    half = (centres[1] - centres[0]) / 2
    return centres[0] - half, centres[-1] + half


def _draw_class(
    axes: Axes, number: int, name: str, samples: np.ndarray, lattice: np.ndarray, lattice_classes: np.ndarray
) -> None:
    """One class's samples, and its small markers over its region, so that the region shows without colour too."""
    colour, marker = _class_style(number)
    axes.scatter(*lattice[lattice_classes == number].T, s=12, color=colour, marker=marker, alpha=0.5, linewidth=0)
    axes.scatter(*samples.T, s=30, color=colour, marker=marker, edgecolor="black", linewidth=0.6, label=name, zorder=3)


def _layers(inputs: Mapping[str, Sequence[str]], order: list[str]) -> tuple[list[list], list[list]]:
    """Sort nodes into layers from left to right; an arrow across layers gets a waypoint in each that it crosses.

    Returns the layers, each from top to bottom, and for every arrow the chain of nodes and waypoints along it.
    """
    depth: dict[Any, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[source] for source in inputs.get(name, ())), default=-1)
    for leaf in (name for name in order if not inputs.get(name)):  # a leaf stands right before its first use
        depth[leaf] = min((depth[name] - 1 for name in inputs if leaf in inputs[name]), default=0)
    chains = []
    for name in order:
        for place, source in enumerate(inputs.get(name, ())):
            waypoints = [(source, name, place, layer) for layer in range(depth[source] + 1, depth[name])]
            chains.append([source, *waypoints, name])
            depth |= {waypoint: waypoint[-1] for waypoint in waypoints}
    layers = [[node for node in depth if depth[node] == layer] for layer in range(max(depth.values()) + 1)]
    _uncross(layers, chains)
    return layers, chains


def _uncross(layers: list[list], chains: list[list]) -> None:
    """Order each layer by the mean height of its neighbours, to and fro, which undoes most crossings of arrows."""
    sources: dict[Any, list] = {}
    targets: dict[Any, list] = {}
    for chain in chains:
        for source, target in itertools.pairwise(chain):
            sources.setdefault(target, []).append(source)
            targets.setdefault(source, []).append(target)
    for sweep in range(8):
        neighbours = targets if sweep % 2 else sources
        height = {node: place - (len(layer) - 1) / 2 for layer in layers for place, node in enumerate(layer)}
        for layer in layers[::-1] if sweep % 2 else layers:
            layer.sort(key=lambda node: np.mean([height[other] for other in neighbours.get(node, [node])]))
            height |= {node: place - (len(layer) - 1) / 2 for place, node in enumerate(layer)}


def _positions(layers: list[list], width: Mapping[str, float], row: float) -> tuple[dict, tuple[float, float]]:
    """For each node and waypoint its centre and its layer's left and right edge, in points; and the whole size.

    row: the height that each box has for itself, in points.
    """
    places, left, tallest = {}, 0.0, max(len(layer) for layer in layers)
    for layer in layers:
        right = left + max(width.get(node, 0.0) for node in layer)
        for place, node in enumerate(layer):
            places[node] = ((left + right) / 2, row * ((len(layer) - 1) / 2 - place), left, right)
        left = right + 38
    return places, (left - 38, row * tallest)


def _fit_points(axes: Axes, size: tuple[float, float]) -> float:
    """Let one unit of the axes be one point on paper, or less where the drawing is too large; return that scale."""
    axes.figure.draw_without_rendering()  # the layout sets the axes' true size only now
    extent = axes.get_window_extent()
    paper = 72 / axes.figure.dpi * np.array([extent.width, extent.height])
    scale = min(1.0, *(paper / (np.array(size) + 6)))
    half = paper / scale / 2
    axes.set(xlim=(size[0] / 2 - half[0], size[0] / 2 + half[0]), ylim=(-half[1], half[1]))
    return scale


def _arrow(
    axes: Axes,
    chain: list[tuple],
    start: float,
    end: float,
    rise: float,
    scale: float,
    lift: float = 0.0,
    back: bool = False,
) -> None:
    """An arrow from the right side of a box to the left side of another, `rise` above its middle.

    lift: moves the whole arrow up; back: it leads the other way, dashed.
    """
    (x, y, _, edge), target = chain[0], chain[-1]
    corners, codes = [(x + start, y), (edge + 12 * back, y)], [Path.MOVETO, Path.LINETO]
    for place in chain[1:]:
        height = place[1] + (rise if place is target else 0)
        left, right = place[2] - 12, target[0] - end if place is target else place[3]  # 12: room for a straight head
        middle = (corners[-1][0] + left) / 2
        corners += [(middle, corners[-1][1]), (middle, height), (left, height), (right, height)]
        codes += [Path.CURVE4] * 3 + [Path.LINETO]
    corners = [(x, y + lift) for x, y in corners]
    style = {"arrowstyle": "-|>", "mutation_scale": 12 * scale, "linewidth": 1.2 * scale, "color": GREY}
    if back:  # the codes are the same from either end
        corners, style = corners[::-1], style | {"color": RED, "linestyle": (0, (3, 2))}
    axes.add_patch(FancyArrowPatch(path=Path(corners, codes), **style))


def _box(axes: Axes, place: tuple, width: float, text: str, leaf: bool, scale: float) -> None:
    x, y = place[:2]
    shape = "round,pad=0,rounding_size=13" if leaf else "square,pad=0"
    colour, face = (BLUE, "#DCEBF5") if leaf else (VERMILLION, "#FBE6D8")
    box = FancyBboxPatch((x - width / 2, y - 13), width, 26, boxstyle=shape, edgecolor=colour, facecolor=face)
    axes.add_patch(box)
    axes.text(x, y, text, ha="center", va="center", fontsize=12 * scale)


def _draw_grids(axes: Axes, pictures: list[tuple], signs: list[str]) -> None:
    """Grids of cells with numbers side by side, each with its name and shape below and a sign before the next."""
    x, tallest = 0.0, max(drawn[0] for *_, drawn, _ in pictures)
    for (name, shape, stored, drawn, values), sign in zip(pictures, [*signs, ""], strict=True):
        values = np.broadcast_to(values, drawn)
        bottom = (tallest - drawn[0]) / 2
        for row, column in np.ndindex(*drawn):
            copy = row >= stored[0] or column >= stored[1]
            look = {"facecolor": "white", "hatch": "////", "edgecolor": "#AAAAAA"} if copy else {"facecolor": "#CFE3F1"}
            corner = (x + column, bottom + drawn[0] - 1 - row)
            axes.add_patch(Rectangle(corner, 1, 1, **{"edgecolor": BLUE, "linewidth": 1, **look}))
            number = axes.text(*np.add(corner, 0.5), f"{values[row, column]:g}", ha="center", va="center", fontsize=10)
            if copy:
                number.set(color=GREY, backgroundcolor="white")
        axes.text(x + drawn[1] / 2, -0.35, f"{name}\n{shape}", ha="center", va="top")
        axes.text(x + drawn[1] + 0.9, tallest / 2, sign, ha="center", va="center", fontsize=16)
        x += drawn[1] + 1.8
    axes.set(xlim=(-0.8, x - 1.0), ylim=(-1.9, tallest + 0.3), aspect="equal")
    axes.set_axis_off()
