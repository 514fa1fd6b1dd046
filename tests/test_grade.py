"""Grading a class: what comes out of a folder of submissions, hostile ones among them, and what a release holds.

The lesson is 00, which needs no framework. All submissions are run in one go, as those of a class are: each test also
shows that no other submission was in its way.
"""

import csv
import html
import io
import json
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tools import grade, release
from tools.grading import outcome, verdicts
from tools.grading.copying import copy_without_answers
from tools.grading.drawing import Copy, copy_for, looks, said_of_usual_data
from tools.grading.notebooks import Cell, Learner, Submission, learner_of, read
from tools.grading.processes import Limits, Nursery
from tools.grading.sandbox import Refusal, Sandbox, find_way
from tools.grading.verdicts import Grader
from tools.grading.wire import Garbled, unpack
from utils import data, lab
from utils.catalogue import source, tasks_of
from utils.course import lesson_of
from utils.quiz import read_quiz

SIGMOID = "import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))"
ERROR = "def mean_squared_error(predictions, targets):\n    return np.mean((predictions - targets) ** 2)"
STEP = "def gradient_step(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient"
RIGHT = (SIGMOID, ERROR, STEP)
COURSE = Path(__file__).resolve().parent.parent
TASKS = ("sigmoid", "mean_squared_error", "gradient_step")
WRONG = [f"def {name}(*given):\n    return given[0] * 0 + 7" for name in TASKS]
SEND = (
    "import os\nfor number in range(3, 40):\n    try:\n        os.write(number, {})\n    except OSError:\n        pass"
)
FORGED = b"""{"ran": [], "answers": {}, "replaced": []}
{"task": "gradient_step", "state": "observed", "code": "", "tried": ["x"], "seen": [{"kind": "text"}]}
"""
TRY = """
def outcome_of(attack):
    try:
        return str(attack())
    except BaseException as error:
        return type(error).__name__
"""


