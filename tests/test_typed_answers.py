"""Answers that learners typed: no wrong one passes, no right one is refused, and none gets words that are false of it.

`typed_answers.jsonl` holds them, one per line: lesson, framework, task, code, kind ("right" or "wrong"), and, where a
message was once judged false of the answer, that message as `false`. `make test` tries one of each task in each
framework, `make test-slow` tries them all.
"""

import random

import pytest
from typed_answers import typed_answers, verdict_on

# What fails today, by the line of the answer in the file, and why. What is mended must leave the table.
SHORTFALLS: dict[int, str] = {}
# (framework, task) of answers that train for long: none is tried by `make test`.
SLOW = {
    ("pytorch", "train_spirals"),
    ("tensorflow", "train_spirals"),
    ("pytorch", "train_classifier"),
    ("tensorflow", "train_classifier"),
    ("pytorch", "fit_moons"),
    ("tensorflow", "fit_moons"),
    ("tensorflow", "loop_losses"),
    ("tensorflow", "minimise"),
    ("pytorch", "train_noisy"),
    ("pytorch", "train_one_layer"),
    ("pytorch", "train_several_layers"),
    ("pytorch", "overfit_on_purpose"),
    ("pytorch", "stop_early"),
    ("pytorch", "hold_back"),
    ("pytorch", "best_network"),
    ("pytorch", "learn_from_slow"),
}


def sampled():
    """The lines of one answer for each task and framework, by chance."""
    lines = {}
    for line, answer in enumerate(typed_answers(), 1):
        lines.setdefault((answer["framework"], answer["task"]), []).append(line)
    return {random.Random(str(key)).choice(found) for key, found in lines.items() if key not in SLOW}


def cases():
    """One parameter per answer."""
    found, quick = [], sampled()
    for line, answer in enumerate(typed_answers(), 1):
        lesson, framework, task = answer["lesson"], answer["framework"], answer["task"]
        marks = [] if line in quick else [pytest.mark.slow]
        if line in SHORTFALLS:
            marks.append(pytest.mark.xfail(strict=True, reason=SHORTFALLS[line]))
        found.append(pytest.param(answer, id=f"{line}-{lesson}-{framework}-{task}", marks=marks))
    return found


@pytest.mark.parametrize("answer", cases())
def test_a_typed_answer_is_judged_rightly(answer):
    verdict = verdict_on(answer["lesson"], answer["framework"], answer["task"], answer["code"])
    assert verdict.status == answer["kind"], verdict.text
    assert answer.get("false", "no such words") not in verdict.text
