"""What several tests share: the course on sys.path, the made-up lesson, the built notebooks."""

import linecache
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parent.parent
collect_ignore = ["browser"]  # those tests need a Chromium: `make test-browser` names their folder
sys.path.insert(0, str(COURSE))
os.environ["NN_PROGRESS"] = "off"  # nobody's record is read or written, by no kernel either that a test starts
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
for threads in ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
    os.environ.setdefault(threads, "1")  # the tests themselves run on several cores


# Files whose slow tests take too long for each change.
AT_NIGHT = {f"test_{name}" for name in ("alone", "gym", "kernel", "lesson07", "mnist", "progress", "review", "scale")}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem in AT_NIGHT and item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.nightly)


@pytest.fixture
def made_up_lesson(monkeypatch):
    """Put lesson 99 of tests/made_up_lesson in the place of the real lessons; returns the folder that holds it."""
    import tasks
    import utils.course

    folder = COURSE / "tests" / "made_up_lesson"
    monkeypatch.setattr(tasks, "__path__", [*tasks.__path__, str(folder)])
    monkeypatch.setattr(utils.course, "LESSONS", folder)
    return folder


@pytest.fixture(scope="session")
def repository(tmp_path_factory):
    """A git repository with one commit that holds the working tree, uncommitted changes included."""
    folder = tmp_path_factory.mktemp("repository")
    listed = git(COURSE, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in listed.split("\0"):
        if (COURSE / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(COURSE / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "--quiet", "--message=all")
    return folder


def type_in(source, namespace):
    """Run source code as a notebook runs a cell: Python knows its lines, which tf.function reads where it has loops."""
    name = f"<cell {abs(hash(source))}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), namespace)


def text_of(output):
    """The text of a cell's output: what was printed, or what stands beside HTML or a picture; of an error its name."""
    return "".join(output.get("text") or output.get("data", {}).get("text/plain") or output.get("ename", ""))


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def address_is_local(repository, monkeypatch):
    """Let git find `repository` at the course's public address."""
    from tools.build import address

    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.{repository.as_uri()}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", address())


def notebooks():
    """The built notebooks, as one test parameter each; a collection without any is an error."""
    found = sorted(p for p in (COURSE / "notebooks").rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts)
    if not found:
        raise pytest.UsageError("notebooks/ holds no notebook: run `make notebooks` first")
    return [pytest.param(path, id=str(path.relative_to(COURSE / "notebooks").with_suffix(""))) for path in found]


TOGETHER = re.compile(r"\[(?:\d+-)?(\d\d_[a-z_]+-(?:neutral|pytorch|tensorflow))-|^tests/(test_grade)")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests of one lesson in one framework share a worker, and what its first check has computed; so do graders'.

    (xdist's own groups have no effect with pytest 9.2, because it writes them into names that are fixed there.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByLesson(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            found = TOGETHER.search(nodeid)
            return found[1] or found[2] if found else nodeid

    return ByLesson(config, log) if config.getvalue("dist") == "loadgroup" else None


def pytest_generate_tests(metafunc):
    """A test with the argument `notebook` runs once for each built notebook."""
    if "notebook" in metafunc.fixturenames:
        metafunc.parametrize("notebook", notebooks())
