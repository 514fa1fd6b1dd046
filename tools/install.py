"""Make .venv and install what a path of the course needs.

    python tools/install.py [pytorch | tensorflow | both] [--test | --browser]
    python tools/install.py --site
    python tools/install.py --lock     write requirements.lock anew, after a change of requirements.txt

The system's own Python runs this, so it uses the standard library only. What is installed comes from the sections of
requirements.txt, and the versions below those from requirements.lock. uv installs it, which pip fetches first; uv is
told what pip's own settings say of indexes and proxies. Without a path it keeps to what is installed already; the first
time that is both.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"  # {section: its pins; lock: its digest}, written when an installation is complete

PATHS = {"pytorch": ["pytorch"], "tensorflow": ["tensorflow"], "both": ["pytorch", "tensorflow"]}
CPU_INDEX = "https://download.pytorch.org/whl/cpu"

# Megabytes of a fresh .venv, by `du -s` on Linux x86-64 with Python 3.11 and the CPU build of torch, without the
# build-and-test section. Measure again when a pin changes.
SIZE_MB = {"pytorch": 1730, "tensorflow": 2830, "both": 3770, None: 900}
DISK_FACTOR = 1.5  # uv also keeps what it downloads

LOCK = ROOT / "requirements.lock"
NOT_LOCKED = ("torch", "uv")  # torch has several builds of one version; uv is there before the lock is read
PROGRESS = ("Resolved", "Downloading", "Building", "Prepared", "Installed")  # uv's lines that learners see
OFFLINE_SIGNS = (  # of uv, and of pip, which fetches it
    "Failed to fetch",
    "error sending request",
    "dns error",
    "timed out",
    "Network is unreachable",
    "Could not fetch URL",
    "connection broken",
    "Max retries exceeded",
)
# What pip's settings are called for uv. Settings of where pip installs to (user, target) are for pip alone.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


class Problem(Exception):
    """What stops a command: one sentence that says what to do."""


def main(arguments):
    """Install, and turn whatever stops it into one sentence and an exit status."""
    path = next((word for word in arguments if word and not word.startswith("--")), "")
    try:
        if "--lock" in arguments:
            lock()
        else:
            install(path, **{kind: f"--{kind}" in arguments for kind in ("test", "browser", "site")})
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"The set-up cannot use {error.filename or VENV} ({error.strerror}): put that right, then run the same "
            "command again.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped: run the same command again and it finishes the job.", file=sys.stderr)
        return 130
    return 0


def install(path, test=False, browser=False, site=False):
    """Bring .venv to what the path needs; return at once when it is there."""
    pins = read_pins()
    installed = read_stamp()
    wanted = sections_of(path or installed_path() or "both", test, browser, site)
    check_lock(pins)
    complete = installed.get("lock") == digest(LOCK) and all(installed.get(name) == pins[name] for name in wanted)
    if complete and runs("-c", ""):
        return

    wanted += [section for section in installed if section in pins and section not in wanted]
    path = path_of(wanted)
    check_disk(path)
    print(
        f"Installing the course in .venv ({describe(path)}): about {SIZE_MB[path] / 1000:.1f} GB, some minutes.",
        flush=True,
    )
    make_venv()
    STAMP.unlink(missing_ok=True)
    forget_cut_off_packages()
    get_uv(pins)
    if "pytorch" in wanted:
        install_cpu_torch(pins["pytorch"])
    status, errors = uv("install", *(pin for section in wanted for pin in pins[section]), "--constraint", str(LOCK))
    if status:
        raise Problem(explain(errors))
    stamp = {section: pins[section] for section in wanted} | {"lock": digest(LOCK)}
    STAMP.write_text(json.dumps(stamp, indent=1))
    report_size(path)


def read_pins():
    """Return {section: pins} of requirements.txt."""
    pins = {}
    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line.startswith("# --- "):
            section = pins.setdefault(line.strip("# -"), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return pins


def digest(file):
    """Return the SHA-256 of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def check_lock(pins):
    """Stop where requirements.lock does not hold what requirements.txt pins."""
    locked = LOCK.read_text().splitlines() if LOCK.exists() else []
    wanted = [pin for section in pins.values() for pin in section if pin.split("==")[0] not in NOT_LOCKED]
    missing = [pin for pin in wanted if not any(line.split(" ;")[0] == pin for line in locked)]
    if missing:
        raise Problem(
            f"requirements.lock is older than requirements.txt (it lacks {missing[0]}): run `make lock`, then the same "
            "command again."
        )


