"""Predictions: how a lesson asks for them, what a learner may type, what is told afterwards, and what is kept."""

import json
import re

import nbformat
import numpy as np
import pytest

from tools import source
from utils import progress
from utils.course import course
from utils.predictions import Predictions, asked, parse, read_predictions
from utils.progress import Record
from utils.quiz import QuizError

CHOICE = "- a) 2\n  ✗ They are added, not counted.\n- b) 4\n  ✓ [pytorch] It is 1 + 3.\n  ✓ [tensorflow] It is 3 + 1.\n"
NUMBER = "- [pytorch] 66 ± 1\n  ✓ It is 33 times 2.\n- [tensorflow] 7\n  ✓ It is seven.\n"
SHAPE = "- (2, 3)\n  ✓ Two rows.\n"
ORDER = "- a) slow\n- b) middling\n- c) fast\n- b a c\n  ✓ The fast one diverges.\n"
FORMS = {"choice": CHOICE, "number": NUMBER, "shape": SHAPE, "order": ORDER}


def region(name="total", answers=CHOICE, question="What is **it**?"):
    return f"**Before you run it: `{name}`.** {question}\n\n{answers}"


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """A lesson with a prediction of each kind, which are named after it."""
    parts = [f'<!-- #region tags=["predict"] -->\n{region(kind, FORMS[kind])}<!-- #endregion -->\n' for kind in FORMS]
    (tmp_path / "01_sample.md").write_text("# Sample\n\n" + "\n".join(parts), encoding="utf-8")
    monkeypatch.setattr("utils.course.LESSONS", tmp_path)
    return "01_sample"


@pytest.fixture
def begin(lesson, tmp_path, monkeypatch):
    """The predictions of the lesson as in a new kernel, with a record or without."""
    monkeypatch.setattr(progress, "WORK", tmp_path / "work")
    return lambda kept=True: Predictions(lesson, "pytorch", Record() if kept else None)


@pytest.fixture
def said(capsys):
    return lambda: capsys.readouterr().out.splitlines()


# What is told ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("choice", "b", "✓ choice: you predicted b) 4. It is b) 4. It is 1 + 3."),
        ("choice", " A) ", "✗ choice: you predicted a) 2. It is b) 4. They are added, not counted. It is 1 + 3."),
        ("number", 66, "✓ number: you predicted 66. It is 66. It is 33 times 2."),
        ("number", 65.5, "✓ number: you predicted 65.5. It is 66. It is 33 times 2."),
        ("number", np.float32(33), "✗ number: you predicted 33. It is 66, so yours is 33 too low. It is 33 times 2."),
        (
            "number",
            1234567,
            "✗ number: you predicted 1234567. It is 66, so yours is 1234501 too high. It is 33 times 2.",
        ),
        ("shape", (2, 3), "✓ shape: you predicted (2, 3). It is (2, 3). Two rows."),
        (
            "shape",
            [np.int64(3), 2],
            "✗ shape: you predicted (3, 2). It is (2, 3); the number of axes is right. Two rows.",
        ),
        ("shape", (), "✗ shape: you predicted (). It is (2, 3); another number of axes is right. Two rows."),
        ("order", "b a c", "✓ order: you predicted b a c. It is b a c. The fast one diverges."),
        ("order", "BAC", "✓ order: you predicted b a c. It is b a c. The fast one diverges."),
        (
            "order",
            ["b", "c", "a"],
            "✗ order: you predicted b c a. It is b a c: 1 of 3 stand in their place. The fast one diverges.",
        ),
    ],
)
@pytest.mark.parametrize("kept", [True, False])
def test_a_prediction_is_compared_with_the_run(begin, said, kind, typed, told, kept):
    predictions = begin(kept)
    predictions.predict(kind, typed)
    (noted,) = said()
    assert noted.startswith(f"○ {kind}: you predict ")
    predictions.reveal(kind)
    assert said() == [told]


def test_who_skips_it_is_told_all_the_same_and_run_all_repeats(begin, said, tmp_path):
    for _ in range(2):
        predictions = begin()
        for kind in FORMS:
            predictions.predict(kind, ...), predictions.predict(kind), predictions.predict(kind, None)
            predictions.reveal(kind)
        assert predictions.counted() == []
        assert said() == [
            "○ choice: it is b) 4. It is 1 + 3.",
            "○ number: it is 66. It is 33 times 2.",
            "○ shape: it is (2, 3). Two rows.",
            "○ order: it is b a c. The fast one diverges.",
        ]
    assert not (tmp_path / "work").exists()


