"""utils.plotting: figures show what the data say, and a notebook gets one output with its sentence."""

import base64
import io
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pytest

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from PIL import Image

from tools import install
from utils import plotting

ROOT = Path(__file__).parent.parent


@pytest.fixture
def axes():
    figure, axes = plt.subplots()
    yield axes
    figure.draw_without_rendering()  # every figure must survive being drawn
    plt.close("all")


@pytest.fixture
def run_cells():
    """Run cells in a real kernel, in one notebook; returns each cell's outputs."""
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")

    def run(*cells, **options):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
        nbclient.NotebookClient(notebook, timeout=60, resources={"metadata": {"path": ROOT}}, **options).execute()
        return [cell.outputs for cell in notebook.cells]

    return run


def texts(axes):
    return [text.get_text() for text in axes.texts]


def test_show_is_one_output_with_its_sentence(run_cells):
    cell = "import matplotlib.pyplot as plt\nfrom utils import plotting\nplt.plot([1, 2])\nplotting.show('It rises.')"
    (first,), (again,) = run_cells(cell, cell)
    assert first.output_type == "display_data" and first.data["text/plain"] == "It rises."
    assert set(first.data) == {"image/png", "text/plain"}
    metadata = first.metadata["image/png"]
    assert (metadata["alt"], metadata["width"], metadata["height"]) == ("It rises.", 600, 380)
    assert '"y":[1,2]' in metadata["panels"]
    png = base64.b64decode(first.data["image/png"])
    assert Image.open(io.BytesIO(png)).size == (780, 494) and len(png) < 60_000
    assert again.data == first.data


@pytest.mark.parametrize("kind", ["html", "slides"])
def test_an_export_carries_the_sentence(run_cells, tmp_path, monkeypatch, kind):
    nbformat = pytest.importorskip("nbformat")
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "etc" / "jupyter"))
    install.write_jupyter_settings()
    cell = "import matplotlib.pyplot as plt\nfrom utils import plotting\nplt.plot([1, 2])\nplotting.show('1 < \"2\".')"
    (outputs,) = run_cells(cell)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell, outputs=outputs)])
    nbformat.write(notebook, tmp_path / "figure.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", kind, "figure.ipynb", "--stdout"]
    page = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    (image,) = re.findall(r"<img [^>]*>", page)
    assert 'alt="1 &lt; &quot;2&quot;."' in image or "alt='1 &lt; \"2\".'" in image


@pytest.mark.parametrize("alt", ["", "  ", None, 3, "two\nlines"])
def test_show_needs_a_sentence(alt, axes):
    with pytest.raises(ValueError, match="one sentence"):
        plotting.show(alt)
    with pytest.raises(ValueError, match="one sentence"):
        plotting.LiveCurve(alt=alt)


def test_show_outside_a_notebook_only_closes(capsys):
    figure = plt.figure()
    assert plotting.show("Nothing yet.", figure) is None
    assert not plt.fignum_exists(figure.number) and capsys.readouterr().out == ""


def boundary(axes):
    """The points of the boundary that was drawn."""
    lines = [item for item in axes.collections if isinstance(item, matplotlib.contour.ContourSet)]
    return np.concatenate([path.vertices for line in lines for path in line.get_paths()])


@pytest.mark.parametrize(
    ("predict", "threshold"),
    [
        (lambda points: (points[:, 0] > 0.3).astype(int), None),
        (lambda points: 10 * (points[:, :1] - 0.3), 0.0),  # logits of shape (n, 1)
        (lambda points: 1 / (1 + np.exp(-10 * (points[:, 0] - 0.3))), 0.5),
    ],
)
def test_boundary_lies_where_the_answer_changes(axes, predict, threshold):
    plotting.decision_regions(axes, predict, [[-1, -1], [1, 1]], [0, 1], threshold=threshold)
    assert np.allclose(boundary(axes)[:, 0], 0.3, atol=2.4 / 299)  # one step of the grid
    assert np.ptp(boundary(axes)[:, 1]) > 2.3