def lock():
    """Pin, for every Python and system of the course, all that requirements.txt brings along."""
    make_venv()
    get_uv(read_pins())
    options = ["--quiet", "--universal", "--python-version", "3.11", "--no-header", "--no-annotate"]
    unlocked = [word for name in NOT_LOCKED for word in ("--no-emit-package", name)]
    status, errors = uv("compile", str(ROOT / "requirements.txt"), *options, *unlocked, "--output-file", str(LOCK))
    if status:
        raise Problem(explain(errors))
    print("Wrote requirements.lock.")


def read_stamp():
    """Return {section: pins} of what is installed; nothing when that is not known."""
    try:
        return dict(json.loads(STAMP.read_text()))
    except (OSError, ValueError, TypeError):
        return {}


def sections_of(path, test=False, browser=False, site=False):
    """Return the sections of requirements.txt that a path needs: both frameworks for the tests, none for the site."""
    if path not in PATHS:
        raise Problem(f"There is no path {path}: use FRAMEWORK=pytorch, FRAMEWORK=tensorflow or FRAMEWORK=both.")
    if test or browser:
        return ["both paths", *PATHS["both"], "build and test", *(["site", "browser tests"] if browser else [])]
    if site:
        return ["both paths", "build and test", "site"]
    return ["both paths", *PATHS[path]]


def path_of(sections):
    """Return the path that these sections make up, or None without a framework."""
    frameworks = [section for section in PATHS["both"] if section in sections]
    return next((path for path, parts in PATHS.items() if parts == frameworks), None)


def installed_path():
    """Return the path that is installed, or None."""
    return path_of(read_stamp())


def describe(path):
    """Name a path in words."""
    names = {"pytorch": "PyTorch only", "tensorflow": "TensorFlow only", "both": "PyTorch and TensorFlow"}
    return names.get(path, "no framework")


def check_disk(path):
    """Stop before a long download that cannot end well."""
    needed = DISK_FACTOR * max(0, SIZE_MB[path] - size_mb(VENV))
    free = shutil.disk_usage(ROOT).free / 1e6
    if free < needed:
        raise Problem(
            f"The disk has {free / 1000:.1f} GB free and the set-up needs about {needed / 1000:.1f} GB: "
            "make room, then run the same command again."
        )


def make_venv():
    """Make .venv, unless there is one whose Python and pip run."""
    if runs("-m", "pip", "--version"):
        return
    status, output = run([sys.executable, "-m", "venv", "--clear", str(VENV)], quiet=True)
    if status and ("ensurepip is not available" in output or "No module named" in output):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise Problem(
            f"This Python comes without venv: run `sudo apt install python{version}-venv` (or install Python "
            "from python.org), then run the same command again."
        )
    if status:
        raise Problem(explain(output))


def forget_cut_off_packages():
    """Let uv install again what was cut off: RECORD is written last, and without one a package passes for complete."""
    for package in VENV.glob("lib/python*/site-packages/*.dist-info"):
        if not (package / "RECORD").exists():
            shutil.rmtree(package)


def install_cpu_torch(pins):
    """Without an NVIDIA GPU, take torch's CPU build: the ordinary one for Linux brings gigabytes of CUDA."""
    pin = next(pin for pin in pins if pin.startswith("torch=="))
    present = any(VENV.glob(f"lib/python*/site-packages/{pin.replace('==', '-')}*.dist-info"))
    if sys.platform != "linux" or shutil.which("nvidia-smi") or present:
        return
    print("No NVIDIA GPU was found: trying the CPU build of torch first, without gigabytes of CUDA.", flush=True)
    status, _ = uv("install", "--no-deps", pin, "--default-index", CPU_INDEX)
    if status:
        print("The CPU build could not be had, so the ordinary torch follows, with its CUDA libraries.", flush=True)


