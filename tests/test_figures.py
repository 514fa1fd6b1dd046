"""The numbers beside each figure: recorded as they were drawn, and where they were drawn."""

import base64
import io
import json
import re

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from PIL import Image

from tools import figures, source, website
from utils import data, plotting, series
from utils.quiz import FRAMEWORKS

POINTS = np.array([[1.0, 2.0], [2.0, 30.0], [4.0, 4.0]])


def drawn():
    """The current figure's picture and its recorded panels."""
    data, metadata = plotting._picture(plt.gcf(), "It rises.")
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(data["image/png"]))).convert("RGB"), float)
    plt.close("all")
    return picture, json.loads(metadata["image/png"].get("panels", "[]"))


def place(axis, value):
    """Where a value lies between an axis's limits, as a fraction: what site/static/figures.js computes."""
    low, high, at = (np.log10(v) if axis["log"] else v for v in (*axis["limits"], value))
    return (at - low) / (high - low)


def pixels(picture, panel, one):
    """The rows and columns of the picture where a series' points lie."""
    left, top, width, height = panel["box"]
    for x, y in zip(one["x"], one["y"], strict=True):
        across, down = left + width * place(panel["x"], x), top + height * (1 - place(panel["y"], y))
        yield round(down * picture.shape[0] - 0.5), round(across * picture.shape[1] - 0.5)


def is_drawn(picture, panel, one, colour):
    """Whether the picture has a colour at every point of a series."""
    shade = np.array(matplotlib.colors.to_rgb(colour)) * 255
    return all(np.abs(picture[place] - shade).max() < 40 for place in pixels(picture, panel, one))


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize("inverted", [False, True])
def test_a_lines_points_are_recorded_where_they_are_drawn(scale, inverted):
    panels = plt.subplots(1, 2, sharey=True)[1]
    panels[1].plot(*POINTS.T, "o", color=plotting.VERMILLION, markersize=9, label="points")
    panels[1].plot(*POINTS.T, "--", color=plotting.BLACK, linewidth=0.1, label="line")
    panels[0].set(yscale=scale, ylabel="loss", title="left")
    panels[1].set(xscale=scale, xlabel="size (bytes)")
    if inverted:
        panels[1].invert_xaxis()
    picture, (panel,) = drawn()
    assert (panel["x"]["label"], panel["y"]["label"]) == ("size (bytes)", "loss")  # the left panel's, which is shared
    assert [(one["name"], one["kind"]) for one in panel["series"]] == [("points", "points"), ("line", "line")]
    for one in panel["series"]:
        assert np.array_equal(np.transpose([one["x"], one["y"]]), POINTS)
    assert is_drawn(picture, panel, panel["series"][0], plotting.VERMILLION)


def test_scattered_points_and_a_gap():
    axes = plt.subplots()[1]
    axes.scatter(*POINTS.T, s=80, color=plotting.GREEN, label="class 0")
    axes.scatter([], [], label="class 1")
    axes.plot([1, 2, 3], [np.nan, 0.123456, np.inf], label="curve")
    picture, (panel,) = drawn()
    curve, points = panel["series"]
    assert curve["y"] == [None, 0.1235, None]
    assert (points["name"], points["x"], points["y"]) == ("class 0", [1, 2, 4], [2, 30, 4])
    assert is_drawn(picture, panel, points, plotting.GREEN)


def test_layers_tell_how_thick_they_are():
    axes = plt.subplots()[1]
    axes.stackplot([1, 2, 3], [1, 2, 3], [3, 2, 0.5], labels=["noise", "variance"])
    axes.fill_between([1, 2, 3], 0, 1)  # a band without a name belongs to a line
    _, (panel,) = drawn()
    noise, variance = panel["series"]
    assert (noise["y"], noise["values"]) == ([1, 2, 3], [1, 2, 3])
    assert (variance["name"], variance["y"], variance["values"]) == ("variance", [4, 4, 3.5], [3, 2, 0.5])


def test_bars_stand_in_the_middle_of_their_bins():
    axes = plt.subplots()[1]
    axes.hist([0.5, 1.5, 1.6, 2.5], bins=[0, 1, 2, 3], color=plotting.BLUE)
    axes.set_ylim(0, 2.5)
    picture, (panel,) = drawn()
    (bars,) = panel["series"]
    assert (bars["name"], bars["x"], bars["y"]) == ("", [0.5, 1.5, 2.5], [1, 2, 1])
    for row, column in pixels(picture, panel, bars):  # just below each top is the bar, just above it is paper
        assert picture[row + 3, column].max() < 200 and picture[row - 3, column].min() > 250


def test_a_confusion_matrix_is_a_series_for_each_row():
    axes = plt.subplots()[1]
    plotting.confusion_matrix(axes, [0, 1, 1, 1], [0, 1, 1, 0], ["no", "yes"])
    picture, (panel,) = drawn()
    no, yes = panel["series"]
    assert (no["name"], no["values"], yes["name"], yes["values"]) == (
        "actual class no",
        [1, 0],
        "actual class yes",
        [1, 2],
    )
    assert panel["x"]["names"] == {"0": "no", "1": "yes"}
    darkness = [
        255 - picture[row - 20, column].mean() for one in (no, yes) for row, column in pixels(picture, panel, one)
    ]
    assert darkness.index(max(darkness)) == 3 and darkness.index(min(darkness)) == 1


