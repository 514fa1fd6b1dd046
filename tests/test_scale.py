"""The scripts of scale/: two processes give the losses of one."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parent.parent
SCALE = COURSE / "scale"
TORCHRUN = ("-m", "torch.distributed.run", "--standalone")
SCRIPTS = {
    "torch": ((SCALE / "torchrun_train.py",), (*TORCHRUN, "--nproc-per-node=2", SCALE / "torchrun_train.py")),
    "torch fsdp": (
        (SCALE / "torchrun_train.py",),
        (*TORCHRUN, "--nproc-per-node=2", SCALE / "torchrun_train.py", "--fsdp"),
    ),
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
@pytest.mark.parametrize("name", SCRIPTS)
def test_two_processes_give_the_losses_of_one(name, tmp_path):
    pytest.importorskip(name.split()[0])
    alone, together = (train(command, tmp_path) for command in SCRIPTS[name])
    assert together == pytest.approx(alone, rel=1e-4)
    assert alone[1] < alone[0]


@pytest.mark.slow
def test_two_nodes_meet_and_give_the_losses_of_one_process(tmp_path):
    pytest.importorskip("torch")
    script = SCALE / "torchrun_train.py"
    with socket.create_server(("localhost", 0)) as found:
        port = found.getsockname()[1]
    meeting = ("--rdzv-id=test", "--rdzv-backend=c10d", f"--rdzv-endpoint=localhost:{port}")
    node = ("-m", "torch.distributed.run", "--nnodes=2", "--nproc-per-node=1", *meeting, script)
    sizes = ("--epochs=2", "--samples=1000", f"--result={tmp_path / 'together.json'}")
    command = [sys.executable, *map(str, node), *sizes]
    nodes = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(timeout=300) for process in nodes] == [0, 0]
    together = json.loads((tmp_path / "together.json").read_text())["losses"]
    assert together == pytest.approx(train((script,), tmp_path), rel=1e-4)


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
