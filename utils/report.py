"""The report card of an assignment: stages done, accuracies, what to improve; shown, or saved to hand in.

What the learner typed is text and nothing else: the page escapes it, holds no script and loads nothing.
"""

import html
import importlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

STYLE = """body { font: 16px/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #222; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3em .6em; }
tr { border-bottom: 1px solid #ccc; } td.number { text-align: right; } pre { white-space: pre-wrap; }"""


@dataclass(frozen=True)
class Stage:
    """One stage of an assignment: the task's name, its title, what it is worth, and advice while it is open."""

    task: str
    title: str
    points: int
    advice: str


@dataclass(frozen=True)
class Card:
    """A report card: plain data, so that it can be read by a program too."""

    learner: str
    lesson: str
    framework: str
    points: int
    of: int
    stages: list
    accuracies: dict
    answers: dict
    improve: list

    def __str__(self) -> str:
        """The card as plain text."""
        lines = [f"{self.learner or 'No name given'}: {self.points} of {self.of} points for stages ({self.framework})"]
        for stage in self.stages:
            sign = "✓" if stage["done"] else "○"
            lines.append(f"{sign} {stage['title']}: {stage['points'] if stage['done'] else 0} of {stage['points']}")
        lines += [f"{name}: {_number(accuracy)}" for name, accuracy in self.accuracies.items()]
        unanswered = sum(not text.strip() for text in self.answers.values())
        lines += [f"{unanswered} of {len(self.answers)} written questions are open."] if unanswered else []
        lines += ["To improve:", *(f"- {advice}" for advice in self.improve)] if self.improve else []
        return "\n".join(lines)

    def page(self) -> str:
        """The card as one self-contained HTML page."""
        stages = [
            (stage["title"], "done" if stage["done"] else "open", f"{stage['points'] if stage['done'] else 0}"
             f" of {stage['points']}", f"tries: {stage['tries']}, hints: {stage['hints']}")
            for stage in self.stages
        ]  # fmt: skip
        title = f"Report card of {self.learner or 'no name given'}"
        parts = [
            f"<h1>{_escaped(title)}</h1>",
            f"<p>{_escaped(self.lesson)}, {_escaped(self.framework)}: {self.points} of {self.of} points.</p>",
            "<h2>Stages</h2>" + _table(("stage", "state", "points", "on the way"), stages),
            "<h2>Accuracies</h2>"
            + _table(("what", "accuracy"), [(name, _number(value)) for name, value in self.accuracies.items()]),
            "<h2>Written answers</h2>"
            + "".join(f"<h3>{_escaped(name)}</h3><pre>{_escaped(text)}</pre>" for name, text in self.answers.items()),
            "<h2>To improve</h2><ul>" + "".join(f"<li>{_escaped(advice)}</li>" for advice in self.improve) + "</ul>"
            if self.improve
            else "<p>Nothing is left open.</p>",
        ]
        head = f'<meta charset="utf-8"><title>{_escaped(title)}</title><style>{STYLE}</style>'
        return f'<!doctype html>\n<html lang="en"><head>{head}</head><body>\n' + "\n".join(parts) + "\n</body></html>\n"

    def save(self, name: str = "report_card", folder: str | Path = ".") -> None:
        """Write `name`.json and `name`.html into `folder` (the notebook's), and print where; never over a file.

        Refuses with one printed sentence where a file of that name exists or cannot be written.
        """
        if not name or Path(name).name != name:
            print(f"{name!r} is no plain file name: give a name without slashes, such as report_card.")
            return
        paths = [Path(folder) / f"{name}{ending}" for ending in (".json", ".html")]
        taken = [path.name for path in paths if path.exists()]
        if taken:
            print(f"Nothing was saved, for {' and '.join(taken)} exists already: give another name, or move it away.")
            return
        written = []
        try:
            for path, text in zip(paths, (json.dumps(asdict(self), indent=2) + "\n", self.page()), strict=True):
                with open(path, "x", encoding="utf-8") as file:
                    written.append(path)
                    file.write(text)
        except OSError as error:
            for path in written:
                path.unlink(missing_ok=True)
            print(f"Nothing was saved ({error.strerror}): pass a folder=... that you may write to.")
            return
        print(f"Saved {paths[0].name} and {paths[1].name}. The page opens in any browser.")


def report_card(
    progress: Any,
    learner: str = "",
    accuracies: Mapping[str, float | None] | None = None,
    answers: Mapping[str, str] | None = None,
) -> Card:
    """The Card of the notebook whose `progress` is given, with the stages that its lesson lists as STAGES.

    accuracies: {what was measured: a share from 0 to 1, or None if not yet}; answers: {question: the learner's text}.
    """
    session = progress.__self__
    stages = importlib.import_module(f"tasks.{session.subject}").STAGES
    solved_so_far = session.done
    done = [stage.task in solved_so_far for stage in stages]
    tallies = [session.tally(stage.task) for stage in stages]
    rows = [
        {"task": stage.task, "title": stage.title, "points": stage.points, "done": solved,
         "tries": tries + solved, "hints": hints}
        for stage, solved, (tries, hints) in zip(stages, done, tallies, strict=True)
    ]  # fmt: skip
    answers = {str(name): str(text) for name, text in (answers or {}).items()}
    improve = [stage.advice for stage, solved in zip(stages, done, strict=True) if not solved]
    improve += [f"Answer the written question {name!r}." for name, text in answers.items() if not text.strip()]
    return Card(
        learner=str(learner),
        lesson=session.lesson,
        framework=session.framework,
        points=sum(stage.points for stage, solved in zip(stages, done, strict=True) if solved),
        of=sum(stage.points for stage in stages),
        stages=rows,
        accuracies={str(name): None if value is None else float(value) for name, value in (accuracies or {}).items()},
        answers=answers,
        improve=improve,
    )


def _escaped(text: object) -> str:
    return html.escape(str(text))


def _number(accuracy: float | None) -> str:
    return "not measured yet" if accuracy is None else f"{accuracy:.3f}"


def _table(heads: tuple, rows: list) -> str:
    """An HTML table; every cell is escaped."""
    head = "".join(f"<th>{_escaped(text)}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{_escaped(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
