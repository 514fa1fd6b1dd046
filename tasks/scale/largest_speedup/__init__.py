"""The task `largest_speedup`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.scale.common import plain
from utils.catalogue import Task


def observe_largest_speedup(answer, seed):
    yield "100 s alone, 55 s with 4 workers", plain(answer(100.0, 55.0, 4))
    yield "60 s alone, 37 s with 2 workers", plain(answer(60.0, 37.0, 2))
    yield "100 s alone, 14 s with 8 workers", plain(answer(100.0, 14.0, 8))
    yield "10 s alone, 10 s with 8 workers", plain(answer(10.0, 10.0, 8))
    yield "80 s alone, 10 s with 8 workers: nothing is left over", plain(answer(80.0, 10.0, 8))


TASK = Task(
    "largest_speedup",
    observe=observe_largest_speedup,
    hints=(
        "First find the share p: solve time(k) = time(1) · (1 - p + p / k) for p.",
        "p = (1 - time(k) / time(1)) / (1 - 1 / k). Then let k grow without end. What if p is 1?",
    ),
    mistakes={
        "share": "this is the share p; the speedup that no number of workers exceeds is 1 / (1 - p).",
        "measured": "this is the speedup that was measured; with more workers it can still grow.",
        "workers": "this is the number of workers, the best that so many could do; any number is meant.",
        "rest": "this is the fraction that stays, 1 - p. The speedup is one divided by it.",
        "unshared": "time(k) - time(1) / k is not yet what cannot be shared: it is that part times (1 - 1 / k).",
        "zero": "where all of the work can be shared, 1 - p is 0: the speedup has no limit there, so return inf.",
        "one_less": "this is the time that can be shared over the time that cannot, p / (1 - p); the speedup is the "
        "whole time over the latter.",
        "over_share": "this is 1 / p; what cannot be shared, 1 - p, limits the speedup.",
        "not_solved": "the share p is not right: by the formula, 1 - time(k) / time(1) is p · (1 - 1 / k).",
        "efficiency": "speedup / workers is not the share p; solve the formula of section 18 for p.",
        "times_workers": "this is the measured speedup times the workers; what is not shared does not shrink.",
        "seconds": "these are the seconds that cannot be shared; divide the time alone by them.",
        "text": 'this is the text "inf"; float("inf") is the number.',
        "doubled": "this is the speedup with twice as many workers; let their number grow without end.",
        "upside_down": "the speedup is below 1: the two times are swapped.",
    },
)
