"""MNIST, downloaded only when asked for: 70,000 handwritten digits of 28x28 pixels. No framework is imported here.

    from utils.mnist import mnist
    features, labels = mnist("test")

The first call downloads two files with pooch and keeps them in data/cache/mnist/; later calls only read them. A file
counts only if its SHA-256 is right, and stands in the cache complete or not at all. data/README.md describes the set.
"""

import errno
import hashlib
import io
import math
import os
import secrets
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import numpy as np

from utils.data import Part

FOLDER = Path(__file__).resolve().parent.parent / "data" / "cache" / "mnist"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
PATIENCE = 15.0  # seconds; each such stretch of a download must bring PATIENCE * SLOWEST bytes, or the mirror is left
SLOWEST = 10_000  # bytes a second, so that the largest file takes 17 minutes at most


class Source(NamedTuple):
    """One published file: what its unpacked array looks like, how many bytes the packed file has, and its SHA-256."""

    name: str
    shape: tuple[int, ...]
    size: int
    sha256: str


FILES = {
    "train": (
        Source(
            "train-images-idx3-ubyte.gz",
            (60_000, 28, 28),
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
        ),
        Source(
            "train-labels-idx1-ubyte.gz",
            (60_000,),
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
        ),
    ),
    "test": (
        Source(
            "t10k-images-idx3-ubyte.gz",
            (10_000, 28, 28),
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
        ),
        Source(
            "t10k-labels-idx1-ubyte.gz",
            (10_000,),
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
        ),
    ),
}


class MnistError(RuntimeError):
    """MNIST cannot be had just now; the message is one sentence that says why and what to do."""


def mnist(
    part: str = "train",
    folder: str | Path | None = None,
    mirrors: Sequence[str] = MIRRORS,
    patience: float = PATIENCE,
    progress: bool = True,
) -> Part:
    """60,000 ("train") or 10,000 ("test") handwritten digits: 784 pixels, the flattened 28x28 image, row by row.

    The features are float32 of shape (samples, 784), 188 MB for "train" and 31 MB for "test": grey levels from 0
    (blank) to 255 (full ink), so that features / 255 lie from 0 to 1. The labels are int64 of shape (samples,): class k
    is the digit k.

    What is not in `folder` (by default data/cache/mnist/) is downloaded, with a bar if `progress`, from the first
    mirror that delivers it. A mirror that brings less than 10 kB a second over `patience` seconds is left for the next.

    Raises MnistError when no mirror delivers, `folder` cannot be written, or a file there is damaged (it is never
    replaced for you); ValueError for any other `part`. Source: Y. LeCun, C. Cortes and C. J. C. Burges.
    """
    if part not in FILES:
        raise ValueError(f'part should be "train" or "test", not {part!r}.')
    folder = FOLDER if folder is None else Path(folder)
    contents = [_content(source, folder, mirrors, patience, progress) for source in FILES[part]]
    images, labels = (read_idx(content, source.shape) for content, source in zip(contents, FILES[part], strict=True))
    return Part(images.reshape(len(images), -1).astype(np.float32), labels.astype(np.int64))


def read_idx(content: bytes, shape: tuple[int, ...]) -> np.ndarray:
    """Unpack a gzipped IDX file of unsigned bytes into a read-only uint8 array of exactly this shape.

    IDX is a header of big-endian 4-byte numbers, then the values row by row: two zero bytes, a byte for the type
    (8: unsigned byte), a byte for the number of dimensions, then each dimension. Never unpacks more than `shape`
    needs, so a small file cannot fill the memory. Raises MnistError where header, length or packing is another.
    """
    header = bytes([0, 0, 8, len(shape)]) + b"".join(length.to_bytes(4, "big") for length in shape)
    size = len(header) + math.prod(shape)
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)  # 16: with gzip's header, and its checksum at the end
    try:
        unpacked = unpacker.decompress(content, size + 1)  # the byte too many tells that there is more
    except zlib.error as error:
        raise MnistError(f"The IDX file is not proper gzip ({error}): get a fresh copy.") from error
    if unpacked[: len(header)] != header:
        found = unpacked[: len(header)].hex() or "nothing"
        raise MnistError(f"The IDX file should start with {header.hex()} for shape {shape}, but starts with {found}.")
    if len(unpacked) != size or not unpacker.eof or unpacker.unused_data:
        problem = "too long" if len(unpacked) > size or unpacker.unused_data else "too short"
        raise MnistError(f"The IDX file of shape {shape} is {problem}: get a fresh copy.")
    return np.frombuffer(unpacked, np.uint8, offset=len(header)).reshape(shape)


def _content(source: Source, folder: Path, mirrors: Sequence[str], patience: float, progress: bool) -> bytes:
    """The packed file's bytes, checked: from the folder, or downloaded and then kept there."""
    content = _from_cache(source, folder)
    if content is None:
        with _writing(source, folder):  # known before the learner waits for the download
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        content = _download(source, folder, mirrors, patience, progress)
        with _writing(source, folder):
            _into_cache(content, source, folder)
    return content


@contextmanager
def _writing(source: Source, folder: Path) -> Iterator[None]:
    """Turn whatever the disk refuses into one sentence."""
    try:
        yield
    except OSError as error:
        raise MnistError(
            f"{source.name} cannot be kept in {folder} ({error.strerror}): "
            "make room there and make it writable, or pass another folder=..., and run this again."
        ) from error


