"""Passwords that somebody has had, so that they do not come back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from portal.accounts.credentials.hashing import Hashing
from portal.store.tables import password_history

_P = password_history.c


class UsedPasswords:
    """The last `most` passwords of a login, today's among them."""

    def __init__(self, hashing: Hashing, most: int) -> None:
        self._hashing, self._most = hashing, most

    def newest(self, connection: Connection, row: Row[Any]) -> tuple[str, ...]:
        """The hashes of those that are barred, today's first."""
        earlier = connection.execute(self._kept(row.login)).scalars()
        return tuple(each for each in (row.password_hash, *earlier) if each)

    def hold(self, password: str, hashes: Iterable[str]) -> bool:
        """Whether a password is one of them."""
        return any(self._hashing.verify(each, password) for each in hashes)

    def add(self, connection: Connection, row: Row[Any], *, now: datetime) -> None:
        """Remember today's, which is about to be replaced, and forget what is no longer barred."""
        if not row.password_hash:
            return
        connection.execute(
            insert(password_history).values(login=row.login, password_hash=row.password_hash, replaced_at=now)
        )
        kept = self._kept(row.login).with_only_columns(_P.id).subquery()
        connection.execute(delete(password_history).where(_P.login == row.login, _P.id.not_in(select(kept.c.id))))

    def _kept(self, login: str) -> Any:
        newest_first = select(_P.password_hash).where(_P.login == login).order_by(_P.id.desc())
        return newest_first.limit(self._most - 1)
