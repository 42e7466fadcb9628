"""Who has how much to do, and how much was answered in time: figures for the head of the archive."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, func, select

from portal.clock import ARCHIVE_ZONE, archive_day
from portal.requests.states import IN_HAND, STANDING_STILL
from portal.store.database import Database
from portal.store.tables import cases

MONTHS = 12

_C = cases.c


@dataclass(frozen=True)
class Load:
    """What lies with one member of staff, by id, "" for what nobody has: cases without a decision, those of them that
    are late, and cases decided since the first of the month.
    """

    staff_id: str
    open: int
    overdue: int
    decided: int


@dataclass(frozen=True)
class Month:
    """Cases decided in a month, and those of them by the day that was promised. `first` is its first day."""

    first: date
    decided: int
    on_time: int

    @property
    def share(self) -> int | None:
        """Whole per cent on time, rounded down so that 100 means every one; None in a month without decisions."""
        return 100 * self.on_time // self.decided if self.decided else None


class Workload:
    """May raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def loads(self, *, today: date) -> Sequence[Load]:
        """Of everybody who has something open or decided something this month, the busiest first."""
        with self._database.reading() as connection:
            opened = _by_handler(connection, late_on=None)
            late = _by_handler(connection, late_on=today)
            decided = _decided_by(connection, since=today.replace(day=1))
        staff = {*opened, *late, *decided}
        loads = [Load(each, opened.get(each, 0), late.get(each, 0), decided.get(each, 0)) for each in staff]
        return sorted(loads, key=lambda load: (-load.overdue, -load.open, -load.decided, load.staff_id))

    def months(self, *, today: date) -> Sequence[Month]:
        """The last twelve months with the one that is running, in order."""
        firsts = _firsts(today)
        query = select(_C.decided_at, _C.due_on).where(_C.decided_at >= _midnight(firsts[0]))
        decided: Counter[date] = Counter()
        on_time: Counter[date] = Counter()
        with self._database.reading() as connection:
            for at, due_on in connection.execute(query, execution_options={"yield_per": 1000}):
                answered = archive_day(at)
                first = answered.replace(day=1)
                decided[first] += 1
                on_time[first] += due_on is None or answered <= due_on
        return [Month(first, decided[first], on_time[first]) for first in firsts]


def _by_handler(connection: Connection, *, late_on: date | None) -> Mapping[str, int]:
    """Open cases by handler, or those of them that are late on a day; none is while the clock stands still."""
    states = IN_HAND if late_on is None else IN_HAND - STANDING_STILL
    query = select(_C.assigned_to, func.count()).where(_C.state.in_(sorted(state.value for state in states)))
    if late_on is not None:
        query = query.where(_C.due_on < late_on)
    return {staff_id or "": int(count) for staff_id, count in connection.execute(query.group_by(_C.assigned_to))}


def _decided_by(connection: Connection, *, since: date) -> Mapping[str, int]:
    query = select(_C.decided_by, func.count()).where(_C.decided_at >= _midnight(since)).group_by(_C.decided_by)
    return {staff_id or "": int(count) for staff_id, count in connection.execute(query)}


def _firsts(today: date) -> Sequence[date]:
    """First days of the last months, the running one last."""
    newest = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(newest - MONTHS + 1, newest + 1)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ARCHIVE_ZONE).astimezone(UTC)
