"""What is kept of a learner's work: across restarts, kernels and versions, and whatever happens to its file."""

import json
import os
import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path

import nbclient
import nbformat
import pytest
from conftest import text_of
from nbformat.v4 import new_code_cell, new_notebook

from tools.build import texts
from utils import progress, start
from utils.check import Session, keys_of
from utils.progress import Record
from utils.report import report_card

COURSE = Path(__file__).resolve().parent.parent
DOUBLE, QUESTION = "neutral/double", "neutral/question-"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where the record of this test is; its folder does not exist yet."""
    monkeypatch.setattr(progress, "WORK", tmp_path / "course" / "work")
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    return tmp_path / "course" / "work" / "progress.json"


@pytest.fixture
def begin(file, made_up_lesson):
    """Begin the made-up lesson as in a new kernel."""
    return lambda: Session("99_made_up", "neutral", Record())


@pytest.fixture
def said(capsys):
    """What was printed since the last call, in lines."""
    return lambda: capsys.readouterr().out.splitlines()


def entries(file):
    whole = json.loads(file.read_text())
    assert whole.keys() == {"version", "entries"}
    return whole["entries"]


def right(numbers):
    return numbers + numbers


def square(numbers):
    return numbers * numbers


def other(numbers):
    return numbers * 7


# What is kept ---------------------------------------------------------------------------------------------------------


def test_after_a_restart_solved_tasks_are_solved_with_a_word_that_says_so(begin, said):
    first = begin()
    first.check("double", right), first.check("quiz_1", "b"), said()
    second = begin()
    second.progress()
    assert [line for line in said() if not line.startswith("○")] == [
        "✓ double: solved earlier",
        "✓ quiz_1: solved earlier",
        "2 of 7 solved in this notebook.",
    ]
    second.check("double", right)
    assert said() == ["✓ double: right.  (2 of 7 solved)"]
    second.progress()
    assert said()[0] == "✓ double: solved"


def test_do_that_one_first_is_satisfied_by_an_earlier_day(begin, said):
    second = begin()
    second.check("half", lambda n: n / 2)
    assert "do that one first" in said()[0]
    begin().check("double", right), said()
    second.check("half", lambda n: n / 2)
    assert said() == ["✓ half: right.  (2 of 7 solved)"]


def test_tries_mistakes_and_hints_are_counted_across_restarts(begin, file):
    first = begin()
    first.check("double", square), first.check("double", square), first.check("double", other)
    first.check("quiz_1", "c"), first.hint("double")
    second = begin()
    second.check("double", other), second.check("double", square)
    kept = entries(file)[DOUBLE]
    assert (kept["tries"], kept["mistakes"], kept["hints"]) == (3, {"square": 2}, 2)
    assert second.tally("double") == (3, 2)
    (question,) = (entry for key, entry in entries(file).items() if key.startswith(QUESTION))
    assert (question["tries"], question["mistakes"]) == (1, {"c": 1})


def test_a_right_answer_checked_again_writes_nothing(begin, file):
    begin().check("double", right)
    before = file.stat().st_mtime_ns, file.read_bytes()
    again = begin()
    again.check("double", right), again.progress(), again.check("double", None), again.check("gone", 1)
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_looking_alone_makes_no_file(begin, file):
    session = begin()
    session.progress(), session.check("double"), session.check("quiz_1", ...), session.solution("double")
    assert not file.parent.exists()


def test_the_report_card_counts_what_was_done_before(file):
    Record().solved("pytorch/split_parts")
    Record().tried("pytorch/scale_parts", "train", "0")
    Record().hinted("pytorch/scale_parts", 2)
    card = report_card(Session("07_lab", "pytorch", Record()).progress)
    rows = {row["task"]: row for row in card.stages}
    assert card.points == rows["split_parts"]["points"] > 0
    assert (rows["scale_parts"]["done"], rows["scale_parts"]["tries"], rows["scale_parts"]["hints"]) == (False, 1, 2)


def test_progress_shows_the_course_on_the_notebooks_path(file, said):
    for key in ("neutral/sigmoid", "pytorch/softmax", "tensorflow/softmax", "tensorflow/ScaleLayer"):
        Record().solved(key)
    pytorch, tensorflow = (f"solved in the whole course with {name} (00: 1 of" for name in ("PyTorch", "TensorFlow"))
    Session("01_tensors", "pytorch", Record()).progress()
    *_, line = said()
    assert line.startswith("2 of ") and pytorch in line and "01: 1 of" in line and "05" not in line
    Session("00_start_here", "neutral", Record()).progress()
    *_, one, two = said()
    assert pytorch in one and two.startswith("3 of ") and tensorflow in two and "05: 1 of" in two


def test_a_question_goes_by_its_right_answer_not_by_its_number(made_up_lesson):
    quiz = Session("99_made_up", "neutral").tasks["quiz_1"]
    first, second, _ = quiz.options
    changed = (replace(first, right=True), replace(second, right=False))
    assert keys_of(replace(quiz, name="quiz_3"), "pytorch") == keys_of(quiz, "pytorch")
    assert keys_of(replace(quiz, options=changed), "pytorch") != keys_of(quiz, "pytorch")


# Who writes, and where ------------------------------------------------------------------------------------------------


def test_a_cell_of_the_lesson_as_it_stands_there_counts_nothing(file, said, tmp_path):
    """Lesson 00 shows a wrong answer; that try is nobody's."""
    text = (COURSE / "lessons" / "00_start_here.md").read_text(encoding="utf-8")
    (shown,) = (
        cell for cell in text.split("```") if cell.endswith('check("mean_squared_error")\n') and "sum()" in cell
    )
    shown = shown.removeprefix("python\n")
    run_in_kernel(file, "start_here", [shown])
    assert not file.exists()
    run_in_kernel(file, "start_here", [shown, shown.replace("sum()", "max()")])
    assert entries(file)["neutral/mean_squared_error"]["tries"] == 1


