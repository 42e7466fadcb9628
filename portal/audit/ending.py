"""The end of a file as it lies on the disk: its last whole line, and what a dying writer may have left behind it."""

import os
from itertools import count
from pathlib import Path
from typing import NamedTuple

from portal.audit.chain import LONGEST_LINE
from portal.audit.files import to_disk

_USUAL_REACH = 2048  # bytes from the end that hold the last line, as a rule


class Ending(NamedTuple):
    """The last whole line with its line end (empty when there is none), where that ends, and the size of the file.

    What lies between the two is a torn piece: the beginning of a line whose writer was killed, or what a power cut
    left of one.
    """

    line: bytes
    whole: int
    size: int


def ending(path: Path) -> Ending:
    """How the file ends. Of a last line longer than any of ours only the end is given, which is no line either."""
    handle = os.open(path, os.O_RDONLY)
    try:
        size, reach = os.fstat(handle).st_size, _USUAL_REACH
        while True:
            start = max(0, size - reach)
            read = os.pread(handle, size - start, start)
            whole = read.rfind(b"\n") + 1
            begin = read.rfind(b"\n", 0, max(0, whole - 1)) + 1
            if begin or not start or whole > LONGEST_LINE:
                return Ending(read[begin:whole], start + whole if whole else 0, size)
            reach *= 2
    finally:
        os.close(handle)


def set_aside(path: Path, found: Ending) -> Path:
    """Move the torn piece out of the file into one of its own beside it; where that is."""
    with path.open("r+b") as file:
        file.seek(found.whole)
        aside = _kept(path, found.whole, file.read(found.size - found.whole))
        file.truncate(found.whole)
    return aside


def torn_pieces(folder: Path) -> list[Path]:
    """What was set aside so far."""
    return sorted(folder.glob("torn-*.part"))


def _kept(path: Path, offset: int, piece: bytes) -> Path:
    """Under a name that no earlier piece has."""
    names = (path.with_name(f"torn-{path.stem}-{offset}-{number}.part") for number in count(1))
    aside = next(name for name in names if not name.exists())
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(piece)
        to_disk(aside)
        to_disk(aside.parent)
    except OSError:  # a full disk: the piece stays where it is until there is room
        aside.unlink()
        raise
    return aside
