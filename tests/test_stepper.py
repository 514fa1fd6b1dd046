"""The twin stepper: its recorded stories are run again, and frameworks that disagree stop the build."""

import json
import re

import numpy as np
import pytest

from tools import stepper, stories, website


@pytest.fixture
def recorded():
    return json.loads(stories.RECORD.read_text(encoding="utf-8"))


@pytest.mark.xdist_group("stories")
def test_every_story_is_run_again(recorded):
    for package in ("torch", "tensorflow", "pytorch_lightning"):
        pytest.importorskip(package)
    made = json.loads(json.dumps(stories.record()))
    assert stories.disagreements(made) == []
    for old, new in zip(recorded, made, strict=True):
        assert {**old, "frames": 0} == {**new, "frames": 0}, "run `python -m tools.stories`"
        for before, now in zip(old["frames"], new["frames"], strict=True):
            assert before.keys() == now.keys()
            for name, value in before.items():
                assert value["shape"] == now[name]["shape"]
                np.testing.assert_allclose(value["pytorch"], now[name]["pytorch"], rtol=5e-5, atol=5e-6)


def test_frameworks_that_disagree_stop_the_build(recorded, tmp_path):
    recorded[1]["frames"][4]["loss"]["tensorflow"] *= 1.0002
    record = tmp_path / "stories.json"
    record.write_text(json.dumps(recorded), encoding="utf-8")
    with pytest.raises(stepper.DisagreementError, match=r"disagree about A network of two layers.*, the loss, loss"):
        stepper.stories(record)


def test_a_step_of_the_line_is_what_the_formula_gives(recorded):
    x, y, w, b = np.arange(4.0), np.array([-1.0, 1.0, 3.0, 5.0]), 0.5, 1.0
    errors = w * x + b - y
    frame = recorded[0]["frames"][-1]
    assert frame["gradient of w"]["tensorflow"] == pytest.approx((2 * errors * x).mean())
    assert frame["b"]["pytorch"] == pytest.approx(b - 0.1 * (2 * errors).mean())


def test_every_line_and_every_step_is_on_the_page(recorded):
    text = stepper.block([*stepper.stories().values()], "_static", "h2")
    for story in recorded:
        for framework, code in story["code"].items():
            steps = [step for step, _ in code]
            assert steps == sorted(steps), (story["name"], framework)
            assert all(stepper.html.escape(line) in text for _, line in code)
        assert all(stepper.html.escape(label.capitalize()) in text for label, _ in story["steps"])


def test_a_lesson_holds_its_story_in_the_section_that_teaches_it():
    for name, (title, story) in stepper.PLACES.items():
        text = website.page(website.read(website.COURSE / "lessons" / f"{name}.md"))
        place = text.index(f'id="story-{story}"')
        headings = re.findall(r"^##+ (.*)", text[:place], re.MULTILINE)
        assert headings[-1].endswith(f". {title}") and text.count('class="story"') == 1


def test_a_story_whose_section_is_no_more_stops_the_build():
    made = website.Lesson("02_training", [], [], ("pytorch", "tensorflow"))
    with pytest.raises(website.SiteError, match="'Take one step', which is no more"):
        website.with_story(made, "## 3. Take two steps\n\n## 4. Go on\n")


def test_a_step_shows_what_is_new(recorded):
    line = recorded[0]
    assert list(stepper.new_values(line, 0)) == ["x", "w", "b"]
    assert list(stepper.new_values(line, 4)) == ["w", "b"]
    assert stepper.value_text(line, 2) == "3 of 6, the loss: loss 2.875"
    assert stepper.graph(line, 3).count("reached") == 4
