"""Each lesson's source, its notebooks, and the twins side by side."""

import re
import statistics
from pathlib import Path

import nbformat
import numpy as np
import pytest
from conftest import text_of

from tools import assemble, build, source
from utils.catalogue import tasks_of, validate
from utils.course import course, lesson_of
from utils.quiz import read_quiz

COURSE = Path(__file__).resolve().parent.parent
LESSONS = [lesson.source for lesson in course()]
PAIRED = [path for path in LESSONS if len(source.notebooks_of(path)) == 2]
MOST_BYTES = 1_000_000
MOST_LINES, MEDIAN_LINES = 25, 6
MOST_IGNORED = 0.03  # share of the cells with output
SHORTEST_ALT = 20  # characters

every_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
every_pair = pytest.mark.parametrize("lesson", PAIRED, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def printed(cell):
    """All text that a cell shows, pictures aside."""
    return "\n".join(text_of(output) for output in cell.outputs if "image/png" not in output.get("data", {}))


# Source and notebook --------------------------------------------------------------------------------------------------


TWINS = [(path, f, target) for path in LESSONS for f, target in source.notebooks_of(path).items()]


@pytest.mark.parametrize(("lesson", "framework", "target"), TWINS, ids=[f"{f}/{path.stem}" for path, f, _ in TWINS])
def test_a_notebook_is_what_a_build_would_make_of_its_lesson(lesson, framework, target):
    built = build.read_built(target)
    fresh = assemble.make_notebook(lesson.stem, source.read_lesson(lesson), framework)
    assert build.why_run(lesson, framework, built, build.as_json(fresh)["cells"]) == "", "run `make notebooks`"
    assert [inputs(cell) for cell in read(target).cells] == [inputs(cell) for cell in fresh.cells]
    assert built["metadata"].items() >= build.as_json(fresh)["metadata"].items()
    assert build.is_current(lesson, framework, target), "run `make notebooks`"


def inputs(cell):
    return cell.id, cell.cell_type, cell.source, dict(cell.metadata)


def test_every_notebook_has_a_lesson(notebook):
    assert notebook in [target for _, _, target in TWINS]


# The list of lessons --------------------------------------------------------------------------------------------------

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SPELT = {"a quarter": 15, "half": 30}


def minutes_of(text):
    """The minutes of a duration in words, such as "2 hours and 20 minutes" or "about 3 hours"."""
    hours, minutes = re.search(r"(\d+) hours?", text), re.search(r"(\d+) minutes", text)
    spelt = next((number for words, number in SPELT.items() if words in text), 0)
    return (60 * int(hours[1]) if hours else 0) + (int(minutes[1]) if minutes else spelt)


@every_lesson
def test_a_lessons_text_says_how_long_it_takes_and_each_part(lesson):
    wanted, text = lesson_of(lesson.stem).minutes, lesson.read_text(encoding="utf-8")
    (time,) = re.findall(r"^Time: ([^.]*?)(?: in \w+ parts|, in \w+ parts|\.)", text, re.MULTILINE)
    assert minutes_of(time) == sum(wanted)
    parts = [int(minutes) for minutes in re.findall(r"^# Part \d+: .* \((\d+) minutes\)$", text, re.MULTILINE)]
    assert parts == list(wanted) or not parts
    told = re.search(r"^Time: .* in (\w+) parts", text, re.MULTILINE)
    assert not told or told[1] == NUMBERS[len(wanted) - 1]


def test_durations_in_words():
    texts = "75 minutes", "2 hours and 20 minutes", "2 hours and a quarter", "about 3 hours", "1 hour"
    assert list(map(minutes_of, texts)) == [75, 140, 135, 180, 60]


@every_lesson
def test_folders_list_mistakes_and_sentences_of_a_lessons_tasks_belong_together(lesson):
    validate(lesson_of(lesson.stem).subject)


def test_every_folder_of_tasks_has_a_lesson():
    folders = {file.parent.name for file in (COURSE / "tasks").glob("*/__init__.py")}
    assert folders == {lesson.subject for lesson in course()}


@every_lesson
def test_the_build_and_check_read_the_same_questions(lesson):
    cells = source.read_lesson(lesson)
    for framework in source.notebooks_of(lesson):
        assert [cell.quiz[framework] for cell in cells if framework in cell.quiz] == [
            *read_quiz(lesson.stem, framework)
        ]


def test_every_cell_was_run_once_and_in_order(notebook):
    counts = [cell.execution_count for cell in code_cells(read(notebook))]
    assert counts == list(range(1, len(counts) + 1))


def test_cells_are_short(notebook):
    lengths = [cell.source.count("\n") + 1 for cell in code_cells(read(notebook))]
    assert max(lengths) <= MOST_LINES
    assert statistics.median(lengths) <= MEDIAN_LINES


# Outputs --------------------------------------------------------------------------------------------------------------


def test_outputs_hold_no_noise(notebook):
    text = notebook.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert "{{" not in text
    for cell in code_cells(read(notebook)):
        kinds = {output.output_type for output in cell.outputs}
        assert "error" not in kinds or "raises-exception" in tags(cell), cell.source
        assert "stderr" not in {output.get("name") for output in cell.outputs}, cell.source
        assert not re.search(r"/(home|Users|root|tmp)/|[A-Z]:\\", printed(cell)), cell.source


def test_pictures_have_a_text(notebook):
    for cell in code_cells(read(notebook)):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                alt = output.metadata["image/png"]["alt"]
                assert len(alt) >= SHORTEST_ALT, f"too short an alt: {alt!r}"
                assert output.data["text/plain"] == alt


def test_few_outputs_are_ignored_and_none_with_a_result(notebook):
    if notebook.stem == "08_scale":
        return  # a lesson about speed prints timings
    with_output = [cell for cell in code_cells(read(notebook)) if cell.outputs]
    ignored = [cell for cell in with_output if "nbval-ignore-output" in tags(cell)]
    assert len(ignored) <= max(1, MOST_IGNORED * len(with_output))
    assert [cell.source for cell in ignored if re.search(r"\b(loss|accuracy)\b", printed(cell))] == []


def test_a_device_is_one_that_the_machine_has(monkeypatch):
    torch = pytest.importorskip("torch")

    def built_for_cuda_without_a_gpu(check_available=False):
        return None if check_available else torch.device("cuda")

    monkeypatch.setattr(torch.accelerator, "current_accelerator", built_for_cuda_without_a_gpu)
    cells = code_cells(read(COURSE / "notebooks" / "pytorch" / "01_tensors.ipynb"))
    (choice,) = (cell.source for cell in cells if "current_accelerator" in cell.source)
    names = {"torch": torch, "table": torch.ones(2, 3)}
    exec(choice, names)
    assert names["moved"].device.type == "cpu"


# Twins ----------------------------------------------------------------------------------------------------------------


def twins(lesson):
    return [read(target) for target in source.notebooks_of(lesson).values()]


def headings(notebook):
    """The headings, with a common name for what has one in each framework; those tagged `only` have no twin."""
    text = "\n".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown" and "only" not in tags(cell)
    )
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    text = re.sub(r"PyTorch Lightning|Lightning|Keras", "HIGH-LEVEL", text)
    return re.findall(r"^#+ .*", re.sub("PyTorch|TensorFlow", "FRAMEWORK", text), flags=re.MULTILINE)


