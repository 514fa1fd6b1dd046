"""Measure how fast the course is: the notebooks, the checks, and training in each framework.

    python -m tools.bench                     everything, in less than 10 minutes on two cores
    python -m tools.bench --only scale        one section (see SECTIONS); the others keep their last result

It writes data/benchmark.json, which lesson 08 reads, and the table in BENCHMARK.md. Run it on a machine that does
nothing else.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
RESULT = COURSE / "data" / "benchmark.json"
PAGE = COURSE / "BENCHMARK.md"
BEGIN, END = "<!-- benchmark: begin (written by `make bench`) -->\n", "<!-- benchmark: end -->"
FRAMEWORKS = ("pytorch", "tensorflow")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast the course is.")
    parser.add_argument("--only", choices=SECTIONS, help="measure this section only")
    only = parser.parse_args().only
    result = json.loads(RESULT.read_text(encoding="utf-8"))
    for name in [only] if only else SECTIONS:
        print(f"{name} ...", flush=True)
        result[name] = SECTIONS[name]() | {"machine": machine()}
        RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    write_page(result)


def python(*arguments: object, **environment: str) -> str:
    """What Python prints with these arguments; stops the benchmark with the last line of its errors when it fails."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=COURSE, env=os.environ | environment)
    if done.returncode:
        raise SystemExit((done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1])
    return done.stdout


def printed(*arguments: object, **environment: str) -> dict:
    """The JSON in the last line that Python prints."""
    return json.loads(python(*arguments, **environment).splitlines()[-1])


def machine() -> dict:
    """The machine in words, without its name."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").is_file():
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        model = found.group(1) if found else model
    packages = ("torch", "pytorch-lightning", "tensorflow", "keras", "numpy")
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": {package: metadata.version(package) for package in packages},
    }


# Training: lesson 08 reads this ---------------------------------------------------------------------------------------

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")
EPOCHS, SAMPLES, STEP = 40, 6000, 600  # of the trainings in processes: long enough to run side by side
WAYS = ("plain", "checkpointed", "accumulated")
TORCHRUN = ("-m", "torch.distributed.run", "--standalone")


def scale() -> dict:
    """Samples per second of each way to train, of one and of two processes, and the memory of a deep network."""
    found = [printed("tools/speed.py", framework) for framework in FRAMEWORKS]
    exact = {"MALLOC_MMAP_THRESHOLD_": "65536"}  # what is freed goes back to the system at once
    memory = [
        {"framework": framework, "name": way, **printed("tools/speed.py", framework, way, **exact)}
        for framework in FRAMEWORKS
        for way in WAYS
    ]
    return {
        "rows": [row for result in found for row in result["rows"]],
        "matmul_gflops": [row for result in found for row in result["matmul_gflops"]],
        "processes": [processes(*entry) for entry in LAUNCHES],
        "memory": memory,
    }


def processes(name: str, framework: str, alone: tuple, together: tuple) -> dict:
    """Milliseconds per step: of one process, of two that share each batch, and of two that know nothing of each other.

    The last is the control: each takes half of the samples, as it would when sharing, but never waits for the other.
    """
    whole, half = (SAMPLES, STEP), (SAMPLES // 2, STEP // 2)
    with ThreadPoolExecutor(2) as pool:
        one = trained(alone, *whole)
        two = trained(together, *whole)
        unconnected = list(pool.map(lambda _: trained(alone, *half), range(2)))
    row = {"name": name, "framework": framework, "samples_per_step": STEP}
    row |= {"one": milliseconds(one), "two": milliseconds(two)}
    row["unconnected"] = max(map(milliseconds, unconnected))
    if "all_reduce_seconds" in two:
        row["all_reduce"] = round(1000 * two["all_reduce_seconds"], 2)
    print(f"  {row}", flush=True)
    return row


def trained(command: tuple, samples: int, batch: int) -> dict:
    """What a script of scale/ reports."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        sizes = (f"--epochs={EPOCHS}", f"--samples={samples}", f"--batch={batch}", f"--result={result}")
        python(*command, *sizes, **ONE_THREAD, TF_ENABLE_ONEDNN_OPTS="0")
        return json.loads(result.read_text())


