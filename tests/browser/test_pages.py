"""The website in a real Chromium: the switch between the frameworks, search, quiz, playground, phone, accessibility.

It tests build/website, as `python -m tools.website` has left it.
"""

import functools
import gzip
import http.server
import io
import json
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, SCREENSHOTS
from PIL import Image

from tools.source import website_address
from utils.check import Session
from utils.quiz import read_quiz

WEBSITE = ROOT / "build" / "website"
LESSONS = sorted(path.stem for path in (ROOT / "lessons").glob("[0-9][0-9]_*.md"))
PAGES = ["index", "terms", "glossary", "errors", "stepper", "practice", "take_away", "search"]
PAGES += [f"lessons/{lesson}" for lesson in LESSONS]
EVERY_PAGE = [f"{page}.html" for page in [*PAGES, "404", "sheets/terms", "sheets/errors"]]
EVERY_PAGE += [f"slides/{lesson}.html" for lesson in LESSONS]
OF_EACH_KIND = ["terms.html", "glossary.html", "errors.html", "stepper.html", "practice.html", "take_away.html"]
OF_EACH_KIND += ["404.html", "sheets/terms.html", "slides/02_training.html"]
LESSON, OTHER_LESSON = "lessons/01_tensors.html", "lessons/02_training.html"
PAIR = ".pair.with-tabs"


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address():
    """Serve the website; returns where it is."""
    assert (WEBSITE / "index.html").is_file(), "there is no website to test: run `make site` first"
    handler = functools.partial(Handler, directory=str(WEBSITE))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def visit(watched, address):
    """Return a function that opens a page; the test fails when something that it asks for is missing."""
    missing = []

    def open_page(page, **options):
        tab = watched.open(**options)
        tab.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
        tab.goto(address + page)
        return tab

    yield open_page
    assert missing == []


def shown(page):
    """The frameworks whose cells the page shows in its first pair."""
    pair = page.locator(PAIR).first
    return [name for name in ("pytorch", "tensorflow") if pair.locator(f".only.{name}").first.is_visible()]


def header(page, name):
    return page.locator("header .framework-switch:visible").get_by_role("button", name=name, exact=True)


def test_the_switch_changes_the_page_and_is_remembered(visit, address):
    page = visit(LESSON)
    assert shown(page) == ["pytorch"]
    header(page, "TensorFlow").click()
    assert shown(page) == ["tensorflow"]
    assert header(page, "TensorFlow").get_attribute("aria-pressed") == "true"
    assert header(page, "PyTorch").get_attribute("aria-pressed") == "false"
    page.goto(address + OTHER_LESSON)
    assert shown(page) == ["tensorflow"]

    later = visit(LESSON, storage_state=page.context.storage_state())  # another visit, the same browser
    assert shown(later) == ["tensorflow"]
    assert shown(visit(LESSON)) == ["pytorch"]  # another reader


def test_a_tab_switches_the_whole_page_and_stays_in_its_place(visit):
    page = visit(LESSON)
    tab = page.locator(PAIR).nth(12).get_by_role("button", name="TensorFlow")
    tab.scroll_into_view_if_needed()
    before = tab.bounding_box()["y"]
    tab.click()
    assert shown(page) == ["tensorflow"]
    assert abs(tab.bounding_box()["y"] - before) < 2


@pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
def test_the_address_sets_the_framework(visit, address, framework):
    page = visit(f"{LESSON}?framework={framework}")
    assert shown(page) == [framework]
    page.goto(address + OTHER_LESSON)
    assert shown(page) == [framework]


def test_a_choice_on_a_page_with_an_address_survives_a_reload(visit):
    page = visit(f"{LESSON}?framework=tensorflow")
    header(page, "PyTorch").click()
    page.reload()
    assert shown(page) == ["pytorch"]


def test_an_unknown_framework_in_the_address_is_ignored(visit):
    assert shown(visit(f"{LESSON}?framework=jax")) == ["pytorch"]


