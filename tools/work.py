"""Open the course in JupyterLab, from copies in work/ that belong to the learner and are never overwritten.

.venv/bin/python tools/work.py open [pytorch | tensorflow | both] [JupyterLab's arguments]
python tools/work.py fetch LESSON
python tools/work.py forget ""
"""

import hashlib
import itertools
import json
import os
import re
import sys
from pathlib import Path

from install import PATHS, Problem, ensure_home, installed_path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
WORK = ROOT / "work"
SHIPPED = WORK / ".shipped.json"  # {notebook: SHA-256 of the version that the learner was given last}
BADGE = re.compile(r"\[!\[[^]]*\]\([^)]*\)\]\([^)]*\) *")  # a picture that is a link
START_PAGE = "00_start_here.ipynb"


def main(arguments: list[str]) -> int:
    """Run a command, and turn what stops it into one sentence and an exit status."""
    command, name, *jupyter_arguments = arguments
    try:
        if command == "fetch":
            fetch(name)
        elif command == "forget":
            forget()
        else:
            open_lab(name or installed_path() or "both", jupyter_arguments)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"Cannot use {error.filename or WORK} ({error.strerror}): put that right, then run the same command again.",
            file=sys.stderr,
        )
        return 1
    return 0


def open_lab(path: str, jupyter_arguments: list[str]) -> None:
    """Copy what is missing in work/, announce newer lessons, and become JupyterLab."""
    for lesson in copy_missing(shipped_notebooks(path)):
        number = lesson.split("_")[0]
        print(f"Lesson {lesson} has a newer version: `make fetch LESSON={number}` puts it beside yours, which stays.")
    ensure_home(WORK / ".home")  # for what Jupyter, IPython, matplotlib and Keras keep there
    sys.stdout.flush()
    os.execv(sys.executable, jupyter_command(jupyter_arguments))


def jupyter_command(arguments: list[str]) -> list[str]:
    """Return the command that starts JupyterLab on the start page; arguments win over ours, and the token stays on.

    JupyterLab stops at a setting that is given twice, so ours is left out where the learner has one, by whatever name.
    """
    options = (argument.partition("=")[0] for argument in arguments if argument.startswith("-"))
    given = {option.lstrip("-").rpartition(".")[2].replace("-", "_") for option in options}
    command = [sys.executable, "-m", "jupyterlab"]
    if "news_url" not in given:
        command.append("--LabApp.news_url=None")  # nothing is fetched; tools/install.py switches the question off
    if "ip" not in given:
        command.append("--ip=127.0.0.1")
    if not given & {"root_dir", "notebook_dir"}:
        command.append(f"--ServerApp.root_dir={WORK}")
        if "default_url" not in given:
            command.append(f"--LabApp.default_url=/lab/tree/{START_PAGE}")
    if os.geteuid() == 0:
        command.append("--allow-root")
    return command + arguments


def shipped_notebooks(path: str) -> list[str]:
    """Return the names of a path's notebooks, the start page first."""
    if not (NOTEBOOKS / START_PAGE).is_file():
        raise Problem(
            f"notebooks/{START_PAGE} is missing: get it back with `git checkout notebooks`, or build it with "
            "`make notebooks`."
        )
    found = [notebook for folder in PATHS[path] for notebook in sorted((NOTEBOOKS / folder).glob("*.ipynb"))]
    return [START_PAGE, *(notebook.relative_to(NOTEBOOKS).as_posix() for notebook in found)]


def copy_missing(names: list[str]) -> list[str]:
    """Copy the notebooks that work/ lacks; return the lessons of which there is a newer version."""
    shipped = read_shipped()
    newer = {Path(name).stem for name in names if has_copy(name) and is_newer(name, shipped)}
    for name in names:
        if not has_copy(name):
            give(name, WORK / name)
            shipped[name] = digest(name)
        shipped.setdefault(name, digest(name))
    write_shipped(shipped)
    return sorted(newer)


def has_copy(name: str) -> bool:
    """Tell whether the learner has a file of this name, if only a broken link."""
    return os.path.lexists(WORK / name)


def is_newer(name: str, shipped: dict[str, str]) -> bool:
    """Tell whether the shipped notebook has changed since the learner was given it."""
    return name in shipped and shipped[name] != digest(name)


def fetch(lesson: str) -> None:
    """Put the newest version of a lesson beside the learner's own."""
    every_name = shipped_notebooks("both")
    names = [name for name in every_name if lesson and Path(name).name.startswith(lesson)]
    if not names:
        lessons = ", ".join(sorted({Path(name).stem for name in every_name}))
        raise Problem(f"Name a lesson by its number, as in `make fetch LESSON=00`; there are {lessons}.")
    shipped = read_shipped()
    names = [name for name in names if has_copy(name)] or names
    for name in [name for name in names if is_newer(name, shipped)] or names:
        target = free_name(WORK / name)
        give(name, target)
        shipped[name] = digest(name)
        print(f"Wrote {target.relative_to(ROOT)}.")
    write_shipped(shipped)


def forget() -> None:
    """Remove all that is kept of the learner's progress (utils/progress.py); the notebooks stay."""
    found = [*WORK.glob("progress*.json"), *WORK.glob(".progress.json.*")]
    for path in found:
        path.unlink()
    print(f"Removed {', '.join(sorted(path.name for path in found))}." if found else "Nothing was kept.")


def free_name(target: Path) -> Path:
    """Return the target, or where that exists 01_tensors.new.ipynb, 01_tensors.new2.ipynb and so on."""
    beside = (target.with_suffix(f".new{number}.ipynb") for number in itertools.chain([""], itertools.count(2)))
    return next(name for name in itertools.chain([target], beside) if not os.path.lexists(name))


def give(name: str, target: Path) -> None:
    """Copy a shipped notebook to a place that is free, in one step: nobody meets half a notebook.

    The copy has no outputs, which would answer what the text asks the learner to guess, its set-up is folded, and no
    badge leads away from it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    notebook = json.loads((NOTEBOOKS / name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        if cell.get("id") == "setup":
            cell["metadata"]["jupyter"] = {"source_hidden": True}
        if cell.get("id") == "badges":
            cell["source"] = BADGE.sub("", "".join(cell["source"]))
    part.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, target)


def digest(name: str) -> str:
    """Return the SHA-256 of a shipped notebook."""
    return hashlib.sha256((NOTEBOOKS / name).read_bytes()).hexdigest()


def read_shipped() -> dict[str, str]:
    """Return what the learner was given; where that cannot be read, say so and go on as if nothing were known."""
    try:
        return dict(json.loads(SHIPPED.read_text()))
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError):
        print(
            "work/.shipped.json cannot be read, so lessons that changed before today are not announced; your "
            "notebooks stay as they are."
        )
        return {}


def write_shipped(shipped: dict[str, str]) -> None:
    """Remember what the learner was given."""
    WORK.mkdir(exist_ok=True)
    part = SHIPPED.with_suffix(".part")
    part.write_text(json.dumps(shipped, indent=1))
    os.replace(part, SHIPPED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
