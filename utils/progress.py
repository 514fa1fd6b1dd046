"""What a learner has done, kept in one small file beside the learner's copies; it never leaves the machine.

work/progress.json holds {"version": 1, "entries": {"pytorch/softmax": {...}, ...}}. An entry has some of

    solved       when the task or question was first solved
    tries        how many wrong answers were tried
    mistakes     {name: how often} of the named mistakes among them, and of a question's wrong options
    met          {name: when} the last time that each of these mistakes was made
    last         a digest of the wrong answer that was tried last, so that the same one again is no new try
    hints        how many hints were seen
    predicted    the prediction, at `time`; `right` whether it was, `revealed` when that was told
    reviewed     when a misconception ("review/axis") was last asked about, `box` how often in a row the answer was
                 right, `asked` {question: how often}

What this version does not know stays as it is, and so does what was done in a task that is gone. NN_PROGRESS=off in the
environment does without: nothing is read or written then, as in all tests and builds of this repository.
"""

import contextlib
import copy
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from utils.messages import say

SWITCH = "NN_PROGRESS"
VERSION = 1
PATIENCE = 2.0  # seconds to wait for another kernel; then we go on without, because a file is always whole
WORK = Path(__file__).resolve().parent.parent / "work"
DRIVE = Path("/content/drive/MyDrive")  # where Colab shows Google Drive
FIELDS: dict[str, type] = {"solved": str, "tries": int, "mistakes": dict, "last": str, "hints": int}
FIELDS |= {"time": str, "right": bool, "revealed": str, "met": dict, "reviewed": str, "box": int, "asked": dict}
Entry = dict[str, Any]
Change = Callable[[Entry], None]


class Unusable(Exception):
    """A file that must stay as it is; the message says why."""


