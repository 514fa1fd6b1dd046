"""The task `cheapest_threshold`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task

PROBABILITIES = np.array([0.05, 0.095, 0.1, 0.2, 0.3, 0.35, 0.4, 0.6, 0.7, 0.9, 0.95])
LABELS = np.array([0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1])
CASES = (10, 1), (1, 10), (1, 1)  # cost of a miss and of a false alarm


def observe_cheapest_threshold(answer, seed):
    order = np.random.default_rng(seed).permutation(11)
    small = PROBABILITIES[order], LABELS[order]
    many = _pictures(400, seed)
    for name, (probabilities, labels) in {"11 pictures": small, "400 pictures": many}.items():
        thresholds = [answer.target(probabilities.copy(), labels.copy(), *costs) for costs in CASES]
        if None not in thresholds:
            above = _are_cheapest_above([float(threshold) for threshold in thresholds], probabilities, labels)
            yield "a picture at your threshold is taken for a positive one", not above
        for costs, threshold in zip(CASES, thresholds, strict=True):
            if threshold is not None:
                yield "your threshold is at most 1.1, a little above every probability", bool(float(threshold) <= 1.1)
            tried = f"the cost at your threshold: {name}, a miss costs {costs[0]}, a false alarm {costs[1]}"
            yield tried, None if threshold is None else _cost(threshold, probabilities, labels, *costs)
    few = np.array([0.6, 0.2, 0.9]), np.array([0, 1, 0])
    cost = _cost(answer.target(*few, 1, 1), *few, 1, 1)
    yield "the cost at your threshold: probabilities 0.6, 0.2, 0.9, labels 0, 1, 0; each mistake costs 1", cost


def _pictures(samples, seed):
    """Probabilities and labels of pictures, of which a fifth is positive; the probabilities are too low."""
    generator = np.random.default_rng(seed + 1)
    labels = (generator.random(samples) < 0.2).astype(int)
    logits = generator.normal(2.5 * labels - 2.5, 1.2)
    return np.round(1 / (1 + np.exp(-logits)), 3), labels


def _cost(threshold, *pictures_and_costs):
    return f"{_number(float(threshold), *pictures_and_costs):g}"


def _number(threshold, probabilities, labels, miss_cost, alarm_cost):
    positive = probabilities >= threshold
    return miss_cost * np.sum(~positive & (labels == 1)) + alarm_cost * np.sum(positive & (labels == 0))


def _are_cheapest_above(thresholds, probabilities, labels):
    """Whether thresholds are the cheapest of all CASES where only what lies above them is positive, and only there."""

    def costs_of(candidates):
        cases = zip(candidates, CASES, strict=True)
        return [_number(one, probabilities, labels, *costs) for one, costs in cases]

    every = [costs_of([one] * len(CASES)) for one in (*probabilities, np.inf)]
    lowest = [min(costs) for costs in zip(*every, strict=True)]
    return costs_of(np.nextafter(thresholds, np.inf)) == lowest != costs_of(thresholds)


TASK = Task(
    "cheapest_threshold",
    observe=observe_cheapest_threshold,
    hints=(
        "Try each of the probabilities as the threshold, and one above them all, and count both kinds of mistake.",
        "`positive = probabilities >= threshold`; the misses are `np.sum(~positive & (labels == 1))`. "
        "`min(candidates, key=cost)` finds the cheapest.",
    ),
    mistakes={
        "none_above": "where every alarm costs more than it saves, no picture should be called positive: try a "
        "threshold above all probabilities, too.",
        "above": "this threshold is the cheapest if only pictures above it are positive (`>`); here one at the "
        "threshold is positive too (`>=`).",
        "half": "at 0.5 the mistakes cost more than they need to: which threshold would the more expensive kind of "
        "mistake ask for?",
        "most_accurate": "this threshold has the fewest mistakes, but not the cheapest: weigh each kind with its cost.",
        "swapped": "this is the cheapest threshold if the two costs are exchanged. A miss is a positive picture below "
        "the threshold.",
        "formula": "alarm_cost / (alarm_cost + miss_cost) is the best threshold for well calibrated probabilities; "
        "these data show a cheaper one.",
        "only_misses": "no picture is missed, but the false alarms cost something too.",
        "outside": "your threshold lies far above 1, where nothing is called positive. Do you return a cost, or a "
        "position in the list?",
        "dearest": "this is the threshold with the highest cost.",
        "coarse": "these pictures have a cheaper threshold, which a grid with even steps can miss: try each of the "
        "probabilities.",
    },
)
