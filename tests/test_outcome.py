"""What comes out of the grader: from the archives of Moodle, Canvas and GitHub to the marks, and the pages.

One made-up class of twelve is graded once for each way. The tables are read as the importers of Moodle and Canvas read
them (mod/assign/feedback/offline/importgradeslib.php, lib/gradebook_importer.rb).
"""

import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tools import grade, release
from tools.grading import outcome, start, tables
from tools.grading.copying import copy_without_answers
from tools.grading.drawing import copy_for
from tools.grading.figures import taken, written_anew
from tools.grading.notebooks import Learner, Submission, find, learner_of
from tools.grading.sandbox import Refusal, find_way
from tools.grading.tables import WorksheetError, read_worksheet
from tools.grading.verdicts import Found, Result
from tools.grading.wire import Garbled
from tools.source import address
from utils import data, lab
from utils.catalogue import tasks_of
from utils.course import lesson_of

COURSE = Path(__file__).resolve().parent.parent

SIGMOID = "import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))"
ERROR = "def mean_squared_error(predictions, targets):\n    return np.mean((predictions - targets) ** 2)"
STEP = "def gradient_step(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient"
ADDED = STEP.replace("parameter -", "parameter +")


def notebook(*cells):
    """A notebook of lesson 00 as bytes."""
    first = 'from utils.start import commands\ncheck, *others = commands("start_here", "neutral")'
    code = [{"cell_type": "code", "source": source, "outputs": [], "metadata": {}} for source in (first, *cells)]
    metadata = {"kernelspec": {"name": "x", "language": "python"}}
    return json.dumps({"cells": code, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


ALL, TWO, ONE, BROKEN = notebook(SIGMOID, ERROR, STEP), notebook(SIGMOID, ERROR, ADDED), notebook(SIGMOID), b"{"
CLASS = {  # number: family name, given name, what was handed in, points; "" for no mark
    101: ("Lovelace", "Ada", [ALL], "3"),
    102: ("Hopper", "Grace", [ONE, ALL], "3"),  # two files
    103: ("Müller", "Jörg", [TWO], "2"),
    104: ("Müller", "Jörg", [ONE], "1"),  # the same name
    105: ('O"Brien', "Flann", [ALL], "3"),
    106: ("Garcia, Jr.", "José", [TWO], "2"),
    107: ("Noether", "Emmy", [BROKEN], ""),
    108: ("Turing", "Alan", [ONE], "1"),  # late
    109: ("Ørsted", "Åse", [ALL], "3"),
    110: ("SUM(1)", "=Eve", [ONE], "1"),
    111: ("李", "明", [ALL], "3"),
    112: ("Babbage", "Charles", [], ""),  # handed in nothing
}
DRAWS = """
import matplotlib.pyplot as plt
from utils import plotting
def gradient_step(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient
plt.plot([gradient_step(1, 2, 0.1)] * 3)
plotting.show("A line <script>alert(1)</script> that is level.")
for _ in range(7):
    plt.figure()
"""
OPEN = "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])"
MOODLE = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade", "Grade can be changed",
          "Last modified (submission)", "Last modified (grade)", "Feedback comments"]  # fmt: skip
CANVAS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", "Essay (77)", "First steps (78)",
          "Assignments Current Score"]  # fmt: skip


def moodle_name(family, given):
    """A full name as Moodle cleans it for a folder."""
    return "".join(letter for letter in f"{given} {family}" if letter not in "\"&<>|:\\/'").replace("_", " ")


def moodle_files():
    for number, (family, given, works, _) in CLASS.items():
        for count, work in enumerate(works):
            folder = f"{moodle_name(family, given)}_{number}_assignsubmission_file"
            yield f"{folder}/my work ({count}).ipynb", work
    yield "Ada Lovelace_101_assignsubmission_onlinetext/onlinetext.html", b"<p>see file</p>"


def canvas_files():
    for number, (family, given, works, _) in CLASS.items():
        name = "".join(letter for letter in f"{family}{given}".lower() if letter.isalnum())
        late = "_LATE" if number == 108 else ""
        for count, work in enumerate(works):
            yield f"{name}{late}_{number}_{9000 + number + count}_00_start_here-{count}.ipynb", work


def moodle_rows():
    yield MOODLE
    for number, (family, given, works, _) in CLASS.items():
        status = "Submitted for grading" if works else "No submission"
        yield [f"Participant {number}", f"{given} {family}", f"{number}@x.edu", status, "", "3.00", "Yes",
               "Monday, 2 March 2026, 9:00 AM", "-", ""]  # fmt: skip


