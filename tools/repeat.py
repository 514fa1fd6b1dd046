"""Run the notebooks again and again, as on other processors, and in other orders; print a table of cells that differ.

    python -m tools.repeat [ROUNDS] [LESSON]

Each round runs every notebook under nbval with 1 thread and with 2. After them each of PROCESSORS runs once: variables
that make the libraries take the code that they take on an older processor, or another order of summing up. Last come
the ORDERS in which learners run cells: there a cell may fail, but it must not show another number than the saved one.
A round takes 4 minutes, all that follows half an hour. Nothing else should run meanwhile: some cells compare times.
"""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbclient
import nbformat
from numpy._core._multiarray_umath import __cpu_dispatch__ as NUMPY_FEATURES

from tools.build import texts
from tools.source import notebooks_of
from utils.course import course

COURSE = Path(__file__).resolve().parent.parent
THREADS = ("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS")
PROCESSORS = {
    "torch, no AVX": {"ATEN_CPU_CAPABILITY": "default"},
    "torch, AVX2": {"ATEN_CPU_CAPABILITY": "avx2"},
    "oneDNN off": {"TF_ENABLE_ONEDNN_OPTS": "0"},
    "oneDNN on": {"TF_ENABLE_ONEDNN_OPTS": "1"},
    "oneDNN, AVX-512": {"TF_ENABLE_ONEDNN_OPTS": "1", "ONEDNN_MAX_CPU_ISA": "AVX512_CORE"},
    "oneDNN, AVX2": {"TF_ENABLE_ONEDNN_OPTS": "1", "ONEDNN_MAX_CPU_ISA": "AVX2"},
    "OpenBLAS, Haswell": {"OPENBLAS_CORETYPE": "Haswell"},
    "NumPy, baseline": {"NPY_DISABLE_CPU_FEATURES": " ".join(NUMPY_FEATURES)},
}
# TensorFlow asks the processor itself whether it has bfloat16, and crashes where oneDNN was told that it has not.
LEFT_OUT = {"oneDNN, AVX2": ["tensorflow.08_scale"]}


def conditions(rounds: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield (name, environment variables) of each run."""
    for _ in range(rounds):
        for threads in (1, 2):
            yield f"{threads} thread{'s' * (threads > 1)}", dict.fromkeys(THREADS, str(threads))
    for name, variables in PROCESSORS.items():
        yield name, dict.fromkeys(THREADS, "2") | variables


def run(variables: dict[str, str], notebooks: list[Path]) -> Counter[str]:
    """Compare all outputs once; return {notebook: number of cells that differ or fail}."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "--quiet", "-n", "2", "--dist", "loadfile", f"--junitxml={report}"]
        command += ["--nbval", "--nbval-cell-timeout=120", "-p", "no:cacheprovider", *map(str, notebooks)]
        subprocess.run(command, cwd=COURSE, env=os.environ | variables, stdout=subprocess.DEVNULL)
        cells = list(ElementTree.parse(report).iter("testcase"))
    if not cells:
        sys.exit("pytest ran no cell: do the notebooks exist?")
    return Counter(
        cell.get("classname", "")
        for cell in cells
        if cell.find("failure") is not None or cell.find("error") is not None
    )


def each_twice(cells: list) -> list:
    return [cell for cell in cells for _ in range(2)]


def all_twice(cells: list) -> list:
    return [*cells, *cells]


def all_then_backwards(cells: list) -> list:
    return [*cells, *reversed(cells)]


def from_the_middle(cells: list) -> list:
    """The first cell, which finds the course, and the second half: the kernel was restarted."""
    return [cells[0], *cells[len(cells) // 2 :]]


ORDERS = (each_twice, all_twice, all_then_backwards, from_the_middle)
NOT_COMPARED = {"nbval-ignore-output", "goes-on"}


def silently_other(notebook: Path, order: Callable[[list], list]) -> int:
    """How many cells, run in this order, show another text than the saved one, and no error.

    Less text than was saved, from a loop over what is not there yet say, is no wrong one.
    """
    saved, again = (nbformat.read(notebook, as_version=4) for _ in range(2))
    client = nbclient.NotebookClient(
        again, timeout=120, allow_errors=True, resources={"metadata": {"path": str(notebook.parent)}}
    )
    code = [index for index, cell in enumerate(again.cells) if cell.cell_type == "code"]
    with client.setup_kernel(stderr=subprocess.DEVNULL):  # where TensorFlow's C++ parts write as it is imported
        for index in order(code):
            client.execute_cell(again.cells[index], index)
    return sum(
        not NOT_COMPARED & set(saved.cells[index].metadata.get("tags", []))
        and is_other(again.cells[index].outputs, saved.cells[index].outputs)
        for index in set(order(code))
    )


def is_other(outputs: list, saved: list) -> bool:
    if any(output.output_type == "error" for output in outputs):
        return False
    seen, expected = texts(outputs), texts(saved)
    printed = [text for _, text, *_ in seen if text]
    begins = len(seen) == len(printed) == 1 and len(expected) == 1 and str(expected[0][1]).startswith(printed[0])
    return bool(seen) and seen != expected and not begins


def main(rounds: str = "20", lesson: str = "") -> int:
    chosen = [one for one in course() if one.file.startswith(lesson)]
    notebooks = [path for one in chosen for path in notebooks_of(one.source).values()]
    differences: Counter[str] = Counter()
    runs: Counter[tuple[str, int]] = Counter()
    for name, variables in conditions(int(rounds)):
        compared = [path for path in notebooks if titled(path) not in LEFT_OUT.get(name, [])]
        start = time.monotonic()
        found = run(variables, compared)
        runs[name, len(compared)] += 1
        differences[name] += found.total()
        tell(name, start, found)
    for order in ORDERS:
        name = order.__name__.replace("_", " ")
        start = time.monotonic()
        with ProcessPoolExecutor(2) as pool:
            numbers = pool.map(silently_other, notebooks, [order] * len(notebooks))
            found = Counter(dict(zip(map(titled, notebooks), numbers, strict=True)))
        runs[name, len(notebooks)] = 1
        differences[name] += found.total()
        tell(name, start, found)
    print("\n| condition | runs | notebooks | cells that differ |\n|---|---|---|---|")
    for (name, count), times in runs.items():
        print(f"| {name} | {times} | {count} | {differences[name]} |")
    return 1 if differences.total() else 0


def titled(notebook: Path) -> str:
    return f"{notebook.parent.name}.{notebook.stem}"


def tell(name: str, start: float, found: Counter[str]) -> None:
    told = ", ".join(f"{notebook} {count}" for notebook, count in found.items() if count) or "no difference"
    print(f"{name:18} {time.monotonic() - start:4.0f} s   {told}", flush=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
