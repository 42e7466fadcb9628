"""The private cache of clean renders: small, safe to lose, and telling nothing to somebody who lists its folder.

An entry is a short header and the raw pixels. Reading must be cheap, for every view of a page passes here. Measured on
an A4 page of 1,500 pixels in grey: reading and checking it raw takes 0.7 ms (1.6 MB); decoding alone takes 4.3 ms
deflated (0.5 MB), 4.2 ms as JPEG 92 (0.34 MB, with loss), 12.9 ms as PNG, 10 ms as lossless WebP; a bare encoding of
the answer takes 3.1 ms. So disk is spent, and nothing is lost.
"""

import fcntl
import hashlib
import hmac
import logging
import os
import re
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from PIL import Image

_HEADER = struct.Struct(">4s4sIII")  # magic, mode, width, height, CRC-32 of the pixels
_MAGIC = b"pgi1"
_BANDS = {"L": 1, "RGB": 3}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LEAST_SECRET = 16  # bytes
_log = logging.getLogger(__name__)


class RenderCache:
    """Clean renders on disk, at most `budget_bytes` of them; safe for several processes and threads at once.

    A fault of the disk makes a miss, never an error: whoever asks can still draw the page.
    """

    def __init__(self, root: Path, secret: bytes, budget_bytes: int) -> None:
        """`secret` (at least 16 bytes) names the entries; another secret sees an empty cache."""
        if len(secret) < _LEAST_SECRET:
            raise ValueError(f"the secret of the page cache needs at least {_LEAST_SECRET} bytes")
        self._root = root
        self._secret = secret
        self._budget = budget_bytes
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        root.chmod(0o700)

    def get(self, sha256: str, page: int, longest_side: int) -> Image.Image | None:
        """The render of page `page` of the object with that digest at that size, or None.

        An object without a proper digest has no name that only it can have: it is never found and never kept.
        """
        entry = self._entry(sha256, page, longest_side)
        if entry is None:
            return None
        try:
            image = _decoded(entry.read_bytes())
            if image is None:
                entry.unlink(missing_ok=True)
            else:
                os.utime(entry)
        except OSError:
            return None
        return image

    def put(self, sha256: str, page: int, longest_side: int, image: Image.Image) -> None:
        """Keep a render (mode L or RGB). Older ones, least recently used first, make room."""
        entry = self._entry(sha256, page, longest_side)
        pixels = image.tobytes()
        header = _HEADER.pack(_MAGIC, image.mode.encode(), *image.size, zlib.crc32(pixels))
        size = len(header) + len(pixels)
        if entry is None or size > self._budget:
            return
        try:
            entry.parent.mkdir(mode=0o700, exist_ok=True)
            _write_at_once(entry, header, pixels)
            self._account(size)
        except OSError:
            _log.warning("a page image could not be cached", exc_info=True)

    def forget(self, sha256: str) -> None:
        """Remove every render of the object, of whatever page and size; raises OSError when one stays."""
        any_entry = self._entry(sha256, 1, 1)
        if any_entry is not None:
            of_object = any_entry.name.partition("-")[0]
            for entry in any_entry.parent.glob(f"{of_object}-*"):
                entry.unlink(missing_ok=True)

    def _entry(self, sha256: str, page: int, longest_side: int) -> Path | None:
        """Shard, then the object's name and the page's name: neither says anything without the secret."""
        digest = sha256.lower()
        if not _DIGEST.fullmatch(digest):
            return None
        of_object = self._name(digest)
        return self._root / of_object[:2] / f"{of_object[2:]}-{self._name(f'{digest}/{page}/{longest_side}')}"

    def _name(self, key: str) -> str:
        return hmac.new(self._secret, key.encode(), hashlib.sha256).hexdigest()

    def _account(self, size: int) -> None:
        """Add to the running total that all processes share; only when it passes the budget is the folder read."""
        with _locked(self._root / "ledger") as ledger:
            written = ledger.read()
            total = int(written) + size if written.isdigit() else self._budget + 1
            if total > self._budget:
                total = self._sweep()
            ledger.seek(0)
            ledger.truncate()
            ledger.write(b"%d" % total)

    def _sweep(self) -> int:
        """Remove the least recently used down to nine tenths of the budget, so that sweeps stay rare; the new total."""
        found = sorted(self._files())
        total = sum(size for _, size, _ in found)
        if total <= self._budget:
            return total
        for _, size, path in found:
            if total <= self._budget * 9 // 10:
                break
            Path(path).unlink(missing_ok=True)
            total -= size
        return total

    def _files(self) -> Iterator[tuple[int, int, str]]:
        for shard in os.scandir(self._root):
            if shard.is_dir(follow_symlinks=False):
                for file in os.scandir(shard):
                    with suppress(FileNotFoundError):
                        facts = file.stat(follow_symlinks=False)
                        yield facts.st_mtime_ns, facts.st_size, file.path


def _decoded(entry: bytes) -> Image.Image | None:
    try:
        magic, padded, width, height, check = _HEADER.unpack_from(entry)
    except struct.error:
        return None
    mode = padded.rstrip(b"\0").decode("ascii", "replace")
    pixels = memoryview(entry)[_HEADER.size :]
    sound = magic == _MAGIC and len(pixels) == width * height * _BANDS.get(mode, 0) and zlib.crc32(pixels) == check
    return Image.frombytes(mode, (width, height), pixels) if sound and pixels else None


def _write_at_once(entry: Path, *parts: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=entry.parent)  # made with mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        os.replace(name, entry)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def _locked(path: Path) -> Iterator[BinaryIO]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
