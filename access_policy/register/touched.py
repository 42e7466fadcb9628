"""Whatever an index that was derived a while ago may hold wrongly: what changed since, and what a day has turned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from access_policy.register.changes import last_revision
from access_policy.register.lists import BATCH
from access_policy.register.tables import list_entries, list_versions, redactions, withdrawals
from access_policy.register.targets import target_key


@dataclass(frozen=True)
class Touched:
    """Targets whose documents must be derived anew, and the earliest day on which a line ended that closed one."""

    targets: frozenset[str]
    due: date | None = None


def read_touched(connection: Connection, *, since: int, derived_on: date, today: date) -> Touched:
    """What happened after revision `since`, and what began or ended after the day `derived_on`, up to today.

    An index that claims a newer revision than there is knows nothing: everything is touched.
    """
    after = since if since <= last_revision(connection) else 0
    ended = list(_ended(connection, derived_on, today))
    targets = (
        *_of_lists(connection, after, derived_on, today),
        *_of_single_changes(connection, after),
        *(target for target, _ in ended),
    )
    return Touched(frozenset(map(target_key, targets)), min((day for _, day in ended), default=None))


def _of_lists(connection: Connection, after: int, derived_on: date, today: date) -> Iterator[str]:
    """Lines of lists that were activated, or that another one replaced, or that have begun to bind."""
    heads = list_versions.c
    begun = and_(heads.effective_from > derived_on, heads.effective_from <= today)
    concerned = or_(heads.revision > after, heads.end_revision > after, begun)
    yield from _lines(connection, and_(heads.effective_from.is_not(None), concerned))


def _lines(connection: Connection, condition: ColumnElement[bool]) -> Iterator[str]:
    query = select(list_entries.c.target_id).join_from(list_entries, list_versions).where(condition)
    yield from connection.execute(query, execution_options={"yield_per": BATCH}).scalars()


def _ended(connection: Connection, derived_on: date, today: date) -> Iterator[tuple[str, date]]:
    """Lines that stopped binding after the index was derived, each with its day."""
    lines, heads = list_entries.c, list_versions.c
    for end in (lines.opens_on, heads.effective_to):
        query = select(lines.target_id, end).join_from(list_entries, list_versions)
        due = query.where(heads.effective_from.is_not(None), end > derived_on, end <= today)
        yield from connection.execute(due, execution_options={"yield_per": BATCH})


def _of_single_changes(connection: Connection, after: int) -> Iterator[str]:
    """Withdrawals and redactions, made or taken back."""
    for table, target, back in (
        (withdrawals, withdrawals.c.target_id, withdrawals.c.lift_revision),
        (redactions, redactions.c.record_id, redactions.c.removal_revision),
    ):
        query = select(target).where(or_(table.c.revision > after, back > after))
        yield from connection.execute(query, execution_options={"yield_per": BATCH}).scalars()
