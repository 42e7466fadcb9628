"""Leases: which worker does which job, so that no two of them ever do one at the same time.

A lease runs out by itself when its holder no longer renews it, which is how the work of one that died goes on. Clocks
of machines that share a store must agree to a few seconds.
"""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.store.database import Database
from portal.store.tables import leases

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_L = leases.c


class Leases:
    """The leases of one worker, which lasts as long as this object. May raise StoreUnavailable."""

    def __init__(self, database: Database, *, lasting: timedelta) -> None:
        self._database, self.lasting = database, lasting
        self._holder = secrets.token_hex(16)

    def take(self, job: str, *, now: datetime) -> datetime | None:
        """Take or renew the lease of a job; until when it is held now, or None while somebody else holds it."""
        until = now + self.lasting
        with self._database.writing() as connection:
            added = _INSERTS[connection.dialect.name](leases).values(job=job, holder=self._holder, until=until)
            taken = added.on_conflict_do_update(
                index_elements=["job"],
                set_={"holder": self._holder, "until": until},
                where=or_(_L.holder == self._holder, _L.until <= now),
            )
            found = connection.execute(taken.returning(_L.job)).first()
        return until if found is not None else None

    def release(self, job: str, *, now: datetime) -> None:
        """Let go of a job. That it was done now stays written down."""
        own = (_L.job == job) & (_L.holder == self._holder)
        with self._database.writing() as connection:
            connection.execute(update(leases).where(own).values(until=now))

    def newest(self) -> datetime | None:
        """The latest moment at which any worker held, or still holds, any job; None before the first."""
        with self._database.reading() as connection:
            found: datetime | None = connection.execute(select(func.max(_L.until))).scalar_one()
        return found
