"""Lesson 03: the numbers that its prose states without a cell that prints them, and how hard its open task is."""

from pathlib import Path

import numpy as np
import pytest

from utils import data
from utils.calling import Answer
from utils.check import Session

PROSE = (Path(__file__).resolve().parent.parent / "lessons/03_networks.md").read_text(encoding="utf-8")


@pytest.fixture(params=["pytorch", "tensorflow"])
def answer_of(request):
    """answer_of(name): the function of that name in a framework's solutions, called as an observation calls it."""
    session = Session("03_networks", request.param)

    def answer(name):
        task = session.tasks[name.partition("__")[0]]
        return Answer(session.entry(task).functions[name], request.param)

    return answer


def test_patient_2_mended_reaches_the_loss_that_the_prose_states(answer_of):
    points = data.blobs(samples=400, classes=2, noise=3.0, seed=1)
    features = data.Scaler.fit(points.features).apply(points.features)
    losses = answer_of("patient_2")(features, points.labels[:, None].astype(np.float32))
    assert len(losses) == 60
    assert f"A healthy loop, as yours will be, reaches a loss of {losses[-1]:.2f} in 60 steps" in PROSE


def test_patient_3_mended_reaches_the_loss_that_the_prose_states(answer_of):
    losses = answer_of("patient_3")(*data.blobs(samples=600, classes=3, noise=0.5, seed=2))
    assert len(losses) == 60
    assert f"A healthy loop brings it to {losses[-1]:.2f} in the same 60 steps" in PROSE


def test_the_loss_of_two_softmaxes_ends_where_the_quiz_says():
    assert round(np.log(1 + 2 / np.e), 3) == 0.551


def test_spirals_are_too_hard_for_a_line_and_not_for_a_network(answer_of):
    features, labels = data.spirals(samples=400, seed=1)

    def accuracy(name):
        answer = answer_of(name)
        predict = answer(*data.spirals(samples=400, seed=0))
        return np.mean(np.asarray(predict(answer.tensor(features))) == labels)

    assert accuracy("train_spirals__linear") < 0.72
    assert accuracy("train_spirals") > 0.97
