"""The documents stay true: each command, link, path, section and example that they name is tried or looked up."""

import ast
import importlib
import itertools
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from PIL import Image

import tasks
import utils.course
from tools import build, frames, install, teaching
from utils.check import Session
from utils.course import course

COURSE = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted(COURSE.glob("*.md")), COURSE / "data" / "README.md"]
LESSONS = sorted((COURSE / "lessons").glob("[0-9][0-9]_*.md"))

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(COURSE)))


def read(path):
    """The prose of a document: a Markdown file, or the Markdown cells of a notebook."""
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    return "\n\n".join(c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown")


# Commands -------------------------------------------------------------------------------------------------------------

COMMAND = re.compile(
    r"(?:make|git|cd|python|pip|pip-audit|jupyter|tensorboard|conda|docker|node|\.) +\w*[-./=\w].*|make|\.venv\\.*"
)
OUTPUT = ("○", "✗", "✓")  # how a line of `check` begins
FENCE = re.compile(r"^ *```(\w*)[^\n]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def lines_to_type(text):
    """The lines of fences without a language (other fences hold code), and indented lines that are commands."""
    lines = [line for language, body in FENCE.findall(text) if not language for line in body.splitlines()]
    lines += [line for line in re.findall(r"^ {4}(\S.*)", FENCE.sub("", text), re.MULTILINE) if COMMAND.fullmatch(line)]
    return [re.split(r"  +| # ", line.strip())[0] for line in lines if line.strip()]


def commands_in(text):
    """Every command that a document tells the reader to type, in blocks and in running text."""
    inline = (" ".join(code.split()) for code in re.findall(r"`([^`]+)`", FENCE.sub("", text)))
    return {code for code in (*lines_to_type(text), *inline) if COMMAND.fullmatch(code)}


def commands():
    return sorted({command for path in (*DOCUMENTS, *LESSONS) for command in commands_in(read(path))})


def check_make(words, folder):
    """`make -n` accepts the words, help lists the target, and each variable has a value that the Makefile uses."""
    targets = [word for word in words if "=" not in word]
    settings = dict(word.split("=", 1) for word in words if "=" in word)
    listed = run(["make", "help"], COURSE)
    assert all(re.search(rf"^ *make {target} ", listed, re.MULTILINE) for target in targets)
    assert all(f"$({name})" in (COURSE / "Makefile").read_text(encoding="utf-8") for name in settings)
    assert settings.get("FRAMEWORK", "both") in install.PATHS
    assert any(path.stem.startswith(settings.get("LESSON", "")) for path in LESSONS)
    run(["make", "-n", *words], COURSE)


def check_clone(words, folder):
    """git can clone the course from its address into an empty folder, and make finds its targets there."""
    assert words[-1] == build.address()
    run(["git", *words], folder)
    run(["make", "-n", "lab"], folder / name_of_the_clone())


def check_folder(words, folder):
    assert words == [name_of_the_clone()]


def name_of_the_clone():
    return build.address().rpartition("/")[2]


def check_venv(words, folder):
    """A new environment is made, and once activated its own Python is the one that runs. (Its pip takes 4 seconds.)"""
    run([sys.executable, *words, "--without-pip"], folder)
    found = run(["sh", "-c", ". .venv/bin/activate && command -v python"], folder)
    assert found.strip() == str(folder / ".venv" / "bin" / "python")


def check_script(words, folder):
    ast.parse((COURSE / words[0]).read_text(encoding="utf-8"))


def check_pip(words, folder):
    """What pip is told to install are pins of requirements.txt, each of one exact version. (Nothing is installed.)"""
    pins = [pin for section in install.read_pins().values() for pin in section]
    assert all(len(Requirement(pin).specifier) == 1 and "==" in pin for pin in pins)
    options = dict(itertools.pairwise(words))
    assert options.get("--index-url", install.CPU_INDEX) == install.CPU_INDEX
    assert options.get("-r", "requirements.txt") == "requirements.txt"
    assert options.get("-c", "requirements.lock") == "requirements.lock"
    assert all(word in pins for word in words[1:] if "==" in word)


def check_audit(words, folder):
    """The list of packages is the course's. (Nothing is audited: that needs a network.)"""
    assert words == ["-r", "requirements.txt"]


def check_conda(words, folder):
    """The file names the environment and takes the same requirements. (conda itself is not run.)"""
    environment = yaml.safe_load((COURSE / "environment.yml").read_text(encoding="utf-8"))
    assert words[-1] in ("environment.yml", environment["name"])
    assert {"pip": ["-r requirements.txt", "-c requirements.lock"]} in environment["dependencies"]


def check_docker(words, folder):
    """What is published and mounted is what the Dockerfile listens on and works in. (No image is built.)"""
    text = (COURSE / "Dockerfile").read_text(encoding="utf-8")
    options = dict(itertools.pairwise(words))
    port, place = (options.get(name, "").rpartition(":")[2] for name in ("-p", "-v"))
    assert not port or f"EXPOSE {port}\n" in text
    assert not place or place.replace("/home/learner", "$HOME") in text


def check_jupyter(words, folder):
    run([str(Path(sys.executable).parent / "jupyter"), *words, "--version"], folder)


def check_export(words, folder):
    """The page holds a description of every picture."""
    run([sys.executable, "-m", "nbconvert", *words, "--output-dir", str(folder)], COURSE)
    (page,) = folder.glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert text.count("data:image/png") > 0 and "No description has been provided" not in text


def check_tensorboard(words, folder):
    """It starts; here as where TensorFlow is missing, which would take seconds to load."""
    (folder / "tensorflow.py").write_text("raise ImportError\n")
    run([sys.executable, "-m", "tensorboard.main", "--version"], folder)
    assert words[0] == "--logdir"


def only_on_windows(words, folder):
    """Not tried: the tests ask for make, which Windows has not."""


CHECKS = {
    r"make": check_make,
    r"git (?=clone )": check_clone,
    r"cd ": check_folder,
    r"python (?=-m venv \.venv$)|\. (?=\.venv/bin/activate$)": check_venv,
    r"python (?=(?:tools|scale)/)": check_script,  # tests/test_scale.py runs those of scale/
    r"pip (?=install )": check_pip,
    r"pip-audit ": check_audit,
    r"conda ": check_conda,
    r"docker ": check_docker,
    r"jupyter (?=lab)": check_jupyter,
    r"jupyter nbconvert ": check_export,
    r"tensorboard ": check_tensorboard,
    r"\.venv\\Scripts\\activate": only_on_windows,
}


def run(command, folder):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
    return done.stdout


@pytest.mark.usefixtures("address_is_local")
@pytest.mark.parametrize("command", commands())
def test_each_command_is_known_and_works(command, tmp_path, monkeypatch):
    for name in ("MAKEFLAGS", "MAKELEVEL", "FRAMEWORK", "LESSON", "PYTHON", "ARGS"):
        monkeypatch.delenv(name, raising=False)
    check, words = next(
        (check, re.sub(pattern, "", command, count=1).split())
        for pattern, check in CHECKS.items()
        if re.match(pattern, command)
    )
    if check is check_venv:
        words = ["-m", "venv", ".venv"]
    check(words, tmp_path)


@every_document
def test_blocks_without_a_language_hold_commands_or_the_output_of_check(document):
    lines = [line for line in lines_to_type(read(document)) if not line.startswith(OUTPUT)]
    assert [line for line in lines if not COMMAND.fullmatch(line)] == []


def test_commands_are_found_wherever_they_stand():
    text = (
        "Type `make help`, or `x = make_model()`:\n\n```\ngit clone a\n✓ done\n```\n\n    make test    all\n    Task("
    )
    assert commands_in(text) == {"make help", "git clone a", "make test"}


# Links, paths and sections --------------------------------------------------------------------------------------------


def anchors(path):
    """The anchors of a Markdown file (as GitHub makes them), a notebook (as Jupyter does) or a web page."""
    if path.suffix == ".html":
        return set(re.findall(r'id="([^"]+)"', path.read_text(encoding="utf-8")))
    headings = re.findall(r"^#+ +(.*?) *$", FENCE.sub("", read(path)), re.MULTILINE)
    if path.suffix == ".ipynb":
        return {heading.replace(" ", "-") for heading in headings}
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dead_links(text, path):
    """The links in a Markdown text of the file `path` that lead to no file or to no anchor of the course."""
    text = re.sub(r"```.*?```|`[^`\n]*`|\$[^$]*\$", "", text, flags=re.DOTALL)
    links = [one or other for one, other in re.findall(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"', text)]
    return [link for link in links if not re.match(r"\w+:", link) and not _leads_somewhere(link, path)]


def _leads_somewhere(link, path):
    file, _, anchor = link.partition("#")
    target = path.parent / file if file else path
    return target.exists() and (not anchor or anchor in anchors(target))


@every_document
def test_links_in_documents_lead_somewhere(document):
    assert dead_links(read(document), document) == []


def test_links_in_notebooks_lead_somewhere(notebook):
    assert dead_links(read(notebook), notebook) == []


def test_a_dead_link_is_found(tmp_path):
    (tmp_path / "here.md").write_text("# One, two `three`\n\n```\n# no heading\n```\n")
    path = tmp_path / "there.md"
    path.write_text(
        "# Own\n[a](here.md#one-two-three) [b](here.md#no-heading) [c](#own) [d](#other) [e](gone.md) ![f](gone.png) "
        '<img src="gone.svg"> [g](https://x.org/#y) `[h](i)` $[j](k)$'
    )
    assert dead_links(read(path), path) == ["here.md#no-heading", "#other", "gone.md", "gone.png", "gone.svg"]


PATH = re.compile(r"`((?:[a-z]+/)+[\w.-]*|[\w-]+\.(?:md|txt|toml|yml))`")


def missing_paths(text):
    """The files and folders that a text names in backticks and that neither exist nor are made by a run (ignored)."""
    named = {name for name in PATH.findall(text) if "NN" not in name and not (COURSE / name).exists()}
    folders = [f"{name.rstrip('/')}/" for name in named]  # git takes only a name with a slash for a folder
    command = ["git", "check-ignore", "--no-index", *named, *folders]
    ignored = subprocess.run(command, cwd=COURSE, capture_output=True, text=True).stdout.splitlines()
    return sorted(name for name in named if not {name, f"{name.rstrip('/')}/"} & set(ignored))


@every_document
def test_named_files_and_folders_exist(document):
    if document.name != "CHANGELOG.md":  # which also names what is gone
        assert missing_paths(read(document)) == []


def test_a_missing_path_is_found():
    text = "`tools/build.py`, `tools/gone.py`, `work/`, `data/cache/`, `lessons/NN_name.md`, `gone.md`, `a/b`, no.md"
    assert missing_paths(text) == ["a/b", "gone.md", "tools/gone.py"]


SECTION = re.compile(r"(?:[Ll]esson (\d\d),\s+)?\b[Ss]ections? (\d+)(?:(?:,| of)\s+lesson (\d\d))?")


def missing_sections(text, lesson):
    """The numbers of sections that a text of a lesson refers to and that the named or the own lesson has not."""
    wanted = ((before or after or lesson, number) for before, number, after in SECTION.findall(text))
    return [f"section {n} of lesson {other}" for other, n in wanted if n not in sections(other)]


def sections(lesson):
    paths = [path for path in LESSONS if path.stem.startswith(lesson)]
    return set(re.findall(r"^##+ (\d+)\. ", "\n".join(map(read, paths)), re.MULTILINE))


def test_sections_named_in_a_notebook_exist(notebook):
    assert missing_sections(read(notebook), notebook.stem[:2]) == []


@every_document
def test_sections_named_in_a_document_come_with_their_lesson_and_exist(document):
    assert missing_sections(read(document), "?") == []


@pytest.mark.parametrize("lesson", course(), ids=lambda lesson: lesson.file)
def test_sections_named_in_tasks_exist(lesson):
    for file in (COURSE / "tasks" / lesson.subject).rglob("*.py"):
        assert missing_sections(file.read_text(encoding="utf-8"), lesson.number) == [], file


def test_every_lesson_that_a_text_names_exists():
    numbers = {lesson.number for lesson in course()}
    files = [*DOCUMENTS, *LESSONS, *(COURSE / "tasks").rglob("*.py"), *(COURSE / "utils").glob("*.py")]
    for file in files:
        named = re.findall(r"[Ll]essons? ((?:\d\d(?:, | and | to |, and )?)+)", file.read_text(encoding="utf-8"))
        assert {number for names in named for number in re.findall(r"\d\d", names)} <= numbers, file


def test_a_missing_section_is_found():
    text = "See section 1, section 99, section 98 of lesson 01, lesson 01, section 2 and intersection 97."
    assert missing_sections(text, "00") == ["section 99 of lesson 00", "section 98 of lesson 01"]


# Examples -------------------------------------------------------------------------------------------------------------


def test_the_readmes_example_prints_what_the_readme_shows():
    example = read(COURSE / "README.md").split("## How a task works")[1]
    (_, starter), (_, printed) = FENCE.findall(example)[:2]
    namespace, said, session = {}, [], Session("01_tensors", "pytorch")
    namespace["check"] = lambda name: said.append(session.judge(name, namespace=namespace).text)
    exec(starter, namespace)
    for task, function in [("softmax", "softmax__columns"), ("standardise_columns",) * 2, ("softmax",) * 2]:
        said.append(session.judge(task, session.entry(session.tasks[task]).answer(function)).text)
    del said[2]  # another task, solved in between
    assert said == printed.splitlines()


def test_the_readmes_twins_are_cells_of_the_lesson_and_print_what_it_says():
    twins = read(COURSE / "README.md").split("## Two frameworks, the same numbers\n")[1].split("\n## ")[0]
    *codes, (_, printed) = FENCE.findall(twins)
    for framework, (_, code) in zip(("pytorch", "tensorflow"), codes, strict=True):
        notebook = nbformat.read(COURSE / "notebooks" / framework / "02_training.ipynb", as_version=4)
        (cell,) = (cell for cell in notebook.cells if cell.source == code.strip())
        assert cell.outputs[0].text == printed


def test_the_pictures_of_a_task_show_what_check_says_today():
    assert frames.FRAMES.read_text(encoding="utf-8") == frames.svg(), "run python -m tools.frames"
    with Image.open(frames.SHARED) as picture:
        assert picture.size == (1200, 630)
        assert picture.text["Description"] == frames.description(), "run python -m tools.frames"
    assert f"![{frames.description()}](.github/frames.svg)" in read(COURSE / "README.md")


def contributing(heading):
    """The indented blocks below a heading of CONTRIBUTING.md, as text."""
    part = re.split(r"^## ", read(COURSE / "CONTRIBUTING.md").split(f"## {heading}\n")[1], flags=re.MULTILINE)[0]
    blocks = re.findall(r"(?:^(?: {4}.*)?\n)+", part, re.MULTILINE)
    return [re.sub(r"^ {4}", "", block, flags=re.MULTILINE).strip() for block in blocks if block.strip()]


def test_the_example_of_a_lesson_builds_and_its_twins_agree(tmp_path):
    source, question, prediction = contributing("Anatomy of a lesson")
    path = tmp_path / "98_example.md"
    revealed = '```python\nreveal("squares")\n```'
    path.write_text(f"# Example\n\n{prediction}\n\n{source}\n\n{revealed}\n\n{question}\n", encoding="utf-8")
    cells = build.read_lesson(path)
    assert {cell.framework for cell in cells} == {None, "pytorch", "tensorflow"}
    values = []
    for framework, module in (("pytorch", "torch"), ("tensorflow", "tensorflow")):
        (cell,) = (cell for cell in build.cells_of(cells, framework) if "twin" in cell.tags)
        namespace = {"torch": importlib.import_module(module), "tf": importlib.import_module(module)}
        values.append(float(eval(cell.source, namespace)))
    (expected,) = (cell.prediction for cell in cells if cell.prediction)
    assert values == [expected[framework].right for framework in ("pytorch", "tensorflow")] == [5.0, 5.0]


def test_the_example_of_a_task_works_as_it_says(monkeypatch, tmp_path):
    shared, functions = contributing("Anatomy of a task")
    folder = tmp_path / "example" / "total"
    folder.mkdir(parents=True)
    (tmp_path / "98_example.md").write_text("")
    (tmp_path / "example" / "__init__.py").write_text('TASKS = ("total",)\n')
    (folder / "__init__.py").write_text(shared)
    (folder / "pytorch.py").write_text(functions)
    monkeypatch.setattr(tasks, "__path__", [*tasks.__path__, str(tmp_path)])
    monkeypatch.setattr(utils.course, "LESSONS", tmp_path)
    session = Session("98_example", "pytorch")
    (task,) = session.tasks.values()
    functions = session.entry(task).functions
    says = {name: session.judge("total", function).text for name, function in functions.items()}
    assert len(says) == 3
    assert says["total"].startswith("✓") and says["total__ok_einsum"].startswith("✓")
    assert says["total__mean"].startswith(f"✗ total: {task.mistakes['mean']}")


# The guide for teachers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*DOCUMENTS, *LESSONS], ids=lambda path: path.stem)
def test_no_tabulator_stands_where_a_formula_meant_a_backslash_and_a_t(path):
    assert "\t" not in read(path)


def test_the_table_of_misconceptions_is_that_of_the_catalogue():
    text = read(COURSE / "TEACHING.md")
    assert teaching.BEGIN in text
    assert teaching.with_table(text) == text, "`make notebooks` is due"


ROW = re.compile(r"^\| (\d\d) ", re.MULTILINE)
EVERY = [lesson.number for lesson in course()]
FAST = [lesson.number for lesson in course() if lesson.path == "fast"]


def part(document, start, end="#"):
    """The lines of a document from the first that starts with `start` up to the next that starts with `end`."""
    return re.search(rf"^{re.escape(start)}.*?(?=^{end}|\Z)", read(COURSE / document), re.MULTILINE | re.DOTALL)[0]


@pytest.mark.parametrize(
    ("document", "heading", "lessons"),
    [
        ("README.md", "## The notebooks", EVERY),
        ("TEACHING.md", "### Thorough", EVERY),
        ("TEACHING.md", "### Fast", FAST),
        ("lessons/00_start_here.md", "## 9. Choose", EVERY[1:]),
    ],
)
def test_tables_name_every_lesson_of_the_course(document, heading, lessons):
    assert sorted(ROW.findall(part(document, heading))) == lessons


@pytest.mark.parametrize(("path", "lessons"), [("Thorough", EVERY), ("Fast", FAST)])
def test_the_paths_are_those_of_the_course(path, lessons):
    start = re.escape(f"- **{path}**: {', '.join(lessons)}. ")
    assert re.search(rf"^{start}", read(COURSE / "lessons/00_start_here.md"), re.MULTILINE)
    told = part("README.md", f"- **{path}**, ").partition("**, ")[2].partition(":")[0]
    assert told in (", ".join(lessons), f"{lessons[0]} to {lessons[-1]} in order")


def test_the_start_page_tells_what_each_lesson_is_about():
    rows = re.findall(r"^\| (\d\d) \| (.*?) \| ", read(COURSE / "lessons/00_start_here.md"), re.MULTILINE)
    assert rows == [(lesson.number, lesson.title) for lesson in course()[1:]]


def test_the_changelog_names_the_version():
    version = re.search(r'^version = "(.*)"', (COURSE / "pyproject.toml").read_text(), re.MULTILINE)[1]
    assert re.search(rf"^## \[?{re.escape(version)}\]?", read(COURSE / "CHANGELOG.md"), re.MULTILINE)
