"""Figures of the website that answer: each picture with the numbers that its notebook recorded beside it.

A lesson's numbers stand in one file, which site/static/figures.js asks for when a reader points at a figure. Without
it, and on paper, the pictures stand alone.
"""

import html
import json
import re
from typing import Any

import numpy as np

from utils import data

# What a figure is beside its numbers, by its lesson and the beginning of its alternative text.
ROLES = {
    ("06_overfitting", "Both errors fall together"): "film",  # a curve, with the model at each of its steps
    ("03_networks", "Both losses fall fast"): "curve",  # of the training that the snapshots are from
    ("03_networks", "The boundary is arbitrary"): "snapshots",  # of a model: each panel is titled with its epoch
}
FILM_X = np.linspace(0, 8, 41)


class FigureError(Exception):
    """A figure whose numbers do not belong to it."""


def image(lesson: str, name: str, metadata: dict[str, Any]) -> str:
    """The picture called `name`, of a notebook's output; its size is stated so that nothing moves while it loads."""
    alt, width, height = html.escape(metadata["alt"]), metadata["width"], metadata["height"]
    more = f' data-numbers="{name.partition(".")[0]}"' if "panels" in metadata else ""
    if own := role(lesson, metadata):
        more += f' data-role="{own}"'
    kind = "figure picture" if metadata.get("picture") else "figure"
    return (
        f'<img class="{kind}" src="../figures/{name}" alt="{alt}" width="{width}" height="{height}" loading="lazy"'
        f"{more}>"
    )


def role(lesson: str, metadata: dict[str, Any]) -> str:
    alt = metadata["alt"]
    return next((found for (where, begin), found in ROLES.items() if where == lesson and alt.startswith(begin)), "")


def script(lesson: str) -> str:
    """What makes the figures of a lesson's page answer."""
    return (
        '<link rel="stylesheet" href="../_static/figures.css">'
        f'<script src="../_static/figures.js" data-records="../figures/{lesson}.json" defer></script>'
    )


def record(lesson: str, metadata: dict[str, dict[str, Any]]) -> str:
    """The numbers of a lesson's figures, {name of the picture: its metadata}, as JSON.

    Raises FigureError where the film shows another training than its figure, or a snapshot is of no known epoch.
    """
    found: dict[str, dict[str, Any]] = {}
    for name, one in metadata.items():
        if "panels" in one:
            entry = found[name.partition(".")[0]] = {"panels": json.loads(one["panels"])}
            if role(lesson, one) == "film":
                entry["film"] = film(entry["panels"][0])
            elif role(lesson, one) == "snapshots":
                entry["epochs"] = epochs(entry["panels"])
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def film(panel: dict[str, Any]) -> dict[str, Any]:
    """The polynomial of lesson 06 at each step that its figure has errors of: `x`, and `frames` with y at each x.

    `training` and `validation` are the points, [x, y] each.
    """
    steps = panel["series"][0]["x"]
    parts = zip(("training", "validation"), data.five_points(), strict=True)
    points = {name: np.hstack(part).astype(float) for name, part in parts}
    x, y = points["training"].T
    weights = descend(x, y, steps)
    for series in panel["series"]:
        x, y = points[series["name"]].T
        errors = np.mean((weights @ powers(x).T - y) ** 2, axis=1)
        if not np.allclose(errors, series["y"], rtol=1e-3, atol=1e-3):
            raise FigureError(f"The film of the fit in lesson 06 has other {series['name']} errors than its figure.")
    frames = [[round(float(y), 2) for y in frame] for frame in weights @ powers(FILM_X).T]
    return {"x": FILM_X.tolist(), "frames": frames, **{name: found.round(3).tolist() for name, found in points.items()}}


def epochs(panels: list[dict[str, Any]]) -> list[int]:
    """The epoch that each panel was kept after, from titles such as "epoch 5"."""
    titles = [panel["title"] for panel in panels]
    if not all(re.fullmatch(r"epoch \d+", title) for title in titles):
        raise FigureError(f"Each snapshot should be titled with its epoch, as in 'epoch 5', not {titles}.")
    return [int(title.split()[1]) for title in titles]


def powers(x: np.ndarray) -> np.ndarray:
    """The features of lesson 06's polynomial of degree 6, shape (points, 7)."""
    return ((x - 4) / 4)[:, None] ** np.arange(7)


def descend(x: np.ndarray, y: np.ndarray, steps: list[int]) -> np.ndarray:
    """The weights after each number of steps of gradient descent from 0, shape (steps, 7), without taking them all.

    Along each singular vector the distance to the least squares solution shrinks by the same factor in every step.
    """
    left, sizes, right = np.linalg.svd(powers(x), full_matrices=False)
    done = 1 - (1 - (sizes / sizes[0]) ** 2) ** np.array(steps)[:, None]
    return (done * (left.T @ y) / sizes) @ right
