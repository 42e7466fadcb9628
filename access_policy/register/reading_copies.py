"""Reading copies: what a permit opens and the public index may not hold, for as long as a permit stands.

The indexer puts them here, one for each record under a permit, with those pages alone that some permit opens; the
portal takes them out behind its gate. Personal numbers have left texts and images before, as everywhere.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from access_policy.record import Box, DigitalObject
from access_policy.register.tables import copied_pages, reading_copies

_C, _P = reading_copies.c, copied_pages.c


@dataclass(frozen=True)
class CopiedPage:
    """The text of one page, and the boxes that have to be black on its image."""

    number: int
    text: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class ReadingCopy:
    """Where the images of a record are, and the pages that permits open."""

    record_id: str
    objects: tuple[DigitalObject, ...]
    pages: tuple[CopiedPage, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same content."""
        return sha256(json.dumps([_objects(self), _pages(self)], ensure_ascii=False).encode()).hexdigest()


def put_copy(connection: Connection, copy: ReadingCopy, *, now: datetime) -> bool:
    """Keep a copy in place of the one before; False when it says the same."""
    kept = connection.execute(select(_C.fingerprint).where(_C.record_id == copy.record_id)).scalar()
    if kept == copy.fingerprint:
        return False
    drop_copies(connection, [copy.record_id])
    row = {
        "record_id": copy.record_id,
        "objects": json.dumps(_objects(copy)),
        "fingerprint": copy.fingerprint,
        "made_at": now,
    }
    connection.execute(insert(reading_copies).values(row))
    pages = [{"record_id": copy.record_id, **page} for page in _pages(copy)]
    if pages:
        connection.execute(insert(copied_pages), [page | {"boxes": json.dumps(page["boxes"])} for page in pages])
    return True


def drop_copies(connection: Connection, record_ids: Collection[str]) -> None:
    """Forget copies."""
    for table in (copied_pages, reading_copies):
        connection.execute(delete(table).where(table.c.record_id.in_(sorted(record_ids))))


def copied_records(connection: Connection) -> frozenset[str]:
    """The records of which a copy is kept."""
    return frozenset(connection.execute(select(_C.record_id)).scalars())


def copied_objects(connection: Connection, record_id: str) -> tuple[DigitalObject, ...]:
    """Where the images of a record are, as far as whole pages of them are copied; nothing without a copy."""
    found = connection.execute(select(_C.objects).where(_C.record_id == record_id)).scalar()
    return tuple(DigitalObject(**values) for values in json.loads(found)) if found else ()


def copied_page(connection: Connection, record_id: str, number: int) -> CopiedPage | None:
    """One page, or None when no permit opened it when the copy was made."""
    row = connection.execute(select(copied_pages).where(_P.record_id == record_id, _P.number == number)).one_or_none()
    return _page(row) if row is not None else None


def _page(row: Row[Any]) -> CopiedPage:
    boxes: list[list[int]] = json.loads(row.boxes)
    return CopiedPage(row.number, row.text, tuple((b[0], b[1], b[2], b[3]) for b in boxes))


def _objects(copy: ReadingCopy) -> list[dict[str, Any]]:
    return [vars(held) for held in copy.objects]


def _pages(copy: ReadingCopy) -> list[dict[str, Any]]:
    return [{"number": page.number, "text": page.text, "boxes": page.boxes} for page in copy.pages]
