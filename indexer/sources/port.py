"""What the pipeline asks of an archive database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from access_policy.record import Page, Record


class SourceUnavailable(Exception):
    """The archive database did not answer. The message is one line, without credentials."""


@dataclass(frozen=True)
class SourceRecord:
    """One valid row with the pages that belong to it directly (a file's own pages, not those of its items)."""

    record: Record
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True)
class BadRow:
    """One row that does not validate: its key in the archive database and why, in one line without content."""

    key: str
    reason: str


class Source(Protocol):
    """An archive database read once from end to end, in a stable order, parents before children."""

    def count(self) -> int:
        """How many rows `entries` will yield, for the progress bar. Raises SourceUnavailable."""
        ...

    def entries(self) -> Iterator[SourceRecord | BadRow]:
        """Every row, valid or not, streamed: memory does not grow with the archive. Raises SourceUnavailable."""
        ...
