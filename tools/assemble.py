"""Put the notebook of one framework together from the cells of a lesson, not yet run."""

import hashlib
from typing import Any

from tools import source
from tools.source import Cell, cells_of, in_colab
from utils.quiz import FRAMEWORKS

BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "pygments_lexer": "ipython3"}
SETUP = """\
# Find the course: in this folder or one above it. Alone, as in Colab, fetch it first.
import os, pathlib, shutil, subprocess, sys

folders = [pathlib.Path.cwd(), *pathlib.Path.cwd().parents, pathlib.Path.cwd() / "{name}"]
course = next((folder for folder in folders if (folder / "utils" / "start.py").is_file()), folders[-1])
if not course.exists():
    os.environ["GIT_TERMINAL_PROMPT"] = "0"  # fail at once instead of asking for a password
    fetch = ["git", "clone", "--depth=1", "{address}", str(course)]
    if not shutil.which("git") or subprocess.run(fetch, capture_output=True).returncode:
        raise SystemExit("{sorry}")
sys.path.insert(0, str(course))

# Make this kernel ready for the lesson; these commands go with its tasks and predictions.
try:
    from utils.start import commands, practice
except ModuleNotFoundError as error:
    if error.name != "utils.start":
        raise
    taken = sys.modules["utils"]
    raise SystemExit(f"{{taken}} hides the course's utils: rename that file, then restart the kernel.") from None

check, hint, solution, progress, predict, reveal = commands("{subject}", "{framework}")
review, gym = practice("{subject}", "{framework}")"""


def make_notebook(lesson: str, cells: list[Cell], framework: str) -> Any:
    """The notebook of one framework, not yet run. Same cells, same ids and bytes, whenever it is built."""
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook  # here, for the same reason as jupytext

    notebook = new_notebook(metadata={"kernelspec": KERNEL, "language_info": LANGUAGE})
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells_of(cells, framework)):
        text = cell.text(framework)
        new = new_code_cell if cell.kind == "code" else new_markdown_cell
        notebook.cells.append(new(text, id=_cell_id(text, seen), metadata=_cell_metadata(cell)))
        if number == 0:
            notebook.cells.append(new_markdown_cell(badges(lesson, framework), id="badges"))
            notebook.cells.append(new_code_cell(setup(lesson, framework), id="setup"))
    return notebook


def _cell_metadata(cell: Cell) -> dict[str, Any]:
    tags = sorted(cell.tags - FRAMEWORKS.keys() - {"quiz"})
    return ({"tags": tags} if tags else {}) | ({"reason": cell.reason} if cell.reason else {})


def _cell_id(text: str, seen: dict[str, int]) -> str:
    """An id that stays while the cell's text stays, wherever the cell moves."""
    name = hashlib.sha256(text.encode()).hexdigest()[:10]
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"


def badge(lesson: str, framework: str) -> str:
    """The badge that opens a notebook in Colab, as Markdown."""
    place = f"{framework}/{lesson}.ipynb" if framework in FRAMEWORKS else f"{lesson}.ipynb"
    return f"[![Open in Colab]({BADGE})]({in_colab(place)})"


def badges(lesson: str, framework: str) -> str:
    """The text of a notebook's second cell."""
    own = badge(lesson, framework)
    if framework not in FRAMEWORKS:
        return own
    other = next(f for f in FRAMEWORKS if f != framework)
    return (
        f"{own} This is the {FRAMEWORKS[framework]} notebook; the same lesson in "
        f"[{FRAMEWORKS[other]}](../{other}/{lesson}.ipynb). [Start page](../00_start_here.ipynb)"
    )


def setup(lesson: str, framework: str, address: str | None = None) -> str:
    """The code of a notebook's third cell, which fetches the course from `address` (None: the course's own)."""
    address = source.address() if address is None else address
    sorry = (
        "The course could not be fetched: go online and run this again, or put the notebook into the course's folder."
    )
    if "/OWNER/" in address:
        sorry = "This copy of the course has no address to fetch from yet: put this notebook into the course's folder."
    where = {"name": address.rpartition("/")[2], "address": address, "sorry": sorry}
    return SETUP.format(**where, subject=lesson.partition("_")[2], framework=framework)
