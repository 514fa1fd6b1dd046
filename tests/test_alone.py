"""Each notebook, copied alone into an empty folder as in Colab, runs twice in one kernel with what is committed."""

import base64
import io
import shutil

import nbclient
import nbformat
import numpy as np
import pytest
from PIL import Image

from tools import build

MOST_DIFFERENCE = 3  # root mean square over all pixels, of 255: another rounding moves a line by less than that


def pictures(outputs):
    """The pictures that a cell shows, as arrays of pixels."""
    encoded = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), float) for png in encoded]


def look_alike(picture, other):
    return picture.shape == other.shape and np.sqrt(np.mean((picture - other) ** 2)) <= MOST_DIFFERENCE


def compare(cell, expected, turn):
    assert build.texts(cell.outputs) == build.texts(expected), f"another output in round {turn} of:\n{cell.source}"
    pairs = zip(pictures(cell.outputs), pictures(expected), strict=True)
    assert all(look_alike(*pair) for pair in pairs), f"another picture in round {turn} of:\n{cell.source}"


@pytest.mark.usefixtures("address_is_local")
def test_alone_and_twice_a_notebook_gives_what_is_committed(notebook, tmp_path):
    shutil.copyfile(notebook, tmp_path / notebook.name)
    committed = nbformat.read(notebook, as_version=4)
    client = nbclient.NotebookClient(
        nbformat.read(tmp_path / notebook.name, as_version=4),
        timeout=build.CELL_SECONDS,
        resources={"metadata": {"path": str(tmp_path)}},
    )
    with client.setup_kernel():
        for turn in (1, 2):
            for index, cell in enumerate(client.nb.cells):
                client.execute_cell(cell, index)
                if cell.cell_type == "code" and "nbval-ignore-output" not in cell.metadata.get("tags", []):
                    compare(cell, committed.cells[index].outputs, turn)
    assert (tmp_path / build.address().rpartition("/")[2] / "utils").is_dir()


def test_pictures_that_look_alike_and_that_do_not():
    picture = np.full((40, 60, 3), 255.0)
    shade, line = picture.copy(), picture.copy()
    shade[10, :] = 250
    line[10, :] = 0
    assert look_alike(picture, shade)
    assert not look_alike(picture, line)
    assert not look_alike(picture, picture[1:])
