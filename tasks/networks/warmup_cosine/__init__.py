"""The task `warmup_cosine`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_warmup_cosine(answer, seed):
    rates = [float(answer(step, 12, 4, 0.8)) for step in range(12)]
    yield "the rates of steps 0 to 3, with 12 steps, 4 of them warm-up, and a peak of 0.8", np.array(rates[:4])
    yield "the rates of steps 4 to 11, with 12 steps, 4 of them warm-up, and a peak of 0.8", np.array(rates[4:])
    yield "step 70 of 100, 10 of them warm-up, with a peak of 0.1", float(answer(70, 100, 10, 0.1))


TASK = Task(
    "warmup_cosine",
    observe=observe_warmup_cosine,
    hints=(
        "Two cases: during the warm-up the rate is a fraction of the peak; after it, `cosine` of section 11 wants the "
        "fraction of the *remaining* steps that are done.",
        "If step < warmup: peak · (step + 1) / warmup. Otherwise done = (step - warmup) / (steps - warmup).",
    ),
    mistakes={
        "from_zero": "step 0 has the rate 0 here; it should already have peak / warmup.",
        "no_warmup": "there is no warm-up: the first step has the whole peak.",
        "whole_run": "the warm-up is right; then the cosine counts from the beginning of the run, so it does not start "
        "at the peak.",
        "all_steps": "the warm-up is right, and the cosine starts at the peak, but it would reach 0 only `warmup` "
        "steps after the end.",
        "flat": "the warm-up is right; after it the rate stays at the peak.",
        "linear": "the warm-up is right; after it the rate falls along a straight line.",
        "quarter": "the warm-up is right; after it the rate falls along a quarter of the cosine's wave, not along "
        "half of it "
        "as in section 11.",
        "degrees": "the warm-up is right; after it the rate jumps up and down: the cosine takes its angle in radians, "
        "where half a wave is np.pi.",
        "overwritten": "the steps of the warm-up get the rate of the cosine. Is their own rate missing, under the "
        "wrong "
        "condition, or computed anew behind it?",
        "factor": "these are factors from 0 to 1; multiply them by the peak.",
        "product": "warm-up and cosine are multiplied, so the peak is never reached.",
    },
)
