"""Sessions in the store's database, for a site without Redis."""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.clock import Now
from portal.sessions.store import Listed, SessionsAway, Stored
from portal.store.database import Database, StoreUnavailable
from portal.store.tables import once, session_labels, sessions

TOUCHED_SECONDS = 60
"""A session's last use is written down again only after so long: reading pages should not write."""


class DatabaseSessions:
    """See `SessionStore`. `application` keeps the sessions of readers and staff apart; `idle` ends what nobody uses."""

    def __init__(self, database: Database, *, application: str, idle: timedelta, now: Now) -> None:
        self._database, self._application, self._idle, self._now = database, application, idle, now
        self._own = sessions.c.application == application

    def load(self, key: str) -> Stored | None:
        """See the protocol."""
        now = self._now()
        with _answering(), self._database.reading() as connection:
            row = connection.execute(self._living(now).where(sessions.c.key == key)).one_or_none()
        if row is None:
            return None
        if now - row.seen_at >= timedelta(seconds=TOUCHED_SECONDS):
            self._update(key, seen_at=now, expires_at=now + self._idle)
        return _read(row)

    def add(self, key: str, stored: Stored) -> None:
        """See the protocol."""
        now = self._now()
        row = {"application": self._application, "key": key, "owner": stored.owner, "content": _written(stored)}
        with _answering(), self._database.writing() as connection:
            self._tidy(connection, now)
            connection.execute(insert(sessions).values(**row, seen_at=now, expires_at=now + self._idle))
            for label in stored.labels:
                named = {"application": self._application, "label": label, "key": key}
                connection.execute(insert(session_labels).values(named))

    def replace(self, key: str, stored: Stored) -> bool:
        """See the protocol."""
        now = self._now()
        return self._update(key, content=_written(stored), seen_at=now, expires_at=now + self._idle)

    def delete(self, key: str) -> None:
        """See the protocol."""
        with _answering(), self._database.writing() as connection:
            self._end(connection, [key])

    def of_owner(self, owner: str) -> Sequence[Listed]:
        """See the protocol."""
        query = self._living(self._now()).where(sessions.c.owner == owner).order_by(sessions.c.seen_at.desc())
        with _answering(), self._database.reading() as connection:
            return [Listed(row.key, row.seen_at, _read(row)) for row in connection.execute(query)]

    def end_owner(self, owner: str, except_key: str = "") -> int:
        """See the protocol."""
        query = self._living(self._now()).where(sessions.c.owner == owner, sessions.c.key != except_key)
        with _answering(), self._database.writing() as connection:
            return self._end(connection, [row.key for row in connection.execute(query)])

    def end_labelled(self, label: str) -> int:
        """See the protocol."""
        named = select(session_labels.c.key).where(
            session_labels.c.application == self._application, session_labels.c.label == label
        )
        with _answering(), self._database.writing() as connection:
            return self._end(connection, list(connection.execute(named).scalars()))

    def once(self, name: str, seconds: int) -> bool:
        """See the protocol."""
        now, digest = self._now(), hashlib.sha256(name.encode()).hexdigest()
        row = {"application": self._application, "name": digest, "expires_at": now + timedelta(seconds=seconds)}
        with _answering(), self._database.writing() as connection:
            connection.execute(delete(once).where(once.c.expires_at <= now))
            try:
                with connection.begin_nested():
                    connection.execute(insert(once).values(row))
            except IntegrityError:
                return False
        return True

    def _living(self, now: datetime) -> Any:
        return select(sessions).where(self._own, sessions.c.expires_at > now)

    def _update(self, key: str, **values: object) -> bool:
        here = update(sessions).where(self._own, sessions.c.key == key, sessions.c.expires_at > self._now())
        with _answering(), self._database.writing() as connection:
            return bool(connection.execute(here.values(values)).rowcount)

    def _end(self, connection: Connection, keys: Collection[str]) -> int:
        own_labels = session_labels.c.application == self._application
        connection.execute(delete(session_labels).where(own_labels, session_labels.c.key.in_(keys)))
        return connection.execute(delete(sessions).where(self._own, sessions.c.key.in_(keys))).rowcount

    def _tidy(self, connection: Connection, now: datetime) -> None:
        over = connection.execute(select(sessions.c.key).where(self._own, sessions.c.expires_at <= now).limit(1000))
        if keys := list(over.scalars()):
            self._end(connection, keys)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except StoreUnavailable as error:
        raise SessionsAway(str(error)) from None


def _written(stored: Stored) -> str:
    return json.dumps([stored.content, stored.begun_at.isoformat(), list(stored.labels)], ensure_ascii=False)


def _read(row: Row[Any]) -> Stored:
    content, begun, labels = json.loads(row.content)
    return Stored(row.owner, content, datetime.fromisoformat(begun), tuple(labels))