def test_both_side_by_side_on_a_wide_screen(visit):
    page = visit(LESSON, width=1500)
    header(page, "Both").click()
    assert shown(page) == ["pytorch", "tensorflow"]
    left, right = (
        page.locator(PAIR).nth(3).locator(f".only.{f}").first.bounding_box() for f in ("pytorch", "tensorflow")
    )
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    page.screenshot(path=SCREENSHOTS / "site_both.png")

    page.get_by_role("button", name="Site navigation").click()  # the list of lessons made room
    assert page.get_by_role("link", name="Glossary").first.is_visible()
    page.keyboard.press("Escape")

    page.set_viewport_size({"width": 1000, "height": 900})  # no room for two
    assert shown(page) == ["pytorch"]
    assert not header(page, "Both").is_visible()


def test_without_scripts_both_frameworks_are_there(visit):
    page = visit(LESSON, java_script_enabled=False)
    assert shown(page) == ["pytorch", "tensorflow"]


def test_search_finds_a_term(visit):
    page = visit("index.html")
    page.locator("button[aria-label='Search']:visible").click()
    page.get_by_role("searchbox").first.fill("broadcasting")
    page.keyboard.press("Enter")
    results = page.locator("#search-results li a")
    results.first.wait_for()
    assert any("01_tensors" in link.get_attribute("href") for link in results.all())


def test_search_finds_the_lesson_of_a_subject_and_its_sections(visit, address):
    page = visit("search.html?q=overfit")
    page.locator("ul.sections a").first.wait_for()
    lessons = page.locator("#search-results ul.search > li > a").evaluate_all(
        "links => links.map((link) => link.pathname)"
    )
    assert lessons[0].endswith("06_overfitting.html")
    first = page.locator("#search-results ul.search > li").first.locator("ul.sections a")
    assert "overfit" in first.first.inner_text().lower()
    assert "PyTorchTensorFlow" not in page.locator("#search-results").inner_text()
    page.locator("ul.sections a").first.click()
    page.locator(":target").wait_for()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_question_explains_every_option(visit, lesson):
    page = visit(f"lessons/{lesson}.html")
    framework = "pytorch" if "neutral" not in frameworks_of(lesson) else "neutral"
    questions = read_quiz(lesson, framework)
    places = page.locator(".quiz:visible")
    assert places.count() == len(questions) > 0
    for quiz, place in zip(questions, places.all(), strict=True):
        sentences = set()
        for option in quiz.options:
            place.locator(f".option[data-option={option.letter}]:visible").click()
            verdict = place.get_by_role("status").inner_text()
            assert verdict.startswith("✓ Right." if option.right else f"✗ Not {option.letter}).")
            sentences.add(verdict)
        assert len(sentences) == len(quiz.options)


def frameworks_of(lesson):
    return ["neutral"] if (ROOT / "notebooks" / f"{lesson}.ipynb").is_file() else ["pytorch", "tensorflow"]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_task_has_its_solution_folded(visit, lesson):
    page = visit(f"lessons/{lesson}.html")
    framework = frameworks_of(lesson)[0]
    tasks = [task for task in Session(lesson, framework).tasks.values() if hasattr(task, "hints")]
    solutions = page.locator("details:visible", has=page.locator("summary", has_text="Solution"))
    assert solutions.count() >= len(tasks)
    first = solutions.first
    assert not first.locator("pre:visible").count()
    first.locator("summary").click()
    assert first.locator("pre:visible").count() == 1


def test_the_playground_plays_by_itself_and_a_link_holds_its_state(visit):
    page = visit("lessons/06_overfitting.html#playground?points=100&decay=77&nothing=1&seed=2")
    page.locator("overfitting-playground").scroll_into_view_if_needed()
    page.locator("polyline.network.fit").wait_for(state="attached")
    assert page.locator("#points").get_attribute("aria-valuetext") == "100"
    assert page.locator("#decay").get_attribute("aria-valuetext") == "0"  # 77 is not among the choices
    calm = visit("index.html", reduced_motion="reduce")
    calm.locator("overfitting-playground").scroll_into_view_if_needed()
    assert calm.locator(".playground").get_by_role("status").inner_text().startswith("Ready")


