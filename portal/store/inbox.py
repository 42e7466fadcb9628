"""A reader's messages on the site: the notices of the outbox, whether they have been sent by mail or not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import notices

_N = notices.c


@dataclass(frozen=True)
class Received:
    """One message: which template, with which values, when; `read_at` is None until its reader has seen it."""

    id: int
    template: str
    values: Mapping[str, str]
    at: datetime
    read_at: datetime | None


class Inbox:
    """Every method is one transaction and may raise StoreUnavailable, and SealBroken for another key."""

    def __init__(self, database: Database, seal: Sealing) -> None:
        self._database, self._seal = database, seal

    def newest(self, account_id: str, *, most: int) -> Sequence[Received]:
        """The newest messages first."""
        query = select(notices).where(_N.account_id == account_id).order_by(_N.id.desc()).limit(most)
        with self._database.reading() as connection:
            return [
                Received(row.id, row.template, json.loads(self._seal.open(row.sealed)), row.created_at, row.read_at)
                for row in connection.execute(query)
            ]

    def unread(self, account_id: str) -> int:
        """How many a reader has not seen."""
        query = select(func.count()).where(_N.account_id == account_id, _N.read_at.is_(None))
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def mark_read(self, account_id: str, *, up_to: int, now: datetime) -> None:
        """The reader has seen the messages up to this one."""
        seen = (_N.account_id == account_id) & (_N.id <= up_to) & _N.read_at.is_(None)
        with self._database.writing() as connection:
            connection.execute(update(notices).where(seen).values(read_at=now))
