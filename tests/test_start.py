"""What the first cell of every notebook calls: what is missing is installed in Colab and told elsewhere."""

import importlib
import os
import subprocess
import sys
import types

import nbclient
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from utils import start
from utils.catalogue import entry, tasks_of
from utils.check import Session
from utils.course import lesson_of
from utils.installed import ask


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
    check, hint, solution, progress = start.begin("made_up", "neutral")
    check("quiz_1", "b"), hint("double"), solution("best"), progress()
    assert "1 of 7 solved in this notebook." in capsys.readouterr().out


@pytest.mark.parametrize(("folder", "said"), [("work/pytorch", "Ready: 0 of 7 solved.\n"), ("notebooks", "")])
def test_a_learners_copy_says_when_it_is_ready(made_up_lesson, monkeypatch, tmp_path, capsys, folder, said):
    monkeypatch.setattr(start, "WORK", tmp_path / "work")
    (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / folder)
    start._kept.cache_clear()  # other tests have solved tasks of this lesson
    start.commands("made_up", "neutral")
    assert capsys.readouterr().out == said


def test_what_runs_is_told_with_its_version(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", types.SimpleNamespace(__version__="2.13.0+cpu"))
    session = Session("01_tensors", "pytorch")
    assert start.ready(session) == f"Ready: PyTorch 2.13.0, 0 of {len(session.tasks)} solved."


def test_before_the_first_cell_a_kernel_of_the_course_says_what_to_do():
    cell = new_code_cell('check("softmax")\nhint("softmax")')
    nbclient.NotebookClient(new_notebook(cells=[cell]), timeout=60).execute()
    told = "This notebook is not ready yet: run its first cell of code, then this one again.\n"
    assert cell.outputs[0].text == 2 * told


def test_begin_respects_variables_that_are_set(made_up_lesson, monkeypatch):
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL")
    start.begin("made_up", "neutral")
    assert (os.environ["TF_ENABLE_ONEDNN_OPTS"], os.environ["TF_CPP_MIN_LOG_LEVEL"]) == ("1", "3")


# A learner's own settings and files -----------------------------------------------------------------------------------


@pytest.fixture
def keras(monkeypatch):
    """Environment and modules as in a kernel that has not imported Keras, restored after the test."""
    for name in ("KERAS_BACKEND", "KERAS_HOME", "KERAS_MAX_EPOCHS"):
        monkeypatch.setenv(name, "foreign")
    monkeypatch.delitem(sys.modules, "keras", raising=False)
    return monkeypatch


def test_keras_runs_on_tensorflow_whatever_the_environment_says(made_up_lesson, keras):
    keras.setattr(start.importlib.util, "find_spec", lambda name: types.SimpleNamespace(origin=None))
    start.begin("made_up", "neutral")
    assert os.environ["KERAS_BACKEND"] == "tensorflow"
    assert os.environ["KERAS_HOME"] == str(start.COURSE / "data" / "cache" / "keras")
    assert "KERAS_MAX_EPOCHS" not in os.environ


def test_keras_runs_on_torch_where_tensorflow_is_missing(made_up_lesson, keras, lacking):
    lacking("tensorflow")
    start.begin("made_up", "neutral")
    assert os.environ["KERAS_BACKEND"] == "torch"


def imported_keras(**other):
    config = types.SimpleNamespace(**{name: lambda value=value: value for name, value in (start.KERAS | other).items()})
    return types.SimpleNamespace(config=config)


@pytest.mark.parametrize(
    ("name", "found", "right"),
    [("backend", "jax", "'tensorflow'"), ("floatx", "float64", "'float32'"), ("epsilon", 0.1, "1e-07")],
)
def test_a_keras_that_was_imported_with_other_settings_is_told(keras, name, found, right):
    keras.setitem(sys.modules, "keras", imported_keras(**{name: found}))
    with pytest.raises(SystemExit) as caught:
        start._settle_keras("tensorflow")
    assert str(caught.value) == (
        f"Keras was imported before this cell, with {name} {found!r}, and this notebook needs {right}: restart the "
        "kernel and run this cell first."
    )
    start._settle_keras("pytorch")


def test_a_keras_that_was_imported_as_installed_is_welcome(keras):
    keras.setitem(sys.modules, "keras", imported_keras())
    start._settle_keras("tensorflow")


def run_alone(code, folder, **environment):
    """Run code in a fresh Python in `folder`: its status, what it printed, the last line of its errors."""
    command = [sys.executable, "-c", f"import sys\n{code}"]
    environment = {**os.environ, "OWN": str(start.COURSE), **environment}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return ran.returncode, ran.stdout.strip(), (ran.stderr.strip().splitlines() or [""])[-1]


COME_IN = "import os\nsys.path.insert(0, os.environ['OWN'])\nfrom utils.start import begin\n"


def test_a_keras_json_in_the_home_folder_changes_nothing(tmp_path):
    pytest.importorskip("tensorflow")
    (tmp_path / ".keras").mkdir()
    entries = '{"backend": "jax", "floatx": "float64", "epsilon": 0.1, "image_data_format": "channels_first"}'
    (tmp_path / ".keras" / "keras.json").write_text(entries)
    code = f"{COME_IN}begin('tensors', 'tensorflow')\nimport keras\nc = keras.config\n"
    code += "print(c.backend(), c.floatx(), c.epsilon(), c.image_data_format())"
    status, printed, _ = run_alone(code, tmp_path, HOME=str(tmp_path), KERAS_BACKEND="jax")
    assert (status, printed) == (0, "tensorflow float32 1e-07 channels_last")
    assert (tmp_path / ".keras" / "keras.json").read_text() == entries


@pytest.mark.parametrize(
    ("file", "code", "hidden"),
    [
        ("tasks.py", f"import tasks\n{COME_IN}begin('start_here', 'neutral')", "tasks"),
        ("tasks/__init__.py", f"import tasks\n{COME_IN}begin('start_here', 'neutral')", "tasks"),
        ("torch.py", f"{COME_IN}begin('tensors', 'pytorch')", "torch"),
        ("torch/__init__.py", f"{COME_IN}begin('tensors', 'pytorch')", "torch"),
    ],
)
def test_a_learners_own_file_in_the_way_is_named(tmp_path, file, code, hidden):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text("mine = 1\n")
    assert run_alone(code, tmp_path) == (
        1,
        "",
        f"{(tmp_path / file).resolve()} hides the module {hidden} that this lesson needs: give that file another name, "
        "then restart the kernel.",
    )


def test_a_lesson_that_the_course_does_not_have_is_told():
    with pytest.raises(SystemExit, match=r"^The course beside this notebook has no lesson 'gone': update it with git"):
        start.begin("98_gone", "neutral")


# Older copies of notebooks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "now"), [("03_high_level", "04"), ("04_mixing", "05"), ("05_scale", "08"), ("01_tensors", "01")]
)
def test_an_older_copy_is_told_where_the_newest_is(monkeypatch, capsys, old, now):
    monkeypatch.setattr(start, "load", lambda module: None)
    start.begin(old, "pytorch")
    assert "This notebook is older than the course beside it. Its tasks are still checked" in capsys.readouterr().out
    commands = start.begin(old, "pytorch")
    assert f"`make fetch LESSON={now}`" in capsys.readouterr().out
    commands[3]()
    assert capsys.readouterr().out.startswith(f"○ {tasks_of(lesson_of(now).subject)[0].name}\n")