FILLINGS = json.loads((ROOT / "site" / "softmax.json").read_text(encoding="utf-8"))["fillings"]


def pick(hero, slot, value, by):
    """Choose what fills a slot, as a reader does."""
    wanted = hero.locator(f"input[name={slot}][value='{value}']")
    if by == "keys":
        hero.locator(f"input[name={slot}]:checked").focus()
        while not wanted.is_checked():
            hero.page.keyboard.press("ArrowDown")
    else:
        label = wanted.locator("..")
        label.tap() if by == "finger" else label.click()


@pytest.mark.parametrize(("width", "by"), [(390, "finger"), (1000, "keys"), (1400, "mouse")])
def test_the_first_screen_says_what_the_engine_said_to_every_filling(visit, width, by):
    page = visit("index.html", width=width, has_touch=by == "finger")
    hero = page.locator(".hero")
    for filling in FILLINGS:
        for slot in ("exponentials", "sums"):
            pick(hero, slot, filling[slot], by)
        said = hero.get_by_role("status").inner_text()
        assert said == f"{'✓' if filling['right'] else '✗'} softmax: {filling['says']['pytorch']}"
        assert hero.get_by_text("The same in TensorFlow").is_visible() == filling["right"]
        assert hero.locator("td").first.is_visible() == (filling["result"] is not None)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    header(page, "TensorFlow").click()
    assert "tf." in hero.locator(".hero-code pre").inner_text()


@pytest.mark.parametrize("width", [390, 1000, 1400])
def test_the_first_screen_shows_a_wrong_answer_and_its_name_and_is_driven_by_keys(visit, width):
    page = visit("index.html", width=width, height=844)
    says = page.locator(".hero").get_by_role("status")
    box = says.bounding_box()
    assert box["y"] + box["height"] < 844
    page.screenshot(path=SCREENSHOTS / f"site_start_{width}.png")
    before = says.inner_text()
    page.locator("input[name=sums]:checked").focus()
    page.keyboard.press("ArrowUp")
    assert says.inner_text() != before


def test_the_first_screen_says_what_the_course_is_and_where_to_begin(visit):
    """In few words, above the fold of a laptop."""
    page = visit("index.html", width=1400)
    lead = page.locator(".lead").inner_text()
    assert "neural networks in PyTorch and TensorFlow" in lead and "told which of" in lead
    assert len(lead.split()) < 45
    start = page.get_by_role("link", name="Start with lesson 00")
    box = start.bounding_box()
    assert box["y"] + box["height"] < 900
    start.click()
    assert page.url.endswith(f"lessons/{LESSONS[0]}.html")


@pytest.mark.parametrize("path", ["index.html", LESSON, "lessons/06_overfitting.html", *OF_EACH_KIND])
def test_without_scripts_a_page_is_read_whole_and_offers_nothing_dead(visit, path):
    page = visit(path, java_script_enabled=False)
    main = page.locator("main").first
    assert page.locator("h1").first.is_visible() and len(main.inner_text()) > 40
    assert page.evaluate("document.documentElement.dataset.theme ?? 'light'") == "light"
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(":is(button, input, select):visible").count() == 0
    for fold in page.locator("main details:visible").all()[:20]:
        fold.locator("summary").first.click()
        assert fold.locator("summary ~ *").first.is_visible()
    page.screenshot(path=SCREENSHOTS / f"bare_{path.replace('/', '_')}.png")


def test_on_the_first_screen_without_scripts_one_answer_is_told(visit):
    page = visit("index.html", java_script_enabled=False)
    assert page.locator(".hero .says").inner_text().startswith("✗ softmax: your columns sum to 1")
    assert not page.get_by_text("Choose other lines").is_visible()