def notebook(*cells, begin='commands("start_here", "neutral")', language="python"):
    """A notebook as bytes: the cell that begins the lesson, and code cells."""
    first = f"from utils.start import commands\ncheck, hint, solution, progress, predict, reveal = {begin}"
    code = [{"cell_type": "code", "source": source, "outputs": [], "metadata": {}} for source in (first, *cells)]
    metadata = {"kernelspec": {"name": "x", "language": language}}
    return json.dumps({"cells": code, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def told(attack):
    """A cell that tries an attack, given as an expression, and hands in how it ended as a written answer."""
    return f"{TRY}\nanswers = {{'1': outcome_of(lambda: {attack})}}"


EQUAL = """
import numpy as np
class Equal(np.ndarray):
    def __eq__(self, other):
        return np.True_
    __ne__ = __lt__ = __gt__ = __array_ufunc__ = lambda *a, **k: np.True_
    dtype = shape = property(lambda self: Any())
class Any(float):
    __class__ = property(lambda self: np.ndarray)
    __eq__ = lambda *a: True
    __hash__ = float.__hash__
    __array__ = lambda self, *a, **k: np.zeros(3)
"""
CHEATS = {  # wrong answers, and what shall make them count
    "equal arrays": [EQUAL, *(f"def {name}(*given):\n    return np.zeros(3).view(Equal)" for name in TASKS)],
    "equal numbers": [EQUAL, *(f"def {name}(*given):\n    return Any(7)" for name in TASKS)],
    "thread": [
        """
import threading, utils.looking
def again():
    while True:
        utils.looking.see = utils.looking.same = lambda *a, **k: True
threading.Thread(target=again, daemon=True).start()
""",
        *WRONG,
    ],
    "profile": [
        "import sys\ndef watch(frame, *_):\n    frame.f_locals.update(seen=[], tried=[])\nsys.setprofile(watch)",
        *WRONG,
    ],
    "at exit": [f"import atexit\natexit.register(lambda: exec({SEND.format(FORGED)!r}))", *WRONG],
    "redefine": ["def check(*_, **__):\n    print('✓ right.  (3 of 3 solved)')\ncheck('sigmoid')", *WRONG],
    "numpy": ["import numpy as np\nnp.allclose = np.array_equal = np.isfinite = lambda *a, **k: True", *WRONG],
    "utils": ["import utils.looking\nutils.looking.same = utils.judging.same = lambda *a, **k: True", *WRONG],
    "judge": ["from utils.judging import Judge\nJudge.observe = lambda *a, **k: 3", *WRONG],
    "observe": [
        "import tasks.start_here.sigmoid as s\nobject.__setattr__(s.TASK, 'observe', lambda answer, seed: iter(()))",
        *WRONG,
    ],
    "builtins": ["import builtins\nbuiltins.isinstance = builtins.all = lambda *a, **k: True", *WRONG],
    "imports": ["import sys\nsys.meta_path.insert(0, type('Finder', (), {'find_spec': lambda *a: None})())", *WRONG],
    "forged": [*WRONG, SEND.format(FORGED)],
    "garbage": [*WRONG, SEND.format("b'[' * 100_000 + b'\\n'")],
    "reference": [
        """
import gc, glob, importlib, inspect, sys
found = []
for name in ("sigmoid", "mean_squared_error", "gradient_step"):
    try:
        found.append(getattr(importlib.import_module(f"tasks.start_here.{name}.neutral"), name))
    except ImportError:
        pass
found += [o for o in gc.get_objects() if inspect.isfunction(o) and o.__name__ in ("sigmoid", "gradient_step")]
frame = sys._getframe()
while frame:
    found += [v for v in frame.f_locals.values() if inspect.isfunction(v) and v.__name__ == "sigmoid"]
    frame = frame.f_back
for root in ("/course", "/proc/1/root/course", "/proc/1/cwd/.."):
    found += glob.glob(root + "/**/neutral.py", recursive=True)
answers = {"1": str(found)}
""",
        *WRONG,
    ],
}  # fmt: skip
STOPPED = {  # what stops the run before any answer is seen, and a word of the sentence that tells
    "exit": ("import os\nos._exit(0)", "ends the process"),
    "print": ("while True: print('x' * 10**6)", "worked for more than 4 seconds"),
    "memory": ("held = []\nwhile True: held.append(bytearray(10**8))", "memory"),
    "forks": ("import os\nwhile True: os.fork()", "stopped"),
    "threads": (
        "import threading\nwhile True: threading.Thread(target=threading.Event().wait).start()",
        "processes and threads",
    ),
}
TRIES = {  # an attack that the sandbox refuses, in the words of its error, beside right answers
    "course": ("open('/course/utils/looking.py', 'w')", "OSError"),
    "system": ("open('/usr/bin/x', 'w')", "OSError"),
    "kernel": ("open('/proc/sys/kernel/core_pattern', 'w')", "OSError"),
    "device": ("__import__('os').chmod('/dev/null', 0)", "OSError"),
    "home": ("open('/root/.profile')", "FileNotFoundError"),
    "passwords": ("open('/etc/passwd')", "FileNotFoundError"),
    "parent": ("__import__('os').kill(__import__('os').getppid() or 2, 9)", "ProcessLookupError"),
    "disk": ("open('/course/work/x', 'wb').write(bytes(300 * 2**20))", "OSError"),
    "root": ("__import__('os').chroot('/course')", "PermissionError"),
    "spaces": ("__import__('ctypes').CDLL(None).unshare(0x10000000)", "-1"),
    "mounts": ("__import__('ctypes').CDLL(None).mount(b'none', b'/course', b'tmpfs', 0, None)", "-1"),
    "trace": ("__import__('ctypes').CDLL(None).ptrace(16, 1, None, None)", "-1"),
    "other work": ("__import__('os').listdir('/course/work')", "[]"),
    "network": ("__import__('socket').create_connection(('192.0.2.1', 80), 2)", "OSError"),
}
UNREADABLE = {  # a file that is never run, and a word of the sentence that tells why
    "text": (b"hello", "JSON"),
    "cut off": (notebook(*RIGHT)[:200], "JSON"),
    "deep": (b"[" * 200_000, "JSON"),
    "list": (b"[]", "format"),
    "other language": (notebook(*RIGHT, language="R"), "Python"),
    "other lesson": (notebook(*RIGHT, begin='commands("training", "pytorch")'), "lesson 02"),
    "unknown lesson": (notebook(*RIGHT, begin='commands("knitting", "pytorch")'), "does not have"),
    "many cells": (notebook(*["x = 1"] * 1_001), "1,000"),
    "odd cells": (json.dumps({"cells": [3, None, {"cell_type": "code", "source": 4}]}).encode(), "first code cell"),
    "no beginning": (json.dumps({"cells": []}).encode(), "first code cell"),
}
MOODLE, CANVAS = "Ada <b>Lovelace_4711_assignsubmission_file/my work.ipynb", "hopper_LATE_81_9_lab (1).ipynb"
SCRIPT = "<script>alert(1)<"
OTHERS = {
    "leaves/a.ipynb": notebook("open('/course/work/left', 'w').write('sigmoid')", *RIGHT),
    "figures/a.ipynb": notebook(*RIGHT).replace(
        b'"outputs": []', b'"outputs": [3, {"data": {"image/png": "iVBORw0KGgo\\"><script>alert(3)</script>"}}]'
    ),
    "answers/a.ipynb": notebook("answers = {1: 2, '<script>': '<script>' * 10**6, 'x' * 10**6: ''}", *RIGHT),
    "halves/a.ipynb": notebook(
        "answers = {'1': '\\ud800'}\nclass X(Exception): pass", "raise X('\ud800\\udfff')", *RIGHT
    ),
    MOODLE: notebook(*RIGHT),
    CANVAS: notebook(SIGMOID, WRONG[1], STEP),
    f"{SCRIPT}/a.ipynb": notebook("raise ValueError('<script>alert(2)</script>')", *RIGHT),
    "=cmd|calc/a.ipynb": notebook(*RIGHT),
    "old/a.ipynb": notebook(*RIGHT, begin='(*begin("00_start_here", "neutral"), 0, 0)').replace(
        b"import commands", b"import *"
    ),
    "order/a.ipynb": notebook("print(scale * 2)", "scale = 3", *RIGHT),
    "magic/a.ipynb": notebook("%matplotlib inline\n!pip install x", *RIGHT),
    "broken/a.ipynb": notebook("this is no Python", *RIGHT),
    "unwritten/a.ipynb": notebook("def sigmoid(x):\n    ...", "gradient_step = 3"),
    "late exit/a.ipynb": notebook(SIGMOID, "def mean_squared_error(a, b):\n    import os\n    os._exit(0)", STEP),
    "raises/a.ipynb": notebook(SIGMOID, "def mean_squared_error(a, b):\n    raise SystemExit('<script>')", STEP),
    "endless/a.ipynb": notebook(SIGMOID, "def mean_squared_error(a, b):\n    while True: pass", STEP),
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """A Sandbox that every run of these tests takes, with one copy of the course; skips where none works."""
    course = tmp_path_factory.mktemp("place") / "course"
    course.mkdir()
    (course.parent / "root").mkdir()
    copy_without_answers(course)
    try:
        way = find_way(course)
    except Refusal as refusal:
        pytest.skip(str(refusal))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grade, "copy_without_answers", lambda target: shutil.copytree(course, target, dirs_exist_ok=True))
        patch.setattr(grade, "find_way", lambda _: way)
        yield Sandbox(course, way)


@pytest.fixture(scope="module")
def run(sandbox, tmp_path_factory):
    """A function that runs one notebook of lesson 00 with limits, and gives its Result."""
    folder = tmp_path_factory.mktemp("one")
    grader = Grader(lesson_of("00"), "neutral", 5)
    with Nursery(sandbox, "start_here", "neutral") as nursery:

        def result(content, limits):
            (folder / "a.ipynb").write_bytes(content)
            one = read(folder, folder / "a.ipynb", lesson_of("00"))
            return grader.judge(one, grader.run(one, nursery, limits, 0))

        yield result


@pytest.fixture(scope="module")
def graded(tmp_path_factory, sandbox):
    """(folder of results, {path: Result}) of all submissions."""
    folder = tmp_path_factory.mktemp("class") / "submissions"
    server = socket.create_server(("127.0.0.1", 0))
    files = {f"cheat {name}/a.ipynb": notebook(*cells) for name, cells in CHEATS.items()}
    files |= {f"stopped {name}/a.ipynb": notebook(cell, *RIGHT) for name, (cell, _) in STOPPED.items()}
    files |= {f"tries {name}/a.ipynb": notebook(told(attack), *RIGHT) for name, (attack, _) in TRIES.items()}
    files |= {f"unreadable {name}/a.ipynb": content for name, (content, _) in UNREADABLE.items()}
    reach = told(f"__import__('socket').create_connection(('127.0.0.1', {server.getsockname()[1]}), 2)")
    for name, content in {**files, **OTHERS, "tries loopback/a.ipynb": notebook(reach, *RIGHT)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with open(folder / "large.ipynb", "wb") as large:
        large.truncate(200 * 2**20)
    (folder / "link.ipynb").symlink_to("/etc/passwd")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grade, "LIMITS", Limits(work=4, clock=120, memory=2**30, processes=60))
        patch.setattr(verdicts, "_limit", lambda *_: 2.0)
        found = {}
        write = outcome.write
        patch.setattr(
            outcome, "write", lambda out, lesson, pairs, *more: (found.update(pairs), write(out, lesson, pairs, *more))
        )
        assert grade.main([str(folder), "00"]) == 0
    server.setblocking(False)
    with pytest.raises(BlockingIOError):
        server.accept()
    server.close()
    return folder.with_name("submissions-graded"), {one.path: result for one, result in found.items()}


@pytest.mark.parametrize("name", CHEATS)
def test_no_cheat_gets_a_point(graded, name):
    result = graded[1][f"cheat {name}/a.ipynb"]
    assert (result.points, result.of) == (0, 3)


def test_nothing_of_the_reference_is_in_sight(graded):
    assert graded[1]["cheat reference/a.ipynb"].answers == {"1": "[]"}


@pytest.mark.parametrize("name", ["numpy", "utils", "judge", "builtins"])
def test_what_was_replaced_is_told(graded, name):
    assert graded[1][f"cheat {name}/a.ipynb"].replaced


@pytest.mark.parametrize("name", STOPPED)
def test_what_does_not_end_is_stopped_and_told(graded, name):
    result = graded[1][f"stopped {name}/a.ipynb"]
    assert STOPPED[name][1] in result.problem
    assert result.points == 0


@pytest.mark.parametrize("name", TRIES)
def test_the_sandbox_refuses(graded, name):
    result = graded[1][f"tries {name}/a.ipynb"]
    assert result.answers == {"1": TRIES[name][1]}
    assert result.points == 3


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_run_is_told_in_one_sentence(graded, name):
    result = graded[1][f"unreadable {name}/a.ipynb"]
    assert UNREADABLE[name][1] in result.problem
    assert not result.found


def test_a_large_file_is_not_read_and_a_link_not_followed(graded):
    assert "30 MB" in graded[1]["large.ipynb"].problem
    assert "link.ipynb" not in graded[1]


RIGHT_ONES = ("leaves", "halves", "figures", "answers", "=cmd|calc", "old", "magic", "broken")


@pytest.mark.parametrize("name", [MOODLE, *(f"{name}/a.ipynb" for name in RIGHT_ONES)])
def test_right_answers_get_all_points(graded, name):
    assert graded[1][name].points == 3


def test_an_order_of_cells_that_a_fresh_run_breaks_is_told(graded):
    (sentence,) = graded[1]["order/a.ipynb"].cells
    assert "Code cell 2 uses `scale`, which only code cell 3 defines" in sentence


def test_what_was_seen_before_an_answer_ends_the_run_counts(graded):
    states = {one.task: one.status for one in graded[1]["late exit/a.ipynb"].found}
    assert "failed" in states.values()
    assert graded[1]["late exit/a.ipynb"].points == sum(state == "right" for state in states.values())


@pytest.mark.parametrize("name", ["raises/a.ipynb", "endless/a.ipynb"])
def test_an_answer_that_fails_costs_its_own_point_only(graded, name):
    states = states_of(graded[1][name])
    assert states == {"sigmoid": "right", "mean_squared_error": "wrong", "gradient_step": "right"}


def states_of(result):
    """{task: status}, without the questions of the quiz."""
    return {one.task: one.status for one in result.found if one.task in TASKS}


def test_what_is_not_written_is_open(graded):
    states = states_of(graded[1]["unwritten/a.ipynb"])
    assert states == {"sigmoid": "open", "mean_squared_error": "open", "gradient_step": "wrong"}


def test_pages_run_nothing(graded):
    pages = [*graded[0].rglob("*.html")]
    assert len(pages) == len(graded[1]) + 1
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "http" not in text.replace("http-equiv", "")


def test_a_second_run_takes_what_is_known(graded, monkeypatch):
    def no_run(*_):
        raise AssertionError

    monkeypatch.setattr(grade, "Nursery", no_run)
    monkeypatch.setattr(grade, "find_way", no_run)
    before = {page: page.read_bytes() for page in graded[0].glob("*.csv")}
    assert grade.main([str(graded[0].with_name("submissions")), "00"]) == 0
    assert {page: page.read_bytes() for page in graded[0].glob("*.csv")} == before


def test_a_gradescope_result_adds_up(graded):
    held = json.loads(outcome.for_gradescope(graded[1][CANVAS]))
    assert held["score"] == sum(test["score"] for test in held["tests"]) == 2
    assert {test["status"] for test in held["tests"]} == {"passed", "failed"}
    assert all(isinstance(test["output"], str) for test in held["tests"])
    assert [test["max_score"] for test in held["tests"]] == [1, 1, 1]


def test_a_github_result_adds_up(graded):
    held = json.loads(outcome.for_github(graded[1][CANVAS]))
    assert (held["version"], held["status"], held["max_score"]) == (1, "fail", 3)
    assert [test["status"] for test in held["tests"]].count("pass") == 2


@pytest.mark.parametrize("name", ["../x", "..", "/etc/passwd", "a/../../b", "", "<script>", "CON", "é\u202e"])
def test_a_page_stays_in_its_folder(name):
    file = outcome.page_name(Submission("x", Learner(name), ""))
    assert re.fullmatch(r"[a-z0-9-]+\.html", file)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("lab-ada-l/lab/07.ipynb", "lab-ada-l"),
        ("mail from ada.ipynb", "mail from ada"),
        ("x/y_1_assignsubmission_file/a", "y"),
    ],
)
def test_a_path_tells_whose_it_is(path, name):
    assert learner_of(path).name == name


