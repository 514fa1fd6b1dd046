"""What readers take away, made from the pages of the built website: sheets, slides, and lessons to print.

Each is a page of its own that looks the same on paper as on the screen; tools/printing.py makes PDFs of them.
"""

import html
import re
from collections.abc import Iterable, Iterator
from copy import copy
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

from tools.source import address
from utils.quiz import FRAMEWORKS

STYLE = Path(__file__).resolve().parent.parent / "site" / "static" / "print.css"
# What belongs to a screen only: links of headings, buttons, practice and hints.
OF_THE_SCREEN = ".headerlink, .notebooks, .in-notebook, .practice, .predict, .story, script, noscript, svg"
OF_THE_SCREEN += ", .visually-hidden, .slash"
OPENED = "details.drawing, details.answer"


def public(folder: str = "") -> str:
    """Where GitHub publishes the website, or a folder of it."""
    owner, name = address().split("/")[-2:]
    return f"https://{owner.lower()}.github.io/{name}/{folder}"


def article(page: Path) -> Tag:
    """The text of a built page without what belongs to a screen only."""
    found = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser").find("article")
    assert isinstance(found, Tag), f"{page.name} has no article"
    for gone in found.select(OF_THE_SCREEN):
        gone.decompose()
    return found


def whole(title: str, body: str, classes: str, style: str = "../_static/print.css", script: str = "") -> str:
    """A page of its own."""
    script = f'<script src="{script}" defer></script>' if script else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en" class="{classes}"><head><meta charset="utf-8"><title>{html.escape(title)}'
        f'</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<link rel="icon" href="data:,"><link rel="stylesheet" href="{style}">{script}</head>'
        f"<body><main>{body}</main></body></html>\n"
    )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


# --- sheets ----------------------------------------------------------------------------------------------------------


def write_sheets(website: Path) -> None:
    """Write sheets/terms.html and sheets/errors.html, each for the two sides of one sheet of A4."""
    terms = whole("PyTorch and TensorFlow, term by term", terms_sheet(article(website / "terms.html")), "sheet terms")
    write(website / "sheets" / "terms.html", terms)
    errors = whole("Twenty errors and what they mean", errors_sheet(article(website / "errors.html")), "sheet errors")
    write(website / "sheets" / "errors.html", errors)


def terms_sheet(terms: Tag) -> str:
    """The lessons' tables in one; a row that an earlier lesson has is left out."""
    parts = ["<h1>PyTorch and TensorFlow, term by term</h1>", "<div>"]
    seen: set[tuple[str, ...]] = set()
    for section in terms.select("section section"):
        head, table = section.find("h2"), section.find("table")
        assert isinstance(head, Tag) and isinstance(table, Tag)
        heads = [cell.get_text().strip() for cell in table.select("thead th")]
        first = heads.index(next(name for name in heads if "PyTorch" in name))
        columns = [first, *(n for n in range(len(heads)) if n != first)]  # a table of two may begin with Keras
        if len(heads) == 3:
            columns = [0, 1, 2]
        rows = []
        for row in table.select("tbody tr"):
            cells = [inner(row.find_all("td")[n]) for n in columns]
            key = tuple(cells[-2:])
            if key not in seen:
                seen.add(key)
                rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        names = "".join(f'<th scope="col">{html.escape(heads[n])}</th>' if heads[n] else "<td></td>" for n in columns)
        title = html.escape(head.get_text().strip())
        caption = f'<table class="of-{len(heads)}"><caption>{title}</caption><thead><tr>{names}</tr></thead>'
        parts.append(f"{caption}<tbody>{''.join(rows)}</tbody></table>")
    return "\n".join([*parts, "</div>", footer("terms.html")])


def errors_sheet(errors: Tag) -> str:
    """The errors on one side, the mistakes that raise none on the other."""
    sections = [part for part in errors.select("section section") if isinstance(part, Tag)]
    told = [part for part in sections if part.select(".side")]
    (silent,) = (part for part in sections if not part.select(".side"))
    head, *rest = (str(child) for child in silent.find_all(True, recursive=False) if child.name != "span")
    return "\n".join(
        [
            "<h1>Twenty errors and what they mean</h1>",
            f"<div>{''.join(str(part) for part in told)}</div>",
            f'<section class="silent">{head}<div>{"".join(rest)}</div></section>',
            footer("errors.html"),
        ]
    )


def inner(cell: Tag) -> str:
    paragraph = cell.find("p")
    return (paragraph if isinstance(paragraph, Tag) else cell).decode_contents()


def footer(page: str) -> str:
    return f"<footer>{public(page).removeprefix('https://')} · CC BY 4.0</footer>"


# --- slides ----------------------------------------------------------------------------------------------------------


def write_slides(website: Path) -> None:
    """Write slides/<lesson>.html for every lesson: its figures and its questions."""
    for page in sorted((website / "lessons").glob("*.html")):
        text = article(page)
        title = name_of(text)
        body = "\n".join(slides(text, title))
        write(website / "slides" / page.name, whole(title, body, "slides", script="../_static/slides.js"))


