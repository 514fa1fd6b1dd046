"""Namespaces of one's own: mount, and give up every right. Only the standard library is at hand, on Linux."""

import ctypes
import os
import signal

RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, MOVE, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 8192, 16384, 1 << 18
NEW_MOUNTS, NEW_IPC, NEW_PROCESSES, NEW_NETWORK = 0x20000, 0x8000000, 0x20000000, 0x40000000
DIE_WITH_PARENT, DROP_RIGHT, NO_NEW_RIGHTS = 1, 24, 38  # options of prctl(2)
CAPABILITIES = 64
OF_THE_SYSTEM = ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus", "/proc/fs")
libc = ctypes.CDLL(None, use_errno=True)


def done(status: int, what: str) -> None:
    """Raise OSError where a call of the system failed."""
    if status:
        number = ctypes.get_errno()
        raise OSError(number, f"{os.strerror(number)}: {what}")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2). Raises OSError."""
    status = libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())
    done(status, f"mount {kind or source} at {target}")


def mount_memory(target: str, size: int) -> None:
    """Put an empty folder of its own memory, of `size` bytes at most, at `target`."""
    os.makedirs(target, exist_ok=True)
    mount("none", target, "tmpfs", NOSUID | NODEV, f"size={size},nr_inodes=20000,mode=777")


def mount_processes(target: str) -> None:
    """Show this namespace's processes at `target`, without what belongs to the whole system: root could write to it."""
    mount("none", target, "proc", NOSUID | NODEV | NOEXEC)
    for place in OF_THE_SYSTEM:
        place = place.replace("/proc", target, 1)
        if os.path.exists(place):
            mount(place, place, flags=BIND | REC)
            mount("", place, flags=BIND | REMOUNT | RDONLY | NOSUID | NODEV | NOEXEC)


def set_apart(writable: list[str], size: int) -> None:
    """Go on in a child process without rights, that sees no other process, no network, and empty folders at `writable`.

    The calling process waits for its end and ends too. Raises OSError in either.
    """
    done(libc.unshare(NEW_MOUNTS | NEW_IPC | NEW_PROCESSES | NEW_NETWORK), "unshare")
    child = os.fork()
    if child:
        os.closerange(3, 1024)
        os.waitpid(child, 0)
        os._exit(0)
    done(libc.prctl(DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0), "prctl")
    for place in writable:
        mount_memory(place, size)
    mount_processes("/proc")
    give_up_rights()


def give_up_rights() -> None:
    """Drop every capability for good."""
    for number in range(CAPABILITIES):
        libc.prctl(DROP_RIGHT, number, 0, 0, 0)  # fails for numbers that this kernel does not know
    done(libc.prctl(NO_NEW_RIGHTS, 1, 0, 0, 0), "prctl")
    header, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    done(libc.capset(header, nothing), "capset")
