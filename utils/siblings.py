"""Sibling questions: short ones about a misconception, made from the catalogue's solutions and mistakes.

Four kinds: "right" (which of three answers is right?), "line" (which line of an answer is wrong?), "gap" (what belongs
in this place?) and "output" (what does a wrong answer return?). Answers to tasks and the loops of the bug gym are read,
not imported; only "output" runs the answers, by the engine.
"""

import ast
import functools
import hashlib
import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from utils import cases
from utils.catalogue import Task, framework_of, needs_framework, tasks_of, text_for
from utils.course import course, lesson_of
from utils.judging import Judge
from utils.looking import Seen
from utils.misconceptions import by_mistake
from utils.quiz import Option, filled

LETTERS = "abcdef"
MOST_LINES = {"right": 10, "line": 16, "gap": 30, "output": 10}  # of one answer, for a question of a minute or two
MOST_NUMBERS = 9  # that an input or an output may hold
MOST_SECONDS = 0.1  # that a solution may take where it is run for a question
MOST_IN_GAP = 3  # lines that differ
KEPT_LINES = 4  # that can be chosen from where a line is wrong


@dataclass(frozen=True)
class Question:
    """One question in one framework; `key` names it in the record."""

    key: str
    text: str
    options: tuple[Option, ...]

    @property
    def right(self) -> Option:
        return next(option for option in self.options if option.right)


@dataclass(frozen=True)
class Group:
    """A right answer and wrong ones, as source: wrong is {function: (misconception, sentence, source)}.

    task: what they are answers to, or "" for a loop of the bug gym. asked: what stands above a question.
    """

    subject: str
    task: str
    asked: str
    right: str
    wrong: dict[str, tuple[str, str, str]]


@dataclass(frozen=True)
class Candidate:
    """A question that can be made, unless the answers turn out not to suit it: then `make` gives None."""

    key: str
    misconception: str
    group: Group
    make: Callable[[], Question | None]


def candidates(framework: str, judge: Callable[[str], Judge] | None = None) -> Iterator[Candidate]:
    """The questions of one framework ("pytorch" or "tensorflow"), in the course's order.

    judge: what gives the Judge of a subject, where answers can be run here.
    """
    for group in groups(framework):
        for function, (misconception, _, _) in group.wrong.items():
            makers = {kind: functools.partial(make, group, function) for kind, make in KINDS.items()}
            if judge and group.task:
                makers["output"] = functools.partial(_what_it_returns, judge, group, function)
            for kind, make in makers.items():
                yield Candidate(f"{function}/{kind}", misconception, group, make)


# What they are made from ----------------------------------------------------------------------------------------------


@functools.cache
def groups(framework: str) -> tuple[Group, ...]:
    """All that questions are made from, in one framework."""
    return *_of_tasks(framework), *_of_loops(framework)


def _of_tasks(framework: str) -> Iterator[Group]:
    """The tasks whose solution can be read on its own, with those of their mistakes that can."""
    for lesson in course():
        for task in tasks_of(lesson.subject):
            sources = _sources(lesson.subject, task, framework) if task.only in (None, framework) else {}
            if task.name in sources:
                yield _group(lesson.subject, task, framework, sources)


def _group(subject: str, task: Task, framework: str, sources: dict[str, str]) -> Group:
    wrong = {}
    for function, source in sources.items():
        mistake = function.removeprefix(task.name).removeprefix("__").partition("__")[0]
        if mistake in task.mistakes:
            sentence = text_for(task.mistakes[mistake], framework_of(task, framework))
            wrong[function] = (by_mistake()[task.name, mistake], sentence, source)
    return Group(subject, task.name, _asked(subject, task.name, framework), sources[task.name], wrong)


def _asked(subject: str, task: str, framework: str) -> str:
    """The task's name and lesson, and what the lesson says of it, without emphasis."""
    lesson = lesson_of(subject)
    text = lesson.source.read_text(encoding="utf-8")
    found = re.search(rf"^\*\*[^*\n]*`{task}`[^*\n]*\*\* *(\S.*)", text, re.MULTILINE)
    told = filled(found[1].replace("*", ""), framework) if found else ""
    return f"`{task}` (lesson {lesson.number}). {told}".strip()


def _of_loops(framework: str) -> Iterator[Group]:
    """The loops of the bug gym that need no high-level API, each with its faults."""
    for loop in cases.loops():
        if (loop.framework, loop.level) == (framework, "loop"):
            wrong = {
                f"gym_{loop.size}_{fault.name}": (fault.misconception, f"{fault.title}.", _code(loop, [fault]))
                for fault in loop.faults
            }
            yield Group("networks", "", "A training loop.", _code(loop, []), wrong)


