"""Practice on the website: predictions, what is due, what check says, and the record that the notebooks read too."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from conftest import ROOT, SCREENSHOTS
from test_pages import LESSON, RIGHT, address, barriers, kept_by, put, puzzle_of, visit  # noqa: F401 (fixtures)

from utils import progress, review
from utils.check import Session

LONG_AGO = "2026-01-01T00:00:00+00:00"
MET = {"tries": 2, "mistakes": {"columns": 2}, "met": {"columns": LONG_AGO}}
RECORD = {"version": 1, "entries": {"pytorch/softmax": MET, "pytorch/of_another_version": {"solved": LONG_AGO}}}


def load(page, text, name="progress.json"):
    """Hand a file to the page; returns what it says."""
    page.locator(".asked .quiz").wait_for()
    data = text if isinstance(text, str) else json.dumps(text)
    page.locator(".record input").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": data.encode()}
    )
    said = page.locator(".record").get_by_role("status")
    page.wait_for_function("document.querySelector('.record [role=status]').textContent")
    return said.inner_text()


def recorded(key):
    """The question on what comes out of a task, as it was recorded."""
    lesson = LESSON.partition("/")[2].removesuffix(".html")
    return json.loads((ROOT / "site" / "practice" / "outcomes" / f"{lesson}.json").read_text(encoding="utf-8"))[key]


def choose(place, text):
    """Press the option that shows a text; returns what is told."""
    place.get_by_role("button", name=text, exact=True).click()
    return place.get_by_role("status").inner_text()


def answer(page, is_right):
    """Answer the question that is due, on what comes out of `standardise_columns`; returns what is said."""
    place = page.locator(".due .quiz")
    asked = recorded("pytorch standardise_columns")
    assert asked["call"] in place.inner_text()
    return choose(place, asked["right"] if is_right else next(iter(asked["wrong"])))


def test_what_a_notebook_has_recorded_is_due_and_the_notebook_reads_what_is_saved(visit, tmp_path):  # noqa: F811
    page = visit("practice.html")
    assert load(page, RECORD) == "2 entries were added to what this browser knows."
    page.locator(".due .quiz").wait_for()
    assert answer(page, is_right=True).startswith("✓ Right.")
    with page.expect_download() as started:
        page.get_by_role("button", name="Save the record").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    entries, damaged = progress._parse(file.read_bytes())
    assert file.name == "progress.json" and not damaged
    assert entries["pytorch/of_another_version"] == {"solved": LONG_AGO}
    (item,) = review.states_of(entries)
    assert (item.misconception.name, item.times, item.box) == ("axis", 2, 1)
    assert timedelta(days=2.9) < item.due - datetime.now(UTC) < timedelta(days=3.1)


def test_a_wrong_answer_comes_back_tomorrow(visit):  # noqa: F811
    page = visit("practice.html")
    load(page, RECORD)
    page.locator(".due .quiz").wait_for()
    said = answer(page, is_right=False)
    assert said.startswith("✗ No. That comes out where check says: ") and "It comes back in 1 day." in said
    assert "✓ Right." in answer(page, is_right=True)  # the first one has counted
    page.reload()
    assert page.locator(".due").get_by_role("status").inner_text().endswith("comes in 1 day.")


def test_the_same_record_twice_changes_nothing(visit):  # noqa: F811
    page = visit("practice.html")
    load(page, RECORD)
    before = kept_by(page, "course-record")
    load(page, RECORD)
    assert kept_by(page, "course-record") == before == RECORD


BAD = {
    "{": "This file is not a record of the course. Nothing was changed.",
    "[1]": "This file is not a record of the course. Nothing was changed.",
    '{"version": 1}': "This file is not a record of the course. Nothing was changed.",
    '{"version": 9, "entries": {}}': "A newer version of the course wrote this file. Nothing was changed.",
    '{"version": 1, "entries": {"pytorch/softmax": 3, "pytorch/x": {"tries": "many"}, "pytorch/y": {"tries": 1}}}': (
        "1 entry was added to what this browser knows. 2 damaged entries were left out."
    ),
}


@pytest.mark.parametrize("text", BAD)
def test_a_foreign_or_damaged_file_loses_nothing(visit, text):  # noqa: F811
    page = visit("practice.html")
    load(page, RECORD)
    page.evaluate("document.querySelector('.record [role=status]').textContent = ''")
    assert load(page, text) == BAD[text]
    entries = kept_by(page, "course-record")["entries"]
    assert entries.items() >= RECORD["entries"].items()


def test_a_damaged_memory_is_set_aside(visit):  # noqa: F811
    page = visit(LESSON)
    page.evaluate("localStorage.setItem('course-record', '{\"version\": 1, \"entries\": 7}')")
    assert put(puzzle_of(page), RIGHT) == "✓ right."
    assert "solved" in kept_by(page, "course-record")["entries"]["pytorch/softmax"]
    assert kept_by(page, "course-record-damaged") == {"version": 1, "entries": 7}


def test_what_one_tab_solves_is_open_no_more_in_the_other(visit, address):  # noqa: F811
    page = visit("practice.html")
    link = page.locator("[data-kind=tasks]").get_by_role("link", name="softmax", exact=True)
    link.wait_for()
    other = page.context.new_page()
    other.goto(address + LESSON)
    put(puzzle_of(other), RIGHT)
    link.wait_for(state="detached")
    page.locator("[data-kind=tasks] a", has_text="standardise_columns").click()
    page.locator("#pytorch-standardise_columns").get_by_role("button", name="Check").wait_for()


def test_what_check_says_is_asked_and_told(visit):  # noqa: F811
    page = visit("practice.html")
    place = page.locator(".asked .quiz")
    place.locator(".option").first.click()
    said = place.get_by_role("status").inner_text()
    assert said.startswith(("✓ Right.", "✗ No. It says: "))


def test_a_named_mistake_is_recorded_once(visit):  # noqa: F811
    page = visit(LESSON)
    fold = puzzle_of(page)
    wrong = page.evaluate(
        """async () => Object.entries((await (await fetch("../practice/01_tensors.json")).json())["pytorch softmax"]
            .says).find(([text]) => text.includes("your columns sum to 1"))[1].split(" ")[0]"""
    )
    for _ in range(2):
        put(fold, wrong)
    entry = kept_by(page, "course-record")["entries"]["pytorch/softmax"]
    assert (entry["tries"], entry["mistakes"], entry["last"]) == (1, {"columns": 1}, wrong)


def test_a_prediction_is_compared_and_opens_what_came_out(visit):  # noqa: F811
    page = visit("lessons/03_networks.html", width=390, height=844)
    forms = page.locator("form.predict:visible").all()
    held = [json.loads(form.get_attribute("data-prediction")) for form in forms]
    form, asked = next((form, asked) for form, asked in zip(forms, held, strict=True) if asked["kind"] == "number")
    fold = page.locator(f"details.{asked['guess']}:visible").first
    form.get_by_role("textbox").fill("many")
    form.get_by_role("button", name="Compare").click()
    assert form.get_by_role("status").inner_text() == "Type a number."
    assert fold.get_attribute("open") is None
    form.get_by_role("textbox").fill(str(asked["right"]))
    form.get_by_role("textbox").press("Enter")
    assert form.get_by_role("status").inner_text().endswith("That is right.")
    assert fold.get_attribute("open") is not None
    entry = kept_by(page, "course-record")["entries"][f"pytorch/predict/networks/{asked['name']}"]
    assert entry["predicted"] == asked["right"] and entry["right"] is True
    assert not progress._parse(page.evaluate("localStorage.getItem('course-record')").encode())[1]


# Predict what comes out -----------------------------------------------------------------------------------------------


def outcome_of(page, task):
    """The question on what comes out of a task, opened."""
    fold = page.locator("details.practice", has=page.locator(f".outcome[data-task='pytorch {task}']"))
    fold.locator("summary").press("Enter")
    fold.locator(".option").first.wait_for()
    return fold


@pytest.mark.parametrize("width", [390, 1400])
def test_each_option_of_what_comes_out_tells_its_mistake(visit, width):  # noqa: F811
    page = visit(LESSON, width=width, height=844, has_touch=width == 390)
    fold, asked = outcome_of(page, "softmax"), recorded("pytorch softmax")
    session = Session("01_tensors", "pytorch")
    sentence_of = session.entry(session.tasks["softmax"]).mistakes()
    assert asked["call"] in fold.inner_text()
    assert fold.locator(".option").count() == 1 + len(asked["wrong"])
    for text, mistake in asked["wrong"].items():
        expected = sentence_of[mistake].replace("`", "")
        option = fold.get_by_role("button", name=text, exact=True)
        option.tap() if width == 390 else option.press("Enter")
        assert fold.get_by_role("status").inner_text() == f"✗ No. That comes out where check says: “{expected}”"
    assert choose(fold, asked["right"]) == "✓ Right."
    sizes = fold.locator("button:visible").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 40
    assert page.evaluate("document.documentElement.scrollWidth") == width
    fold.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / f"site_outcome_{width}.png")


def test_the_first_prediction_counts_and_a_wrong_one_comes_back(visit, address):  # noqa: F811
    page = visit(LESSON)
    fold, asked = outcome_of(page, "softmax"), recorded("pytorch softmax")
    (text, mistake), *_ = asked["wrong"].items()
    choose(fold, text)
    choose(fold, asked["right"])
    entries = kept_by(page, "course-record")["entries"]
    assert entries["pytorch/outcome/softmax"].items() >= {"predicted": text, "right": False}.items()
    assert entries["pytorch/softmax"]["mistakes"] == {mistake: 1}
    assert not progress._parse(page.evaluate("localStorage.getItem('course-record')").encode())[1]
    choose(outcome_of(page, "pick_per_row"), recorded("pytorch pick_per_row")["right"])
    page.goto(address + LESSON)
    marks = page.locator("summary:visible", has_text="Predict what comes out").all_inner_texts()
    assert sum("✓ predicted" in mark for mark in marks) == sum("(answered)" in mark for mark in marks) == 1
    page.goto(address + "practice.html")
    told = page.locator("[data-lesson='01_tensors'] [data-kind=outcomes]")
    told.get_by_role("link").first.wait_for()
    assert told.inner_text().startswith(f"2 of {told.get_by_role('link').count() + 2} predicted. Open: ")
    assert page.locator(".due").get_by_role("status").inner_text().endswith("comes in 1 day.")


def test_where_an_input_is_large_a_wrong_answer_is_asked_about(visit):  # noqa: F811
    page = visit("lessons/02_training.html")
    held = json.loads((ROOT / "site" / "practice" / "outcomes" / "02_training.json").read_text(encoding="utf-8"))
    asked = held["pytorch accuracy_of"]
    assert asked["asks"] == "mistake"
    fold = outcome_of(page, "accuracy_of")
    wanted, *others = asked["wrong"]
    assert f"and sees {asked['right']} where accuracy_of is right." in fold.inner_text()
    assert fold.locator(".option").count() == len(asked["wrong"])
    assert choose(fold, others[0]).startswith("✗ No. That comes out where check says: ")
    assert choose(fold, wanted) == "✓ Right."
    assert "pytorch/accuracy_of" not in kept_by(page, "course-record")["entries"]  # nobody made that mistake


def test_the_practice_page_asks_what_comes_out_and_leads_to_what_is_open(visit):  # noqa: F811
    page = visit("practice.html")
    place = page.locator(".predicted .quiz")
    place.locator(".option").first.press("Enter")
    assert place.get_by_role("status").inner_text().startswith(("✓ Right.", "✗ No."))
    assert any("/outcome/" in key for key in kept_by(page, "course-record")["entries"])
    before = place.inner_text()
    place.get_by_role("button", name="The next one").click()
    page.wait_for_function("text => document.querySelector('.predicted .quiz').innerText !== text", arg=before)
    link = page.locator("[data-lesson='01_tensors'] [data-kind=outcomes] a").last
    name = link.inner_text()
    link.click()
    page.locator(f"#outcome-pytorch-{name} .option").first.wait_for()


@pytest.mark.parametrize("damaged", ["{", "[null]", "7", '{"version": 1, "entries": 7}'])
def test_a_prediction_works_with_a_damaged_memory(visit, damaged):  # noqa: F811
    page = visit(LESSON)
    page.evaluate("text => ['course-record', 'course-practice'].forEach((n) => localStorage.setItem(n, text))", damaged)
    page.reload()
    assert choose(outcome_of(page, "softmax"), recorded("pytorch softmax")["right"]) == "✓ Right."
    assert "pytorch/outcome/softmax" in kept_by(page, "course-record")["entries"]


def test_without_scripts_no_question_stands_open_that_cannot_be_asked(visit):  # noqa: F811
    page = visit(LESSON, java_script_enabled=False)
    folds = page.locator("details.practice", has=page.locator(".outcome"))
    assert folds.count() > 0 and not any(fold.is_visible() for fold in folds.all())


# Marks of an older site -----------------------------------------------------------------------------------------------


def test_older_marks_are_carried_over_once(visit, address):  # noqa: F811
    page = visit("practice.html")
    old = {
        "01_tensors pytorch softmax": {"order": RIGHT, "solved": True},
        "01_tensors tensorflow softmax": {"order": "", "solved": False},
        "00_start_here neutral sigmoid": {"order": 3, "solved": True},
        "of another site": {"solved": True},
        "01_tensors pytorch minimise": "ab",
    }
    page.evaluate("text => localStorage.setItem('course-practice', text)", json.dumps(old))
    page.goto(address + LESSON)
    entries = kept_by(page, "course-record")["entries"]
    assert {key for key, entry in entries.items() if "solved" in entry} == {"pytorch/softmax", "neutral/sigmoid"}
    assert kept_by(page, "course-practice") == {
        "01_tensors pytorch softmax": RIGHT,
        "01_tensors tensorflow softmax": "",
        "of another site": {"solved": True},
        "01_tensors pytorch minimise": "ab",
    }
    assert puzzle_of(page).locator(".answer li").count() == len(RIGHT)
    page.evaluate("localStorage.removeItem('course-record')")
    page.reload()
    assert page.evaluate("localStorage.getItem('course-record')") is None  # once


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1000, 1400])
def test_the_page_of_practice_at_every_width(visit, width, scheme):  # noqa: F811
    page = visit("practice.html", width=width, height=900, color_scheme=scheme, has_touch=width == 390)
    load(page, RECORD)
    page.locator(".due .option").first.press("Enter")
    page.locator(".due .verdict strong").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert barriers(page) == []
    page.screenshot(path=SCREENSHOTS / f"practice_{width}_{scheme}.png", full_page=True)


def test_without_scripts_the_page_of_practice_leads_to_the_lessons(visit):  # noqa: F811
    page = visit("practice.html", java_script_enabled=False)
    assert "needs JavaScript" in page.locator("article").inner_text()
    assert page.locator(".practice-lessons a").count() == 9