@pytest.mark.slow
def test_run_all_of_a_fresh_course_writes_nothing_and_shows_what_is_committed(repository):
    path = repository / "notebooks" / "00_start_here.ipynb"
    notebook, committed = (nbformat.read(path, as_version=4) for _ in range(2))
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}})
    client.execute(env=os.environ | {"NN_PROGRESS": "on"})
    assert not (repository / "work").exists()
    for cell, expected in zip(notebook.cells, committed.cells, strict=True):
        if cell.cell_type == "code" and "nbval-ignore-output" not in cell.metadata.get("tags", []):
            assert texts(cell.outputs) == texts(expected.outputs), cell.source


def run_in_kernel(file, lesson, cells, framework="neutral", **variables):
    """Run cells as in a notebook of a course whose work folder is that of `file`; return what they print."""
    first = f"import sys; sys.path.insert(0, {str(COURSE)!r})\nimport pathlib; from utils import progress\n"
    first += f"progress.WORK = pathlib.Path({str(file.parent)!r})\nfrom utils.start import begin\n"
    first += f"check, hint, solution, progress = begin({lesson!r}, {framework!r})"
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in [first, *cells]])
    client = nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3")
    client.execute(env=os.environ | {"NN_PROGRESS": "on"} | variables)
    return ["".join(map(text_of, cell.outputs)) for cell in notebook.cells[1:]]


@pytest.mark.parametrize("switch", ["off", "OFF", "0", "no"])
def test_the_environment_turns_it_off(file, made_up_lesson, monkeypatch, switch):
    monkeypatch.setenv("NN_PROGRESS", switch)
    assert progress.here() is None
    monkeypatch.setenv("NN_PROGRESS", "on")
    assert isinstance(progress.here(), Record)


def test_no_test_and_no_tool_has_a_record():
    assert progress.here() is None
    environment = {name: value for name, value in os.environ.items() if name != "NN_PROGRESS"}
    for module in ("tools.build", "tools.repeat", "tools.bench", "tools.accuracy_04"):
        code = f"import importlib.util, os, sys; importlib.util.find_spec('{module}'); print(os.environ['NN_PROGRESS'])"
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=COURSE)
        assert done.stdout == "off\n", done.stderr


def test_nbval_has_no_record(tmp_path):
    """`make test` runs the notebooks with nbval, in a kernel that inherits its environment."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "conftest.py").write_text((COURSE / "notebooks" / "conftest.py").read_text())
    cells = [new_code_cell("import os; assert os.environ['NN_PROGRESS'] == 'off'")]
    (tmp_path / "notebooks" / "a.ipynb").write_text(json.dumps(new_notebook(cells=cells)))
    environment = {name: value for name, value in os.environ.items() if name != "NN_PROGRESS"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval-lax", "notebooks"]
    done = subprocess.run(command, cwd=tmp_path, env=environment | {"PYTHONPATH": str(COURSE)}, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


def test_git_never_takes_it():
    done = subprocess.run(["git", "check-ignore", "work/progress.json"], cwd=COURSE, capture_output=True, text=True)
    assert done.returncode == 0 or not (COURSE / ".git").exists()


# Two kernels ----------------------------------------------------------------------------------------------------------

MANY = """
import pathlib, sys
from utils import progress
progress.WORK = pathlib.Path(sys.argv[1])
mine = progress.Record()
for number in range(40):
    mine.tried("shared", "slip", str(number))
    mine.solved(f"{sys.argv[2]}/{number}")
