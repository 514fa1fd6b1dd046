"""Building notebooks from lessons, in a made-up course with one-cell lessons."""

import os
import subprocess
import sys
import textwrap

import nbformat
import pytest

from tools import build

ADDRESS = "https://github.com/someone/nn-course"
START = "def begin(lesson, framework):\n    return [print] * 4\n"
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
        "utils/__init__.py": "",
        "utils/start.py": START,
        "lessons/.keep": "",
        "notebooks/.keep": "",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    monkeypatch.setattr(build, "COURSE", folder)
    return folder


def write_lesson(course, text, name="02_made_up"):
    path = course / "lessons" / f"{name}.md"
    path.write_text(textwrap.dedent(text))
    return path


def read_notebook(path):
    return nbformat.read(path, as_version=4)


def sources(notebook):
    return [cell.source for cell in notebook.cells if cell.id not in ("badges", "setup")]


# Splitting ------------------------------------------------------------------------------------------------------------


def test_each_framework_gets_its_own_cells_and_all_shared_ones(course):
    cells = build.read_lesson(write_lesson(course, PAIR))
    assert sources(build.make_notebook("02_made_up", cells, "pytorch")) == [
        "# Title in PyTorch, not TensorFlow",
        "shared = 1",
        "torch = 1",
        "About PyTorch.",
    ]
    assert sources(build.make_notebook("02_made_up", cells, "tensorflow")) == [
        "# Title in TensorFlow, not PyTorch",
        "shared = 1",
        "tensorflow = 1",
        "About TensorFlow.",
        "tape = 1",
    ]


def test_tags_and_reasons_are_kept_and_the_frameworks_names_are_not(course):
    cells = build.read_lesson(write_lesson(course, PAIR))
    metadata = [cell.metadata for cell in build.make_notebook("02_made_up", cells, "tensorflow").cells]
    assert metadata == [{}, {}, {}, {}, {"tags": ["twin"]}, {}, {"tags": ["only"], "reason": "PyTorch has no tape"}]


def test_the_second_and_third_cell_are_badge_and_setup(course):
    cells = build.read_lesson(write_lesson(course, PAIR))
    _, badges, setup = build.make_notebook("02_made_up", cells, "pytorch").cells[:3]
    colab = ADDRESS.replace("https://github.com", "https://colab.research.google.com/github")
    assert (badges.id, setup.id) == ("badges", "setup")
    assert f"({colab}/blob/main/notebooks/pytorch/02_made_up.ipynb)" in badges.source
    assert "(../tensorflow/02_made_up.ipynb)" in badges.source
    assert 'begin("02_made_up", "pytorch")' in setup.source
    assert f'"{ADDRESS}"' in setup.source


def test_a_lesson_without_framework_cells_becomes_one_notebook(course):
    path = write_lesson(course, "# Start\n\n```python\n1\n```\n", "00_start")
    assert build.notebooks_of(path, build.read_lesson(path)) == {"neutral": course / "notebooks" / "00_start.ipynb"}


def test_ids_stay_when_a_cell_is_put_elsewhere_or_comes_in(course):
    def ids(text):
        cells = build.read_lesson(write_lesson(course, text))
        return {c.source: c.id for c in build.make_notebook("02_made_up", cells, "pytorch").cells}

    before = ids(PAIR)
    after = ids(PAIR.replace("shared = 1\n```\n", "new = 1\n```\n\nNew text.\n\n```python\nshared = 1\n```\n"))
    assert before.items() < after.items()
    assert len(set(after.values())) == len(after)


def test_cells_with_the_same_text_have_different_ids(course):
    path = write_lesson(course, "# Start\n\n```python\n1\n```\n\n```python\n1\n```\n")
    ids = [cell.id for cell in build.make_notebook("02_made_up", build.read_lesson(path), "neutral").cells]
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
        ('# T\n\nT\n\n\nT\n\n```python tags=["x"]\nT\n```\n', 9, "unknown tag 'x'"),
    ],
)
def test_a_lesson_is_refused_with_file_line_and_reason(course, text, line, reason):
    with pytest.raises(build.LessonError) as caught:
        build.read_lesson(write_lesson(course, text))
    assert str(caught.value).startswith(f"02_made_up.md:{line}: ")
    assert reason in str(caught.value)


# Running --------------------------------------------------------------------------------------------------------------

LAST_FAILS = "# T\n\n```python\nnumbers = [1]\n```\n\n```python\nnumbers.pop()\n```\n\n```python\nnumbers.pop()\n```\n"


def one_cell(code):
    return f"# T\n\n```python\n{code}\n```\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAST_FAILS, "02_made_up.md:12: the cell failed: IndexError: pop from empty list"),
        (one_cell("raise SystemExit('offline')"), "02_made_up.md:4: the cell failed: SystemExit: offline"),
        (one_cell("import os\nos._exit(1)"), "02_made_up.md:4: the cell failed: the kernel died"),
        (one_cell("while True:\n    pass"), "02_made_up.md:4: the cell failed: it takes longer than 2 seconds"),
        (one_cell("import sys\nprint('oh no', file=sys.stderr)"), "writes to the error stream: oh no"),
        (one_cell("import os\nos.getcwd()"), "02_made_up.md:4: the output holds a path of this machine"),
        (one_cell("import tempfile\nprint(tempfile.mkdtemp())"), "the output holds a path of this machine"),
    ],
    ids=["fails", "exits", "dies", "hangs", "stderr", "path as result", "printed path"],
)
def test_a_bad_cell_stops_the_build_and_the_old_notebook_stays(course, monkeypatch, text, message):
    monkeypatch.setattr(build, "CELL_SECONDS", 2)
    old = course / "notebooks" / "02_made_up.ipynb"
    old.write_text("the old notebook")
    with pytest.raises(build.LessonError) as caught:
        build.build(write_lesson(course, text))
    assert message in str(caught.value)
    assert str(caught.value).startswith("02_made_up.md:")
    assert old.read_text() == "the old notebook"
    assert list(old.parent.glob("*.tmp")) == []


