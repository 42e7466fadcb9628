"""Cases that are not answered by the day that was promised: marked, and the reader is told, once for each promise."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select, update

from portal.clock import Now, archive_day
from portal.requests.states import IN_HAND, STANDING_STILL
from portal.store.database import Database
from portal.store.outbox import Notice, enqueue
from portal.store.sealing import Sealing
from portal.store.tables import cases
from portal.worker.job import Going, Job

EVERY = timedelta(minutes=5)
AT_ONCE = 100

_C = cases.c
_RUNNING = _C.state.in_(sorted(state.value for state in IN_HAND - STANDING_STILL))


def job(database: Database, seal: Sealing, *, now: Now) -> Job:
    """Soon after the day is over, and again in case a worker was away then."""

    def run(going: Going) -> int:
        told = 0
        while going():
            with database.writing() as connection:
                some = _apologise(connection, seal, today=archive_day(now()), now=now())
            told += some
            if some < AT_ONCE:
                break
        return told

    return Job("overdue", run, EVERY)


def _apologise(connection: Connection, seal: Sealing, *, today: date, now: datetime) -> int:
    """A step of nobody's: the case keeps its turn, so that whoever has it open is not told to look again."""
    late = select(_C.id, _C.account_id, _C.code, _C.due_on).where(_RUNNING, _C.due_on < today, _C.overdue_at.is_(None))
    ordered = late.order_by(_C.due_on, _C.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    rows = connection.execute(ordered).all()
    if not rows:
        return 0
    connection.execute(update(cases).where(_C.id.in_([row.id for row in rows])).values(overdue_at=now))
    told = [
        Notice(
            f"case {row.id} overdue {row.due_on.isoformat()}",
            row.account_id,
            "overdue",
            {"code": row.code, "case_id": row.id, "due": row.due_on.isoformat()},
        )
        for row in rows
    ]
    enqueue(connection, *told, seal=seal, now=now)
    return len(rows)
