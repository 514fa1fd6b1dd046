"""Calling answers safely: with tensors of their own, a limit on their work, and imports that nothing tears apart."""

import contextlib
import importlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
import types
import weakref
from pathlib import Path

import numpy as np
import pytest
from test_tasks import cases

from utils import calling
from utils.calling import Answer, InputChanged, InputRecorded, TimeUp, Watch, load, torn
from utils.catalogue import Task, entry, framework_of
from utils.looking import see

COURSE = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def torch():
    return load("torch")


@pytest.fixture(scope="module")
def tf():
    return load("tensorflow")


# Calling --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("framework", ["neutral", "pytorch", "tensorflow"])
def test_an_answer_gets_tensors_of_its_framework(framework):
    kinds = {"neutral": "NumPy array", "pytorch": "PyTorch tensor", "tensorflow": "TensorFlow tensor"}
    seen = Answer(lambda *given: [see(value) for value in given], framework)(np.ones(2), np.arange(2), 3, "text")
    assert [part.kind for part in seen] == [kinds[framework], kinds[framework], "number", "text"]
    assert seen[0].data.dtype == (np.float64 if framework == "neutral" else np.float32)
    assert seen[1].data.dtype == np.int64


def test_gradients_are_taken_for_a_variable(torch, tf):
    leaf = Answer(None, "pytorch").variable(np.ones(2))
    assert leaf.requires_grad and leaf.is_leaf
    assert isinstance(Answer(None, "tensorflow").variable(np.ones(2)), tf.Variable)


TRANSLATED = [case for case in cases(Task) if case.values[1].translate and case.values[1].name != "translate_network"]


@pytest.mark.parametrize(("session", "task"), TRANSLATED)
def test_a_translation_that_lets_the_other_framework_work_is_told(session, task, torch):
    torch.optim.SGD([torch.ones(1, requires_grad=True)], 0.1)  # the first optimizer imports for seconds
    own, other = framework_of(task, session.framework), session.framework
    solution = entry(session.subject, task, own).functions[task.name]  # in the framework of the notebook

    def moved(value, framework):
        if isinstance(value, list | tuple):
            return type(value)(moved(part, framework) for part in value)
        return Answer(None, framework).tensor(see(value).data) if "tensor" in see(value).kind else value

    def translation(*given):
        return moved(solution(*moved(given, other)), own)

    session.solved = set(session.tasks) - {task.name}
    text = session.judge(task.name, translation).text
    assert f"the result is right, but {calling.NAMES[other]} took part in it (" in text


@pytest.mark.parametrize("framework", ["neutral", "pytorch"])
def test_a_changed_input_is_noticed_and_the_observers_array_kept(framework):
    def double(numbers):
        numbers *= 2

    array = np.ones(2)
    with pytest.raises(InputChanged):
        Answer(double, framework)(array)
    assert array.tolist() == [1, 1]


def test_recording_that_is_switched_on_for_an_input_is_noticed():
    pytest.importorskip("torch")
    with pytest.raises(InputRecorded, match="numbers"):
        Answer(lambda numbers: numbers.requires_grad_(), "pytorch")(np.ones(2))
    Answer(lambda numbers: numbers.clone().requires_grad_(), "pytorch")(np.ones(2))


# The limit ------------------------------------------------------------------------------------------------------------


def loops():
    while True:
        pass


def swallows():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def backtracks():  # in a call that lets no other thread of Python work, the watchdog's neither
    re.match(r"(a+)+$", "a" * 40 + "b")


def sleeps():
    time.sleep(1000)


def in_a_thread(function):
    """Call a function in a thread of its own; returns what it gave."""
    given = []
    thread = threading.Thread(target=lambda: given.append(function()), daemon=True)
    thread.start()
    thread.join(60)
    return given[0]


def ends_in_time_up(answer):
    with pytest.raises(TimeUp), Watch(0.3):
        answer()
    return True


@pytest.fixture
def windows(monkeypatch):
    """Windows knows neither alarms nor signals to a thread."""
    for name in ("SIGALRM", "setitimer", "pthread_kill"):
        monkeypatch.delattr(signal, name)
    monkeypatch.setattr(calling, "_SIGNALS", [signal.SIGINT])