@pytest.mark.parametrize(
    "path", ["index.html", "lessons/02_training.html", "lessons/06_overfitting.html", *OF_EACH_KIND]
)
def test_for_calm_readers_nothing_moves_by_itself(visit, path):
    page = visit(path, reduced_motion="reduce")
    for place in (".story", "overfitting-playground", "img.figure"):
        if page.locator(f"{place}:visible").count():
            page.locator(f"{place}:visible").first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    seen = page.screenshot()
    page.wait_for_timeout(700)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.screenshot() == seen


def test_an_output_that_is_to_be_guessed_opens_with_what_tells_it(visit):
    page = visit(LESSON)
    fold = page.locator("details.answer:visible").first
    guess = fold.evaluate("fold => [...fold.classList].find((name) => name.startsWith('guess-'))")
    told = page.locator(f".only.pytorch .told.{guess}")
    assert not fold.locator("pre").is_visible() and not told.is_visible()
    fold.locator("summary").press("Enter")
    assert fold.locator("pre").is_visible() and told.is_visible()
    bare = visit(LESSON, java_script_enabled=False)
    assert bare.locator(f".told.{guess}").first.is_visible()


@pytest.mark.parametrize("lesson", LESSONS)
def test_tasks_stand_side_by_side_in_both(visit, lesson):
    page = visit(f"lessons/{lesson}.html?framework=both", width=1500)
    pairs = "rows => rows.map((row) => [...row.children].map((side) => side.getBoundingClientRect().top))"
    for top in page.locator(".row-of-two:has(> .only + .only)").evaluate_all(pairs):
        assert max(top) - min(top) < 1
    assert page.locator(".row-of-two.row-of-two > p").count() == 0
    page.get_by_role("button", name="On this page").click() if lesson == LESSONS[1] else None
    stray = "divs => divs.filter((div) => /^:{3,}/m.test(div.textContent)).length"
    assert page.locator("article").evaluate_all(stray) == 0


def test_reading_is_remembered_and_a_damaged_memory_is_not_followed(visit, address):
    page = visit(LESSON)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    page.wait_for_function("localStorage.getItem('course-read')")
    page.goto(address + "index.html")
    link = page.locator(".continue a")
    assert "01_tensors.html#" in link.get_attribute("href")
    for damaged in (
        "{",
        "7",
        "null",
        '{"01_tensors": 3}',
        '{"99_gone": {"share": 1, "time": 1, "section": "x", "title": "y"}}',
    ):
        page.evaluate("text => localStorage.setItem('course-read', text)", damaged)
        page.reload()
        assert not page.locator(".continue").is_visible()


def test_code_is_copied(visit):
    page = visit(LESSON, permissions=["clipboard-read", "clipboard-write"])
    block = page.locator(".only.pytorch .highlight:visible").first
    block.hover()
    block.get_by_role("button", name="Copy").click()
    block.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == block.locator("pre").text_content()