@pytest.mark.parametrize(
    "held",
    [
        None,
        {"kind": 3},
        {"kind": "number"},
        {"kind": "tuple", "data": "x"},
        {"kind": "number", "dtype": "|O8", "shape": [], "bytes": ""},
        {"kind": "number", "dtype": "<f8", "shape": [2**60], "bytes": ""},
        {"kind": "number", "dtype": "<f8", "shape": [-1], "bytes": "AAAAAAAAAAA="},
        {"kind": "number", "dtype": "<f8", "shape": [], "bytes": "§"},
        {"kind": "list", "parts": [{"kind": "text", "data": "x"}] * 3_000},
    ],
)
def test_what_no_honest_run_sends_is_refused(held):
    with pytest.raises(Garbled):
        unpack(held)


def test_an_environment_that_is_a_link_is_seen_in_the_sandbox(sandbox, tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(sys.prefix)
    monkeypatch.setattr(sys, "executable", sys.executable.replace(sys.prefix, str(tmp_path / "link")))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "link"))
    assert sandbox.works()


SLEEPS = "import time\ntime.sleep(10**6)"
SMALL_NUMBERS = "import ctypes\nctypes.memmove(id(7) + 24, id(1) + 24, 4)\nctypes.memmove(id(False), id(True), 28)"


