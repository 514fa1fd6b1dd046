"""Each notebook as in Colab: Colab's packages, an empty folder, `google.colab` imported, git to fetch the course.

Run by `make test-colab` and not by `make test`: the environments, in .colab/, take 11 GB and are kept.
"""

import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import nbclient
import nbformat
import pytest

from tools.build import texts
from tools.install import CPU_INDEX, read_pins

COURSE = Path(__file__).resolve().parent.parent
CELL_SECONDS = 300  # the first cell may have to install Lightning

# Colab in August 2026, as its release notes and `pip list` showed it: Python 3.13, and no Lightning.
COLAB_TORCH = "torch==2.11.0"
COLAB = (
    *("numpy==2.1.3", "matplotlib==3.10.0", "scikit-learn==1.6.1", "tensorflow==2.20.0", "keras==3.13.2"),
    *("ipython==7.34.0", "ipykernel==6.17.1", "ipywidgets==7.7.1", "tensorboard", "pooch", "tqdm", "setuptools"),
)
PYTHONS = {"Colab's Python 3.13": shutil.which("python3.13"), "the Python of the tests": sys.executable}


class Environment:
    """A virtual environment with Colab's packages."""

    def __init__(self, interpreter):
        version = run(interpreter, "-c", "import sys; print('%d.%d' % sys.version_info[:2])").strip()
        self.folder = COURSE / ".colab" / version
        self.python = self.folder / "bin" / "python"
        made = self.folder / "made_from.json"
        if not made.is_file() or json.loads(made.read_text()) != [COLAB_TORCH, *COLAB]:
            run(interpreter, "-m", "venv", "--clear", self.folder)
            run(self.python, "-I", "-m", "pip", "install", "--quiet", *COLAB)
            self._install_torch(interpreter)
            made.write_text(json.dumps([COLAB_TORCH, *COLAB]))
        self.at_first = self.versions()

    def _install_torch(self, interpreter):
        """Colab's version, for Colab's Python the build for CUDA; where there is none, the course's own; else none."""
        own = next(pin for pin in read_pins()["pytorch"] if pin.startswith("torch=="))
        from_cpu_index = ["--index-url", CPU_INDEX, "--retries", "0"]
        sources = [[COLAB_TORCH, *from_cpu_index], [own, *from_cpu_index], [own, "--no-index"]]
        if interpreter == PYTHONS["Colab's Python 3.13"]:
            sources.insert(0, [COLAB_TORCH])
        for source in sources:
            if subprocess.run([self.python, "-I", "-m", "pip", "install", "--quiet", *source]).returncode == 0:
                return

    def versions(self):
        listed = json.loads(run(self.python, "-I", "-m", "pip", "list", "--format=json", "--disable-pip-version-check"))
        return {package["name"]: package["version"] for package in listed}

    def changed(self):
        """{package: (version before, version now)} of what is no longer as it was made."""
        now = self.versions()
        return {name: (old, now.get(name)) for name, old in self.at_first.items() if now.get(name) != old}

    def forget_additions(self):
        """Uninstall what a notebook has installed: each one in Colab meets a new machine."""
        added = sorted(self.versions().keys() - self.at_first.keys())
        if added:
            run(self.python, "-I", "-m", "pip", "uninstall", "--yes", "--quiet", *added)


def run(*command):
    return subprocess.run([*map(str, command)], check=True, stdout=subprocess.PIPE, text=True).stdout


@pytest.fixture(scope="session", params=PYTHONS, ids=lambda name: name.replace(" ", "-"))
def environment(request):
    interpreter = PYTHONS[request.param]
    if not interpreter or subprocess.run([interpreter, "-c", ""], capture_output=True).returncode:
        pytest.skip(f"{request.param} was not found on the PATH, or does not run")  # a version manager's stub may not
    return Environment(interpreter)


@pytest.fixture
def colab_kernel(environment, tmp_path, monkeypatch):
    """A kernel named "colab", in which google.colab is imported from the start."""
    site = tmp_path / "site"
    site.mkdir()
    code = "import sys, types; sys.modules['google.colab'] = types.ModuleType('google.colab')\n"
    (site / "sitecustomize.py").write_text(code)
    kernel = tmp_path / "jupyter" / "kernels" / "colab"
    kernel.mkdir(parents=True)
    command = [str(environment.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    (kernel / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Colab", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setenv("PATH", f"{environment.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    yield "colab"
    environment.forget_additions()


@pytest.mark.usefixtures("address_is_local")
def test_a_notebook_runs_in_colab_and_changes_no_version(notebook, environment, colab_kernel, tmp_path):
    needs = {"pytorch": "torch", "tensorflow": "tensorflow"}.get(notebook.parent.name)
    if needs and needs not in environment.at_first:
        pytest.skip(f"no build of {needs} for this Python could be had")
    folder = tmp_path / "content"
    folder.mkdir()
    shutil.copyfile(notebook, folder / notebook.name)
    run_notebook = nbformat.read(folder / notebook.name, as_version=4)
    nbclient.NotebookClient(
        run_notebook, timeout=CELL_SECONDS, kernel_name=colab_kernel, resources={"metadata": {"path": str(folder)}}
    ).execute()
    assert environment.changed() == {}
    tell_other_texts(run_notebook, nbformat.read(notebook, as_version=4))


def tell_other_texts(run_notebook, committed):
    """Warn of cells that show another text than the committed ones: other versions may, but should not."""
    pairs = zip(run_notebook.cells, committed.cells, strict=True)
    others = [
        new.source
        for new, old in pairs
        if new.cell_type == "code"
        and "nbval-ignore-output" not in new.metadata.get("tags", [])
        and texts(new.outputs) != texts(old.outputs)
    ]
    if others:
        warnings.warn(f"{len(others)} cells show another text, for example of: {others[0]}", stacklevel=2)
