"""Measure how fast the course is: the notebooks, the checks, the tests, and training in each framework.

    python -m tools.bench                     everything, in less than 10 minutes on two cores
    python -m tools.bench --only scale        one section (see SECTIONS); the others keep their last result

It writes data/benchmark.json, the table in README.md and the plot .github/benchmark.png, and says by what ratio each
number has changed since the result that was there. Run it on a machine that does nothing else.
"""

import argparse
import itertools
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata
from pathlib import Path

COURSE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(COURSE / "scale"))  # its scripts import one another as they do when they are started
RESULT = COURSE / "data" / "benchmark.json"
README = COURSE / "README.md"
PLOT = COURSE / ".github" / "benchmark.png"
BEGIN, END = "<!-- benchmark: begin (written by `make bench`) -->\n", "<!-- benchmark: end -->"
NAMES = {"neutral": "NumPy", "pytorch": "PyTorch", "tensorflow": "TensorFlow"}
SLOWER = 1.25  # a ratio beyond this is flagged
BUDGET = 590  # seconds; what is not done by then is given up, and its last result stays
STARTED = time.perf_counter()


class Failed(Exception):
    """One measurement that did not work; the message says why in a line."""


def main():
    parser = argparse.ArgumentParser(description="Measure how fast the course is.")
    parser.add_argument("--only", choices=SECTIONS, help="measure this section only")
    only = parser.parse_args().only
    old, failed = read(RESULT), []
    new = dict(old)
    for name, measure in SECTIONS.items():
        if only in (None, name):
            print(f"{name} ...", flush=True)
            started = time.perf_counter()
            try:
                new[name] = measure() | {"machine": machine()}
            except Failed as failure:
                failed.append(f"{name}: {failure}")
                continue
            write(RESULT, json.dumps(new, indent=1) + "\n")
            print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    measured = {name: new[name] for name in SECTIONS if only in (None, name) and name in new}
    print("\n".join(compare(numbers(old), numbers(measured))) or "nothing to compare with")
    write_readme(new)
    plot(new)
    if failed:
        sys.exit("Not measured, so the last result stays. " + " ".join(failed))


# Measuring ------------------------------------------------------------------------------------------------------------


def run(*command, **environment):
    """What a command prints; Failed with the last line of its errors when it fails, or when the time is up."""
    left = max(1.0, BUDGET - (time.perf_counter() - STARTED))
    settings = {"capture_output": True, "text": True, "cwd": COURSE, "env": os.environ | environment}
    try:
        done = subprocess.run(command, **settings, timeout=left)
    except subprocess.TimeoutExpired:
        raise Failed(f"no time was left of {BUDGET} s; measure it alone with --only.") from None
    if done.returncode:
        raise Failed((done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1][:200])
    return done.stdout


def python(*arguments, **environment):
    """What Python prints with these arguments."""
    return run(sys.executable, *map(str, arguments), **environment)


def machine():
    """The machine in words, without its name."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").is_file():
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
        model = found.group(1) if found else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ("torch", "pytorch-lightning", "tensorflow", "keras", "numpy")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "processor": model,
        "system": platform.system(),
        "python": platform.python_version(),
        "versions": {package: metadata.version(package) for package in packages},
    }


def scale():
    """Samples per second of each way to train, and of several processes (lesson 08 reads this)."""
    rows, products = [], []
    for framework in ("pytorch", "tensorflow"):
        measured = json.loads(python("tools/speed.py", framework).splitlines()[-1])
        rows += measured["rows"]
        products += measured["matmul_gflops"]
    for name, framework, start in PROCESSES:
        rows += [in_processes(name, framework, start, processes, batch=600) for processes in (1, 2)]
    return {"threads_of_a_process": 1, "rows": rows, "matmul_gflops": products}


def in_processes(name, framework, start, processes, batch):
    """One row: a script of scale/ in several processes; start(processes, arguments) runs it."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"), "1")
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        begin = time.perf_counter()
        start(processes, [f"--batch={batch}", f"--result={result}"], threads | {"TF_ENABLE_ONEDNN_OPTS": "0"})
        wall = time.perf_counter() - begin
        measured = json.loads(result.read_text())
    best = max(measured["samples_per_second"])
    training = measured["samples"] * len(measured["losses"]) / best
    label = f"{name}, {processes} process{'es' if processes > 1 else ''}"
    print(f"  {framework}, {label}, {batch} a step: {best:,.0f} samples a second", flush=True)
    return {
        "name": label,
        "framework": framework,
        "processes": processes,
        "batch": batch,
        "samples_per_second": round(best),
        "seconds_to_start": round(wall - training, 2),
    }