class Hostile:
    def __getattribute__(self, name):
        raise SystemError(name)


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize(
    "typed",
    [
        True,
        float("nan"),
        float("inf"),
        10**400,
        "d",
        "a a b",
        "ab",
        "",
        [],
        [None],
        {},
        1j,
        "²",
        (1.5, 2),
        "(2, 3)",
    ],
    ids=lambda typed: type(typed).__name__,
)
def test_another_kind_is_refused_in_one_sentence(begin, said, kind, typed):
    if kind == "shape" and typed == []:
        return
    predictions = begin()
    predictions.predict(kind, typed)
    forms = {"choice": "a or b, in quotes", "number": "a number", "shape": "a shape, such as (2, 3)"}
    forms["order"] = 'an order, such as "a b c"'
    assert said() == [f"○ {kind}: type {forms[kind]}."]
    assert predictions.made == {}


@pytest.mark.parametrize("kind", FORMS)
def test_an_object_that_raises_whatever_is_asked_of_it_is_refused(begin, said, kind):
    predictions = begin()
    predictions.predict(kind, Hostile())
    assert said()[0].startswith(f"○ {kind}: type ") and predictions.made == {}
    predictions.predict(Hostile(), 1)
    assert said()[0].startswith("give its name in quotes")


def test_unknown_names(begin, said):
    predictions = begin()
    predictions.predict("numbr", 3), predictions.reveal("zzz"), predictions.predict(), predictions.reveal(3)
    assert said() == [
        'there is no prediction "numbr"; did you mean "number"?',
        'there is no prediction "zzz"; there are choice, number, shape, order in this notebook.',
        'give its name in quotes, as in predict("name", ...); there are choice, number, shape, order in this notebook.',
        'give its name in quotes, as in predict("name", ...); there are choice, number, shape, order in this notebook.',
    ]


# What is kept ---------------------------------------------------------------------------------------------------------


def kept_of(tmp_path, kind):
    return json.loads((tmp_path / "work" / "progress.json").read_text())["entries"][f"pytorch/predict/sample/{kind}"]


def test_a_prediction_is_kept_with_its_time_and_known_after_a_restart(begin, said, tmp_path, monkeypatch):
    monkeypatch.setattr(progress, "now", lambda: "2026-11-26T10:00:00+00:00")
    begin().predict("number", 60)
    begin().predict("number", 33)
    entry = {"predicted": 33.0, "time": "2026-11-26T10:00:00+00:00", "right": False}
    assert kept_of(tmp_path, "number") == entry
    monkeypatch.setattr(progress, "now", lambda: "2026-11-25T10:00:00+00:00")  # a clock that was set back
    begin().predict("number", 33)
    assert kept_of(tmp_path, "number") == entry
    said()
    begin().reveal("number")
    assert said()[0].startswith("✗ number: you predicted 33.")
    assert kept_of(tmp_path, "number") == entry | {"revealed": "2026-11-25T10:00:00+00:00"}
    assert begin().counted() == ["1 of 4 predictions made, 0 of them right."]


@pytest.mark.parametrize("kept", [True, False])
def test_after_the_answer_was_told_the_prediction_stays(begin, said, kept):
    predictions = begin(kept)
    predictions.predict("shape", (3, 2)), predictions.reveal("shape"), said()
    for again in (predictions, begin() if kept else predictions):
        again.predict("shape", (2, 3))
        assert said() == ["○ shape: it was revealed already; your prediction stays (3, 2)."]
        again.predict("shape", (3, 2))  # as when all cells are run again
        assert said() == ["○ shape: you predict (3, 2)."]


def test_who_ran_all_cells_first_can_still_predict(begin, said):
    predictions = begin()
    predictions.reveal("shape"), said()
    predictions.predict("shape", (2, 3))
    assert said() == ["○ shape: you predict (2, 3)."]


@pytest.mark.parametrize("stored", [None, "b", [1, "x"], {"a": 1}, True])
def test_a_stored_prediction_of_another_kind_counts_as_none(begin, said, tmp_path, stored):
    (tmp_path / "work").mkdir()
    entries = {"pytorch/predict/sample/number": {"predicted": stored, "time": "x", "right": True, "revealed": "x"}}
    (tmp_path / "work" / "progress.json").write_text(json.dumps({"version": 1, "entries": entries}))
    predictions = begin()
    predictions.reveal("number")
    predictions.predict("number", 66)
    assert said() == ["○ number: it is 66. It is 33 times 2.", "○ number: you predict 66."]


# How a lesson asks ----------------------------------------------------------------------------------------------------


