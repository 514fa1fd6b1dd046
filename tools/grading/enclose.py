"""In fresh namespaces: build a root that shows nothing but what is named, and become the command that runs there.

python -I enclose.py SPEC, with SPEC as JSON: see sandbox.py. Only the standard library is at hand.
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from apart import BIND, MOVE, NODEV, NOEXEC, NOSUID, PRIVATE, RDONLY, REC, REMOUNT, mount, mount_memory, mount_processes

LOCKED = NOSUID | NODEV | NOEXEC  # flags of a mount that its copy must keep


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


def make_read_only(root: str) -> None:
    """Remount everything below `root` read-only."""
    with open("/proc/self/mounts") as mounts:
        places = [line.split()[1].encode().decode("unicode_escape") for line in mounts]
    for place in places:
        if place.startswith(root + "/"):
            device = 0 if place.startswith(root + "/dev/") else NODEV
            mount("", place, flags=BIND | REMOUNT | RDONLY | NOSUID | device | (os.statvfs(place).f_flag & LOCKED))


def build(root: str, spec: dict) -> None:
    """Build the new root at `root` and enter it."""
    mount("", "/", flags=REC | PRIVATE)
    mount("none", root, "tmpfs", NOSUID | NODEV, "size=64m,mode=755")
    for source, place in spec["shown"]:
        show(root, source, place)
    for device in ("null", "zero", "random", "urandom"):
        show(root, f"/dev/{device}", f"/dev/{device}")
    make_read_only(root)
    os.makedirs(root + "/dev/shm")
    mount_memory(root + spec["folder"], spec["disk"])
    os.makedirs(root + "/proc")
    with open("/proc/sys/user/max_user_namespaces", "w") as limit:
        limit.write("0")  # nobody gets rights by another namespace of users
    mount_processes(root + "/proc")
    os.chdir(root)
    mount(root, "/", flags=MOVE)
    os.chroot(".")
    mount("", "/", flags=REMOUNT | BIND | RDONLY | NOSUID | NODEV)


def main(spec: dict) -> None:
    try:
        build(spec["root"], spec)
        os.chdir(spec["folder"])
        os.execve(spec["command"][0], spec["command"], spec["environment"])
    except OSError as error:
        sys.exit(f"the sandbox could not be built ({error})")


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
