"""Putting written entries on the disk: many with one fsync, none later than a fraction of a second after its writing.

What was written survives the death of its process at once; this is for power cuts.
"""

import logging
import os
from pathlib import Path
from threading import Timer

from portal.audit.files import to_disk

INTERVAL = 0.2
"""Seconds at most between an entry and the disk."""

_log = logging.getLogger(__name__)


class GroupCommit:
    """One timer at a time for each file that was written to, in the process that wrote."""

    def __init__(self) -> None:
        self._waiting: set[tuple[int, Path]] = set()
        self._failed = False

    def soon(self, path: Path) -> None:
        """See to it that what was written to the file is on the disk soon.

        After a failure nothing waits any more: OSError says that the disk still takes nothing.
        """
        ticket = (os.getpid(), path)  # a fork inherits the ticket, but not the timer
        if self._failed:
            self.now(path)
        elif ticket not in self._waiting:
            self._waiting.add(ticket)
            self._start(ticket)

    def now(self, path: Path) -> None:
        """Return when it is there, or raise OSError."""
        try:
            to_disk(path)
        except OSError:
            self._failed = True
            raise
        self._failed = False

    def _start(self, ticket: tuple[int, Path]) -> None:
        try:
            Timer(INTERVAL, self._commit, [ticket]).start()
        except RuntimeError:  # no more threads, or the interpreter is going down
            self._waiting.discard(ticket)
            self.now(ticket[1])

    def _commit(self, ticket: tuple[int, Path]) -> None:
        self._waiting.discard(ticket)  # first: what is written from here on starts a timer of its own
        try:
            self.now(ticket[1])
        except OSError:
            _log.critical("entries of the access log may not be on the disk", exc_info=True)
