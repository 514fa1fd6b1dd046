"""Hand out a lesson without its solutions: python -m tools.release LESSON; --help lists the options.

Writes a zip with both notebooks, their outputs cleared, and the part of the course that they need. Checks say there
whether an answer is written; what it is worth is found where it is graded (`make grade`).
"""

import argparse
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from tools.grading.copying import ROOT, copy_without_answers
from tools.grading.drawing import Copy, copy_for, said_of_usual_data
from tools.grading.notebooks import BEGINS
from tools.source import address
from utils.course import CourseError, Lesson, lesson_of
from utils.data import DRAWN

NOT_HANDED_OUT = "tools/"  # of the copy of the course: what the sandbox alone needs
WORKFLOW = ".github/workflows/autograding.yml"
ALSO = ("requirements.txt", "requirements.lock", "LICENSE")
OLDEST = (1980, 1, 1, 0, 0, 0)  # a zip of the same course is the same file
MARK = "\n\n*(This was said of the course's usual data. Yours are other data, for which it may not hold.)*"


def course_files() -> dict[str, bytes]:
    """{path in the zip: content} of the part of the course that a notebook needs."""
    with tempfile.TemporaryDirectory(prefix="release-") as place:
        folder = Path(place)
        copy_without_answers(folder)
        for name in ALSO:
            (folder / name).write_bytes((ROOT / name).read_bytes())
        files = [path for path in folder.rglob("*") if path.is_file() and "matplotlib" not in path.parts]
        paths = {path.relative_to(folder).as_posix(): path for path in files}
        return {name: path.read_bytes() for name, path in paths.items() if not name.startswith(NOT_HANDED_OUT)}


def release(lesson: Lesson, file: Path, files: dict[str, bytes], copy: Copy | None = None) -> list[str]:
    """Write the zip of one copy; returns the names in it."""
    held = dict(files)
    for path in (ROOT / "notebooks").rglob(f"{lesson.file}.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        clear(book)
        if copy:
            say_whose_data(book, lesson, copy)
        text = json.dumps(book, indent=1, ensure_ascii=False) + "\n"
        held[path.relative_to(ROOT / "notebooks").as_posix()] = text.encode()
    held[WORKFLOW] = workflow(lesson).encode()
    if copy:
        held[DRAWN.relative_to(ROOT).as_posix()] = json.dumps({"seed": copy.seed}).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(held.items()):
            archive.writestr(zipfile.ZipInfo(f"{lesson.file}/{name}", OLDEST), content, zipfile.ZIP_DEFLATED)
    return sorted(held)


def workflow(lesson: Lesson) -> str:
    """The workflow that grades the lesson on GitHub, with the course's own repository in it."""
    text = (ROOT / "tools" / "grading" / "autograding.yml").read_text(encoding="utf-8")
    course = address().removeprefix("https://github.com/")
    return text.replace("COURSE", course).replace("LESSON", lesson.number)


def clear(book: dict[str, Any]) -> None:
    """Take the outputs out of a notebook, and the folded model answers of its written questions."""
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    book["cells"] = [cell for cell in book["cells"] if "<summary>Model answers" not in "".join(cell["source"])]


def say_whose_data(book: dict[str, Any], lesson: Lesson, copy: Copy) -> None:
    """Write the copy's line into the cell that begins the lesson, and mark what may not hold for its data."""
    section, pictures = "", []
    for cell in book["cells"]:
        text = "".join(cell["source"])
        section = (re.findall(r"^## (\d+)\.", text, re.MULTILINE) or [section])[-1]
        said = any(part in re.sub(r'"\n *"', "", text) for part in said_of_usual_data(lesson))
        if cell["cell_type"] == "code" and BEGINS.search(text):
            cell["source"] = f"{text}\n{copy.line}"
        elif cell["cell_type"] == "code" and said:
            pictures.append(section)
        elif said:
            cell["source"] = text + MARK
    note = (
        f"**The data of this copy are drawn for it** (number {copy.seed}), so your numbers differ from those of other "
        "copies. Where the text names a number of the course's usual data, a line below says so. The descriptions of "
        f"the figures in sections {', '.join(dict.fromkeys(pictures))} are those of the usual data too."
    )
    book["cells"].insert(1, {"cell_type": "markdown", "id": "drawn", "metadata": {}, "source": note})


def copies(lesson: Lesson, out: Path, word: str, learners: Path | None) -> dict[Path, Copy | None]:
    """{zip: what it is handed out with}: one for all, or one for each name in a file. Raises CourseError, OSError."""
    if not word:
        if learners:
            raise CourseError("Data for each learner need a word of yours: add SEED=... (any text that you keep).")
        return {out: None}
    if not said_of_usual_data(lesson):
        raise CourseError(
            f"Lesson {lesson.number} has no other data to draw: its answers are tried with the grader's own anyway."
        )
    if not learners:
        return {out: copy_for(word)}
    names = [line.strip() for line in learners.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
    if not names or len({" ".join(name.split()) for name in names}) < len(names):
        raise CourseError(f"{learners} should hold one name per line, each once.")
    found = {out.with_suffix("") / f"{_file_name(name)}.zip": copy_for(word, name) for name in names}
    if len(found) < len(names):
        raise CourseError(f"Two names in {learners} would give one file name: make them differ in letters or digits.")
    return dict(found)


def _file_name(name: str) -> str:
    return re.sub(r"\W+", "-", name).strip("-") or "learner"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description="Hand out a lesson without solutions.")
    parser.add_argument("lesson", help="the lesson's number, such as 07")
    parser.add_argument("--out", type=Path, help="the zip (build/LESSON.zip)")
    parser.add_argument("--seed", default="", help="a word: draw other data by it; the grader needs the same word")
    parser.add_argument("--learners", type=Path, help="a file of names, one per line: a zip with own data for each")
    given = parser.parse_args(arguments)
    try:
        lesson = lesson_of(given.lesson)
        out = given.out or ROOT / "build" / f"{lesson.file}.zip"
        wanted, files = copies(lesson, out, given.seed, given.learners), course_files()
        for file, copy in wanted.items():
            names = release(lesson, file, files, copy)
            print(f"Wrote {file}: {len(names)} files, no solution among them{f'; data {copy.seed}' if copy else ''}.")
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Cannot use {error.filename} ({error.strerror}).", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