class Record:
    """The record of this course on this machine. No method raises for a file: what is in the way is told once."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, Change]] = []  # what could not be written yet
        self._told: set[str] = set()

    @property
    def path(self) -> Path:
        """Where the record is now: on Google Drive, once Colab has that, because its machine goes."""
        on_drive = "google.colab" in sys.modules and DRIVE.is_dir()
        return (DRIVE / "nn-frameworks" if on_drive else WORK) / "progress.json"

    def entries(self) -> dict[str, Entry]:
        """{key: entry} of all that is known, also of what could not be written."""
        try:
            found = self._read()
        except (OSError, Unusable) as error:
            self._tell(error)
            found = {}
        return _changed(found, self._waiting)

    def solved(self, key: str) -> None:
        """Note that a task or question is solved; the first time stays."""
        self._change(key, lambda entry: entry.setdefault("solved", now()))

    def tried(self, key: str, mistake: str | None, last: str) -> None:
        """Note a wrong answer, the named mistake that it was, and its digest."""

        def change(entry: Entry) -> None:
            entry |= {"tries": entry.get("tries", 0) + 1, "last": last}
            if mistake:
                counts = entry.setdefault("mistakes", {})
                counts[mistake] = counts.get(mistake, 0) + 1
                entry.setdefault("met", {})[mistake] = now()

        self._change(key, change)

    def hinted(self, key: str, number: int) -> None:
        """Note that hints up to this number were seen."""
        self._change(key, lambda entry: entry.update(hints=max(number, entry.get("hints", 0))))

    def predicted(self, key: str, answer: Any, is_right: bool) -> None:
        """Note what was expected of a run; the same again keeps its time."""
        made = {"predicted": answer, "right": is_right}
        self._change(key, lambda entry: None if made.items() <= entry.items() else entry.update(made, time=now()))

    def revealed(self, key: str) -> None:
        """Note that a prediction was answered; the first time stays."""
        self._change(key, lambda entry: entry.setdefault("revealed", now()))

    def reviewed(self, misconception: str, question: str, box: int) -> None:
        """Note that a question about a misconception was answered, and how many answers in a row were right."""

        def change(entry: Entry) -> None:
            entry |= {"box": box, "reviewed": now()}
            asked = entry.setdefault("asked", {})
            asked[question] = asked.get(question, 0) + 1

        self._change(f"review/{misconception}", change)

    # The file --------------------------------------------------------------------------------------------------------

    def _change(self, key: str, change: Change) -> None:
        """Change one entry in the file as it is now, whatever another kernel has written since."""
        self._waiting.append((key, change))
        try:
            known = self._read()
            if _changed(known, self._waiting) != known:
                self._write()
            self._waiting.clear()
        except (OSError, Unusable) as error:
            self._tell(error)

    def _write(self) -> None:
        path = Path(os.path.realpath(self.path))  # a learner's link stays a link
        is_new = not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            _replace(path, _changed(self._read(), self._waiting))
        if is_new and "google.colab" in sys.modules and self.path.parent == WORK:
            say(
                "Colab will delete this machine, and your progress with it. To keep it on your Google Drive, run: "
                'from google.colab import drive; drive.mount("/content/drive")'
            )

    def _read(self) -> dict[str, Entry]:
        """The entries in the file. Raises Unusable, or OSError; what is damaged is set aside first."""
        own, on_machine = self.path, WORK / "progress.json"
        found = self._read_file(own)
        if own != on_machine:  # what was done before Drive was mounted
            found = self._read_file(on_machine) | found
        return found

    def _read_file(self, path: Path) -> dict[str, Entry]:
        try:
            good, fault = _parse(path.read_bytes())
            if not fault:
                return good
            with _locked(path):
                good, fault = _parse(path.read_bytes())  # another kernel may have mended it meanwhile
                if fault:
                    self._set_aside(path, good)
            return good
        except FileNotFoundError:
            return {}

    def _set_aside(self, path: Path, good: dict[str, Entry]) -> None:
        """Rename a damaged file, and go on with what was good in it."""
        number = 1
        while (aside := path.with_name(f"progress.damaged{number}.json")).exists():
            number += 1
        _replace(path, good, aside)
        kept = "what was good in it stays" if good else "a new one begins"
        say(f"Your progress, {_name(path)}, was damaged: it is {aside.name} now, and {kept}.")

    def _tell(self, error: Exception) -> None:
        """Say once what is in the way."""
        reason = str(error) if isinstance(error, Unusable) else f"{error.strerror or error}"  # type: ignore[attr-defined]
        if reason not in self._told:
            self._told.add(reason)
            say(f"Your progress cannot be kept in {_name(self.path)} ({reason}): it lasts as long as this kernel.")


def here() -> Record | None:
    """The record of this course on this machine, or None where the learner does without."""
    return None if os.environ.get(SWITCH, "").lower() in ("off", "no", "false", "0") else Record()


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _changed(entries: dict[str, Entry], changes: list[tuple[str, Change]]) -> dict[str, Entry]:
    changed = copy.deepcopy(entries)
    for key, change in changes:
        change(changed.setdefault(key, {}))
    return changed


def _replace(path: Path, entries: dict[str, Entry], aside: Path | None = None) -> None:
    """Write a file in one step, so that nobody meets half of it; the old one goes `aside` where that is given."""
    lines = [f"{json.dumps(key)}: {json.dumps(entry)}" for key, entry in sorted(entries.items())]
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "w", encoding="utf-8") as file:
            file.write(f'{{"version": {VERSION}, "entries": {{\n' + ",\n".join(lines) + "\n}}\n")
            file.flush()
            os.fsync(file.fileno())
        if aside:
            os.replace(path, aside)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def _parse(data: bytes) -> tuple[dict[str, Entry], bool]:
    """(the good entries, whether anything else is damaged). Raises Unusable where a newer course wrote it."""
    try:
        whole = json.loads(data)
        version, entries = whole["version"], whole["entries"]
        if type(version) is int and version > VERSION:
            raise Unusable("a newer version of the course wrote it; update this one with git pull")
        good = {key: entry for key, entry in entries.items() if _is_good(entry)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, True
    return good, version != VERSION or len(good) < len(entries)


def _is_good(entry: Any) -> bool:
    if not isinstance(entry, dict) or any(
        type(entry[name]) is not FIELDS[name] for name in FIELDS.keys() & entry.keys()
    ):
        return False
    counts = (*entry.get("mistakes", {}).values(), *entry.get("asked", {}).values())
    return all(type(count) is int for count in counts)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """A block that no other kernel is in meanwhile, where the file system knows locks; each ends with its kernel."""
    try:
        file = open(path.with_name(f".{path.name}.lock"), "ab")  # noqa: SIM115
    except OSError:  # a folder that cannot be written: what follows says so
        yield
        return
    with file:
        give_up = time.monotonic() + PATIENCE
        while not _lock(file.fileno()) and time.monotonic() < give_up:
            time.sleep(0.01)
        yield


def _lock(file: int) -> bool:
    """Take the lock of an open file, until it is closed; False where another process has it or there are no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
