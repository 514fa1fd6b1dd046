"""Safe to open: no data runs as code, HTML is escaped, Jupyter asks for its token, and the workflow may only read."""

import ast
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbconvert
import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_notebook, new_output

from utils import plotting

COURSE = Path(__file__).resolve().parent.parent
SCRIPT = '"><script>alert(1)</script>'

# Code from data -------------------------------------------------------------------------------------------------------

FORBIDDEN_MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load", "pickle.load"}

# Each exception with its reason; one that is no longer needed fails the test.
ALLOWED = {
    ("utils/nearly.py", "exec"): "runs a learner's own function with one small change",
    ("utils/nearly.py", "compile"): "the same",
    ("utils/ladder.py", "exec"): "runs lines of tasks in the order that the learner gives, and what fills their gaps",
    ("utils/ladder.py", "compile"): "the same, and asks whether lines in some order are Python at all",
    ("utils/cases.py", "exec"): "runs the loops of tasks/gym.toml, with the line that the learner types",
    ("utils/cases.py", "compile"): "the same",
    ("tools/grading/inside.py", "exec"): "runs a learner's notebook, inside the sandbox",
    ("tools/grading/inside.py", "compile"): "the same, cell by cell",
    ("tools/grading/values.py", "pickle"): "reads a network of the grader's own in the sandbox; the grader reads none",
    ("tools/adversary_05.py", "exec"): "runs the cells of a lesson of this repository",
    ("tools/adversary_05.py", "compile"): "the same, with the lesson's name for error messages",
    ("tools/fillings.py", "exec"): "runs the answers that the start page offers, which stand in that file",
    ("tools/stories.py", "exec"): "runs the lines of code that the website steps through, which stand in that file",
    ("tools/stories.py", "eval"): "the same, for the values between them",
    ("tools/errors.py", "exec"): "makes the errors that the website explains, by code that stands in that file",
    ("tools/accuracy_04.py", "exec"): "runs the cells of a lesson of this repository",
    ("tools/accuracy_04.py", "compile"): "the same, with the lesson's name for error messages",
}


def sources():
    """{name: source} of every Python file that a learner or a maintainer runs, and of each notebook's code."""
    folders = [COURSE / name for name in ("utils", "tasks", "tools", "scale", "site")]
    found = {path: path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py")}
    for path in (COURSE / "notebooks").rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        found[path] = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    return {path.relative_to(COURSE).as_posix(): text for path, text in found.items()}


def dangers(source):
    """What in a program could run data as code: modules, calls, a shell, a checkpoint that may hold objects."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ({alias.name.partition(".")[0] for alias in node.names} & FORBIDDEN_MODULES)
        elif isinstance(node, ast.ImportFrom):
            yield from {(node.module or "").partition(".")[0]} & FORBIDDEN_MODULES
        elif isinstance(node, ast.Call):
            yield from _dangerous_call(node)


def _dangerous_call(node):
    name = ast.unparse(node.func)
    named = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
    if name in FORBIDDEN_CALLS:
        yield name
    if named.get("shell", "False") != "False" or name == "get_ipython().system":
        yield "a shell"
    if name.startswith("subprocess.") and node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr):
        yield "a command in one string"
    if named.get("allow_pickle", "False") != "False" or named.get("safe_mode", "True") != "True":
        yield "stored objects"
    if name == "torch.load" and named.get("weights_only") != "True":
        yield "torch.load without weights_only=True"


def test_nothing_runs_data_as_code():
    found = {(name, danger) for name, source in sources().items() for danger in dangers(source)}
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "danger"),
    [
        ("import pickle", "pickle"),
        ("from joblib import load", "joblib"),
        ("eval(text)", "eval"),
        ("subprocess.run(command, shell=True)", "a shell"),
        ("subprocess.run(f'rm {name}')", "a command in one string"),
        ("np.load(path, allow_pickle=True)", "stored objects"),
        ("keras.models.load_model(path, safe_mode=False)", "stored objects"),
        ("torch.load(path)", "torch.load without weights_only=True"),
    ],
)
def test_a_danger_is_found(source, danger):
    assert list(dangers(source)) == [danger]


def test_harmless_code_is_no_danger():
    source = "model.eval(); subprocess.run([a, b]); torch.load(path, weights_only=True); np.load(path); re.compile(a)"
    assert list(dangers(source)) == []


# HTML -----------------------------------------------------------------------------------------------------------------


def test_what_a_learner_types_is_text_in_the_page():
    """A figure's sentence and printed text, as nbconvert (and the web page) shows them."""
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 2])
    data, metadata = plotting._picture(figure, SCRIPT)
    plt.close(figure)
    outputs = [
        new_output("display_data", data=data, metadata=metadata),
        new_output("stream", name="stdout", text=f"your result is {SCRIPT}\n"),
        new_output("execute_result", data={"text/plain": SCRIPT}, execution_count=1),
    ]
    page, _ = nbconvert.HTMLExporter().from_notebook_node(new_notebook(cells=[new_code_cell("1", outputs=outputs)]))
    assert "alert(1)" in page
    assert SCRIPT not in page


