"""The course on a system that writes CRLF: a clone keeps its bytes, and whoever reads text takes either line end."""

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import git

COURSE = Path(__file__).resolve().parent.parent

# Reads lessons, the list of them, tasks, notebooks, pins, data: a notebook is current only where all of it is the same.
READ = """
from tools import install
from tools.build import is_current
from tools.source import notebooks_of, read_lesson, title_of
from utils.course import course
from utils.data import five_points

for lesson in course():
    print(lesson, title_of(lesson.source), read_lesson(lesson.source))
for lesson in course()[:2]:  # two of them, as each takes a second
    print({name: is_current(lesson.source, name, target) for name, target in notebooks_of(lesson.source).items()})
print(install.read_pins(), [part.features.tobytes() + part.labels.tobytes() for part in five_points()])
install.check_lock(install.read_pins())
"""


def text_files(folder):
    """The files of a clone that git takes for text."""
    listed = git(folder, "ls-files", "--eol", "-z").split("\0")
    return [folder / line.partition("\t")[2] for line in listed if line.startswith("i/lf")]


@pytest.fixture(scope="module")
def clone(repository, tmp_path_factory):
    """A clone as git makes it on Windows by default."""
    folder = tmp_path_factory.mktemp("windows") / "my course"
    git(folder.parent, "-c", "core.autocrlf=true", "clone", "--quiet", str(repository), str(folder))
    git(folder, "config", "core.autocrlf", "true")
    return folder


def test_a_clone_has_the_same_bytes_whatever_autocrlf_says(repository, clone):
    names = git(repository, "ls-files", "-z").split("\0")[:-1]
    assert len(names) > 100
    assert [name for name in names if (clone / name).read_bytes() != (repository / name).read_bytes()] == []
    git(clone, "add", "--all")
    assert git(clone, "status", "--porcelain") == ""


def test_files_in_a_clone_have_the_checksums_of_the_datasheet(clone):
    sheet = (clone / "data/README.md").read_text(encoding="utf-8")
    (wanted,) = re.findall(r"SHA-256 of the file \| `(\w+)`", sheet)
    assert hashlib.sha256((clone / "data/five_points.csv").read_bytes()).hexdigest() == wanted


def test_what_reads_text_takes_crlf(repository, clone):
    """As after an editor, or a copy, that changed every line's end."""
    files = text_files(clone)
    assert len(files) > 100
    for file in files:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert read(clone) == read(repository)
    git(clone, "checkout", "--quiet", "--force", ".")


def read(folder):
    environment = os.environ | {"PYTHONHASHSEED": "0"}  # so that sets are printed in one order
    done = subprocess.run([sys.executable, "-c", READ], cwd=folder, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") > 10
    return done.stdout
