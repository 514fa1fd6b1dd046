"""A copy of the course that holds no answer: what a submission may see while it runs, and what a release contains."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent


NOT_NEEDED = ("check.py", "predictions.py", "progress.py")  # they read what a copy lacks: lessons, and solutions


def copy_without_answers(target: Path) -> None:
    """Write utils, tasks and data into the folder `target`, without solutions and mistakes.

    utils/start.py gives commands there that say whether an answer is written, and judge nothing.
    """
    for name in ("utils", "data"):
        ignored = shutil.ignore_patterns("__pycache__", "cache", "*.gz", *NOT_NEEDED)
        shutil.copytree(ROOT / name, target / name, ignore=ignored)
    shutil.copyfile(HERE / "start.py", target / "utils" / "start.py")
    (target / "work").mkdir()
    here = {**os.environ, "MPLCONFIGDIR": str(target / "matplotlib")}  # so that no run has to list the fonts
    subprocess.run([sys.executable, "-c", "import matplotlib.font_manager"], env=here, capture_output=True)
    (target / "tools" / "grading").mkdir(parents=True)
    for name in ("__init__.py", "apart.py", "calls.py", "inside.py", "values.py", "wire.py"):
        shutil.copyfile(HERE / name, target / "tools" / "grading" / name)
    for file in sorted((ROOT / "tasks").rglob("*.py")):
        kept = kept_of(file)
        if kept is not None:
            copy = target / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(kept, encoding="utf-8")


def kept_of(file: Path) -> str | None:
    """What remains of a file below tasks/ without its answers; None where nothing of it is needed to try an answer."""
    text = file.read_text(encoding="utf-8")
    if file.name == "__init__.py":
        return text
    tried_with = 'import_module(f"{__name__}' in (file.parent / "__init__.py").read_text(encoding="utf-8")
    return _without(file.parent.name, text) if tried_with else None


def _without(task: str, text: str) -> str:
    """A file of answers without the functions of its task: such as the network that the task is tried with."""
    nodes = ast.parse(text).body
    kept = [node for node in nodes if not re.fullmatch(rf"{task}(__\w+)?", getattr(node, "name", ""))]
    return "\n".join(ast.unparse(node) for node in kept) + "\n"
