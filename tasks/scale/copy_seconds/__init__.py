"""The task `copy_seconds`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.scale.common import plain
from utils.catalogue import Task


def observe_copy_seconds(answer, seed):
    seconds, longer = (plain(answer(np.ones(1), *numbers)) for numbers in ((6.0, 1.6), (60.0, 0.16)))
    if isinstance(seconds, float) and isinstance(longer, float):
        yield "a tensor of one float32, with two latencies and bandwidths", bool(abs(longer - seconds) > 0.5)
    yield "a tensor of one float32, latency 6 s, bandwidth 1.6 bytes/s", answer(np.ones(1), 6.0, 1.6)
    yield "a float32 tensor of shape (50, 784), no latency, 999 bytes/s", answer(np.ones((50, 784)), 0.0, 999.0)
    yield "50,000,000 bytes of int64, latency 0.5 s", answer(np.ones((2500, 2500), np.int64), 0.5, 1e9)
    yield "a tensor of shape (3, 0), which is empty, latency 0.0124 s", answer(np.ones((3, 0)), 0.0124, 1e9)


TASK = Task(
    "copy_seconds",
    observe=observe_copy_seconds,
    hints=(
        "Count the numbers in the tensor, then the bytes of each, then apply the formula of section 3.",
        {
            "pytorch": "tensor.numel() is how many numbers there are, tensor.element_size() the bytes of one.",
            "tensorflow": "tf.size(tensor) is how many numbers there are, tensor.dtype.size the bytes of one; make "
            "the product an ordinary number with int(...).",
        },
    ),
    mistakes={
        "measured": "the result is the same for any latency and bandwidth, or nearly so: predict it from what the "
        "function is given, and measure afterwards, outside.",
        "no_latency": "the latency is missing: each copy pays it once, on top of the time for its bytes.",
        "numbers": "you divide the number of entries by the bandwidth; each entry has several bytes.",
        "four": "you count 4 bytes for each entry; an entry of another dtype has another size, such as 8.",
        "eight": "you count 8 bytes for each entry; an entry of another dtype has another size: a float32 takes 4.",
        "one_entry": "you count the bytes of one entry; a copy moves every entry of the tensor.",
        "brackets": "the latency is divided by the bandwidth as well; only the bytes are.",
        "product": "you multiply latency and bytes; the copy takes the latency and then the time for its bytes.",
        "longer": "you take the longer of the two times; a copy takes both, one after the other.",
        "rounded_down": "`//` drops what is behind the point; divide with `/`.",
        "types": {
            "tensorflow": "tf.size gives a tensor of whole numbers, which TensorFlow does not divide by a float: "
            "make an ordinary number of it with int(...).",
        },
        "python_object": "sys.getsizeof gives the size of the Python object around the numbers, not that of the "
        "numbers.",
        "milliseconds": "these are milliseconds; seconds are wanted.",
        "bits": "you count bits; the bandwidth is in bytes per second.",
        "rows": "you count the rows only; a copy moves every entry of the tensor.",
        "upside_down": "bytes and bandwidth are swapped: more bytes should take longer.",
        "times_bandwidth": "you multiply by the bandwidth; with more bytes per second a copy takes less time.",
        "latency_each": "the latency is paid once a copy, not once for each number or row.",
    },
)