def test_tabs_are_large_enough_for_a_finger(visit):
    page = visit(LESSON, width=390, height=844, has_touch=True)
    heights = page.locator(".tabs button:visible").evaluate_all(
        "tabs => tabs.map((tab) => tab.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_a_term_is_told_beside_it_and_leads_to_the_glossary(visit, address):
    page = visit(LESSON)
    term = page.locator("a.term:visible").first
    name = term.inner_text().lower()
    term.press("Enter")
    box = page.locator(".definition")
    box.wait_for()
    assert box.locator("strong").inner_text().lower() in name
    assert page.url == address + LESSON
    page.keyboard.press("Escape")
    box.wait_for(state="detached")
    assert term.evaluate("link => link === document.activeElement")
    term.click()
    box.get_by_role("link", name="In the glossary").click()
    place = page.locator(":target")
    assert place.inner_text().lower().rstrip("#").strip() in name
    assert "glossary.html" in page.url


def test_previous_and_next_lead_through_the_lessons(visit):
    page = visit(f"lessons/{LESSONS[0]}.html")
    for lesson in LESSONS[1:]:
        page.locator("a.right-next").click()
        assert page.url.endswith(f"{lesson}.html")


def test_printed_are_the_chosen_cells_without_tabs(visit):
    page = visit(f"{LESSON}?framework=tensorflow")
    page.emulate_media(media="print")
    assert shown(page) == ["tensorflow"]
    assert not page.locator(".tabs").first.is_visible()
    assert not page.locator("header").first.is_visible()


@pytest.mark.parametrize("page", PAGES)
def test_nothing_runs_off_a_phone(visit, page):
    tab = visit(f"{page}.html", width=390, height=844)
    for framework in ("PyTorch", "TensorFlow"):
        header(tab, framework).click()
        assert tab.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_figure_is_there_and_is_described(visit, lesson):
    page = visit(f"lessons/{lesson}.html")
    figures = page.locator("img.figure")
    figures.evaluate_all("images => images.forEach((image) => { image.loading = 'eager'; })")
    widths = figures.evaluate_all("images => Promise.all(images.map((i) => i.decode().then(() => i.naturalWidth)))")
    assert len(widths) > 0 and min(widths) > 100
    assert all(figure.get_attribute("alt").endswith(".") for figure in figures.all())


def barriers(page, **options):
    """What axe-core finds; it is told not to fetch style sheets of its own."""
    options = {"preload": False, "resultTypes": ["violations"], **options}
    violations = Axe().run(page, options=options).response["violations"]
    return [(found["id"], [node["html"][:150] for node in found["nodes"][:3]]) for found in violations]


def modes(page, *schemes):
    """Lead a page through every mode that it has; yields its name."""
    for width in (1400, 390):
        page.set_viewport_size({"width": width, "height": 900})
        offered = [name for name in ("PyTorch", "TensorFlow", "Both") if header(page, name).count()]
        for framework in offered or ["no choice"]:
            if offered:
                header(page, framework).click()
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme)
                yield f"{framework}, {scheme}, {width}"


