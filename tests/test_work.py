"""tools/work.py: the learner's copies, and how JupyterLab is started (which is not done here)."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LESSON = "pytorch/01_tensors.ipynb"


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """Return the work module of a small course, in a folder whose name has a space."""
    root = tmp_path / "my course"
    (root / "tools").mkdir(parents=True)
    for name in ("work.py", "install.py"):
        shutil.copy(ROOT / "tools" / name, root / "tools")
    for name in ("00_start_here.ipynb", LESSON, "pytorch/02_training.ipynb", "tensorflow/01_tensors.ipynb"):
        (root / "notebooks" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "notebooks" / name).write_text(notebook(f"{name}, first version"))
    monkeypatch.syspath_prepend(root / "tools")
    monkeypatch.delitem(sys.modules, "install", raising=False)
    spec = importlib.util.spec_from_file_location("work_copy", root / "tools" / "work.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.started = []
    monkeypatch.setattr(module.os, "execv", lambda program, command: module.started.append(command))
    yield module
    sys.modules.pop("install", None)


BADGE = "[![Open in Colab](https://colab/badge.svg)](https://colab/01.ipynb)"


def notebook(text):
    """A notebook of a text, a set-up cell and a cell with an output."""
    code = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{"output_type": "stream"}]}
    cells = [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": text}]
    cells += [{"cell_type": "markdown", "id": "badges", "metadata": {}, "source": f"{BADGE} This is [another](a.md)."}]
    cells += [{**code, "id": "setup", "source": "import utils"}, {**code, "id": "cell-1", "source": "guess()"}]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


def text_of(path):
    return json.loads(path.read_text())["cells"][0]["source"]


def copies(tool):
    """Return the names of all notebooks in work/."""
    return sorted(path.relative_to(tool.WORK).as_posix() for path in tool.WORK.rglob("*.ipynb"))


def publish(tool, name=LESSON, text="second version"):
    (tool.NOTEBOOKS / name).write_text(notebook(text))


def test_copies_of_the_path_only(tool):
    assert tool.main(["open", "pytorch"]) == 0
    assert copies(tool) == ["00_start_here.ipynb", LESSON, "pytorch/02_training.ipynb"]
    assert text_of(tool.WORK / LESSON) == f"{LESSON}, first version"


def test_a_copy_has_no_outputs_and_folds_its_setup_and_the_shipped_one_keeps_them(tool):
    before = (tool.NOTEBOOKS / LESSON).read_text()
    tool.main(["open", "pytorch"])
    assert (tool.NOTEBOOKS / LESSON).read_text() == before
    _, badges, setup, cell = json.loads((tool.WORK / LESSON).read_text())["cells"]
    assert setup["outputs"] == cell["outputs"] == [] and cell["execution_count"] is None
    assert setup["metadata"] == {"jupyter": {"source_hidden": True}} and cell["metadata"] == {}
    assert (setup["source"], cell["source"]) == ("import utils", "guess()")
    assert badges["source"] == "This is [another](a.md)."


def test_without_a_name_the_installed_path_is_copied(tool):
    tool.WORK.parent.joinpath(".venv").mkdir()
    stamp = {"both paths": [], "tensorflow": []}
    (tool.WORK.parent / ".venv/installed.json").write_text(json.dumps(stamp))
    tool.main(["open", ""])
    assert copies(tool) == ["00_start_here.ipynb", "tensorflow/01_tensors.ipynb"]


def test_a_copy_is_never_overwritten(tool, capsys):
    tool.main(["open", "both"])
    (tool.WORK / LESSON).write_text("my answers")
    publish(tool)
    tool.main(["open", "both"])
    tool.main(["fetch", "01"])
    tool.main(["open", "both"])
    assert (tool.WORK / LESSON).read_text() == "my answers"


def test_a_broken_link_of_the_learner_stays(tool):
    tool.WORK.mkdir()
    (tool.WORK / "00_start_here.ipynb").symlink_to(tool.WORK / "elsewhere")
    tool.main(["open", "both"])
    assert (tool.WORK / "00_start_here.ipynb").is_symlink()


def test_a_deleted_copy_comes_back_in_its_newest_version(tool, capsys):
    tool.main(["open", "both"])
    (tool.WORK / LESSON).unlink()
    publish(tool)
    capsys.readouterr()
    tool.main(["open", "both"])
    assert text_of(tool.WORK / LESSON) == "second version"
    assert capsys.readouterr().out == ""


def test_newer_lesson_is_announced_until_it_is_fetched(tool, capsys):
    tool.main(["open", "both"])
    publish(tool)
    assert capsys.readouterr().out == ""
    for _ in range(2):
        tool.main(["open", "both"])
        assert "`make fetch LESSON=01`" in capsys.readouterr().out
    tool.main(["fetch", "01"])
    assert "Wrote work/pytorch/01_tensors.new.ipynb" in capsys.readouterr().out
    tool.main(["open", "both"])
    assert capsys.readouterr().out == ""


def test_fetch_takes_a_free_name_and_touches_nothing_else(tool):
    tool.main(["open", "both"])
    publish(tool)
    tool.main(["fetch", "01"])
    publish(tool, text="third version")
    before = {name: (tool.WORK / name).read_text() for name in copies(tool)}
    tool.main(["fetch", "01_tensors"])
    assert set(copies(tool)) - set(before) == {"pytorch/01_tensors.new2.ipynb"}
    assert text_of(tool.WORK / "pytorch/01_tensors.new2.ipynb") == "third version"
    assert before == {name: (tool.WORK / name).read_text() for name in before}


def test_fetch_keeps_to_the_frameworks_in_work(tool):
    tool.main(["open", "pytorch"])
    tool.main(["fetch", "01"])
    assert not (tool.WORK / "tensorflow").exists()


@pytest.mark.parametrize("lesson", ["", "99", "tensors"])
def test_fetch_of_no_lesson_lists_them_in_one_sentence(tool, capsys, lesson):
    assert tool.main(["fetch", lesson]) == 1
    message = capsys.readouterr().err
    assert "00_start_here, 01_tensors, 02_training" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize("content", ["{", '"text"', "[1]", "\xff"])
def test_broken_memory_is_told_and_nothing_is_overwritten(tool, capsys, content):
    tool.main(["open", "both"])
    (tool.WORK / LESSON).write_text("my answers")
    tool.SHIPPED.write_bytes(content.encode("latin-1"))
    assert tool.main(["open", "both"]) == 0
    assert "work/.shipped.json cannot be read" in capsys.readouterr().out
    assert (tool.WORK / LESSON).read_text() == "my answers"
    publish(tool)
    tool.main(["open", "both"])
    assert "make fetch LESSON=01" in capsys.readouterr().out


def test_forget_removes_the_progress_and_nothing_else(tool, capsys):
    tool.main(["open", "both"])
    before = copies(tool)
    for name in ("progress.json", "progress.damaged1.json", ".progress.json.lock"):
        (tool.WORK / name).write_text("{}")
    capsys.readouterr()
    assert tool.main(["forget", ""]) == tool.main(["forget", ""]) == 0
    assert capsys.readouterr().out == (
        "Removed .progress.json.lock, progress.damaged1.json, progress.json.\nNothing was kept.\n"
    )
    assert copies(tool) == before and tool.SHIPPED.is_file()


def test_missing_notebooks_are_one_sentence(tool, capsys):
    shutil.rmtree(tool.NOTEBOOKS)
    assert tool.main(["open", "both"]) == 1
    assert "notebooks/00_start_here.ipynb is missing" in capsys.readouterr().err
    assert not tool.started


def test_work_that_cannot_be_used_is_one_sentence(tool, capsys):
    tool.WORK.write_text("a file in the way")
    assert tool.main(["open", "both"]) == 1
    message = capsys.readouterr().err
    assert message.startswith("Cannot use ")
    assert message.count("\n") == 1
    assert not tool.started


def test_cut_off_copy_leaves_no_notebook(tool, monkeypatch):
    write_text = Path.write_text

    def cut_off(path, text, **options):
        write_text(path, text[:50])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_text", cut_off)
    assert tool.main(["open", "both"]) == 1
    assert copies(tool) == []


def test_jupyter_opens_the_start_page_on_this_machine_with_its_token(tool, monkeypatch):
    monkeypatch.setattr(tool.os, "geteuid", lambda: 1000)
    tool.main(["open", "both", "--no-browser"])
    (command,) = tool.started
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={tool.WORK}" in command
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in command
    assert command[-1] == "--no-browser"
    assert "token" not in " ".join(command)
    assert "--allow-root" not in command


@pytest.mark.parametrize(
    ("arguments", "ours"),
    [
        (["--ip=0.0.0.0"], "--ip="),
        (["--ip", "0.0.0.0"], "--ip="),
        (["--ServerApp.ip=0.0.0.0", "--port=8889"], "--ip="),
        (["--ServerApp.root_dir=/home"], "--ServerApp.root_dir="),
        (["--notebook-dir=/home"], "--ServerApp.root_dir="),
        (["--LabApp.default_url=/lab"], "--LabApp.default_url="),
    ],
)
def test_the_learners_arguments_win_over_ours(tool, arguments, ours):
    plain, command = tool.jupyter_command([]), tool.jupyter_command(arguments)
    assert command[-len(arguments) :] == arguments
    left_out = set(plain) - set(command)
    assert any(word.startswith(ours) for word in left_out)
    # The start page is not in a folder of the learner's own.
    others = {word for word in left_out if not word.startswith(ours)}
    assert not others or (len(others) == 1 and "_dir" in ours and others.pop().startswith("--LabApp.default_url="))


@pytest.mark.parametrize("arguments", ["--ip=0.0.0.0 --port=8889 --ServerApp.root_dir=/", "--notebook-dir=/"])
def test_jupyter_takes_them(tool, arguments):
    """Its own reading of the command line, which refuses a setting that is given twice; no server is started."""
    command = [*tool.jupyter_command(arguments.split()), "--show-config-json"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    settings = json.loads(done.stdout)
    assert settings["ServerApp"]["root_dir"] == "/"
    assert settings["ServerApp"]["ip"] == ("0.0.0.0" if "0.0.0.0" in arguments else "127.0.0.1")


@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_without_a_home_folder_settings_and_caches_go_to_work(tool, monkeypatch, home):
    """As a container's user of any number; nothing warns then of a folder that cannot be written."""
    for name in [name for name in os.environ if name.startswith(("XDG_", "JUPYTER_", "MPL"))]:
        monkeypatch.delenv(name)
    monkeypatch.delenv("HOME") if home is None else monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(os, "access", lambda folder, mode: False)  # not even for root, who runs this in containers
    tool.main(["open", "both"])
    code = "import matplotlib, jupyter_core.paths as paths; print(matplotlib.get_configdir(), paths.jupyter_data_dir())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.count(str(tool.WORK / ".home")) == 2


def test_a_home_folder_stays(tool, monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    tool.main(["open", "both"])
    assert os.environ["HOME"] == str(tmp_path)


def test_root_is_allowed_only_when_root(tool, monkeypatch):
    monkeypatch.setattr(tool.os, "geteuid", lambda: 0)
    assert "--allow-root" in tool.jupyter_command([])
