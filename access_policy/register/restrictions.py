"""What the register says against records: read whole, as a rebuild asks it for every record, or against some ids only.

What is read against some ids is found by their index; it says of these ids exactly what the whole says.
"""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

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
        return self.naming(record.id, record.lineage)

    def naming(self, record_id: str, lineage: Sequence[str]) -> tuple[Registered, ...]:
        """The same of a record of which no more is known than its id and those above it, its own among them."""
        named = [target for target in lineage if target in self._by_target]
        self._named.update(named)
        return tuple(
            each for target in named for each in self._by_target[target] if each.pages is None or target == record_id
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


def read_restrictions(
    connection: Connection, supposed: Supposed | None = None, *, targets: Collection[str] | None = None
) -> Restrictions:
    """Every line of every list that binds or has bound or will, and every withdrawal that nobody lifted; with `targets`
    those alone that name one of them.
    """
    heads = _heads(connection, supposed)
    by_target: dict[str, list[Registered]] = defaultdict(list)
    for row in _rows(connection, _lines(heads, narrow=targets is not None), list_entries.c.target_id, targets):
        if row.list_number in heads:
            by_target[target_key(row.target_id)].append(_listing(row, heads[row.list_number]))
    standing = select(withdrawn).where(withdrawn.c.lifted_at.is_(None)).order_by(withdrawn.c.id)
    for row in _rows(connection, standing, withdrawn.c.target_id, targets):
        pages = pages_kept(row.first_page, row.last_page)
        by_target[target_key(row.target_id)].append(Withdrawal(archive_day(row.withdrawn_at), row.reason, pages))
    closed = {target: tuple(found) for target, found in by_target.items()}
    return Restrictions(closed, last_revision(connection), redactions(connection))


@dataclass(frozen=True)
class _Head:
    """From when to when a list binds, and by what law."""

    since: date
    until: date | None
    legal_basis: str


def _heads(connection: Connection, supposed: Supposed | None) -> dict[str, _Head]:
    """Every list that binds on any day."""
    kept = {row.number: row for row in connection.execute(select(list_versions))}
    heads = {
        number: _Head(row.effective_from, row.effective_to, sys.intern(row.legal_basis))
        for number, row in kept.items()
        if row.effective_from is not None
    }
    if supposed is not None and supposed.number in kept:
        heads[supposed.number] = _Head(supposed.effective_from, None, sys.intern(kept[supposed.number].legal_basis))
        if supposed.replaces in heads:
            replaced = heads[supposed.replaces]
            ends = min(supposed.effective_from, replaced.until or date.max)
            heads[supposed.replaces] = replace(replaced, until=ends)
    return heads


def _lines(heads: Collection[str], *, narrow: bool) -> Select[Any]:
    """Against some targets their index finds the lines; to name the lists as well would lead databases to theirs."""
    query = select(list_entries).order_by(list_entries.c.id)
    return query if narrow else query.where(list_entries.c.list_number.in_(list(heads)))


def _rows(
    connection: Connection, query: Select[Any], target: ColumnElement[str], targets: Collection[str] | None
) -> Iterator[Row[Any]]:
    streamed = {"yield_per": BATCH}
    if targets is None:
        yield from connection.execute(query, execution_options=streamed)
        return
    wanted = sorted(set(targets))
    for start in range(0, len(wanted), BATCH):
        some = query.where(target.in_(wanted[start : start + BATCH]))
        yield from connection.execute(some, execution_options=streamed)


def _listing(row: Row[Any], head: _Head) -> Listing:
    """Words that many lines share are kept once."""
    return Listing(
        list_number=sys.intern(row.list_number),
        legal_basis=head.legal_basis,
        category=sys.intern(row.category),
        reason=sys.intern(row.reason),
        since=head.since,
        until=head.until,
        opens_on=row.opens_on,
        pages=pages_kept(row.first_page, row.last_page),
        existence_shown=row.existence_shown,
        description_shown=row.description_shown,
        requestable=row.requestable,
    )
