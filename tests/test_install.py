"""tools/install.py and the Makefile's check of Python: nothing is really installed here."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OFFLINE = """error: Request failed after 3 retries in 9.8s
  cause: Failed to fetch: https://mirror/simple/numpy/
  cause: dns error
"""


class FakeRun:
    """Stands for install.run: makes a .venv without running anything, and fails as told."""

    def __init__(self, venv):
        self.venv, self.commands, self.environments, self.venv_works = venv, [], [], False
        self.venv_error = self.error = self.cpu_error = self.settings = ""

    def __call__(self, command, environment=None):
        if command[:3] == [sys.executable, "-m", "venv"]:
            self.venv.mkdir(exist_ok=True)
            self.venv_works = not self.venv_error
            return int(not self.venv_works), self.venv_error
        if command[-2:] == ["config", "list"]:
            return 0, self.settings
        if "install" not in command:
            return int(not self.venv_works), ""
        self.commands.append(command)
        self.environments.append(environment)
        if isinstance(self.error, BaseException):
            raise self.error
        error = self.cpu_error if "--default-index" in command else self.error
        return int(bool(error)), error

    def names(self):
        """Return the packages that the last command was asked for."""
        return {word.split("==")[0] for word in self.commands[-1] if "==" in word}


@pytest.fixture
def tree(tmp_path):
    """Return a copy of the set-up, in a folder whose name has a space."""
    folder = tmp_path / "my course"
    (folder / "tools").mkdir(parents=True)
    for name in ("Makefile", "requirements.txt", "requirements.lock", "tools/install.py", "tools/work.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def tool(tree, monkeypatch):
    """Return the copy's install module, with a fake run and plenty of disk."""
    spec = importlib.util.spec_from_file_location("install_copy", tree / "tools" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.real_run = module.run
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
    assert all(
        f"make {command} " in listed for command in ("lab", "test", "notebooks", "stamp", "lint", "fetch", "lock")
    )


def test_clean_keeps_work_and_data(tree):
    for folder in (".venv", "tools/__pycache__", "work/__pycache__", "data/cache"):
        (tree / folder).mkdir(parents=True)
    assert make(tree, "clean").returncode == 0
    assert not (tree / ".venv").exists()
    assert not (tree / "tools/__pycache__").exists()
    assert (tree / "work/__pycache__").exists()
    assert (tree / "data/cache").exists()


LISTED = {"numpy", "keras", "torch", "tensorflow", "pytest", "sphinx", "playwright"}


@pytest.mark.parametrize(
    ("arguments", "wanted", "path"),
    [
        (["pytorch"], {"numpy", "keras", "torch"}, "pytorch"),
        (["tensorflow"], {"numpy", "keras", "tensorflow"}, "tensorflow"),
        ([""], {"numpy", "keras", "torch", "tensorflow"}, "both"),
        (["both", "--test"], {"numpy", "keras", "torch", "tensorflow", "pytest"}, "both"),
        (["both", "--browser"], LISTED, "both"),
        (["--site"], {"numpy", "keras", "pytest", "sphinx"}, None),
    ],
)
def test_each_path_installs_its_sections_only_and_the_next_time_nothing(tool, capsys, arguments, wanted, path):
    assert tool.main(arguments) == 0
    assert tool.run.names() & LISTED == wanted
    assert tool.run.commands[-1][-2:] == ["--constraint", str(tool.LOCK)]
    assert tool.installed_path() == path
    assert (" GB (both frameworks: " in capsys.readouterr().out) == (path != "both")
    tool.run.commands.clear()
    assert tool.main(arguments) == 0
    assert not tool.run.commands and capsys.readouterr().out == ""


def test_part_of_what_is_installed_needs_nothing(tool):
    tool.main(["both", "--test"])
    tool.run.commands.clear()
    assert tool.main(["tensorflow"]) == tool.main(["both"]) == tool.main([""]) == 0
    assert not tool.run.commands


@pytest.mark.parametrize(
    ("second", "wanted", "path"),
    [(["tensorflow"], {"torch", "tensorflow"}, "both"), (["--site"], {"torch", "sphinx"}, "pytorch")],
)
def test_what_is_asked_for_joins_what_is_there(tool, second, wanted, path):
    tool.main(["pytorch"])
    tool.main(second)
    assert wanted <= tool.run.names()
    assert tool.installed_path() == path


def change_pin(tree, *files):
    for file in files:
        (tree / file).write_text((tree / file).read_text().replace("tqdm==", "tqdm==9"))


@pytest.mark.parametrize("files", [["requirements.txt", "requirements.lock"], ["requirements.lock"]])
def test_newer_pins_are_installed_for_the_path_that_is_there(tool, tree, monkeypatch, files):
    tool.main(["pytorch"])
    monkeypatch.setattr(tool, "check_lock", lambda pins: None)
    change_pin(tree, *files)
    tool.run.commands.clear()
    assert tool.main([""]) == 0
    assert "torch" in tool.run.names() and "tensorflow" not in tool.run.names()


def test_a_lock_older_than_the_requirements_is_told(tool, tree, capsys):
    change_pin(tree, "requirements.txt")
    assert tool.main(["both"]) == 1
    assert "requirements.lock is older than requirements.txt (it lacks tqdm==9" in capsys.readouterr().err
    (tree / "requirements.lock").unlink()
    assert tool.main(["both"]) == 1
    assert "run `make lock` first" in capsys.readouterr().err
    assert not tool.run.commands


def test_the_lock_of_this_repository_holds_what_is_required_and_names_no_place(tool):
    tool.check_lock(tool.read_pins())
    lines = tool.LOCK.read_text().splitlines()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+( ; .+)?", line) for line in lines)
    assert not any(line.startswith("torch==") for line in lines)  # its builds have versions of their own


# Pip's own settings ---------------------------------------------------------------------------------------------------

SETTINGS = """:env:.find-links='/from/environment'
:env:.target='/elsewhere'
:env:.no-index=''
global.extra-index-url='\\nhttps://one/simple\\nhttps://two/simple'
global.find-links='/from/file'
global.proxy='http://proxy:3128'
global.index-url='https://global/simple'
install.index-url='https://install/simple'
install.user='yes'
download.index-url='https://download/simple'
"""


def test_pip_and_uv_look_for_packages_where_pip_is_set_to(tool, monkeypatch):
    for name in tool.UV_NAMES.values():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("UV_FIND_LINKS", "/from/uv")  # whoever sets uv up means it
    tool.run.settings = SETTINGS
    tool.main(["tensorflow"])
    pip, uv = tool.run.environments
    assert {name: value for name, value in pip.items() if name.startswith("PIP_")} == {
        "PIP_CONFIG_FILE": os.devnull,  # so nothing says where to install to
        "PIP_EXTRA_INDEX_URL": "https://one/simple https://two/simple",
        "PIP_FIND_LINKS": "/from/environment",
        "PIP_INDEX_URL": "https://install/simple",
        "PIP_PROXY": "http://proxy:3128",
    }
    assert uv["UV_INDEX"] == "https://one/simple https://two/simple"
    assert uv["UV_DEFAULT_INDEX"] == "https://install/simple"
    assert uv["UV_FIND_LINKS"] == "/from/uv"
    assert uv["ALL_PROXY"] == "http://proxy:3128"
    assert "UV_NO_INDEX" not in uv


def test_a_real_pip_installs_into_the_venv_whatever_it_is_told(tool, tree, monkeypatch):
    """A made-up package takes uv's place, so that nothing is downloaded."""
    tool.run = tool.real_run
    make_wheel(tree / "wheels")
    (tree / "pip.conf").write_text("[global]\nuser = yes\n[install]\ntarget = elsewhere\n")
    monkeypatch.chdir(tree)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", (tree / "wheels").as_uri())
    for name, value in {
        "CONFIG_FILE": "pip.conf",
        "USER": "1",
        "PREFIX": "elsewhere",
        "REQUIRE_VIRTUALENV": "1",
    }.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    tool.make_venv()
    tool.fetch_uv({"build and test": ["uv==0.0.1"]}, tool.pip_settings())
    assert list((tree / ".venv").glob("lib/python*/site-packages/uv-0.0.1.dist-info"))
    assert not (tree / "elsewhere").exists()


def make_wheel(folder):
    """Make an empty package that is called uv."""
    files = {"METADATA": "Name: uv\nVersion: 0.0.1\n", "WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n", "RECORD": ""}
    folder.mkdir()
    with zipfile.ZipFile(folder / "uv-0.0.1-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(f"uv-0.0.1.dist-info/{name}", text)


# What goes wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "error", "advice"),
    [
        ("", OFFLINE, "check the internet connection"),
        ("", "WARNING: Retrying after connection broken by 'NewConnectionError(...)'", "check the internet connection"),
        ("", "ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        ("", "  cause: failed to copy file: No space left on device (os error 28)", "The disk is full"),
        (":env:.no-index='1'\n", "error: No solution found", "(PIP_NO_INDEX, or no-index in a file"),
        ("", "error: something odd\n\n  cause: and its reason\n", "something odd cause: and its reason"),
    ],
)
def test_a_failure_is_one_sentence_and_the_next_call_finishes_the_job(tool, capsys, settings, error, advice):
    tool.run.settings, tool.run.error = settings, error
    assert tool.main(["pytorch"]) == 1
    message = capsys.readouterr().err
    assert advice in message and message.count("\n") == 1
    tool.run.error = ""
    assert tool.main(["pytorch"]) == 0
    assert tool.installed_path() == "pytorch"


def test_an_interrupted_upgrade_is_not_taken_for_complete_but_remembers_the_path(tool, capsys):
    tool.main(["pytorch"])
    tool.run.error = KeyboardInterrupt()
    assert tool.main(["both"]) == 130
    assert "run the same command again" in capsys.readouterr().err
    tool.run.error = ""
    tool.run.commands.clear()
    assert tool.main([""]) == 0
    assert "torch" in tool.run.names() and "tensorflow" not in tool.run.names()


@pytest.mark.parametrize("damage", ["no RECORD", "missing", "short"])
def test_a_torn_package_is_installed_again(tool, tree, damage):
    """uv links RECORD before all files are there, and calls a package installed that has its folder."""
    packages = tree / ".venv/lib/python3.11/site-packages"
    for name in ("whole", "torn"):
        (packages / f"{name}-1.dist-info").mkdir(parents=True)
        record = f"{name}.py,sha256=abc,3\n{name}.pyc,,\n{name}-1.dist-info/RECORD,,\n"
        (packages / f"{name}-1.dist-info/RECORD").write_text(record)
        (packages / f"{name}.py").write_text("pas")
    if damage == "no RECORD":
        (packages / "torn-1.dist-info/RECORD").unlink()
    elif damage == "missing":
        (packages / "torn.py").unlink()
    else:
        (packages / "torn.py").write_text("pa")
    tool.main(["pytorch"])
    assert [package.name for package in packages.glob("*.dist-info")] == ["whole-1.dist-info"]


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"both paths": null, "pytorch": null}', '{"pytorch": ["torch==1"]}'])
def test_a_stamp_that_says_nothing_is_not_trusted(tool, text):
    tool.main(["pytorch"])
    tool.STAMP.write_text(text)
    tool.run.commands.clear()
    assert tool.main(["pytorch"]) == 0
    assert tool.run.commands


def test_a_broken_venv_is_made_anew(tool):
    tool.main(["pytorch"])
    tool.run.commands.clear()
    tool.run.venv_works = False
    assert tool.main(["pytorch"]) == 0
    assert tool.run.venv_works and tool.run.commands


def test_too_little_disk_is_said_beforehand(tool, monkeypatch, capsys):
    set_free_disk(tool, monkeypatch, gigabytes=0.4)
    assert tool.main(["pytorch"]) == 1
    assert "The disk has 0.4 GB free" in capsys.readouterr().err
    assert not tool.run.commands


@pytest.mark.parametrize(
    "error", ["... because ensurepip is not available. On Debian ...", "/usr/bin/python3: No module named venv"]
)
def test_a_python_without_venv_names_the_package(tool, capsys, error):
    tool.run.venv_error = error
    assert tool.main(["both"]) == 1
    assert "sudo apt install python3." in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_one_sentence(tool, monkeypatch, capsys):
    def refuse():
        raise PermissionError(13, "Permission denied", str(tool.VENV))

    monkeypatch.setattr(tool, "make_venv", refuse)
    assert tool.main(["both"]) == 1
    assert "Permission denied" in capsys.readouterr().err


@pytest.mark.parametrize("home", [None, "/nowhere"])
def test_without_a_home_folder_the_caches_go_to_the_venv(tool, monkeypatch, home):
    monkeypatch.delenv("HOME") if home is None else monkeypatch.setenv("HOME", home)
    monkeypatch.setattr(os, "access", lambda folder, mode: False)
    tool.main(["tensorflow"])
    assert {environment["HOME"] for environment in tool.run.environments} == {str(tool.VENV / "home")}


# torch ----------------------------------------------------------------------------------------------------------------


def test_linux_without_gpu_tries_the_cpu_build_first(tool):
    tool.main(["pytorch"])
    _, first, second = tool.run.commands  # pip fetches uv before
    assert first[first.index("--default-index") + 1] == tool.CPU_INDEX and "--no-deps" in first
    pin = next(word for word in first if word.startswith("torch=="))
    assert pin in second


def test_a_cpu_build_that_cannot_be_had_is_told(tool, capsys):
    tool.run.cpu_error = OFFLINE
    assert tool.main(["pytorch"]) == 0
    assert "the ordinary torch follows" in capsys.readouterr().out


@pytest.mark.parametrize(("platform", "gpu"), [("linux", "/usr/bin/nvidia-smi"), ("darwin", None)])
def test_the_cpu_build_is_not_tried_with_a_gpu_or_on_another_system(tool, monkeypatch, platform, gpu):
    monkeypatch.setattr(tool.shutil, "which", lambda name: gpu)
    monkeypatch.setattr(tool.sys, "platform", platform)
    tool.main(["pytorch"])
    assert not any("--default-index" in command for command in tool.run.commands)


# Running --------------------------------------------------------------------------------------------------------------


def test_run_shows_the_progress_and_returns_all_that_is_printed(tool, capsys):
    code = "import sys; print('Downloading numpy', flush=True); print('warning', file=sys.stderr); sys.exit(3)"
    assert tool.real_run([sys.executable, "-c", code]) == (3, "Downloading numpy\nwarning\n")
    assert capsys.readouterr() == ("Downloading numpy\n", "")
