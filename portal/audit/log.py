"""Writing the access log."""

import logging
from pathlib import Path

from portal.audit.chain import GENESIS, Head, Link, NotALine, chained, read
from portal.audit.commit import GroupCommit
from portal.audit.ending import ending, set_aside
from portal.audit.entry import Entry
from portal.audit.files import LOCK, add, file_for, log_files
from portal.audit.keys import entries_key
from portal.audit.lock import locked, standing_still

_log = logging.getLogger(__name__)


class LogUnavailable(Exception):
    """The entry is not written, or not safely; what it stands for must not be given."""


class AccessLog:
    """One chain in one folder, written by any number of processes and threads.

    Nothing is remembered between two entries: each is chained to the end that the disk shows under the lock, so that
    writers need not know of one another.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        """Makes the folder if need be, and closes it to everybody else. OSError when that cannot be done."""
        self._folder = folder
        self._lock = folder / LOCK
        self._key = entries_key(key)
        self._commit = GroupCommit()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)

    def append(self, entry: Entry) -> Head:
        """Write an entry; the head of the log after it. Raises LogUnavailable: then nothing may be given.

        On return the entry survives the death of this process. It is on the disk within `commit.INTERVAL` seconds; one
        that names a permit is there on return.
        """
        try:
            with locked(self._lock):
                path, head = self._written(entry)
            if entry.permit:
                self._commit.now(path)
            else:
                self._commit.soon(path)
        except OSError as error:
            raise LogUnavailable(f"the access log cannot be written: {error.strerror or error}") from error
        return head

    def note(self, entry: Entry) -> None:
        """Write an entry about what anybody may have anyway: a log that fails raises an alarm and holds up nobody.

        An entry that names a permit is never written in this way: it raises LogUnavailable as `append` does.
        """
        try:
            self.append(entry)
        except LogUnavailable as fault:
            if entry.permit:
                raise
            _log.critical("served without an entry in the access log: %s", fault)

    def _written(self, entry: Entry) -> tuple[Path, Head]:
        existing = log_files(self._folder)
        last = self._mended_end(existing)
        sequence, previous = (last.sequence + 1, last.hash) if last else (1, GENESIS)
        line, digest = chained(sequence, entry.facts(), previous=previous, key=self._key)
        path = file_for(entry.at, self._folder, existing)
        add(path, line)
        return path, Head(sequence, digest, entry.at)

    def _mended_end(self, existing: list[Path]) -> Link | None:
        """The last entry. A torn piece behind it is set aside; an entry that cannot be believed is not gone on from."""
        for path in reversed(existing):
            found = ending(path)
            if found.whole < found.size:
                aside = set_aside(path, found)
                _log.critical("%s ended in a torn line, which was set aside as %s", path.name, aside.name)
            if found.line:
                return _believed(found.line, path, self._key)
        return None


def newest(folder: Path, key: bytes) -> Head | None:
    """The head of the log in a folder, None for an empty log. Raises LogUnavailable."""
    try:
        with standing_still(folder / LOCK):
            for path in reversed(log_files(folder)):
                if line := ending(path).line:
                    last = _believed(line, path, entries_key(key))
                    return Head(last.sequence, last.hash, last.at)
    except OSError as error:
        raise LogUnavailable(f"the access log cannot be read: {error.strerror or error}") from error
    return None


def _believed(line: bytes, path: Path, key: bytes) -> Link:
    try:
        link = read(line, key)
    except NotALine:
        raise LogUnavailable(f"the last line of {path.name} is no entry") from None
    if link.broken:
        raise LogUnavailable(f"the last entry of {path.name} cannot be gone on from: {link.broken.value}")
    return link