@pytest.mark.parametrize("cells", [[SLEEPS, *RIGHT], [SMALL_NUMBERS, *WRONG]])
def test_what_only_waits_is_stopped_and_told(run, cells):
    """A sleeper, and an interpreter that waits for ever because somebody changed its numbers."""
    result = run(notebook(*cells), Limits(clock=2))
    assert "took more than 2 seconds" in result.problem
    assert result.points == 0


def test_a_run_that_was_stopped_goes_on_where_it_was(sandbox, tmp_path, monkeypatch):
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(*RIGHT))
    judge, judged = Grader.judge, []

    def judged_once(self, submission, ran):
        if judged:
            raise KeyboardInterrupt
        judged.append(submission.path)
        return judge(self, submission, ran)

    monkeypatch.setattr(Grader, "judge", judged_once)
    assert grade.main([str(tmp_path / "in"), "00"]) == 2
    monkeypatch.setattr(Grader, "judge", lambda *given: (judged.append(given[1].path), judge(*given))[1])
    assert grade.main([str(tmp_path / "in"), "00"]) == 0
    assert sorted(judged) == ["a.ipynb", "b.ipynb", "c.ipynb"]


PATCHING = """
import numpy as np, torch
def train_two_classes(features, labels):
    def replace():
        np.mean = lambda *a, **k: 1.0
        np.array_equal = np.isin = lambda *a, **k: True
    def predict(new):
        replace()
        return (torch.arange(len(new)) % 2).float()[:, None]
    replace()
    return predict
"""


