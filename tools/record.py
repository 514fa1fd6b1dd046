"""Write down what is seen of the solution and the mistakes of every task that asks for it, in its recorded.json.

python -m tools.record [lesson ...]
"""

import functools
import os
import sys

from utils.catalogue import OTHER, Task, tasks_of
from utils.course import course
from utils.judging import Judge
from utils.recorded import Recorded, write_recorded


def record(subject: str, task: Task, framework: str) -> None:
    """Observe a task's solution and mistakes as in one framework's notebook, and keep what is seen.

    An error is not kept: its text hangs on the version of the framework, and it comes soon.
    """
    judge = Judge(subject, framework)
    entry = judge.entry(task)
    right = judge.observe(task, lambda: entry.answer(task.name))
    if right.error:
        raise right.error
    seen = {task.name: right}
    for mistake in entry.mistakes():
        for function in entry.variants(mistake):
            seen[function] = judge.observe(task, functools.partial(entry.answer, function), right)
    kept = {name: Recorded(o.tried, o.seen, round(o.seconds, 2)) for name, o in seen.items() if not o.error}
    write_recorded(subject, task.name, judge.framework_of(task), kept)


def main(lessons: list[str]) -> None:
    for name, value in {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}.items():
        os.environ.setdefault(name, value)
    for lesson in course():
        if lessons and lesson.file[:2] not in lessons:
            continue
        for task in tasks_of(lesson.subject):
            for framework in (task.only,) if task.only else OTHER:
                if task.recorded:
                    print(f"{lesson.file}: {task.name}, {framework}")
                    record(lesson.subject, task, framework)


if __name__ == "__main__":
    main(sys.argv[1:])
