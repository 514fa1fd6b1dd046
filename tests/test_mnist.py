"""utils.mnist: whatever a mirror, the disk or a kill does, it ends in the right arrays or in one clear sentence."""

import contextlib
import errno
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from utils import mnist as module
from utils.mnist import FILES, MnistError, Source, mnist, read_idx

pytest.importorskip("pooch")
pytest.importorskip("requests")  # imported before any clock runs: the first import takes a while

ROOT = Path(__file__).resolve().parent.parent
GENUINE = ROOT.parent / "shared" / "mnist"


def idx(array):
    """An array as gzipped IDX."""
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
    return gzip.compress(header + array.astype(np.uint8).tobytes(), mtime=0)


def source(name, array):
    content = idx(array)
    return Source(name, array.shape, len(content), hashlib.sha256(content).hexdigest())


IMAGES = np.random.default_rng(0).integers(0, 256, (40, 28, 28))
LABELS = np.arange(40) % 10
SMALL = {"test": (source("images.gz", IMAGES), source("labels.gz", LABELS))}


class Mirror(BaseHTTPRequestHandler):
    """Serves server.files; the first folder of the address names how it behaves: /good/images.gz, /hang/images.gz."""

    def log_message(self, *words):
        pass

    def do_GET(self):
        _, behaviour, name = self.path.split("/", 2)
        self.server.asked.append((behaviour, name))
        with contextlib.suppress(OSError):  # the client has given up
            getattr(self, behaviour)(self.server.files[name])

    def answer(self, content, length=None, status=200, **headers):
        self.send_response(status)
        for key, value in {"Content-Length": len(content) if length is None else length, **headers}.items():
            self.send_header(key, str(value))
        self.end_headers()
        self.wfile.write(content)

    def drip(self, content):
        """Bytes one by one, for ever: no single read is ever late."""
        while not self.server.over.wait(0.05):
            self.wfile.write(content[:1])

    def good(self, content):
        self.answer(content)

    def without_length(self, content):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def redirect(self, content):
        self.answer(b"", status=302, Location=self.path.replace("redirect", "good"))

    def missing(self, content):
        self.send_error(404)

    def hang(self, content):
        self.server.over.wait(60)

    def hang_half_way(self, content):
        self.answer(content[: len(content) // 2], len(content))
        self.server.half_way.set()
        self.server.over.wait(60)

    def slow_drip(self, content):
        self.answer(b"", len(content))
        self.drip(content)

    def slow_header(self, content):
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Header: ")
        self.drip(b"x")

    def cut_off(self, content):
        self.answer(content[:-100], len(content))

    def cut_off_unseen(self, content):
        self.answer(content[:-100])

    def wrong_byte(self, content):
        self.answer(content[:-1] + bytes([content[-1] ^ 1]))

    def page(self, content):
        self.answer(b"\n<!DOCTYPE html>\n<title>Log in to this network</title>")

    def endless(self, content):
        self.send_response(200)
        self.end_headers()
        for _ in range(1000):  # that is long enough for us
            self.wfile.write(bytes(2**16))

    def elsewhere(self, content):
        self.answer(b"", status=302, Location="file:///etc/hostname")

    def no_http(self, content):
        self.wfile.write(b"220 ftp ready\r\n")

    def together(self, content):
        """Answers only once two clients ask for the same file."""
        self.server.pair.wait(20)
        self.answer(content)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        server.files = {"images.gz": idx(IMAGES), "labels.gz": idx(LABELS)}
        server.asked, server.pair = [], threading.Barrier(2)
        server.over, server.half_way = threading.Event(), threading.Event()
        server.mirrors = lambda *behaviours: [f"http://127.0.0.1:{server.server_port}/{name}/" for name in behaviours]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


@pytest.fixture
def small(monkeypatch, server):
    """A set of 40 made-up digits in the place of MNIST; gives the server that offers it."""
    monkeypatch.setattr(module, "FILES", SMALL)
    monkeypatch.setattr(module, "SLOWEST", 1_000)  # the images may take half a minute, whatever else this machine does
    return server


@pytest.fixture
def tmpfs(tmp_path):
    """Mount a small file system; only root can, on Linux."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def mount(options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("a tmpfs cannot be mounted here")
        return folder

    yield mount
    if os.path.ismount(folder):
        subprocess.run(["umount", str(folder)], check=True)


def load(folder, mirrors=(), progress=False):
    return mnist("test", folder, mirrors, progress)


def assert_right(part):
    assert part.features.shape == (40, 784) and part.features.dtype == np.float32
    assert np.array_equal(part.features, IMAGES.reshape(40, 784))
    assert part.labels.dtype == np.int64 and np.array_equal(part.labels, LABELS)


def refusal(folder, mirrors=()):
    """The sentence that `load` ends in."""
    with pytest.raises(MnistError) as raised:
        load(folder, mirrors)
    sentence = str(raised.value)
    assert re.fullmatch(r"[^\n]{20,400}[a-z.]\.", sentence) and ". " not in sentence, sentence
    return sentence


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def child(server, folder, behaviour):
    """Start a process of its own that loads the small set."""
    code = f"""
import json, signal, sys
from utils import mnist
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background process ignores it, and hands that on
mnist.FILES = {{"test": [mnist.Source(n, tuple(s), *rest) for n, s, *rest in json.loads(sys.argv[1])]}}
mnist.SLOWEST = 1_000
part = mnist.mnist("test", {str(folder)!r}, {server.mirrors(behaviour)!r}, progress=False)
print(int(part.features.sum()), int(part.labels.sum()))
"""
    command = [sys.executable, "-c", code, json.dumps(SMALL["test"])]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


# --- What goes well ---


@pytest.mark.parametrize("behaviour", ["good", "without_length", "redirect"])
def test_first_call_downloads_and_later_calls_read(small, tmp_path, behaviour):
    folder = tmp_path / "new" / "cache"
    assert_right(load(folder, small.mirrors(behaviour)))
    assert names(folder) == ["images.gz", "labels.gz"]
    asked = len(small.asked)
    assert_right(load(folder, small.mirrors(behaviour)))
    assert len(small.asked) == asked


def test_only_the_missing_file_is_downloaded(small, tmp_path):
    (tmp_path / "labels.gz").write_bytes(small.files["labels.gz"])
    assert_right(load(tmp_path, small.mirrors("good")))
    assert small.asked == [("good", "images.gz")]


def test_bar_names_the_file_and_can_be_left_out(small, tmp_path, capsys):
    load(tmp_path / "a", small.mirrors("good"), progress=True)
    assert "images.gz" in capsys.readouterr().err
    load(tmp_path / "b", small.mirrors("good"), progress=False)
    assert capsys.readouterr() == ("", "")


def test_genuine_test_part(server, tmp_path):
    files = [GENUINE / source.name for source in FILES["test"]]
    if not all(file.exists() for file in files):
        pytest.skip("the genuine MNIST files are not in ../shared/mnist")
    server.files = {file.name: file.read_bytes() for file in files}
    features, labels = mnist("test", tmp_path, server.mirrors("cut_off", "good"), progress=False)
    assert features.shape == (10_000, 784) and (features.min(), features.max()) == (0, 255)
    assert list(np.bincount(labels)) == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
    ink = features.reshape(-1, 28, 28).mean(axis=(0, 2))
    assert ink[14] > 50 and ink[0] < 1  # upright images, written in the middle
    assert labels[0] == 7 and features[0].reshape(28, 28)[8, 7:20].min() > 0  # the bar of the first 7


def test_genuine_training_labels():
    file = GENUINE / FILES["train"][1].name
    if not file.exists():
        pytest.skip("the genuine MNIST files are not in ../shared/mnist")
    content = file.read_bytes()
    assert (len(content), hashlib.sha256(content).hexdigest()) == FILES["train"][1][2:]
    counts = np.bincount(read_idx(content, (60_000,)))
    assert list(counts) == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]


def test_datasheet_is_true():
    sheet = (ROOT / "data/README.md").read_text(encoding="utf-8").split("### mnist\n")[1]
    rows = re.findall(r"\| `(\S+\.gz)` \| (\d+) \| `([0-9a-f]{64})`", sheet)
    assert rows == [(s.name, str(s.size), s.sha256) for part in ("train", "test") for s in FILES[part]]
    assert re.findall(r"<(https://\S+)>", sheet) == list(module.MIRRORS)
    assert module.FOLDER == ROOT / "data/cache/mnist" and "`data/cache/mnist/`" in sheet
    assert "train 60000 samples, test 10000 samples, 784 columns" in sheet


def test_import_downloads_nothing_and_brings_no_downloader():
    code = (
        "import sys, utils.mnist; print(*({'pooch', 'tqdm', 'requests', 'torch', 'tensorflow'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


# --- Mirrors that fail ---

FAULTS = {
    "missing": "answered 404 Not Found",
    "cut_off": "failed with ChunkedEncodingError",
    "cut_off_unseen": "sent something else",
    "wrong_byte": "sent something else",
    "page": "sent something else, such as a page to log in",
    "endless": "sent something else",
    "elsewhere": "failed with InvalidSchema",
    "no_http": "failed with ConnectionError",
}


@pytest.mark.parametrize("behaviour", FAULTS)
def test_a_bad_mirror_ends_in_a_sentence_or_in_the_next_mirror(small, tmp_path, behaviour):
    sentence = refusal(tmp_path, small.mirrors(behaviour))
    assert re.search(rf"images.gz could not be downloaded \(127.0.0.1:\d+: {FAULTS[behaviour]}", sentence), sentence
    assert "check your connection" in sentence and str(tmp_path) in sentence
    assert names(tmp_path) == []
    assert_right(load(tmp_path, small.mirrors(behaviour, "good")))
    assert names(tmp_path) == ["images.gz", "labels.gz"]


@pytest.mark.parametrize("behaviour", ["hang", "hang_half_way"])
def test_a_mirror_that_stops_is_left_for_the_next(small, tmp_path, monkeypatch, behaviour):
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    assert re.search("failed with (ReadTimeout|ConnectionError)", refusal(tmp_path, small.mirrors(behaviour)))
    monkeypatch.setattr(module, "PATIENCE", 2)  # the good one may be slow too
    assert_right(load(tmp_path, small.mirrors(behaviour, "good")))
    assert names(tmp_path) == ["images.gz", "labels.gz"]


@pytest.mark.parametrize("behaviour", ["slow_drip", "slow_header"])
def test_a_mirror_that_never_stops_dripping_is_given_up(small, tmp_path, monkeypatch, behaviour):
    monkeypatch.setattr(module, "SLOWEST", 1_000_000)
    monkeypatch.setattr(module, "PATIENCE", 0.5)
    assert "too slow, not done in 0.531 s" in refusal(tmp_path, small.mirrors(behaviour))
    assert not (tmp_path / "images.gz").exists()


def test_a_thread_left_behind_does_not_keep_python_from_ending(server, tmp_path):
    code = """
import sys, time
from utils import mnist
mnist.PATIENCE, mnist.SLOWEST = 0.5, 10**9
mnist.mnist("test", sys.argv[1], sys.argv[2:], progress=False)
"""
    server.files = dict.fromkeys((source.name for source in FILES["test"]), b"x")
    command = [sys.executable, "-c", code, str(tmp_path), *server.mirrors("slow_header")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert "MnistError: t10k-images-idx3-ubyte.gz could not be downloaded" in done.stderr


def test_no_server_at_all(small, tmp_path):
    closed, unknown = "http://127.0.0.1:9/", "http://mirror.invalid/mnist"
    sentence = refusal(tmp_path, [closed, unknown])
    assert "127.0.0.1:9: failed with ConnectionError; mirror.invalid: failed with ConnectionError" in sentence
    assert_right(load(tmp_path, [closed, unknown, *small.mirrors("good")]))
    assert "no mirror given" in refusal(tmp_path / "other", [])


def test_each_mirror_says_its_own(small, tmp_path):
    sentence = refusal(tmp_path, small.mirrors("missing", "page", "cut_off"))
    assert re.search(r"404 Not Found; \S+ sent something else[^;]+; \S+ failed with ChunkedEncodingError\)", sentence)


def test_missing_package(small, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    assert "pip install pooch" in refusal(tmp_path, small.mirrors("good"))


def test_unknown_part():
    with pytest.raises(ValueError, match=r'^part should be "train" or "test", not \'validation\'\.$'):
        mnist("validation")


# --- The cache ---


@pytest.mark.parametrize("damage", ["truncated", "empty", "too long", "other bytes"])
def test_a_damaged_file_is_reported_and_kept(small, tmp_path, damage):
    file, good = tmp_path / "images.gz", small.files["images.gz"]
    bad = {"truncated": good[:1000], "empty": b"", "too long": good + b"x", "other bytes": b"<html>" + good[6:]}[damage]
    file.write_bytes(bad)
    sentence = refusal(tmp_path, small.mirrors("good"))
    assert f"{file} is damaged" in sentence and "delete or rename it" in sentence
    assert file.read_bytes() == bad and small.asked == []
    file.rename(tmp_path / "images.bad")  # what the sentence tells
    assert_right(load(tmp_path, small.mirrors("good")))
    assert (tmp_path / "images.bad").read_bytes() == bad


def test_a_folder_in_the_place_of_a_file(small, tmp_path):
    (tmp_path / "images.gz").mkdir()
    assert "images.gz cannot be read or kept in" in refusal(tmp_path, small.mirrors("good"))


def test_a_cache_below_a_file(small, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    sentence = refusal(tmp_path / "file" / "cache", small.mirrors("good"))
    assert "cannot be read or kept in" in sentence and "another folder=" in sentence and small.asked == []


def test_a_read_only_cache(small, tmpfs):
    folder = tmpfs("size=1m")
    (folder / "images.gz").write_bytes(small.files["images.gz"])
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    assert "labels.gz cannot be read or kept in" in refusal(folder, small.mirrors("good"))
    assert small.asked == []  # told before the download
    subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)
    (folder / "labels.gz").write_bytes(small.files["labels.gz"])
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    assert_right(load(folder))  # reading needs no right to write


def test_a_full_disk(small, tmpfs):
    folder = tmpfs("size=16k")  # the images need 32 kB
    assert "No space left on device" in refusal(folder, small.mirrors("good"))
    assert names(folder) == []
    subprocess.run(["mount", "-o", "remount,size=1m", str(folder)], check=True)
    assert_right(load(folder, small.mirrors("good")))


def test_a_disk_that_fills_while_writing(small, tmp_path, monkeypatch):
    class Full(io.FileIO):
        def write(self, content):
            super().write(content[:100])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module, "open", lambda path, mode: Full(path, mode), raising=False)
    assert "(No space left on device): make room there" in refusal(tmp_path, small.mirrors("good"))
    assert names(tmp_path) == [] and {behaviour for behaviour, _ in small.asked} == {"good"}


@pytest.mark.slow  # its time limits need a machine that is not busy
def test_two_processes_at_once(small, tmp_path):
    both = [child(small, tmp_path, "together") for _ in range(2)]
    for process in both:
        output, errors = process.communicate(timeout=30)
        assert (output.split(), errors) == ([str(IMAGES.sum()), str(LABELS.sum())], "")
    assert names(tmp_path) == ["images.gz", "labels.gz"] and len(small.asked) == 4
    assert_right(load(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="signals between processes are needed")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGINT"])
def test_a_process_stopped_in_mid_download_leaves_nothing_that_is_trusted(small, tmp_path, name):
    process = child(small, tmp_path, "hang_half_way")
    assert small.half_way.wait(60)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=60)
    assert process.returncode == -getattr(signal, name) and not (tmp_path / "images.gz").exists()
    assert_right(load(tmp_path, small.mirrors("good")))


# --- IDX ---

GOOD = bytes([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3]) + bytes(range(6))


def test_read_idx():
    array = read_idx(gzip.compress(GOOD), (2, 3))
    assert array.dtype == np.uint8 and array.tolist() == [[0, 1, 2], [3, 4, 5]]


def flip(position, value):
    return gzip.compress(GOOD[:position] + bytes([value]) + GOOD[position + 1 :])


BAD_IDX = {
    "first byte": (flip(0, 1), "should start with"),
    "type": (flip(2, 0x0D), "should start with"),
    "number of dimensions": (flip(3, 3), "should start with"),
    "first dimension": (flip(7, 3), "should start with"),
    "huge dimension": (flip(8, 255), "should start with"),
    "a byte short": (gzip.compress(GOOD[:-1]), "too short"),
    "header only": (gzip.compress(GOOD[:12]), "too short"),
    "half a header": (gzip.compress(GOOD[:6]), "should start with"),
    "nothing in gzip": (gzip.compress(b""), "starts with nothing"),
    "a byte too long": (gzip.compress(GOOD + b"x"), "too long"),
    "byte after gzip": (gzip.compress(GOOD) + b"x", "too long"),
    "second gzip": (gzip.compress(GOOD) + gzip.compress(b"x"), "too long"),
    "gzip cut in its checksum": (gzip.compress(GOOD)[:-5], "too short"),
    "gzip cut in its data": (gzip.compress(GOOD)[:-10], "too short|starts with"),
    "gzip with wrong checksum": (gzip.compress(GOOD)[:-8] + bytes(8), "not proper gzip"),
    "not packed": (GOOD, "not proper gzip"),
    "web page": (b"<!DOCTYPE html>", "not proper gzip"),
    "nothing": (b"", "starts with nothing"),
}


@pytest.mark.parametrize("name", BAD_IDX)
def test_read_idx_refuses(name):
    content, words = BAD_IDX[name]
    with pytest.raises(MnistError, match=words) as raised:
        read_idx(content, (2, 3))
    assert "\n" not in str(raised.value) and str(raised.value).endswith(".")


def test_a_gzip_bomb_is_not_unpacked():
    bomb = gzip.compress(GOOD + bytes(50_000_000), compresslevel=1)
    tracemalloc.start()
    with pytest.raises(MnistError, match="too long"):
        read_idx(bomb, (2, 3))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000
