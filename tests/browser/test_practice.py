"""Practice on the website: predictions, what is due, what check says, and the record that the notebooks read too."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from conftest import SCREENSHOTS
from test_site import LESSON, RIGHT, address, barriers, kept_by, put, puzzle_of, visit  # noqa: F401 (fixtures)

from utils import progress, review

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


def answer(page, is_right):
    """Answer the question that is due; returns what is said."""
    place = page.locator(".due .quiz")
    right = page.evaluate(
        """async () => {
            const task = document.querySelector(".due pre").getAttribute("aria-label").split(" ").at(-1);
            const code = document.querySelector(".due pre").textContent;
            const known = await (await fetch("practice/01_tensors.json")).json();
            for (const [key, entry] of Object.entries(known)) {
                if (!key.endsWith(` ${task}`)) continue;
                for (const [text, orders] of Object.entries(entry.says)) {
                    for (const order of orders.split(" ")) {
                        const lines = [entry.head, ...[...order].map((one) => entry.parts[one])];
                        if (lines.join("\\n") === code) return text;
                    }
                }
            }
        }"""
    )
    options = place.locator(".options .option").all()
    texts = [option.inner_text() for option in options]
    wanted = right[2:].replace("`", "")
    assert wanted in texts
    options[texts.index(wanted) if is_right else (texts.index(wanted) + 1) % len(texts)].click()
    return place.get_by_role("status").inner_text()


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
    assert said.startswith("✗ No. It says: ") and "It comes back in 1 day." in said
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
    link = page.locator(".open").get_by_role("link", name="softmax", exact=True)
    link.wait_for()
    other = page.context.new_page()
    other.goto(address + LESSON)
    put(puzzle_of(other), RIGHT)
    link.wait_for(state="detached")
    page.locator(".open a", has_text="standardise_columns").click()
    page.locator("#pytorch-standardise_columns").get_by_role("button", name="Check").wait_for()


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
