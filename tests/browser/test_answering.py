"""Figures that answer, on a page made of every kind of figure; and the film of lesson 06 on the built website."""

import functools
import http.server
import json
import shutil
import threading

import matplotlib
import numpy as np
import pytest
from conftest import ROOT, SCREENSHOTS
from nbformat.v4 import new_output
from test_pages import Handler, address, barriers, visit  # noqa: F401 (fixtures)

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from tools import figures, website
from utils import plotting

PAGE = """<!doctype html><html lang="en" data-both="yes" data-theme="light"><meta charset="utf-8"><title>Figures</title>
<meta name="viewport" content="width=device-width">
<style>*{box-sizing:border-box} body{margin:1rem;font-family:sans-serif;color:var(--pst-color-text-base);
background:var(--pst-color-background); --pst-color-text-base:#222; --pst-color-background:#fff;
--pst-color-text-muted:#555;--pst-color-primary:#0a5b83;--pst-color-link:#0a5b83;--pst-color-border:#ccc}
img{display:block;max-width:100%;height:auto;padding:.25rem} .visually-hidden{position:absolute;width:1px;height:1px;
overflow:hidden;clip-path:inset(50%)} .row-of-two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr))}</style>
<main><h1>Figures</h1>"""


def curves(shift=0.0):
    axes = plt.subplots()[1]
    losses = np.array([3.0, 2, 1.5, 1.25, 1.125])
    plotting.learning_curves(axes, {"training": losses + shift, "validation": losses + 0.5})
    axes.set(ylim=(0, 4))


def cloud():
    axes = plt.subplots()[1]
    plotting.decision_regions(axes, lambda points: points[:, 0] > 0, [[-1, 1], [1, 2], [2, 1]], [0, 1, 0])


def logits():
    axes = plt.subplots()[1]
    plotting.decision_regions(axes, lambda points: 6 * points[:, 0], [[-1, 1], [1, 2]], [0, 1], threshold=0)


def training():
    plotting.learning_curves(plt.subplots()[1], {"training": [9, 5, 3, 2, 1.5]})


def kept():
    three = plt.subplots(1, 3, figsize=(9, 3), sharey=True)[1]
    for axes, epoch in zip(three, (0, 2, 5), strict=True):
        plotting.decision_regions(axes, lambda points, bend=epoch: points[:, 0] > bend, [[-1, 1], [6, 2]], [0, 1])
        axes.set_title(f"epoch {epoch}")


def matrix():
    plotting.confusion_matrix(plt.subplots()[1], [0, 0, 1, 1, 1], [0, 1, 1, 1, 0], ["no", "yes"])


def layers():
    plt.subplots()[1].stackplot([1, 2, 3], [1, 2, 3], [3, 2, 0.5], labels=["noise", "variance"])


def bars():
    axes = plt.subplots()[1]
    axes.hist([0.5, 1.5, 1.6], bins=[0, 1, 2])
    axes.set(xlabel="value", ylabel="count")


def panels():
    two = plt.subplots(1, 2, sharey=True)[1]
    for number, axes in enumerate(two, 1):
        axes.plot([1, 10, 100], [number, 2 * number, 3 * number])
        axes.set(title=f"run {number}", xscale="log", xlabel="steps")
    two[0].set(ylabel="loss")


def long():
    plt.subplots()[1].plot(np.arange(100), np.arange(100) ** 2)


