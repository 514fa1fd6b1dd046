"""Every task of every lesson: its solution, other right answers, typical mistakes, texts, and its starter cell."""

import ast
import functools

import pytest
from conftest import type_in

from tools import build
from utils.catalogue import Task, framework_of, needs_framework, tasks_of
from utils.check import Session
from utils.course import LESSONS, course
from utils.judging import Judge
from utils.quiz import Quiz
from utils.recorded import read_recorded

MOST = 220  # characters of a sentence that is still read


@functools.cache
def session_of(lesson, framework):
    return Session(lesson, framework)


def sessions():
    """A session for each lesson and framework; a lesson whose tasks need none has one."""
    for lesson in course():
        paired = any(needs_framework(lesson.subject, task) for task in tasks_of(lesson.subject))
        for framework in ("pytorch", "tensorflow") if paired else ("neutral",):
            yield session_of(lesson.file, framework)


def cases(kind):
    """One parameter set a task or question: its session, and itself."""
    found = [(session, item) for session in sessions() for item in session.tasks.values() if isinstance(item, kind)]
    return [pytest.param(s, item, id=f"{s.lesson}-{s.framework}-{item.name}") for s, item in found]


def trained_later(item):
    """Trainings that a check may take half a minute for are repeated by `make test-all` only."""
    return [pytest.mark.slow, pytest.mark.nightly] if isinstance(item, Task) and item.seconds >= 30 else []


def recorded_later(item):
    """Mistakes that `make record` has kept train too: `make test` leaves them to `make test-slow`."""
    return [pytest.mark.slow] if item.recorded else []


def each_task(marks):
    found = [pytest.param(*case.values, id=case.id, marks=marks(case.values[1])) for case in cases(Task)]
    return pytest.mark.parametrize(("session", "task"), found, scope="module")


every_task_but_long_trainings = each_task(trained_later)
every_task_but_recorded = each_task(recorded_later)
every_task = pytest.mark.parametrize(("session", "task"), cases(Task), scope="module")
every_question = pytest.mark.parametrize(("session", "quiz"), cases(Quiz), scope="module")


def verdict(session, task, name):
    """The verdict on the function `name`, all other tasks solved."""
    session.solved = set(session.tasks) - {task.name}
    return session.judge(task.name, session.entry(task).answer(name))


def judge(session, task, name):
    """What a learner reads first who hands in the function `name`, all other tasks solved."""
    return verdict(session, task, name).text.partition("\n")[0]


def recorded(session, task):
    return read_recorded(session.subject, task.name, framework_of(task, session.framework))


def texts(text):
    return list(text.values()) if isinstance(text, dict) else [text]


def test_every_lesson_has_tasks_and_questions():
    for session in sessions():
        kinds = {type(item) for item in session.tasks.values()}
        assert kinds == {Task, Quiz}, f"lesson {session.lesson} in {session.framework}"


@every_task
def test_the_solution_is_right(session, task, monkeypatch):
    seen = []
    observe = Judge.observe
    monkeypatch.setattr(Judge, "observe", lambda *arguments: seen.append(observe(*arguments)) or seen[-1])
    found = verdict(session, task, task.name)
    assert found.text.startswith("✓")
    assert found.training.facts() == ""  # nothing odd is told of a right training
    if task.recorded:  # and judged beside the record alone
        assert [own.tried for own in seen] == [recorded(session, task)[task.name].tried], "`make record` is due"


@every_task_but_long_trainings
def test_other_right_answers_are_right(session, task):
    others = session.entry(task).others()
    assert others or task.value or task.open_ended
    assert [text for name in others if not (text := judge(session, task, name)).startswith("✓")] == []


@every_task_but_recorded
def test_each_typical_mistake_gets_its_own_sentence(session, task):
    mistakes = session.entry(task).mistakes()
    expected = {
        function: f"✗ {task.name}: {sentence}"
        for name, sentence in mistakes.items()
        for function in session.entry(task).variants(name)
    }
    verdicts = {function: verdict(session, task, function) for function in expected}
    assert {function: found.text.partition("\n")[0] for function, found in verdicts.items()} == expected
    if task.recorded:  # all but errors, whose text hangs on the framework's version
        kept = {function for function, found in verdicts.items() if not found.error}
        assert recorded(session, task).keys() == {task.name, *kept}, "`make record` is due"