def torchrun(processes, arguments, environment):
    launch = ("-m", "torch.distributed.run", "--standalone", f"--nproc-per-node={processes}")
    python(*launch, "scale/torchrun_ddp.py", *arguments, **environment)


def lightning(processes, arguments, environment):
    python("scale/lightning_ddp.py", f"--devices={processes}", *arguments, **environment)


def workers(processes, arguments, environment):
    python("scale/local_workers.py", processes, *arguments, **environment)


PROCESSES = (
    ("torchrun", "pytorch", torchrun),
    ("Lightning ddp", "pytorch", lightning),
    ("tf.distribute", "tensorflow", workers),
)


PARTS = ("kernel", "imports", "compute")
NBVAL = ("-q", "--nbval", "--nbval-cell-timeout=120", "notebooks")


def notebooks():
    """Seconds of the suite under nbval with 1 worker and with 2, and, from the first, of each notebook by PARTS."""
    start = time.perf_counter()
    output = python("-c", "from tools import bench; bench.time_cells()")
    middle = time.perf_counter()
    python("-m", "pytest", *NBVAL, "-n", "2", "--dist", "loadfile", OMP_NUM_THREADS="1")
    suite = {"1": round(middle - start), "2": round(time.perf_counter() - middle)}
    rows = json.loads(output.splitlines()[-1])
    for row in rows:
        print(f"  {row['notebook']}: {sum(row[part] for part in PARTS):.1f} s", flush=True)
    print(f"  all: {suite['1']} s with one worker, {suite['2']} s with two", flush=True)
    return {"rows": rows, "suite": suite}


def time_cells():
    """Run all notebooks under nbval in this process and print a list of {"notebook": name, seconds by PARTS}."""
    import pytest

    times = CellTimes()
    status = pytest.main([*NBVAL], plugins=[times])
    if status:
        sys.exit(status)
    print(json.dumps([{"notebook": name, **parts} for name, parts in sorted(times.notebooks.items())]))


class CellTimes:
    """A pytest plugin that adds up each notebook's seconds by PARTS.

    kernel: its start and its end. imports: the cells that begin a line with an import. compute: the other cells.
    """

    def __init__(self):
        self.notebooks = {}

    def pytest_runtest_makereport(self, item, call):
        parts = self.notebooks.setdefault(str(item.path.relative_to(COURSE / "notebooks")), dict.fromkeys(PARTS, 0.0))
        importing = re.search(r"^(import|from) ", item.cell.source, re.MULTILINE)
        part = "kernel" if call.when != "call" else "imports" if importing else "compute"
        parts[part] = round(parts[part] + call.duration, 4)


def imports():
    """Seconds to import each module that notebooks use, the fastest of three fresh processes."""
    code = "import time; start = time.perf_counter(); import {}; print(time.perf_counter() - start)"
    modules = ("utils.data", "utils.plotting", "utils.start")
    found = {module: min(float(python("-c", code.format(module))) for _ in range(3)) for module in modules}
    return {"seconds": {module: round(value, 3) for module, value in found.items()}}


def checks():
    """The 95th percentile of the seconds that check takes, over every fourth answer of each lesson's catalogue.

    Two lessons are measured at a time, as on a machine that does something else too.
    """
    from tools.source import notebooks_of
    from utils.course import course

    pairs = [(lesson.file, framework) for lesson in course() for framework in notebooks_of(lesson.source)]
    with ThreadPoolExecutor(2) as pool:
        rows = list(pool.map(lambda pair: check_row(*pair), pairs))
    return {"rows": rows}


def check_row(lesson, framework):
    code = f"from tools import bench; bench.check_seconds({lesson!r}, {framework!r})"
    taken, lesson = json.loads(python("-c", code, OMP_NUM_THREADS="1").splitlines()[-1]), lesson[:2]
    row = {"lesson": lesson, "framework": framework, "answers": len(taken), **spread(taken)}
    print(f"  lesson {lesson}, {framework}: p95 {row['p95']} s of {len(taken)} answers", flush=True)
    return row


