"""The figures on a learner's page: pixels of a learner's PNG and its text, and nothing else that the file held."""

import base64
import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PIL import Image

from tools.grading.notebooks import Submission
from tools.grading.wire import Garbled, list_of, text_of

BEGINS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
MOST_SIDE = 3_000  # pixels
MOST_PIXELS = 4_000_000
MOST_BYTES = 2_000_000  # of one file
MOST_ALT = 600  # characters
PER_TASK = 3


@dataclass(frozen=True)
class Figure:
    """What a learner's cell drew in the sandbox. alt: its text; png: base64 of the file, written by ourselves."""

    cell: int
    alt: str
    png: str


def taken(held: Any) -> list[Figure]:
    """The figures in a message from the sandbox, without those that are no PNG. Raises Garbled."""
    found = []
    for one in list_of(held):
        if not isinstance(one, dict) or type(one.get("cell")) is not int:
            raise Garbled("a figure without a cell")
        if png := written_anew(text_of(one.get("png"), 2 * MOST_BYTES)):
            found.append(Figure(one["cell"], text_of(one.get("alt"), MOST_ALT), png))
    return found


def written_anew(text: str) -> str:
    """The PNG of a base64 text with the same pixels, written by ourselves; empty where it is none or too large."""
    try:
        content = base64.b64decode(text, validate=True)
        if len(content) > MOST_BYTES or not content.startswith(BEGINS):
            return ""
        width, height = struct.unpack_from(">II", content, len(BEGINS))
        if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
            return ""
        image = Image.open(io.BytesIO(content), formats=["PNG"]).convert("RGB")
        image.info.clear()
        file = io.BytesIO()
        image.quantize(256, dither=Image.Dither.NONE).save(file, "png")
    except Exception:  # whatever a broken file makes a decoder raise
        return ""
    return base64.b64encode(file.getvalue()).decode()


def by_task(figures: Iterable[Figure], submission: Submission, tasks: Iterable[str]) -> dict[str, list[Figure]]:
    """{task: its figures}: those of the cell that names it, and of cells below that name none; "" for those of no task.

    At most PER_TASK of each.
    """
    named, task = {}, ""
    order = list(tasks)
    for cell in submission.cells:
        if cell.number in submission.own:
            task = next((name for name in reversed(order) if name in cell.uses | cell.gives), task)
        named[cell.number] = task
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        found.setdefault(named.get(figure.cell, ""), []).append(figure)
    return {name: own[:PER_TASK] for name, own in found.items()}