def _code(loop: cases.Loop, faults: list[cases.Fault]) -> str:
    return "\n".join(line for line in cases.with_faults(loop, faults) if line)


def _sources(subject: str, task: Task, framework: str) -> dict[str, str]:
    """{function: source, as a learner would type it} of those answers to a task that use nothing else of our files."""
    folder = Path(importlib.import_module(f"tasks.{subject}.{task.name}").__path__[0])
    found = {}
    for part in ("neutral", framework_of(task, framework)):
        file = folder / f"{part}.py"
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        tree = ast.parse(text)
        ours = {name for node in tree.body for name in _given_by(node)}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and re.match(rf"{task.name}(__|$)", node.name):
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                source = "\n".join(text.split("\n")[first - 1 : node.end_lineno])
                if not ours & {used.id for used in ast.walk(node) if isinstance(used, ast.Name)}:
                    found[node.name] = source.replace(node.name, task.name)
    return found


def _given_by(node: ast.stmt) -> set[str]:
    """The names that a line at the top of a file of answers gives, libraries aside."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    ours = isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in ("tasks", "utils")
    return {name.asname or name.name for name in node.names} if ours else set()  # type: ignore[attr-defined]


def notebook_of(subject: str, framework: str) -> str:
    """The framework of the notebook in which a lesson's tasks are judged: "neutral" where none of them needs one."""
    return framework if any(needs_framework(subject, task) for task in tasks_of(subject)) else "neutral"


# Kinds of questions ---------------------------------------------------------------------------------------------------


def _which_is_right(group: Group, function: str) -> Question | None:
    """The solution, a mistake and the other mistake that looks most like them."""
    _, _, source = group.wrong[function]
    others = [s for _, _, s in group.wrong.values() if _length(s) <= MOST_LINES["right"] and s != source]
    if _length(source) > MOST_LINES["right"] or _length(group.right) > MOST_LINES["right"] or not others:
        return None
    other = max(others, key=lambda text: _likeness(text, source))
    because = {text: _sentence(sentence) for _, sentence, text in group.wrong.values()}
    texts = _shuffled(f"{function}/right", [group.right, source, other])
    options = [
        Option(letter, text, text == group.right, because.get(text, ""))
        for letter, text in zip(LETTERS, texts, strict=False)
    ]
    shown = "\n\n".join(f"{option.letter})\n{_indented(option.text)}" for option in options)
    return _question(group, f"{function}/right", "Which of these is right?", shown, options)


def _which_line(group: Group, function: str) -> Question | None:
    """A mistake that differs from the solution in one line."""
    _, sentence, source = group.wrong[function]
    lines, right = source.split("\n"), group.right.split("\n")
    wrong = [n for n, pair in enumerate(zip(lines, right, strict=False)) if pair[0] != pair[1]]
    if len(lines) != len(right) or len(wrong) != 1 or wrong[0] == 0 or len(lines) > MOST_LINES["line"]:
        return None
    body = [n for n in range(1, len(lines)) if n != wrong[0] and re.search(r"\w", lines[n])]
    if not body:
        return None
    kept = sorted([*wrong, *_shuffled(f"{function}/line", body)[: KEPT_LINES - 1]])
    letters = dict(zip(kept, LETTERS, strict=False))
    shown = "\n".join(f"{letters[n] + ')' if n in letters else '  '} {line}" for n, line in enumerate(lines))
    told = f"Line {letters[wrong[0]]}) should be `{right[wrong[0]].strip()}`: {sentence}"
    options = [Option(letters[n], lines[n].strip(), n == wrong[0], told) for n in kept]
    return _question(group, f"{function}/line", "One line is wrong. Which?", shown, options)


def _what_belongs(group: Group, function: str) -> Question | None:
    """A mistake that differs from the solution in one place: what stands there in both, and in other mistakes."""
    _, sentence, source = group.wrong[function]
    right = group.right.split("\n")
    if len(right) > MOST_LINES["gap"] or not (place := _place(right, source)):
        return None
    first, last, own = place
    solution = "\n".join(right[first:last])
    told = {solution: "", own: _sentence(sentence)}
    for _, other, text in group.wrong.values():
        at = _place(right, text)
        if at and at[:2] == (first, last):
            told.setdefault(at[2], _sentence(other))
    texts = _shuffled(f"{function}/gap", list(told)[:4])
    options = [Option(letter, text, text == solution, told[text]) for letter, text in zip(LETTERS, texts, strict=False)]
    indentation = re.match(r" *", (solution or own))[0]  # type: ignore[index]
    code = [*right[:first], f"{indentation}____", *right[last:]]
    listed = [f"{option.letter})\n{_indented(option.text or indentation + '(nothing)')}" for option in options]
    shown = "\n".join([_indented("\n".join(code)), "", *listed])
    return _question(group, f"{function}/gap", "What belongs at ____?", shown, options)


