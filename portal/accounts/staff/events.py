"""What happened to accounts, for those whose duty is to look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from portal.accounts.credentials.events import Happened
from portal.store.database import Database
from portal.store.tables import events, staff


@dataclass(frozen=True)
class AccountEvent:
    """One line. `login` is that of staff; of a reader only the id of the account is known here, and neither when
    nobody has the login that was typed.
    """

    id: int
    at: datetime
    owner: str
    owner_id: str
    login: str
    what: str
    author: str
    detail: str


class AccountEvents:
    """The events of all accounts. Raises StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest(self, *, most: int, before: int | None = None) -> Sequence[AccountEvent]:
        """The newest first, at most so many; `before` is the id from which to go on backwards. That somebody began to
        sign in is left out: how it ended stands in a line of its own.
        """
        whose = and_(events.c.owner == "staff", events.c.owner_id == staff.c.id)
        query = select(events, staff.c.login).select_from(events.outerjoin(staff, whose))
        query = query.where(events.c.what != Happened.TRIED.value).order_by(events.c.id.desc()).limit(most)
        if before is not None:
            query = query.where(events.c.id < before)
        with self._database.reading() as connection:
            return [
                AccountEvent(row.id, row.at, row.owner, row.owner_id, row.login or "", row.what, row.author, row.detail)
                for row in connection.execute(query)
            ]