def solved(subject, name):
    (task,) = (task for task in tasks_of(subject) if task.name == name)
    return entry(subject, task, "pytorch").answer(name)


def test_an_older_copys_tasks_are_checked_wherever_they_are_now(capsys):
    pytest.importorskip("torch")
    check, hint, solution, progress = start.begin("02_training", "pytorch")
    namespace = {"check": check, "accuracy_of": solved("training", "accuracy_of")}
    namespace["momentum_step"] = solved("networks", "momentum_step")
    capsys.readouterr()
    exec('check("accuracy_of")\ncheck("momentum_step")\ncheck("patient_1")\ncheck("gone")\ncheck()', namespace)
    lines = capsys.readouterr().out.splitlines()
    starts = ["✓ accuracy_of: right", "✓ momentum_step: right", "○ patient_1: not written yet", "○ there is no task"]
    assert [line.startswith(begins) for line, begins in zip(lines, starts, strict=False)] == [True] * 4
    check("momentum_step", lambda *_: 1)
    hint("momentum_step")
    solution("momentum_step")
    said = capsys.readouterr().out
    assert said.startswith("✗ momentum_step") and "Hint 1 of" in said and "def momentum_step" in said
    progress()
    said = capsys.readouterr().out
    assert "✓ accuracy_of: solved\n" in said and "✓ momentum_step: solved\n" in said


def test_an_older_copys_questions_are_not_judged(made_up_lesson, capsys):
    check, hint, solution, _ = start.begin("97_made_up", "neutral")
    capsys.readouterr()
    check("quiz_1", "b"), hint("quiz_1"), solution("quiz_1")
    assert (
        capsys.readouterr().out.splitlines()
        == ["quiz_1: the questions of lesson 99 have changed since; the newest notebook has them."] * 3
    )


