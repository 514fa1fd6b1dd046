"""Inside fresh namespaces: build a root that shows nothing but what is named, give up every right, become the runner.

python -I enclose.py SPEC, with SPEC as JSON: see sandbox.py. Only the standard library is at hand.
"""

import ctypes
import json
import os
import resource
import sys

RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, MOVE, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 8192, 16384, 1 << 18
LOCKED = NOSUID | NODEV | NOEXEC  # flags of a mount that its copy must keep
OF_THE_SYSTEM = ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs")
libc = ctypes.CDLL(None, use_errno=True)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2). Raises OSError."""
    if libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode()):
        number = ctypes.get_errno()
        raise OSError(number, f"{os.strerror(number)}: mount {kind or source} at {target}")


def show(root: str, source: str, place: str) -> None:
    """Show a file or folder of the system below `root`, read-only, with all that is mounted in it."""
    target = root + place
    if os.path.islink(source):
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.symlink(os.readlink(source), target)
        return
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "w").close()
    mount(source, target, flags=BIND | REC)


def writable(target: str, size: int) -> None:
    """Put an empty folder of its own memory, of `size` bytes at most, at `target`."""
    os.makedirs(target, exist_ok=True)
    mount("none", target, "tmpfs", NOSUID | NODEV, f"size={size},nr_inodes=20000,mode=777")


def make_read_only(root: str, but: list) -> None:
    """Remount everything below `root` read-only, except for the places in `but`."""
    with open("/proc/self/mounts") as mounts:
        places = [line.split()[1].encode().decode("unicode_escape") for line in mounts]
    for place in places:
        if place.startswith(root + "/") and place.removeprefix(root) not in but:
            device = 0 if place.startswith(root + "/dev/") else NODEV
            mount("", place, flags=BIND | REMOUNT | RDONLY | NOSUID | device | (os.statvfs(place).f_flag & LOCKED))


def build(root: str, spec: dict) -> None:
    """Build the new root at `root` and enter it."""
    mount("", "/", flags=REC | PRIVATE)
    mount("none", root, "tmpfs", NOSUID | NODEV, "size=64m,mode=755")
    for place, size in spec["writable"]:
        if os.path.dirname(place) == "/":  # others stand in what is shown
            writable(root + place, size)
    for source, place in spec["shown"]:
        show(root, source, place)
    for device in ("null", "zero", "random", "urandom"):
        show(root, f"/dev/{device}", f"/dev/{device}")
    for place, size in spec["writable"]:
        if os.path.dirname(place) != "/":
            writable(root + place, size)
    make_read_only(root, [place for place, _ in spec["writable"]])
    os.makedirs(root + "/proc", exist_ok=True)
    mount("none", root + "/proc", "proc", NOSUID | NODEV | NOEXEC)
    with open(root + "/proc/sys/user/max_user_namespaces", "w") as limit:
        limit.write("0")  # no namespaces below this one
    for place in OF_THE_SYSTEM:  # which root could write to even here
        if os.path.exists(root + place):
            mount(root + place, root + place, flags=BIND | REC)
            mount("", root + place, flags=BIND | REMOUNT | RDONLY | NOSUID | NODEV | NOEXEC)
    os.chdir(root)
    mount(root, "/", flags=MOVE)
    os.chroot(".")
    mount("", "/", flags=REMOUNT | BIND | RDONLY | NOSUID | NODEV)


def main(spec: dict) -> None:
    try:
        build(spec["root"], spec)
        os.chdir(spec["folder"])
        for name, value in spec["limits"].items():
            resource.setrlimit(getattr(resource, name), (value, value))
        os.execve(spec["command"][0], spec["command"], spec["environment"])
    except OSError as error:
        sys.exit(f"the sandbox could not be built ({error})")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