def canvas_rows():
    yield CANVAS
    yield ["", "", "", "", "", "", "", "Manual Posting", ""]
    yield ["    Points Possible", "", "", "", "", "", "10.00", "3.00", "(read only)"]
    for number, (family, given, _, _) in CLASS.items():
        yield [
            f"{family}, {given}",
            str(number),
            f"s{number}",
            f"{number}@x.edu",
            "A, B and C",
            "",
            "9.50",
            "",
            "95.00",
        ]


def csv_of(rows, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def rows_of(file, delimiter=","):
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """Skip where no sandbox works."""
    try:
        (place := tmp_path_factory.mktemp("place") / "course").mkdir()
        (place.parent / "root").mkdir()
        copy_without_answers(place)
        find_way(place)
    except Refusal as refusal:
        pytest.skip(str(refusal))


@pytest.fixture(scope="module")
def graded(tmp_path_factory, sandbox):
    """The folder with both archives, unpacked and graded, and with the tables that were exported and filled in."""
    place = tmp_path_factory.mktemp("class")
    for way, files, rows in (("moodle", moodle_files(), moodle_rows()), ("canvas", canvas_files(), canvas_rows())):
        with zipfile.ZipFile(place / f"{way}.zip", "w") as archive:
            for name, content in files:
                archive.writestr(name, content)
        with zipfile.ZipFile(place / f"{way}.zip") as archive:
            archive.extractall(place / "in" / way)
        (place / f"{way}.csv").write_text(csv_of(rows), encoding="utf-8-sig", newline="")
    (place / "in" / "figures").mkdir()
    (place / "in" / "figures" / "a.ipynb").write_bytes(notebook(OPEN, SIGMOID, DRAWS))
    assert grade.main([str(place / "in"), "00", "--out", str(place / "plain")]) == 0
    shutil.copytree(place / "plain", place / "filled")  # where the same runs are known
    for way in ("moodle", "canvas"):
        more = ["--worksheet", str(place / f"{way}.csv"), "--column", "First steps"]
        assert grade.main([str(place / "in"), "00", "--out", str(place / "filled"), *more]) == 0
        shutil.copy(place / "filled" / f"{way}.csv", place / f"{way}-filled.csv")
    return place


def changed(place, way):
    """{(number, column): the cell that was filled in}; all others must be as they were, in their order."""
    before, after = rows_of(place / f"{way}.csv"), rows_of(place / f"{way}-filled.csv")
    assert [len(row) for row in after] == [len(row) for row in before]
    key = before[0].index("Identifier" if way == "moodle" else "ID")
    return {
        (row[key].removeprefix("Participant "), before[0][column]): new
        for row, other in zip(before, after, strict=True)
        for column, (old, new) in enumerate(zip(row, other, strict=True))
        if old != new
    }


@pytest.mark.parametrize(("way", "column"), [("moodle", "Grade"), ("canvas", "First steps (78)")])
def test_from_the_archive_to_the_marks(graded, way, column):
    """All points stand in their cells, and nothing else of the table that was exported has changed."""
    cells = changed(graded, way)
    marks = {str(number): points for number, (*_, points) in CLASS.items() if points}
    assert {number: new for (number, name), new in cells.items() if name == column} == marks
    assert {name for _, name in cells} <= {column, "Feedback comments"}
    assert (graded / f"{way}-filled.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_comments_are_html_as_moodle_reads_them(graded):
    """A line for each task that is not right, and no sign of a sentence taken for a tag."""
    cells = changed(graded, "moodle")
    told = {int(number): text.split("<br>") for (number, name), text in cells.items() if name == "Feedback comments"}
    (line,) = [line for line in told[103] if line.startswith("gradient_step")]
    assert "goes up the gradient" in line
    assert [line.partition(":")[0] for line in told[104]] == ["mean_squared_error", "gradient_step"]
    assert 101 not in told
    result = Result("neutral", found=[Found("a", "a", "wrong", "shape <3> & more\nlines", 0, 1)])
    assert tables.feedback(result) == "a: shape &lt;3&gt; &amp; more\nlines"


def test_without_a_worksheet_the_tables_hold_what_the_imports_need(graded):
    """Moodle: the columns that its importer looks for. Canvas: names, numbers and sections, then the assignment."""
    head, *rows = rows_of(graded / "plain" / "moodle.csv")
    assert {"Identifier", "Grade", "Last modified (grade)", "Feedback comments"} <= set(head)
    marks = {row[0]: row[head.index("Grade")] for row in rows}
    assert marks == {f"Participant {number}": points for number, (*_, works, points) in CLASS.items() if works}
    head, *rows = rows_of(graded / "plain" / "canvas.csv")
    assert head == [*CANVAS[:5], lesson_of("00").title]
    assert {row[1]: row[-1] for row in rows} == {str(n): points for n, (*_, works, points) in CLASS.items() if works}


def test_no_cell_of_the_own_tables_is_a_formula(graded):
    cells = [cell for name in ("grades", "moodle") for row in rows_of(graded / "plain" / f"{name}.csv") for cell in row]
    assert "'=Eve SUM(1)" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def one(name, number, points=3, of=3, where="moodle"):
    """A submission and what was found of it."""
    found = [Found("a", "a", "right", "right.", points, of)]
    return Submission(f"{name}.ipynb", Learner(name, **{where: number}), ""), Result("neutral", found=found)


def sheet(tmp_path, rows, delimiter=",", encoding="utf-8"):
    (tmp_path / "sheet.csv").write_text(csv_of(rows, delimiter), encoding=encoding, newline="")
    return read_worksheet(tmp_path / "sheet.csv", lesson_of("00"))


def test_a_table_with_semicolons_keeps_them(tmp_path):
    filled, notes = sheet(tmp_path, moodle_rows(), ";").filled([one("Ada Lovelace", "101")])
    assert (filled.delimiter, filled.rows[1][MOODLE.index("Grade")], notes) == (";", "3", [])


def test_a_team_s_number_is_not_taken_for_a_participant_s(tmp_path):
    """Moodle's folders of teams are called by the team and its number, which is another participant's."""
    worksheet = sheet(tmp_path, moodle_rows())
    filled, notes = worksheet.filled([one("Team Blue", "101"), one("Hopper Grace M.", "102")])
    assert [row[MOODLE.index("Grade")] for row in filled.rows[1:3]] == ["", "3"]
    assert notes == ["Ada Lovelace there has the number of what Team Blue handed in."]


def test_what_does_not_fit_is_told(tmp_path):
    worksheet = sheet(tmp_path, moodle_rows())
    _, notes = worksheet.filled([one("Ada Lovelace", "101", of=4), one("Nobody", "999")])
    assert notes == ["The assignment has 3 points there, and 4 here.", "Nobody, number 999, is not in it."]
    _, notes = worksheet.filled([one("hopper", "81", where="canvas")])
    assert notes == ["No notebook's folder or file has a number of Moodle's in its name."]


def test_who_is_excused_stays_so(tmp_path):
    rows = [
        [cell if (row[1], column) != ("101", 7) else "EX" for column, cell in enumerate(row)] for row in canvas_rows()
    ]
    (tmp_path / "sheet.csv").write_text(csv_of(rows), encoding="utf-8", newline="")
    worksheet = read_worksheet(tmp_path / "sheet.csv", lesson_of("00"), "First steps (78)")
    filled, _ = worksheet.filled([one("ada", "101", where="canvas"), one("grace", "102", where="canvas")])
    assert [row[7] for row in filled.rows[3:5]] == ["EX", "3"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (csv_of(canvas_rows()).encode(), "with one of: Essay (77); First steps (78)"),
        (b"ID,Bewertung\r\n", "with English as your language"),
        (b"", "neither the columns"),
        (csv_of(moodle_rows()).encode("utf-16"), "is not UTF-8"),
    ],
)
def test_a_worksheet_that_cannot_be_filled_in_is_told(tmp_path, content, said):
    (tmp_path / "sheet.csv").write_bytes(content)
    with pytest.raises(WorksheetError, match=re.escape(said)):
        read_worksheet(tmp_path / "sheet.csv", lesson_of("00"))


@pytest.mark.parametrize(
    ("path", "learner"),
    [
        ("Jörg Müller_103_assignsubmission_file/a.ipynb", Learner("Jörg Müller", moodle="103")),
        ("all/Jörg Müller_103_assignsubmission_file_a b.ipynb", Learner("Jörg Müller", moodle="103")),  # Moodle < 3.1
        ("Participant_103_assignsubmission_file_/a.ipynb", Learner("Participant", moodle="103")),
        ("müllerjörg_LATE_103_9103_a_b-1.ipynb", Learner("müllerjörg", canvas="103", is_late=True)),
        ("anon_12345_9103_a.ipynb", Learner("anon_12345_9103_a")),  # no number of a user
    ],
)
def test_whose_a_file_is(path, learner):
    assert learner_of(path) == learner


# Handing out ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", [lambda name, progress: lab.ours(name, progress),
                                   lambda name, progress: lab.yours_or_ours(name, progress, globals())])  # fmt: skip
