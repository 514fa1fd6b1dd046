"""Make .venv and install what a path of the course needs.

    python tools/install.py [pytorch | tensorflow | both] [--test | --browser]
    python tools/install.py --site     what the website needs, which is no framework
    python tools/install.py --lock     write requirements.lock anew, after a change of requirements.txt

The system's own Python runs this, so it uses the standard library only. requirements.txt says what is installed,
requirements.lock the versions below that. pip fetches uv, and uv, which is told where pip looks for packages, does the
rest. Without a path it keeps to what is installed already; the first time that is both.
"""

import ast
import csv
import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS, LOCK, VENV = ROOT / "requirements.txt", ROOT / "requirements.lock", ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"  # {section of requirements.txt: digest() when it was installed completely}

PATHS = {"pytorch": ["pytorch"], "tensorflow": ["tensorflow"], "both": ["pytorch", "tensorflow"]}
EXTRAS = {
    "--test": ["build and test"],
    "--site": ["build and test", "site"],
    "--browser": ["build and test", "site", "browser tests"],
}
# In words, with the gigabytes of a fresh .venv by `du -s` on Linux x86-64 with Python 3.11 and torch's CPU build.
SIZES = {
    "pytorch": ("PyTorch only", 1.4),
    "tensorflow": ("TensorFlow only", 2.6),
    "both": ("PyTorch and TensorFlow", 3.4),
    None: ("no framework", 0.8),
}
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
UV_NAMES = {  # pip's settings of where packages come from, and what uv calls them
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "client-cert": "SSL_CLIENT_CERT",
    "proxy": "ALL_PROXY",
}
PROGRESS = ("Resolved", "Downloading", "Building", "Prepared", "Installed")  # how the lines of uv start that are shown
OFFLINE = "Failed to fetch|error sending request|Could not fetch|connection broken|Max retries|timed? ?out"
AGAIN = "then run the same command again"


class Problem(Exception):
    """What stops a command: one sentence that says what to do."""


def main(arguments: list[str]) -> int:
    """Install or lock, and turn whatever stops it into one sentence and an exit status."""
    try:
        ensure_home(VENV / "home")
        lock() if "--lock" in arguments else install([word for word in arguments if word])
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        place = error.filename or VENV
        print(f"The set-up cannot use {place} ({error.strerror}): put that right, {AGAIN}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped: run the same command again and it finishes the job.", file=sys.stderr)
        return 130
    return 0


def install(arguments: list[str]) -> None:
    """Bring .venv to what the arguments ask for; return at once when it is there."""
    installed, source = read_stamp(), digest()
    wanted = sections_of(arguments)
    if VENV.exists():
        write_jupyter_settings()
    if all(installed.get(section) == source for section in wanted) and runs():
        return
    pins = read_pins()
    check_lock(pins)
    sections = [section for section in pins if section in (*wanted, *installed)]
    announce(path_of(sections))
    make_venv()
    STAMP.write_text(json.dumps(dict.fromkeys(installed)))  # until all is done, nothing counts as installed
    forget_torn_packages()
    settings = pip_settings()
    fetch_uv(pins, settings)
    if "pytorch" in sections:
        install_cpu_torch(pins, settings)
    uv(settings, "install", *(pin for section in sections for pin in pins[section]), "--constraint", str(LOCK))
    write_jupyter_settings()
    STAMP.write_text(json.dumps(dict.fromkeys(sections, source), indent=1))


def sections_of(arguments: list[str]) -> list[str]:
    """Return the sections of requirements.txt that a path and its extras need."""
    extras = [section for word in arguments for section in EXTRAS.get(word, [])]
    path = next((word for word in arguments if word not in EXTRAS), None)
    if path is None and "--site" in arguments:
        return ["both paths", *extras]
    path = path or installed_path() or "both"
    if path not in PATHS:
        raise Problem(f"There is no path {path}: use FRAMEWORK=pytorch, FRAMEWORK=tensorflow or FRAMEWORK=both.")
    return ["both paths", *PATHS[path], *extras]


def path_of(sections: Iterable[str]) -> str | None:
    """Return the path that these sections make up, or None without a framework."""
    frameworks = [section for section in PATHS["both"] if section in sections]
    return next((path for path, parts in PATHS.items() if parts == frameworks), None)


