"""The questions on what comes out of a task: what the website asks and tells is what the engine sees and says."""

import json

import numpy as np
import pytest

from tools import outcomes, practice
from utils.catalogue import Task
from utils.check import Session
from utils.course import course
from utils.judging import Judge, Observed
from utils.looking import see

HELD = {
    lesson.file: json.loads((practice.OUTCOMES / f"{lesson.file}.json").read_text(encoding="utf-8"))
    for lesson in course()
}
SAMPLE = {("01_tensors", "pytorch"): ["softmax", "derivative_of"], ("02_training", "tensorflow"): ["epoch_loss"]}
SAMPLE |= {("00_start_here", "neutral"): ["sigmoid"], ("07_lab", "pytorch"): ["stop_early"]}


def sessions(lesson):
    frameworks = {key.split(" ")[0] for key in HELD[lesson]}
    return [Session(lesson, framework) for framework in sorted(frameworks)]


@pytest.mark.parametrize("lesson", HELD)
def test_every_task_was_asked_for_its_question_since_it_was_changed(lesson):
    for session in sessions(lesson):
        for task in (task for task in session.tasks.values() if isinstance(task, Task)):
            entry = HELD[lesson][f"{session.framework} {task.name}"]
            assert entry["digest"] == practice.digest(session.subject, task), f"{task.name}: `make ladders` is due"


@pytest.mark.parametrize("lesson", HELD)
def test_each_option_is_short_is_told_apart_and_names_a_mistake(lesson):
    for key, entry in HELD[lesson].items():
        if "right" not in entry:
            continue
        options = [entry["right"], *entry["wrong"]]
        assert len(options) == len(set(options)) >= 3 and max(map(len, options)) <= outcomes.LONGEST, key
        assert len(set(entry["wrong"].values())) == len(entry["wrong"]), key
        assert entry["asks"] in ("call", "seen", "mistake") and bool(entry["call"]) == (entry["asks"] == "call"), key


def test_nearly_every_task_has_a_question():
    names = {key.split(" ")[1]: False for held in HELD.values() for key in held}
    names |= {key.split(" ")[1]: True for held in HELD.values() for key, entry in held.items() if "right" in entry}
    assert sum(names.values()) >= 60, [name for name, has in names.items() if not has]


@pytest.mark.parametrize(("lesson", "framework"), SAMPLE)
def test_what_is_told_is_what_the_engine_sees_and_says(lesson, framework):
    """A sample, by running the answers; `make ladders` records all."""
    if framework != "neutral":
        pytest.importorskip({"pytorch": "torch", "tensorflow": "tensorflow"}[framework])
    session = Session(lesson, framework)
    session.solved = {*session.tasks}
    judge = Judge(session.subject, framework)
    for name in SAMPLE[lesson, framework]:
        task, entry = session.tasks[name], HELD[lesson][f"{framework} {name}"]
        catalogue = judge.entry(task)
        right = judge.observe(task, lambda: catalogue.solution)  # noqa: B023
        place = right.tried.index(entry["tried"])
        assert entry["right"] in texts(right.seen[place])
        for text, mistake in entry["wrong"].items():
            verdicts = [session.judge(name, catalogue.answer(way)) for way in catalogue.variants(mistake)]
            found = [v for v in verdicts if v.tried == entry["tried"] and text in texts(v.seen)]
            assert found and {v.mistake for v in found} == {mistake}, (name, text)


def texts(seen):
    return [outcomes.written(seen, digits) for digits in outcomes.DIGITS]


def test_a_question_is_kept_until_its_task_changes(monkeypatch):
    made = []
    monkeypatch.setattr(outcomes, "question", lambda _, task: made.append(task.name))
    held = {key: {**entry, "kept": True} for key, entry in HELD["00_start_here"].items()}
    held["neutral sigmoid"]["digest"] = "of another version"
    found = practice.record_outcomes(Session("00_start_here", "neutral"), held)
    assert made == ["sigmoid"] and "kept" not in found["neutral sigmoid"]
    assert {key for key in held if found[key] == held[key]} == held.keys() - {"neutral sigmoid"}


# What is shown --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.75, "12.75"),
        (np.float32(0.1) + np.float32(0.2), "0.3"),
        (1.7e-11, "0"),
        (-3e-9, "0"),
        (np.array([[1.0, 2.0], [0.5, np.nan]]), "[[1, 2], [0.5, nan]]"),
        (np.array([1000.0, 0.0123]), "[1000, 0]"),
        (np.array([True, False]), "[True, False]"),
        ([1, 2.5], "[1, 2.5]"),
        ((3.04,), "(3.04,)"),
        ("at the start", "at the start"),
        (None, "None"),
        (np.zeros(13), None),
        ("x" * 71, None),
        (len, None),
    ],
)
def test_a_value_is_shown_with_few_digits_or_not_at_all(value, text):
    assert outcomes.written(see(value), 4) == text


def test_a_number_at_the_edge_of_its_digits_is_shown_with_fewer():
    edge = see(np.array(1.00049999))  # 1 or 1.001 with four digits, by the processor
    assert outcomes.written(edge, 4) is None
    assert outcomes.written(edge, 3) == "1"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.array([1.0, 2.5]), "torch.tensor([1.0, 2.5])"),
        (np.array([0.123456]), ""),  # rounded, it would give something else
        (np.zeros(13), ""),
        (0.1, "0.1"),
        ([1.0, 2.0], "[1.0, 2.0]"),
        ([np.zeros(2)], ""),
        (len, ""),
    ],
)
def test_an_argument_is_written_as_it_is_typed_or_not_at_all(value, text):
    assert outcomes._argument(value, "torch.tensor") == text


def test_an_observation_whose_mistakes_look_alike_has_no_question():
    task = Task("task", (), {}, None)
    right = Observed(["a sum"], [see(1.0)], 0.0)

    def asked(*values):
        mistakes = [(f"mistake {n}", Observed(["a sum"], [see(value)], 0.0)) for n, value in enumerate(values)]
        return outcomes._asked(Judge("tensors", "pytorch"), task, right, {0: mistakes}, 0, texts_of_four)

    def texts_of_four(seen):
        return outcomes.written(seen, 4)

    assert asked(2.0, 2.00001) is None and asked(1.00001, 2.0) is None
    assert asked(2.0, None, 3.0)["wrong"] == {"2": "mistake 0", "None": "mistake 1", "3": "mistake 2"}
    assert asked(2.0, 3.0)["asks"] == "seen"
