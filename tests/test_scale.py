"""The scripts of scale/: two processes give the losses of one."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parent.parent
SCALE = COURSE / "scale"
TORCHRUN = ("-m", "torch.distributed.run", "--standalone")
SCRIPTS = {
    "torch": ((SCALE / "torchrun_train.py",), (*TORCHRUN, "--nproc-per-node=2", SCALE / "torchrun_train.py")),
    "pytorch_lightning": ((SCALE / "torchrun_train.py",), (SCALE / "lightning_train.py", "--devices=2")),
    "tensorflow": ((SCALE / "tensorflow_workers.py",), (SCALE / "local_workers.py", "2")),
}


def train(command, folder, *arguments):
    """The losses that a command reports."""
    result = folder / "result.json"
    command = [sys.executable, *command, "--epochs=2", "--samples=1000", f"--result={result}", *arguments]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(result.read_text())["losses"]


@pytest.mark.slow
@pytest.mark.parametrize("module", SCRIPTS)
def test_two_processes_give_the_losses_of_one(module, tmp_path):
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} is not installed")
    alone, together = (train(command, tmp_path) for command in SCRIPTS[module])
    assert together == pytest.approx(alone, rel=1e-4)
    assert alone[1] < alone[0]


def test_uneven_shares_are_refused_in_one_sentence(monkeypatch):
    monkeypatch.syspath_prepend(SCALE)
    import problem

    def options(*arguments):
        return problem.parser("").parse_args(arguments)

    assert problem.share(options("--batch=200"), 2) == 100
    with pytest.raises(SystemExit, match="does not divide by 3 processes"):
        problem.share(options("--batch=200"), 3)
    with pytest.raises(SystemExit, match="does not divide by --batch 200"):
        problem.share(options("--samples=300"), 2)
    with pytest.raises(SystemExit, match="1 or more"):
        problem.share(options("--epochs=0"), 2)


def test_tf_config_comes_from_slurms_variables(tmp_path):
    (tmp_path / "scontrol").write_text("#!/bin/sh\necho one\necho two\n")
    (tmp_path / "scontrol").chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "SLURM_PROCID": "1"}
    environment["SLURM_STEP_NODELIST"] = "[one,two]"
    command = ["sh", SCALE / "with_tf_config.sh", "printenv", "TF_CONFIG"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {
        "cluster": {"worker": ["one:2222", "two:2222"]},
        "task": {"type": "worker", "index": 1},
    }


@pytest.mark.parametrize("arguments", [(), ("0",), ("two",)])
def test_local_workers_wants_a_number(arguments):
    command = [sys.executable, str(SCALE / "local_workers.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
