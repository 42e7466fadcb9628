"""A draft weighed against whatever binds on a day: sets of ids and no more, since lists are long."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from access_policy.permit import Permit
from access_policy.register.lists import BATCH, version
from access_policy.register.permits import open_permits
from access_policy.register.restrictions import Supposed
from access_policy.register.stamps import archive_day
from access_policy.register.tables import list_entries, list_versions, withdrawals
from access_policy.register.targets import Pages, pages_kept, target_key


@dataclass(frozen=True)
class Weighed:
    """What a draft does from a day on.

    `own` are the ids of its lines, `before` those of the list it replaces. `closed` are its own ids that it closes on
    that day as a whole or in part, `opened` ids of the replaced list that nothing closes any more, and `permits` those
    good on that day for a record or pages that it names.
    """

    own: frozenset[str]
    before: frozenset[str]
    closed: frozenset[str]
    opened: frozenset[str]
    permits: tuple[Permit, ...]


@dataclass
class _Bound:
    """Ids that something binds on the day: as a whole, and as a whole or in part; the pages of those in `held`."""

    held: frozenset[str] = frozenset()
    whole: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    pages: dict[str, list[Pages]] = field(default_factory=lambda: defaultdict(list))

    def add(self, target: str, pages: Pages) -> None:
        self.named.add(target)
        if pages is None:
            self.whole.add(target)
        if target in self.held:
            self.pages[target].append(pages)

    def binds(self, record_id: str) -> bool:
        """Pages of an archive are none of a record's, all of it is."""
        return record_id in self.named or _archive(record_id) in self.whole

    def touches(self, permit: Permit) -> bool:
        overlapping = any(_overlap(each, permit.pages) for each in self.pages[permit.record_id])
        return overlapping or _archive(permit.record_id) in self.whole


def weigh(connection: Connection, supposed: Supposed) -> Weighed:
    """Weigh a draft. Raises UnknownList."""
    version(connection, supposed.number)
    day, own = supposed.effective_from, list_entries.c.list_number == supposed.number
    permits = [each for each in open_permits(connection) if each.starts_on <= day <= each.ends_on]
    mine = _Bound(frozenset(each.record_id for each in permits))
    for target, pages in _lines(connection, own, day):
        mine.add(target, pages)
    others = _Bound()
    for target, pages in chain(_lines(connection, _others(supposed), day), _withdrawn(connection, day)):
        others.add(target, pages)
    targets = _targets(connection, own)
    before = _targets(connection, list_entries.c.list_number == supposed.replaces)
    return Weighed(
        own=targets,
        before=before,
        closed=frozenset(filter(mine.binds, targets)),
        opened=frozenset(each for each in before if not mine.binds(each) and not others.binds(each)),
        permits=tuple(filter(mine.touches, permits)),
    )


def _others(supposed: Supposed) -> ColumnElement[bool]:
    """Lines of lists in force on the day; the replaced one ends then."""
    heads, day = list_versions.c, supposed.effective_from
    in_force = and_(heads.effective_from <= day, or_(heads.effective_to.is_(None), heads.effective_to > day))
    return list_entries.c.list_number.in_(
        select(heads.number).where(in_force, heads.number.not_in([supposed.number, supposed.replaces or ""]))
    )


def _lines(connection: Connection, of: ColumnElement[bool], day: date) -> Iterator[tuple[str, Pages]]:
    own = list_entries.c
    shut = or_(own.opens_on.is_(None), own.opens_on > day)
    query = select(own.target_id, own.first_page, own.last_page).where(of, shut)
    return _bound(connection.execute(query, execution_options={"yield_per": BATCH}))


def _withdrawn(connection: Connection, day: date) -> Iterator[tuple[str, Pages]]:
    own = withdrawals.c
    query = select(own.target_id, own.first_page, own.last_page, own.withdrawn_at).where(own.lifted_at.is_(None))
    rows = connection.execute(query, execution_options={"yield_per": BATCH})
    return _bound((target, first, last) for target, first, last, at in rows if archive_day(at) <= day)


def _bound(rows: Iterable[tuple[str, int | None, int | None]]) -> Iterator[tuple[str, Pages]]:
    return ((target_key(target), pages_kept(first, last)) for target, first, last in rows)


def _targets(connection: Connection, of: ColumnElement[bool]) -> frozenset[str]:
    query = select(list_entries.c.target_id).where(of)
    return frozenset(map(target_key, connection.execute(query, execution_options={"yield_per": BATCH}).scalars()))


def _overlap(one: Pages, other: Pages) -> bool:
    return one is None or other is None or (one[0] <= other[1] and other[0] <= one[1])


def _archive(record_id: str) -> str:
    return record_id.partition(".")[0]
