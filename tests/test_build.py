"""Building notebooks from lessons, in a made-up course with one-cell lessons."""

import importlib
import json
import os
import subprocess
import sys
import textwrap

import nbformat
import pytest

import tasks
import utils.course
from tools import assemble, build, dependencies, source

ADDRESS = "https://github.com/someone/nn-course"
START = """\
def commands(subject, framework):
    return [print] * 6


def practice(subject, framework):
    return [print] * 2
"""
README = "# Course\n\n<!-- notebooks (written by `make notebooks`) -->\n<!-- notebooks: end -->\n"

PAIR = """\
# Title in {{framework}}, not {{other}}

```python
shared = 1
```

```python tags=["pytorch", "twin"]
torch = 1
```

```python tags=["tensorflow", "twin"]
tensorflow = 1
```

<!-- #region tags=["pytorch"] -->
About PyTorch.
<!-- #endregion -->

<!-- #region tags=["tensorflow"] -->
About TensorFlow.
<!-- #endregion -->

```python tags=["tensorflow", "only"] reason="PyTorch has no tape"
tape = 1
```
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """An empty course that the build works on."""
    folder = tmp_path / "course"
    for name, text in {
        "pyproject.toml": f'[tool.course]\nrepository = "{ADDRESS}"\n',
        "README.md": README,
        "TEACHING.md": "",
        "requirements.txt": "numpy==2.4.6\nipykernel==6.31.0\nsphinx==9.0.4\n",
        "utils/__init__.py": "",
        "utils/start.py": START,
        "data/points.csv": "1,2\n",
        "tasks/.keep": "",
        "lessons/.keep": "",
        "notebooks/.keep": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.setattr(source, "COURSE", folder)
    monkeypatch.setattr(utils.course, "LESSONS", folder / "lessons")
    monkeypatch.setattr(tasks, "__path__", [str(folder / "tasks")])
    yield folder
    forget_tasks()


def forget_tasks():
    """Let the tasks of a made-up course be imported anew."""
    for name in [name for name in sys.modules if name.startswith("tasks.sample")]:
        del sys.modules[name]
    importlib.invalidate_caches()


def write_lesson(course, text, name="02_sample", listed=()):
    """Write a lesson, its entry in course.toml and the list of its tasks; returns its path."""
    path = course / "lessons" / f"{name}.md"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    entry = f'[[lesson]]\nfile = "{name}"\ntitle = "t"\nminutes = [5]\nneeds = []\npath = "fast"\ntwins = 0\n'
    (path.parent / "course.toml").write_text(entry)
    own = course / "tasks" / name.partition("_")[2]
    own.mkdir(exist_ok=True)
    (own / "__init__.py").write_text(f"TASKS = {tuple(listed)!r}\n")
    utils.course._read.cache_clear()
    forget_tasks()
    return path


def write_task(course, name, functions, more=""):
    """Write a task of the sample lesson."""
    folder = course / "tasks" / "sample" / name
    folder.mkdir(parents=True, exist_ok=True)
    task = f"Task({name!r}, hints=('h',), mistakes={{'slip': 'a slip.'}}{more})"
    (folder / "__init__.py").write_text(f"from utils.catalogue import Task\n\nTASK = {task}\n")
    (folder / "neutral.py").write_text(functions)
    forget_tasks()


def read_notebook(path):
    return nbformat.read(path, as_version=4)


def sources(notebook):
    return [cell.source for cell in notebook.cells if cell.id not in ("badges", "setup")]


def asked(name, *signs):
    options = "".join(f"- {letter}) x\n  {sign} y\n" for letter, sign in zip("ab", signs, strict=True))
    return f'# T\n\n<!-- #region tags=["quiz"] -->\n**{name}.** What?\n\n{options}<!-- #endregion -->\n\n'


# Splitting ------------------------------------------------------------------------------------------------------------


def test_each_framework_gets_its_own_cells_and_all_shared_ones(course):
    cells = source.read_lesson(write_lesson(course, PAIR))
    assert sources(assemble.make_notebook("02_sample", cells, "pytorch")) == [
        "# Title in PyTorch, not TensorFlow",
        "shared = 1",
        "torch = 1",
        "About PyTorch.",
    ]
    assert sources(assemble.make_notebook("02_sample", cells, "tensorflow")) == [
        "# Title in TensorFlow, not PyTorch",
        "shared = 1",
        "tensorflow = 1",
        "About TensorFlow.",
        "tape = 1",
    ]


def test_tags_and_reasons_are_kept_and_the_frameworks_names_are_not(course):
    cells = source.read_lesson(write_lesson(course, PAIR))
    metadata = [cell.metadata for cell in assemble.make_notebook("02_sample", cells, "tensorflow").cells]
    assert metadata == [{}, {}, {}, {}, {"tags": ["twin"]}, {}, {"tags": ["only"], "reason": "PyTorch has no tape"}]


def test_the_second_and_third_cell_are_badge_and_setup(course):
    cells = source.read_lesson(write_lesson(course, PAIR))
    _, badges, setup = assemble.make_notebook("02_sample", cells, "pytorch").cells[:3]
    colab = ADDRESS.replace("https://github.com", "https://colab.research.google.com/github")
    assert (badges.id, setup.id) == ("badges", "setup")
    assert f"({colab}/blob/main/notebooks/pytorch/02_sample.ipynb)" in badges.source
    assert "(../tensorflow/02_sample.ipynb)" in badges.source
    assert 'commands("sample", "pytorch")' in setup.source
    assert f'"{ADDRESS}"' in setup.source


def test_a_lesson_without_framework_cells_becomes_one_notebook(course):
    path = write_lesson(course, "# Start\n\n```python\n1\n```\n", "00_sample")
    assert source.notebooks_of(path) == {"neutral": course / "notebooks" / "00_sample.ipynb"}


def test_ids_stay_when_a_cell_is_put_elsewhere_or_comes_in(course):
    def ids(text):
        cells = source.read_lesson(write_lesson(course, text))
        return {c.source: c.id for c in assemble.make_notebook("02_sample", cells, "pytorch").cells}

    before = ids(PAIR)
    after = ids(PAIR.replace("shared = 1\n```\n", "new = 1\n```\n\nNew text.\n\n```python\nshared = 1\n```\n"))
    assert before.items() < after.items()
    assert len(set(after.values())) == len(after)


def test_cells_with_the_same_text_have_different_ids(course):
    path = write_lesson(course, "# Start\n\n```python\n1\n```\n\n```python\n1\n```\n")
    ids = [cell.id for cell in assemble.make_notebook("02_sample", source.read_lesson(path), "neutral").cells]
    assert len(set(ids)) == len(ids)


# Lessons that are refused ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('# T\n\n```python tags=["pytroch"]\n1\n```\n', 4, "unknown tag 'pytroch'"),
        ('# T\n\n```python tags=["pytorch", "tensorflow"]\n1\n```\n', 4, "needs no framework's tag"),
        ('# T\n\n```python tags=["pytorch", "only"]\n1\n```\n', 4, 'only needs reason="..."'),
        ('# T\n\n```python tags=["nbval-ignore-output"]\n1\n```\n', 4, 'nbval-ignore-output needs reason="..."'),
        ('# T\n\n```python tags=["raises-exception"]\n1\n```\n', 4, 'raises-exception needs reason="..."'),
        ("# T\n\n```python\nvalue = 1\nvalue;\n```\n", 4, "ends with a semicolon"),
        ('# T\n\n```python tags=["pytorch"]\n1\n```\n', 4, "PyTorch cell without a TensorFlow twin"),
        ('# T\n\n```python tags=["tensorflow"]\n1\n```\n', 4, "TensorFlow cell without a PyTorch twin"),
        (
            '# T\n\n```python tags=["pytorch"]\n1\n```\n\ntext between\n\n```python tags=["tensorflow"]\n1\n```\n',
            4,
            "PyTorch cell without a TensorFlow twin",
        ),
        (
            '# T\n\n```python tags=["pytorch"]\n1\n```\n\n<!-- #region tags=["tensorflow"] -->\nx\n<!-- #endregion -->',
            4,
            "PyTorch cell without a TensorFlow twin",
        ),
        (
            '# T\n\n```python tags=["pytorch", "twin"]\n1\n```\n\n```python tags=["tensorflow"]\n1\n```\n',
            4,
            "PyTorch cell without a TensorFlow twin",
        ),
        ("# T\n\n```bash\nls\n```\n", 4, "a fenced block of another language"),
        ("# T\n\npython\n\n```python\n\n1\n```\n\n```python\n\n1\n```\n\n```js\n1\n```\n", 16, "another language"),
        ('# T\n\n```python\n1\n```\n\n```python\n2\n```\n\n```python tags=["x"]\n1\n```\n', 12, "unknown tag 'x'"),
        ('# T\n\n<!-- #region tags=["x"] -->\nregion\n<!-- #endregion -->\n', 4, "unknown tag 'x'"),
        (asked("Question 2", "✗", "✓"), 4, "this is question 1 of its notebook"),
        (asked("Question 1", "✗", "✓") + asked("Question 1", "✗", "✓")[4:], 14, "this is question 2 of its notebook"),
        (asked("Question 1", "✗", "✗"), 4, "exactly one option is right"),
        (asked("Question 1", "✗ [pytorch]", "✓"), 4, "option a) needs one explanation in each framework, and has 0"),
        ('# T\n\nT\n\n\nT\n\n```python tags=["x"]\nT\n```\n', 9, "unknown tag 'x'"),
    ],
)
def test_a_lesson_is_refused_with_file_line_and_reason(course, text, line, reason):
    with pytest.raises(source.LessonError) as caught:
        source.read_lesson(write_lesson(course, text))
    assert str(caught.value).startswith(f"02_sample.md:{line}: ")
    assert reason in str(caught.value)


# Running --------------------------------------------------------------------------------------------------------------

LAST_FAILS = "# T\n\n```python\nnumbers = [1]\n```\n\n```python\nnumbers.pop()\n```\n\n```python\nnumbers.pop()\n```\n"


def one_cell(code):
    return f"# T\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAST_FAILS, "02_sample.md:12: the cell failed: IndexError: pop from empty list"),
        (one_cell("raise SystemExit('offline')"), "02_sample.md:4: the cell failed: SystemExit: offline"),
        (one_cell("import os\nos._exit(1)"), "02_sample.md:4: the cell failed: the kernel died"),
        (one_cell("while True:\n    pass"), "02_sample.md:4: the cell failed: it takes longer than 2 seconds"),
        (one_cell("import sys\nprint('oh no', file=sys.stderr)"), "writes to the error stream: oh no"),
        (one_cell("import os\nos.getcwd()"), "02_sample.md:4: the output holds a path of this machine"),
        (one_cell("import tempfile\nprint(tempfile.mkdtemp())"), "the output holds a path of this machine"),
    ],
    ids=["fails", "exits", "dies", "hangs", "stderr", "path as result", "printed path"],
)
def test_a_bad_cell_stops_the_build_and_the_old_notebook_stays(course, monkeypatch, text, message):
    monkeypatch.setattr(build, "CELL_SECONDS", 2)
    old = course / "notebooks" / "02_sample.ipynb"
    old.write_text("the old notebook")
    with pytest.raises(source.LessonError) as caught:
        build.build(write_lesson(course, text))
    assert message in str(caught.value)
    assert str(caught.value).startswith("02_sample.md:")
    assert old.read_text() == "the old notebook"
    assert list(old.parent.glob("*.tmp")) == []


def test_a_failing_twin_leaves_both_old_notebooks(course):
    path = write_lesson(course, PAIR.replace("tensorflow = 1", "1 / 0"))
    with pytest.raises(source.LessonError, match=r"^02_sample.md:12: the cell failed: ZeroDivisionError"):
        build.build(path)
    assert list((course / "notebooks").rglob("*.ipynb")) == []


def test_an_expected_error_is_no_failure(course):
    fence = '```python tags=["raises-exception"] reason="shows the message"'
    build.build(write_lesson(course, f"# T\n\n{fence}\n1 / 0\n```\n\n```python\nprint('goes on')\n```\n"))
    *_, failing, last = read_notebook(course / "notebooks" / "02_sample.ipynb").cells
    assert [output.output_type for output in failing.outputs] == ["error"]
    assert last.outputs[0].text == "goes on\n"


def test_main_tells_a_lessons_fault_in_one_message(course, capsys):
    write_lesson(course, "# T\n\n```bash\nls\n```\n")
    with pytest.raises(SystemExit, match=r"^02_sample.md:4: .*\nThe notebook in notebooks/ is still the old one\.$"):
        built(course, capsys)
    with pytest.raises(SystemExit, match=r"^No lesson starts with '07'. There are: 02_sample\.$"):
        built(course, capsys, "07")


# What is written ------------------------------------------------------------------------------------------------------


def built(course, capsys, *arguments):
    """What the build prints, one line a notebook."""
    utils.course._read.cache_clear()
    forget_tasks()
    capsys.readouterr()
    build.main(list(arguments))
    return capsys.readouterr().out.splitlines()


NOTHING = ["Nothing to do: the notebooks are what a build would make of their lessons."]


def test_a_build_writes_clean_outputs_and_a_second_one_the_same_bytes(course, capsys):
    write_lesson(course, PAIR.replace("shared = 1", "for i in range(3):\n    print(i, flush=True)"))
    target = course / "notebooks" / "pytorch" / "02_sample.ipynb"
    assert built(course, capsys) == [
        "notebooks/pytorch/02_sample.ipynb runs: it is not there",
        "notebooks/tensorflow/02_sample.ipynb runs: it is not there",
    ]
    first = target.read_bytes()
    assert built(course, capsys) == NOTHING
    assert len(built(course, capsys, "--run", "02")) == 2
    assert target.read_bytes() == first
    notebook = read_notebook(target)
    assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == [1, 2, 3]
    assert [output.text for c in notebook.cells for output in c.get("outputs", [])] == ["0\n1\n2\n"]


CHANGING = """\
# Title

