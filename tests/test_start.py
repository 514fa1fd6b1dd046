"""What the first cell of every notebook calls: what is missing is installed in Colab and told elsewhere."""

import os
import subprocess
import sys
import types

import pytest

from utils import start


@pytest.fixture
def lacking(monkeypatch):
    """Make modules look as if they were not installed."""
    find_spec = start.importlib.util.find_spec

    def lack(*modules):
        monkeypatch.setattr(start.importlib.util, "find_spec", lambda n: None if n in modules else find_spec(n))

    return lack


@pytest.fixture
def pip(monkeypatch):
    """Record the pip commands of a Colab notebook instead of running them; `pip.status` is how they end."""
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    pip = types.SimpleNamespace(commands=[], status=0)

    def run(command, **_):
        pip.commands.append(command)
        return subprocess.CompletedProcess(command, pip.status)

    monkeypatch.setattr(start.subprocess, "run", run)
    monkeypatch.setattr(start, "load", lambda module: None)
    return pip


def test_begin_gives_the_four_commands_of_the_lesson(made_up_lesson, capsys):
    check, hint, solution, progress = start.begin("99_made_up", "neutral")
    check("quiz_1", "b"), hint("double"), solution("best"), progress()
    assert "1 of 7 solved in this notebook." in capsys.readouterr().out


def test_begin_respects_variables_that_are_set(made_up_lesson, monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL")
    start.begin("99_made_up", "neutral")
    assert (os.environ["TF_ENABLE_ONEDNN_OPTS"], os.environ["TF_CPP_MIN_LOG_LEVEL"]) == ("1", "3")


def test_keras_runs_on_torch_where_tensorflow_is_missing(made_up_lesson, monkeypatch, lacking):
    monkeypatch.setenv("KERAS_BACKEND", "")
    monkeypatch.delenv("KERAS_BACKEND")
    lacking("tensorflow")
    start.begin("99_made_up", "neutral")
    assert os.environ["KERAS_BACKEND"] == "torch"


@pytest.mark.parametrize(
    ("lesson", "framework", "missing", "names"),
    [
        ("01_tensors", "pytorch", ["torch"], "PyTorch"),
        ("01_tensors", "tensorflow", ["tensorflow", "keras"], "TensorFlow and Keras"),
        ("04_high_level", "pytorch", ["pytorch_lightning"], "PyTorch Lightning"),
    ],
)
def test_what_is_missing_is_told_in_one_sentence(lacking, lesson, framework, missing, names):
    lacking(*missing)
    with pytest.raises(SystemExit) as caught:
        start.begin(lesson, framework)
    sentence = str(caught.value)
    assert sentence.startswith(
        f"This notebook needs {names}, not installed here: type `make lab FRAMEWORK={framework}`"
    )
    assert all(f"{module.replace('_', '-')}==" in sentence for module in missing)
    assert "\n" not in sentence


def test_lightning_is_not_needed_where_a_lesson_does_not_name_it(lacking, monkeypatch):
    lacking("pytorch_lightning")
    monkeypatch.setattr(start, "Session", lambda *_: types.SimpleNamespace(check=1, hint=2, solution=3, progress=4))
    assert start.begin("01_tensors", "pytorch") == (1, 2, 3, 4)


def test_colab_installs_what_is_missing_and_replaces_nothing(lacking, pip, monkeypatch, capsys):
    lacking("pytorch_lightning")
    monkeypatch.setattr(start, "Session", lambda *_: types.SimpleNamespace(check=1, hint=2, solution=3, progress=4))
    start.begin("04_high_level", "pytorch")
    (command,) = pip.commands
    pins = [word for word in command if "==" in word]
    assert pins[0].startswith("pytorch-lightning==")
    assert {pin.partition("==")[0] for pin in pins[1:]} == {"torch", "tensorflow", "keras", "numpy"}
    assert capsys.readouterr().out == "Installing PyTorch Lightning ...\n"


def test_colab_offline_is_told_in_one_sentence(lacking, pip):
    lacking("pytorch_lightning")
    pip.status = 1
    with pytest.raises(SystemExit, match=r"^Could not install pytorch-lightning==\S+: check that you are online, "):
        start.begin("04_high_level", "pytorch")


def test_the_installation_is_listed(lacking, capsys, monkeypatch):
    def load(module):
        if module == "torch":
            raise OSError("libtorch is broken")
        return types.SimpleNamespace(__version__="1.2")

    lacking("pytorch_lightning")
    monkeypatch.setattr(start, "load", load)
    monkeypatch.setattr(start, "_devices", lambda: ["CPU", "CUDA GPU (H)"])
    start.installation()
    assert capsys.readouterr().out.splitlines()[1:] == [
        "○ PyTorch: installed, but does not start (OSError: libtorch is broken)",
        "○ PyTorch Lightning: not installed",
        "✓ TensorFlow: version 1.2",
        "✓ Keras: version 1.2",
        "PyTorch path: type `make lab FRAMEWORK=pytorch` in the course's folder",
        "TensorFlow path: ready",
        "Devices: CPU, CUDA GPU (H)",
    ]
