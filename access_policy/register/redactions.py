"""Boxes blacked out on single pages."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, insert, select, update

from access_policy.register.changes import given_reason, person, take_revision
from access_policy.register.errors import ImpossibleEntry, UnknownRedaction
from access_policy.register.tables import redactions as table
from access_policy.register.targets import given_pages, given_target

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in thousandths of the page's width and height."""

WHOLE = 1000


@dataclass(frozen=True)
class KeptRedaction:
    """A box in the register; it is blacked out until it is removed."""

    id: int
    record_id: str
    page: int
    box: Box
    reason: str
    author: str
    drawn_at: datetime
    removed_by: str | None
    removed_at: datetime | None


def redact(
    connection: Connection, record_id: str, page: int, box: Box, *, reason: str, author: str, now: datetime
) -> int:
    """Black out a box; the number of the redaction. Raises ImpossibleEntry."""
    record, author = given_target(record_id), person(author)
    given_pages(record, page, page)
    left, top, right, bottom = _checked(box)
    row = {
        "record_id": record,
        "page": page,
        "left": left,
        "top": top,
        "right": right,
        "bottom": bottom,
        "reason": given_reason(reason),
        "author": author,
        "drawn_at": now,
        "revision": take_revision(connection, "redact", f"{record}, page {page}", author=author, now=now),
    }
    return int(connection.execute(insert(table).values(row).returning(table.c.id)).scalar_one())


def remove_redaction(connection: Connection, redaction_id: int, *, author: str, now: datetime) -> int:
    """Take a box away; the revision. Raises UnknownRedaction, ImpossibleEntry."""
    author = person(author)
    standing = (table.c.id == redaction_id) & table.c.removed_at.is_(None)
    row = connection.execute(select(table.c.record_id, table.c.page).where(standing)).one_or_none()
    if row is None:
        raise UnknownRedaction(f"there is no redaction {redaction_id} that could be removed")
    what = f"redaction {redaction_id}: {row.record_id}, page {row.page}"
    revision = take_revision(connection, "remove-redaction", what, author=author, now=now)
    values = {"removed_by": author, "removed_at": now, "removal_revision": revision}
    connection.execute(update(table).where(standing).values(values))
    return revision


def redactions(connection: Connection) -> Mapping[tuple[str, int], tuple[Box, ...]]:
    """Every box that nobody removed, by record and page."""
    found: dict[tuple[str, int], list[Box]] = defaultdict(list)
    for row in connection.execute(select(table).where(table.c.removed_at.is_(None)).order_by(table.c.id)):
        found[row.record_id, row.page].append((row.left, row.top, row.right, row.bottom))
    return {where: tuple(boxes) for where, boxes in found.items()}


def all_redactions(connection: Connection) -> list[KeptRedaction]:
    """Every box, removed ones too, in the order they were drawn."""
    return [
        KeptRedaction(
            row.id,
            row.record_id,
            row.page,
            (row.left, row.top, row.right, row.bottom),
            row.reason,
            row.author,
            row.drawn_at,
            row.removed_by,
            row.removed_at,
        )
        for row in connection.execute(select(table).order_by(table.c.id))
    ]


def _checked(box: Box) -> Box:
    left, top, right, bottom = box
    in_order = all(low < high for low, high in pairwise((-1, left, right, WHOLE + 1)))
    if not in_order or not all(low < high for low, high in pairwise((-1, top, bottom, WHOLE + 1))):
        raise ImpossibleEntry(
            f"box {box}: left, top, right, bottom run from 0 to {WHOLE}, left before right, top first"
        )
    return box
