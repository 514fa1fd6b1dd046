"""The course in a real JupyterLab: the playground, a live curve, every notebook from opening to its typed tasks.

JupyterLab puts only the cells near the view into the page, so the tests scroll to what they look for and judge a run
by the saved file.
"""

import contextlib
import html
import inspect
import itertools
import re
import time

import nbformat
import pytest
from conftest import ROOT, SCREENSHOTS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from utils.catalogue import framework_of
from utils.check import Session
from utils.messages import as_html
from utils.playground import PLAYGROUND, TEXT
from utils.quiz import Quiz

NOTEBOOKS = sorted(path.relative_to(ROOT / "notebooks").as_posix() for path in (ROOT / "notebooks").rglob("*.ipynb"))
SHOW = "from utils.playground import show_overfitting_playground\n\nshow_overfitting_playground()"
PLACE = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer"
VIEW = 1600  # pixels high: the more cells at once, the less scrolling
SECONDS = 240  # for a whole notebook on a slow machine
SCROLL_ON = """view => {
    const before = view.scrollTop;
    view.scrollBy(0, 0.7 * view.clientHeight);
    return view.scrollTop - before;
}"""
WIDTHS = """images => Promise.all(images.map(async (image) => {
    await image.decode().catch(() => 0);  // a picture that just came into view; a broken one has no width
    return [image.src, image.naturalWidth];
}))"""
IMPORTED = {"np", "torch", "nn", "tf", "keras"}  # in every notebook that they belong to
# What a translated task may need.
IMPORTS = {"pytorch": "import torch\nfrom torch import nn\n", "tensorflow": "import tensorflow as tf\n"}


class Opened:
    """A notebook that is open in JupyterLab."""

    def __init__(self, lab, page, name):
        self.lab, self.page, self.name, self.file = lab, page, name, lab.work / name
        page.goto(lab.address(name))
        page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
        self.wait_until_idle()

    def wait_until_idle(self):
        """Wait for the status bar's Idle; where JupyterLab asks for a kernel, take the one it proposes."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            if self.page.locator(".jp-Dialog").count():
                self.page.locator(".jp-Dialog button.jp-mod-accept").first.click()
            if self.page.locator("#jp-main-statusbar").get_by_text(re.compile(r"\| Idle")).count():
                return
            self.page.wait_for_timeout(200)
        raise AssertionError(f"{self.name} is not idle after {SECONDS} s")

    def menu(self, menu, item):
        self.page.get_by_role("menuitem", name=menu, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()

    def run_all(self):
        """Run every cell by the menu, and return the saved notebook."""
        self.menu("Run", "Run All Cells")
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            for _ in range(3):  # between two cells the kernel is idle for a moment
                self.page.wait_for_timeout(400)
                self.wait_until_idle()
            saved = self.save()
            if all(cell.execution_count for cell in saved.cells if cell.cell_type == "code" and cell.source.strip()):
                return saved
        raise AssertionError(f"{self.name}: not every cell has run after {SECONDS} s")

    def save(self):
        before = self.file.stat().st_mtime_ns
        self.menu("File", "Save Notebook")
        for _ in range(100):
            self.page.wait_for_timeout(100)
            if self.file.stat().st_mtime_ns != before:
                with contextlib.suppress(nbformat.reader.NotJSONError):  # half written: look again
                    return nbformat.read(self.file, as_version=4)
        raise AssertionError(f"{self.name} was not saved within 10 s")

    def scroll_through(self):
        """Scroll from the top to the end, a view at a time; yields after each step."""
        place = self.page.locator(PLACE)
        place.evaluate("view => view.scrollTo(0, 0)")
        while True:
            self.page.wait_for_timeout(150)
            yield
            if place.evaluate(SCROLL_ON) < 1:
                return

    def find_cell(self, text):
        """Scroll until the code cell that holds this text is on the page; look first where the page is."""
        cell = self.page.locator(".jp-CodeCell").filter(has=self.page.locator(".cm-content", has_text=text))
        for _ in itertools.chain([None], self.scroll_through()):
            if cell.count():
                cell.last.scroll_into_view_if_needed()
                return cell.last
        raise AssertionError(f"{self.name} shows no code cell with {text!r}")

    def pictures(self):
        """Return the width of every distinct picture that the outputs show."""
        widths = {}
        for _ in self.scroll_through():
            widths.update(dict(self.page.locator(".jp-OutputArea-output img").evaluate_all(WIDTHS)))
        return list(widths.values())

    def type_and_run(self, cell, source):
        """Replace a cell's text as a learner does, and run it."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Control+Enter")

    def close(self):
        """End the kernel: a dozen of them would fill the memory."""
        for session in re.findall(r'"id": ?"([^"]+)", "path"', self.lab.ask("GET", "api/sessions").decode()):
            self.lab.ask("DELETE", f"api/sessions/{session}")