```python
import random, numpy
from utils.helper import words
print(random.random(), "data/points.csv")
```

```python tags=["task"]
def total(values):
    return 0  # mend me


check("total")
```

```python
check("shown")
```
"""
FUNCTIONS = "def {0}(values):\n    return 1\n\n\ndef {0}__slip(values):\n    return 2\n"


@pytest.fixture
def changing(course, capsys, monkeypatch):
    """A built lesson with all that outputs may depend on; each run gives other ones."""
    runs = iter(range(100))

    def run(path, cells, notebook, folder):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = [nbformat.v4.new_output("stream", text=f"run {next(runs)}\n")]

    monkeypatch.setattr(build, "run", run)
    write_lesson(course, CHANGING, listed=("total", "shown"))
    write_task(course, "total", FUNCTIONS.format("total") + "\n\ndef total__starter(values):\n    return 0\n")
    write_task(course, "shown", FUNCTIONS.format("shown"))
    (course / "utils/helper.py").write_text("def words():\n    from utils import deeper\n\n    return deeper\n")
    (course / "utils/deeper.py").write_text("word = 'deep'\n")
    (course / "utils/unused.py").write_text("word = 'unused'\n")
    built(course, capsys)
    return course


def add(file, text):
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(file, old, new):
    assert old in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


LESSON, NOTEBOOK, TOTAL = "lessons/02_sample.md", "notebooks/02_sample.ipynb", "tasks/sample/total"
LISTED = "tasks/sample/__init__.py"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda c: replace(c / LESSON, "print(", "print(1, "), "code cells changed"),
        (lambda c: replace(c / LESSON, '```python\nche', '```python tags=["raises-exception"] reason="x"\nche'),
         "code cells changed"),
        (lambda c: add(c / "utils/helper.py", "more = 1\n"), "utils/helper.py changed"),
        (lambda c: add(c / "utils/deeper.py", "more = 1\n"), "utils/deeper.py changed"),
        (lambda c: add(c / "utils/start.py", "more = 1\n"), "utils/start.py changed"),
        (lambda c: add(c / "data/points.csv", "3,4\n"), "data/points.csv changed"),
        (lambda c: replace(c / "requirements.txt", "2.4.6", "2.4.7"), "numpy 2.4.6 -> 2.4.7 changed"),
        (lambda c: (c / "requirements.lock").write_text("numpy==2.4.8 \\\n  --hash=x\nipykernel==6.31.0\n"),
         "numpy 2.4.6 -> 2.4.8 changed"),
        (lambda c: replace(c / TOTAL / "neutral.py", "return 0", "return -1"), "tasks changed"),
        (lambda c: replace(c / "tasks/sample/shown/__init__.py", "a slip.", "another."), "tasks changed"),
        (lambda c: replace(c / LISTED, "'total', 'shown'", "'shown',  'total'"), "tasks changed"),
        (lambda c: replace(c / NOTEBOOK, "run 1", "run 9"), "outputs changed"),
    ],
)  # fmt: skip
def test_a_notebook_runs_when_something_changes_that_its_outputs_depend_on(changing, capsys, change, reason):
    change(changing)
    assert built(changing, capsys) == [f"notebooks/02_sample.ipynb runs: {reason}"]
    assert built(changing, capsys) == NOTHING


@pytest.mark.parametrize(
    "change",
    [
        lambda c: add(c / "utils/helper.py", "# a comment\n\n"),
        lambda c: add(c / "utils/unused.py", "more = 1\n"),
        lambda c: (c / "data/other.csv").write_text("1\n"),
        lambda c: add(c / "requirements.txt", "torch==2.13.0\n"),
        lambda c: replace(c / "requirements.txt", "sphinx==9.0.4", "sphinx==9.0.5"),
        lambda c: replace(c / TOTAL / "__init__.py", "a slip.", "another sentence."),
        lambda c: replace(c / TOTAL / "neutral.py", "return 1", "return 3"),
        lambda c: (c / "data/points.csv").write_bytes((c / "data/points.csv").read_bytes().replace(b"\n", b"\r\n")),
    ],
)
def test_what_no_output_depends_on_builds_nothing(changing, capsys, change):
    change(changing)
    assert built(changing, capsys) == NOTHING


@pytest.mark.parametrize(
    "change",
    [
        lambda c: replace(c / LESSON, "# Title\n", "# Another title\n\nA new sentence.\n"),
        lambda c: replace(c / LESSON, 'tags=["task"]', 'tags=["task", "goes-on"] reason="x"'),
        lambda c: replace(c / NOTEBOOK, "# Title", "# Edited by hand"),
        lambda c: replace(c / "pyproject.toml", "someone", "else"),
    ],
)  # fmt: skip
def test_a_change_of_the_text_keeps_the_outputs(changing, capsys, change, monkeypatch):
    target = changing / NOTEBOOK
    before = [cell.get("outputs") for cell in read_notebook(target).cells if cell.cell_type == "code"]
    change(changing)
    monkeypatch.setattr(build, "run", lambda *_: pytest.fail("nothing should run"))
    assert built(changing, capsys) == ["notebooks/02_sample.ipynb: a new text, its outputs stay"]
    cells = read_notebook(target).cells
    assert [cell.get("outputs") for cell in cells if cell.cell_type == "code"] == before
    fresh = assemble.make_notebook("02_sample", source.read_lesson(changing / LESSON), "neutral").cells
    assert [(c.id, c.source, c.metadata) for c in cells] == [(c.id, c.source, c.metadata) for c in fresh]
    assert built(changing, capsys) == NOTHING


def test_only_the_framework_whose_cells_change_runs(course, capsys):
    path = write_lesson(course, PAIR)
    built(course, capsys)
    replace(path, "tensorflow = 1", "tensorflow = 2")
    assert built(course, capsys) == [
        "notebooks/pytorch/02_sample.ipynb: a new text, its outputs stay",
        "notebooks/tensorflow/02_sample.ipynb runs: code cells changed",
    ]


def test_a_notebook_of_an_older_build_runs(changing, capsys):
    target = changing / NOTEBOOK
    notebook = json.loads(target.read_text())
    notebook["metadata"]["built_from"] = "0123456789abcdef"
    target.write_text(json.dumps(notebook))
    assert built(changing, capsys) == ["notebooks/02_sample.ipynb runs: it does not say what it was built from"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_build_leaves_the_old_notebook_whole(changing, capsys, monkeypatch, fault):
    target = changing / NOTEBOOK
    before = target.read_bytes()
    replace(changing / LESSON, "# Title", "# Another")

    def stop(self, *_):
        raise fault

    monkeypatch.setattr(build.Path, "replace", stop)
    with pytest.raises(SystemExit, match=r"^(Stopped; |Could not write or read a file \(.*No space left)"):
        built(changing, capsys)
    assert target.read_bytes() == before
    assert [file.name for file in target.parent.iterdir()] == [".keep", target.name]


def test_the_digest_of_code_is_the_same_in_every_python_and_layout():
    text = 'def f(x: int = 1, *, y) -> str:\n    return f"{x!r:>{y}} {{}}" "a"  # comment\n'
    assert dependencies.digest(dependencies._code(text)) == "626f09576279"
    assert dependencies._code(text) == dependencies._code(text.replace("  # comment", "").replace("x: int", "x:int"))


def test_stamping_changes_the_address_and_nothing_else(course, capsys):
    write_lesson(course, PAIR)
    built(course, capsys)
    target = course / "notebooks" / "pytorch" / "02_sample.ipynb"
    before = target.read_text()
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/else/fork"\n')
    plain = (course / "README.md").read_text()
    (course / "README.md").write_text(plain.replace("# Course\n", "# Course\n(https://someone.github.io/nn-course/)\n"))
    built(course, capsys, "--stamp")
    after = before.replace("someone/nn-course", "else/fork").replace('/ \\"nn-course\\"', '/ \\"fork\\"')
    differing = [
        pair for pair in zip(after.split("\n"), target.read_text().split("\n"), strict=True) if len({*pair}) > 1
    ]
    assert [new.split('"')[1] for _, new in differing] == ["text"]  # what the notebook says it was built from
    readme = (course / "README.md").read_text()
    assert "colab.research.google.com/github/else/fork/blob/main/notebooks/tensorflow/02_sample.ipynb" in readme
    assert readme.startswith("# Course\n(https://else.github.io/fork/)\n")
    assert readme.endswith("<!-- notebooks: end -->\n")
    assert built(course, capsys) == NOTHING


def test_stamping_refuses_a_lesson_whose_notebook_would_have_to_run(changing, capsys):
    target = changing / NOTEBOOK
    before = target.read_bytes()
    replace(changing / LESSON, "print(", "print(1, ")
    with pytest.raises(SystemExit, match="run `make notebooks` first"):
        built(changing, capsys, "--stamp")
    assert target.read_bytes() == before
    target.unlink()
    with pytest.raises(SystemExit, match="run `make notebooks` first"):
        built(changing, capsys, "--stamp")


def test_a_placeholder_address_is_told(course, capsys):
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/OWNER/nn"\n')
    write_lesson(course, "# T\n")
    assert built(course, capsys)[-1].startswith("The repository has no address yet: OWNER stands in pyproject.toml")


# Bad input ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda c: replace(c / "lessons/course.toml", "02_sample", "03_other"),
         "course.toml: there is no lessons/03_other.md"),
        (lambda c: (c / "lessons/course.toml").write_text((c / "lessons/course.toml").read_text() * 2),
         "course.toml: 02_sample stands there twice"),
        (lambda c: (c / "lessons/03_new.md").write_text("# New\n"),
         "course.toml: lessons/03_new.md is missing in the list"),
        (lambda c: write_task(c, "spare", FUNCTIONS.format("spare")),
         "tasks/sample/__init__.py: TASKS does not list spare, which has a folder there"),
        (lambda c: replace(c / LISTED, "'shown'", "'shown', 'gone'"),
         "tasks/sample/__init__.py: TASKS lists gone, which has no folder there"),
        (lambda c: add(c / TOTAL / "neutral.py", "\n\ndef total__other(v):\n    return 5\n"),
         "tasks/sample/total/neutral.py: total__other has no sentence in __init__.py for pytorch"),
        (lambda c: replace(c / TOTAL / "neutral.py", "total__slip", "total__ok_slip"),
         "tasks/sample/total/__init__.py: slip has a sentence, but no total__slip for pytorch"),
        (lambda c: replace(c / TOTAL / "neutral.py", "def total(", "def totals("),
         "tasks/sample/total/pytorch.py: the solution, total, is missing"),
        (lambda c: write_task(c, "total", FUNCTIONS.format("total"), ", ways=('own',)"),
         "tasks/sample/total/__init__.py: ways names own, but no total__ok_own is there"),
    ],
)  # fmt: skip
def test_a_course_that_does_not_fit_together_is_told_in_one_sentence(changing, capsys, change, sentence):
    before = (changing / NOTEBOOK).read_bytes()
    change(changing)
    with pytest.raises(SystemExit) as caught:
        built(changing, capsys)
    assert str(caught.value) == f"{sentence}\nThe notebook in notebooks/ is still the old one."
    assert (changing / NOTEBOOK).read_bytes() == before


# The setup cell -------------------------------------------------------------------------------------------------------


def run_setup(folder, **environment):
    """Run the setup cell as plain Python in `folder`: (exit status, what it printed, its errors)."""
    folder.mkdir(parents=True, exist_ok=True)
    code = assemble.setup("02_sample", "pytorch") + "\nprint(os.path.relpath(course), check is print)"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True
    )
    return ran.returncode, ran.stdout.strip(), ran.stderr.strip()


def instead_of_the_address(place):
    """Environment variables that let git find the course's address at `place`."""
    return {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": f"url.{place}.insteadOf", "GIT_CONFIG_VALUE_0": ADDRESS}


def test_alone_the_setup_cell_fetches_the_course_once(course, tmp_path):
    for arguments in (["init"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-m", "a"]):
        subprocess.run(["git", *arguments], cwd=course, check=True, capture_output=True)
    here = instead_of_the_address(course.as_uri())
    assert run_setup(tmp_path / "alone", **here) == (0, "nn-course True", "")
    nowhere = instead_of_the_address("file:///nowhere")
    assert run_setup(tmp_path / "alone", **nowhere) == (0, "nn-course True", "")


def test_in_the_course_the_setup_cell_fetches_nothing(course):
    nowhere = instead_of_the_address("file:///nowhere")
    assert run_setup(course / "work" / "pytorch", **nowhere) == (0, "../.. True", "")


@pytest.mark.parametrize("lacking", ["network", "git"])
def test_without_network_or_git_the_setup_cell_says_so_in_one_sentence(course, tmp_path, lacking):
    environment = instead_of_the_address("file:///nowhere") if lacking == "network" else {"PATH": str(tmp_path)}
    status, output, errors = run_setup(tmp_path / "alone", **environment)
    assert (status, output) == (1, "")
    assert errors == (
        "The course could not be fetched: go online and run this again, or put the notebook into the course's folder."
    )
    assert list((tmp_path / "alone").iterdir()) == []


def test_a_learners_own_utils_is_named(course):
    folder = course / "work" / "pytorch"
    folder.mkdir(parents=True)
    (folder / "utils.py").write_text("")
    code = "import utils\n" + assemble.setup("02_sample", "pytorch")
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert ran.returncode == 1
    assert ran.stderr.strip() == (
        f"<module 'utils' from '{folder / 'utils.py'}'> hides the course's utils: "
        "rename that file, then restart the kernel."
    )


def test_a_package_that_is_missing_is_not_taken_for_a_learners_own_file(course):
    (course / "utils" / "start.py").write_text("import no_such_package\n")
    status, _, errors = run_setup(course / "work")
    assert status == 1 and errors.endswith("ModuleNotFoundError: No module named 'no_such_package'")


def test_without_an_address_the_setup_cell_says_so(course, tmp_path):
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/OWNER/nn"\n')
    environment = {"PATH": str(tmp_path)}
    status, _, errors = run_setup(tmp_path / "alone", **environment)
    assert status == 1
    assert errors == (
        "This copy of the course has no address to fetch from yet: put this notebook into the course's folder."
    )
