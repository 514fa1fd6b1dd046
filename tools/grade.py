"""Grade the notebooks of a class: python -m tools.grade FOLDER LESSON; --help lists the options.

Every notebook of the lesson in FOLDER and below is run in a sandbox and judged outside of it. Tables and pages appear
in the folder beside it, FOLDER-graded. Stopped and started again, it goes on where it was.
"""

import argparse
import hashlib
import itertools
import json
import os
import secrets
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path

from tools.grading import outcome, questions, tables
from tools.grading.copying import ROOT, copy_without_answers
from tools.grading.drawing import copy_for, looks, said_of_usual_data
from tools.grading.figures import Figure
from tools.grading.notebooks import Submission, find
from tools.grading.processes import Limits, Nursery
from tools.grading.sandbox import Refusal, Sandbox, find_way
from tools.grading.verdicts import Found, Grader, Ran, Result
from utils.course import CourseError, Lesson, lesson_of

AT_ONCE = 2  # submissions
LIMITS = Limits()
ROBOTS = {"gradescope": outcome.for_gradescope, "github": outcome.for_github}


class Grading:
    """One run over a folder of submissions; its results are kept in `out`, one file each."""

    def __init__(self, lesson: Lesson, out: Path, seed: int | None, way: str | None, word: str = "") -> None:
        self.lesson, self.out, self.way, self.word = lesson, out, way, word
        (out / "results").mkdir(parents=True, exist_ok=True)
        self.seed = self._seed() if seed is None else seed
        self.version = f"{self.seed}-{_version(lesson)}"
        self.graders: dict[str, Grader] = {}

    def _seed(self) -> int:
        """The secret that answers are tried with, drawn once for a folder: a second run gives the same points."""
        kept = self.out / "seed.json"
        if not kept.is_file():
            kept.write_text(json.dumps(secrets.randbelow(10**6)))
        return int(json.loads(kept.read_text()))

    def results(self, submissions: list[Submission]) -> dict[str, Result]:
        """{path: what was found} of all submissions; runs those that are not kept. Raises Refusal."""
        found = {one.path: result for one in submissions if (result := self._known(one))}
        waiting = [one for one in submissions if one.path not in found]
        if waiting:
            with tempfile.TemporaryDirectory(prefix="course-") as place:
                course = Path(place, "course")
                course.mkdir()
                Path(place, "root").mkdir()
                copy_without_answers(course)
                found |= self._run(waiting, Sandbox(course, self.way or find_way(course)), len(submissions))
        return {one.path: found[one.path] for one in submissions}

    def _known(self, submission: Submission) -> Result | None:
        if submission.problem:
            return Result(submission.framework, problem=submission.problem)
        file = self._file(submission)
        if not file.is_file():
            return None
        kept = json.loads(file.read_text(encoding="utf-8"))
        found, figures = [Found(**one) for one in kept["found"]], [Figure(**one) for one in kept["figures"]]
        return Result(**{**kept, "found": found, "figures": figures})

    def _file(self, submission: Submission) -> Path:
        """Where the result of a submission is kept; another version of the notebook or of the course has another."""
        known = f"{submission.path} {submission.digest} {self.version} {self._data(submission)}"
        return self.out / "results" / f"{hashlib.sha256(known.encode()).hexdigest()[:24]}.json"

    def _data(self, submission: Submission) -> int:
        """The seed of the data that a submission was handed out with, by the teacher's word and not by what it says."""
        return copy_for(self.word, submission.copy.learner if submission.copy else "").seed if self.word else 0

    def _run(self, waiting: list[Submission], sandbox: Sandbox, total: int) -> dict[str, Result]:
        found: dict[str, Result] = {}
        shown = Progress(total, total - len(waiting))
        for submission, ran in self._ran(waiting, sandbox, shown):
            result = found[submission.path] = self._grader(submission.framework).judge(submission, ran)
            part = self._file(submission).with_suffix(".part")
            part.write_text(json.dumps(asdict(result), indent=1), encoding="utf-8")
            os.replace(part, self._file(submission))
            shown.one_more()
        return found

    def _ran(self, waiting: list[Submission], sandbox: Sandbox, shown: "Progress") -> Iterator[tuple[Submission, Ran]]:
        """Run submissions, some at a time, and give each as it ends."""
        with ExitStack() as stack:
            pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))  # ends last, when no notebook can run on
            stack.enter_context(warnings.catch_warnings(action="ignore"))  # such as NumPy's, about odd answers
            nurseries = {}
            for framework in sorted({one.framework for one in waiting}):
                shown.say(f"preparing {framework}")
                nurseries[framework] = stack.enter_context(Nursery(sandbox, self.lesson.subject, framework))
                self._grader(framework)
            running: dict[Future[Ran], Submission] = {}
            rest = iter(waiting)
            while True:
                for one in itertools.islice(rest, AT_ONCE - len(running)):
                    run, data = self._grader(one.framework).run, self._data(one)
                    running[pool.submit(run, one, nurseries[one.framework], LIMITS, data)] = one
                if not running:
                    return
                ended, _ = wait(running, None, FIRST_COMPLETED)
                yield from ((running.pop(future), future.result()) for future in ended)

    def _grader(self, framework: str) -> Grader:
        if framework not in self.graders:
            self.graders[framework] = Grader(self.lesson, framework, self.seed)
        return self.graders[framework]


