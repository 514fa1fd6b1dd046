"""tools/install.py and the Makefile's check of Python: nothing is really installed here."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = """WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(...)': /simple/numpy/
ERROR: Could not find a version that satisfies the requirement numpy==2.4.6 (from versions: none)
ERROR: No matching distribution found for numpy==2.4.6
"""


class FakeRun:
    """Stands for install.run: makes a .venv without running anything, and fails as told."""

    def __init__(self, venv):
        self.venv, self.commands, self.venv_works = venv, [], False
        self.venv_error = self.pip_error = self.cpu_error = ""

    def __call__(self, command, quiet=False, environment=None):
        if command[:3] == [sys.executable, "-m", "venv"]:
            return self.make_venv()
        if "install" not in command:
            return (0, "") if self.venv_works else (1, "")
        self.commands.append(command)
        if isinstance(self.pip_error, BaseException):
            raise self.pip_error
        error = self.cpu_error if "--default-index" in command else self.pip_error
        return (1 if error else 0), error

    def make_venv(self):
        self.venv.mkdir(exist_ok=True)
        self.venv_works = not self.venv_error
        return (1 if self.venv_error else 0), self.venv_error

    def pins(self):
        """Return what the last pip command was asked for."""
        return [word for word in self.commands[-1] if "==" in word]


@pytest.fixture
def tree(tmp_path):
    """Return a copy of the set-up, in a folder whose name has a space."""
    folder = tmp_path / "my course"
    (folder / "tools").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "requirements.lock", "tools/install.py", "tools/lab.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def tool(tree, monkeypatch):
    """Return the copy's install module, with a fake run and plenty of disk."""
    spec = importlib.util.spec_from_file_location("install_copy", tree / "tools" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "run", FakeRun(tree / ".venv"))
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module.shutil, "which", lambda name: None)
    set_free_disk(module, monkeypatch, gigabytes=100)
    return module


def set_free_disk(module, monkeypatch, gigabytes):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(module.shutil, "disk_usage", lambda folder: usage(0, 0, gigabytes * 1e9))


def make(tree, *words):
    """Run make there, free of what an outer make hands down."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    for name in ("PYTHON", "FRAMEWORK", "LESSON"):
        environment.pop(name, None)
    return subprocess.run(["make", *words], cwd=tree, env=environment, capture_output=True, text=True)


def sentences(result):
    """Return what a command said on stderr, without make's own line."""
    return [line for line in result.stderr.splitlines() if not line.startswith("make")]


def fake_python(folder, version):
    """Return an interpreter that says it has another version."""
    script = folder / "python fake"
    prefix = f"import sys; sys.version_info = {version}; exec(sys.argv[1])"
    script.write_text(f"""#!/bin/sh\nexec "{sys.executable}" -c '{prefix}' "$2"\n""")
    script.chmod(0o755)
    return script


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 8, 0), (3, 10, 9), (3, 14, 0), (4, 0, 0)])
def test_other_python_is_refused_in_one_sentence(tree, version):
    result = make(tree, "lab", f"PYTHON={fake_python(tree, version)}")
    (sentence,) = sentences(result)
    assert result.returncode
    assert f"found Python {version[0]}.{version[1]}" in sentence
    assert "install one from python.org" in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 9)])
def test_right_python_goes_on(tree, version):
    result = make(tree, "lab", f"PYTHON={fake_python(tree, version)}")
    assert "This course needs" not in result.stderr


def test_python_that_does_not_run_is_no_python(tree):
    stub = tree / "stub"
    stub.write_text("#!/bin/sh\necho 'stub: command not found' >&2\nexit 127\n")
    stub.chmod(0o755)
    (sentence,) = sentences(make(tree, "lab", f"PYTHON={stub}"))
    assert "No Python that runs was found" in sentence


