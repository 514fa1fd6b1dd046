"""Hand out a lesson without its solutions: python -m tools.release LESSON [--out FILE]

Writes a zip with both notebooks, their outputs cleared, and the part of the course that they need. Checks say there
whether an answer is written; what it is worth is found where it is graded (`make grade`).
"""

import argparse
import json
import sys
import tempfile
import zipfile
from pathlib import Path

from tools.grading.copying import ROOT, copy_without_answers
from utils.course import CourseError, Lesson, lesson_of

NOT_HANDED_OUT = ("apart.py", "inside.py", "wire.py")  # of the copy of the course: what the sandbox alone needs
ALSO = ("requirements.txt", "requirements.lock", "LICENSE")
OLDEST = (1980, 1, 1, 0, 0, 0)  # a zip of the same course is the same file


def release(lesson: Lesson, file: Path) -> list[str]:
    """Write the zip; returns the names in it."""
    with tempfile.TemporaryDirectory(prefix="release-") as place:
        folder = Path(place)
        copy_without_answers(folder)
        for name in NOT_HANDED_OUT:
            (folder / name).unlink()
        for notebook in sorted((ROOT / "notebooks").rglob(f"{lesson.file}.ipynb")):
            (folder / notebook.relative_to(ROOT / "notebooks")).parent.mkdir(exist_ok=True)
            (folder / notebook.relative_to(ROOT / "notebooks")).write_text(cleared(notebook), encoding="utf-8")
        for name in ALSO:
            (folder / name).write_bytes((ROOT / name).read_bytes())
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "matplotlib" not in path.parts]
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                entry = zipfile.ZipInfo(f"{lesson.file}/{path.relative_to(folder).as_posix()}", OLDEST)
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return [path.relative_to(folder).as_posix() for path in paths]


def cleared(notebook: Path) -> str:
    """A notebook without outputs, and without the folded model answers of its written questions."""
    held = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in held["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    held["cells"] = [cell for cell in held["cells"] if "<summary>Model answers" not in "".join(cell["source"])]
    return json.dumps(held, indent=1, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description="Hand out a lesson without solutions.")
    parser.add_argument("lesson", help="the lesson's number, such as 07")
    parser.add_argument("--out", type=Path, help="the zip (build/LESSON.zip)")
    given = parser.parse_args(arguments)
    try:
        lesson = lesson_of(given.lesson)
        file = given.out or ROOT / "build" / f"{lesson.file}.zip"
        file.parent.mkdir(parents=True, exist_ok=True)
        names = release(lesson, file)
    except CourseError as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Cannot write {error.filename} ({error.strerror}).", file=sys.stderr)
        return 2
    print(f"Wrote {file}: {len(names)} files, no solution among them.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
