"""Figures of the service for everybody: how many, how quickly, why refused. Nobody is in them."""

import statistics
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from portal.clock import ARCHIVE_ZONE, archive_day
from portal.requests.ruling import Ruling
from portal.requests.working_days import WorkingDays
from portal.store.database import Database
from portal.store.tables import case_lines, cases

_C = cases.c


@dataclass(frozen=True)
class ServiceFigures:
    """Of the cases submitted from one day to another, both included.

    `on_time` of `decided` were answered by the day that was promised; `median_days` are working days from receipt to
    answer, None before the first; `refusals` counts refused records by the code of the reason, and `ratings` cases by
    stars.
    """

    submitted: int
    decided: int
    on_time: int
    median_days: float | None
    refusals: Mapping[str, int]
    ratings: Mapping[int, int]


class Figures:
    """May raise StoreUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, first: date, last: date, *, calendar: WorkingDays) -> ServiceFigures:
        """The figures of a span of days of the archive."""
        with self._database.reading() as connection:
            within = _within(first, last)
            submitted = connection.execute(select(func.count()).select_from(cases).where(*within)).scalar_one()
            took = list(_took(connection, within, calendar.between))
            return ServiceFigures(
                submitted=int(submitted),
                decided=len(took),
                on_time=sum(on_time for _days, on_time in took),
                median_days=statistics.median(days for days, _on_time in took) if took else None,
                refusals=_refusals(connection, within),
                ratings=_ratings(connection, within),
            )


def _within(first: date, last: date) -> Sequence[ColumnElement[bool]]:
    days = (first, last + timedelta(days=1))
    begins, ends = (datetime.combine(day, time.min, ARCHIVE_ZONE).astimezone(UTC) for day in days)
    return (_C.submitted_at >= begins, _C.submitted_at < ends)


def _took(
    connection: Connection, within: Sequence[ColumnElement[bool]], between: Callable[[date, date], int]
) -> Sequence[tuple[int, bool]]:
    """Working days and punctuality of each decided case."""
    query = select(_C.counted_from, _C.due_on, _C.decided_at).where(
        *within, _C.decided_at.is_not(None), _C.counted_from.is_not(None)
    )
    found = []
    for row in connection.execute(query):
        answered = archive_day(row.decided_at)
        found.append((max(0, between(row.counted_from, answered)), row.due_on is None or answered <= row.due_on))
    return found


def _refusals(connection: Connection, within: Sequence[ColumnElement[bool]]) -> Mapping[str, int]:
    query = select(case_lines.c.decision).join(cases, _C.id == case_lines.c.case_id)
    decided = connection.execute(query.where(*within, case_lines.c.decision.is_not(None))).scalars()
    rulings = (Ruling.model_validate_json(text) for text in decided)
    return Counter(ruling.reason for ruling in rulings if not ruling.granted)


def _ratings(connection: Connection, within: Sequence[ColumnElement[bool]]) -> Mapping[int, int]:
    query = select(_C.rating, func.count()).where(*within, _C.rating.is_not(None)).group_by(_C.rating)
    return {int(stars): int(count) for stars, count in connection.execute(query)}