def test_make_skips_stubs_that_fail(tree, monkeypatch):
    stub = tree / "python3.11"
    stub.write_text("#!/bin/sh\nexit 127\n")
    stub.chmod(0o755)
    (tree / "python3.12").symlink_to(sys.executable)
    monkeypatch.setenv("PATH", f"{tree}{os.pathsep}{os.environ['PATH']}")
    (sentence,) = sentences(make(tree, "lab", "FRAMEWORK=jax"))
    assert "no path jax" in sentence


def test_unknown_path_gets_one_sentence(tree):
    result = make(tree, "lab", "FRAMEWORK=jax", f"PYTHON={sys.executable}")
    (sentence,) = sentences(result)
    assert result.returncode
    assert "FRAMEWORK=pytorch" in sentence
    assert not (tree / ".venv").exists()


def test_help_is_the_default_and_lists_every_command(tree):
    listed = make(tree).stdout
    assert all(f"make {command} " in listed for command in ("lab", "test", "notebooks", "stamp", "lint", "fetch"))


def test_clean_keeps_work_and_data(tree):
    for folder in (".venv", "tools/__pycache__", "work/__pycache__", "data/cache"):
        (tree / folder).mkdir(parents=True)
    assert make(tree, "clean").returncode == 0
    assert not (tree / ".venv").exists()
    assert not (tree / "tools/__pycache__").exists()
    assert (tree / "work/__pycache__").exists()
    assert (tree / "data/cache").exists()


@pytest.mark.parametrize(("path", "other"), [("pytorch", "tensorflow"), ("tensorflow", "torch")])
def test_one_path_installs_its_sections_only(tool, capsys, path, other):
    assert tool.main([path]) == 0
    names = [pin.split("==")[0] for pin in tool.run.pins()]
    assert "keras" in names
    assert other not in names
    assert "pytest" not in names
    assert "GB less than with both frameworks" in capsys.readouterr().out


def test_tests_need_everything(tool):
    assert tool.main(["both", "--test"]) == 0
    assert {"torch", "tensorflow", "pytest"} <= {pin.split("==")[0] for pin in tool.run.pins()}


def test_browser_tests_need_their_section_too(tool):
    assert tool.main(["both", "--browser"]) == 0
    assert {"torch", "tensorflow", "pytest", "playwright"} <= {pin.split("==")[0] for pin in tool.run.pins()}
    tool.run.commands.clear()
    assert tool.main(["both", "--test"]) == 0
    assert not tool.run.commands


def test_ordinary_tests_need_no_browser_and_no_sphinx(tool):
    tool.main(["both", "--test"])
    assert not {"playwright", "sphinx"} & {pin.split("==")[0] for pin in tool.run.pins()}


def test_the_website_needs_no_framework(tool, capsys):
    assert tool.main(["--site"]) == 0
    names = {pin.split("==")[0] for pin in tool.run.pins()}
    assert {"sphinx", "jupytext", "numpy"} <= names and not {"torch", "tensorflow", "playwright"} & names
    assert "(no framework)" in capsys.readouterr().out
    assert tool.installed_path() is None


def test_the_website_leaves_an_installed_framework_in_place(tool):
    tool.main(["pytorch"])
    assert tool.main(["--site"]) == 0
    assert tool.installed_path() == "pytorch"
    assert {"torch", "sphinx"} <= {pin.split("==")[0] for pin in tool.run.pins()}


def test_a_learner_gets_no_sphinx(tool):
    tool.main(["both"])
    assert "sphinx" not in {pin.split("==")[0] for pin in tool.run.pins()}


def test_first_time_without_a_path_installs_both(tool):
    assert tool.main([""]) == 0
    assert tool.installed_path() == "both"


def test_second_call_does_nothing(tool, capsys):
    tool.main(["pytorch"])
    tool.run.commands.clear()
    capsys.readouterr()
    assert tool.main(["pytorch"]) == tool.main([""]) == 0
    assert not tool.run.commands
    assert capsys.readouterr().out == ""


def test_part_of_what_is_installed_needs_nothing(tool):
    tool.main(["both", "--test"])
    tool.run.commands.clear()
    assert tool.main(["tensorflow"]) == tool.main(["both"]) == 0
    assert not tool.run.commands


