"""Answers to `cheapest_threshold` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def cheapest_threshold(probabilities, labels, miss_cost, alarm_cost):
    def cost(threshold):
        positive = probabilities >= threshold
        misses = np.sum(~positive & (labels == 1))
        alarms = np.sum(positive & (labels == 0))
        return miss_cost * misses + alarm_cost * alarms

    return min([*probabilities, 1.1], key=cost)


def cheapest_threshold__ok_grid(probabilities, labels, miss_cost, alarm_cost):
    candidates = np.linspace(0, 1.001, 1002)
    positive = probabilities >= candidates[:, None]
    misses = np.sum(~positive & (labels == 1), axis=1)
    alarms = np.sum(positive & (labels == 0), axis=1)
    return candidates[np.argmin(miss_cost * misses + alarm_cost * alarms)]


def _costs(candidates, probabilities, labels, miss_cost, alarm_cost):
    positive = probabilities >= np.asarray(candidates)[:, None]
    misses, alarms = np.sum(~positive & (labels == 1), axis=1), np.sum(positive & (labels == 0), axis=1)
    return miss_cost * misses + alarm_cost * alarms


def cheapest_threshold__above(probabilities, labels, miss_cost, alarm_cost):
    def cost(threshold):
        positive = probabilities > threshold
        misses, alarms = np.sum(~positive & (labels == 1)), np.sum(positive & (labels == 0))
        return miss_cost * misses + alarm_cost * alarms

    return min([*probabilities, 1.1], key=cost)


def cheapest_threshold__half(probabilities, labels, miss_cost, alarm_cost):
    return 0.5


def cheapest_threshold__most_accurate(probabilities, labels, miss_cost, alarm_cost):
    return cheapest_threshold(probabilities, labels, 1, 1)


def cheapest_threshold__swapped(probabilities, labels, miss_cost, alarm_cost):
    return cheapest_threshold(probabilities, labels, alarm_cost, miss_cost)


def cheapest_threshold__formula(probabilities, labels, miss_cost, alarm_cost):
    return alarm_cost / (alarm_cost + miss_cost)


def cheapest_threshold__only_misses(probabilities, labels, miss_cost, alarm_cost):
    return probabilities[labels == 1].min()


def cheapest_threshold__dearest(probabilities, labels, miss_cost, alarm_cost):
    candidates = [*probabilities, 1.1]
    return candidates[np.argmax(_costs(candidates, probabilities, labels, miss_cost, alarm_cost))]


def cheapest_threshold__outside(probabilities, labels, miss_cost, alarm_cost):
    return _costs([*probabilities, 1.1], probabilities, labels, miss_cost, alarm_cost).min()


def cheapest_threshold__outside__position(probabilities, labels, miss_cost, alarm_cost):
    candidates = np.sort(probabilities)
    return int(_costs(candidates, probabilities, labels, miss_cost, alarm_cost).argmin())


def cheapest_threshold__coarse(probabilities, labels, miss_cost, alarm_cost):
    candidates = np.linspace(0, 1.1, 12)
    return candidates[np.argmin(_costs(candidates, probabilities, labels, miss_cost, alarm_cost))]


def cheapest_threshold__coarse__hundredths(probabilities, labels, miss_cost, alarm_cost):
    candidates = np.linspace(0, 1, 101)
    return candidates[np.argmin(_costs(candidates, probabilities, labels, miss_cost, alarm_cost))]


def cheapest_threshold__none_above(probabilities, labels, miss_cost, alarm_cost):
    candidates = np.unique(probabilities)
    return candidates[np.argmin(_costs(candidates, probabilities, labels, miss_cost, alarm_cost))]
