"""The files of the log: one a month in one private folder, each going on where the one before it ends."""

import errno
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from portal.audit.chain import LONGEST_LINE

LOCK = "lock"
"""The file in the folder of a log whose lock its writers hold."""

_NAME = re.compile(r"access-\d{4}-\d{2}\.jsonl")


def log_files(folder: Path) -> list[Path]:
    """The files of the log in the order of the chain."""
    return sorted(folder / name for name in os.listdir(folder) if _NAME.fullmatch(name))


def file_for(at: datetime, folder: Path, existing: list[Path]) -> Path:
    """Where an entry of that time (UTC) belongs: the month's file, but never one before the newest.

    A clock that is set back must not send the chain back into a file that it has left.
    """
    of_month = f"access-{at:%Y-%m}.jsonl"
    return existing[-1] if existing and existing[-1].name >= of_month else folder / of_month


def add(path: Path, line: bytes) -> None:
    """Append a line whole or not at all. OSError when the disk does not take it."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        _write_whole(handle, line, size)
    finally:
        os.close(handle)
    if not size:
        to_disk(path.parent)


def lines(path: Path, *, size: int) -> Iterator[bytes]:
    """The lines within the first `size` bytes, each with its end; one that is far too long comes in pieces."""
    left = size
    with path.open("rb") as file:
        while left > 0 and (line := file.readline(min(left, LONGEST_LINE + 1))):
            left -= len(line)
            yield line


def to_disk(path: Path) -> None:
    """Return when all that was written to the file, or the names in the folder, will survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_whole(handle: int, line: bytes, size: int) -> None:
    written = 0
    try:
        written = os.write(handle, line)
    finally:
        if written < len(line):
            os.ftruncate(handle, size)
    if written < len(line):
        raise OSError(errno.ENOSPC, "the disk took only a part of the line")
