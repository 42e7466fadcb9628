"""The newest entries of a log, for looking at."""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from portal.audit.chain import Link, NotALine, read
from portal.audit.files import LOCK, lines, log_files
from portal.audit.keys import entries_key
from portal.audit.lock import standing_still


def newest_entries(folder: Path, key: bytes, *, last: int, record_id: str | None) -> list[Link]:
    """The last so many entries, of one record if one is named, oldest first; lines that are no entry are left out.

    Files are read from the newest backwards and no further than needed. Raises OSError.
    """
    with standing_still(folder / LOCK):
        extents = [(path, path.stat().st_size) for path in log_files(folder)]
    found: list[Link] = []
    for path, size in reversed(extents):
        if len(found) >= last:
            break
        found[:0] = deque(_entries(path, size, entries_key(key), record_id), maxlen=last - len(found))
    return found


def _entries(path: Path, size: int, key: bytes, record_id: str | None) -> Iterator[Link]:
    for line in lines(path, size=size):
        with suppress(NotALine):
            link = read(line, key)
            if record_id is None or link.facts.get("record") == record_id:
                yield link
