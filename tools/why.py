"""Say why check says what it says: the parts of the verdict on an answer in a file.

python -m tools.why softmax pytorch answer.py
"""

import runpy
import sys

from utils.catalogue import Task, tasks_of
from utils.check import Session
from utils.course import course
from utils.judging import Verdict
from utils.messages import unfenced

PARTS = ("status", "cause", "mistake", "tried", "seen", "right", "error", "about")


def sessions(task: str, framework: str) -> list[Session]:
    """A session for each lesson that has this task."""
    lessons = [lesson for lesson in course() if task in [other.name for other in tasks_of(lesson.subject)]]
    return [Session(lesson.file, framework) for lesson in lessons]


def why(task: str, framework: str, file: str) -> Verdict:
    """The verdict on the object `task` that a Python file defines, all other tasks taken as solved."""
    found = [session for session in sessions(task, framework) if isinstance(session.tasks.get(task), Task)]
    if not found:
        raise SystemExit(f"There is no task {task} in {framework}.")
    session = found[0]
    session.solved = set(session.tasks) - {task}
    session.judge(task)  # imports the framework in silence, before the file does
    return session.judge(task, namespace=runpy.run_path(file))


def main(arguments: list[str]) -> None:
    if len(arguments) != 3:
        raise SystemExit("Say which task, framework and file: make why TASK=softmax FRAMEWORK=pytorch FILE=answer.py")
    verdict = why(*arguments)
    print(unfenced(verdict.text))
    for part in PARTS:
        value = getattr(verdict, part)
        if value is not None and value != "":
            print(f"\n{part}:\n{value}")


if __name__ == "__main__":
    main(sys.argv[1:])
