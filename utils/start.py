"""What the first cell of every notebook calls once it has found the course."""

import functools
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import types
from collections.abc import Callable, Iterable
from importlib import metadata
from typing import Any

from utils.calling import load
from utils.catalogue import tasks_of
from utils.check import Session
from utils.course import CourseError, Lesson, course, lesson_of
from utils.gym import Gym
from utils.installed import ask
from utils.judging import MISSING, is_text
from utils.messages import say
from utils.progress import WORK, here
from utils.quiz import FRAMEWORKS
from utils.review import Review

COURSE = pathlib.Path(__file__).resolve().parent.parent
NAMES = {"torch": "PyTorch", "pytorch_lightning": "PyTorch Lightning", "tensorflow": "TensorFlow", "keras": "Keras"}
NEEDS = {"pytorch": ("torch",), "tensorflow": ("tensorflow", "keras"), "neutral": ()}
KERAS = {"backend": "tensorflow", "floatx": "float32", "epsilon": 1e-7, "image_data_format": "channels_last"}
GONE = ("tasks.lesson", "utils.answers")  # how the names of modules begin that older notebooks import
KEPT = ("torch", "tensorflow", "keras", "numpy")  # an installed version of these is never replaced
Command = Callable[..., None]


def commands(name: str, framework: str) -> tuple[Command, ...]:
    """Make this kernel ready for a lesson; returns its check, hint, solution, progress, predict and reveal.

    The rest as in begin.
    """
    session = _begun(name, framework)
    if pathlib.Path.cwd().is_relative_to(WORK):  # a learner's copy; the course's own say the same everywhere
        say(ready(session))
    return *_four(session), session.predictions.predict, session.predictions.reveal


def ready(session: Session) -> str:
    """What runs in this kernel, and how much of the lesson is solved."""
    module = sys.modules.get(NEEDS[session.framework][0]) if NEEDS[session.framework] else None
    runs = f"{FRAMEWORKS[session.framework]} {module.__version__.partition('+')[0]}, " if module else ""
    return f"Ready: {runs}{len(session.done)} of {len(session.tasks)} solved."


@functools.cache
def practice(name: str, framework: str) -> tuple[Command, Command]:
    """The review and gym of this kernel, for a lesson that `commands` has made it ready for."""
    with_high_level = lesson_of(name).number >= lesson_of("high_level").number
    return Review(framework, here()).review, Gym(framework, with_high_level).gym


def begin(name: str, framework: str) -> tuple[Command, ...]:
    """Make this kernel ready for a lesson; returns its check, hint, solution and progress.

    Copies of notebooks from before there were predictions call this.
    name: the lesson's subject, such as "tensors"; with a number before it, such as "01_tensors", it comes from a copy
    of a notebook that is older still. framework: "pytorch", "tensorflow" or "neutral" (no framework).
    What is missing is installed in Colab; elsewhere, and where something is in the way, one sentence says what to do
    (SystemExit).
    """
    return _four(_begun(name, framework))


def _four(session: Any) -> tuple[Command, ...]:
    return session.check, session.hint, session.solution, session.progress


def _begun(name: str, framework: str) -> Any:
    """The session of a lesson, in a kernel that is ready for it."""
    # TensorFlow reads these while it is imported: no log lines, and sums in the same order on every processor.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    subject = re.sub(r"^\d\d_", "", name)
    try:
        lesson = lesson_of(subject)
    except CourseError:
        raise SystemExit(
            f"The course beside this notebook has no lesson {subject!r}: update it with git pull."
        ) from None
    modules = (*NEEDS[framework], *lesson.packages.get(framework, ()))
    _refuse_other_files("tasks", *modules)
    _settle_keras(framework)
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing and "google.colab" in sys.modules:
        install(missing)
    elif missing:
        raise SystemExit(_how_to_install(missing, framework))
    for module in modules:
        load(module)
    if framework == "pytorch":
        # TensorBoard takes TensorFlow where it is installed, half a gigabyte, unless it finds this module.
        sys.modules.setdefault("tensorboard.compat.notf", types.ModuleType("tensorboard.compat.notf"))
    return OlderCopy(lesson, framework) if subject != name else _kept(Session, lesson.file, framework)


@functools.cache
def _kept(make: Callable[..., Any], file: str, framework: str) -> Any:
    """The session of a lesson in this kernel: whoever runs the first cell again keeps what is solved."""
    return make(file, framework, here())


class Moved:
    """Says of a module of ours that is gone, when an older copy of a notebook imports it, where to find the new way."""

    def __init__(self, number: str) -> None:
        self.number = number

    def find_spec(self, name: str, *_: object) -> None:
        """What Python asks when no one else has found the module."""
        if name.startswith(GONE):
            raise ModuleNotFoundError(
                f"{name} is not part of the course any more: `make fetch LESSON={self.number}` puts the newest "
                "notebook beside this one, and your answers can be copied into it."
            )