@pytest.fixture
def open_notebook(lab, watched):
    """Return a function that opens a notebook of the work folder; its kernel ends with the test."""
    opened = []

    def open_by_name(name):
        opened.append(Opened(lab, watched.open(width=1200, height=VIEW), name))
        return opened[-1]

    yield open_by_name
    for notebook in opened:
        notebook.close()


@pytest.fixture
def playground_notebook(lab):
    """Write a notebook that shows the playground, as saved by somebody else: nothing in it is trusted."""
    output = {"text/html": (PLAYGROUND / "overfitting.html").read_text(encoding="utf-8"), "text/plain": TEXT}
    cells = [
        new_code_cell(f"import sys\n\nsys.path.insert(0, {str(ROOT)!r})", execution_count=1),
        new_code_cell(SHOW, execution_count=2, outputs=[new_output("display_data", output)]),
        *(new_markdown_cell(f"Paragraph {number}.\n\n" + "Text. " * 400) for number in range(30)),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), lab.work / "playground.ipynb")
    return "playground.ipynb"


def cells_in_file(notebook):
    return [cell.source for cell in notebook.save().cells]


def test_playground_starts_with_its_cell_and_leaves_the_keys_alone(open_notebook, playground_notebook):
    notebook = open_notebook(playground_notebook)
    page = notebook.page
    assert page.get_by_text("Run this cell to start the playground").is_visible()
    assert page.get_by_role("button", name="Train").count() == 0

    before = cells_in_file(notebook)
    notebook.run_all()
    notebook.find_cell("show_overfitting_playground")
    page.get_by_role("slider", name="Training points").focus()
    for key in ("ArrowRight", "ArrowUp", "a", "b", "x", "ArrowDown"):  # JupyterLab's keys for moving and adding cells
        page.keyboard.press(key)
    assert page.get_by_role("slider", name="Training points").get_attribute("aria-valuetext") == "30"
    page.get_by_role("button", name="Train").click()
    page.locator("polyline.network.fit").wait_for(state="attached")

    # Out of view, so perhaps out of the page.
    page.locator(PLACE).evaluate("view => view.scrollTo(0, view.scrollHeight)")
    page.wait_for_timeout(1000)
    notebook.find_cell("show_overfitting_playground")
    status = page.locator("overfitting-playground").get_by_role("status")
    status.filter(has_text="Epoch 2000:").wait_for(timeout=60_000)
    status.scroll_into_view_if_needed()
    page.screenshot(path=SCREENSHOTS / "lab_playground.png")
    assert cells_in_file(notebook) == before


def test_playground_in_the_dark_theme(open_notebook, playground_notebook):
    notebook = open_notebook(playground_notebook)
    page = notebook.page
    notebook.run_all()
    notebook.find_cell("show_overfitting_playground")
    colour = "node => getComputedStyle(node).color"
    light = page.locator("circle.training").first.evaluate(colour)
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Theme", exact=True).hover()
    page.locator(".lm-Menu-itemLabel").get_by_text("JupyterLab Dark", exact=True).click()
    page.locator("body[data-jp-theme-light=false]").wait_for(state="attached")
    page.wait_for_timeout(500)
    assert page.locator(".all").evaluate(colour) == "rgb(255, 255, 255)"  # it follows the theme by itself
    assert page.locator("circle.training").first.evaluate(colour) != light
    page.get_by_role("button", name="Train").click()
    page.locator("overfitting-playground").get_by_role("status").filter(has_text="Epoch 2000:").wait_for(timeout=60_000)
    page.screenshot(path=SCREENSHOTS / "lab_playground_dark.png")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebook_runs_and_its_tasks_answer(lab, open_notebook, name):
    """Run All, look at the figures, then do the tasks as a learner does: a wrong answer and a right one each."""
    built = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    allowed = [cell.source for cell in built.cells if "raises-exception" in cell.metadata.get("tags", [])]
    copy = nbformat.read(lab.work / name, as_version=4)
    assert not any(cell.get("outputs") for cell in copy.cells)  # so all that is seen comes from this run
    notebook = open_notebook(name)
    saved = notebook.run_all()
    failed = [
        cell.source
        for cell in saved.cells
        if cell.cell_type == "code" and any(output.output_type == "error" for output in cell.outputs)
    ]
    assert [source for source in failed if source not in allowed] == []
    assert notebook.page.get_by_text("Jupyter news").count() == 0  # the popup would hide a corner of the lesson
    pictures = notebook.pictures()
    notebook.page.screenshot(path=SCREENSHOTS / f"lab_{name.replace('/', '_')}.png")
    assert len(pictures) == len(pictures_in(saved)) == len(pictures_in(built))
    assert all(width > 100 for width in pictures)
    assert do_tasks(notebook, name) >= 3


