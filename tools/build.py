"""Build the notebooks that learners open from the lessons that we write.

    python -m tools.build            build what has changed, and say why
    python -m tools.build 01         the same for lesson 01 only
    python -m tools.build --run 01   run the notebooks of lesson 01 (or all), whether anything has changed or not
    python -m tools.build --stamp    write the repository's address into notebooks and README, and run nothing

A notebook runs when something that its outputs depend on has changed (tools/dependencies.py); after a change of its
text alone it takes its old outputs. An old notebook is replaced only by a whole and good one.
"""

import json
import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from tools import assemble, source
from tools.assemble import badge, make_notebook, setup
from tools.dependencies import code, dependencies, digest
from tools.source import Cell, LessonError, address, cells_of, notebooks_of, read_lesson, title_of, website_address
from tools.teaching import write_teaching
from utils import predictions, quiz
from utils.catalogue import CatalogueError, validate
from utils.course import CourseError, course
from utils.quiz import QuizError

MAKERS = tuple(
    map(Path, (assemble.__file__, source.__file__, quiz.__file__, predictions.__file__))
)  # what writes the text of the cells
CELL_SECONDS = 120  # an executed cell that takes longer is taken for a hang


# --- running ---------------------------------------------------------------------------------------------------------


def run(path: Path, cells: list[Cell], notebook: Any, folder: Path) -> None:
    """Execute the notebook of `cells` in `folder`; LessonError names the first cell that fails or is noisy."""
    import nbclient

    lines = [cells[0].line] * 3 + [cell.line for cell in cells[1:]]  # the badges and the setup cell come second
    started = [0]
    client = nbclient.NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=lambda cell, cell_index: started.append(cell_index),
    )
    code_cells = [(index, cell) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code"]
    try:
        with client.setup_kernel():  # not execute(), which tells an interrupt as a kernel that died
            for count, (index, cell) in enumerate(code_cells, 1):
                client.execute_cell(cell, index, execution_count=count)
    except (nbclient.exceptions.CellControlSignal, nbclient.exceptions.DeadKernelError) as error:
        raise LessonError(f"{path.name}:{lines[started[-1]]}: the cell failed: {_reason(error)}") from None
    for cell, line in zip(notebook.cells, lines, strict=True):
        if cell.cell_type == "code":
            cell.outputs = clean(cell.outputs)
            fault = _noise(cell.outputs)
            if fault:
                raise LessonError(f"{path.name}:{line}: {fault}")


def _reason(error: Exception) -> str:
    """What nbclient's long message comes to, in one line."""
    import nbclient

    if isinstance(error, nbclient.exceptions.CellExecutionError):
        return f"{error.ename}: {error.evalue}".strip()
    if isinstance(error, nbclient.exceptions.CellTimeoutError):
        return f"it takes longer than {CELL_SECONDS} seconds"
    return "the kernel died"


def clean(outputs: list) -> list:
    """Outputs without what changes from run to run: streams joined, no timing, no transient data."""
    joined: list = []
    for output in outputs:
        output.pop("transient", None)
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def texts(outputs: list) -> list[tuple]:
    """What a cell shows, pictures aside, in the form in which it is compared."""
    shown = []
    for output in clean(outputs):
        data = {kind: content for kind, content in output.get("data", {}).items() if kind != "image/png"}
        shown.append((output.output_type, output.get("text"), data, output.get("ename"), output.get("evalue")))
    return shown


def _noise(outputs: list) -> str | None:
    """What must not be saved: error stream, paths of this machine."""
    errors = [o.text for o in outputs if o.output_type == "stream" and o.name == "stderr"]
    if errors:
        first_line = errors[0].strip().partition("\n")[0]
        return f"the cell writes to the error stream: {first_line[:120]}"
    text = json.dumps([_without_images(output) for output in outputs], ensure_ascii=False)
    for private in (str(source.COURSE), str(Path.home()) + os.sep, tempfile.gettempdir() + os.sep, "/ipykernel_"):
        if private in text:
            return f"the output holds a path of this machine ({private})"
    return None


def _without_images(output: Any) -> dict:
    data = {kind: content for kind, content in output.get("data", {}).items() if not kind.startswith("image/png")}
    return {**output, "data": data}


# --- what has changed ------------------------------------------------------------------------------------------------


def read_built(target: Path) -> dict[str, Any]:
    """A notebook's JSON, read without nbformat, which is slow to import; {} where there is none."""
    try:
        return json.loads(target.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def fingerprint(path: Path, framework: str, cells: list[dict]) -> dict[str, str]:
    """All that makes the cells of a notebook what they are, their outputs included: {what: its state}.

    "text" is what is written in the cells and what that is made from, "outputs" what they show; the rest is what the
    outputs depend on.
    """
    made_from = (path.read_text(encoding="utf-8"), address(), *map(code, MAKERS))
    written = [[cell["id"], cell["cell_type"], _joined(cell["source"]), cell["metadata"]] for cell in cells]
    shown = [[cell["execution_count"], cell["outputs"]] for cell in cells if cell["cell_type"] == "code"]
    code_cells = [
        (_code_of(cell, path.stem, framework), frozenset(cell["metadata"].get("tags", [])))
        for cell in cells
        if cell["cell_type"] == "code"
    ]
    return {
        "text": digest(*made_from, json.dumps(written)),
        "outputs": digest(json.dumps(shown)),
        **dependencies(path.stem, framework, code_cells),
    }


def _code_of(cell: dict, lesson: str, framework: str) -> str:
    """A cell's code; in the set-up cell with an address that never changes, because no output depends on it."""
    text = _joined(cell["source"])
    return setup(lesson, framework, "") if cell["id"] == "setup" and text == setup(lesson, framework) else text


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def is_current(path: Path, framework: str, target: Path) -> bool:
    """Whether a notebook is what a build would make of its lesson."""
    built = read_built(target)
    return bool(built) and built["metadata"].get("built_from") == fingerprint(path, framework, built["cells"])


def why_run(path: Path, framework: str, built: dict[str, Any], fresh: list[dict]) -> str:
    """Why the outputs of a built notebook are not those of its fresh cells, or ""."""
    if not built:
        return "it is not there"
    known = built["metadata"].get("built_from")
    if not isinstance(known, dict):
        return "it does not say what it was built from"
    now = fingerprint(path, framework, fresh)
    now["outputs"] = fingerprint(path, framework, built["cells"])["outputs"]
    changed = [name for name in [*now, *(known.keys() - now.keys())] if known.get(name) != now.get(name)]
    told = [_told(name, known.get(name), now.get(name)) for name in changed if name != "text"]
    return f"{', '.join(told)} changed" if told else ""


def _told(name: str, before: str | None, now: str | None) -> str:
    is_package = before and now and "/" not in name and re.match(r"\d", before) and "." in before
    return f"{name} {before} -> {now}" if is_package else name


# --- building --------------------------------------------------------------------------------------------------------


def build(path: Path, always: bool = False, stamp: bool = False) -> int:
    """Bring the notebooks of one lesson up to date; returns how many were written. None is, unless all are good.

    always: run them, whatever has changed. stamp: run none; LessonError where one would have to run.
    """
    targets = notebooks_of(path)
    if not always and all(is_current(path, framework, target) for framework, target in targets.items()):
        return 0
    import nbformat

    cells, made = read_lesson(path), []
    for framework, target in targets.items():
        if not always and is_current(path, framework, target):
            continue
        notebook, built = make_notebook(path.stem, cells, framework), read_built(target)
        reason = "you ask for it" if always else why_run(path, framework, built, as_json(notebook)["cells"])
        if reason and stamp:
            raise LessonError(f"{path.name}:1: has changed since its notebook was built; run `make notebooks` first")
        name = target.relative_to(source.COURSE)
        print(f"{name} runs: {reason}" if reason else f"{name}: a new text, its outputs stay", flush=True)
        if reason:
            target.parent.mkdir(parents=True, exist_ok=True)
            run(path, cells_of(cells, framework), notebook, target.parent)
        else:
            take_outputs(notebook, nbformat.read(target, as_version=4))
        notebook.metadata["built_from"] = fingerprint(path, framework, as_json(notebook)["cells"])
        nbformat.validate(notebook)
        made.append((nbformat.writes(notebook) + "\n", target))
    for text, target in made:
        write(text, target)
    return len(made)


def as_json(notebook: Any) -> dict[str, Any]:
    """A notebook as it stands in its file."""
    import nbformat

    return json.loads(nbformat.writes(notebook))


def take_outputs(notebook: Any, built: Any) -> None:
    """Give the code cells of a fresh notebook the outputs of the built one, which has the same code."""
    pairs = zip(*([c for c in n.cells if c.cell_type == "code"] for n in (notebook, built)), strict=True)
    for cell, old in pairs:
        cell.outputs, cell.execution_count = old.outputs, old.execution_count


def write(text: str, target: Path) -> None:
    """Write atomically: the old file stays until the new one is whole."""
    new = target.with_suffix(".tmp")
    try:
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def write_readme() -> None:
    """Bring the README's table of notebooks, its badges and the addresses of repository and website up to date."""
    rows = ["| lesson | PyTorch | TensorFlow |", "|---|---|---|"]
    for lesson in course():
        found = notebooks_of(lesson.source)
        links = [f"[open]({path.relative_to(source.COURSE)}) {badge(lesson.file, f)}" for f, path in found.items()]
        own = links[1] if len(links) > 1 else "the same"
        rows.append(f"| {lesson.number} {title_of(lesson.source)} | {links[0]} | {own} |")
    readme = source.COURSE / "README.md"
    before = readme.read_text(encoding="utf-8")
    text = re.sub(r"(?<=git clone )\S+", address(), before)
    text = re.sub(r"https://[\w-]+\.github\.io/[\w.-]+/", website_address(), text)
    begin, end = "(written by `make notebooks`) -->\n", "<!-- notebooks: end -->"
    table = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
    text = table.sub(lambda _: "\n".join(rows) + "\n", text)
    if text != before:
        write(text, readme)


def main(arguments: list[str]) -> None:
    """The command; see the top of this file."""
    number = next((word for word in arguments if not word.startswith("--")), "")
    always, stamp = ("--run" in arguments), ("--stamp" in arguments)
    try:
        for lesson in course():
            validate(lesson.subject)
        chosen = [lesson for lesson in course() if lesson.file.startswith(number)]
        if not chosen:
            there = ", ".join(lesson.file for lesson in course())
            sys.exit(f"No lesson starts with {number!r}. There are: {there}.")
        written = sum(build(lesson.source, always, stamp) for lesson in chosen)
        write_readme()
        write_teaching()
    except (LessonError, CourseError, CatalogueError, QuizError) as error:
        sys.exit(f"{error}\nThe notebook in notebooks/ is still the old one.")
    except OSError as error:
        sys.exit(
            f"Could not write or read a file ({error}); what is in notebooks/ is whole, and the old where not new."
        )
    except KeyboardInterrupt:
        sys.exit("Stopped; the notebooks that were not finished are still the old ones.")
    if not written:
        print("Nothing to do: the notebooks are what a build would make of their lessons.")
    if "/OWNER/" in address():
        print("The repository has no address yet: OWNER stands in pyproject.toml; change it there, then `make stamp`.")


if __name__ == "__main__":
    main(sys.argv[1:])
