"""What the installed packages are, asked in a process of its own, which may break without the notebook's kernel.

`python -m utils.installed torch` prints a line of JSON per module as soon as it is known, then one for the devices.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from utils.calling import load


def ask(modules: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """({module: its version, or why it does not start}, devices beside the CPU) of installed modules.

    A package that takes its process down with it, as one built for another processor does, is told too.
    """
    modules = list(modules)
    command = [sys.executable, "-m", "utils.installed", *modules]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parent.parent)
    lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]  # a package may print lines of its own
    found: dict[str, Any] = {key: value for line in lines for key, value in json.loads(line).items()}
    devices = found.pop("devices", [])
    ended = f"installed, but does not start (its process ended with status {ran.returncode})"
    return {module: found.get(module, ended) for module in modules}, devices


def state(module: str) -> str:
    """The version of a module that can be imported, or why it cannot."""
    try:
        return f"version {load(module).__version__}"
    except Exception as error:  # a broken installation fails in many ways
        return f"installed, but does not start ({type(error).__name__}: {error})"


def devices() -> list[str]:
    """The devices beside the CPU that the imported frameworks can use."""
    found, torch, tf = [], sys.modules.get("torch"), sys.modules.get("tensorflow")
    if torch:
        found += [f"CUDA GPU ({torch.cuda.get_device_name(i)})" for i in range(torch.cuda.device_count())]
        found += ["Apple GPU (MPS)"] if torch.backends.mps.is_available() else []
    if tf:
        found += [f"{d.device_type} (TensorFlow)" for d in tf.config.list_physical_devices() if d.device_type != "CPU"]
    return found


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(json.dumps({name: state(name)}), flush=True)
    print(json.dumps({"devices": devices()}), flush=True)