# A color hangs on the classes of an element and of all that it stands in: of the texts that have these in common the
# first is kept, and what holds nothing then goes. A lesson has thousands of words of code, and axe takes milliseconds
# for each.
KEEP_ONE_OF_A_KIND = """() => {
  const seen = new Set();
  const one = (node) => `${node.localName}.${node.className}${node.hidden}${node.style?.cssText}`;
  const kind = (node) => (node ? `${kind(node.parentElement)} > ${one(node)}` : "");
  const parts = [...document.querySelectorAll("article section section :not(svg, svg *, option)")];
  for (const text of parts.flatMap((part) => [...part.childNodes]).filter((node) => node.nodeType === 3)) {
    const name = kind(text.parentElement);
    !text.data.trim() || seen.has(name) ? text.remove() : seen.add(name);
  }
  for (const part of parts.reverse()) {
    if (!part.hasChildNodes() && !part.matches("input, select, textarea, img, overfitting-playground")) part.remove();
  }
}"""


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_barrier_on_any_page_in_any_mode(visit, path):
    """PyTorch, TensorFlow and both, on a wide screen and on a phone, light and dark, which changes only colors."""
    page = visit(path, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('article details').forEach((fold) => { fold.open = true; })")
    for mode in modes(page, "light"):
        page.wait_for_timeout(500)  # the theme looks for what scrolls only once in a while
        assert (mode, barriers(page, rules={"color-contrast": {"enabled": False}})) == (mode, [])
    page.evaluate(KEEP_ONE_OF_A_KIND)
    for mode in modes(page, "light", "dark"):
        assert (mode, barriers(page, runOnly=["color-contrast"])) == (mode, [])


def test_no_page_is_left_out():
    built = {path.relative_to(WEBSITE).as_posix() for path in WEBSITE.rglob("*.html")}
    assert {path for path in built if not path.startswith("_static/")} == set(EVERY_PAGE)


# Lines to put in order ------------------------------------------------------------------------------------------------

PRACTICE = json.loads((ROOT / "site" / "practice" / "01_tensors.json").read_text(encoding="utf-8"))["pytorch softmax"]
SAID = {order: said for said, orders in PRACTICE["says"].items() for order in orders.split()}
RIGHT = next(order for order, said in SAID.items() if said == "✓ right.")


def puzzle_of(page, key="pytorch softmax"):
    """The lines of a task, laid out."""
    fold = page.locator("details.practice", has=page.locator(f".ladder[data-task='{key}']"))
    fold.locator("summary").click()
    fold.get_by_role("button", name="Check").wait_for()
    return fold


def put(fold, order):
    if fold.locator(".answer li").count():
        fold.get_by_role("button", name="Start again").click()
    for letter in order:
        fold.get_by_role("button", name=f"Add line {letter}:").click()
    fold.get_by_role("button", name="Check").click()
    return fold.locator(".says").inner_text()


def test_each_order_gets_the_recorded_sentence_and_a_right_one_is_kept(visit, address):
    page = visit(LESSON)
    fold = puzzle_of(page)
    session = Session("01_tensors", "pytorch")
    sentence_of = session.entry(session.tasks["softmax"]).mistakes()
    for order, said in SAID.items():
        expected = f"✗ {sentence_of[said[1:]]}" if said.startswith("=") else said
        assert put(fold, order) == expected.replace("`", "")
    unknown = put(fold, "".join(reversed(PRACTICE["parts"])))
    assert unknown.startswith("○ ") and 'check("softmax", lines="g f e d c b a")' in unknown
    assert put(fold, RIGHT) == "✓ right."
    page.goto(address + LESSON)
    assert page.locator("details.practice summary", has_text="✓ solved").count() == 1
    assert puzzle_of(page).locator(".answer li").count() == len(RIGHT)


@pytest.mark.parametrize("width", [390, 1000, 1400])
def test_lines_are_moved_by_keys_and_by_touch_and_announced(visit, width):
    page = visit(LESSON, width=width, height=844, has_touch=width == 390)
    fold = puzzle_of(page)
    press = "tap" if width == 390 else "click"
    for letter in (RIGHT[1], RIGHT[0], *RIGHT[2:]):
        getattr(fold.get_by_role("button", name=f"Add line {letter}:"), press)()
    first = fold.locator(f".answer [data-letter={RIGHT[1]}]")
    first.focus()
    page.keyboard.press("ArrowDown")
    assert fold.get_by_role("status").last.inner_text() == f"Line {RIGHT[1]} is number 2 of {len(RIGHT)}."
    assert first.evaluate("line => line === document.activeElement")
    getattr(fold.get_by_role("button", name="Check"), press)()
    assert fold.locator(".says").inner_text() == "✓ right."
    getattr(fold.get_by_role("button", name=f"Move up line {RIGHT[-1]}"), press)()
    assert fold.locator(".says").inner_text() == ""
    fold.locator(f".answer [data-letter={RIGHT[-1]}]").press("Delete")
    assert fold.locator(".answer li").count() == len(RIGHT) - 1
    sizes = fold.locator("button:visible").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert fold.locator(".ladder").evaluate("place => place.scrollWidth <= place.clientWidth")
    fold.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / f"site_lines_{width}.png")


@pytest.mark.parametrize(
    "damaged",
    ["{", "7", "null", '{"01_tensors pytorch softmax": "zz"}', '{"01_tensors pytorch softmax": 3}'],
)
def test_a_damaged_memory_of_orders_is_not_followed(visit, damaged):
    page = visit(LESSON)
    page.evaluate("text => localStorage.setItem('course-practice', text)", damaged)
    page.reload()
    assert puzzle_of(page).locator(".answer li").count() == 0