def test_second_framework_joins_the_first(tool):
    tool.main(["pytorch"])
    tool.main(["tensorflow"])
    assert {"torch", "tensorflow"} <= {pin.split("==")[0] for pin in tool.run.pins()}
    assert tool.installed_path() == "both"


def test_changed_pin_is_installed(tool, tree):
    tool.main(["both"])
    requirements = tree / "requirements.txt"
    for file in (requirements, tree / "requirements.lock"):
        file.write_text(file.read_text().replace("tqdm==", "tqdm==9"))
    tool.run.commands.clear()
    tool.main(["pytorch"])
    assert any(pin.startswith("tqdm==9") for pin in tool.run.pins())


def test_a_lock_older_than_the_requirements_is_told(tool, tree, capsys):
    requirements = tree / "requirements.txt"
    requirements.write_text(requirements.read_text().replace("tqdm==", "tqdm==9"))
    assert tool.main(["both"]) == 1
    assert "requirements.lock is older than requirements.txt (it lacks tqdm==9" in capsys.readouterr().err
    assert not tool.run.commands


def test_the_lock_of_this_repository_holds_what_is_required(tool):
    tool.check_lock(tool.read_pins())
    locked = tool.LOCK.read_text()
    assert "://" not in locked and "torch==" not in locked.replace("pytorch-lightning", "")


def test_a_renewed_lock_is_installed(tool, tree):
    tool.main(["pytorch"])
    (tree / "requirements.lock").write_text((tree / "requirements.lock").read_text() + "# renewed\n")
    tool.run.commands.clear()
    assert tool.main(["pytorch"]) == 0
    assert tool.run.commands


SETTINGS = """:env:.find-links='/from/environment'
global.extra-index-url='https://one/simple https://two/simple'
global.find-links='/from/file'
global.proxy='http://proxy:3128'
install.user='yes'
"""


def test_uv_is_told_where_pip_looks_for_packages(tool, monkeypatch):
    monkeypatch.setattr(tool, "run", lambda command, quiet=False, environment=None: (0, SETTINGS))
    for name in tool.UV_NAMES.values():
        monkeypatch.delenv(name, raising=False)
    environment = tool.uv_environment()
    assert environment["UV_INDEX"] == "https://one/simple https://two/simple"
    assert environment["UV_FIND_LINKS"] == "/from/environment"
    assert environment["ALL_PROXY"] == "http://proxy:3128"
    monkeypatch.setenv("UV_INDEX", "https://mine/simple")
    assert tool.uv_environment()["UV_INDEX"] == "https://mine/simple"


def test_pip_installs_uv_into_the_venv_whatever_its_settings(tool, monkeypatch):
    seen = []
    monkeypatch.setattr(tool, "run", lambda command, quiet=False, environment=None: seen.append(environment) or (0, ""))
    for name, value in {"PIP_USER": "1", "PIP_TARGET": "/else", "PIP_REQUIRE_VIRTUALENV": "1"}.items():
        monkeypatch.setenv(name, value)
    tool.get_uv(tool.read_pins())
    assert seen[0]["PIP_USER"] == "0" and seen[0]["PIP_REQUIRE_VIRTUALENV"] == "0" and "PIP_TARGET" not in seen[0]


def test_no_index_is_told(tool, monkeypatch, capsys):
    monkeypatch.setenv("UV_NO_INDEX", "1")
    tool.run.pip_error = "error: No solution found\n"
    assert tool.main(["pytorch"]) == 1
    assert "PIP_NO_INDEX" in capsys.readouterr().err


def test_broken_venv_is_remade(tool):
    tool.main(["pytorch"])
    tool.run.commands.clear()
    tool.run.venv_works = False
    assert tool.main(["pytorch"]) == 0
    assert tool.run.venv_works
    assert tool.run.commands


def test_failed_install_is_finished_by_the_next_call(tool, capsys):
    tool.run.pip_error = "ERROR: something odd\n\nERROR: and its reason\n"
    assert tool.main(["pytorch"]) == 1
    assert "something odd ERROR: and its reason" in capsys.readouterr().err
    tool.run.pip_error = ""
    assert tool.main(["pytorch"]) == 0
    assert tool.installed_path() == "pytorch"


