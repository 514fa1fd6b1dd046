"""What a figure's lines, points, bars and small tables show as numbers, read from Matplotlib's own objects.

The website answers with these numbers when a reader points at a figure.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import FillBetweenPolyCollection, PathCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter
from numpy.lib.stride_tricks import sliding_window_view

DIGITS = 4  # of a number; whole numbers are kept whole
MOST_POINTS = 250  # of one series: longer ones keep every second point, or third, and so on
MOST_CELLS = 200  # of a table; a larger image is a picture
CELLS = 50  # in each row and column of what a classifier answers
LEVELS = (0.5, 0.75, 0.95)  # a probability is told by two of them

Series = dict[str, Any]
_answers: WeakKeyDictionary[Axes, dict[str, Any]] = WeakKeyDictionary()


def keep_answers(
    axes: Axes, answers: np.ndarray, names: Sequence[str], probabilities: np.ndarray | None = None
) -> None:
    """Keep what a classifier answers all over the axes, so that `panels` records it with what is drawn there.

    answers: class numbers from left to right and from the bottom up, a multiple of CELLS each way; probabilities: those
    of the answers, where they are known.
    """
    lowest, highest = _of_cells(answers)
    said = np.array([f"gives {name}" for name in names], dtype=object)[lowest]
    if probabilities is not None:
        said = said + _between(*(np.digitize(ends, LEVELS[1:]) for ends in _of_cells(probabilities)))
    said[lowest < highest] = "changes its answer"
    says, codes = np.unique(said.ravel().astype(str), return_inverse=True)
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    lengths = np.diff(starts, append=codes.size)
    _answers[axes] = {"says": says.tolist(), "runs": np.stack([codes[starts], lengths], axis=1).ravel().tolist()}


def _of_cells(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest value of each cell and its rim, so that a change between two cells shows in both."""
    rows, columns = (size // CELLS for size in values.shape)
    cells = sliding_window_view(np.pad(values, 1, mode="edge"), (rows + 2, columns + 2))[::rows, ::columns]
    return cells.min(axis=(2, 3)), cells.max(axis=(2, 3))


def _between(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """The words for probabilities from one of the LEVELS to the end of another."""
    ends = [f" to {level}" for level in LEVELS[1:]]
    words = [[f" (probability {a}{b})" for b in ends] + [f" (probability above {a})"] for a in LEVELS]
    return np.array(words, dtype=object)[low, high]


def is_picture(figure: Figure) -> bool:
    """Whether shades alone tell values somewhere in a figure, which then must be seen in its own colours."""
    return any(axes.images and not axes.texts and axes not in _answers for axes in figure.axes)


def panels(figure: Figure) -> list[dict[str, Any]]:
    """The panels of a drawn figure that show numbers, [] where none does.

    A panel has its `title`, its `box` in the picture (left, top, width and height as fractions of the picture's), for
    `x` and `y` the `label`, the `limits`, whether it is `log`, and the `names` of its ticks where they are words; and
    its `series`: `name`, `kind` ("line" or "points"), the coordinates `x` and `y`, None for a gap, and, where the
    number shown is not y, the `values`. Where a classifier's answers were kept there are `answers`: what it `says`, and
    the `runs` of cells that get one answer (its place in `says`, how many cells, ...), from the lowest row up. Call it
    after drawing, which is what fixes limits and boxes.
    """
    found = []
    for axes in figure.axes:
        if series := [*_named(axes, [*_drawn(axes)])]:
            left, bottom, width, height = axes.get_position().bounds
            box = [round(float(number), 5) for number in (left, 1 - bottom - height, width, height)]
            x, y = (_axis(axes, name) for name in "xy")
            answers = {"answers": _answers[axes]} if axes in _answers else {}
            found.append({"title": axes.get_title(), "box": box, "x": x, "y": y, "series": series, **answers})
    return found


def _axis(axes: Axes, name: str) -> dict[str, Any]:
    """One axis; its label may be that of a panel which shares it and shows the label for both."""
    axis, sharing = getattr(axes, f"{name}axis"), getattr(axes, f"get_shared_{name}_axes")().get_siblings(axes)
    labels = [one for panel in (axes, *sharing) if (one := getattr(panel, f"get_{name}label")())]
    limits = [float(f"{limit:.10g}") for limit in getattr(axes, f"get_{name}lim")()]
    made: dict[str, Any] = {"label": labels[0] if labels else "", "limits": limits, "log": axis.get_scale() == "log"}
    names = _tick_names(axis)
    return {**made, "names": names} if names else made


def _tick_names(axis: Axis) -> dict[str, str]:
    """{place: name} of ticks that have been given names, and none that are only their own number."""
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if not isinstance(locator, FixedLocator) or not isinstance(formatter, FixedFormatter | FuncFormatter):
        return {}
    names = {f"{place:g}": str(formatter(place, number)) for number, place in enumerate(locator())}
    return {} if all(place == name for place, name in names.items()) else names


def _named(axes: Axes, series: list[tuple[str, Series]]) -> Iterator[Series]:
    """The series with a label; where there is none, all of them, counted."""
    labelled = [(label, one) for label, one in series if label and not label.startswith("_")]
    for number, (label, one) in enumerate(labelled or series, 1):
        counted = f"{one['kind']} {number}" if len(series) > 1 else ""
        yield {"name": label if labelled else one.pop("name", counted), **one}


def _drawn(axes: Axes) -> Iterator[tuple[str, Series]]:
    """(label, series) of all that shows numbers in the coordinates of the axes; what only marks a place does not."""
    for line in axes.lines:
        points = np.asarray(line.get_xydata(), float)
        if line.get_transform() == axes.transData and len(points):
            kind = "points" if line.get_linestyle() == "None" else "line"
            yield str(line.get_label()), _series(kind, *_thinned(*points.T))
    for artist in axes.collections:
        points = np.asarray(artist.get_offsets(), float)
        if isinstance(artist, PathCollection) and len(points):
            yield str(artist.get_label()), _series("points", *_thinned(*points.T))
        elif isinstance(artist, FillBetweenPolyCollection):
            yield str(artist.get_label()), _layer(artist)
    for bars in axes.containers:
        if isinstance(bars, BarContainer) and bars.orientation == "vertical":
            middles = [bar.get_x() + bar.get_width() / 2 for bar in bars]
            yield str(bars.get_label()), _series("points", middles, [bar.get_height() for bar in bars])
    for image in axes.images:
        values = np.asarray(image.get_array(), float)
        if axes.axison and values.ndim == 2 and values.size <= MOST_CELLS:
            yield from (("", row) for row in _rows(axes, values))


def _series(kind: str, x: Any, y: Any, values: Any = None) -> Series:
    made = {"kind": kind, "x": _numbers(x), "y": _numbers(y)}
    return made if values is None else {**made, "values": _numbers(values)}


def _thinned(*columns: Any) -> list[np.ndarray]:
    step = -(-len(columns[0]) // MOST_POINTS)
    return [np.asarray(column, dtype=float)[::step] for column in columns]


def _layer(area: FillBetweenPolyCollection) -> Series:
    """The upper edge of what is filled between two curves, and how thick it is there."""
    # The corners of its outline: a start, the lower edge, a turn, the upper edge back, and a close.
    corners = np.asarray(area.get_paths()[0].vertices, float)
    count = (len(corners) - 3) // 2
    lower, upper = corners[1 : count + 1], corners[count + 2 : 2 * count + 2][::-1]
    return _series("line", *_thinned(*upper.T, upper[:, 1] - lower[:, 1]))


def _rows(axes: Axes, values: np.ndarray) -> Iterator[Series]:
    """A small table, each row as a series named after it."""
    label, names = axes.get_ylabel() or "row", _tick_names(axes.yaxis)
    for row, numbers in enumerate(values):
        made = _series("points", range(len(numbers)), [row] * len(numbers), numbers)
        yield {"name": f"{label} {names.get(str(row), row)}", **made}


def _numbers(values: Any) -> list[float | int | None]:
    return [_number(float(value)) for value in values]


def _number(value: float) -> float | int | None:
    if not np.isfinite(value):
        return None
    return int(value) if value == int(value) and abs(value) < 1e9 else float(f"{value:.{DIGITS}g}")
