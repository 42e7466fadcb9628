"""What the pipeline asks of an archive database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
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


@dataclass(frozen=True)
class Change:
    """A described row that was written or deleted, or something that belongs to it; `version` is the row's then."""

    row_key: str
    version: int


@dataclass(frozen=True)
class Changes:
    """Some changes in the order they became visible, and the position after them."""

    changes: tuple[Change, ...]
    position: str


@dataclass(frozen=True)
class Waiting:
    """Changes that somebody at a position has not seen yet: how many (a row that changed twice counts twice), and
    when the first of them was made (None: there is none, or the log does not tell).
    """

    changes: int
    oldest: datetime | None


class ChangeLog(Protocol):
    """What has changed in an archive database. Everything raises SourceUnavailable."""

    def position(self) -> str:
        """Where somebody goes on who reads the whole archive from this moment on."""
        ...

    def after(self, position: str, limit: int) -> Changes:
        """The next changes, at most so many; the same position again when there are none.

        Every change that was committed is given sooner or later, however long its transaction took; some may be given
        twice.
        """
        ...

    def waiting(self, position: str) -> Waiting:
        """What is still to be seen from a position."""
        ...

    def forget(self, position: str) -> None:
        """Drop what nobody needs any more because everybody has passed this position."""
        ...


class Source(Protocol):
    """An archive database, read in a stable order, parents before children. Everything raises SourceUnavailable."""

    def count(self) -> int:
        """How many rows `entries` will yield, for the progress bar."""
        ...

    def entries(self, *, after: str = "") -> Iterator[SourceRecord | BadRow]:
        """Every row, valid or not, streamed: memory does not grow with the archive.

        `after` is the `row_key` of a record of an earlier walk: what came up to it is left out.
        """
        ...

    def rows(self, row_keys: Collection[str]) -> Iterator[SourceRecord | BadRow]:
        """The rows with these keys and everything that stands in them; keys without a row are left out."""
        ...

    def below(self, targets: Collection[str]) -> Iterator[SourceRecord | BadRow]:
        """Every record at or below some ids (of records or archives); bad rows may be among them."""
        ...

    def changes(self) -> ChangeLog | None:
        """The log of changes, or None when the database keeps none."""
        ...