KINDS = {"curves": curves, "twin": functools.partial(curves, 0.25), "cloud": cloud, "matrix": matrix}
KINDS |= {"logits": logits, "layers": layers, "bars": bars, "panels": panels, "long": long}
KINDS |= {"training": training, "kept": kept}
WIDTHS = (390, 1000, 1400)
ROLES = {("99_made_up", "This is training."): "curve", ("99_made_up", "This is kept."): "snapshots"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Serve a page with a figure of each kind; returns its address and {kind: its panels}."""
    folder = tmp_path_factory.mktemp("figures")
    for name in ("lessons", "figures", "_static"):
        (folder / name).mkdir()
    for name in ("figures.js", "figures.css"):
        shutil.copy(ROOT / "site" / "static" / name, folder / "_static")
    lesson = website.Lesson("99_made_up", [], [], ("pytorch", "tensorflow"))
    images = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "ROLES", ROLES)
        for kind, draw in KINDS.items():
            draw()
            data, metadata = plotting._picture(plt.gcf(), f"This is {kind}.")
            plt.close("all")
            images[kind] = website.output_text(lesson, new_output("display_data", data=data, metadata=metadata))
        (folder / "figures" / "99_made_up.json").write_text(figures.record(lesson.name, lesson.numbers))
    for name, picture in lesson.figures.items():
        (folder / "figures" / name).write_bytes(picture)
    shown = {kind: text.split("\n")[1] for kind, text in images.items()}
    twins = "".join(f"<div class='only'>{shown.pop(kind)}</div>" for kind in ("curves", "twin"))
    body = f"<div class='row-of-two'>{twins}</div>{''.join(shown.values())}{figures.script(lesson.name)}"
    (folder / "lessons" / "page.html").write_text(PAGE + body)
    found = {one["alt"][8:-1]: json.loads(one["panels"]) for one in lesson.numbers.values()}
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/lessons/page.html", found
        server.shutdown()


@pytest.fixture
def opened(made, watched):
    def open_page(**options):
        page = watched.open(**options)
        page.goto(made[0])
        return page

    return open_page


def figure(page, kind):
    return page.locator(".values", has=page.locator(f"img[alt='This is {kind}.']"))


def place_of(box, panel, x, y):
    """Where on the screen a panel shows the place (x, y)."""
    ends = [
        [np.log10(v) if panel[a]["log"] else v for v in (*panel[a]["limits"], at)] for a, at in (("x", x), ("y", y))
    ]
    across, up = ((at - low) / (high - low) for low, high, at in ends)
    left, top, width, height = panel["box"]
    area = box.locator(".values-slider").bounding_box()
    down = top + height * (1 - up)
    return area["x"] + area["width"] * (left + width * across), area["y"] + area["height"] * down


def point_at(page, box, panel, x, y):
    page.mouse.move(*place_of(box, panel, x, y))


@pytest.mark.parametrize(
    ("kind", "panel", "x", "y", "says"),
    [
        ("curves", 0, 2.1, 1.9, "training: epoch 2, loss 2; validation: 2.5"),
        ("curves", 0, 4.9, 2.2, "validation: epoch 5, loss 1.625; training: 1.125"),
        ("cloud", 0, 0.9, 1.9, "class 1: feature 0 1, feature 1 2; where you point, the model gives class 1"),
        ("cloud", 0, -0.1, 1.9, "class 1: feature 0 1, feature 1 2; where you point, the model gives class 0"),
        ("cloud", 0, 0, 1.9, "class 1: feature 0 1, feature 1 2; where you point, the model changes its answer"),
        (
            "logits",
            0,
            -0.8,
            1.1,
            "class 0: feature 0 −1, feature 1 1; where you point, the model gives class 0 (probability above 0.95)",
        ),
        ("matrix", 0, 1.2, 0.9, "actual class yes, predicted class yes: 2"),
        ("layers", 0, 2.1, 3.9, "variance, x 2: 2"),
        ("bars", 0, 1.4, 1.7, "value 1.5, count 2"),
        ("panels", 1, 11, 4.1, "run 2: steps 10, loss 4"),
    ],
)
def test_the_pointer_is_told_the_recorded_numbers(opened, made, kind, panel, x, y, says):
    page = opened(width=1000)
    box = figure(page, kind)
    box.scroll_into_view_if_needed()
    point_at(page, box, made[1][kind][panel], x, y)
    box.get_by_text(says).first.wait_for()
    assert box.locator(".values-readout").inner_text() == says
    assert box.get_by_role("slider").get_attribute("aria-valuetext") == says
    ring, area = box.locator(".values-ring").bounding_box(), box.locator(".values-slider").bounding_box()
    assert area["x"] < ring["x"] < area["x"] + area["width"]
    page.wait_for_function("box => box.querySelector('[role=status]').textContent", arg=box.element_handle())
    assert box.get_by_role("status").inner_text() == says


def test_keys_step_through_the_values_and_the_series(opened, made):
    page = opened()
    box = figure(page, "panels")
    slider = box.get_by_role("slider")
    slider.focus()
    box.get_by_text("run 1: steps 1, loss 1").wait_for()

    def after(key):
        page.keyboard.press(key)
        return slider.get_attribute("aria-valuetext")

    assert after("ArrowRight") == "run 1: steps 10, loss 2"
    assert after("ArrowDown") == "run 2: steps 10, loss 4"
    assert after("End") == "run 2: steps 100, loss 6"
    assert (slider.get_attribute("aria-valuenow"), slider.get_attribute("aria-valuemax")) == ("2", "2")
    assert after("ArrowRight") == "run 2: steps 100, loss 6"
    assert after("Home") == "run 2: steps 1, loss 2"
    assert after("ArrowUp") == "run 1: steps 1, loss 1"
    assert box.get_by_role("status").inner_text() == ""  # the slider itself is spoken


def test_keys_tell_what_the_model_answers_at_each_sample(opened):
    page = opened()
    box = figure(page, "cloud")
    slider = box.get_by_role("slider")
    slider.focus()
    box.get_by_text("class 0: feature 0 −1, feature 1 1; there the model gives class 0").wait_for()
    page.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext").endswith("feature 0 2, feature 1 1; there the model gives class 1")


def test_the_curve_and_the_snapshots_of_its_training_point_at_each_other(opened, made):
    page = opened(width=1000)
    curve, shown = figure(page, "training"), figure(page, "kept")
    curve.scroll_into_view_if_needed()
    curve.locator(".film").wait_for()
    scrubber, said, lit = curve.locator(".film input"), curve.locator(".film span"), shown.locator(".values-lit")
    slider = curve.locator(".values-slider")

    def lit_panel():
        left, width = (float(lit.evaluate(f"node => parseFloat(node.style.{side})")) for side in ("left", "width"))
        boxes = [panel["box"] for panel in made[1]["kept"]]
        (number,) = [n for n, box in enumerate(boxes) if np.allclose([left, width], [100 * box[0], 100 * box[2]])]
        return number

    slider.focus()
    page.keyboard.press("End")
    assert said.inner_text() == "The model after epoch 5" and lit_panel() == 2
    page.keyboard.press("ArrowLeft")
    assert said.inner_text() == "After epoch 4. The last model that was kept by then is that of epoch 2"
    assert lit_panel() == 1 and scrubber.get_attribute("aria-valuetext") == "epoch 2"
    scrubber.focus()
    page.keyboard.press("End")
    assert slider.get_attribute("aria-valuetext") == "training: epoch 5, loss 1.5"
    page.keyboard.press("Home")  # the curve begins after epoch 1
    assert said.inner_text() == "The model after epoch 0" and lit_panel() == 0
    shown.scroll_into_view_if_needed()
    point_at(page, shown, made[1]["kept"][1], 6, 2)
    curve.get_by_text("The model after epoch 2").wait_for()
    assert slider.get_attribute("aria-valuetext") == "training: epoch 2, loss 5" and lit_panel() == 1


def test_the_cut_snapshot_is_the_panel_of_its_figure(opened, made):
    page = opened(width=1000)
    curve = figure(page, "training")
    curve.scroll_into_view_if_needed()
    curve.locator(".film").wait_for()
    page.wait_for_function("[...document.images].every((image) => image.loading !== 'lazy' || image.complete)")
    curve.locator(".film input").fill("2")
    cut, image = curve.locator(".film-cut").bounding_box(), curve.locator(".film-cut img").bounding_box()
    left, top, width, height = made[1]["kept"][2]["box"]
    found = [
        (cut["x"] - image["x"]) / image["width"],
        (cut["y"] - image["y"]) / image["height"],
        cut["width"] / image["width"],
        cut["height"] / image["height"],
    ]
    assert np.allclose(found, [left, top, width, height], atol=0.01)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_answers_to_keys_and_nothing_moves_by_itself(opened, made, width):
    page = opened(width=width, reduced_motion="reduce")
    for kind in KINDS:
        box = figure(page, kind)
        slider = box.get_by_role("slider", name=f"Values: This is {kind}.")
        slider.focus()
        box.locator(".values-ring").wait_for()
        told = [slider.get_attribute("aria-valuetext")]
        for key in ("End", "ArrowDown", "Home"):
            page.keyboard.press(key)
            told.append(slider.get_attribute("aria-valuetext"))
        assert len(set(told)) > 1 and box.locator(".values-readout").inner_text() == told[-1]
        ring = box.locator(".values-ring").bounding_box()
        assert ring["x"] >= 0 and ring["x"] + ring["width"] <= width
    assert page.evaluate("document.getAnimations().length") == 0


def finger(page):
    """Return a function that puts a finger on the page, moves it or takes it away: Chromium's own touch events."""
    session = page.context.new_cdp_session(page)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    return touch


@pytest.mark.parametrize("width", WIDTHS)
def test_every_figure_answers_to_a_finger(opened, made, width):
    page = opened(width=width, has_touch=True)
    for kind in KINDS:
        box, panel = figure(page, kind), made[1][kind][0]
        box.scroll_into_view_if_needed()
        series = panel["series"][0]
        x, y = place_of(box, panel, series["x"][-1], series["y"][-1])
        page.touchscreen.tap(x, y)
        box.locator(".values-ring").wait_for()
        ring = box.locator(".values-ring").bounding_box()
        assert abs(ring["x"] + ring["width"] / 2 - x) < 8 and abs(ring["y"] + ring["height"] / 2 - y) < 8
        assert box.locator(".values-readout").inner_text() == box.get_by_role("slider").first.get_attribute(
            "aria-valuetext"
        )


def test_a_finger_scrubs_a_curve_and_its_snapshots_and_still_scrolls_the_page(opened, made):
    page = opened(width=390, has_touch=True)
    box, panel, touch = figure(page, "training"), made[1]["training"][0], finger(page)
    box.scroll_into_view_if_needed()
    box.locator(".film").wait_for()
    (left, top), (right, _) = place_of(box, panel, 1, 5), place_of(box, panel, 5, 5)
    touch("touchStart", (left, top))
    for step in range(1, 6):
        touch("touchMove", (left + (right - left) * step / 5, top))
    touch("touchEnd")
    box.get_by_text("training: epoch 5, loss 1.5").first.wait_for()
    assert box.locator(".film span").inner_text() == "The model after epoch 5"
    assert box.locator(".values-slider").evaluate("node => getComputedStyle(node).touchAction") == "pan-y pinch-zoom"


@pytest.mark.parametrize(("width", "is_shown"), [(390, True), (1000, False)])
def test_a_small_screen_offers_the_picture_in_full_size(opened, width, is_shown):
    page = opened(width=width)
    link = figure(page, "kept").get_by_role("link", name="Picture in full size")
    assert link.is_visible() == is_shown
    if is_shown:
        source = figure(page, "kept").locator("img.figure").first.get_attribute("src")
        link.click()
        assert page.url.endswith(source.removeprefix(".."))


def test_twins_share_the_cursor(opened):
    page = opened(width=1400)
    one, other = figure(page, "curves"), figure(page, "twin")
    one.get_by_role("slider").focus()
    one.get_by_text("epoch 1").wait_for()
    page.keyboard.press("End")
    other.get_by_text("training: epoch 5, loss 1.375").wait_for()
    assert other.locator(".values-cursor").is_visible()
    page.keyboard.press("ArrowDown")
    assert other.locator(".values-readout").inner_text().startswith("validation: epoch 5, loss 1.625")
    page.mouse.click(5, 5)
    assert not other.locator(".values-cursor").is_visible()


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "long"])
def test_the_table_holds_what_is_drawn(opened, made, kind):
    page = opened()
    box = figure(page, kind)
    box.locator("summary").click()
    box.locator("table").first.wait_for()
    cells = [text.replace("−", "-") for text in box.locator("tbody :is(th, td)").all_inner_texts()]
    for panel in made[1][kind]:
        for series in panel["series"]:
            assert {f"{v:g}" for v in series.get("values", series["y"])} <= set(cells)
    assert box.locator("table").count() == len(made[1][kind])