def test_a_failing_twin_leaves_both_old_notebooks(course):
    path = write_lesson(course, PAIR.replace("tensorflow = 1", "1 / 0"))
    with pytest.raises(build.LessonError, match=r"^02_made_up.md:12: the cell failed: ZeroDivisionError"):
        build.build(path)
    assert list((course / "notebooks").rglob("*.ipynb")) == []


def test_an_expected_error_is_no_failure(course):
    fence = '```python tags=["raises-exception"] reason="shows the message"'
    build.build(write_lesson(course, f"# T\n\n{fence}\n1 / 0\n```\n\n```python\nprint('goes on')\n```\n"))
    *_, failing, last = read_notebook(course / "notebooks" / "02_made_up.ipynb").cells
    assert [output.output_type for output in failing.outputs] == ["error"]
    assert last.outputs[0].text == "goes on\n"


def test_main_tells_a_lessons_fault_in_one_message(course):
    write_lesson(course, "# T\n\n```bash\nls\n```\n")
    with pytest.raises(SystemExit, match=r"^02_made_up.md:4: .*\nThe notebook in notebooks/ is still the old one\.$"):
        build.main([])
    with pytest.raises(SystemExit, match=r"^No lesson starts with '07'. There are: 02_made_up\.$"):
        build.main(["07"])


# What is written ------------------------------------------------------------------------------------------------------


def test_building_stamping_and_what_counts_as_current(course, capsys):
    output = "for i in range(3):\n    print(i, flush=True)"
    path = write_lesson(course, PAIR.replace("shared = 1", output))
    target = course / "notebooks" / "pytorch" / "02_made_up.ipynb"
    build.main([])
    first = target.read_bytes()
    capsys.readouterr()

    build.main([])  # nothing has changed, so nothing is built
    assert capsys.readouterr().out == ""
    build.main(["02"])
    assert "notebooks/pytorch/02_made_up.ipynb" in capsys.readouterr().out
    assert target.read_bytes() == first

    notebook = read_notebook(target)
    assert [c.execution_count for c in notebook.cells if c.cell_type == "code"] == [1, 2, 3]
    assert [output.text for c in notebook.cells for output in c.get("outputs", [])] == ["0\n1\n2\n"]
    check_stamp(course, target)
    check_what_counts_as_current(course, path)


def check_stamp(course, target):
    before = target.read_text()
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/else/fork"\n')
    build.main(["--stamp"])
    after = before.replace("someone/nn-course", "else/fork").replace('/ \\"nn-course\\"', '/ \\"fork\\"')
    assert target.read_text() == after
    readme = (course / "README.md").read_text()
    assert "colab.research.google.com/github/else/fork/blob/main/notebooks/tensorflow/02_made_up.ipynb" in readme
    assert readme.startswith("# Course\n") and readme.endswith("<!-- notebooks: end -->\n")


def check_what_counts_as_current(course, path):
    assert build.is_current(path)
    for name, text in {"utils/start.py": START + "# new\n", "tasks/lesson02/numpy.py": "", "data/a.csv": "1"}.items():
        before = build.fingerprint(path)
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(text)
        assert build.fingerprint(path) != before
    assert not build.is_current(path)
    (course / "tasks/lesson04").mkdir()
    before = build.fingerprint(path)
    (course / "tasks/lesson04/numpy.py").write_text("")
    assert build.fingerprint(path) == before


def test_stamping_refuses_a_lesson_that_has_changed_or_was_never_built(course):
    path = write_lesson(course, "# T\n\n```python\n1\n```\n")
    with pytest.raises(build.LessonError, match="run `make notebooks` first"):
        build.stamp(path)
    target = course / "notebooks" / "02_made_up.ipynb"
    build.write(build.make_notebook("02_made_up", build.read_lesson(path), "neutral"), target)
    build.stamp(path)
    before = target.read_bytes()
    for text in ("# T\n\n```python\n2\n```\n", '# T\n\n```python tags=["task"]\n1\n```\n'):
        with pytest.raises(build.LessonError, match="run `make notebooks` first"):
            build.stamp(write_lesson(course, text))
    assert target.read_bytes() == before


def test_a_placeholder_address_is_told(course, capsys):
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/OWNER/nn"\n')
    path = write_lesson(course, "# T\n")
    build.write(
        build.make_notebook("02_made_up", build.read_lesson(path), "neutral"), course / "notebooks/02_made_up.ipynb"
    )
    build.main(["--stamp"])
    assert "The repository has no address yet: OWNER stands in pyproject.toml" in capsys.readouterr().out


# The setup cell -------------------------------------------------------------------------------------------------------


def run_setup(folder, **environment):
    """Run the setup cell as plain Python in `folder`: (exit status, what it printed, its errors)."""
    folder.mkdir(parents=True, exist_ok=True)
    code = build._setup("02_made_up", "pytorch") + "\nprint(os.path.relpath(course), check is print)"
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


def test_without_an_address_the_setup_cell_says_so(course, tmp_path):
    (course / "pyproject.toml").write_text('[tool.course]\nrepository = "https://github.com/OWNER/nn"\n')
    environment = {"PATH": str(tmp_path)}
    status, _, errors = run_setup(tmp_path / "alone", **environment)
    assert status == 1
    assert errors == (
        "This copy of the course has no address to fetch from yet: put this notebook into the course's folder."
    )