@pytest.mark.parametrize("answer", [loops, swallows, sleeps, backtracks])
def test_an_answer_without_end_is_stopped(answer):
    assert ends_in_time_up(answer)


@pytest.mark.parametrize("answer", [loops, swallows])
def test_an_answer_without_end_is_stopped_on_windows(answer, windows):
    assert ends_in_time_up(answer)


@pytest.mark.parametrize("answer", [loops, swallows])
def test_an_answer_without_end_is_stopped_in_a_thread(answer):
    assert in_a_thread(lambda: ends_in_time_up(answer))


def test_a_watchdog_is_never_taken_for_the_learner(monkeypatch):
    """Two of its signals may come at once, as on a busy machine."""
    send = signal.pthread_kill
    monkeypatch.setattr(signal, "pthread_kill", lambda *given: (send(*given), send(*given)))
    with Watch() as watch:
        calling._poke()
    assert not watch.interrupted


def test_an_answer_is_not_stopped_in_the_callback_of_a_weak_reference(monkeypatch):
    """Python would print that there, and go on."""

    class Thing:
        pass

    printed, things = [], [Thing() for _ in range(100_000)]
    held = weakref.WeakSet(things)
    monkeypatch.setattr(sys, "unraisablehook", printed.append)
    with pytest.raises(TimeUp), Watch(-1) as watch:
        watch.due = True
        calling._alarm(0.001)
        things.clear()  # many callbacks in one step
        time.sleep(60)
    assert (printed, len(held)) == ([], 0)


def test_the_limit_leaves_nothing_behind():
    before = state()
    for seconds in (0.1, 60):
        try:
            with Watch(seconds):
                time.sleep(0.5)
        except TimeUp:
            pass
        assert state() == before


def state():
    handlers = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)
    return handlers, signal.getitimer(signal.ITIMER_REAL), sys.gettrace(), threading.active_count()


@pytest.fixture
def machine(monkeypatch):
    """Clocks that a test moves on: machine(clock=1, work=0.1) is a second in which the process got a tenth."""
    now = [0.0, 0.0]

    def move(clock, work):
        now[:] = now[0] + clock, now[1] + work

    monkeypatch.setattr(calling, "clocks", lambda: tuple(now))
    return move


def spent(machine, *moves, share=1.0):
    with Watch() as watch:
        for clock, work in moves:
            machine(clock, work)
            watch.count(share=lambda: share)
    return watch.spent


def test_on_a_busy_machine_only_the_own_work_counts(machine):
    assert spent(machine, *[(0.25, 0.05)] * 100, share=0.15) == pytest.approx(5)


def test_several_threads_count_no_more_than_the_clock(machine):
    assert spent(machine, *[(0.25, 4.0)] * 100) == pytest.approx(25)


def test_of_a_sleeping_process_the_clock_counts(machine):
    assert spent(machine, *[(0.25, 0.001)] * 100) == pytest.approx(25)


def test_on_a_busy_machine_a_sleeping_process_is_given_longer(machine):
    assert spent(machine, *[(0.25, 0.001)] * 100, share=0.1) == pytest.approx(2.5)


def test_a_thread_gets_a_part_of_a_core():
    assert 0 < calling.share() <= 2  # a median, so no more than about 1


def test_a_machine_that_was_suspended_takes_nothing_from_an_answer(machine):
    assert spent(machine, (30_000, 0.1)) == pytest.approx(1)


# Interrupts -----------------------------------------------------------------------------------------------------------


def interrupt_after(seconds):
    timer = threading.Timer(seconds, signal.pthread_kill, (threading.main_thread().ident, signal.SIGINT))
    timer.start()
    return timer


def test_an_interrupt_is_one_whatever_becomes_of_it():
    def answer():
        try:
            time.sleep(60)
        except BaseException:
            raise ValueError("something else") from None

    interrupt_after(0.1)
    with pytest.raises(KeyboardInterrupt), Watch(), contextlib.suppress(ValueError):
        answer()