def test_an_older_copy_is_told_of_modules_that_are_gone(made_up_lesson, monkeypatch):
    others = [finder for finder in sys.meta_path if not isinstance(finder, start.Moved)]
    monkeypatch.setattr(sys, "meta_path", others)
    start.begin("97_made_up", "neutral")
    with pytest.raises(ModuleNotFoundError, match=r"^tasks.lesson07 is not part .* `make fetch LESSON=99` puts"):
        importlib.import_module("tasks.lesson07")
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'nowhere'$"):
        importlib.import_module("nowhere")


# What is missing ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lesson", "framework", "missing", "names"),
    [
        ("tensors", "pytorch", ["torch"], "PyTorch"),
        ("tensors", "tensorflow", ["tensorflow", "keras"], "TensorFlow and Keras"),
        ("high_level", "pytorch", ["pytorch_lightning"], "PyTorch Lightning"),
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
    assert start.begin("tensors", "pytorch") == (1, 2, 3, 4)


def test_colab_installs_what_is_missing_and_replaces_nothing(lacking, pip, monkeypatch, capsys):
    lacking("pytorch_lightning")
    monkeypatch.setattr(start, "Session", lambda *_: types.SimpleNamespace(check=1, hint=2, solution=3, progress=4))
    start.begin("high_level", "pytorch")
    (command,) = pip.commands
    pins = [word for word in command if "==" in word]
    assert pins[0].startswith("pytorch-lightning==")
    assert {pin.partition("==")[0] for pin in pins[1:]} == {"torch", "tensorflow", "keras", "numpy"}
    assert capsys.readouterr().out == "Installing PyTorch Lightning ...\n"


def test_colab_offline_is_told_in_one_sentence(lacking, pip):
    lacking("pytorch_lightning")
    pip.status = 1
    with pytest.raises(SystemExit, match=r"^Could not install pytorch-lightning==\S+: check that you are online, "):
        start.begin("high_level", "pytorch")


def test_the_installation_is_listed(lacking, capsys, monkeypatch):
    def ask(modules):
        broken = "installed, but does not start (OSError: libtorch is broken)"
        states = {module: broken if module == "torch" else "version 1.2" for module in modules}
        return states, ["CUDA GPU (H)"] if "torch" in modules else []

    lacking("pytorch_lightning")
    loaded = []
    monkeypatch.setattr(start, "ask", ask)
    monkeypatch.setattr(start, "load", loaded.append)
    start.installation()
    assert loaded == ["tensorflow"]  # what does not start is not started in the kernel
    assert capsys.readouterr().out.splitlines()[1:] == [
        "○ PyTorch: installed, but does not start (OSError: libtorch is broken)",
        "○ PyTorch Lightning: not installed",
        "✓ TensorFlow: version 1.2",
        "✓ Keras: version 1.2",
        "PyTorch path: type `make lab FRAMEWORK=pytorch` in the course's folder",
        "TensorFlow path: ready",
        "Devices: CPU, CUDA GPU (H)",
    ]


@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("__version__ = '1.2'; print('a line of its own')", "version 1.2"),
        ("raise OSError('a library is missing')", "installed, but does not start (OSError: a library is missing)"),
        ("import os; os._exit(132)", "installed, but does not start (its process ended with status 132)"),
    ],
)
def test_a_package_is_asked_in_a_process_of_its_own(source, state, tmp_path, monkeypatch):
    (tmp_path / "made_up_package.py").write_text(source)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert ask(["made_up_package"]) == ({"made_up_package": state}, [])
    assert "made_up_package" not in sys.modules


def test_the_first_cell_run_again_keeps_what_is_solved(made_up_lesson, capsys):
    check, *_ = start.begin("made_up", "neutral")
    check("quiz_1", "b")
    *_, progress = start.begin("made_up", "neutral")
    capsys.readouterr()
    progress()
    assert "✓ quiz_1: solved" in capsys.readouterr().out


def test_the_first_cell_run_again_keeps_the_case_that_is_open(capsys):
    _, gym = start.practice("tensors", "pytorch")
    gym(10)
    _, gym = start.practice("tensors", "pytorch")
    capsys.readouterr()
    gym("code")
    assert "1  " in capsys.readouterr().out


def test_tensorboard_in_a_notebook_of_pytorch_takes_no_tensorflow(tmp_path):
    code = (
        "import sys; from utils.start import commands; commands('tensors', 'pytorch')\n"
        "from torch.utils.tensorboard import SummaryWriter\n"
        f"SummaryWriter({str(tmp_path)!r}).add_scalar('loss', 1.5, 0)\n"
        "print('tensorflow' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=start.COURSE)
    assert ran.stdout.split()[-1] == "False" and list(tmp_path.glob("events*"))