def test_regions_hold_the_predicted_classes(axes):
    plotting.decision_regions(axes, lambda points: np.digitize(points[:, 1], [-0.5, 0.5]), [[-1, -1], [1, 1]], [0, 2])
    regions = axes.images[0].get_array()
    assert list(regions[[0, 150, 299], 0]) == [0, 1, 2]
    assert {round(abs(y), 1) for y in boundary(axes)[:, 1]} == {0.5}
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["class 0", "class 1", "class 2"]


@pytest.mark.filterwarnings("error")
def test_one_region_has_no_boundary_and_no_warning(axes):
    plotting.decision_regions(axes, lambda points: np.zeros(len(points)), [[0, 0], [1, 1]], [0, 1])


@pytest.mark.parametrize(
    ("features", "labels", "predict", "words"),
    [
        ([[0, 0], [1, 1]], [0], lambda p: p[:, 0] > 0, "labels has 1"),
        ([[0, 0, 0]], [0], lambda p: p[:, 0] > 0, r"\(samples, 2\)"),
        ([[0, 0]], [0.5], lambda p: p[:, 0] > 0, "class numbers"),
        ([[0, 0]], [0], lambda p: np.zeros((len(p), 3)), "argmax"),
        ([[0, 0]], [0], lambda p: p[:5, 0] > 0, "gave 5 for"),
        ([[0, 0]], [0], lambda p: p[:, 0] * np.nan, "NaN"),
    ],
)
def test_decision_regions_refuses_in_a_sentence(axes, features, labels, predict, words):
    with pytest.raises(ValueError, match=words):
        plotting.decision_regions(axes, predict, features, labels)


def test_learning_curves_count_epochs_from_one(axes):
    plotting.learning_curves(axes, {"training": [3, 2, np.nan], "validation": [3, 1, 2]}, best=2)
    training, validation, best = axes.lines
    assert list(training.get_xdata()) == [1, 2, 3] and list(validation.get_ydata()) == [3, 1, 2]
    assert best.get_xdata()[0] == 2 and axes.get_xlabel() == "epoch" and axes.get_ylabel() == "loss"
    looks = {(line.get_color(), line.get_linestyle(), line.get_marker()) for line in (training, validation)}
    assert all(len(set(look)) == 2 for look in zip(*looks, strict=True))  # told apart without colour
    for curves, arguments in [({}, {}), ({"a": []}, {}), ({"a": [1], "b": [1, 2]}, {}), ({"a": [1]}, {"best": 2})]:
        with pytest.raises(ValueError):
            plotting.learning_curves(axes, curves, **arguments)


@pytest.mark.parametrize(
    ("losses", "top"),
    [([1, 0.5], 2.5), ([2.5, 1], 2.5), ([2.6, 1], 2.73), ([30, 1], 31.5), ([np.inf, 1], 2.5), ([np.nan, np.nan], 2.5)],
)
def test_a_fixed_scale_rises_only_for_what_lies_above_it(axes, losses, top):
    plotting.learning_curves(axes, {"training": losses, "validation": [1, 1]})
    plotting.keep_scale(axes, 0, 2.5)
    assert axes.get_ylim() == pytest.approx((0, top))
    axes.plot([0, 1], [-1, 0])
    plotting.keep_scale(axes, 0, 2.5)
    assert axes.get_ylim()[0] < -1


def test_residuals_run_from_sample_to_curve(axes):
    plotting.fit_with_residuals(axes, [[0.0], [1.0]], [1.0, 5.0], lambda x: 2 * x)
    ends = [sorted(segment[:, 1]) for segment in axes.collections[0].get_segments()]
    assert ends == [[0, 1], [2, 5]]
    with pytest.raises(ValueError, match="x has 2, y has 3"):
        plotting.fit_with_residuals(axes, [1, 2], [1, 2, 3], lambda x: x)


def test_confusion_matrix_writes_the_counts(axes):
    actual, predicted = [0, 0, 0, 1, 2, 2], [0, 0, 1, 1, 0, 2]
    plotting.confusion_matrix(axes, actual, predicted, ["a", "b", "c"])
    # Row by row, actual above predicted.
    assert texts(axes) == ["2", "1", "0", "0", "1", "0", "1", "0", "1"]
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("predicted class", "actual class")
    with pytest.raises(ValueError, match="only 2 names"):
        plotting.confusion_matrix(axes, actual, predicted, ["a", "b"])