def get_uv(pins):
    """Let pip fetch uv into .venv, whatever pip's settings say of where to install."""
    pin = next(pin for pin in pins["build and test"] if pin.startswith("uv=="))
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", pin]
    environment = {name: value for name, value in os.environ.items() if name not in ("PIP_TARGET", "PIP_PREFIX")}
    status, errors = run(command, environment={**environment, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"})
    if status:
        raise Problem(explain(errors))


def uv(command, *arguments):
    """Run uv's pip command (install or compile); return its exit status and its errors."""
    place = ["--python", str(VENV / "bin" / "python")]
    return run([str(VENV / "bin" / "uv"), "pip", command, *place, *arguments], environment=uv_environment())


def uv_environment():
    """The environment in which uv finds packages where pip finds them; variables of uv's own that are set stay."""
    settings = run([str(VENV / "bin" / "python"), "-m", "pip", "config", "list"], quiet=True)[1]
    # pip lists files first and the environment (:env:) last... by name; the environment's word counts.
    found = sorted(re.findall(r"^(\S+?)\.([\w-]+)='(.*)'$", settings, re.MULTILINE), key=lambda s: s[0] == ":env:")
    environment = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_HTTP_TIMEOUT": "60"}
    environment |= {UV_NAMES[name]: " ".join(value.split()) for _, name, value in found if value and name in UV_NAMES}
    return environment | dict(os.environ)


def runs(*arguments):
    """Tell whether .venv's Python runs these arguments."""
    try:
        return run([str(VENV / "bin" / "python"), *arguments], quiet=True)[0] == 0
    except OSError:
        return False


def run(command, quiet=False, environment=None):
    """Run a command and show its progress; return its exit status and its errors (when quiet, all it printed)."""
    errors = subprocess.STDOUT if quiet else subprocess.PIPE
    with subprocess.Popen(
        command, stdout=subprocess.PIPE if quiet else None, stderr=errors, env=environment, text=True, errors="replace"
    ) as process:
        lines = []
        for line in (process.stdout if quiet else process.stderr) or ():
            lines.append(line)
            if not quiet and line.strip().startswith(PROGRESS):
                print(line.rstrip(), flush=True)
    return process.returncode, "".join(lines)


def explain(errors):
    """Turn the errors of pip or uv into one sentence."""
    if "No space left on device" in errors:
        return (
            f"The disk is full: make room in {ROOT} or in {tempfile.gettempdir()}, then run the same command again "
            "and it finishes the job."
        )
    if uv_environment().get("UV_NO_INDEX", "0").lower() in ("1", "true", "yes"):
        return (
            "Your settings of pip (PIP_NO_INDEX, or no-index in a file that `pip config debug` names) keep it from "
            "looking for packages anywhere: lift that, then run the same command again."
        )
    if any(sign in errors for sign in OFFLINE_SIGNS):
        return (
            "The packages could not be downloaded: check the internet connection (and the proxy, if you use one), "
            "then run the same command again."
        )
    last_lines = "\n".join(line for line in errors.splitlines() if line.strip()).splitlines()[-3:]
    return "The installation failed; run the same command again, or report this: " + " ".join(last_lines)


def report_size(path):
    """Say how large .venv is, and what one framework alone saves."""
    print(f"Installed: .venv has {size_mb(VENV) / 1000:.1f} GB", end="")
    saved = (SIZE_MB["both"] - SIZE_MB[path]) / 1000
    print(f", {saved:.1f} GB less than with both frameworks." if saved else ".", flush=True)


def size_mb(folder):
    """Return the megabytes that a folder takes on the disk, as `du` counts them."""
    blocks = (os.lstat(os.path.join(place, name)).st_blocks for place, _, names in os.walk(folder) for name in names)
    return 512 * sum(blocks) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