def _from_cache(source: Source, folder: Path) -> bytes | None:
    """The file's bytes, or None where there is no such file. Read once, so that what is checked is what is used."""
    path = folder / source.name
    try:
        with open(path, "rb") as file:
            content = file.read(source.size + 1)  # one byte more is wrong already
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise MnistError(f"{path} cannot be read ({error.strerror}): make it readable, or rename it.") from error
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise MnistError(f"{path} is damaged (wrong checksum): delete or rename it, and run this again.")
    return content


def _into_cache(content: bytes, source: Source, folder: Path) -> None:
    """Keep the file: complete under its name, or not at all, whenever and by whatever this is ended.

    A killed process can leave a .part file, which nothing reads. Of two processes, the later one replaces the file by
    the same bytes.
    """
    temporary = folder / f"{source.name}.{secrets.token_hex(4)}.part"  # each process has its own
    try:
        with open(temporary, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # else a power cut could leave the name without the bytes
        os.replace(temporary, folder / source.name)  # atomic, for both are in the same folder
    except OSError:
        if _from_cache(source, folder) is None:  # on Windows, os.replace fails while another process reads the file
            raise
    finally:
        with suppress(OSError):  # after os.replace there is nothing to remove
            temporary.unlink()


def _download(source: Source, folder: Path, mirrors: Sequence[str], patience: float, progress: bool) -> bytes:
    """The file's bytes from the first mirror that sends them right."""
    said = []
    for mirror in mirrors:
        try:
            return _fetch(f"{mirror.rstrip('/')}/{source.name}", source, patience, progress)
        except _Fault as fault:
            said.append(f"{mirror.split('://')[-1].split('/')[0]}: {fault}")
    raise MnistError(
        f"{source.name} could not be downloaded ({'; '.join(said) or 'no mirror given'}): "
        f"check your connection and run this again, or put the file into {folder} yourself."
    )


class _Fault(Exception):
    """Why one mirror did not deliver, in a few words."""


class _Sink(io.BytesIO):
    """A file in memory for at most `limit` bytes; closed, it makes the thread that still writes to it give up."""

    def __init__(self, limit: int):
        super().__init__()
        self.limit = limit

    def write(self, chunk: bytes) -> int:
        if self.tell() + len(chunk) > self.limit:
            raise _Fault(f"sent more than the file's {self.limit:,} bytes")
        return super().write(chunk)


def _fetch(url: str, source: Source, patience: float, progress: bool) -> bytes:
    """The file's bytes from one mirror, checked; raises _Fault.

    A time limit on reads does not stop a server that sends a byte now and then, nor a name look-up that hangs. So the
    work is done in a thread, and given up, with its thread, when a stretch of `patience` seconds brought too little.
    """
    download, bar = _downloader(source, patience, progress)
    errors: list[Exception] = []

    def work() -> None:
        try:
            download(url, sink, None)
        except Exception as error:  # whatever happens here must be told, and ends in the next mirror
            errors.append(error)

    thread = threading.Thread(target=work, daemon=True)  # a daemon: when given up, it does not keep Python from ending
    with bar, _Sink(source.size) as sink:
        thread.start()
        while thread.is_alive():
            before = sink.tell()
            thread.join(patience)
            brought = sink.tell() - before
            if thread.is_alive() and brought < patience * SLOWEST:
                raise _Fault(f"too slow, {brought:,} bytes in {patience:g} s")
        content = sink.getvalue()
    if errors:
        raise _Fault(_words(errors[0])) from errors[0]
    if hashlib.sha256(content).hexdigest() != source.sha256:
        page = content.lstrip().startswith(b"<")
        raise _Fault("sent a web page, not the file" if page else f"sent {len(content):,} bytes with a wrong checksum")
    return content


def _downloader(source: Source, patience: float, progress: bool):
    """Pooch's downloader and its progress bar; both are imported here, as only a download needs them."""
    try:
        import pooch
        from tqdm.auto import tqdm
    except ImportError as error:
        raise MnistError("Downloading MNIST needs two packages: run  pip install pooch tqdm  and try again.") from error
    bar = tqdm(total=source.size, desc=source.name, unit="B", unit_scale=True, leave=False, disable=not progress)
    # This timeout only ends the thread, which has been given up by then.
    return pooch.HTTPDownloader(progressbar=bar, chunk_size=2**12, timeout=2 * patience), bar


def _words(error: Exception) -> str:
    """Say in a few words what a download met; the libraries' own messages run over several lines."""
    from requests import exceptions as of  # installed with pooch

    if isinstance(error, of.HTTPError):
        return f"answered {error.response.status_code} {error.response.reason}"
    kinds = {  # from the special to the general
        _Fault: str(error),
        of.TooManyRedirects: "redirects in circles",
        of.ChunkedEncodingError: "broke off",
        of.SSLError: "no secure connection",
        of.ConnectionError: "cannot be reached",
    }
    general = f"{type(error).__name__}, {' '.join(str(error).split())[:60]}"
    return next((words for kind, words in kinds.items() if isinstance(error, kind)), general)