def test_a_long_table_is_cut_and_says_so(opened):
    box = figure(opened(), "long")
    box.locator("summary").click()
    box.get_by_text("one of every 3 values").wait_for()
    assert box.locator("tbody tr").count() == 34 and box.locator("tbody th").nth(1).inner_text() == "3"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_barrier_and_nothing_too_wide(opened, width, scheme):
    page = opened(width=width, color_scheme=scheme)
    for box in page.locator(".values").all():
        box.locator("summary").click()
    page.locator("table").last.wait_for()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.screenshot(path=SCREENSHOTS / f"figures_{width}_{scheme}.png", full_page=True)


def test_without_scripts_and_on_paper_the_pictures_stand_alone(opened):
    bare = opened(java_script_enabled=False)
    assert bare.locator("img.figure:visible").count() == len(KINDS)
    assert bare.locator(".values").count() == 0
    page = opened()
    page.emulate_media(media="print")
    assert page.locator("img.figure:visible").count() == len(KINDS)
    assert page.locator(".values :is(p, details, .values-slider):visible").count() == 0


def test_numbers_that_cannot_be_had_are_told_in_a_sentence(made, watched):
    page = watched.open()
    page.route("**/99_made_up.json", lambda route: route.abort())
    page.goto(made[0])
    figure(page, "bars").get_by_role("slider").focus()
    figure(page, "bars").get_by_text("could not be loaded").wait_for()


