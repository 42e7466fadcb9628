"""Permits that the archive granted to single readers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from access_policy.permit import Permit
from access_policy.register.changes import person, take_revision
from access_policy.register.errors import ImpossibleEntry, PermitExists, UnknownPermit
from access_policy.register.tables import LONGEST_ID, LONGEST_NUMBER
from access_policy.register.tables import permits as table
from access_policy.register.targets import given_pages, given_target, pages_kept
from access_policy.terms import Action

_NO_PAGE = (0, 0)
_ACTIONS = {action.value: action for action in Action}


def grant(connection: Connection, permit: Permit, *, reader_id: str, author: str, now: datetime) -> int:
    """Grant a permit; the revision. Raises PermitExists, ImpossibleEntry."""
    author, record_id = person(author), given_target(permit.record_id)
    first, last = given_pages(record_id, *(permit.pages or (None, None))) or (None, None)
    _check(permit, reader_id)
    revision = take_revision(connection, "grant", f"{permit.code}: {record_id}", author=author, now=now)
    row = {
        "code": permit.code,
        "reader_id": reader_id,
        "record_id": record_id,
        "first_page": first,
        "last_page": last,
        "actions": ",".join(sorted(action.value for action in permit.actions)),
        "starts_on": permit.starts_on,
        "ends_on": permit.ends_on,
        "reading_room_only": permit.reading_room_only,
        "pages_per_day": permit.pages_per_day,
        "strong_watermark": permit.strong_watermark,
        "granted_by": author,
        "granted_at": now,
        "revision": revision,
    }
    try:
        connection.execute(insert(table).values(row))
    except IntegrityError:
        raise PermitExists(f"permit {permit.code} has been granted before") from None
    return revision


def revoke(connection: Connection, code: str, *, author: str, now: datetime) -> int:
    """Revoke a permit; the revision. Raises UnknownPermit, ImpossibleEntry."""
    author = person(author)
    standing = (table.c.code == code) & table.c.revoked_at.is_(None)
    revoked = connection.execute(update(table).where(standing).values(revoked_by=author, revoked_at=now))
    if not revoked.rowcount:
        raise UnknownPermit(f"there is no permit {code} that could be revoked")
    return take_revision(connection, "revoke", code, author=author, now=now)


def permits_of(connection: Connection, reader_id: str) -> tuple[Permit, ...]:
    """What this reader holds and nobody revoked; the days stand in each."""
    query = select(table).where(table.c.reader_id == reader_id, table.c.revoked_at.is_(None)).order_by(table.c.code)
    return tuple(_permit(row) for row in connection.execute(query))


def open_permits(connection: Connection) -> tuple[Permit, ...]:
    """Every permit that nobody revoked; the days stand in each."""
    query = select(table).where(table.c.revoked_at.is_(None)).order_by(table.c.code)
    return tuple(_permit(row) for row in connection.execute(query))


def open_permits_for(connection: Connection, record_ids: Collection[str]) -> tuple[Permit, ...]:
    """Those for some records, not more than a page shows."""
    own = table.c.record_id.in_(sorted(set(record_ids)))
    query = select(table).where(table.c.revoked_at.is_(None), own).order_by(table.c.code)
    return tuple(_permit(row) for row in connection.execute(query))


def _check(permit: Permit, reader_id: str) -> None:
    if not 0 < len(permit.code) <= LONGEST_NUMBER or not 0 < len(reader_id) <= LONGEST_ID:
        raise ImpossibleEntry("a permit has a code and a reader")
    if permit.ends_on < permit.starts_on or not permit.actions:
        raise ImpossibleEntry(f"permit {permit.code} allows nothing on any day")
    if permit.pages_per_day is not None and permit.pages_per_day < 1:
        raise ImpossibleEntry(f"permit {permit.code} allows no page on a day")


def _permit(row: Row[Any]) -> Permit:
    """Actions that this version does not know are left out; pages that make no sense open none."""
    actions = frozenset(_ACTIONS[word] for word in row.actions.split(",") if word in _ACTIONS)
    whole = row.first_page is None and row.last_page is None
    pages = None if whole else pages_kept(row.first_page, row.last_page) or _NO_PAGE
    return Permit(
        code=row.code,
        record_id=row.record_id,
        actions=actions,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        pages=pages,
        reading_room_only=row.reading_room_only,
        pages_per_day=row.pages_per_day,
        strong_watermark=row.strong_watermark,
    )