CLAIM = """
import json, os
true = {"kind": "number", "dtype": "|b1", "shape": [], "bytes": "AQ=="}
shape = {"kind": "NumPy array", "dtype": "<i8", "shape": [2], "bytes": "LAEAAAAAAAABAAAAAAAAAA=="}
told = {"state": "observed", "code": "", "tried": [f"look {n}" for n in range(9)], "seen": [true, shape, *[true] * 7]}
written = {"state": "written", "code": "", "answer": {"is": "function", "number": 0, "name": "x", "takes": []}}
held = {"is": "object", "number": 0, "name": "x", "can": ["__call__"]}
known = {"value": {**shape, "is": "NumPy array", "shape": [300, 1], "bytes": "AQ==", "dtype": "|b1"}}
ran = {"ran": [], "answers": {}, "replaced": [], "figures": []}
records = [ran, {"task": "train_two_classes", **told}, FOLLOWS]
for number in range(3, 64):
    try:
        os.write(number, b"".join(json.dumps(one).encode() + b"\\n" for one in records))
    except OSError:
        pass
"""
CLAIMS = {  # a notebook that speaks to the judge itself, as an honest run would speak for a right answer
    "claims what was seen": CLAIM.replace("FOLLOWS", "told"),
    "claims an answer": CLAIM.replace('{"task": "train_two_classes", **told}', "written").replace(
        "FOLLOWS", '{"value": held}, *[known] * 40'
    ),
}


