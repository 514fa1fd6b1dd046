"""The task `saturating_batch`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from tasks.scale.common import plain
from utils.catalogue import Task


def observe_saturating_batch(answer, seed):
    sizes = 10 * 2 ** np.arange(7)
    seconds = np.array([1.3, 1.2, 1.0, 1.1, 1.9, 3.5, 7.2]) / 1000
    yield "sizes 10 to 640, seconds 0.0013 to 0.0072", plain(answer(sizes, seconds))
    noisy = np.array([1.0, 1.1, 1.3, 1.8, 3.04, 5.5, 14.2]) / 1000
    yield "times with a slower last batch", plain(answer(sizes, noisy))
    yield "speed that grows to the end", plain(answer(sizes, np.full(7, 0.001)))
    order = [5, 0, 6, 2, 4, 1, 3]
    pair = np.array([9, 10]), np.array([1.0, 1.0])
    yield "sizes 9 and 10 in a second each, exactly 90 % and 100 %", plain(answer(*pair))
    four = np.array([10, 20, 30, 40])
    yield "sizes 10 to 40, speeds of 100, 105, 190 and 220", plain(answer(four, four / np.array([100, 105, 190, 220])))
    yield "the first measurements in another order, 320 at the head", plain(answer(sizes[order], seconds[order]))


TASK = Task(
    "saturating_batch",
    observe=observe_saturating_batch,
    hints=(
        "The speed of a batch size is how many samples it trains per second: size / seconds.",
        "Take the sizes whose speed is at least 0.9 times the largest speed, and of them the smallest.",
    ),
    mistakes={
        "fastest": "this is the size with the highest speed; a smaller one may already reach 90 % of that.",
        "largest": "this is the largest size; the smallest one that reaches 90 % of the best speed is wanted.",
        "shortest": "you compare seconds; compare the samples per second, size / seconds, of which more are better.",
        "upside_down": {
            "pytorch": "this size is one of the slowest: compare size / seconds, of which more are better, and keep "
            "what is at or above the threshold.",
            "tensorflow": "this size is one of the slowest: compare size / seconds, of which more are better, and keep "
            "what is at or above the threshold. If you cast: seconds cast to whole numbers become 0.",
        },
        "just_over": "a size with exactly 90 % of the best speed is left out: at least means >=.",
        "half": "the threshold is 90 % of the best speed.",
        "last_speed": "you compare with the speed of the last measurement or of the largest batch; the best speed "
        "may be another.",
        "more_time": "a size with just over 90 % of the best speed is left out; compare speeds (10 % more time a "
        "sample is 1 / 1.1 of the speed, not 0.9).",
        "nearest": "the speed of this size is near 90 % of the best, but below it; at least 90 % is wanted.",
        "plateau": "from this size to the next the speed hardly grows, but larger ones are much faster: compare with "
        "the highest speed of all.",
        "several": "these are all the sizes that are fast enough; the smallest of them is wanted.",
        "half_sorted": "the sizes are put in order, but not the seconds that belong to them: keep pairs together.",
        "types": {
            "tensorflow": "the sizes are whole numbers and the seconds are not, and TensorFlow does not mix them: "
            "tf.cast(batch_sizes, seconds.dtype) first.",
        },
        "position": "this is the position in the list; the batch size that stands there is wanted.",
        "speed": "this is a speed; the batch size that reaches it is wanted.",
        "in_order": "you take the first in the list that is fast enough; with the list in another order that is "
        "not the smallest.",
    },
)