class OlderCopy:
    """The commands of a notebook that is older than the course: its tasks are found in the lessons they are in now.

    Its questions are not judged, because the same number may be another question by now.
    """

    def __init__(self, lesson: Lesson, framework: str) -> None:
        self.lesson, self.framework, self.record = lesson, framework, here()
        self.sessions = {lesson.file: Session(lesson.file, framework, self.record)}
        sys.meta_path.append(Moved(lesson.number))
        say(
            f"This notebook is older than the course beside it. Its tasks are still checked, its questions are not. "
            f"`make fetch LESSON={lesson.number}` puts the newest one beside it; in Colab open it anew by its badge."
        )

    def check(self, name: Any = None, answer: Any = MISSING, **more: Any) -> None:
        """As Session.check."""
        if answer is MISSING and is_text(name):
            answer = sys._getframe(1).f_globals.get(name, MISSING)
        if not self._is_question(name):
            self._session(name).check(name, answer, **more)

    def hint(self, name: Any = None) -> None:
        """As Session.hint."""
        if not self._is_question(name):
            self._session(name).hint(name)

    def solution(self, name: Any = None, way: str | None = None) -> None:
        """As Session.solution."""
        if not self._is_question(name):
            self._session(name).solution(name, way)

    def progress(self, *_: object) -> None:
        """As Session.progress, of every lesson in which a task of this notebook is now."""
        lines = [line for session in self.sessions.values() for line in session.states()]
        say("\n".join([*lines, *self.sessions[self.lesson.file].states_of_course()]))

    def _is_question(self, name: Any) -> bool:
        if not (is_text(name) and name.startswith("quiz_")):
            return False
        say(f"{name}: the questions of lesson {self.lesson.number} have changed since; the newest notebook has them.")
        return True

    def _session(self, name: Any) -> Session:
        """The session whose tasks hold `name`, the lesson's own first; its own where none does."""
        own = self.sessions[self.lesson.file]
        if not is_text(name) or name in own.tasks:
            return own
        for lesson in course():
            if name in [task.name for task in tasks_of(lesson.subject)]:
                return self.sessions.setdefault(lesson.file, Session(lesson.file, self.framework, self.record))
        return own


def _refuse_other_files(*names: str) -> None:
    """SystemExit where a learner's own file, such as torch.py beside the notebook, would be imported instead."""
    for name in names:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            continue
        file = pathlib.Path(spec.origin)
        own = (
            file.parent.parent == COURSE
            if name == "tasks"
            else pathlib.Path.cwd() not in (file.parent, file.parent.parent)
        )
        if not own:
            raise SystemExit(
                f"{file} hides the module {name} that this lesson needs: give that file another name, then restart "
                "the kernel."
            )


def _settle_keras(framework: str) -> None:
    """Let no setting of the environment or of the home folder's keras.json change what a lesson computes.

    SystemExit where Keras has read such a setting already.
    """
    if "keras" not in sys.modules:
        for name in [name for name in os.environ if name.startswith("KERAS_")]:
            del os.environ[name]
        os.environ["KERAS_HOME"] = str(COURSE / "data" / "cache" / "keras")  # Keras looks for its keras.json there
        os.environ["KERAS_BACKEND"] = "tensorflow" if importlib.util.find_spec("tensorflow") else "torch"
    elif framework == "tensorflow":
        config = sys.modules["keras"].config
        for name, right in KERAS.items():
            if (found := getattr(config, name)()) != right:
                raise SystemExit(
                    f"Keras was imported before this cell, with {name} {found!r}, and this notebook needs {right!r}: "
                    "restart the kernel and run this cell first."
                )


def install(modules: Iterable[str]) -> None:
    """Install the pinned packages of `modules` with pip; versions of KEPT that are there stay as they are."""
    kept = [f"{name}=={metadata.version(name)}" for name in KEPT if importlib.util.find_spec(name)]
    command = [sys.executable, "-m", "pip", "install", "--quiet", *map(_pin, modules), *kept]
    print("Installing", ", ".join(NAMES[module] for module in modules), "...")
    if subprocess.run(command, capture_output=True).returncode:
        wanted = " and ".join(map(_pin, modules))
        raise SystemExit(f"Could not install {wanted}: check that you are online, then run this cell again.")
    importlib.invalidate_caches()


def _how_to_install(modules: Iterable[str], framework: str) -> str:
    names = " and ".join(NAMES[module] for module in modules)
    return (
        f"This notebook needs {names}, not installed here: type `make lab FRAMEWORK={framework}` in the course's "
        f"folder, or `pip install {' '.join(map(_pin, modules))}`, then restart the kernel."
    )


@functools.cache
def _pins() -> dict[str, str]:
    """{package name: its line} of requirements.txt, the one list of versions."""
    lines = (COURSE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return {re.split("==", line)[0]: line.strip() for line in lines if "==" in line and not line.startswith("#")}


def _pin(module: str) -> str:
    return _pins()[module.replace("_", "-")]


def installation() -> None:
    """Print which packages of the course are installed, what each path lacks, and the devices that can compute."""
    print(f"Python {sys.version.split()[0]}")
    states, devices = dict.fromkeys(NAMES, "not installed"), ["CPU"]
    for modules in (("torch", "pytorch_lightning"), ("tensorflow", "keras")):
        # Each framework in a process of its own: one that cannot start leaves this kernel and the other alone.
        if there := [module for module in modules if importlib.util.find_spec(module)]:
            found, more = ask(there)
            states |= found
            devices += more
    for module, name in NAMES.items():
        print(f"{'✓' if states[module].startswith('version') else '○'} {name}: {states[module]}")
    for framework, title in (("pytorch", "PyTorch"), ("tensorflow", "TensorFlow")):
        missing = [m for m in (*NEEDS[framework], *_packages(framework)) if not states[m].startswith("version")]
        advice = f"type `make lab FRAMEWORK={framework}` in the course's folder" if missing else "ready"
        print(f"{title} path: {advice}")
    print("Devices:", ", ".join(devices))
    for module in ("torch", "tensorflow"):  # lesson 00 imports them later: by then without their lines of log
        if states[module].startswith("version"):
            load(module)


def _packages(framework: str) -> list[str]:
    """What the lessons of a framework need besides it."""
    return sorted({name for lesson in course() for name in lesson.packages.get(framework, ())})