@every_task
def test_mistakes_and_functions_belong_together(session, task):
    mistakes = session.entry(task).mistakes()
    names = session.entry(task).functions
    kinds = {name.removeprefix(task.name).removeprefix("__").partition("__")[0] for name in names}
    assert {kind for kind in kinds if kind and not kind.startswith("ok_") and kind != "starter"} == set(mistakes)
    assert len(mistakes) >= (2 if task.value else 3)
    assert len(set(mistakes.values())) == len(mistakes)


@every_task
def test_texts_are_there_and_short(session, task):
    hints = [text for hint in task.hints for text in texts(hint)]
    sentences = list(session.entry(task).mistakes().values())
    assert len(task.hints) >= 2
    assert [text for text in hints + sentences if not text.strip()] == []
    assert [text for text in sentences if len(text) > MOST] == []


@every_task_but_long_trainings
def test_the_solution_shown_is_right_when_typed_in(session, task):
    namespace = dict(imported(session.lesson, session.framework))
    for other in session.tasks.values():  # what a learner has solved before
        if isinstance(other, Task) and not other.value and other is not task:
            namespace[other.name] = session.entry(other).functions[other.name]
    type_in(session.source(task), namespace)
    session.solved = set(session.tasks) - {task.name}
    assert session.judge(task.name, namespace=namespace).text.startswith("✓")


@functools.cache
def cells_in(lesson):
    return build.read_lesson(LESSONS / f"{lesson}.md")


@functools.cache
def imported(lesson, framework):
    """{name: module or object} of all that a lesson's notebook imports."""
    cells = [cell for cell in build.cells_of(cells_in(lesson), framework) if cell.kind == "code"]
    nodes = [node for cell in cells for node in ast.parse(cell.source).body]
    imports = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    namespace = {}
    exec(compile(ast.Module(imports, []), lesson, "exec"), namespace)
    return namespace


@every_question
def test_each_option_of_a_question_is_explained(session, quiz):
    reasons = [option.because for option in quiz.options]
    assert len(reasons) >= 3
    assert [reason for reason in reasons if len(reason) > MOST] == []
    assert len(set(reasons)) == len(reasons)


# Starter cells --------------------------------------------------------------------------------------------------------


@functools.cache
def starters(lesson, framework):
    """The sources of a lesson's cells tagged `task`, in one framework."""
    return [cell.source for cell in build.cells_of(cells_in(lesson), framework) if "task" in cell.tags]


def starter_of(session, name):
    found = [source for source in starters(session.lesson, session.framework) if f'check("{name}"' in source]
    assert len(found) == 1, f"{name} should have one cell tagged task"
    return found[0]


def run_starter(session, name, source, namespace):
    """What a learner sees who runs the starter cell as it is."""
    printed = []
    namespace["check"] = lambda *arguments: printed.append(session.judge(*arguments, namespace=namespace).text)
    exec(source, namespace)
    return printed


@every_task
def test_the_starter_cell_is_not_written_yet(session, task):
    source = starter_of(session, task.name)
    assert source.endswith(f'\ncheck("{task.name}")\n# hint("{task.name}")\n# solution("{task.name}")')
    namespace = dict(imported(session.lesson, session.framework))
    assert run_starter(session, task.name, source, namespace) == [f"○ {task.name}: not written yet."]
    assert task.name in namespace


@every_question
def test_the_starter_cell_of_a_question_is_not_answered_yet(session, quiz):
    source = starter_of(session, quiz.name)
    assert run_starter(session, quiz.name, source, {}) == [f"○ {quiz.name}: not answered yet."]


@pytest.mark.parametrize("session", list(sessions()), ids=lambda session: f"{session.lesson}-{session.framework}")
def test_no_starter_cell_without_a_task(session):
    assert len(starters(session.lesson, session.framework)) == len(session.tasks)
