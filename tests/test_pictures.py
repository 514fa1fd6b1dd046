"""Pictures of a notebook are compared as texts are: by tests, and by anyone who runs `pytest --nbval`."""

import base64
import io
import re
import subprocess
import sys

import nbformat
import numpy as np
from conftest import COURSE
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from tools.pictures import difference, look_alike


def test_pictures_that_look_alike_and_that_do_not():
    picture = np.full((40, 60, 3), 255.0)
    shade, line = picture.copy(), picture.copy()
    shade[10, :] = 250
    line[10, :] = 0
    assert look_alike(picture, shade)
    assert not look_alike(picture, line)
    assert not look_alike(picture, picture[1:])


def shown(picture):
    """A cell's outputs: one picture."""
    file = io.BytesIO()
    Image.fromarray(picture.astype(np.uint8)).save(file, "png")
    data = {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": "a line"}
    return [new_output("display_data", data, metadata={})]


def test_a_missing_and_a_changed_picture_are_told():
    white, black = np.full((4, 6, 3), 255.0), np.zeros((4, 6, 3))
    assert difference(shown(white), shown(white)) == ""
    assert difference([], shown(white)) == "0 pictures instead of 1"
    assert difference(shown(white) + shown(black), shown(white) * 2).endswith("number 2")


DRAW = """\
import numpy as np
from IPython.display import display
from PIL import Image

display(Image.fromarray(np.full((40, 60, 3), {shade}, np.uint8)), metadata={{}})
"""


def test_nbval_compares_pictures(tmp_path):
    committed = shown(np.full((40, 60, 3), 200.0))
    committed[0].data["text/plain"] = "<PIL.Image.Image image mode=RGB size=60x40>"
    cells = [
        new_code_cell(DRAW.format(shade=shade), outputs=committed, execution_count=number)
        for number, shade in enumerate((200, 120), 1)
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "drawn.ipynb")
    (tmp_path / "conftest.py").write_text((COURSE / "notebooks" / "conftest.py").read_text(encoding="utf-8"))
    command = [sys.executable, "-m", "pytest", "--nbval", str(tmp_path), "-c", "/dev/null", "--rootdir", str(tmp_path)]
    done = subprocess.run(command, cwd=COURSE, capture_output=True, text=True)
    assert "1 failed, 1 passed" in done.stdout, done.stdout
    assert re.search(r"cell 1.*another picture", done.stdout, re.DOTALL | re.IGNORECASE), done.stdout