def test_named_ticks_are_kept_and_numbers_are_not():
    axes = plt.subplots()[1]
    axes.plot([0, 1], [3, 4])
    axes.set_xticks([0, 1], ["2", "8"])
    axes.set_yticks([3, 4], [3, 4])
    _, (panel,) = drawn()
    assert panel["x"]["names"] == {"0": "2", "1": "8"} and "names" not in panel["y"]


def test_a_long_series_keeps_points_of_its_own():
    axes = plt.subplots()[1]
    axes.plot(np.arange(1001), np.arange(1001) / 7, label="long")
    _, (panel,) = drawn()
    (one,) = panel["series"]
    assert series.MOST_POINTS / 2 < len(one["x"]) <= series.MOST_POINTS
    assert np.allclose(one["y"], np.array(one["x"]) / 7, rtol=1e-3)


def test_what_holds_no_numbers_is_no_panel():
    one, two, three = plt.subplots(1, 3)[1]
    plotting.graph(one, {"a": [], "b": ["a"]})
    two.imshow(np.zeros((30, 30)))
    three.axvline(3, label="best epoch: 3")
    three.plot([], [], "o", label="start")
    assert drawn()[1] == []


def test_the_regions_of_a_classifier_show_their_samples():
    axes = plt.subplots()[1]
    plotting.decision_regions(axes, lambda points: points[:, 0] > 0, [[-1, 1], [1, 2]], [0, 1])
    _, (panel,) = drawn()
    assert [(one["name"], one["x"], one["y"]) for one in panel["series"]] == [
        ("class 0", [-1], [1]),
        ("class 1", [1], [2]),
    ]


def answer_at(panel, x, y):
    """What the classifier of a panel does at a place: what site/static/figures.js computes."""
    column, row = (int(series.CELLS * place(panel[name], at)) for name, at in (("x", x), ("y", y)))
    codes = np.repeat(panel["answers"]["runs"][::2], panel["answers"]["runs"][1::2])
    return panel["answers"]["says"][codes[series.CELLS * row + column]]


def clouds():
    random = np.random.default_rng(0)
    labels = np.arange(150) % 3
    return random.normal([[-2, -1], [2, 0], [0, 3]], 0.9, (50, 3, 2)).reshape(150, 2), labels


def test_the_answers_of_a_classifier_are_told_all_over_its_picture():
    features, labels = clouds()
    centres = np.array([[-2, -1], [2, 0], [0, 3]])

    def predict(points):
        return ((points[:, None] - centres) ** 2).sum(axis=2).argmin(axis=1)

    plotting.decision_regions(plt.subplots()[1], predict, features, labels, ["a", "b", "c"])
    _, (panel,) = drawn()
    assert panel["answers"]["says"] == ["changes its answer", "gives a", "gives b", "gives c"]
    assert sum(panel["answers"]["runs"][1::2]) == series.CELLS**2
    points = np.random.default_rng(1).uniform(*zip(panel["x"]["limits"], panel["y"]["limits"], strict=True), (2000, 2))
    told = [answer_at(panel, *point) for point in points]
    changing = sum(answer == "changes its answer" for answer in told)
    assert 0 < changing < 0.1 * len(told)
    right = [f"gives {'abc'[number]}" for number in predict(points)]
    assert all(answer in (word, "changes its answer") for answer, word in zip(told, right, strict=True))
    assert len(json.dumps(panel["answers"])) < 3000


def test_the_answers_of_logits_have_their_probabilities():
    def logit_of(points):
        return 6 * points[:, :1]

    plotting.decision_regions(plt.subplots()[1], logit_of, [[-1, 0], [1, 1]], [0, 1], threshold=0)
    _, (panel,) = drawn()
    ranges = set()
    for x in np.linspace(-1.15, 1.15, 200):
        told = answer_at(panel, x, 0.5)
        if told == "changes its answer":
            assert abs(x) < 0.1
            continue
        name, low, high = re.fullmatch(
            r"gives class (\d) \(probability (?:above )?([.\d]+)(?: to ([.\d]+))?\)", told
        ).groups()
        assert int(name) == (x > 0) and float(low) <= 1 / (1 + np.exp(-abs(6 * x))) <= float(high or 1)
        ranges.add((low, high))
    assert ranges >= {("0.5", "0.75"), ("0.75", "0.95"), ("0.95", None)}
    assert answer_at(panel, 0, 0.5) == "changes its answer"


@pytest.mark.parametrize("threshold", [None, 0.5, 3])
def test_other_scores_are_not_told_as_probabilities(threshold):
    plotting.decision_regions(
        plt.subplots()[1], lambda points: points[:, 0] > 0, [[-1, 1], [1, 2]], [0, 1], None, threshold
    )
    _, (panel,) = drawn()
    assert "probability" not in str(panel["answers"])