"""


def test_what_two_kernels_write_at_once_is_all_there(file):
    command = [sys.executable, "-c", MANY, str(file.parent)]
    running = [subprocess.Popen([*command, name], cwd=COURSE) for name in ("one", "two", "three")]
    assert [process.wait(120) for process in running] == [0, 0, 0]
    kept = entries(file)
    assert (kept["shared"]["tries"], kept["shared"]["mistakes"]) == (120, {"slip": 120})
    assert sum("solved" in entry for entry in kept.values()) == 120
    assert sorted(path.name for path in file.parent.iterdir()) == [".progress.json.lock", "progress.json"]


def test_a_kernel_that_stands_still_with_the_lock_stops_no_other(file):
    Record().solved("one")
    holder = "import fcntl, sys; f = open(sys.argv[1], 'ab'); fcntl.flock(f, fcntl.LOCK_EX); print('held', flush=True)"
    holder += "; input()"
    pytest.importorskip("fcntl")
    lock = file.with_name(".progress.json.lock")
    process = subprocess.Popen(
        [sys.executable, "-c", holder, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    Record().solved("two")
    process.communicate("\n", timeout=60)
    assert entries(file).keys() == {"one", "two"}


# Damage, other versions, folders and disks ----------------------------------------------------------------------------


DAMAGED = [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"version": 1}', b'{"version": 1, "entries": []}']
DAMAGED += [b'{"version": "1", "entries": {}}', b'{"entries": {}}']
BAD = [3, None, [], {"solved": 3}, {"tries": "many"}, {"tries": True}, {"mistakes": []}, {"mistakes": {"a": "b"}}]
BAD += [{"hints": 1.5}, {"last": None}]


@pytest.mark.parametrize("damage", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_set_aside_with_one_sentence(begin, file, said, damage):
    file.parent.mkdir(parents=True)
    file.write_bytes(damage)
    session = begin()
    assert said() == [
        "Your progress, work/progress.json, was damaged: it is progress.damaged1.json now, and a new one begins."
    ]
    session.check("double", right)
    assert said() == ["✓ double: right.  (1 of 7 solved)"]
    assert entries(file).keys() == {DOUBLE}
    assert file.with_name("progress.damaged1.json").read_bytes() == damage


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_what_is_good_in_a_damaged_file_stays(begin, file, said, bad):
    file.parent.mkdir(parents=True)
    good = {"solved": "2026-11-26T10:00:00+00:00", "tries": 2}
    file.write_text(json.dumps({"version": 1, "entries": {DOUBLE: good, "neutral/half": bad}}))
    session = begin()
    (sentence,) = said()
    assert sentence.endswith("it is progress.damaged1.json now, and what was good in it stays.")
    assert session.done == {"double"}
    assert entries(file) == {DOUBLE: good}
    file.write_bytes(b"{")
    begin()
    assert "progress.damaged2.json" in said()[0]


def test_what_this_version_does_not_know_stays(begin, file, said):
    file.parent.mkdir(parents=True)
    known = {"neutral/no_such_task": {"solved": "x", "tries": 9}, DOUBLE: {"colour": ["blue"], "tries": 1}}
    file.write_text(json.dumps({"version": 1, "entries": known}))
    session = begin()
    session.check("double", right)
    session.progress()
    assert not any("no_such_task" in line or "damaged" in line for line in said())
    kept = entries(file)
    assert kept["neutral/no_such_task"] == known["neutral/no_such_task"]
    assert kept[DOUBLE]["colour"] == ["blue"] and kept[DOUBLE]["tries"] == 1 and "solved" in kept[DOUBLE]


def test_a_newer_courses_file_is_left_alone(begin, file, said):
    file.parent.mkdir(parents=True)
    newer = json.dumps({"version": 2, "entries": {"all": "new"}})
    file.write_text(newer)
    session = begin()
    session.check("double", right), session.check("double", square), session.progress()
    lines = said()
    assert [line for line in lines if "progress.json" in line] == [
        "Your progress cannot be kept in work/progress.json (a newer version of the course wrote it; update this one "
        "with git pull): it lasts as long as this kernel."
    ]
    assert "✓ double: solved" in lines
    assert file.read_text() == newer


def test_a_folder_that_cannot_be_written_costs_one_sentence(begin, file, said, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    session = begin()
    monkeypatch.setattr(progress.Path, "mkdir", refuse)
    session.check("double", right), session.check("double", square), session.hint("double"), session.progress()
    lines = said()
    sentence = (
        "Your progress cannot be kept in work/progress.json (Permission denied): it lasts as long as this kernel."
    )
    assert lines.count(sentence) == 1 and sum("progress" in line for line in lines) == 1
    assert "✓ double: solved" in lines
    monkeypatch.undo()


def test_a_file_in_the_way_of_the_folder_costs_one_sentence(begin, file, said):
    file.parent.parent.mkdir(parents=True)
    file.parent.write_text("mine")
    session = begin()
    session.check("double", right), session.progress()
    assert sum("cannot be kept" in line for line in said()) == 1
    assert file.parent.read_text() == "mine"


def test_another_users_file_is_never_replaced(begin, file, said, monkeypatch):
    file.parent.mkdir(parents=True)
    file.write_text("theirs")
    read = Path.read_bytes

    def refuse(path):
        if path == file:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(progress.Path, "read_bytes", refuse)
    session = begin()
    session.check("double", right)
    assert sum("(Permission denied)" in line for line in said()) == 1
    assert file.read_text() == "theirs"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_loses_nothing_and_is_caught_up_on(begin, file, said, monkeypatch, step):
    begin().check("quiz_1", "b")
    before = file.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    session = begin()
    said()
    with monkeypatch.context() as patch:
        patch.setattr(progress.os, step, full)
        session.check("double", right), session.check("double", square)
    assert sum("(No space left on device)" in line for line in said()) == 1
    assert file.read_bytes() == before
    assert not list(file.parent.glob("*.part*")) and not list(file.parent.glob(".*.part"))
    session.hint("double")
    kept = entries(file)
    assert "solved" in kept[DOUBLE] and (kept[DOUBLE]["tries"], kept[DOUBLE]["hints"]) == (1, 1) and len(kept) == 2


def test_a_moved_course_takes_its_record_along(begin, file, said, monkeypatch):
    begin().check("double", right)
    moved = file.parent.parent.rename(file.parent.parent.parent / "elsewhere")
    monkeypatch.setattr(progress, "WORK", moved / "work")
    assert begin().done == {"double"}


def test_a_link_of_the_learner_stays_a_link(begin, file, tmp_path):
    file.parent.mkdir(parents=True)
    file.symlink_to(tmp_path / "synced.json")
    begin().check("double", right)
    assert file.is_symlink()
    assert entries(tmp_path / "synced.json").keys() == {DOUBLE}


# Colab ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def colab(monkeypatch, tmp_path):
    """Colab, without Drive; returns where Drive would be."""
    monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    monkeypatch.setattr(progress, "DRIVE", tmp_path / "drive")
    return tmp_path / "drive"


def test_colab_without_drive_says_once_that_the_machine_goes(colab, begin, file, said):
    session = begin()
    session.progress()
    assert not any("Colab" in line for line in said())
    session.check("double", right), session.check("quiz_1", "b")
    begin().check("double", square)
    assert sum(line.startswith("Colab will delete this machine, and your progress with it.") for line in said()) == 1


def test_drive_is_used_once_it_is_mounted_and_takes_over_what_was_done(colab, begin, file, said):
    session = begin()
    session.check("double", right), said()
    colab.mkdir()
    session.check("quiz_1", "b")
    assert said() == ["✓ quiz_1: right. Just so.  (2 of 7 solved)"]
    assert len(entries(colab / "nn-frameworks" / "progress.json")) == 2
    assert entries(file).keys() == {DOUBLE}


# The commands of a notebook -------------------------------------------------------------------------------------------


def test_begin_uses_the_record_of_the_course_also_in_an_older_copy(file, made_up_lesson, monkeypatch, said):
    monkeypatch.setenv("NN_PROGRESS", "on")
    start._kept.cache_clear()
    check, *_ = start.begin("made_up", "neutral")
    check("double", right), said()
    *_, progress = start.begin("97_made_up", "neutral")
    progress()
    assert "✓ double: solved earlier" in said()
    start._kept.cache_clear()
