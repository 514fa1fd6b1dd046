"""Answers that learners typed: no wrong one passes, no right one is refused, and none gets words that are false of it.

`typed_answers.jsonl` holds them, one per line: lesson, framework, task, code, kind ("right" or "wrong"), and, where a
message was once judged false of the answer, that message as `false`.
"""

import pytest
from typed_answers import typed_answers, verdict_on

# What fails today, by the line of the answer in the file, and why. What is mended must leave the table.
SHORTFALLS: dict[int, str] = {}
# (framework, task) of answers that train for long: left to `make test-all`.
SLOW: set[tuple[str, str]] = set()


def cases():
    """One parameter per answer; those of one lesson in one framework share a worker, which has its packages loaded."""
    for line, answer in enumerate(typed_answers(), 1):
        lesson, framework, task = answer["lesson"], answer["framework"], answer["task"]
        marks = [pytest.mark.xdist_group(f"{lesson} {framework}")]
        if (framework, task) in SLOW:
            marks.append(pytest.mark.slow)
        if line in SHORTFALLS:
            marks.append(pytest.mark.xfail(strict=True, reason=SHORTFALLS[line]))
        yield pytest.param(answer, id=f"{line}-{lesson}-{framework}-{task}", marks=marks)


@pytest.mark.parametrize("answer", cases())
def test_a_typed_answer_is_judged_rightly(answer):
    verdict = verdict_on(answer["lesson"], answer["framework"], answer["task"], answer["code"])
    assert verdict.status == answer["kind"], verdict.text
    assert answer.get("false", "no such words") not in verdict.text
