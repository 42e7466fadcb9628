"""What readers are to be told, written in the same transaction as whatever they are told of.

A notice is one event for one reader: written a second time it changes nothing. The worker sends it by the reader's
contact; on the site it stands among the reader's messages at once.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Connection, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from portal.store.database import Database
from portal.store.sealing import Sealing
from portal.store.tables import notices

_INSERTS: Mapping[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_N = notices.c

LONGEST_EVENT = 80
LONGEST_FAULT = 200


class NoticeState(Enum):
    """Whether a notice still has to be sent, has been, or was given up and waits for staff."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True)
class Notice:
    """`event` names what happened, once and for all; `values` fill the template and may be personal."""

    event: str
    account_id: str
    template: str
    values: Mapping[str, str]


def enqueue(connection: Connection, *told: Notice, seal: Sealing, now: datetime) -> None:
    """Write notices down, one statement for all of them. One that was written before stays as it is."""
    if not told:
        return
    rows = [
        {
            "event": notice.event,
            "account_id": notice.account_id,
            "template": notice.template,
            "sealed": seal.seal(json.dumps(dict(notice.values), ensure_ascii=False)),
            "created_at": now,
            "state": NoticeState.WAITING.value,
            "tries": 0,
            "due_at": now,
        }
        for notice in told
    ]
    added = _INSERTS[connection.dialect.name](notices).values(rows)
    connection.execute(added.on_conflict_do_nothing(index_elements=["event", "account_id"]))


@dataclass(frozen=True)
class Claimed:
    """A notice that nobody else sends until `until`. `tries` have failed before; `Outbox.values` reads `sealed`."""

    id: int
    account_id: str
    template: str
    sealed: str
    tries: int
    until: datetime


class Outbox:
    """The notices that wait to be sent. Every method is one transaction and may raise StoreUnavailable."""

    def __init__(self, database: Database, seal: Sealing) -> None:
        self._database, self._seal = database, seal

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Hold a connection while many notices are marked one by one: SQLite clears its log up whenever the last one is
        closed, which takes as long as marking.
        """
        with self._database.reading() as connection:
            connection.execute(select(_N.id).limit(1))
            connection.rollback()
            yield

    def claim(self, *, most: int, until: datetime, now: datetime) -> Sequence[Claimed]:
        """Notices that are due and that nobody else has claimed, the longest due first; the caller's until `until`."""
        free = or_(_N.leased_until.is_(None), _N.leased_until <= now)
        due = select(notices).where(_N.state == NoticeState.WAITING.value, _N.due_at <= now, free)
        with self._database.writing() as connection:
            ordered = due.order_by(_N.due_at, _N.id).limit(most).with_for_update(skip_locked=True)
            rows = connection.execute(ordered).all()
            if rows:
                mine = _N.id.in_([row.id for row in rows])
                connection.execute(update(notices).where(mine).values(leased_until=until))
        return [Claimed(row.id, row.account_id, row.template, row.sealed, row.tries, until) for row in rows]

    def values(self, claimed: Claimed) -> Mapping[str, str]:
        """What fills the template. Raises SealBroken."""
        values: dict[str, str] = json.loads(self._seal.open(claimed.sealed))
        return values

    def sent(self, claimed: Claimed, *, now: datetime) -> None:
        """It has been handed over, or its reader is told on the site alone."""
        self._change(claimed, state=NoticeState.SENT.value, sent_at=now, fault=None)

    def forget(self, claimed: Claimed, *, now: datetime) -> None:
        """Its reader has been deleted: nothing was sent, and what it said is nobody's any more."""
        self._change(claimed, state=NoticeState.SENT.value, sent_at=now, fault=None, sealed=self._seal.seal("{}"))

    def postpone(self, claimed: Claimed, *, due_at: datetime) -> None:
        """Nothing was wrong with it, but it cannot go before then."""
        self._change(claimed, due_at=due_at)

    def failed(self, claimed: Claimed, fault: str, *, again_at: datetime | None) -> None:
        """It was not handed over. Another try then, or with None no more by itself: staff see it. `fault` holds neither
        address nor text.
        """
        dead = {"state": NoticeState.DEAD.value} if again_at is None else {"due_at": again_at}
        self._change(claimed, tries=claimed.tries + 1, fault=fault[:LONGEST_FAULT], **dead)

    def release(self, claimed: Sequence[Claimed]) -> None:
        """Nothing was done with these: whoever comes next may claim them."""
        if claimed:
            self._change(*claimed)

    def _change(self, *claimed: Claimed, **values: object) -> None:
        """Notices of one claim. Nothing changes of one that somebody else has claimed since."""
        mine = _N.id.in_([each.id for each in claimed]) & (_N.leased_until == claimed[0].until)
        with self._database.writing() as connection:
            waiting = mine & (_N.state == NoticeState.WAITING.value)
            connection.execute(update(notices).where(waiting).values(leased_until=None, **values))
