"""What crosses from the sandbox to the judge: one line of JSON per message, with arrays as plain bytes.

Whoever reads trusts nothing of it: every size is bounded, every type is checked, and nothing is unpickled.
"""

import base64
import json
import math
from typing import Any

import numpy as np

from utils.looking import Seen

MOST_BYTES = 16 * 2**20  # of one message
MOST_NUMBERS = 500_000  # of one array; a larger one does not cross
MOST_PARTS = 2_000  # of a list
MOST_TEXT = 2_000  # characters
DEPTH = 8
NUMBERS = ("number", "NumPy array", "PyTorch tensor", "TensorFlow tensor")
LISTS = ("tuple", "list")


class Garbled(ValueError):
    """A message that no honest run sends."""


def pack(seen: Seen) -> dict[str, Any]:
    """A Seen as plain JSON."""
    data = seen.data
    if isinstance(data, np.ndarray):
        packed = packed_array(data)
        return (
            {"kind": seen.kind, **packed} if packed else {"kind": f"{seen.kind} with {data.size} numbers", "data": None}
        )
    if isinstance(data, tuple) and all(isinstance(part, Seen) for part in data):
        if len(data) > MOST_PARTS:
            return {"kind": f"{seen.kind} of {len(data)} parts", "data": None}
        return {"kind": seen.kind, "parts": [pack(part) for part in data]}
    if isinstance(data, tuple):
        return {"kind": seen.kind, "texts": [str(part)[:MOST_TEXT] for part in data]}
    return {"kind": seen.kind, "data": data if data is None else str(data)[:MOST_TEXT]}


def unpack(held: Any, depth: int = DEPTH) -> Seen:
    """The Seen of a packed one. Raises Garbled."""
    if not isinstance(held, dict) or not depth:
        raise Garbled("an observation is no object, or nested too deep")
    kind = text_of(held.get("kind"))
    if (kind in NUMBERS) != ("dtype" in held) or (kind in LISTS) != ("parts" in held):
        raise Garbled("an observation of one kind with the data of another")
    if "dtype" in held:
        return Seen(kind, array_of(held))
    if "parts" in held:
        return Seen(kind, tuple(unpack(part) for part in list_of(held["parts"])))
    if "texts" in held:
        return Seen(kind, tuple(text_of(part) for part in list_of(held["texts"])))
    return Seen(kind, None if held.get("data") is None else text_of(held["data"]))


def packed_array(array: np.ndarray) -> dict[str, Any] | None:
    """An array of numbers as plain JSON; None for one that is too large. One number stands for many equal ones."""
    if array.size > 1 and (array == array.flat[0]).all():
        held = array.reshape(-1)[:1]
    elif array.size > MOST_NUMBERS:
        return None
    else:
        held = np.ascontiguousarray(array)
    return {"dtype": array.dtype.str, "shape": list(array.shape), "bytes": base64.b64encode(held.tobytes()).decode()}


def array_of(held: dict[str, Any], most: int = MOST_NUMBERS) -> np.ndarray:
    """The array of a packed one, of `most` numbers at most. Raises Garbled."""
    name, shape, raw = held.get("dtype"), held.get("shape"), held.get("bytes")
    if not isinstance(name, str) or len(name) > 5 or name[1:2] not in "fiubc" or not isinstance(raw, str):
        raise Garbled("an array of another kind than numbers")
    if not isinstance(shape, list) or len(shape) > 32 or not all(type(n) is int and n >= 0 for n in shape):
        raise Garbled("an array without a shape")
    if max(math.prod(shape), *shape, 0) > most:
        raise Garbled("an array of too many numbers")
    try:
        numbers = np.frombuffer(base64.b64decode(raw, validate=True), np.dtype(name))
        return np.full(shape, numbers[0]) if len(numbers) == 1 else numbers.reshape(shape)
    except (TypeError, ValueError) as error:
        raise Garbled("an array whose bytes do not fit its shape") from error


def list_of(held: Any) -> list[Any]:
    """A bounded list. Raises Garbled."""
    if not isinstance(held, list) or len(held) > MOST_PARTS:
        raise Garbled("a list that is none, or too long")
    return held


def text_of(held: Any, most: int = MOST_TEXT) -> str:
    """A bounded text that can be written into a file. Raises Garbled."""
    if not isinstance(held, str):
        raise Garbled("something else where a text was due")
    return held[:most].encode(errors="replace").decode()  # half of a surrogate pair cannot be written


def line_of(message: dict[str, Any]) -> bytes:
    """A message as one line."""
    return json.dumps(message).encode() + b"\n"


def message_of(line: bytes) -> dict[str, Any]:
    """The message of a line. Raises Garbled."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Garbled("a line that is no JSON") from error
    if not isinstance(message, dict):
        raise Garbled("a message that is no object")
    return message
