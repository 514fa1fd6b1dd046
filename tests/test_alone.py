"""Each notebook, copied alone into an empty folder as in Colab, runs twice in one kernel with what is committed."""

import shutil

import nbclient
import nbformat
import pytest

from tools import build
from tools.pictures import difference


def compare(cell, expected, turn):
    assert build.texts(cell.outputs) == build.texts(expected), f"another output in round {turn} of:\n{cell.source}"
    assert not difference(cell.outputs, expected), f"another picture in round {turn} of:\n{cell.source}"


@pytest.mark.slow
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
