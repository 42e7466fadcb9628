"""What has been closed since an index was made."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, select

from access_policy.overlay import Overlay, Withholding
from access_policy.register.changes import last_revision
from access_policy.register.lists import BATCH
from access_policy.register.tables import list_entries, list_versions, redactions, withdrawals
from access_policy.register.targets import target_key


def read_overlay(connection: Connection, since: int) -> Overlay:
    """Every closing newer than revision `since`.

    An index that claims a newer revision than there is was made from another register (a backup was put back): what
    it knows is anybody's guess, so everything is withheld that this register closes.
    """
    revision = last_revision(connection)
    after = since if since <= revision else 0
    found = (*_listed(connection, after), *_withdrawn(connection, after), *_redacted(connection, after))
    return Overlay(revision, tuple(dict.fromkeys(found)))


def _listed(connection: Connection, after: int) -> Iterator[Withholding]:
    lines, heads = list_entries.c, list_versions.c
    query = (
        select(lines.target_id, lines.opens_on, heads.effective_from, heads.effective_to)
        .join_from(list_entries, list_versions)
        .where(heads.revision > after, heads.effective_from.is_not(None))
        .order_by(lines.id)
    )
    for target, opens_on, since, until in connection.execute(query, execution_options={"yield_per": BATCH}):
        ends: list[date] = [day for day in (opens_on, until) if day is not None]
        yield Withholding(target_key(target), since, min(ends, default=None))


def _withdrawn(connection: Connection, after: int) -> Iterator[Withholding]:
    standing = withdrawals.c.lifted_at.is_(None) & (withdrawals.c.revision > after)
    for target in connection.execute(
        select(withdrawals.c.target_id).where(standing).order_by(withdrawals.c.id)
    ).scalars():
        yield Withholding(target_key(target))


def _redacted(connection: Connection, after: int) -> Iterator[Withholding]:
    standing = redactions.c.removed_at.is_(None) & (redactions.c.revision > after)
    for target in connection.execute(
        select(redactions.c.record_id).where(standing).order_by(redactions.c.id)
    ).scalars():
        yield Withholding(target_key(target))