def test_without_scripts_the_lines_are_left_to_the_notebook(visit):
    page = visit(LESSON, java_script_enabled=False)
    fold = page.locator("details.practice").first
    fold.locator("summary").click()
    assert "It needs JavaScript" in fold.inner_text()


def test_an_order_solved_in_another_tab_stays_solved(visit, address):
    page = visit(LESSON)
    fold = puzzle_of(page)
    other = page.context.new_page()
    other.goto(address + LESSON)
    assert put(puzzle_of(other), RIGHT) == "✓ right."
    fold.get_by_role("button", name=f"Add line {RIGHT[0]}:").click()  # the first tab has not heard of it
    assert kept_by(page, "course-practice")["01_tensors pytorch softmax"] == RIGHT[0]
    assert "solved" in kept_by(page, "course-record")["entries"]["pytorch/softmax"]


def kept_by(page, name):
    return json.loads(page.evaluate("name => localStorage.getItem(name)", name))


DAMAGED = ["{", "[null]", '{"01_tensors": null}', '{"01_tensors": {"share": 7e9, "time": 1, "section": []}}']


@pytest.mark.parametrize("damaged", DAMAGED)
def test_what_another_site_kept_under_the_same_names_breaks_nothing(visit, damaged):
    page = visit(LESSON, width=1400, color_scheme="dark")
    page.evaluate(
        "text => ['mode', 'theme', 'framework', 'framework-both', 'course-read', 'course-practice', 'course-record']"
        ".forEach((name) => localStorage.setItem(name, text))",
        damaged,
    )
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert shown(page) == ["pytorch"]
    page.locator(PAIR).first.get_by_role("button", name="TensorFlow").click()
    assert shown(page) == ["tensorflow"]
    assert page.locator(".lessons-nav .read").count() == 0


def test_two_tabs_keep_what_each_has_read_and_share_the_choice(visit, address):
    page = visit(LESSON)
    other = page.context.new_page()
    other.goto(address + OTHER_LESSON)
    for tab in (page, other):
        tab.evaluate("scrollTo(0, 3000)")
        tab.wait_for_function("name => localStorage.getItem('course-read')?.includes(name)", arg=tab.url[-12:-5])
    assert set(kept_by(page, "course-read")) == {"01_tensors", "02_training"}
    header(other, "TensorFlow").click()
    page.reload()
    assert shown(page) == ["tensorflow"]


def test_a_search_for_nothing_known_says_so(visit):
    page = visit("search.html?q=zzzyx")
    page.get_by_text("did not match any documents").wait_for()


def test_a_browser_that_keeps_nothing_still_shows_and_switches(chromium, address):
    context = chromium.new_context(viewport={"width": 1100, "height": 900})
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = context.new_page()
    page.goto(address + LESSON)
    assert shown(page) == ["pytorch"]
    header(page, "TensorFlow").click()
    assert shown(page) == ["tensorflow"]
    context.close()


def test_a_place_that_is_no_more_opens_the_page_at_its_top(visit):
    page = visit(f"{LESSON}#a-section-of-last-year")
    assert page.evaluate("scrollY") == 0
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("page", [page for page in PAGES if page != "search"])
def test_whoever_links_to_a_page_shows_a_sentence_and_a_picture(visit, page):
    tab = visit(f"{page}.html")
    said = tab.locator("meta[name=description]").get_attribute("content")
    assert 50 < len(said) < 300
    picture = tab.locator("meta[property='og:image']").get_attribute("content")
    assert picture.startswith(website_address())
    assert (WEBSITE / picture.removeprefix(website_address())).is_file()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_light(watched, address, page):
    """Without figures; the search alone needs its index. Scripts as they travel, compressed."""
    tab, loaded = watched.open(), {}
    tab.on("response", lambda answer: loaded.setdefault(answer.request.resource_type, []).append(answer))
    tab.goto(f"{address}{page}.html")  # until its scripts are loaded, too
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(500)  # an answer that comes late, on a busy machine
    texts = {kind: [answer.body() for answer in [*found]] for kind, found in [*loaded.items()] if kind != "image"}
    scripts = sum(len(gzip.compress(text)) for text in texts["script"])
    assert scripts < (100_000 if page == "search" else 60_000)
    assert "font" not in texts  # of the theme, with 2,000 icons
    assert sum(len(text) for found in texts.values() for text in found) < (900_000 if page == "search" else 600_000)