def test_a_released_lab_draws_with_the_learner_s_functions_or_says_what_is_missing(monkeypatch, whose):
    """Its session, that of start.py, has no solution to draw with."""
    *_, progress, _, _ = start.commands("lab", "neutral")
    with pytest.raises(LookupError, match="train_network is not written yet"):
        whose("train_network", progress)
    monkeypatch.setitem(globals(), "train_network", notebook)
    assert whose("train_network", progress) is notebook


@pytest.fixture
def drawn():
    """A function that draws other data; afterwards they are the usual ones."""
    yield data.draw
    data.draw(None)


def mistakes_of_nearest(known, asked):
    """How many labels the nearest known neighbor gets wrong: a number that a notebook could report."""
    distances = ((asked.features[:, None] - known.features[None]) ** 2).sum(axis=2)
    return int((known.labels[distances.argmin(axis=1)] != asked.labels).sum())


def test_last_year_s_numbers_do_not_fit(drawn):
    """What a notebook reports of irises, withheld digits and the noisy set is another number for each word."""
    reported = []
    for seed in (0, copy_for("autumn25").seed, copy_for("autumn26").seed, copy_for("autumn26", "Ada").seed):
        drawn(seed)
        train, validation, _ = data.split(*data.iris(), validation=0.5, test=0.1, seed=0)
        noisy = lab.noisy_digits()
        pairs = (train, validation), (lab.digits(), lab.withheld_digits()), noisy
        reported.append([mistakes_of_nearest(*pair) for pair in pairs] + [float(data.iris().features.sum())])
    assert len({tuple(numbers) for numbers in reported}) == 4
    assert len({numbers[2] for numbers in reported}) > 1
    assert not [task.name for task in tasks_of("lab") if task.value]  # every answer is a function: none is a number


