"""Run the notebooks under nbval again and again, and as on other processors; print a table of the cells that differ.

    python tools/repeat.py [ROUNDS] [LESSON]

Each round runs every notebook with 1 thread and with 2. After them each of PROCESSORS runs once: variables that make
the libraries take the code that they take on an older processor, or another order of summing up.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from numpy._core._multiarray_umath import __cpu_dispatch__ as NUMPY_FEATURES

COURSE = Path(__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
PROCESSORS = {
    "torch, no AVX": {"ATEN_CPU_CAPABILITY": "default"},
    "torch, AVX2": {"ATEN_CPU_CAPABILITY": "avx2"},
    "oneDNN off": {"TF_ENABLE_ONEDNN_OPTS": "0"},
    "oneDNN on": {"TF_ENABLE_ONEDNN_OPTS": "1"},
    "oneDNN, AVX2": {"TF_ENABLE_ONEDNN_OPTS": "1", "ONEDNN_MAX_CPU_ISA": "AVX2"},
    "OpenBLAS, Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "NumPy, baseline": {"NPY_DISABLE_CPU_FEATURES": " ".join(NUMPY_FEATURES)},
}


def conditions(rounds):
    """Yield (name, environment variables) of each run."""
    for _ in range(rounds):
        for threads in (1, 2):
            yield f"{threads} thread{'s' * (threads > 1)}", dict.fromkeys(THREADS, str(threads))
    for name, variables in PROCESSORS.items():
        yield name, dict.fromkeys(THREADS, "2") | variables


def run(variables, notebooks):
    """Compare all outputs once; return {notebook: number of cells that differ or fail}."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--quiet",
            "--nbval",
            "--nbval-cell-timeout=120",
            "-p",
            "no:cacheprovider",
        ]
        command += [f"--junitxml={report}", *map(str, notebooks)]
        subprocess.run(command, cwd=COURSE, env=os.environ | variables, stdout=subprocess.DEVNULL)
        cells = list(ElementTree.parse(report).iter("testcase"))
    if not cells:
        sys.exit("pytest ran no cell: do the notebooks exist?")
    return Counter(
        cell.get("classname") for cell in cells if cell.find("failure") is not None or cell.find("error") is not None
    )


def main(rounds=20, lesson=""):
    notebooks = [path for path in sorted((COURSE / "notebooks").rglob("*.ipynb")) if path.name.startswith(lesson)]
    differences, runs = Counter(), Counter()
    for name, variables in conditions(int(rounds)):
        start = time.monotonic()
        found = run(variables, notebooks)
        runs[name] += 1
        differences[name] += found.total()
        told = ", ".join(f"{notebook} {count}" for notebook, count in found.items()) or "no difference"
        print(f"{name:18} {time.monotonic() - start:4.0f} s   {told}", flush=True)
    print(f"\n| condition | runs of {len(notebooks)} notebooks | cells that differ |\n|---|---|---|")
    for name, count in runs.items():
        print(f"| {name} | {count} | {differences[name]} |")
    return 1 if differences.total() else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