def test_image_grid_places_images_and_titles(axes):
    figure = plotting.image_grid(np.arange(7 * 4).reshape(7, 2, 2), titles=range(7), columns=3)
    assert len(figure.axes) == 9 and [len(grid.images) for grid in figure.axes] == [1] * 7 + [0, 0]
    assert figure.axes[4].get_title() == "4" and figure.axes[4].images[0].get_clim() == (0, 27)
    for images, titles in [(np.zeros((3, 4)), None), (np.zeros((2, 4, 4)), ["one"]), (np.zeros((0, 4, 4)), None)]:
        with pytest.raises(ValueError):
            plotting.image_grid(images, titles)


def test_contour_path_draws_the_points_given(axes):
    path = np.array([[1.0, 1.0], [0.5, 0.2], [np.inf, 0.0]])
    plotting.contour_path(axes, lambda x, y: x**2 + y**2, {"slow": path}, (-2, 2), (-2, 2))
    assert np.array_equal(axes.lines[0].get_xydata(), path[:2])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["slow", "start", "end"]
    with pytest.raises(ValueError, match="steps"):
        plotting.contour_path(axes, lambda x, y: x, {"flat": [1, 2]}, (-2, 2), (-2, 2))


def test_graph_boxes_do_not_overlap(axes):
    inputs = {"z": ["x", "w"], "h": ["z", "b"], "a": ["h"], "u": ["a", "v"], "o": ["u", "c"], "d": ["o", "y"]}
    plotting.graph(axes, inputs | {"loss": ["d", "d"]}, labels={"loss": "squared error"})
    axes.figure.draw_without_rendering()
    boxes = [item for item in axes.patches if isinstance(item, matplotlib.patches.FancyBboxPatch)]
    arrows = [item for item in axes.patches if isinstance(item, matplotlib.patches.FancyArrowPatch)]
    assert len(boxes) == 13 and len(arrows) == 13
    extents = [box.get_window_extent() for box in boxes]
    assert not any(a.overlaps(b) for i, a in enumerate(extents) for b in extents[:i])
    for text, extent in zip(axes.texts, extents, strict=True):
        inside = text.get_window_extent()
        assert extent.x0 < inside.x0 and inside.x1 < extent.x1
    assert len({box.get_boxstyle().__class__ for box in boxes}) == 2
    with pytest.raises(ValueError, match="no cycle"):
        plotting.graph(axes, {"a": ["b"], "b": ["a"]})


@pytest.mark.parametrize(
    ("shapes", "cells", "copies", "words"),
    [
        (((3, 1), (4,)), 36, 17, "(3, 4)"),
        (((2, 3), ()), 18, 5, "(2, 3)"),
        (((2, 3), (2, 3)), 18, 0, "(2, 3)"),
        (((4, 3), (4,)), 16, 0, "axis -1, a has length 3 and b has 4"),
        (((4, 3), (2, 3)), 18, 0, "axis -2, a has length 4 and b has 2"),
    ],
)
def test_broadcasting_counts_cells_and_names_the_clash(axes, shapes, cells, copies, words):
    plotting.broadcasting(axes, *map(np.ones, shapes))
    assert len(axes.patches) == cells and words in axes.get_title()
    assert sum(bool(cell.get_hatch()) for cell in axes.patches) == copies


@pytest.mark.parametrize("framework", ["torch", "tensorflow"])
def test_tensors_are_taken(axes, framework):
    module = pytest.importorskip(framework)
    tensor = module.tensor if framework == "torch" else module.constant
    plotting.decision_regions(
        axes, lambda p: tensor((p[:, 0] > 0).astype(int)), tensor([[0.0, 0], [1, 1]]), tensor([0, 1])
    )
    plotting.learning_curves(axes, {"training": [tensor(2.0), tensor(1.0)]})
    plotting.fit_with_residuals(axes, tensor([1.0, 2.0]), tensor([[1.0], [2.0]]), lambda x: tensor(x))
    plotting.confusion_matrix(axes, tensor([0, 1]), tensor([1, 1]), "ab")
    plotting.contour_path(axes, lambda x, y: tensor(x + y), {"path": [tensor([0.0, 1.0])]}, (0, 1), (0, 1))
    plotting.image_grid(tensor(np.zeros((2, 3, 3))))


