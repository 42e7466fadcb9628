"""Questions to the queue that a member of staff asks often."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select

from portal.store.database import Database
from portal.store.tables import saved_views

MOST_VIEWS = 30

_V = saved_views.c


@dataclass(frozen=True)
class SavedView:
    """A name and the query of an address."""

    name: str
    query: str


class SavedViews:
    """May raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, staff_id: str) -> Sequence[SavedView]:
        """By name."""
        query = select(saved_views).where(_V.staff_id == staff_id).order_by(_V.name)
        with self._database.reading() as connection:
            return [SavedView(row.name, row.query) for row in connection.execute(query)]

    def save(self, staff_id: str, view: SavedView) -> bool:
        """Keep a view, in place of one of the same name; False when there are as many as can be."""
        with self._database.writing() as connection:
            connection.execute(delete(saved_views).where(_V.staff_id == staff_id, _V.name == view.name))
            others = select(func.count()).where(_V.staff_id == staff_id)
            if connection.execute(others).scalar_one() >= MOST_VIEWS:
                return False
            connection.execute(insert(saved_views).values(staff_id=staff_id, name=view.name, query=view.query))
            return True

    def remove(self, staff_id: str, name: str) -> None:
        """Forget a view."""
        with self._database.writing() as connection:
            connection.execute(delete(saved_views).where(_V.staff_id == staff_id, _V.name == name))
