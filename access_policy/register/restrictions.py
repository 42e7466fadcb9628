"""What the register says against records, read whole: what a rebuild asks once for every record."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, select

from access_policy.record import Box, Listing, Record, Registered, Withdrawal
from access_policy.register.changes import last_revision
from access_policy.register.lists import BATCH
from access_policy.register.redactions import redactions
from access_policy.register.stamps import archive_day
from access_policy.register.tables import list_entries, list_versions
from access_policy.register.tables import withdrawals as withdrawn
from access_policy.register.targets import pages_kept, target_key


class Restrictions:
    """Lines of lists and withdrawals by target, in memory, as they stood at one revision."""

    def __init__(
        self,
        by_target: Mapping[str, tuple[Registered, ...]],
        revision: int = 0,
        redactions: Mapping[tuple[str, int], tuple[Box, ...]] = MappingProxyType({}),
    ) -> None:
        self._by_target = by_target
        self._redactions = redactions
        self._named: set[str] = set()
        self.revision = revision

    def of(self, record: Record) -> tuple[Registered, ...]:
        """Everything that names the record, its archive or anything between. Pages bind only the record they name."""
        named = [target for target in record.lineage if target in self._by_target]
        self._named.update(named)
        return tuple(
            each for target in named for each in self._by_target[target] if each.pages is None or target == record.id
        )

    def redactions(self, record_id: str, page: int) -> tuple[Box, ...]:
        """The boxes that staff has drawn on a page."""
        return self._redactions.get((record_id, page), ())

    def hidden(self, today: date) -> Iterator[str]:
        """Targets of which today not even the description may be shown, so that no index may have one."""
        for target, found in self._by_target.items():
            if any(each.pages is None and _hides(each, today) for each in found):
                yield target

    def unmatched(self) -> list[str]:
        """Targets that no record asked for so far has had, in order: what names them closes nothing."""
        return sorted(set(self._by_target) - self._named)


def _hides(restriction: Registered, today: date) -> bool:
    if isinstance(restriction, Withdrawal):
        return restriction.since <= today
    ends = [day for day in (restriction.until, restriction.opens_on) if day is not None]
    return not restriction.description_shown and restriction.since <= today < min(ends, default=date.max)


@dataclass(frozen=True)
class Supposed:
    """A draft taken as if it were in force from a day on, and the list it would replace."""

    number: str
    effective_from: date
    replaces: str | None = None


def read_restrictions(connection: Connection, supposed: Supposed | None = None) -> Restrictions:
    """Every line of every list that binds or has bound or will, and every withdrawal that nobody lifted."""
    days = _days(connection, supposed)
    by_target: dict[str, list[Registered]] = defaultdict(list)
    query = select(list_entries, list_versions.c.legal_basis).join_from(list_entries, list_versions)
    ordered = query.where(list_entries.c.list_number.in_(list(days))).order_by(list_entries.c.id)
    for row in connection.execute(ordered, execution_options={"yield_per": BATCH}):
        by_target[target_key(row.target_id)].append(_listing(row, *days[row.list_number]))
    for row in connection.execute(select(withdrawn).where(withdrawn.c.lifted_at.is_(None)).order_by(withdrawn.c.id)):
        pages = pages_kept(row.first_page, row.last_page)
        by_target[target_key(row.target_id)].append(Withdrawal(archive_day(row.withdrawn_at), row.reason, pages))
    closed = {target: tuple(found) for target, found in by_target.items()}
    return Restrictions(closed, last_revision(connection), redactions(connection))


def _days(connection: Connection, supposed: Supposed | None) -> dict[str, tuple[date, date | None]]:
    """From when to when each list binds."""
    active = select(list_versions).where(list_versions.c.effective_from.is_not(None))
    days = {row.number: (row.effective_from, row.effective_to) for row in connection.execute(active)}
    if supposed is not None:
        days[supposed.number] = (supposed.effective_from, None)
        if supposed.replaces in days:
            since, until = days[supposed.replaces]
            days[supposed.replaces] = (since, min(supposed.effective_from, until or date.max))
    return days


def _listing(row: Row[Any], since: date, until: date | None) -> Listing:
    """Words that many lines share are kept once."""
    return Listing(
        list_number=sys.intern(row.list_number),
        legal_basis=sys.intern(row.legal_basis),
        category=sys.intern(row.category),
        reason=sys.intern(row.reason),
        since=since,
        until=until,
        opens_on=row.opens_on,
        pages=pages_kept(row.first_page, row.last_page),
        existence_shown=row.existence_shown,
        description_shown=row.description_shown,
        requestable=row.requestable,
    )
