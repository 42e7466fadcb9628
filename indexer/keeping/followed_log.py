"""The log of changes as a generation follows it: a log that does not reach back to the generation is told from one that
is only away for a while.
"""

from collections.abc import Callable
from typing import TypeVar

from indexer.index.port import IndexReader
from indexer.sources.port import ChangeLog, Changes, Source, SourceUnavailable, Waiting

T = TypeVar("T")


class RebuildNeeded(Exception):
    """What a generation has not seen yet is in no log of changes any more. Only a rebuild brings it up to date."""


class FollowedLog:
    """A log of changes that is asked from positions only. Raises SourceUnavailable and RebuildNeeded."""

    def __init__(self, log: ChangeLog) -> None:
        self._log = log

    def after(self, position: str, limit: int) -> Changes:
        """See `ChangeLog`."""
        return self._surely(lambda: self._log.after(position, limit))

    def waiting(self, position: str) -> Waiting:
        """See `ChangeLog`."""
        return self._surely(lambda: self._log.waiting(position))

    def forget(self, position: str) -> None:
        """See `ChangeLog`."""
        self._log.forget(position)

    def _surely(self, ask: Callable[[], T]) -> T:
        """A log that answers, but neither before nor after that from this position, has lost what stood there."""
        try:
            return ask()
        except SourceUnavailable:
            self._log.position()
        try:
            return ask()
        except SourceUnavailable as error:
            raise RebuildNeeded(str(error)) from None


def log_of(source: Source, reader: IndexReader) -> FollowedLog | None:
    """The log that a generation follows, or None when there is none to follow. Raises RebuildNeeded."""
    log, position = source.changes(), reader.position()
    if log is None and position:
        raise RebuildNeeded("the archive database keeps no log of its changes any more")
    if log is not None and not position:
        raise RebuildNeeded("the index was built without a log of changes, and now there is one")
    return None if log is None else FollowedLog(log)