def spread(taken):
    """The 95th percentile and the largest of some seconds."""
    ordered = sorted(taken)
    return {"p95": round(ordered[max(0, -(-95 * len(ordered) // 100) - 1)], 3), "slowest": round(ordered[-1], 3)}


def check_seconds(lesson, framework):
    """Print the seconds of judging every fourth answer to each task, from the solution on, in one learner's session."""
    from utils.catalogue import Task
    from utils.check import Session

    session, taken = Session(lesson, framework), []
    for task in session.tasks.values():
        if isinstance(task, Task):
            entry = session.entry(task)
            for name in [name for name in entry.functions if not name.endswith("__starter")][::4]:
                session.solved = set(session.tasks) - {task.name}
                answer = entry.answer(name)
                start = time.perf_counter()
                session.judge(task.name, answer)
                taken.append(time.perf_counter() - start)
    print(json.dumps(taken))


def sweeps():
    """Milliseconds a model of lesson 06's trainer: many models at once, and one after the other."""
    rows = []
    for framework in ("pytorch", "tensorflow"):
        code = f"from tools import bench; bench.sweep_seconds({framework!r})"
        environment = {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
        rows.append({"framework": framework, **json.loads(python("-c", code, **environment).splitlines()[-1])})
        print(f"  {framework}: {rows[-1]['looped'] / rows[-1]['batched']:.1f} times as fast at once", flush=True)
    return {"rows": rows}


def sweep_seconds(framework, models=100, looped=3, steps=50):
    """Print the milliseconds a model for both, with the lesson's own cells."""
    from tools.source import read_lesson

    with tempfile.TemporaryDirectory() as folder:  # a file, because tf.function reads the source of what it compiles
        path = Path(folder) / "lesson06.py"
        path.write_text(trainer(read_lesson(COURSE / "lessons" / "06_overfitting.md"), framework), encoding="utf-8")
        sys.path.insert(0, folder)
        import lesson06 as lesson

        _print_sweep_seconds(lesson, models, looped, steps)


def _print_sweep_seconds(lesson, models, looped, steps):
    train, seeds = lesson.train, range(models)
    start = lesson.initial_weights(seeds, 64, 32, 10)
    splits = lesson.stack([lesson.draw_digits(seed, samples=50) for seed in seeds])

    def part_of(first, last):
        own = type(splits)(*(type(part)(*(array[first:last] for array in part)) for part in splits))
        return own, [array[first:last] for array in start]

    def milliseconds(pieces):
        begin = time.perf_counter()
        for piece in pieces:
            train(*piece, steps=steps)
        return 1000 * (time.perf_counter() - begin)

    alone, together = [part_of(model, model + 1) for model in range(looped)], [part_of(0, models)]
    milliseconds(alone[:1] + together)  # the first run of each shape is traced
    result = {"batched": milliseconds(together) / models, "looped": milliseconds(alone) / looped}
    print(json.dumps({"models": models, "steps": steps} | {name: round(value, 2) for name, value in result.items()}))


def trainer(cells, framework):
    """The code of lesson 06 in one framework that imports, and that defines the batched trainer."""
    section, code = "", []
    for cell in cells:
        heading = re.search(r"^## (\d+)\.", cell.source, re.MULTILINE) if cell.kind == "markdown" else None
        section = heading.group(1) if heading else section
        if cell.kind == "code" and cell.framework in (None, framework) and section in ("1", "6"):
            if re.search(r"^alone = ", cell.source, re.MULTILINE) or "alone = keras" in cell.source:
                return "\n\n".join(code)
            code.append(cell.source)
    raise Failed("lesson 06 has no longer the cells that tools/bench.py looks for; see trainer() there.")


def live():
    """What drawing a LiveCurve costs, as a share of the training time, in a kernel."""
    import nbclient
    from nbformat.v4 import new_code_cell, new_notebook

    code = """
    import time
    import numpy as np
    from utils import plotting

    matrix = np.ones((400, 400))
    with plotting.LiveCurve(alt="A curve that is only drawn to be timed.") as live:
        started = time.perf_counter()
        while time.perf_counter() - started < 10:
            matrix @ matrix
            live.update(loss=1 / (1 + live.epochs))
    print(live.drawing_share, live.pictures)
    """
    notebook = new_notebook(cells=[new_code_cell(textwrap.dedent(code))])
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(COURSE)}}).execute()
    text = next(output.text for output in notebook.cells[0].outputs if output.output_type == "stream")
    share, pictures = text.split()
    return {"share": round(float(share), 4), "pictures": int(pictures)}


def install():
    """Megabytes of the packages of each path: the files that the installed packages list, with what they require."""
    from tools.install import PATHS, read_pins

    pins = read_pins()
    found = {}
    for path, sections in PATHS.items():
        names = closure([pin for section in ("both paths", *sections) for pin in pins[section]])
        files = {file.locate() for name in names for file in metadata.files(name) or ()}
        found[path] = round(sum(file.stat().st_size for file in files if file.is_file()) / 1e6)
    return {"megabytes": found}


def closure(requirements):
    """The names of the packages that these requirement lines bring, themselves included."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    waiting, seen = [Requirement(line) for line in requirements], set()
    while waiting:
        wanted = waiting.pop()
        for extra in wanted.extras or {""}:
            key = canonicalize_name(wanted.name), extra
            if key not in seen:
                seen.add(key)
                for line in metadata.requires(wanted.name) or ():
                    other = Requirement(line)
                    if other.marker is None or other.marker.evaluate({"extra": extra}):
                        waiting.append(other)
    return {name for name, _ in seen}


SECTIONS = {
    "notebooks": notebooks,  # first: lesson 08 shows the last result of scale, which a new one makes outdated
    "scale": scale,
    "imports": imports,
    "checks": checks,
    "sweeps": sweeps,
    "live": live,
    "install": install,
}


# Comparing ------------------------------------------------------------------------------------------------------------


def read(path):
    """The last result, {} where there is none; says so where the file cannot be used."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        pass
    print(f"{path.name} cannot be read, so there is nothing to compare with; it is written anew.")
    return {}


def numbers(result):
    """{what: seconds or the like, the smaller the better}; what is missing or of another form is left out."""
    found = {}
    for section, listed in LISTED.items():
        try:
            found |= {f"{section}: {what}": float(value) for what, value in listed(result[section]) if value > 0}
        except (KeyError, TypeError, AttributeError, ValueError):
            continue
    return found


def _listed_scale(section):
    for row in section["rows"]:
        batch = f", {row['batch']} a step" if "batch" in row else ""
        yield f"{row['name']}{batch}, {NAMES[row['framework']]}", 1e6 / row["samples_per_second"]
    for row in section["matmul_gflops"]:
        if row["size"] >= 512:
            yield f"product of size {row['size']}, {NAMES[row['framework']]}", 1 / row["gflops"]


LISTED = {
    "scale": _listed_scale,
    "notebooks": lambda section: [
        *((row["notebook"], sum(row[part] for part in PARTS)) for row in section["rows"]),
        *((f"all, {count} workers", seconds) for count, seconds in section["suite"].items()),
    ],
    "imports": lambda section: section["seconds"].items(),
    "checks": lambda section: [(f"{row['lesson']}, {NAMES[row['framework']]}", row["p95"]) for row in section["rows"]],
    "sweeps": lambda section: [(NAMES[row["framework"]], row["batched"]) for row in section["rows"]],
    "live": lambda section: [("share", section["share"])],
    "install": lambda section: section["megabytes"].items(),
}


def compare(old, new):
    """One line for each number of both results: how many times the last one it is, and a flag beyond SLOWER."""
    return [
        f"{new[what] / old[what]:5.2f}x  {what}{'   <-- slower or larger' if new[what] > SLOWER * old[what] else ''}"
        for what in new
        if what in old
    ]


# Reporting ------------------------------------------------------------------------------------------------------------


def write(path, text):
    """Write in one step: the old file stays until the new one is whole."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)


def table(result):
    """The Markdown of the README: one row a subject, a column a framework; what was not measured is left out."""
    rows = []
    for describe in (_notebook_rows, _check_rows, _sweep_rows, _speed_rows, _other_rows):
        try:
            rows += describe(result)
        except (KeyError, TypeError, AttributeError):
            continue
    lines = [f"| {' | '.join(row)} |" for row in (("", "PyTorch", "TensorFlow"), ("---",) * 3, *rows)]
    return "\n".join([*lines, "", _machine_line(result)]) + "\n"


def _notebook_rows(result):
    times = {}
    for row in result["notebooks"]["rows"]:
        folder, _, name = row["notebook"].rpartition("/")
        parts = [f"{row[part]:.1f}" for part in PARTS]
        times.setdefault(name[:2], {})[folder or "numpy"] = f"{' + '.join(parts)} s"
    for lesson, cells in sorted(times.items()):
        pair = [cells.get(framework, cells.get("numpy", "")) for framework in ("pytorch", "tensorflow")]
        yield f"notebook {lesson}: kernel + imports + compute", *pair


def _check_rows(result):
    frameworks = ("pytorch", "tensorflow")
    slowest = {f: max(row["p95"] for row in result["checks"]["rows"] if row["framework"] == f) for f in frameworks}
    yield "`check`, 95th percentile in the slowest lesson", *(f"{slowest[f]:.2f} s" for f in frameworks)


def _sweep_rows(result):
    rows = {row["framework"]: row for row in result["sweeps"]["rows"]}
    pair = [f"{rows[f]['looped'] / rows[f]['batched']:.0f} times as fast" for f in ("pytorch", "tensorflow")]
    yield f"{rows['pytorch']['models']} models at once, against a loop of models", *pair


def _speed_rows(result):
    speeds = {}
    for row in result["scale"]["rows"]:
        if "batch" not in row:
            speeds.setdefault(row["name"], {})[row["framework"]] = f"{row['samples_per_second']:,} samples/s"
    for name, cells in speeds.items():
        yield f"training: {name}", cells.get("pytorch", ""), cells.get("tensorflow", "")
    limit = limits(result)
    yield "the limit, from the matrix product", *(f"{limit[f]:,.0f} samples/s" for f in ("pytorch", "tensorflow"))


def limits(result):
    """{framework: samples a second that no training loop can exceed}, from the fastest matrix product."""
    from problem import SIZES

    layers = [inputs * outputs for inputs, outputs in itertools.pairwise(SIZES)]
    flops = 6 * sum(layers) - 2 * layers[0]  # forward and backward; the first layer's inputs need no gradient
    rows = result["scale"]["matmul_gflops"]
    return {f: 1e9 * max(r["gflops"] for r in rows if r["framework"] == f) / flops for f in ("pytorch", "tensorflow")}


def _other_rows(result):
    sizes = result["install"]["megabytes"]
    yield "installed packages", *(f"{sizes[f] / 1000:.1f} GB" for f in ("pytorch", "tensorflow"))


def _machine_line(result):
    """What belongs to no framework, and the machine, in sentences."""
    said = []
    suite = result.get("notebooks", {}).get("suite", {})
    if {"1", "2"} <= suite.keys():
        said.append(f"All notebooks under nbval: {suite['1']} s with one worker, {suite['2']} s with two.")
    if "imports" in result:
        said.append(f"Import of `utils`: {result['imports']['seconds']['utils.start']:.2f} s.")
    if "live" in result:
        said.append(f"A live plot costs {result['live']['share']:.1%} of the training time.")
    if "scale" in result:
        found = result["scale"]["machine"]
        said.append(
            f"Measured on {found['processor']}, {found['cores']} cores, {found['memory_gib']} GiB, "
            "training on one thread with 50 samples a step."
        )
    return " ".join(said)


def write_readme(result):
    """Put the table between its markers in the README."""
    text = README.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise SystemExit("README.md has no longer the two lines between which `make bench` writes its table.")
    before, rest = text.split(BEGIN)
    write(README, before + BEGIN + table(result) + END + rest.split(END)[1])


def plot(result):
    """Draw the samples per second of each way to train, beside the limit."""
    import matplotlib.pyplot as plt

    from utils import plotting

    if "scale" not in result:
        return
    figure, panels = plt.subplots(2, 1, figsize=(8, 6.5), sharex=True)
    for axes, framework, colour in zip(panels, ("pytorch", "tensorflow"), plotting.COLOURS, strict=False):
        rows = [row for row in result["scale"]["rows"] if row["framework"] == framework][::-1]
        names = [row["name"] + (f", {row['batch']} a step" if "batch" in row else "") for row in rows]
        axes.barh(names, [row["samples_per_second"] for row in rows], color=colour)
        axes.axvline(limits(result)[framework], color=plotting.BLACK, linestyle="--", label="limit of one thread")
        axes.set(xscale="log", title=NAMES[framework])
        axes.legend(loc="lower right", bbox_to_anchor=(1, 1))
    axes.set(xlabel="samples per second (logarithmic)")
    part = PLOT.with_name(".benchmark.part.png")
    figure.savefig(part, dpi=plotting.PIXELS_PER_INCH)
    plt.close(figure)
    os.replace(part, PLOT)


if __name__ == "__main__":
    main()
