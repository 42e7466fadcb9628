"""Revisions: the numbers by which everybody knows how new what they know is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from access_policy.register.errors import ImpossibleEntry
from access_policy.register.tables import LONGEST_NAME, LONGEST_WHAT
from access_policy.register.tables import changes as table


@dataclass(frozen=True)
class Change:
    """One change that readers may feel: what was done, to what, by whom, when (UTC)."""

    revision: int
    kind: str
    what: str
    author: str
    at: datetime


def take_revision(connection: Connection, kind: str, what: str, *, author: str, now: datetime) -> int:
    """The next revision, for the change made in this transaction."""
    row = {"kind": kind, "what": what[:LONGEST_WHAT], "author": author, "at": now}
    return int(connection.execute(insert(table).values(row).returning(table.c.revision)).scalar_one())


def last_revision(connection: Connection) -> int:
    """The newest revision; 0 before the first change."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.revision), 0))).scalar_one())


def newest_changes(connection: Connection, limit: int) -> Iterator[Change]:
    """The newest changes first."""
    for row in connection.execute(select(table).order_by(table.c.revision.desc()).limit(limit)):
        yield Change(**row._mapping)


def person(author: str) -> str:
    """The name of whoever makes a change. Raises ImpossibleEntry for none and for one that is too long."""
    name = " ".join(author.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ImpossibleEntry(f"the name of whoever does this must have 1 to {LONGEST_NAME} characters")
    return name


def given_reason(reason: str) -> str:
    """The reason of a change. Raises ImpossibleEntry for an empty one."""
    words = " ".join(reason.split())
    if not words:
        raise ImpossibleEntry("a reason is needed")
    return words