TRAINING = """
from utils.plotting import LiveCurve
import time
with LiveCurve(alt="It falls.") as live:
    for epoch in range({epochs}):
        time.sleep({seconds})
        live.update(training=1 / (epoch + 1), validation=1.0)
        {then}
"""


def test_live_curve_is_one_output_and_draws_few_of_its_epochs(run_cells):
    """How large a share of the time it takes is measured in `make bench`."""
    (output,), numbers = run_cells(TRAINING.format(epochs=400, seconds=0.02, then=""), "print(live.pictures)")
    assert output.data["text/plain"] == "It falls." and output.metadata["image/png"]["alt"] == "It falls."
    assert 2 <= int(numbers[0].text) < 100


@pytest.mark.parametrize(("top", "limits"), [(2, "[0.0,2.0]"), (0.5, "[0.0,1.05]")])
def test_live_curve_keeps_the_ends_of_its_axis_and_cuts_no_curve(run_cells, top, limits):
    training = TRAINING.format(epochs=3, seconds=0, then="")
    training = training.replace('alt="It falls."', f'alt="It falls.", ylim=(0, {top})')
    assert f'"limits":{limits}' in run_cells(training)[0][0].metadata["image/png"]["panels"]


def test_live_curve_ends_with_the_last_state(run_cells):
    quick, slow = (
        run_cells(TRAINING.format(epochs=9, seconds=seconds, then=""))[0][0].data["image/png"] for seconds in (0, 0.01)
    )
    assert quick == slow


def test_live_curve_draws_when_the_loop_fails_and_lets_the_error_go_on(run_cells):
    cells = (
        TRAINING.format(epochs=9, seconds=0, then="if epoch == 4: raise RuntimeError('lost')"),
        "print(live.pictures)",
    )
    (picture, error), (pictures,) = run_cells(*cells, allow_errors=True)
    assert picture.data["text/plain"] == "It falls." and error.ename == "RuntimeError"
    assert pictures.text == "2\n"


def test_live_curve_outside_a_notebook_draws_nothing(capsys):
    with plotting.LiveCurve(alt="It falls.") as live:
        live.update(training=1.0)
        with pytest.raises(ValueError, match="same curves"):
            live.update(validation=1.0)
        with pytest.raises(ValueError, match="one number"):
            live.update(training=[1.0, 2.0])
    assert live.pictures == 0 and capsys.readouterr().out == ""


def test_graph_shows_values_and_gradients_with_arrows_that_lead_back(axes):
    inputs = {"product": ["w", "x"], "loss": ["product"]}
    plotting.graph(axes, inputs, values={"w": 2, "loss": 36}, gradients={"w": 36, "x": 24, "product": 12, "loss": 1})
    arrows = [item for item in axes.patches if isinstance(item, matplotlib.patches.FancyArrowPatch)]
    back = [arrow for arrow in arrows if arrow.get_linestyle() not in ("-", "solid")]
    assert len(arrows) == 6 and len(back) == 3
    assert {text.get_text() for text in axes.texts} >= {"2", "36", "∂ 36", "∂ 24", "∂ 12", "∂ 1"}
    axes.figure.draw_without_rendering()
    extents = [text.get_window_extent() for text in axes.texts]
    assert not any(a.overlaps(b) for i, a in enumerate(extents) for b in extents[:i])


def test_tables_shows_each_number_in_a_box_of_its_own(axes):
    plotting.tables(axes, table=[[1, 2, 3], [4, 5, 6]], row=np.array([7.5, 8]))
    texts = [text.get_text() for text in axes.texts]
    assert len(axes.patches) == 8 and {*"123456", "7.5", "8", "table\n(2, 3)", "row\n(2,)"} <= set(texts)
    with pytest.raises(ValueError, match="one or two axes"):
        plotting.tables(axes, cube=np.ones((2, 2, 2)))