def installed_path() -> str | None:
    """Return the path that is installed, or None."""
    return path_of(read_stamp())


def read_stamp() -> dict[str, str | None]:
    """Return {section: the digest it was installed from}; nothing where that is not known."""
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError, TypeError):
        return {}


def digest() -> str:
    """Return the SHA-256 of what decides on versions."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in (REQUIREMENTS, LOCK) if file.exists())).hexdigest()


def read_pins() -> dict[str, list[str]]:
    """Return {section: pins} of requirements.txt."""
    pins: dict[str, list[str]] = {}
    for line in REQUIREMENTS.read_text().splitlines():
        if line.startswith("# --- "):
            section = pins.setdefault(line.strip("# -"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return pins


def check_lock(pins: dict[str, list[str]]) -> None:
    """Stop where requirements.lock does not hold what requirements.txt pins (torch aside, which has several builds)."""
    locked = {line.partition(" ;")[0] for line in (LOCK.read_text().splitlines() if LOCK.exists() else [])}
    for pin in itertools.chain(*pins.values()):
        if pin not in locked and not pin.startswith("torch=="):
            raise Problem(f"requirements.lock is older than requirements.txt (it lacks {pin}): run `make lock` first.")


def announce(path: str | None) -> None:
    """Say what is coming, or stop before a long download that cannot end well."""
    (words, size), free = SIZES[path], shutil.disk_usage(ROOT).free / 1e9
    if not VENV.exists() and free < size:
        raise Problem(f"The disk has {free:.1f} GB free and the set-up needs about {size} GB: make room, {AGAIN}.")
    other = "" if path == "both" else f" (both frameworks: {SIZES['both'][1]} GB)"
    print(f"Installing {words} in .venv: about {size} GB{other}.", flush=True)


def ensure_home(folder: Path) -> None:
    """Let caches and settings go to this folder where no home folder can be written to, as for a container's user."""
    if not os.access(os.path.expanduser("~"), os.W_OK):
        os.environ["HOME"] = str(folder)


def make_venv() -> None:
    """Make .venv, unless there is one whose Python and pip run."""
    if runs("-m", "pip", "--version"):
        return
    status, output = run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    if "ensurepip is not available" in output or "No module named" in output:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise Problem(
            f"This Python comes without venv: run `sudo apt install {package}` (or install Python from python.org), "
            f"{AGAIN}."
        )
    if status:
        raise Problem(explain(output))


# What a lesson's first cell defines, as long as it has not run: a sentence in place of a NameError.
UNREADY = """def check(*_, **__):
    print("This notebook is not ready yet: run its first cell of code, then this one again.")

hint = solution = progress = predict = reveal = review = gym = check"""


def write_jupyter_settings() -> None:
    """Let exports keep each figure's sentence, JupyterLab start without a popup, and kernels know our commands."""
    settings = {
        "HTMLExporter": {"extra_template_basedirs": [str(ROOT / "tools" / "export")], "template_name": "course"},
        "SlidesExporter": {"template_name": "course_slides"},
    }
    file = VENV / "etc" / "jupyter" / "jupyter_config.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(settings, indent=1))
    # Without this a popup asks for permission to fetch Jupyter's news, and hides a corner of the first lesson.
    file = file.parent / "labconfig" / "default_setting_overrides.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}, indent=1))
    file = VENV / "etc" / "ipython" / "ipython_kernel_config.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"IPKernelApp": {"exec_lines": [UNREADY]}}, indent=1))


def forget_torn_packages() -> None:
    """Let uv install again what an interrupted installation left incomplete, which passes for installed otherwise."""
    for package in VENV.glob("lib/python*/site-packages/*.dist-info"):
        if not is_whole(package):
            shutil.rmtree(package)


def is_whole(package: Path) -> bool:
    """Tell whether all files that a package's RECORD lists are there in their length."""
    try:
        with open(package / "RECORD", newline="", encoding="utf-8") as record:
            files = [(package.parent / name, size) for name, _, size in csv.reader(record)]
        return all(size in ("", str(file.stat().st_size)) for file, size in files if file.suffix != ".pyc")
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False