def milliseconds(result: dict) -> float:
    """The milliseconds of a step, from the median epoch."""
    steps = SAMPLES // STEP
    return round(1000 * result["samples"] / statistics.median(result["samples_per_second"]) / steps, 2)


LAUNCHES = (
    (
        "DistributedDataParallel",
        "pytorch",
        ("scale/torchrun_train.py",),
        (*TORCHRUN, "--nproc-per-node=2", "scale/torchrun_train.py"),
    ),
    (
        "FSDP",
        "pytorch",
        ("scale/torchrun_train.py", "--fsdp"),
        (*TORCHRUN, "--nproc-per-node=2", "scale/torchrun_train.py", "--fsdp"),
    ),
    (
        "Lightning",
        "pytorch",
        ("scale/lightning_train.py", "--devices=1"),
        ("scale/lightning_train.py", "--devices=2"),
    ),
    (
        "MultiWorkerMirroredStrategy",
        "tensorflow",
        ("scale/tensorflow_workers.py",),
        ("scale/local_workers.py", "2"),
    ),
)

# The notebooks --------------------------------------------------------------------------------------------------------

PARTS = ("kernel", "imports", "compute")
NBVAL = ("-q", "--nbval", "--nbval-cell-timeout=120", "notebooks")


def notebooks() -> dict:
    """Seconds of the suite under nbval with 1 worker and with 2, and, from the first, of each notebook by PARTS."""
    start = time.perf_counter()
    rows = printed("-c", "from tools import bench; bench.time_cells()")
    middle = time.perf_counter()
    python("-m", "pytest", *NBVAL, "-n", "2", "--dist", "loadfile", OMP_NUM_THREADS="1")
    return {"rows": rows, "suite": {"1": round(middle - start), "2": round(time.perf_counter() - middle)}}


def time_cells() -> None:
    """Run all notebooks under nbval in this process and print a list of {"notebook": name, seconds by PARTS}."""
    import pytest

    times = CellTimes()
    status = pytest.main([*NBVAL], plugins=[times])
    if status:
        sys.exit(status)
    print(json.dumps([{"notebook": name, **parts} for name, parts in sorted(times.notebooks.items())]))


class CellTimes:
    """A pytest plugin that adds up each notebook's seconds by PARTS and reads its kernel's peak memory.

    kernel: its start and its end. imports: the cells that begin a line with an import. compute: the other cells.
    megabytes: the most memory that the kernel has held, where the system tells it (Linux).
    """

    def __init__(self) -> None:
        self.notebooks = {}

    def pytest_runtest_makereport(self, item, call) -> None:
        parts = self.notebooks.setdefault(str(item.path.relative_to(COURSE / "notebooks")), dict.fromkeys(PARTS, 0.0))
        importing = re.search(r"^(import|from) ", item.cell.source, re.MULTILINE)
        part = "kernel" if call.when != "call" else "imports" if importing else "compute"
        parts[part] = round(parts[part] + call.duration, 4)
        if call.when == "call" and sys.platform == "linux":
            status = Path(f"/proc/{item.parent.kernel.km.provisioner.pid}/status").read_text()
            parts["megabytes"] = round(int(re.search(r"VmHWM:\s*(\d+) kB", status).group(1)) * 1024 / 1e6)


# The checks -----------------------------------------------------------------------------------------------------------


def checks() -> dict:
    """The 95th percentile of what check takes beside the answer's own running time, in seconds.

    It is taken over every fourth answer of each lesson's catalogue.

    Two lessons are measured at a time, as on a machine that does something else too.
    """
    from tools.source import notebooks_of
    from utils.course import course

    pairs = [(lesson.file, framework) for lesson in course() for framework in notebooks_of(lesson.source)]
    with ThreadPoolExecutor(2) as pool:
        return {"rows": list(pool.map(lambda pair: check_row(*pair), pairs))}


