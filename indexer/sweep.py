"""Opening what is due at midnight: once for every day however often it is asked for, and loud when late or early."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from access_policy.overlay import NO_OVERLAY
from access_policy.register.restrictions import Restrictions
from access_policy.register.stamps import ARCHIVE_ZONE, archive_day
from access_policy.register.store import Register
from indexer.index.port import Generations, IndexReader
from indexer.keeping.early import shown_early
from indexer.sources.port import Source
from indexer.update import Updated, update

LATE_AFTER = timedelta(minutes=30)
"""Material that opens on a day is open at midnight; a sweep that ends later than this after it raises an alarm."""


@dataclass(frozen=True)
class Swept:
    """What a sweep did, and what staff must hear of: material that opened late, or that shows before its day."""

    day: date
    updated: Updated
    alarms: tuple[str, ...]


def sweep(
    source: Source,
    register: Register,
    generations: Generations,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[int], None] = lambda _: None,
) -> Swept:
    """Bring the index to the day it is at the archive. `clock` gives aware moments.

    Raises SourceUnavailable, RegisterUnavailable, IndexUnavailable; the day then counts as not swept.
    """
    today, last = archive_day(clock()), register.last_sweep()
    reader = generations.reader()
    restrictions, touched = register.stale(since=reader.revision(), derived_on=reader.derived_on(), today=today)
    register.begin_sweep(today, now=clock())
    done = update(source, restrictions, touched, generations, today=today, progress=progress)
    register.finish_sweep(today, opened=done.tally.records_indexed if touched.due else 0, now=clock())
    alarms = (
        *_backwards(last, today),
        *_late(touched.due, clock()),
        *_early(restrictions, generations.reader(), today=today),
    )
    return Swept(today, done, alarms)


def _backwards(last: date | None, today: date) -> Iterator[str]:
    if last is not None and last > today:
        yield f"early: {last} has been swept already, but the clock says {today}"


def _late(due: date | None, now: datetime) -> Iterator[str]:
    if due is None:
        return
    late = now - datetime.combine(due, time.min, ARCHIVE_ZONE)
    if late > LATE_AFTER:
        yield f"late: material that opens on {due} was opened {late - late % timedelta(minutes=1)} after midnight"


def _early(restrictions: Restrictions, reader: IndexReader, *, today: date) -> Iterator[str]:
    for record_id in shown_early(restrictions, reader, today=today, overlay=NO_OVERLAY):
        yield f"early: {record_id} shows, though the register hides it today"
