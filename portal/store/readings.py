"""What each reader has read, kept for that reader alone: a line for each record and day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.store.database import Database
from portal.store.tables import readings

KEPT = timedelta(days=365)
"""Twelve months: long enough to find a record of last year's work again, and no longer than the access log, which the
law wants kept that long anyway, knows it under a pseudonym.
"""

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Reading:
    """A record that was read on one day of the archive: how many pages were opened, the last one, and when (UTC)."""

    record_id: str
    day: date
    pages: int
    last_page: int
    at: datetime


class Readings:
    """Every method is one transaction and may raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, account_id: str, record_id: str, page: int, *, day: date, now: datetime) -> None:
        """A page that was shown. The first one of a record on a day also takes away what anybody read too long ago, so
        that nothing else has to see to it.
        """
        with self._database.writing() as connection:
            if _add(connection, account_id, record_id, page, day, now) == 1:
                connection.execute(delete(readings).where(readings.c.day < day - KEPT))

    def of(self, account_id: str, *, most: int) -> Sequence[Reading]:
        """What a reader has read, the newest first."""
        own = select(readings).where(readings.c.account_id == account_id)
        newest_first = own.order_by(readings.c.at.desc(), readings.c.record_id).limit(most)
        with self._database.reading() as connection:
            return [Reading(r.record_id, r.day, r.pages, r.last_page, r.at) for r in connection.execute(newest_first)]

    def forget(self, account_id: str) -> None:
        """All of one reader."""
        with self._database.writing() as connection:
            forget_readings(connection, account_id)


def forget_readings(connection: Connection, account_id: str) -> None:
    """All of one reader, within a transaction that somebody else began."""
    connection.execute(delete(readings).where(readings.c.account_id == account_id))


def _add(connection: Connection, account_id: str, record_id: str, page: int, day: date, now: datetime) -> int:
    """How many pages of the record have been opened that day, this one among them."""
    key = {"account_id": account_id, "record_id": record_id, "day": day}
    insert = _INSERTS[connection.dialect.name](readings).values(key | {"pages": 1, "last_page": page, "at": now})
    again = {"pages": readings.c.pages + 1, "last_page": insert.excluded.last_page, "at": insert.excluded.at}
    added = insert.on_conflict_do_update(index_elements=list(key), set_=again).returning(readings.c.pages)
    return int(connection.execute(added).scalar_one())
