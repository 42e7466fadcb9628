"""How many different pages a permit has opened on a day, where it says how many it may."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from portal.store.database import Database
from portal.store.tables import permit_pages

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_P = permit_pages.c


class PermitQuota:
    """May raise StoreUnavailable: then nothing is opened by such a permit."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, permit: str, page: int, *, most: int, day: date) -> bool:
        """Whether the permit opens this page today; one it has opened today stays open. Earlier days are forgotten."""
        with self._database.writing() as connection:
            added = _INSERTS[connection.dialect.name](permit_pages).values(permit=permit, day=day, page=page)
            if not connection.execute(added.on_conflict_do_nothing()).rowcount:
                return True
            connection.execute(delete(permit_pages).where(_P.permit == permit, _P.day < day))
            opened = select(func.count()).where(_P.permit == permit, _P.day == day)
            within = int(connection.execute(opened).scalar_one()) <= most
            if not within:
                connection.execute(delete(permit_pages).where(_P.permit == permit, _P.day == day, _P.page == page))
            return within