def task_names(notebook):
    cells = [cell for cell in code_cells(notebook) if "task" in tags(cell)]
    return [re.search(r'^check\("(\w+)"', cell.source, flags=re.MULTILINE)[1] for cell in cells]


def without_twin(lesson):
    """The names of a lesson's tasks that only one framework has."""
    return {task.name for task in tasks_of(lesson_of(lesson.stem).subject) if task.only}


@every_pair
def test_twins_have_the_same_headings_and_tasks(lesson):
    one, other = twins(lesson)
    assert headings(one) == headings(other)
    shared = [[name for name in task_names(twin) if name not in without_twin(lesson)] for twin in (one, other)]
    assert shared[0] == shared[1] != []


NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+(?:\.(\d*))?(?:e[-+]?\d+)?|nan|inf)(?!\w)")


def disagreement(text, other):
    """What two printed texts disagree in, or "": each number may differ by 1e-4 of it or by one in its last digit."""
    pairs = list(zip(NUMBER.finditer(text), NUMBER.finditer(other), strict=False))
    counts = len(NUMBER.findall(text)), len(NUMBER.findall(other))
    if 0 in counts or counts[0] != counts[1]:
        return f"{counts[0]} and {counts[1]} numbers"
    return ", ".join(f"{one[0]} and {two[0]}" for one, two in pairs if not agree(one, two))


def agree(one, other):
    values = float(one[0]), float(other[0])
    if not np.isfinite(values).all():
        return str(values[0]) == str(values[1])
    last_digits = [10.0 ** -len(match[1]) for match in (one, other) if match[1] and "e" not in match[0]]
    allowed = max(1e-4 * max(map(abs, values)), min(last_digits, default=0))
    return abs(values[0] - values[1]) <= 1.000001 * allowed


@every_pair
def test_twin_cells_print_the_same_numbers(lesson):
    one, other = ([cell for cell in code_cells(notebook) if "twin" in tags(cell)] for notebook in twins(lesson))
    assert len(one) == len(other) >= lesson_of(lesson.stem).twins
    assert [fault for pair in zip(one, other, strict=True) if (fault := disagreement(*map(printed, pair)))] == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("loss 0.1234", "loss 0.1235"),
        ("[0.09   0.2447]", "[0.0901 0.2447]"),
        ("[12. 75.]", "[12.0001 75.]"),
        ("value 79.2006", "value 79.2"),
        ("epoch 3: nan, -inf", "epoch 3: nan, -inf"),
        ("1e-07", "1.00001e-07"),
        ("float32 of 3", "float64 of 3"),
    ],
)
def test_numbers_that_agree(text, other):
    assert disagreement(text, other) == disagreement(other, text) == ""


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("loss 0.1234", "loss 0.1236"),
        ("epoch 3", "epoch 4"),
        ("99 of 100", "99 of 101"),
        ("[1. 2.]", "[1. -2.]"),
        ("1.0 2.0", "1.0"),
        ("nan", "1.0"),
        ("inf", "-inf"),
        ("1e-07", "2e-07"),
        ("no number", "no number"),
        ("accuracy 0.625", "accuracy 0.63"),
    ],
)
def test_numbers_that_do_not_agree(text, other):
    assert disagreement(text, other) and disagreement(other, text)