def test_numbers_that_were_stored_are_a_place_to_look(tmp_path):
    """Weights that a notebook brings along pass a check of what a network achieves."""
    weights = f"weights = {[0.25] * 650}"
    packed = f"packed = {'A' * 3_000!r}"
    words = f"answers = {{'1': {'Nobody can tell. ' * 200!r}}}"
    (tmp_path / "a.ipynb").write_bytes(notebook(SIGMOID, weights, packed, words))
    (one,) = find(tmp_path, lesson_of("00"))
    looks = outcome.places_to_look([(one, Result("neutral"))])
    assert looks == [
        "a.ipynb holds 650 numbers in code cell 3. Were they made elsewhere?",
        "a.ipynb holds 3002 characters without a space in code cell 4. Were they made elsewhere?",
    ]


# Figures --------------------------------------------------------------------------------------------------------------


def png(width=4, height=3, mode="RGB", **more):
    file = io.BytesIO()
    Image.new(mode, (width, height)).save(file, "png", **more)
    return file.getvalue()


def pixels(text):
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        return image.size, image.convert("RGB").tobytes(), image.info


@pytest.mark.parametrize("run", ["plain", "filled"])  # the second has taken what was kept of the first
def test_the_figures_of_the_run_stand_beside_their_task(graded, run):
    """With their text, and a few of each task; what another cell drew before its first task stands below."""
    (page,) = (graded / run / "learners").glob("figures-*.html")
    rows = page.read_text(encoding="utf-8").split("<tr>")
    (row,) = [row for row in rows if "<td>gradient_step</td>" in row]
    pictures = re.findall(r'<img alt="([^"]*)" src="data:image/png;base64,([^"]*)">', row.partition("</tr>")[0])
    empty = "Figure of code cell 4, without a description"
    assert [alt for alt, _ in pictures] == ["A line &lt;script&gt;alert(1)&lt;/script&gt; that is level.", empty, empty]
    assert pixels(pictures[0][1])[0] == (780, 494)
    assert rows[-1].count("Figure of code cell 2, without a description") == 1


def test_of_a_picture_only_the_pixels_remain():
    text = PngInfo()
    text.add_text("Comment", "<script>alert(1)</script>")
    content = png(pnginfo=text) + b"<script>alert(2)</script>"
    written = written_anew(base64.b64encode(content).decode())
    assert b"script" not in base64.b64decode(written)
    assert pixels(written) == ((4, 3), bytes(36), {})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(100),
        png()[:40],
        png(4_000, 1),
        png(2_100, 2_100, "1"),
        png() + bytes(2_000_000),
        png().replace(b"IHDR\0\0\0\4", b"IHDR\0\0\5\0"),
    ],
    ids=["empty", "SVG", "GIF", "cut off", "wide", "many pixels", "long", "another size"],
)
def test_what_is_no_picture_of_bounded_size_is_left_out(content):
    assert taken([{"cell": 2, "alt": "", "png": base64.b64encode(content).decode()}]) == []


