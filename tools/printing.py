"""Print the website's lessons, the whole course and the sheets as PDF, by Chromium's own print.

`python -m tools.website --pdf` does it after a build. The PDFs are tagged, so the figures keep their sentences, and
have an outline and page numbers. They are printed one after the other: a browser takes all the memory that it gets.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tools import handouts
from tools.handouts import STYLE
from utils.quiz import FRAMEWORKS

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox and no GPU, as in a container: the pages are our own.
FLAGS: tuple[str, ...] = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)
FLAGS += ("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline")
SECONDS = 300


class PrintError(Exception):
    """Why there is no PDF, in one sentence."""


def find_chromium() -> str:
    """The system's Chromium or Chrome, or the one that CHROME names."""
    asked = os.environ.get("CHROME")
    found = shutil.which(asked) if asked else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    if asked:
        raise PrintError(f"CHROME={asked} cannot be run: name an installed Chromium or Chrome.")
    raise PrintError(
        "PDFs are printed by Chromium or Chrome, and none was found: install it (on Debian or Ubuntu: sudo apt install "
        "chromium) or name yours, as in `make pdf CHROME=/path/to/chrome`."
    )


def print_page(page: Path, pdf: Path) -> None:
    """Print one page."""
    pdf.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            find_chromium(),
            *FLAGS,
            f"--user-data-dir={profile}",
            f"--print-to-pdf={pdf}",
            page.resolve().as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, errors="replace")
        except subprocess.TimeoutExpired:
            raise PrintError(f"{page.name} was not printed within {SECONDS} seconds.") from None
    if done.returncode or not pdf.is_file():
        raise PrintError(f"Chromium could not print {page.name}: {done.stderr.strip()[-500:]}")


def write_pdfs(website: Path) -> None:
    """Print the sheets, every lesson and the whole course into the website's folder pdf."""
    for name in ("terms", "errors"):
        print_page(website / "sheets" / f"{name}.html", website / "pdf" / f"{name}.pdf")
    lessons = sorted((website / "lessons").glob("*.html"))
    for page in lessons:
        own = handouts.frameworks_in(handouts.article(page))
        for framework in own or [""]:
            name = f"{page.stem}-{framework}" if framework else page.stem
            print_lessons([page], framework, website / "pdf" / f"{name}.pdf")
    for framework in FRAMEWORKS:
        print_lessons(lessons, framework, website / "pdf" / f"course-{framework}.pdf")


def print_lessons(pages: list[Path], framework: str, pdf: Path) -> None:
    """Print one lesson, or several in one document with a list of them."""
    title = "Neural Network Frameworks: PyTorch and TensorFlow, side by side"
    names = [handouts.name_of(handouts.article(page)) for page in pages]
    front = ""
    if len(pages) > 1:
        listed = "".join(
            f'<li><a href="#{page.stem}">{page.stem[:2]} {name}</a></li>'
            for page, name in zip(pages, names, strict=True)
        )
        front = f'<section class="front"><h1>{title}</h1><p>{FRAMEWORKS[framework]}</p><ul>{listed}</ul></section>'
    elif framework:
        title = f"{names[0]} ({FRAMEWORKS[framework]})"
    else:
        title = names[0]
    body = front + "".join(
        f'<article id="{page.stem}">{handouts.paper(page, framework, f"{page.stem}-")}</article>' for page in pages
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{pdf.stem}.html"
        file.write_text(handouts.whole(title, body, "paper", style=STYLE.as_uri()), encoding="utf-8")
        print_page(file, pdf)
