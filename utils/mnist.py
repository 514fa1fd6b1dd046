"""MNIST, downloaded only when asked for: 70,000 handwritten digits of 28x28 pixels. No framework is imported here.

    from utils.mnist import mnist
    features, labels = mnist("test")

The first call downloads two files with pooch and keeps them in data/cache/mnist/; later calls only read them. A file
counts only if its SHA-256 is right, and stands in the cache complete or not at all. data/README.md describes the set.
"""

import hashlib
import math
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from utils.data import Part

FOLDER = Path(__file__).resolve().parent.parent / "data" / "cache" / "mnist"
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
PATIENCE = 15.0  # seconds to wait for the next bytes of a mirror
SLOWEST = 20_000  # bytes a second below which a mirror is left: the largest file takes 9 minutes at most


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
    progress: bool = True,
) -> Part:
    """60,000 ("train") or 10,000 ("test") handwritten digits: 784 pixels, the flattened 28x28 image, row by row.

    The features are float32 of shape (samples, 784), 188 MB for "train" and 31 MB for "test": grey levels from 0
    (blank) to 255 (full ink), so that features / 255 lie from 0 to 1. The labels are int64 of shape (samples,): class k
    is the digit k.

    What is not in `folder` (by default data/cache/mnist/) is downloaded, with a bar if `progress`, from the first
    mirror that delivers it. One that stops for 15 seconds, or brings less than 20 kB a second, is left for the next.

    Raises MnistError when no mirror delivers, `folder` cannot be written, or a file there is damaged (it is never
    replaced for you); ValueError for any other `part`. Source: Y. LeCun, C. Cortes and C. J. C. Burges.
    """
    if part not in FILES:
        raise ValueError(f'part should be "train" or "test", not {part!r}.')
    folder = FOLDER if folder is None else Path(folder)
    contents = [_content(source, folder, mirrors, progress) for source in FILES[part]]
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


def _content(source: Source, folder: Path, mirrors: Sequence[str], progress: bool) -> bytes:
    """The packed file's bytes, checked: from the folder, or downloaded into it first."""
    path = folder / source.name
    try:
        if not path.exists():
            _download(source, folder, mirrors, progress)
        with open(path, "rb") as file:
            content = file.read(source.size + 1)  # one byte more is wrong already
    except OSError as error:
        raise MnistError(
            f"{source.name} cannot be read or kept in {folder} ({error.strerror or 'it cannot be written'}): "
            "make room there and make it writable, or pass another folder=..., and run this again."
        ) from error
    if hashlib.sha256(content).hexdigest() != source.sha256:
        raise MnistError(f"{path} is damaged (wrong checksum): delete or rename it, and run this again.")
    return content


def _download(source: Source, folder: Path, mirrors: Sequence[str], progress: bool) -> None:
    """Put the file into the folder, from the first mirror that sends it right; OSError where it cannot be kept."""
    said = []
    for mirror in mirrors:
        fault = _fetch(f"{mirror.rstrip('/')}/{source.name}", source, folder, progress)
        if fault is None:
            return
        said.append(f"{mirror.split('://')[-1].split('/')[0]}: {fault}")
    raise MnistError(
        f"{source.name} could not be downloaded ({'; '.join(said) or 'no mirror given'}): "
        f"check your connection and run this again, or put the file into {folder} yourself."
    )


def _fetch(url: str, source: Source, folder: Path, progress: bool) -> str | None:
    """Download the file from one mirror; returns in a few words why that failed, or None; OSError as in _download.

    The time limit of a read stops neither a server that sends a byte now and then nor a name look-up that hangs. So
    pooch works in a thread, and a thread that takes too long is left behind: it ends with Python at the latest, and all
    that it could still put into the folder is the right file.
    """
    try:
        import pooch  # all three here, as only a download needs them
        import requests
        from tqdm.auto import tqdm
    except ImportError as error:
        raise MnistError("Downloading MNIST needs two packages: run  pip install pooch tqdm  and try again.") from error
    errors: list[Exception] = []

    def download(url: str, part: str, _: object) -> None:
        with requests.get(url, stream=True, timeout=PATIENCE) as answer, open(part, "wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_content(2**14):
                file.write(chunk)
                bar.update(len(chunk))
                if file.tell() > source.size:
                    raise ValueError("a longer file")

    def work() -> None:
        try:
            pooch.retrieve(url, f"sha256:{source.sha256}", source.name, folder, downloader=download)
        except Exception as error:  # handed to whoever waits for the thread
            errors.append(error)

    pooch.get_logger().setLevel("WARNING")  # no line for each file
    limit = PATIENCE + source.size / SLOWEST
    thread = threading.Thread(target=work, daemon=True)
    with tqdm(total=source.size, desc=source.name, unit="B", unit_scale=True, leave=False, disable=not progress) as bar:
        thread.start()
        thread.join(limit)
    if thread.is_alive():
        return f"too slow, not done in {limit:.3g} s"
    match errors:
        case []:
            return None
        case [requests.HTTPError(response=requests.Response() as answer)]:
            return f"answered {answer.status_code} {answer.reason}"
        case [requests.RequestException() as broken]:
            return f"failed with {type(broken).__name__}"
        case [ValueError()]:
            return "sent something else, such as a page to log in"
    raise errors[0]