@pytest.mark.parametrize("held", [None, [3], [{"cell": "2", "alt": "", "png": ""}], [{"cell": 2, "alt": "", "png": 3}]])
def test_figures_that_no_honest_run_sends_are_refused(held):
    with pytest.raises(Garbled):
        taken(held)


# Robots ---------------------------------------------------------------------------------------------------------------

TESTS = {"score", "max_score", "name", "name_format", "number", "output", "output_format", "status", "tags",
         "visibility", "extra_data"}  # fmt: skip
RESULTS = {"score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
           "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard"}  # fmt: skip


def found(**more):
    """A result of two tasks and a question that nobody counts, one of the tasks missed."""
    parts = [
        Found("a", "Stage 1", "right", "right.", 2, 2),
        Found("b", "Stage 2", "wrong", "yours raised\n::notice title=Autograding report::{}", 0, 3),
        Found("quiz_1", "Question 1", "open", "not answered yet.", 0, 0),
    ]
    return Result("pytorch", found=parts, seconds=3.4, **more)


def test_gradescope_gets_what_its_specification_names():
    """The fields of results.json at gradescope-autograders.readthedocs.io/en/latest/specs."""
    held = json.loads(outcome.for_gradescope(found()))
    assert set(held) <= RESULTS
    assert (held["score"], held["execution_time"], held["output"]) == (2, 3, "")
    assert all(set(test) <= TESTS and test["visibility"] == "visible" for test in held["tests"])
    rows = [(test["name"], test["score"], test["max_score"], test["status"]) for test in held["tests"]]
    assert rows == [("Stage 1", 2, 2, "passed"), ("Stage 2", 0, 3, "failed")]


def test_github_gets_what_its_reporter_reads():
    """The fields that classroom-resources/autograding-grading-reporter reads; no message holds a runner's command."""
    held = json.loads(outcome.for_github(found()))
    assert (held["status"], held["max_score"], sum(test["score"] for test in held["tests"])) == ("fail", 5, 2)
    assert [test["status"] for test in held["tests"]] == ["pass", "fail"]
    assert not [test for test in held["tests"] if "\n" in test["message"]]
    assert json.loads(outcome.for_github(found(problem="The run stopped.")))["status"] == "error"


@pytest.mark.parametrize("robot", ["gradescope", "github"])
def test_a_robot_is_told_where_no_notebook_is(tmp_path, capsys, robot):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notes.txt").write_text("nothing", encoding="utf-8")
    assert grade.main([str(tmp_path / "in"), "00", "--for", robot]) == 2
    held = json.loads(capsys.readouterr().out)
    assert held["tests"] == []
    assert "No notebook was handed in" in held.get("output", "No notebook was handed in")


@pytest.mark.skipif(not shutil.which("jq"), reason="GitHub's runners have jq, this machine does not")
def test_from_a_release_to_the_points_on_github(sandbox, tmp_path):
    """The workflow of a release grades the repository that holds the release; the best notebook counts."""
    assert release.main(["00", "--out", str(tmp_path / "00.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "00.zip") as archive:
        archive.extractall(tmp_path)
    (tmp_path / "00_start_here").rename(tmp_path / "submission")
    (tmp_path / "submission" / "mine.ipynb").write_bytes(TWO)
    workflow = yaml.safe_load((tmp_path / "submission" / release.WORKFLOW).read_text(encoding="utf-8"))
    assert workflow["name"] == "Autograding Tests"  # two names that GitHub Classroom looks for
    steps = workflow["jobs"]["run-autograding-tests"]["steps"]
    (course,) = [step["with"]["repository"] for step in steps if "repository" in step.get("with", {})]
    assert address() == f"https://github.com/{course}"
    run = steps[-1]["run"].replace("../", f"{tmp_path}/").replace(".venv/bin/python", sys.executable)
    more = {"SEED": "", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    done = subprocess.run(["bash", "-e", "-c", run], cwd=COURSE, env=os.environ | more, capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "::notice title=Autograding complete::Points 2/3",
        '::notice title=Autograding report::{"totalPoints":2,"maxPoints":3}',
    ], done.stderr
    assert done.returncode == 1
    assert "| gradient_step | 0 | the step goes up" in (tmp_path / "summary.md").read_text(encoding="utf-8")
