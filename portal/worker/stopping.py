"""Ending cases whose reader did not supply or pay in time."""

from datetime import timedelta

from sqlalchemy import select

from portal.clock import Now, archive_day
from portal.requests.handling import Handling
from portal.requests.states import STANDING_STILL
from portal.store.database import Database
from portal.store.tables import cases
from portal.worker.acting import WORKER, take_each
from portal.worker.job import Going, Job

EVERY = timedelta(minutes=5)


def job(database: Database, handling: Handling, *, now: Now) -> Job:
    """Soon after midnight, and again in case a worker was away then."""

    def run(going: Going) -> int:
        waiting = cases.c.state.in_(sorted(state.value for state in STANDING_STILL))
        over = select(cases.c.id).where(waiting, cases.c.answer_by < archive_day(now()))
        with database.reading() as connection:
            case_ids = connection.execute(over.order_by(cases.c.answer_by, cases.c.id)).scalars().all()
        return take_each(
            case_ids, lambda case_id: handling.stop(case_id, words="", by=WORKER, turn=None, now=now()), going=going
        )

    return Job("stops", run, EVERY)
