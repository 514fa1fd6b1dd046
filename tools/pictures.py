"""Whether two pictures of a notebook look alike: another processor rounds otherwise, and a line moves by a shade."""

import base64
import io

import numpy as np
from PIL import Image

MOST_DIFFERENCE = 3  # root mean square over all pixels, of 255: another rounding moves a line by less than that


def pictures(outputs: list) -> list[np.ndarray]:
    """The pictures that a cell shows, as arrays of pixels (height, width, 3)."""
    encoded = [output["data"]["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    return [np.asarray(Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB"), float) for png in encoded]


def look_alike(picture: np.ndarray, other: np.ndarray) -> bool:
    """Whether two pictures have one size and nearly the same pixels."""
    return picture.shape == other.shape and bool(np.sqrt(np.mean((picture - other) ** 2)) <= MOST_DIFFERENCE)


def difference(outputs: list, others: list) -> str:
    """What the pictures of two cells differ in, or ""."""
    ours, theirs = pictures(outputs), pictures(others)
    if len(ours) != len(theirs):
        return f"{len(ours)} pictures instead of {len(theirs)}"
    differing = [str(number) for number, pair in enumerate(zip(ours, theirs, strict=True), 1) if not look_alike(*pair)]
    return f"another picture than the committed one: number {', '.join(differing)}" if differing else ""
