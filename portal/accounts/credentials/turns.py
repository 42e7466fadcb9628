"""The lock: every attempt takes a turn before anything is compared, and a right answer gives it back.

Whoever asks a hundred times at once gets no more answers than the rules allow, since the turn is one statement that the
database does one after another.
"""

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, literal, null, or_, update

from portal.accounts.credentials.events import PORTAL, Happened, Owner, note
from portal.accounts.credentials.locks import Lock
from portal.accounts.credentials.rules import PasswordRules
from portal.accounts.credentials.stored import row_of
from portal.store.tables import credentials

_C = credentials.c


class Turn(Enum):
    """What an attempt may do."""

    NONE = "none"  # locked, idle too long, or nobody
    TAKEN = "taken"
    LAST = "last"  # the one that locks, unless it is right; there is one a lock, however many come at once


def take(connection: Connection, login: str, *, owner: Owner, rules: PasswordRules, now: datetime) -> Turn:
    """Count one attempt, if there may be one."""
    opened_again = and_(_C.locked_by == PORTAL, _C.locked_at <= now - timedelta(hours=rules.lock_hours))
    failures: ColumnElement[int] = case((opened_again, 1), else_=_C.failures + 1)
    locks = failures >= rules.failures
    counted = (
        update(credentials)
        .where(_C.login == login, _C.owner == owner.value)
        .where(or_(_C.locked_at.is_(None), opened_again), _C.used_at > now - timedelta(days=rules.idle_days))
        .values(
            failures=failures,
            locked_at=case((locks, literal(now, _C.locked_at.type)), else_=null()),
            locked_by=case((locks, PORTAL), else_=null()),
        )
    )
    tried = connection.execute(counted.returning(_C.failures)).scalar_one_or_none()
    if tried is None:
        return Turn.NONE
    return Turn.LAST if tried >= rules.failures else Turn.TAKEN


def give_back(connection: Connection, login: str) -> None:
    """The attempt was no failure: it counts no more, and a lock that it closed opens again."""
    own_lock = or_(_C.locked_by.is_(None), _C.locked_by == PORTAL)
    values: dict[str, Any] = {
        "failures": case((_C.failures > 0, _C.failures - 1), else_=0),
        "locked_at": case((own_lock, null()), else_=_C.locked_at),
        "locked_by": case((own_lock, null()), else_=_C.locked_by),
    }
    connection.execute(update(credentials).where(_C.login == login).values(values))


def forget(connection: Connection, login: str, *, now: datetime) -> None:
    """Somebody has signed in wholly: earlier failures count no more."""
    give_back(connection, login)
    connection.execute(update(credentials).where(_C.login == login).values(failures=0, used_at=now))


def note_refusal(
    connection: Connection, login: str, *, owner: Owner, turn: Turn, rules: PasswordRules, step: str, now: datetime
) -> Lock | None:
    """Write down a refusal, and the lock when this one closed it, which is the answer; `step` is what was asked:
    password or code.
    """
    row = row_of(connection, login, owner)
    reason = "wrong" if turn is not Turn.NONE else "closed" if row else "unknown"
    said: dict[str, Any] = {"owner": owner, "owner_id": row.owner_id if row else "", "at": now, "author": PORTAL}
    note(connection, Happened.REFUSED, **said, detail=f"{step} {reason}")
    if row is None or turn is not Turn.LAST or row.locked_at is None:
        return None
    note(connection, Happened.LOCKED, **said)
    return Lock(owner, row.owner_id, row.locked_at, rules.lock_ends(row.locked_at))
