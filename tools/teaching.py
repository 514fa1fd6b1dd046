"""The table of misconceptions in TEACHING.md, from tasks/misconceptions.toml; `make notebooks` writes it."""

import re

from tools import source
from utils.course import course
from utils.misconceptions import misconceptions

BEGIN = "<!-- misconceptions: begin (written by `make notebooks`) -->\n"
END = "<!-- misconceptions: end -->"


def table() -> str:
    """A row for each misconception: what it is about, and where its mistakes are made (how many in each task)."""
    rows = ["| misconception | what to say about it | where it shows, with the number of mistakes |", "|---|---|---|"]
    for found in misconceptions().values():
        places = []
        for lesson in course():
            tasks = [f"`{t}` {len(m)}" for (s, t), m in found.mistakes.items() if s == lesson.subject]
            places += [f"{lesson.number}: {', '.join(tasks)}"] if tasks else []
        rows.append(f"| **{found.title}** (`{found.name}`) | {found.explanation} | {'; '.join(places)} |")
    return "\n".join(rows) + "\n"


def with_table(text: str) -> str:
    """TEACHING.md's text with the table as it is now."""
    between = re.compile(f"(?<={re.escape(BEGIN)}).*?(?={re.escape(END)})", re.DOTALL)
    return between.sub(lambda _: table(), text)


def write_teaching() -> None:
    """Bring the table in TEACHING.md up to date."""
    file = source.COURSE / "TEACHING.md"
    before = file.read_text(encoding="utf-8")
    if (text := with_table(before)) != before:
        file.write_text(text, encoding="utf-8")