def test_a_model_that_always_says_the_same_changes_nowhere():
    plotting.decision_regions(
        plt.subplots()[1], lambda points: np.full(len(points), 1000.0), [[-1, 1], [1, 2]], [0, 1], threshold=0
    )
    _, (panel,) = drawn()
    assert panel["answers"] == {"says": ["gives class 1 (probability above 0.95)"], "runs": [0, series.CELLS**2]}


def grid_of_images():
    plotting.image_grid(np.zeros((2, 8, 8)))


def weights_as_colours():
    plt.subplots()[1].imshow(np.eye(8), cmap="RdBu")


def counts():
    plotting.confusion_matrix(plt.subplots()[1], [0, 1], [0, 1], ["no", "yes"])


def regions():
    plotting.decision_regions(plt.subplots()[1], lambda points: points[:, 0] > 0, [[-1, 1], [1, 2]], [0, 1])


def curve():
    plotting.learning_curves(plt.subplots()[1], {"training": [2, 1]})


@pytest.mark.parametrize(
    ("draw", "kind"),
    [(grid_of_images, "figure picture"), (weights_as_colours, "figure picture")]
    + [(draw, "figure") for draw in (counts, regions, curve)],
)
def test_what_shades_alone_tell_keeps_its_shades_on_a_dark_page(draw, kind):
    draw()
    _, metadata = plotting._picture(plt.gcf(), "It is drawn.")
    plt.close("all")
    assert figures.image("99_made_up", "a.png", metadata["image/png"]).startswith(f'<img class="{kind}" ')


def test_the_record_is_the_same_from_run_to_run():
    def once():
        plotting.learning_curves(plt.subplots()[1], {"training": [3, 2, 1]})
        return drawn()[1]

    assert once() == once()


def walked(steps):
    """Lesson 06's descent, step by step, and the errors on the way as its figure records them."""
    (x, y), (x_validation, y_validation) = (np.hstack(part).astype(float).T for part in data.five_points())
    table, weights, found = figures.powers(x), np.zeros(7), []
    rate = 1 / np.linalg.svd(table, compute_uv=False)[0] ** 2
    for step in range(1, max(steps) + 1):
        weights = weights - rate * table.T @ (table @ weights - y)
        if step in steps:
            found.append((weights, np.mean((table @ weights - y) ** 2)))
            found[-1] += (np.mean((figures.powers(x_validation) @ weights - y_validation) ** 2),)
    weights, training, validation = zip(*found, strict=True)
    errors = {"training": training, "validation": validation}
    return np.array(weights), {"series": [{"name": n, "x": steps, "y": [*map(float, y)]} for n, y in errors.items()]}


def test_the_film_shows_the_models_of_its_figure():
    weights, panel = walked([1, 48, 300])
    made = figures.film(panel)
    assert np.allclose(made["frames"], weights @ figures.powers(np.array(made["x"])).T, atol=0.006)
    assert len(made["training"]) == 5 and len(made["validation"]) == 20
    panel["series"][1]["y"][2] *= 1.01
    with pytest.raises(figures.FigureError, match="other validation errors"):
        figures.film(panel)


def test_snapshots_are_titled_with_their_epochs():
    assert figures.epochs([{"title": "epoch 0"}, {"title": "epoch 100"}]) == [0, 100]
    with pytest.raises(figures.FigureError, match="titled with its epoch"):
        figures.epochs([{"title": "epoch 0"}, {"title": "at the end"}])


SOURCES = sorted((source.COURSE / "lessons").glob("[0-9][0-9]_*.md"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_lessons_figures_answer_and_their_numbers_are_few(path):
    lesson = website.read(path)
    website.page(lesson)
    text = figures.record(lesson.name, lesson.numbers)
    answering = len(json.loads(text)) / len(lesson.numbers)
    assert answering > 0.1 and len(text) < 120_000
    roles = {figures.role(lesson.name, metadata) for metadata in lesson.numbers.values()} - {""}
    assert roles == {role for (where, _), role in figures.ROLES.items() if where == lesson.name}


def curves_of(lesson, framework):
    """The panels of one framework's notebook that hold lines only."""
    outputs = [output for found in lesson.outputs for output in found.get(framework, [])]
    texts = [output.get("metadata", {}).get("image/png", {}).get("panels", "[]") for output in outputs]
    panels = [panel for text in texts for panel in json.loads(text)]
    return [panel for panel in panels if all(one["kind"] == "line" for one in panel["series"])]


@pytest.mark.parametrize("path", SOURCES[1:], ids=lambda path: path.stem)
def test_the_curves_of_twins_have_one_scale(path):
    lesson = website.read(path)
    for one, other in zip(*(curves_of(lesson, framework) for framework in FRAMEWORKS), strict=True):
        ends = [place(one["y"], end) for end in other["y"]["limits"]]
        assert np.allclose(ends, [0, 1], atol=0.03), (one["title"], one["series"][0]["name"], one["y"], other["y"])
