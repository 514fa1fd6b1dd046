"""The one list of lessons, lessons/course.toml, as objects."""

import functools
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

LESSONS = Path(__file__).resolve().parent.parent / "lessons"


class CourseError(ValueError):
    """A list of lessons that does not fit the lessons; the message starts with the file."""


@dataclass(frozen=True)
class Lesson:
    """One entry of course.toml; its comment there says what each field means."""

    file: str
    title: str
    minutes: tuple[int, ...]
    needs: tuple[str, ...]
    path: str
    twins: int
    packages: dict[str, list[str]] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.file.partition("_")[0]

    @property
    def subject(self) -> str:
        """The lesson's name without its number: the folder of its tasks."""
        return self.file.partition("_")[2]

    @property
    def source(self) -> Path:
        return LESSONS / f"{self.file}.md"


def course() -> tuple[Lesson, ...]:
    """The lessons in order. Raises CourseError where course.toml and the lessons beside it differ."""
    return _read(LESSONS)


@functools.cache
def _read(folder: Path) -> tuple[Lesson, ...]:
    listed = folder / "course.toml"
    try:
        entries = tomllib.loads(listed.read_text(encoding="utf-8"))["lesson"]
        lessons = tuple(Lesson(**{**e, "minutes": tuple(e["minutes"]), "needs": tuple(e["needs"])}) for e in entries)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise CourseError(f"course.toml: cannot be read ({error})") from None
    files = [lesson.file for lesson in lessons]
    there = {path.stem for path in folder.glob("[0-9][0-9]_*.md")}
    for file in files:
        if files.count(file) > 1:
            raise CourseError(f"course.toml: {file} stands there twice")
        if file not in there:
            raise CourseError(f"course.toml: there is no lessons/{file}.md")
    if missing := sorted(there - set(files)):
        raise CourseError(f"course.toml: lessons/{missing[0]}.md is missing in the list")
    if files != sorted(files):
        raise CourseError("course.toml: the lessons do not stand in the order of their numbers")
    for lesson in lessons:
        if unknown := set(lesson.needs) - {other.number for other in lessons if other.file < lesson.file}:
            raise CourseError(f"course.toml: {lesson.file} needs {min(unknown)}, which does not come before it")
    return lessons


def lesson_of(name: str) -> Lesson:
    """The lesson with this number ("01"), file ("01_tensors") or subject ("tensors"). Raises CourseError."""
    for lesson in course():
        if name in (lesson.number, lesson.file, lesson.subject):
            return lesson
    raise CourseError(f"there is no lesson {name}; there are {', '.join(lesson.file for lesson in course())}")