def check_row(lesson: str, framework: str) -> dict:
    code = f"from tools import bench; bench.check_seconds({lesson!r}, {framework!r})"
    taken = sorted(printed("-c", code, OMP_NUM_THREADS="1"))
    percentile = taken[max(0, -(-95 * len(taken) // 100) - 1)]
    return {"lesson": lesson[:2], "framework": framework, "answers": len(taken), "p95": round(percentile, 3)}


def check_seconds(lesson: str, framework: str) -> None:
    """Print the seconds of judging every fourth answer to each task, from the solution on, in one learner's session.

    What the answer itself takes, while the judge looks at it, is the learner's own running time and left out.
    """
    from utils.catalogue import Task
    from utils.check import Session

    session, taken, own = Session(lesson, framework), [], []
    observe = session._judge.observe

    def timed(task, make, right=None, limit=None):
        start = time.perf_counter()
        observed = observe(task, make, right, limit)
        if right is not None:  # the learner's answer is the first that is compared with the solution
            own.append(time.perf_counter() - start)
        return observed

    session._judge.observe = timed
    for task in session.tasks.values():
        if isinstance(task, Task):
            entry = session.entry(task)
            for name in [name for name in entry.functions if not name.endswith("__starter")][::4]:
                session.solved = set(session.tasks) - {task.name}
                answer = entry.answer(name)
                own.clear()
                start = time.perf_counter()
                session.judge(task.name, answer)
                taken.append(time.perf_counter() - start - own[0])
    print(json.dumps(taken))


SECTIONS = {"notebooks": notebooks, "scale": scale, "checks": checks}

# The page -------------------------------------------------------------------------------------------------------------


def table(result: dict) -> str:
    """The Markdown of the page: one row per subject, one column per framework."""
    head = [("", "PyTorch", "TensorFlow"), ("---",) * 3]
    rows = [*head, *notebook_rows(result), check_row_of(result), *speed_rows(result)]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    suite, found = result["notebooks"]["suite"], result["scale"]["machine"]
    said = (
        f"All notebooks under nbval: {suite['1']} s with one worker, {suite['2']} s with two. Measured on "
        f"{found['processor']}, {found['cores']} cores, {found['memory_gib']} GiB, training on one thread with 50 "
        "samples per step."
    )
    return "\n".join([*lines, "", said]) + "\n"


def notebook_rows(result: dict) -> list[tuple[str, ...]]:
    times = {}
    for row in result["notebooks"]["rows"]:
        folder, _, name = row["notebook"].rpartition("/")
        parts = " + ".join(f"{row[part]:.1f}" for part in PARTS)
        memory = f", {row['megabytes']} MB" if "megabytes" in row else ""
        times.setdefault(name[:2], {})[folder or "both"] = f"{parts} s{memory}"
    return [
        (
            f"notebook {lesson}: kernel + imports + compute, memory",
            *(cells.get(f, cells.get("both", "")) for f in FRAMEWORKS),
        )
        for lesson, cells in sorted(times.items())
    ]


def check_row_of(result: dict) -> tuple[str, ...]:
    rows = result["checks"]["rows"]
    slowest = [max(row["p95"] for row in rows if row["framework"] == framework) for framework in FRAMEWORKS]
    label = "`check` beside the answer itself, 95th percentile in the slowest lesson"
    return label, *(f"{seconds:.2f} s" for seconds in slowest)


def speed_rows(result: dict) -> list[tuple[str, ...]]:
    speeds = {}
    for row in result["scale"]["rows"]:
        speeds.setdefault(row["name"], {})[row["framework"]] = f"{row['samples_per_second']:,} samples/s"
    return [(f"training: {name}", *(cells.get(f, "") for f in FRAMEWORKS)) for name, cells in speeds.items()]


def write_page(result: dict) -> None:
    """Put the table between its markers in BENCHMARK.md."""
    text = PAGE.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise SystemExit("BENCHMARK.md has no longer the two lines between which `make bench` writes its table.")
    before, rest = text.split(BEGIN)
    PAGE.write_text(before + BEGIN + table(result) + END + rest.split(END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()