def test_interrupted_upgrade_is_not_taken_for_complete(tool, capsys):
    tool.main(["pytorch"])
    tool.run.pip_error = KeyboardInterrupt()
    assert tool.main(["both"]) == 130
    assert "run the same command again" in capsys.readouterr().err
    assert tool.installed_path() is None


def test_cut_off_package_is_installed_again(tool, tree):
    packages = tree / ".venv/lib/python3.11/site-packages"
    (packages / "whole-1.dist-info").mkdir(parents=True)
    (packages / "whole-1.dist-info/RECORD").touch()
    (packages / "half-1.dist-info").mkdir()
    tool.main(["pytorch"])
    assert [package.name for package in packages.iterdir()] == ["whole-1.dist-info"]


def test_broken_stamp_means_unknown(tool):
    tool.main(["pytorch"])
    tool.STAMP.write_text('{"both paths": [')
    tool.run.commands.clear()
    assert tool.main(["pytorch"]) == 0
    assert tool.run.commands


@pytest.mark.parametrize(
    ("errors", "advice"),
    [
        (OFFLINE, "check the internet connection"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n", "disk is full"),
    ],
)
def test_known_failure_of_pip_is_one_sentence(tool, capsys, errors, advice):
    tool.run.pip_error = errors
    assert tool.main(["both"]) == 1
    message = capsys.readouterr().err
    assert advice in message
    assert message.count("\n") == 1


def test_too_little_disk_is_said_beforehand(tool, monkeypatch, capsys):
    set_free_disk(tool, monkeypatch, gigabytes=0.4)
    assert tool.main(["pytorch"]) == 1
    assert "The disk has 0.4 GB free" in capsys.readouterr().err
    assert not tool.run.commands


@pytest.mark.parametrize(
    "error", ["... because ensurepip is not available. On Debian ...", "/usr/bin/python3: No module named venv"]
)
def test_missing_venv_names_the_package(tool, capsys, error):
    tool.run.venv_error = error
    assert tool.main(["both"]) == 1
    assert "sudo apt install python3." in capsys.readouterr().err


def test_folder_that_cannot_be_written_is_one_sentence(tool, monkeypatch, capsys):
    def refuse():
        raise PermissionError(13, "Permission denied", str(tool.VENV))

    monkeypatch.setattr(tool, "make_venv", refuse)
    assert tool.main(["both"]) == 1
    assert "Permission denied" in capsys.readouterr().err


def test_linux_without_gpu_tries_the_cpu_build_first(tool):
    tool.main(["pytorch"])
    _, first, second = tool.run.commands  # pip fetches uv before
    assert tool.CPU_INDEX in first
    assert "--no-deps" in first
    pin = next(word for word in first if word.startswith("torch=="))
    assert pin in second


def test_cpu_build_that_cannot_be_had_is_told(tool, capsys):
    tool.run.cpu_error = OFFLINE
    assert tool.main(["pytorch"]) == 0
    assert "the ordinary torch follows" in capsys.readouterr().out


def test_cpu_build_is_not_tried_with_a_gpu_or_on_another_system(tool, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(tool.shutil, "which", lambda name: "/usr/bin/nvidia-smi")
        tool.main(["pytorch"])
    shutil.rmtree(tool.VENV)
    monkeypatch.setattr(tool.sys, "platform", "darwin")
    tool.main(["pytorch"])
    assert not any("--default-index" in command for command in tool.run.commands)


def test_run_returns_what_a_command_says(tree):
    spec = importlib.util.spec_from_file_location("install_real", tree / "tools" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    assert module.run([sys.executable, "-c", code]) == (3, "err\n")
    status, output = module.run([sys.executable, "-c", code], quiet=True)
    assert status == 3
    assert sorted(output.split()) == ["err", "out"]
    assert not module.runs("-c", "")
