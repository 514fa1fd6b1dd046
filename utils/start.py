"""What the first cell of every notebook calls once it has found the course."""

import functools
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
from importlib import metadata

from utils.calling import load
from utils.check import Session
from utils.course import course, lesson_of

COURSE = pathlib.Path(__file__).resolve().parent.parent
NAMES = {"torch": "PyTorch", "pytorch_lightning": "PyTorch Lightning", "tensorflow": "TensorFlow", "keras": "Keras"}
NEEDS = {"pytorch": ("torch",), "tensorflow": ("tensorflow", "keras"), "neutral": ()}
KEPT = ("torch", "tensorflow", "keras", "numpy")  # an installed version of these is never replaced


def begin(lesson, framework):
    """Make this kernel ready for a lesson; returns its check, hint, solution and progress.

    lesson: the notebook's name, such as "01_tensors". framework: "pytorch", "tensorflow" or "neutral" (no framework).
    What is missing is installed in Colab; elsewhere one sentence says how (SystemExit).
    """
    # TensorFlow reads these while it is imported: no log lines, and sums in the same order on every processor.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    if importlib.util.find_spec("tensorflow") is None:
        os.environ.setdefault("KERAS_BACKEND", "torch")  # Keras is also on the PyTorch path
    modules = (*NEEDS[framework], *lesson_of(lesson).packages.get(framework, ()))
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing and "google.colab" in sys.modules:
        install(missing)
    elif missing:
        raise SystemExit(_how_to_install(missing, framework))
    for module in modules:
        load(module)
    session = Session(lesson, framework)
    return session.check, session.hint, session.solution, session.progress


def install(modules):
    """Install the pinned packages of `modules` with pip; versions of KEPT that are there stay as they are."""
    kept = [f"{name}=={metadata.version(name)}" for name in KEPT if importlib.util.find_spec(name)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", *map(_pin, modules), *kept]
    print("Installing", ", ".join(NAMES[module] for module in modules), "...")
    if subprocess.run(command, capture_output=True).returncode:
        wanted = " and ".join(map(_pin, modules))
        raise SystemExit(f"Could not install {wanted}: check that you are online, then run this cell again.")
    importlib.invalidate_caches()


def _how_to_install(modules, framework):
    names = " and ".join(NAMES[module] for module in modules)
    return (
        f"This notebook needs {names}, not installed here: type `make lab FRAMEWORK={framework}` in the course's "
        f"folder, or `pip install {' '.join(map(_pin, modules))}`, then restart the kernel."
    )


@functools.cache
def _pins():
    """{package name: its line} of requirements.txt, the one list of versions."""
    lines = (COURSE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return {re.split("==", line)[0]: line.strip() for line in lines if "==" in line and not line.startswith("#")}


def _pin(module):
    return _pins()[module.replace("_", "-")]


def installation():
    """Print which packages of the course are installed, what each path lacks, and the devices that can compute."""
    print(f"Python {sys.version.split()[0]}")
    states = {module: _state(module) for module in NAMES}
    for module, name in NAMES.items():
        print(f"{'✓' if states[module].startswith('version') else '○'} {name}: {states[module]}")
    for framework, title in (("pytorch", "PyTorch"), ("tensorflow", "TensorFlow")):
        missing = [m for m in (*NEEDS[framework], *_packages(framework)) if not states[m].startswith("version")]
        advice = f"type `make lab FRAMEWORK={framework}` in the course's folder" if missing else "ready"
        print(f"{title} path: {advice}")
    print("Devices:", ", ".join(_devices()))


def _packages(framework):
    """What the lessons of a framework need besides it."""
    return sorted({name for lesson in course() for name in lesson.packages.get(framework, ())})


def _state(module):
    """The version of a module that can be imported, or why it cannot."""
    if importlib.util.find_spec(module) is None:
        return "not installed"
    try:
        return f"version {load(module).__version__}"
    except Exception as error:  # a broken installation fails in many ways
        return f"installed, but does not start ({type(error).__name__}: {error})"


def _devices():
    """The devices that the installed frameworks can use; the CPU is always one."""
    found, torch, tf = ["CPU"], sys.modules.get("torch"), sys.modules.get("tensorflow")
    if torch:
        found += [f"CUDA GPU ({torch.cuda.get_device_name(i)})" for i in range(torch.cuda.device_count())]
        found += ["Apple GPU (MPS)"] if torch.backends.mps.is_available() else []
    if tf:
        found += [f"{d.device_type} (TensorFlow)" for d in tf.config.list_physical_devices() if d.device_type != "CPU"]
    return found
