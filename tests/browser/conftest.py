"""A real Chromium and a real JupyterLab for the tests of this folder; run them by `make test-browser`.

The browser is the system's own: nothing is ever downloaded. What the tests leave goes to tests/browser/screenshots.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOTS = ROOT / "tests" / "browser" / "screenshots"
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

NAMES = ("chromium", "chromium-browser", "google-chrome")
# No sandbox and no GPU, as in a container; and no traffic of the browser's own.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
FLAGS += ("--disable-component-update", "--disable-sync")
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"  # the one picture that a notebook has from elsewhere
HARMLESS = re.compile(r"favicon|Failed to load resource|ResizeObserver loop")  # of JupyterLab's own, not of the course


def find_chromium():
    """Return the path of the system's Chromium, or end the run with one sentence."""
    found = os.environ.get("CHROME") or next(filter(None, map(shutil.which, NAMES)), None)
    if found and shutil.which(found):
        return found
    if found:
        pytest.exit(f"CHROME={found} cannot be run: name an installed Chromium or Chrome.", returncode=1)
    pytest.exit(
        "No Chromium was found: install it (on Debian or Ubuntu: sudo apt install chromium) or name yours, as in "
        "`make test-browser CHROME=/path/to/chrome`.",
        returncode=1,
    )


def pytest_configure():
    """Say it once, before any worker starts, when there is no browser."""
    find_chromium()


@pytest.fixture(scope="session")
def chromium():
    """Return a running Chromium."""
    path = find_chromium()
    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Watched:
    """Opens pages and notes what must not happen on them: errors in the console, requests to the outside."""

    def __init__(self, chromium):
        self.chromium, self.contexts, self.complaints = chromium, [], []

    def open(self, width=1100, height=900, **options):
        context = self.chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(30_000)
        self.contexts.append(context)
        context.route(BADGE, lambda route: route.abort())
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", self._hear)
        page.on("request", self._see)
        return page

    def _hear(self, message):
        if message.type == "error" and not HARMLESS.search(message.text):
            self.complaints.append(f"console: {message.text}")

    def _see(self, request):
        if request.url != BADGE and not re.match(r"(http://127\.0\.0\.1[:/]|data:|blob:|about:)", request.url):
            self.complaints.append(f"request: {request.url}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def watched(chromium):
    """Return an opener of pages; the test fails when one of them complained."""
    opener = Watched(chromium)
    yield opener
    opener.close()
    assert opener.complaints == []


@pytest.fixture(scope="session")
def lab():
    """Start JupyterLab as `make lab` does, on fresh copies of the notebooks; returns where it is."""
    SCREENSHOTS.mkdir(exist_ok=True)
    # Inside the repository, because a notebook looks for the course in its parent folders.
    with tempfile.TemporaryDirectory(dir=SCREENSHOTS, prefix="lab_", ignore_cleanup_errors=True) as folder:
        started = Lab(Path(folder))
        yield started
        started.stop()


class Lab:
    """A JupyterLab of its own: another work folder, other settings and another port than the learner's."""

    TOKEN = "browser-tests"

    def __init__(self, folder):
        import work as tool

        self.work, self.port = folder / "work", free_port()
        self.work.mkdir()
        tool.WORK, tool.SHIPPED = self.work, self.work / ".shipped.json"
        self.notebooks = tool.shipped_notebooks("both")
        tool.copy_missing(self.notebooks)
        own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR")
        own += ("JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
        environment = os.environ | {name: str(folder / name.lower()) for name in own}
        arguments = ["--no-browser", f"--port={self.port}", "--ServerApp.port_retries=0"]
        arguments += [f"--IdentityProvider.token={self.TOKEN}", "--LabApp.news_url=None"]
        arguments += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
        worker = os.environ.get("PYTEST_XDIST_WORKER", "only")
        self.log = open(SCREENSHOTS / f"jupyterlab_{worker}.log", "w")  # noqa: SIM115 (closed by stop)
        command = tool.jupyter_command(arguments)
        self.process = subprocess.Popen(command, env=environment, stdout=self.log, stderr=subprocess.STDOUT)
        self._wait()

    def _wait(self):
        for _ in range(240):
            try:
                return self.ask("GET", "api/status")
            except (urllib.error.URLError, ConnectionError):
                assert self.process.poll() is None, f"JupyterLab ended: see {self.log.name}"
                time.sleep(0.25)
        raise AssertionError(f"JupyterLab did not start within a minute: see {self.log.name}")

    def ask(self, method, path):
        """Ask the server's REST interface; returns the answer's bytes."""
        headers = {"Authorization": f"token {self.TOKEN}"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/{path}", method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def address(self, name):
        return f"http://127.0.0.1:{self.port}/lab/tree/{name}?token={self.TOKEN}&reset"

    def stop(self):
        self.process.terminate()  # it ends its kernels too
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.log.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