class Progress:
    """A bar on the error stream: how many are done, and how long the others may take."""

    def __init__(self, total: int, done: int) -> None:
        self.total, self.done, self.before, self.start = total, done, done, time.monotonic()

    def one_more(self) -> None:
        self.done += 1
        passed = time.monotonic() - self.start
        left = (self.total - self.done) * passed / (self.done - self.before)
        self.say(f"about {left / 60:.0f} min left" if self.done < self.total else f"{passed / 60:.1f} min")

    def say(self, what: str) -> None:
        filled = 30 * self.done // self.total
        line = f"[{'#' * filled}{'.' * (30 - filled)}] {self.done} of {self.total}, {what}"
        end = "\r" if sys.stderr.isatty() and self.done < self.total else "\n"
        print(f"{line:<70}", end=end, file=sys.stderr, flush=True)


def _version(lesson: Lesson) -> str:
    """A digest of what judges a lesson, so that no result of another version is taken for this one's."""
    files = [*(ROOT / "tasks" / lesson.subject).rglob("*.*"), *(ROOT / "utils").glob("*.py")]
    files += (ROOT / "tools" / "grading").glob("*.py")
    content = b"".join(file.read_bytes() for file in sorted(files) if "__pycache__" not in file.parts)
    return hashlib.sha256(content).hexdigest()[:16]


def main(arguments: list[str]) -> int:
    """Grade, and turn what stops it into one sentence and an exit status: 0, or 2 where nothing could be graded.

    With --for also 1, where a point is missing.
    """
    parser = argparse.ArgumentParser(prog="python -m tools.grade", description="Grade the notebooks of a class.")
    parser.add_argument("folder", type=Path, help="where the submissions are")
    parser.add_argument("lesson", help="the lesson's number, such as 07")
    parser.add_argument("--out", type=Path, help="where tables and pages go (FOLDER-graded)")
    parser.add_argument("--tried-with", type=int, help="the seed that answers are tried with, else drawn in secret")
    parser.add_argument("--seed", default="", help="the word that the lesson was released with, if with one")
    parser.add_argument("--quiz", type=int, default=0, help="points for each right answer in the quiz (0)")
    parser.add_argument("--worksheet", type=Path, help="Moodle's grading worksheet or Canvas's gradebook, to fill in")
    parser.add_argument("--column", default="", help="the assignment's title in Canvas's gradebook")
    parser.add_argument("--trust", action="store_true", help="run without a sandbox, with all your rights")
    parser.add_argument("--for", dest="robot", choices=ROBOTS, help="print the best notebook's result as JSON")
    given = parser.parse_args(arguments)
    for variable, value in {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}.items():
        os.environ.setdefault(variable, value)
    try:
        return grade(given)
    except (Refusal, CourseError, tables.WorksheetError) as problem:
        print(problem, file=sys.stderr)
    except OSError as error:
        print(f"Cannot use {error.filename or given.folder} ({error.strerror}).", file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. The same command goes on where this one was.", file=sys.stderr)
    return 2


def grade(given: argparse.Namespace) -> int:
    """Grade as the command line says. Raises Refusal, CourseError, OSError."""
    lesson, folder = lesson_of(given.lesson), given.folder.resolve()
    if not folder.is_dir():
        raise Refusal(f"There is no folder {given.folder}: name the one that holds the submissions.")
    out = (given.out or folder.with_name(f"{folder.name}-graded")).resolve()
    if out.is_relative_to(folder):
        raise Refusal("The results cannot go into the folder of submissions: name another one with --out.")
    submissions = find(folder, lesson)
    if not submissions and given.robot:
        print(ROBOTS[given.robot](Result("", problem="No notebook was handed in: its name should end with .ipynb.")))
        return 2
    if not submissions:
        raise Refusal(f"There is no notebook in {given.folder}: unpack the archive of submissions there first.")
    check_word(lesson, submissions, given.seed)
    worksheet = tables.read_worksheet(given.worksheet, lesson, given.column) if given.worksheet else None
    way = "trust" if given.trust else None
    results = Grading(lesson, out, given.tried_with, way, given.seed).results(submissions)
    graded = [(one, with_questions(lesson, one, results[one.path], given.quiz)) for one in submissions]
    odd = looks([(one.path, one.copy) for one in submissions if one.cells], given.seed)
    filled, notes = worksheet.filled(graded) if worksheet else (None, [])
    outcome.write(out, lesson, graded, odd, filled)
    for note in notes:
        print(f"{given.worksheet}: {note}", file=sys.stderr)
    if given.robot:
        result = max((result for _, result in graded), key=tables.rank)
        print(ROBOTS[given.robot](result))
        return 2 if not result.found else int(result.points < result.of)
    not_run = sum(not result.found for _, result in graded)
    print(f"{len(graded) - not_run} notebooks were run, {not_run} could not be; see {out / 'class.html'}.")
    return 0


def with_questions(lesson: Lesson, submission: Submission, result: Result, worth: int) -> Result:
    """A result with what is found of the quiz, for a notebook that was run."""
    return (
        replace(result, found=[*result.found, *questions.found_of(lesson, submission, worth)])
        if result.found
        else result
    )


def check_word(lesson: Lesson, submissions: list[Submission], word: str) -> None:
    """Raise Refusal where the word that a lesson was released with is missing, or is another one."""
    told = {one.copy for one in submissions if one.copy}
    if word and not said_of_usual_data(lesson):
        raise Refusal(f"Lesson {lesson.number} has no other data to draw: leave SEED out.")
    if told and not word:
        raise Refusal("These notebooks were handed out with data of their own: add the SEED=... of the release.")
    if told and not any(copy_for(word, one.learner) == one for one in told):
        raise Refusal("No notebook was handed out with this SEED: write it exactly as for the release.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