def pip_settings() -> dict[str, str]:
    """Return pip's settings, of files and of the environment, that say where packages come from."""
    listed = run([str(PYTHON), "-m", "pip", "config", "list"])[1]
    found = re.findall(r"^(global|install|:env:)\.([\w-]+)=(.*)$", listed, re.MULTILINE)
    found.sort(key=lambda setting: ("global", "install", ":env:").index(setting[0]))  # the last one counts
    values = {name: " ".join(ast.literal_eval(value).split()) for _, name, value in found if name in UV_NAMES}
    return {name: value for name, value in values.items() if value}


def fetch_uv(pins: dict[str, list[str]], settings: dict[str, str]) -> None:
    """Let pip install uv into .venv, with those settings and without others, such as of a place to install to."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    environment |= {"PIP_" + name.upper().replace("-", "_"): value for name, value in settings.items()}
    pin = next(pin for pin in pins["build and test"] if pin.startswith("uv=="))
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pin]
    status, output = run(command, environment | {"PIP_CONFIG_FILE": os.devnull})
    if status:
        raise Problem(explain(output, settings))


def uv(settings: dict[str, str], command: str, *arguments: str, **environment: str) -> None:
    """Run uv's pip command, install or compile, with pip's settings; variables of uv's own count more."""
    environment |= {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_SYSTEM_CERTS": "1", "UV_HTTP_TIMEOUT": "60"}  # as pip
    environment |= {UV_NAMES[name]: value for name, value in settings.items()}
    status, output = run(
        [str(VENV / "bin" / "uv"), "pip", command, "--python", str(PYTHON), *arguments], environment | dict(os.environ)
    )
    if status:
        raise Problem(explain(output, settings))


def install_cpu_torch(pins: dict[str, list[str]], settings: dict[str, str]) -> None:
    """Without an NVIDIA GPU, take torch's CPU build: the ordinary one for Linux brings gigabytes of CUDA."""
    pin = next(pin for pin in pins["pytorch"] if pin.startswith("torch=="))
    present = any(VENV.glob(f"lib/python*/site-packages/{pin.replace('==', '-')}*.dist-info"))
    if sys.platform != "linux" or shutil.which("nvidia-smi") or present:
        return
    print("No NVIDIA GPU was found: trying the CPU build of torch first, without gigabytes of CUDA.", flush=True)
    try:
        uv(settings, "install", "--no-deps", pin, "--default-index", CPU_INDEX, UV_HTTP_RETRIES="0")
    except Problem:
        print("The CPU build could not be had, so the ordinary torch follows, with its CUDA libraries.", flush=True)


def lock() -> None:
    """Pin, for every Python and system of the course, all that requirements.txt brings along."""
    make_venv()
    settings = pip_settings()
    fetch_uv(read_pins(), settings)
    options = ("--quiet", "--universal", "--python-version=3.11", "--no-header", "--no-annotate")
    uv(settings, "compile", str(REQUIREMENTS), *options, "--no-emit-package=torch", f"--output-file={LOCK}")
    print("Wrote requirements.lock.")


def runs(*arguments: str) -> bool:
    """Tell whether .venv's Python runs, with these arguments or with nothing to do."""
    try:
        return run([str(PYTHON), *(arguments or ("-c", ""))])[0] == 0
    except OSError:
        return False


def run(command: list[str], environment: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a command and show uv's progress; return its exit status and all it printed."""
    lines = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if line.startswith(PROGRESS):
                print(line, end="", flush=True)
    return process.returncode, "".join(lines)


def explain(output: str, settings: dict[str, str] | None = None) -> str:
    """Turn what pip or uv printed when it failed into one sentence."""
    if "No space left on device" in output:
        return f"The disk is full: make room here, in the home folder and in that for temporary files, {AGAIN}."
    if (settings or {}).get("no-index", "no").lower() in ("1", "true", "yes", "on"):
        return (
            "Your settings of pip (PIP_NO_INDEX, or no-index in a file that `pip config debug` names) keep it from "
            f"looking for packages anywhere: lift that, {AGAIN}."
        )
    if re.search(OFFLINE, output):
        return f"The packages could not be downloaded: check the internet connection and your proxy, if any, {AGAIN}."
    last = [line.strip() for line in output.splitlines() if line.strip()][-3:]
    return "The installation failed; run the same command again, or report this: " + " ".join(last)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