def slides(lesson: Tag, title: str) -> Iterator[str]:
    """A slide for the title, for each figure with its sentence and for each question; answers follow their question."""
    yield slide(
        f"<h1>{html.escape(title)}</h1><p>Figures and questions. {public().removeprefix('https://')}</p>", "title"
    )
    section, shown = "", set()
    for found in lesson.select("h2, h3, h4, img.figure, .quiz"):
        if found.name in ("h2", "h3", "h4"):
            section = html.escape(found.get_text().strip())
        elif found.name == "img":
            framework = framework_of(found)
            place = (section, str(found["alt"]))
            if place in shown:  # the twin's figure says the same
                continue
            shown.add(place)
            label = f" <small>{FRAMEWORKS[framework]}</small>" if framework else ""
            picture = f'<img src="{found["src"]}" alt="" width="{found["width"]}" height="{found["height"]}">'
            yield slide(f"<h2>{section}{label}</h2>{picture}<p>{html.escape(str(found['alt']))}</p>", "figure")
        else:
            framework = framework_of(found)
            label = f" <small>{FRAMEWORKS[framework]}</small>" if framework else ""
            answers = [str(because) for because in found.select("[data-right] .because")]
            asked = copy(found)
            for fold in asked.select("details"):
                fold.decompose()
            yield slide(f"<h2>{section}{label}</h2>{asked}", "question")
            right = ", ".join(f"{option['data-option']})" for option in found.select("[data-right]"))
            yield slide(f"<h2>{section}{label}</h2><p>{right}</p>{''.join(answers)}", "answer")


def slide(body: str, kind: str) -> str:
    return f'<section class="slide {kind}">{body}</section>'


def framework_of(element: Tag) -> str:
    """The framework whose readers see an element, or "" where all do."""
    own = element.find_parent(class_="only")
    return next((f for f in FRAMEWORKS if own and f in (own.get("class") or ())), "")


def name_of(lesson: Tag) -> str:
    head = lesson.find("h1")
    assert isinstance(head, Tag)
    return head.get_text().strip()


# --- a lesson on paper -----------------------------------------------------------------------------------------------


def frameworks_in(lesson: Tag) -> list[str]:
    """The frameworks whose cells a lesson has; the first lesson has none."""
    return [f for f in FRAMEWORKS if lesson.select_one(f".only.{f}")]


def paper(page: Path, framework: str, prefix: str = "") -> str:
    """A lesson for one framework's readers: outputs shown, hints left out, answers and solutions at the end.

    Links to other pages lead to the public website. `prefix` goes before every anchor, so that lessons can stand in one
    document.
    """
    text = article(page)
    for other in FRAMEWORKS.keys() - {framework}:
        for gone in text.select(f".only.{other}, .name.{other}"):
            gone.decompose()
    for played in text.select(".playground"):
        played.replace_with(
            new("p", f"The playground is at {public(f'lessons/{page.name}').removeprefix('https://')}.")
        )
    for fold in text.select(OPENED):
        fold.replace_with(*contents(fold))
    ends = [*answers(text), *solutions(text)]
    for hint in text.select("details"):
        hint.decompose()
    if ends:
        text.append(
            BeautifulSoup('<section><h2 id="answers-and-solutions">Answers and solutions</h2></section>', "html.parser")
        )
        for part in ends:
            text.select("section")[-1].append(part)
    for element in text.select("[id]"):
        element["id"] = prefix + str(element["id"])
    for link in text.select("a[href]"):
        place = str(link["href"])
        link["href"] = (
            f"#{prefix}{place[1:]}" if place.startswith("#") else urljoin(public(f"lessons/{page.name}"), place)
        )
    for link in text.select("a.external"):
        if link.get_text() not in str(link["href"]):  # paper cannot be clicked
            link.insert_after(f" ({str(link['href']).removeprefix('https://')})")
    for picture in text.select("img"):
        picture["src"] = (page.parent / str(picture["src"])).resolve().as_uri()
        del picture["loading"]
    return text.decode_contents()


def contents(fold: Tag) -> list[Tag]:
    """What a fold holds, without its summary."""
    body = fold.select_one(".sd-summary-content")
    assert body is not None
    return list(body.find_all(True, recursive=False))


def new(name: str, text: str) -> Tag:
    tag = BeautifulSoup(f"<{name}></{name}>", "html.parser").find(name)
    assert isinstance(tag, Tag)
    tag.string = text
    return tag


def answers(text: Tag) -> Iterable[Tag]:
    """The reasons of all options, taken out of the questions."""
    found = []
    for quiz in text.select(".quiz"):
        asked = quiz.select_one("p > strong")
        found.append(new("h3", asked.get_text().rstrip(".") if asked else "Question"))
        for option in quiz.select("[data-option]"):
            because, verdict = option.select_one(".because"), option.select_one(".because strong")
            assert because and verdict
            verdict.string = f"{'✓' if option.has_attr('data-right') else '✗'} {option['data-option']})"
            found.append(because.extract())
    return found


def solutions(text: Tag) -> Iterable[Tag]:
    """The solutions of the tasks, each under the heading of its task."""
    found = []
    for fold in text.select("details"):
        summary = fold.find("summary")
        if not isinstance(summary, Tag) or summary.get_text().strip() != "Solution":
            continue
        head = fold.find_previous(re.compile("^h[2-4]$"))
        assert isinstance(head, Tag)
        found += [new("h3", head.get_text().strip()), *(child.extract() for child in contents(fold))]
    return found