def test_the_notebook_shows_neither_answer_nor_explanation():
    for kind, answers in FORMS.items():
        shown = asked(region(kind, answers))
        assert not re.search("✓|✗|66|- b a c|rows", shown) and shown.startswith(f"**Before you run it: `{kind}`.**")
    assert asked(region(answers=ORDER)).endswith("- a) slow\n- b) middling\n- c) fast")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("What?\n\n" + CHOICE, "starts with"),
        (region(question=""), "starts with"),
        (region(answers="- a) 2\n  ✗ No.\n- b) 3\n  ✗ No.\n"), "exactly one option is right"),
        (region(answers="- a) 2\n  ✓ Yes.\n- b) 3\n"), "needs one explanation"),
        (region(answers="- 3\n  ✓ It is $3$.\n"), "no TeX"),
        (region(answers="- 3\n"), "stands its explanation"),
        (region(answers="- 3\n  ✗ No.\n"), "stands its explanation"),
        (region(answers="- 3\n  ✓ Yes.\n- 4\n  ✓ Yes.\n"), "one right answer"),
        (region(answers="- [tensorflow] 3\n  ✓ Yes.\n"), "one right answer"),
        (region(answers="- three\n  ✓ Yes.\n"), "is no number"),
        (region(answers="- b a\n  ✓ Yes.\n"), "is no number"),
        (region(answers="- a) 2\n- b) 3\n- 3\n  ✓ Yes.\n"), "is no number"),
        (region(answers="- a) 2\n- b) 3\n- b c\n  ✓ Yes.\n"), "does not name each option"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_place(text, fault):
    with pytest.raises(QuizError, match=f"^x.md:3: .*{fault}"):
        parse(text, "pytorch", "x.md:3")


def written(tmp_path, *parts):
    path = tmp_path / "01_sample.md"
    path.write_text("# Sample\n\n" + "\n".join(parts), encoding="utf-8")
    return path


def block(answers=CHOICE, name="total", tags='"predict"'):
    return f"<!-- #region tags=[{tags}] -->\n{region(name, answers)}<!-- #endregion -->\n"


REVEAL = '```python\nreveal("total")\n```\n'
TWINS = '```python tags=["pytorch"]\n1\n```\n\n```python tags=["tensorflow"]\n2\n```\n'


def test_the_build_adds_the_cell_to_type_in(tmp_path):
    for answers, form in ((CHOICE, "a or b"), (SHAPE, "a shape, such as (2, 3)"), (ORDER, 'an order, such as "a b c"')):
        cells = source.read_lesson(written(tmp_path, block(answers), TWINS, REVEAL))
        assert [cell.source for cell in cells if cell.framework is None and cell.kind == "code"] == [
            f'predict("total", ...)  # {form}',
            'reveal("total")',
        ]


def test_twins_share_one_cell_to_type_in(tmp_path):
    pair = [block(tags='"pytorch", "predict"'), block(tags='"tensorflow", "predict"')]
    cells = source.read_lesson(written(tmp_path, *pair, REVEAL))
    assert [cell.source[:7] for cell in cells if cell.kind == "code"] == ["predict", "reveal("]


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ([block(), TWINS], r':4: the prediction needs a cell below with reveal\("total"\)'),
        ([REVEAL, block(), TWINS], ":4: reveals total, which no prediction above asks for"),
        ([block(), TWINS, REVEAL, REVEAL], "reveals total, which no prediction above"),
        ([block(answers="- three\n  ✓ x\n"), TWINS, REVEAL], ":4: 'three' is no number"),
        ([block(), TWINS, REVEAL, "```python\ndef predict(network):\n    ...\n```\n"], "use another name"),
        ([block(tags='"pytorch", "predict"'), block(SHAPE, tags='"tensorflow", "predict"'), REVEAL], "name and form"),
    ],
)
def test_a_prediction_that_cannot_be_built_is_told_with_its_line(tmp_path, parts, fault):
    with pytest.raises(source.LessonError, match=fault):
        source.read_lesson(written(tmp_path, *parts))


# The lessons' own -----------------------------------------------------------------------------------------------------

NOTEBOOKS = [
    pytest.param(lesson.file, f, path, id=f"{f}/{lesson.file}")
    for lesson in course()
    for f, path in source.notebooks_of(lesson.source).items()
    if read_predictions(lesson.file, f)
]


@pytest.mark.parametrize(("lesson", "framework", "path"), NOTEBOOKS)
def test_the_run_shows_what_a_prediction_calls_right(lesson, framework, path):
    """A right number or shape stands in what is printed between the cell to type in and the cell that reveals it."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    names = [re.match(r'(predict|reveal)\("(\w+)"', cell.source) for cell in cells]
    places = {match.groups(): number for number, match in enumerate(names) if match}
    for prediction in read_predictions(lesson, framework):
        between = cells[places["predict", prediction.name] + 1 : places["reveal", prediction.name]]
        assert between and not cells[places["predict", prediction.name]].outputs
        outputs = [output for cell in between for output in cell.outputs]
        printed = "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)
        if prediction.kind == "shape" and len(prediction.right) > 2:
            assert str(prediction.right) in printed
        elif prediction.kind == "number" and prediction.name != "talk":  # how often a text is printed
            found = [float(number) for number in re.findall(r"-?\d+(?:\.\d*)?", printed)]
            assert any(abs(number - prediction.right) <= prediction.tolerance for number in found), printed
