"""The twin stepper in a real Chromium: by mouse, keys and touch, on a phone, on paper and without scripts."""

import json

import pytest
from conftest import ROOT, SCREENSHOTS
from test_pages import address, barriers, visit  # noqa: F401 (fixtures)

STORIES = json.loads((ROOT / "site" / "stories.json").read_text(encoding="utf-8"))


def lit(story, framework):
    return [line.strip() for line in story.locator(f".side.{framework} .line.lit").all_text_contents()]


@pytest.mark.parametrize("width", [390, 1000, 1400])
@pytest.mark.parametrize("told", STORIES, ids=lambda story: story["name"])
def test_keys_lead_through_every_step(visit, told, width):  # noqa: F811
    page = visit("stepper.html", width=width)
    story = page.locator(f"#story-{told['name']}")
    slider = story.get_by_role("slider")
    slider.focus()
    for step, (label, _) in enumerate(told["steps"]):
        shown = story.locator(".story-step:visible")
        assert shown.count() == 1 and shown.inner_text().startswith(label.capitalize())
        assert slider.get_attribute("aria-valuetext").startswith(f"{step + 1} of {len(told['steps'])}, {label}")
        for framework in ("pytorch", "tensorflow"):
            wanted = [line.strip() for number, line in told["code"][framework] if number == step]
            assert lit(story, framework) == wanted
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    assert story.locator(".story-step:visible").inner_text().startswith(told["steps"][0][0].capitalize())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1000, 1400])
def test_buttons_and_touch_and_no_barrier(visit, width, scheme):  # noqa: F811
    page = visit("stepper.html", width=width, height=900, color_scheme=scheme, has_touch=width == 390)
    story = page.locator("#story-network")
    back, on = (story.get_by_role("button", name=name) for name in ("Back", "Next"))
    assert back.is_disabled()
    for _ in range(5):
        on.tap() if width == 390 else on.click()
    assert story.get_by_role("status").inner_text().startswith("6 of 8, the gradients")
    assert story.locator(".story-graph:visible .reached").count() == 7
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert story.locator("button, input").evaluate_all("all => Math.min(...all.map((o) => o.offsetHeight))") >= 44
    assert barriers(page) == []
    story.scroll_into_view_if_needed()
    story.screenshot(path=SCREENSHOTS / f"stepper_{width}_{scheme}.png")


def test_a_link_names_a_step_and_one_to_a_step_that_is_no_more_starts_the_story(visit, address):  # noqa: F811
    page = visit("lessons/02_training.html#story-line-4", width=1400)
    story = page.locator("#story-line")
    assert story.locator(".story-step:visible").inner_text().startswith("The gradient")
    assert story.get_by_role("slider").bounding_box()["y"] > 0
    story.get_by_role("button", name="Next").click()
    assert page.url.endswith("#story-line-5")
    page.goto(f"{address}stepper.html#story-network-99")
    other = page.locator("#story-network")
    assert other.locator(".story-step:visible").inner_text().startswith("The batch")
    assert "a step that this story does not have" in other.locator(".gone").inner_text()
    other.get_by_role("button", name="Next").click()
    assert not other.locator(".gone").is_visible()


@pytest.mark.parametrize("width", [1000, 1400])
def test_code_needs_no_wrapping_where_two_programs_stand_beside_each_other(visit, width):  # noqa: F811
    page = visit("stepper.html", width=width)
    rows = page.locator("#story-network .line").evaluate_all("all => all.map((line) => Math.round(line.offsetHeight))")
    wrapped = [row for row in rows if row > min(rows) + 2]
    assert len(wrapped) <= (0 if width == 1400 else 6)


def test_a_phone_shows_the_chosen_framework(visit):  # noqa: F811
    page = visit("stepper.html?framework=tensorflow", width=390, height=844)
    story = page.locator("#story-line")
    assert story.locator(".side.tensorflow").is_visible() and not story.locator(".side.pytorch").is_visible()


def test_without_scripts_and_on_paper_every_step_is_there(visit):  # noqa: F811
    steps = sum(len(story["steps"]) for story in STORIES)
    bare = visit("stepper.html", java_script_enabled=False)
    assert bare.locator(".story-step:visible").count() == steps
    assert not bare.get_by_role("slider").first.is_visible()
    page = visit("stepper.html")
    page.emulate_media(media="print")
    assert page.locator(".story-step:visible").count() == steps
    assert page.locator(".story .side:visible").count() == 2 * len(STORIES)


def test_calm_readers_see_no_motion(visit):  # noqa: F811
    page = visit("stepper.html", reduced_motion="reduce")
    assert page.locator(".line").first.evaluate("line => getComputedStyle(line).transitionDuration") == "0s"
