"""Reminding readers of permits that end soon: once, and in one message for all permits of a case that end on a day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, update

from portal.clock import Now, archive_day
from portal.store.database import Database
from portal.store.outbox import Notice, enqueue
from portal.store.sealing import Sealing
from portal.store.tables import case_permits, cases
from portal.worker.job import Going, Job

AHEAD = timedelta(days=3)
EVERY = timedelta(minutes=5)
MOST_NAMED = 3

_P = case_permits.c


def job(database: Database, seal: Sealing, *, now: Now) -> Job:
    """From three days before the last day of a permit on. One that was granted that late needs no reminder."""

    def run(going: Going) -> int:
        with database.reading() as connection:
            case_ids = _cases(connection, today=archive_day(now()))
        reminded = 0
        for case_id in case_ids:
            if not going():
                break
            with database.writing() as connection:
                reminded += _remind(connection, case_id, seal, today=archive_day(now()), now=now())
        return reminded

    return Job("reminders", run, EVERY)


def _cases(connection: Connection, *, today: date) -> Sequence[str]:
    return connection.execute(select(_P.case_id).where(*_ending(today)).distinct().order_by(_P.case_id)).scalars().all()


def _remind(connection: Connection, case_id: str, seal: Sealing, *, today: date, now: datetime) -> int:
    """Write down what the reader is told of one case, with the permits that it names marked; how many messages."""
    code = select(cases.c.code).where(cases.c.id == _P.case_id).scalar_subquery()
    ending = select(_P.code, _P.account_id, _P.ends_on, _P.granted_at, code.label("case_code")).where(
        *_ending(today), _P.case_id == case_id
    )
    rows = connection.execute(ending.order_by(_P.ends_on, _P.line, _P.code).with_for_update(of=case_permits)).all()
    connection.execute(update(case_permits).where(_P.code.in_([row.code for row in rows])).values(reminded_at=now))
    long_enough = [row for row in rows if archive_day(row.granted_at) < row.ends_on - AHEAD]
    told = [_notice(case_id, list(own)) for _day, own in groupby(long_enough, lambda row: row.ends_on)]
    enqueue(connection, *told, seal=seal, now=now)
    return len(told)


def _ending(today: date) -> Sequence[Any]:
    """In the register, not taken back, not yet over, and nobody reminded."""
    open_still = (_P.granted_at.is_not(None), _P.revoked_at.is_(None), _P.reminded_at.is_(None))
    return (*open_still, _P.ends_on >= today, _P.ends_on <= today + AHEAD)


def _notice(case_id: str, ending: Sequence[Any]) -> Notice:
    """Of rows of permits that end on the same day."""
    first, day = ending[0], ending[0].ends_on.isoformat()
    values = {"code": first.case_code, "case_id": case_id, "permit": _named([row.code for row in ending]), "ends": day}
    return Notice(f"case {case_id} permit-ending {day}", first.account_id, "permit-ending", values)


def _named(codes: Sequence[str]) -> str:
    return ", ".join(codes) if len(codes) <= MOST_NAMED else f"{codes[0]} – {codes[-1]}"
