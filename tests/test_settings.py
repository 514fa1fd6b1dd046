"""Settings that a learner, or a package, has changed: normal during a check, and afterwards as they were."""

import os
import random
import sys

import numpy as np
import pytest

from utils.calling import load
from utils.check import Session
from utils.settings import KEPT, _read, undisturbed


def set_promotion(mode):
    from tensorflow.python.framework import ops

    ops.set_dtype_conversion_mode(mode)


FOREIGN = {
    "pytorch": {
        "dtype": lambda torch: torch.set_default_dtype(torch.float64),
        "device": lambda torch: torch.set_default_device("meta"),
        "gradients": lambda torch: torch.set_grad_enabled(False),
        "deterministic": lambda torch: torch.use_deterministic_algorithms(True, warn_only=True),
        "anomaly": lambda torch: torch.autograd.set_detect_anomaly(True),
        "matmul": lambda torch: torch.set_float32_matmul_precision("medium"),
        "autocast": lambda torch: torch.set_autocast_enabled("cpu", True),
        "threads": lambda torch: torch.set_num_threads(3),
        "printing": lambda torch: torch.set_printoptions(precision=1),
    },
    "tensorflow": {
        "dtype": lambda _: load("keras").config.set_floatx("float64"),
        "policy": lambda _: load("keras").config.set_dtype_policy("mixed_bfloat16"),
        "axes": lambda _: load("keras").config.set_image_data_format("channels_first"),
        "epsilon": lambda _: load("keras").config.set_epsilon(0.1),
        "epochs": lambda _: load("keras").config.set_max_epochs(1),
        "eager functions": lambda tf: tf.config.run_functions_eagerly(True),
        "deterministic": lambda tf: tf.config.experimental.enable_op_determinism(),
        "compiling": lambda tf: tf.config.optimizer.set_jit(True),
        "promotion": lambda _: set_promotion("all"),
    },
    "neutral": {
        "errors": lambda _: np.seterr(all="raise"),
        "printing": lambda _: np.set_printoptions(precision=1),
        "recursion": lambda _: sys.setrecursionlimit(500),
    },
}
CASES = [pytest.param(f, change, id=f"{f} {name}") for f, own in FOREIGN.items() for name, change in own.items()]


def values():
    """The value of each setting that has a normal one."""
    return [value for _, value, normal in _read() if normal is not KEPT] + [np.geterr()]


@pytest.fixture
def put_back():
    """Put every setting back after a test."""
    before, errors = list(_read()), np.geterr()
    yield
    for put, value, _ in before:
        put(value)
    np.seterr(**errors)


@pytest.mark.parametrize(("framework", "change"), CASES)
def test_a_foreign_setting_changes_no_verdict(framework, change, put_back):
    frameworks = ("pytorch", "tensorflow") if framework == "neutral" else (framework,)
    sessions = [Session("03_networks", framework) for framework in frameworks]
    answers = [(session, session.tasks[name]) for session in sessions for name in ("train_spirals", "cross_entropy_of")]
    for session, task in answers:
        session.entry(task)
    normal = values()
    change(sys.modules.get({"pytorch": "torch"}.get(framework, framework)))
    foreign = values()
    assert foreign != normal
    for session, task in answers:
        session.solved = set(session.tasks) - {task.name}
        mistake, sentence = next(iter(session.entry(task).mistakes().items()))
        wrong = session.entry(task).answer(session.entry(task).variants(mistake)[0])
        assert session.judge(task.name, session.entry(task).answer(task.name)).status == "right"
        assert session.judge(task.name, wrong).text.startswith(f"✗ {task.name}: {sentence}")
    assert values() == foreign


def test_a_mode_without_a_setter_is_left_for_the_time_of_a_check():
    torch, tf = load("torch"), load("tensorflow")
    with torch.inference_mode(), tf.Graph().as_default():
        with undisturbed():
            assert not torch.is_inference_mode_enabled() and torch.is_grad_enabled()
            assert tf.executing_eagerly()
        assert torch.is_inference_mode_enabled() and not torch.is_grad_enabled()
        assert not tf.executing_eagerly()


def test_one_setting_that_cannot_be_put_back_holds_up_no_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    expected = random.Random(7).random()
    random.seed(7)
    with undisturbed():
        random.seed(1)
        (tmp_path / "gone").rmdir()
        os.chdir(tmp_path)
    assert random.random() == expected


def test_a_folder_that_was_deleted_is_no_hindrance(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gone").mkdir()
    os.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with undisturbed() as printed:
        print("here")
    assert printed.text == "here\n"


def test_a_decomposition_of_infinite_numbers_ends():
    """LAPACK goes on for ever with this one, in a call that no limit of Python's stops."""
    table = np.vander(np.arange(1.0, 6.0) * 1e60, 7)
    before = np.linalg.pinv
    with undisturbed():
        for function in (np.linalg.svd, np.linalg.pinv, lambda matrix: np.linalg.lstsq(matrix, np.ones(5))):
            with pytest.raises(np.linalg.LinAlgError, match="SVD did not converge"):
                function(table)
        assert np.linalg.pinv(np.eye(2)).tolist() == np.linalg.pinv([[1, 0], [0, 1]]).tolist() == np.eye(2).tolist()
    assert np.linalg.pinv is before