def test_an_interrupt_that_was_swallowed_comes_in_the_end():
    interrupt_after(0.1)
    with pytest.raises(KeyboardInterrupt), Watch(1):
        swallows()


def test_an_interrupt_of_an_inner_block_is_one_of_the_outer_block():
    interrupt_after(0.1)
    with pytest.raises(KeyboardInterrupt), Watch() as outer, contextlib.suppress(KeyboardInterrupt), Watch(60):
        time.sleep(60)
    assert outer.interrupted


@pytest.fixture
def slow_module(tmp_path, monkeypatch):
    (tmp_path / "slow_package").mkdir()
    (tmp_path / "slow_package" / "__init__.py").write_text("from slow_package import part\nwhole = True\n")
    (tmp_path / "slow_package" / "part.py").write_text("import time\ntime.sleep(1)\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield "slow_package"
    for name in ("slow_package", "slow_package.part"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("stop", ["interrupt", "limit"])
def test_an_import_is_not_torn_apart(slow_module, stop):
    if stop == "interrupt":
        interrupt_after(0.2)
    with pytest.raises(KeyboardInterrupt if stop == "interrupt" else TimeUp), Watch(0.1 if stop == "limit" else 60):
        importlib.import_module(slow_module)
        time.sleep(60)
    assert sys.modules[slow_module].whole


@pytest.fixture
def laborious_module(slow_module, tmp_path):
    part = "import time\nend = time.process_time() + 1\nwhile time.process_time() < end:\n    pass\n"
    (tmp_path / "slow_package" / "part.py").write_text(part)
    return slow_module


def test_an_import_takes_nothing_from_an_answer(laborious_module):
    with Watch(0.5) as watch:
        importlib.import_module(laborious_module)
    assert watch.spent < 0.5 < watch.imported


def test_an_import_without_end_is_stopped(laborious_module, monkeypatch):
    monkeypatch.setattr(calling, "IMPORTING", 0.2)
    with pytest.raises(TimeUp), Watch(0.1):
        importlib.import_module(laborious_module)


def test_a_torn_import_is_found(slow_module, tmp_path):
    part = "import signal\nsignal.raise_signal(signal.SIGINT)\n"
    (tmp_path / "slow_package" / "part.py").write_text(part)
    with pytest.raises(KeyboardInterrupt):
        importlib.import_module(slow_module)
    sys.modules[slow_module] = types.ModuleType(slow_module)
    sys.modules[f"{slow_module}.part"] = types.ModuleType("part")  # what Python keeps of it
    with pytest.raises(AttributeError) as raised:
        sys.modules[slow_module].part  # noqa: B018
    assert torn(raised.value) == slow_module
    with pytest.raises(AttributeError) as raised:
        sys.modules[slow_module].nothing  # noqa: B018
    assert torn(raised.value) is None


# Importing ------------------------------------------------------------------------------------------------------------


def test_utils_import_no_framework_and_are_quick():
    code = (
        "import sys, time, numpy; start = time.process_time(); import utils, utils.check, utils.start;"
        "print(time.process_time() - start, {'torch', 'tensorflow', 'keras', 'sklearn'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE)
    seconds, _, loaded = ran.stdout.strip().partition(" ")
    assert loaded == "set()"
    assert float(seconds) < 0.3


def test_tensorflow_is_loaded_in_silence():
    code = "from utils.calling import load; load('tensorflow'); import sys; print('still here', file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "still here\n")


@pytest.mark.parametrize(
    ("before", "module", "loaded"),
    [
        ("", "torch", ["triton", "torch"]),
        ("", "tensorflow", ["triton", "tensorflow"]),
        ("import tensorflow; ", "torch", ["tensorflow", "torch"]),
    ],
)
def test_triton_is_loaded_before_tensorflow_and_never_after_it(before, module, loaded, tmp_path):
    for name in ("triton", "torch", "tensorflow"):  # made up: the course's own set-up has no Triton
        (tmp_path / f"{name}.py").write_text(f"print({name!r})")
    code = f"{before}from utils.calling import load; load({module!r})"
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=COURSE, env=environment)
    assert ran.stdout.split() == loaded