def _place(right: list[str], source: str) -> tuple[int, int, str] | None:
    """(first line, line after the last, what stands there instead) where a source differs in one short place only."""
    lines = source.split("\n")
    changes = [c for c in SequenceMatcher(None, right, lines, autojunk=False).get_opcodes() if c[0] != "equal"]
    if len(changes) != 1:
        return None
    _, first, last, own_first, own_last = changes[0]
    short = max(last - first, own_last - own_first) <= MOST_IN_GAP
    return (first, last, "\n".join(lines[own_first:own_last])) if short and first > 0 else None


def _what_it_returns(judge_of: Callable[[str], Judge], group: Group, function: str) -> Question | None:
    """A mistake with an input for which it returns something else than the solution, from a run; None if unsuitable."""
    task = next(task for task in tasks_of(group.subject) if task.name == group.task)
    _, sentence, source = group.wrong[function]
    if task.recorded or task.value or isinstance(ast.parse(source).body[0], ast.ClassDef):
        return None
    if _length(source) > MOST_LINES["output"]:
        return None
    judge = judge_of(group.subject)
    entry = judge.entry(task)
    right = judge.observe(task, lambda: entry.solution)
    if right.seconds > MOST_SECONDS:
        return None
    own = judge.observe(task, lambda: entry.answer(function), right)
    given = [_written(value) for value in own.given or ()]
    if own.error or not own.given or not all(given):
        return None
    outputs = {_written(own.seen[-1]): f"That is what it returns: {sentence}"}
    outputs.setdefault(
        _written(right.seen[len(own.seen) - 1]), f"That would be right. About this answer, `check` says: {sentence}"
    )
    for other in group.wrong:
        seen = judge.observe(task, lambda other=other: entry.answer(other), right)  # type: ignore[misc]
        if len(seen.seen) == len(own.seen) and not seen.error:
            outputs.setdefault(
                _written(seen.seen[-1]), f"Another wrong answer returns that. About this one, `check` says: {sentence}"
            )
    first, *others = outputs
    if "" in outputs or len(outputs) < 3:
        return None
    texts = _shuffled(f"{function}/output", [first, *others[:2]])
    options = [Option(letter, text, text == first, outputs[text]) for letter, text in zip(LETTERS, texts, strict=False)]
    shown = f"{_indented(source)}\n\n    {group.task}({', '.join(given)})\n\n" + "\n".join(
        f"{option.letter}) {option.text}" for option in options
    )
    return _question(group, f"{function}/output", "What does this wrong answer return?", shown, options)


def _question(group: Group, key: str, asked: str, shown: str, options: list[Option]) -> Question:
    return Question(key, f"{group.asked}\n\n{shown}\n\n{asked}", tuple(options))


KINDS = {"right": _which_is_right, "line": _which_line, "gap": _what_belongs}


def _shuffled(key: str, parts: list[Any]) -> list[Any]:
    """The parts in an order that hangs on the key only."""
    return sorted(parts, key=lambda part: hashlib.sha256(f"{key}:{part}".encode()).digest())


def _likeness(one: str, other: str) -> float:
    """How many of the words of two sources they share, from 0 to 1."""
    words = [set(re.findall(r"\w+|[^\w\s]", text)) for text in (one, other)]
    return len(words[0] & words[1]) / len(words[0] | words[1])


def _length(source: str) -> int:
    return source.count("\n") + 1


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _indented(source: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in source.split("\n"))


def _written(value: Any) -> str:
    """A small input or output as text, or "" where it is not small."""
    data = value.data if isinstance(value, Seen) else value
    if isinstance(data, np.ndarray):
        if data.size > MOST_NUMBERS or data.dtype.kind not in "fiub":
            return ""
        return str((np.round(data.astype(float), 4) + 0.0 if data.dtype.kind == "f" else data).tolist())
    if isinstance(data, tuple) and isinstance(value, Seen):
        parts = [_written(part) for part in data]
        return f"({', '.join(parts)})" if all(parts) and len(parts) <= MOST_NUMBERS else ""
    return repr(data) if isinstance(data, int | float | str) and len(repr(data)) <= 40 else ""