@pytest.mark.parametrize("path", sorted((COURSE / "utils").glob("*.py")), ids=lambda path: path.name)
def test_a_module_that_makes_html_escapes_what_it_puts_in(path):
    source = path.read_text(encoding="utf-8")
    if "text/html" in source or "<html" in source or "HTML(" in source:
        filled_in = re.search(r"""f['"]{1,3}[^'"]*<\w|\.format\(|\.substitute\(|\.replace\(|% \(""", source)
        assert not filled_in or "escape(" in source, "put values into HTML with html.escape"


def test_the_playground_asks_for_nothing_from_outside():
    for page in (COURSE / "site" / "playground").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(
            r"""(?:src|href)=["']?(?:https?:)?//|\bfetch\(|XMLHttpRequest|\beval\(|new Function""", text
        )


def test_no_notebook_was_saved_with_html_from_elsewhere(notebook):
    """HTML in outputs comes from the playground's file or from pandas-like tables, never with a source outside."""
    for cell in nbformat.read(notebook, as_version=4).cells:
        for output in cell.get("outputs", []):
            html = output.get("data", {}).get("text/html", "")
            assert not re.search(r"""<(?:script|iframe|img|link)[^>]+(?:src|href)=["']?(?:https?:)?//""", html)


# Jupyter --------------------------------------------------------------------------------------------------------------


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def server(tmp_path, monkeypatch):
    """JupyterLab as `make lab` starts it, in an empty course; returns its port."""
    (tmp_path / "tools").mkdir()
    for name in ("work.py", "install.py"):
        shutil.copy(COURSE / "tools" / name, tmp_path / "tools")
    monkeypatch.syspath_prepend(tmp_path / "tools")
    monkeypatch.delitem(sys.modules, "install", raising=False)
    spec = importlib.util.spec_from_file_location("work_for_real", tmp_path / "tools" / "work.py")
    work = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(work)
    sys.modules.pop("install", None)
    work.WORK.mkdir()
    port = free_port()
    folders = {f"JUPYTER_{kind}_DIR": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "RUNTIME")}
    command = work.jupyter_command(["--no-browser", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"])
    process = subprocess.Popen(
        command, env=os.environ | folders | {"JUPYTER_TOKEN": "secret"}, stderr=subprocess.DEVNULL
    )
    try:
        yield port
    finally:
        process.terminate()
        process.wait(timeout=120)


def status(port, query="", host="127.0.0.1"):
    """The HTTP status of the list of files; 0 while nobody answers there."""
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/api/contents{query}", timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def test_jupyter_answers_on_this_machine_only_and_wants_its_token(server):
    deadline = time.monotonic() + 300  # on a machine that is busy with other work
    while not (without := status(server)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert without == 403
    assert status(server, "?token=secret") == 200
    assert status(server, "?token=guess") == 403
    others = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    assert [address for address in others if not address.startswith("127.") and status(server, host=address)] == []


# The workflow ---------------------------------------------------------------------------------------------------------

WORKFLOWS = sorted((COURSE / ".github" / "workflows").glob("*.yml"))
FOR_PAGES = {"pages": "write", "id-token": "write"}  # what publishing the web page needs, in its own job only


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_the_least_permissions(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"].items() <= {"contents": "read"}.items()
    for job in workflow["jobs"].values():
        more = {name: level for name, level in job.get("permissions", {}).items() if level != "read"}
        alone = not any("uses" in step for step in job["steps"])  # no code of the course, no package
        assert more.items() <= FOR_PAGES.items() or (alone and more == {"issues": "write"})
    assert "pull_request_target" not in workflow[True]  # YAML reads the key `on` as true


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_uses_github_s_own_actions_and_puts_no_event_into_a_shell(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    for step in (step for job in workflow["jobs"].values() for step in job["steps"]):
        assert step.get("uses", "actions/").startswith("actions/")
        assert not re.search(r"\$\{\{\s*(github\.event|github\.head_ref|secrets)", step.get("run", ""))