def test_the_color_mode_is_chosen_and_the_menu_closes(visit):
    page = visit(LESSON, color_scheme="light")
    menu = page.locator(".color-mode:visible").first
    menu.locator("summary").click()
    menu.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert not menu.get_by_role("button", name="Dark").is_visible()
    menu.locator("summary").press("Enter")
    page.keyboard.press("Escape")
    assert not menu.get_by_role("button", name="Dark").is_visible()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


@pytest.mark.parametrize("name", ["bars", "magnifying-glass", "outdent", "circle-half-stroke"])
def test_the_icons_are_drawn(visit, name):
    page = visit(LESSON, width=1000)
    if name == "bars":
        page.set_viewport_size({"width": 700, "height": 900})
    icon = page.locator(f".fa-{name}:visible").first
    mask = icon.evaluate("icon => getComputedStyle(icon).maskImage")
    assert "data:image/svg+xml" in mask
    assert icon.bounding_box()["width"] > 12


def test_a_closed_dialog_leaves_nothing_over_the_page(visit):
    page = visit(OTHER_LESSON, width=390, height=844)
    for toggle in ("primary-toggle", "secondary-toggle"):
        page.locator(f"button.{toggle}").click()
        page.locator("dialog[open]").wait_for()
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="detached")
    for link in page.locator(".prev-next-area a").all():
        place, arrow = link.bounding_box(), link.locator(".fa-solid").bounding_box()
        assert place["x"] <= arrow["x"] and arrow["x"] + arrow["width"] <= place["x"] + place["width"]
        assert arrow["width"] > 12


def test_in_both_what_is_told_once_stands_in_the_middle(visit):
    page = visit("lessons/06_overfitting.html?framework=both", width=1500)
    middle = page.locator("article section > h2").first.bounding_box()
    for kind in ("details.answer", ".told"):
        page.evaluate("document.querySelectorAll('.told').forEach((text) => { text.hidden = false; })")
        blocks = page.locator(f"article section > {kind}:not(:has(.row-of-two)):visible")
        assert blocks.count() > 0
        assert all(abs(block.bounding_box()["x"] - middle["x"]) < 2 for block in blocks.all())


def test_a_figure_has_the_ground_of_the_page_in_the_dark(visit):
    page = visit(LESSON, width=1400, color_scheme="dark")
    figure = page.locator("img.figure:visible").first
    figure.scroll_into_view_if_needed()
    figure.evaluate("image => image.decode()")
    box = figure.bounding_box()
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    corner = shot.getpixel((int(box["x"]) + 12, int(box["y"]) + 12))
    beside = shot.getpixel((int(box["x"]) - 4, int(box["y"]) + 12))
    assert max(abs(a - b) for a, b in zip(corner, beside, strict=True)) < 4


@pytest.mark.parametrize("lesson", LESSONS)
def test_code_of_80_columns_needs_no_scrolling(visit, lesson):
    """Alone on the page at 1400 pixels; "both" at 1700. Longer lines are a solution's or a task's."""
    too_wide = """blocks => blocks.filter((block) => block.offsetParent && block.scrollWidth > block.clientWidth + 1)
        .filter((block) => block.textContent.split("\\n").every((line) => line.length <= 80)).length"""
    for width, framework in ((1400, "pytorch"), (1400, "tensorflow"), (1700, "both")):
        page = visit(f"lessons/{lesson}.html?framework={framework}", width=width)
        assert page.locator("article .highlight pre").evaluate_all(too_wide) == 0