def pictures_in(notebook):
    """Return the distinct pictures in a notebook's outputs."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return {output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})}


def do_tasks(notebook, name):
    """Type answers into every starter cell and read what is said; returns how many wrong ones were recognised."""
    framework = name.partition("/")[0] if "/" in name else "neutral"
    session = Session(name.rpartition("/")[2].removesuffix(".ipynb"), framework)
    recognised = 0
    for task in session.tasks.values():
        cell = notebook.find_cell(f'check("{task.name}"')
        for source, said in wrong_answers(session, task):
            notebook.type_and_run(cell, source)
            wait_for_output(cell, said)
            notebook.page.screenshot(path=SCREENSHOTS / f"lab_{name.replace('/', '_')}_wrong.png")
            recognised += 1
        notebook.type_and_run(cell, right_answer(session, task))
        wait_for_output(cell, f"✓ {task.name}: right.")
    notebook.page.screenshot(path=SCREENSHOTS / f"lab_{name.replace('/', '_')}_right.png")
    return recognised


def right_answer(session, task):
    if isinstance(task, Quiz):
        return f'check("{task.name}", "{task.right.letter}")'
    return f'{session.source(task)}\n\n\ncheck("{task.name}")'


def wrong_answers(session, task):
    """Yield (what to type, the sentence it gets) of a wrong option, or of one mistake that can be typed in as it is."""
    if isinstance(task, Quiz):
        option = next(option for option in task.options if not option.right)
        yield (
            f'check("{task.name}", "{option.letter}")',
            f"✗ {task.name}: not {option.letter!r}. {option.because}",
        )
        return
    for mistake, sentence in session.entry(task).mistakes().items():
        for function in session.entry(task).variants(mistake):
            if not task.value and stands_alone(session.entry(task).functions[function]):
                source = inspect.getsource(session.entry(task).functions[function]).replace(function, task.name)
                imports = IMPORTS[framework_of(task, session.framework)] if task.translate else ""
                yield f'{imports}{source}\n\ncheck("{task.name}")', f"✗ {task.name}: {sentence}"
                return


def stands_alone(function):
    """Whether a function uses nothing of its module but what notebooks import too, so that it can be typed in."""
    own = vars(inspect.getmodule(function))
    return inspect.isfunction(function) and not names_in(function.__code__) & own.keys() - IMPORTED


def names_in(code):
    """The names of globals and attributes in a function's code and in the functions within it."""
    inner = [names_in(constant) for constant in code.co_consts if inspect.iscode(constant)]
    return set(code.co_names).union(*inner)


def wait_for_output(cell, text):
    """Wait for a message that begins with this text, as the page shows it."""
    shown = html.unescape(re.sub("<[^>]*>", "", as_html(text)))
    cell.locator(".jp-OutputArea-output").filter(has_text=shown).first.wait_for(timeout=120_000)


def test_a_live_curve_moves(lab, open_notebook):
    lines = ["import sys, time", f"sys.path.insert(0, {str(ROOT)!r})", "from utils import plotting", ""]
    lines += ['with plotting.LiveCurve(alt="A curve that grows.") as live:', "    for epoch in range(200):"]
    lines += ["        time.sleep(0.05)", "        live.update(loss=1 / (1 + epoch))"]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    written = new_notebook(cells=[new_code_cell("\n".join(lines))], metadata={"kernelspec": kernel})
    nbformat.write(written, lab.work / "live.ipynb")
    notebook = open_notebook("live.ipynb")
    notebook.menu("Run", "Run All Cells")
    seen, picture = set(), notebook.page.locator(".jp-OutputArea-output img")
    deadline = time.monotonic() + 60
    while len(seen) < 3 and time.monotonic() < deadline:
        notebook.page.wait_for_timeout(200)
        if picture.count():
            seen.add(picture.first.get_attribute("src"))
    assert len(seen) >= 3
    assert picture.count() == 1