@pytest.mark.parametrize("width", [390, 1400])
def test_the_curve_and_the_model_of_lesson_06_move_together(visit, width):  # noqa: F811
    page = visit("lessons/06_overfitting.html", width=width)
    box = page.locator(".values", has=page.locator("img[data-role=film]"))
    box.scroll_into_view_if_needed()
    box.locator(".film").wait_for()
    scrubber = box.locator(".film input")
    slider, curve = box.locator(".values-slider"), box.locator("polyline")
    start = curve.get_attribute("points")
    scrubber.focus()
    page.keyboard.press("End")
    assert scrubber.get_attribute("aria-valuetext") == "step 100000"
    assert slider.get_attribute("aria-valuetext").startswith("training: step 100000, mean squared error ")
    assert curve.get_attribute("points") != start
    slider.focus()
    page.keyboard.press("Home")
    assert scrubber.input_value() == "0" and curve.get_attribute("points") == start
    assert barriers(page) == []
    box.screenshot(path=SCREENSHOTS / f"film_{width}.png")


@pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
def test_the_curve_of_lesson_03_shows_the_models_that_were_kept(visit, framework):  # noqa: F811
    page = visit(f"lessons/03_networks.html?framework={framework}", width=1000)
    side = page.locator(f".only.{framework}")
    box, shown = (
        side.locator(".values", has=page.locator(f"img[data-role={role}]")) for role in ("curve", "snapshots")
    )
    box.locator("xpath=ancestor::details[1]").locator("summary").first.click()
    box.scroll_into_view_if_needed()
    box.locator(".film").wait_for()
    for key, epoch in [("End", 100), ("Home", 0), ("ArrowRight", 5)]:
        box.locator(".film input").focus()
        page.keyboard.press(key)
        assert box.locator(".film span").inner_text() == f"The model after epoch {epoch}"
    assert shown.locator(".values-lit").is_visible()
    box.screenshot(path=SCREENSHOTS / f"snapshots_{framework}.png")
    assert barriers(page) == []


def test_on_a_dark_page_curves_turn_and_pictures_keep_their_shades(visit):  # noqa: F811
    page = visit("lessons/04_high_level.html?framework=pytorch", color_scheme="dark")
    filters = [
        page.locator(f"img[alt^='{alt}']").first.evaluate("image => getComputedStyle(image).filter")
        for alt in ("Ten pictures", "The boundary bends")
    ]
    assert filters == ["none", "invert(1) hue-rotate(180deg)"]


def test_both_frameworks_of_a_lesson_share_the_cursor(visit):  # noqa: F811
    page = visit("lessons/06_overfitting.html?framework=both", width=1400)
    one, other = page.locator(".row-of-two .values", has=page.locator("img[alt^='Without a remedy']")).all()
    one.locator(".values-slider").focus()
    one.get_by_text("epoch").first.wait_for()
    page.keyboard.press("End")
    other.get_by_text("no remedy: training: epoch 50").wait_for()
