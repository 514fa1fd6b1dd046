"""Sheets, slides and PDFs in a real Chromium: on a phone, by keys, on A4, with nothing cut and figures described."""

import re

import pytest
from conftest import ROOT, SCREENSHOTS
from test_pages import LESSONS, WEBSITE, address, visit  # noqa: F401 (fixtures)

from tools import handouts, printing

SHEETS = ["terms", "errors"]


@pytest.mark.parametrize("width", [390, 1000, 1400])
@pytest.mark.parametrize("page", [*(f"sheets/{name}" for name in SHEETS), "slides/02_training", "errors", "take_away"])
def test_a_handout_fits_the_screen(visit, page, width):  # noqa: F811
    tab = visit(f"{page}.html", width=width, height=844)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.screenshot(path=SCREENSHOTS / f"handout_{page.replace('/', '_')}_{width}.png")


def test_keys_turn_the_slides(visit):  # noqa: F811
    tab = visit("slides/02_training.html", width=1000, height=700)
    at = "() => [...document.querySelectorAll('.slide')].findIndex((one) => one.getBoundingClientRect().bottom > 300)"
    for key, place in (("ArrowRight", 1), ("PageDown", 2), ("ArrowLeft", 1), ("ArrowUp", 0), ("ArrowUp", 0)):
        tab.keyboard.press(key)
        tab.wait_for_function(f"place => ({at})() === place", arg=place)


@pytest.mark.parametrize("lesson", LESSONS)
def test_slides_have_the_figures_and_the_questions_of_a_lesson(visit, lesson):  # noqa: F811
    tab = visit(f"slides/{lesson}.html")
    widths = tab.locator("img").evaluate_all(
        "all => Promise.all(all.map((i) => i.decode().then(() => i.naturalWidth)))"
    )
    assert len(widths) > 0 and min(widths) > 100
    assert tab.locator(".question").count() == tab.locator(".answer").count() > 0
    too_high = "all => all.filter((one) => one.scrollHeight > Math.max(one.clientHeight, innerHeight)).length"
    assert tab.locator(".slide").evaluate_all(too_high) == 0


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf.read_bytes()))


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_takes_the_two_sides_of_one_a4(tmp_path, name):
    pdf = tmp_path / f"{name}.pdf"
    printing.print_page(WEBSITE / "sheets" / f"{name}.html", pdf)
    assert pages_of(pdf) == 2
    wide, high = sorted(map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf.read_bytes()).groups()))
    assert (round(wide), round(high)) == (595, 842)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_on_paper_cuts_nothing(watched, tmp_path, lesson):
    page = WEBSITE / "lessons" / f"{lesson}.html"
    own = handouts.frameworks_in(handouts.article(page)) or [""]
    text = handouts.whole("x", handouts.paper(page, own[-1]), "paper", style=handouts.STYLE.as_uri())
    file = tmp_path / "lesson.html"
    file.write_text(text, encoding="utf-8")
    tab = watched.chromium.new_page(viewport={"width": 665, "height": 950})  # the width between the margins of A4
    tab.goto(file.as_uri())
    tab.emulate_media(media="print")
    cut = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.slice(0, 80))"
    assert tab.locator("pre, .formula, table, p, li").evaluate_all(cut) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 665
    tab.close()


def test_a_printed_lesson_is_tagged_and_its_figures_are_described(tmp_path):
    pdf = tmp_path / "02.pdf"
    page = WEBSITE / "lessons" / "02_training.html"
    printing.print_lessons([page], "pytorch", pdf)
    data = pdf.read_bytes()
    figures = handouts.article(page).select(".figure")
    shown = [one for one in figures if handouts.framework_of(one) in ("", "pytorch")]
    assert b"/StructTreeRoot" in data and b"/Outlines" in data and pages_of(pdf) > 10
    assert len(re.findall(rb"/Alt\s*[(<]", data)) >= len(shown) > 0
    assert ROOT.as_posix().encode() not in data
