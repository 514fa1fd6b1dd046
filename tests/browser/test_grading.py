"""The grader's pages in a browser: no barrier, nothing loaded from elsewhere, no script, and no page wider than it."""

import base64
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tools.grading import outcome
from tools.grading.figures import Figure
from tools.grading.notebooks import Cell, Learner, Submission
from tools.grading.verdicts import Found, Result
from utils.course import lesson_of

SCREENSHOTS = Path(__file__).parent / "screenshots"
HOSTILE = "<script>document.title = 'seen'</script><img src=x onerror=\"document.title = 'seen'\">"
LONG = "your_variable_with_a_very_long_name_that_no_line_can_hold_and_that_goes_on_and_on = " * 3


def picture():
    file = io.BytesIO()
    Image.new("RGB", (780, 494), "#0072B2").save(file, "png")
    return base64.b64encode(file.getvalue()).decode()


def made_up():
    """Twelve learners of the lab, with more or less right, one that was not run, and what could break a page."""
    tasks = [f"Stage {number}: something to do" for number in range(1, 7)]
    for number in range(12):
        found = []
        for place, title in enumerate(tasks):
            status = ["right", "right", "wrong", "open"][(number + place) % 4]
            sentence = {"right": "right.", "open": "not written yet."}.get(status, f"{HOSTILE} {LONG}")
            mistake = f"mistake {number % 3}" if status == "wrong" else ""
            found.append(
                Found(f"task_{place}", title, status, f"{mistake} {sentence}", 2 * (status == "right"), 2, mistake)
            )
        cells = tuple(Cell(place, f"task_{place - 1} = 1") for place in range(1, 7))
        name = ["Ada Lovelace", "Jörg Müller", "Jörg Müller", HOSTILE][number % 4]
        learner = Learner(name, moodle=str(4711 + number), is_late=number == 2)
        one = Submission(
            f"{name}_{number}/a.ipynb", learner, "", "pytorch", cells, (picture(),), own=frozenset(range(7))
        )
        result = Result("pytorch", found, cells=[f"Code cell 3 ended with ValueError: {HOSTILE}"], seconds=3.2)
        result.answers = {"1. Is network B better?": LONG, HOSTILE: ""}
        result.figures = [Figure(2, "A level line.", picture()), Figure(9, "", picture())]
        yield one, result if number < 11 else Result("pytorch", problem="The file is not JSON.")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """{"class" or "learner": the address of the page}."""
    out = tmp_path_factory.mktemp("graded")
    outcome.write(out, lesson_of("07"), list(made_up()), [f"{HOSTILE} and b are odd."])
    return {"class": (out / "class.html").as_uri(), "learner": next((out / "learners").glob("ada*")).as_uri()}


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["class", "learner"])
def test_no_barrier_no_script_and_nothing_from_elsewhere(chromium, pages, page, scheme, width):
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    tab, asked, errors = context.new_page(), [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: errors.append(message.text))
    tab.goto(pages[page])
    tab.screenshot(path=SCREENSHOTS / f"grading_{page}_{scheme}_{width}.png", full_page=True)
    assert [url for url in asked if not url.startswith("data:")] == [pages[page]]
    assert (tab.title() != "seen", errors) == (True, [])
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(tab, options={"preload": False}).response["violations"]
    assert [(found["id"], [node["html"][:150] for node in found["nodes"][:3]]) for found in violations] == []
    context.close()
