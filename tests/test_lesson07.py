"""Lesson 07: the withheld digits, the report card, both levels of the solutions, and the accuracies that it states."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from conftest import type_in

from utils import data, lab
from utils.check import Session
from utils.report import report_card

COURSE = Path(__file__).resolve().parent.parent
PROSE = (COURSE / "lessons" / "07_lab.md").read_text(encoding="utf-8")
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow"}
STAGES = ("train_network", "train_one_layer", "train_several_layers", "overfit_on_purpose", "stop_early", "hold_back")

each_framework = pytest.mark.parametrize("framework", NAMES)


def rows(part):
    return {row.tobytes() for row in part.features.astype(np.float32)}


# Data -----------------------------------------------------------------------------------------------------------------


def test_withheld_digits_are_stratified_and_apart_from_the_learners():
    own, withheld, everything = lab.digits(), lab.withheld_digits(), data.digits()
    assert len(own.labels) + len(withheld.labels) == len(everything.labels)
    assert rows(own) | rows(withheld) == {row.tobytes() for row in (everything.features / 16).astype(np.float32)}
    assert not rows(own) & rows(withheld)
    shares = [np.bincount(part.labels) / len(part.labels) for part in (own, withheld)]
    assert np.ptp(shares, axis=0).max() < 0.005
    assert np.array_equal(lab.withheld_digits().features, withheld.features)


def test_noisy_digits_come_from_the_learners_part_and_hold_wrong_labels():
    train, validation = lab.noisy_digits(3)
    true = {row.tobytes(): label for row, label in zip(*lab.digits(), strict=True)}
    assert rows(train) | rows(validation) <= set(true)
    assert not rows(train) & rows(validation)
    wrong = [
        np.mean([true[row.tobytes()] != label for row, label in zip(*part, strict=True)])
        for part in (train, validation)
    ]
    assert 0.15 < wrong[0] < 0.4
    assert wrong[1] == 0


def test_scaling_measures_the_first_part_only():
    train, other = data.Part(np.array([[0.0, 2.0]]), [0]), data.Part(np.array([[5.0, 1.0]]), [1])
    scaled = lab.scaled(train, other)
    assert scaled[0].features.tolist() == [[-1.0, 1.0]]
    assert scaled[1].features.tolist() == [[4.0, 0.0]]


def test_figures_take_the_learners_function_only_once_it_has_passed(capsys):
    session = Session("07_lab", "pytorch")
    namespace = {"scale_parts": lambda *_: "mine"}
    ours = session.entry(session.tasks["scale_parts"]).solution
    assert lab.ours("scale_parts", session.progress) is ours
    assert lab.yours_or_ours("scale_parts", session.progress, namespace) is ours
    session.solved.add("scale_parts")
    assert lab.yours_or_ours("scale_parts", session.progress, namespace)() == "mine"
    assert capsys.readouterr().out.splitlines()[1] == "scale_parts: yours"


def test_only_functions_that_have_passed_are_measured_on_withheld_digits():
    session = Session("07_lab", "pytorch")
    session.solved.add("train_one_layer")
    namespace = {"train_one_layer": lambda train, validation, seed: ("network", [], [])}
    found = lab.withheld_accuracies(
        ("train_one_layer", "best_network"),
        session.progress,
        namespace,
        lambda network, features: lab.withheld_digits().labels,
    )
    assert found == {"train_one_layer": 1.0, "best_network": None}


def test_a_second_measurement_on_withheld_digits_says_what_it_does_to_the_number(capsys):
    session = Session("07_lab", "pytorch")

    def measure():
        namespace = {"train_one_layer": lambda train, validation, seed: ("network", [], [])}
        right = lambda network, features: lab.withheld_digits().labels  # noqa: E731
        return lab.withheld_accuracies(("train_one_layer",), session.progress, namespace, right)

    measure()  # nothing has passed, so nothing is asked
    session.solved.add("train_one_layer")
    measure()
    assert capsys.readouterr().out == ""
    assert measure() == {"train_one_layer": 1.0}
    assert capsys.readouterr().out.strip() == lab.AGAIN


def test_an_l2_term_has_twice_the_gradient_of_the_weight_decay_that_adam_adds():
    tf, keras = pytest.importorskip("tensorflow"), pytest.importorskip("keras")
    weight = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        loss = keras.regularizers.L2(0.02)(weight)
    assert float(tape.gradient(loss, weight)) == pytest.approx(0.12)
    torch = pytest.importorskip("torch")
    weight = torch.nn.Parameter(torch.tensor(3.0))
    optimizer = torch.optim.SGD([weight], lr=1.0, weight_decay=0.02)  # which adds it as Adam does, and shows it bare
    weight.grad = torch.tensor(0.0)
    optimizer.step()
    assert 3 - weight.item() == pytest.approx(0.06)


# Report card ----------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.attributes = [], []

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        self.attributes += [name for name, _ in attributes]


@pytest.fixture
def session():
    session = Session("07_lab", "pytorch")
    session.solved |= {"split_parts", "quiz_1"}
    return session


def test_the_card_counts_points_of_stages_and_says_what_is_open(session):
    card = report_card(session.progress, "Ada", {"one layer": 0.95, "best": None}, {"1. Why?": "", "2. How?": "so"})
    assert (card.points, card.of) == (2, 46)
    assert [stage["task"] for stage in card.stages if stage["done"]] == ["split_parts"]
    assert len(card.improve) == 17 + 1
    for words in ("Ada: 2 of 46", "one layer: 0.950", "best: not measured yet", "1 of 2 written questions are open"):
        assert words in str(card)


def test_every_stage_of_the_rubric_is_a_task_and_the_points_agree_with_the_prose(session):
    card = report_card(session.progress)
    assert {stage["task"] for stage in card.stages} == {name for name in session.tasks if not name.startswith("quiz")}
    stated = {name: int(points) for name, points in re.findall(r"\*\*Stage \d+: `(\w+)`.*?\((\d+) points?\)", PROSE)}
    assert stated == {stage["task"]: stage["points"] for stage in card.stages}
    assert f"| stages 1 to 18, as the checks say | {card.of} |" in PROSE


def test_what_a_learner_typed_stays_text_on_the_page(session, tmp_path):
    evil = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp; "quoted" \u00e4'
    card = report_card(session.progress, evil, {evil: 0.5}, {evil: evil})
    card.save(folder=tmp_path)
    page = (tmp_path / "report_card.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert not {"script", "img", "link", "iframe"} & set(tags.names)
    assert set(tags.attributes) <= {"lang", "charset"}
    assert json.loads((tmp_path / "report_card.json").read_text())["answers"] == {evil: evil}


def test_saving_never_overwrites_and_leaves_no_half_pair(session, tmp_path, capsys):
    card = report_card(session.progress)
    (tmp_path / "report_card.html").write_text("mine")
    card.save(folder=tmp_path)
    assert "Nothing was saved, for report_card.html exists already" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["report_card.html"]
    assert (tmp_path / "report_card.html").read_text() == "mine"
    card.save("second", folder=tmp_path)
    assert "Saved second.json and second.html" in capsys.readouterr().out
    card.save("third", folder=tmp_path / "gone")
    assert "Nothing was saved (No such file or directory)" in capsys.readouterr().out


def test_a_name_with_a_slash_is_refused(session, tmp_path, capsys):
    report_card(session.progress).save("../card", folder=tmp_path)
    assert "no plain file name" in capsys.readouterr().out
    assert list(tmp_path.parent.glob("card.*")) == []


# Solutions at two levels ----------------------------------------------------------------------------------------------


@each_framework
def test_the_other_level_is_shown_on_request_and_is_right_when_typed_in(framework, capsys):
    session = Session("07_lab", framework)
    for name in ("train_network", "stop_early"):
        session.solution(name)
        low = capsys.readouterr().out
        assert f'solution("{name}", "high_level")' in low
        session.solution(name, "high_level")
        high = capsys.readouterr().out
        assert high.startswith(f"def {name}(") and "__ok_" not in high and high not in low
    session.solution("train_network", "higher")
    assert "there is no way 'higher'" in capsys.readouterr().out


@each_framework
def test_the_other_stages_leave_the_level_to_the_learners_train_network(framework):
    session = Session("07_lab", framework)
    for name in set(STAGES) - {"train_network", "stop_early"}:
        assert session.tasks[name].ways == () and "= train_network(" in session.source(session.tasks[name])


@pytest.mark.slow
@each_framework
@pytest.mark.parametrize("way", [None, "high_level"])
def test_all_stages_pass_when_typed_in_one_after_the_other(framework, way, monkeypatch):
    """As a learner who types every solution of one level into one notebook, and nothing else."""
    pytest.importorskip("pytorch_lightning" if framework == "pytorch" else "keras")
    session, namespace = Session("07_lab", framework), {}
    exec(imports(framework), namespace)
    for name in STAGES:
        session.solved |= set(session.tasks) - set(STAGES)
        session.solved |= {"train_network", "overfit_on_purpose"} if name != "train_network" else set()
        task = session.tasks[name]
        type_in(session.source(task, way if way in task.ways else None), namespace)
        assert session.judge(name, namespace=namespace).text.startswith("✓"), name


def imports(framework):
    """The lesson's own first cell of one framework."""
    cells = re.findall(rf'```python tags=\["{framework}"\]\n(.*?)```', PROSE, flags=re.DOTALL)
    return cells[0]


# Accuracies -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured():
    return json.loads((COURSE / "data" / "accuracy_07.json").read_text(encoding="utf-8"))


@each_framework
def test_the_means_over_seeds_reach_what_is_promised(framework, measured):
    results = measured["results"][framework]
    for problem, seeds in measured["seeds"].items():
        for run in results[problem].values():
            assert len(run["accuracies"]) == seeds
            assert run["mean"] == pytest.approx(np.mean(run["accuracies"]), abs=1e-4)
    assert results["digits"]["one layer"]["mean"] >= 0.95
    assert results["digits"]["several layers"]["mean"] >= 0.97


@each_framework
def test_the_designed_experiment_finds_several_layers_better_on_digits(framework, measured):
    from tasks.lab.which_is_better.neutral import which_is_better

    one, several = (run["accuracies"] for run in measured["results"][framework]["digits"].values())
    assert which_is_better(one.__getitem__, several.__getitem__) == "b"


def test_mnist_was_trained_and_tested_in_full(measured):
    for results in measured["results"].values():
        for run in results["mnist"].values():
            assert (run["training"], run["test"]) == (60_000, 10_000)