@pytest.mark.slow
def test_a_lesson_with_a_framework(sandbox, tmp_path):
    """Solutions get all points, and mistakes, an answer that replaces NumPy's functions and claims get none."""
    tasks = tasks_of("training")
    sources = [source("training", task, "pytorch") for task in tasks]
    mistakes = {}
    for task in tasks:
        file = COURSE / "tasks" / "training" / task.name / ("neutral" if task.name == "epoch_loss" else "pytorch")
        name = next(iter(task.mistakes))
        text = file.with_suffix(".py").read_text(encoding="utf-8")
        mistakes[task.name] = f"{text}\n{task.name} = {task.name}__{name}"
    begin = 'commands("training", "pytorch")'
    (tmp_path / "in").mkdir()
    books = {
        "right": ["import numpy as np, torch\nimport tensorflow as tf\nfrom torch.nn import functional as F", *sources],
        "wrong": [*mistakes.values()],
        "patching": [PATCHING],
        **{
            name: ["def train_two_classes(features, labels):\n    return lambda new: 7", claim]
            for name, claim in CLAIMS.items()
        },
    }
    for name, cells in books.items():
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(*cells, begin=begin))
    assert grade.main([str(tmp_path / "in"), "02"]) == 0
    text = (tmp_path / "in-graded" / "grades.csv").read_text(encoding="utf-8")
    points = {row["name"]: row["points"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert points == {"right": "5", "wrong": "0", "patching": "0"} | dict.fromkeys(CLAIMS, "0")


@pytest.mark.parametrize(
    ("own", "run"),
    [
        ("def answer(x):\n    return x", [1]),
        ("def answer(x):\n    return helper(x)", [1, 2, 3]),
        ("print(model)", [1, 4, 5]),
        ("%time helper(3)", [1, 2, 3]),
    ],
)
def test_cells_of_the_lesson_run_where_they_are_needed(own, run):
    lesson = ["x = commands('a', 'neutral')", "import math", "def helper(x):\n    return math.sqrt(x)",
              "model = []", "model.append(1)", "other = helper(3)"]  # fmt: skip
    cells = tuple(Cell(number, source) for number, source in enumerate([*lesson, own], 1))
    one = Submission("", learner_of("a"), "", cells=cells, own=frozenset({7}))
    assert [cell.number for cell in one.needed()] == [*run, 7]


def test_a_folder_without_notebooks_is_told(tmp_path, capsys):
    assert grade.main([str(tmp_path), "00"]) == 2
    assert "no notebook" in capsys.readouterr().err


def test_a_release_holds_no_solution(tmp_path, capsys):
    """Neither a file of answers nor a function that one holds, nor an output, nor a model answer."""
    assert release.main(["07", "--out", str(tmp_path / "lab.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "lab.zip") as archive:
        held = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    for task in tasks_of("lab"):
        for framework in ("pytorch", "tensorflow"):
            lines = source("lab", task, framework).split("\n", 1)[1]
            assert not [name for name, text in held.items() if lines in text], task.name
    books = [json.loads(text) for name, text in held.items() if name.endswith(".ipynb")]
    assert len(books) == 2
    assert not [cell for book in books for cell in book["cells"] if cell.get("outputs")]
    assert not [cell for book in books for cell in book["cells"] if "Model answers" in "".join(cell["source"])]


def test_a_released_notebook_says_what_is_written(tmp_path):
    """Its first cell finds the copy of the course beside it, and check judges nothing."""
    release.main(["00", "--out", str(tmp_path / "00.zip")])
    with zipfile.ZipFile(tmp_path / "00.zip") as archive:
        archive.extractall(tmp_path)
    (book,) = tmp_path.glob("*/*.ipynb")
    cells = ["".join(c["source"]) for c in json.loads(book.read_text())["cells"] if c["cell_type"] == "code"]
    script = "\n".join([cells[0], "check('sigmoid')", WRONG[0], "check('sigmoid')", "solution('sigmoid')"])
    run = subprocess.run([sys.executable, "-c", script], cwd=book.parent, capture_output=True, text=True)
    assert run.stdout == ("○ sigmoid: not written yet.\n○ sigmoid: written; it is handed in and judged later.\n"), (
        run.stderr
    )


def test_a_quiz_counts_where_a_teacher_says_so(sandbox, tmp_path):
    """The last answer to a question counts, and one that only stands in a comment does not."""
    first, second, *_ = read_quiz("00_start_here", "neutral")
    wrong = next(option.letter for option in first.options if not option.right)
    cells = [
        f"%time\ncheck('quiz_1', {wrong!r})",
        f"check('quiz_1', '{first.right.letter})')",
        f"# check('quiz_2', {second.right.letter!r})\ncheck('quiz_2', ...)",
    ]
    (tmp_path / "in").mkdir()
    for name, book in {
        "right": notebook(*RIGHT, *cells),
        "wrong": notebook(*RIGHT, *reversed(cells)),
        "old": notebook(*RIGHT, *cells, begin="(*begin('00_start_here', 'neutral'), 0, 0)").replace(
            b"import commands", b"import *"
        ),
    }.items():
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(book)
    for more, points in (
        ([], {"right": "3", "wrong": "3", "old": "3"}),
        (
            ["--quiz", "2"],
            {"right": "5", "wrong": "3", "old": "3"},
        ),
    ):
        assert grade.main([str(tmp_path / "in"), "00", *more]) == 0
        text = (tmp_path / "in-graded" / "grades.csv").read_text(encoding="utf-8")
        rows = {row["name"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
        assert {name: row["points"] for name, row in rows.items()} == points
    assert (rows["right"]["Question 1"], rows["wrong"]["Question 1"], rows["old"]["Question 1"]) == ("2", "0", "")
    assert rows["right"]["Question 2"] == "0"
    (page,) = (tmp_path / "in-graded" / "learners").glob("right-*.html")
    assert html.escape(first.right.because) in page.read_text(encoding="utf-8")


@pytest.fixture
def released(tmp_path):
    """{learner: {name in the zip: text}} of a release of lesson 07 with data for each of two learners."""
    (tmp_path / "names.txt").write_text("Ada Lovelace\n\nGrace  Hopper\n", encoding="utf-8")
    given = ["07", "--seed", "autumn", "--learners", str(tmp_path / "names.txt"), "--out", str(tmp_path / "lab.zip")]
    assert release.main(given) == 0
    held = {}
    for learner in ("Ada Lovelace", "Grace Hopper"):
        with zipfile.ZipFile(tmp_path / "lab" / f"{learner.replace(' ', '-')}.zip") as archive:
            held[learner] = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return held


def test_each_learner_gets_other_data_and_the_grader_knows_which(released, tmp_path):
    seeds = set()
    for learner, held in released.items():
        (seed,) = [json.loads(text)["seed"] for name, text in held.items() if name.endswith("data/drawn.json")]
        seeds.add(seed)
        for name in [name for name in held if name.endswith(".ipynb")]:
            (tmp_path / "a.ipynb").write_text(held[name], encoding="utf-8")
            one = read(tmp_path, tmp_path / "a.ipynb", lesson_of("07"))
            assert one.copy == Copy(seed, learner) == copy_for("autumn", learner)
            assert not one.own
    assert len(seeds) == 2
    assert copy_for("autumn").seed not in seeds
    assert copy_for("spring", "Ada Lovelace") != copy_for("autumn", "Ada Lovelace")


def test_a_copy_of_the_course_uses_the_data_it_was_handed_out_with(released, tmp_path):
    with zipfile.ZipFile(tmp_path / "lab" / "Ada-Lovelace.zip") as archive:
        archive.extractall(tmp_path)
    script = "from utils import data; print(data.drawn())"
    run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path / "07_lab", capture_output=True, text=True)
    assert run.stdout == f"{copy_for('autumn', 'Ada Lovelace').seed}\n", run.stderr


def test_what_may_not_hold_for_other_data_is_marked(released):
    """Each part of a sentence that the lesson says of its usual data is found, and marked or named in the note."""
    for name, text in released["Ada Lovelace"].items():
        if name.endswith(".ipynb"):
            cells = [(cell["cell_type"], "".join(cell["source"])) for cell in json.loads(text)["cells"]]
            marked = [text for kind, text in cells if kind == "markdown" and text.endswith(release.MARK)]
            code = " ".join(text.replace('"\n    "', "") for kind, text in cells if kind == "code")
            for part in said_of_usual_data(lesson_of("07")):
                assert part in code or any(part in text for text in marked), part
            assert len(marked) == sum(part not in code for part in said_of_usual_data(lesson_of("07")))
            assert "sections 8, 9 are" in cells[1][1]


def test_data_for_each_learner_need_a_word_and_a_lesson_that_has_such(tmp_path, capsys):
    (tmp_path / "names.txt").write_text("Ada", encoding="utf-8")
    assert release.main(["07", "--learners", str(tmp_path / "names.txt")]) == 2
    assert release.main(["00", "--seed", "autumn"]) == 2
    said = capsys.readouterr().err
    assert "SEED=" in said
    assert "Lesson 00 has no other data" in said


def test_a_word_that_is_missing_or_wrong_is_told(tmp_path, capsys):
    line = copy_for("autumn", "Ada").line
    book = notebook(*RIGHT, begin=f'commands("lab", "pytorch")\n{line}')
    (tmp_path / "a.ipynb").write_bytes(book)
    for more, said in ((), "add the SEED"), (("--seed", "spring"), "No notebook was handed out with this SEED"):
        assert grade.main([str(tmp_path), "07", *more]) == 2
        assert said in capsys.readouterr().err


def test_what_a_notebook_says_of_its_data_is_not_believed(tmp_path):
    grading = grade.Grading(lesson_of("07"), tmp_path, 0, None, "autumn")
    told = [("a", Copy(7, "Ada")), ("b", None), ("c", copy_for("autumn", "Ada")), ("d", copy_for("autumn", "Ada"))]
    seeds = [grading._data(Submission(path, learner_of(path), "", copy=copy)) for path, copy in told]
    assert seeds == [copy_for("autumn", who).seed for who in ("Ada", "", "Ada", "Ada")]
    assert looks(told, "autumn") == [
        "a does not say truly which data it was handed out with.",
        "b does not say truly which data it was handed out with.",
        "d and c were both handed out to Ada.",
    ]


@pytest.fixture
def drawn():
    """A function that draws other data; afterwards they are the usual ones."""
    yield data.draw
    data.draw(None)


def test_other_data_are_as_many_and_as_mixed_but_others(drawn):
    def everything():
        return data.iris(), lab.digits(), lab.withheld_digits(), *lab.noisy_digits()

    usual = everything()
    drawn(0)
    assert all(np.array_equal(one.features, other.features) for one, other in zip(usual, everything(), strict=True))
    drawn(48_213)
    for one, other in zip(usual, everything(), strict=True):
        assert one.features.shape == other.features.shape
        assert not np.array_equal(one.features, other.features)
        assert other.features.min() >= 0
    assert np.array_equal(np.bincount(data.iris().labels), [50, 50, 50])
    assert abs(data.iris().features - usual[0].features).max() < 0.6
    pixels = [{row.tobytes() for row in part.features} for part in (lab.digits(), lab.withheld_digits())]
    assert not pixels[0] & pixels[1]


DIGITS = ("train_one_layer", "train_several_layers", "overfit_on_purpose", "stop_early", "hold_back", "best_network")


@pytest.mark.slow
def test_the_data_of_a_word_are_used_in_the_sandbox(sandbox, tmp_path):
    """The cells run with them. Answers are tried with the usual ones, so solutions get their points with any word."""
    tasks = [task for task in tasks_of("lab") if task.name in ("train_network", *DIGITS)]
    sources = [source("lab", task, "pytorch") for task in tasks]
    tells = "def split_parts(*_):\n    raise ValueError(f'drawn {data.drawn()}')"
    cells = ["from utils import data, lab\nanswers = {'1': str(data.drawn())}", IMPORTS, *sources, tells]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.ipynb").write_bytes(notebook(*cells, begin='commands("lab", "pytorch")'))
    assert grade.main([str(tmp_path / "in"), "07", "--seed", "autumn", "--for", "gradescope"]) == 1
    (result,) = (tmp_path / "in-graded" / "results").glob("*.json")
    held = json.loads(result.read_text(encoding="utf-8"))
    assert held["answers"] == {"1": str(copy_for("autumn").seed)}
    assert {found["task"] for found in held["found"] if found["status"] == "right"} == {task.name for task in tasks}
    assert any("drawn 0" in found["sentence"] for found in held["found"])


IMPORTS = "import copy\nimport numpy as np, torch\nimport pytorch_lightning as pl\nfrom torch import nn"
