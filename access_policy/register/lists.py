"""The life of a list: imported as a draft, activated by a second person, replaced by a later one."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, collate, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from access_policy.register.changes import person, take_revision
from access_policy.register.entries import KeptVersion, ListEntry, ListVersion, checked_entry, checked_version
from access_policy.register.errors import AlreadyActive, ListExists, NotActive, SamePerson, UnknownList
from access_policy.register.tables import list_entries, list_versions

BATCH = 1000


def import_version(
    connection: Connection, version: ListVersion, entries: Iterable[ListEntry], *, author: str, now: datetime
) -> None:
    """Write a draft with its lines as they come. Raises ListExists, ImpossibleEntry."""
    version = checked_version(version)
    head = vars(version) | {"imported_by": person(author), "imported_at": now}
    try:
        connection.execute(insert(list_versions).values(head))
    except IntegrityError:
        raise ListExists(f"list {version.number} is in the register already; a list never changes") from None
    lines = (
        vars(checked_entry(entry, ordinal)) | {"list_number": version.number}
        for ordinal, entry in enumerate(entries, start=1)
    )
    while batch := list(islice(lines, BATCH)):
        connection.execute(insert(list_entries), batch)


def activate(
    connection: Connection,
    number: str,
    *,
    effective_from: date,
    author: str,
    now: datetime,
    replaces: str | None = None,
) -> int:
    """Put a draft into force; the list it replaces ends on the day it begins. Raises as Register.activate."""
    author, head = person(author), _head(connection, number)
    if head.effective_from is not None:
        raise AlreadyActive(f"list {number} is in force from {head.effective_from:%d/%m/%Y} and needs no activation")
    if same_person(head.imported_by, author):
        raise SamePerson(f"{author} imported list {number}; somebody else has to activate it")
    what = number if replaces is None else f"{number} (replaces {replaces})"
    revision = take_revision(connection, "activate", what, author=author, now=now)
    if replaces is not None:
        _end(connection, replaces, on=effective_from, revision=revision)
    own = {"effective_from": effective_from, "activated_by": author, "activated_at": now, "revision": revision}
    connection.execute(update(list_versions).where(list_versions.c.number == number).values(own))
    return revision


def _end(connection: Connection, number: str, *, on: date, revision: int) -> None:
    head = _head(connection, number)
    if head.effective_from is None:
        raise NotActive(f"list {number} has never been in force, so nothing can replace it")
    ends = min(on, head.effective_to or on)
    own = {"effective_to": ends, "end_revision": revision}
    connection.execute(update(list_versions).where(list_versions.c.number == number).values(own))


def same_person(one: str, other: str) -> bool:
    """True for two spellings of a name that differ in case or spaces only."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def versions(connection: Connection) -> list[KeptVersion]:
    """Every list, by the day it was issued."""
    counted = select(list_entries.c.list_number, func.count().label("lines")).group_by(list_entries.c.list_number)
    lines = counted.subquery()
    query = (
        select(list_versions, func.coalesce(lines.c.lines, 0).label("lines"))
        .outerjoin_from(list_versions, lines, list_versions.c.number == lines.c.list_number)
        .order_by(list_versions.c.issued_on, list_versions.c.number)
    )
    return [_kept(row) for row in connection.execute(query)]


def version(connection: Connection, number: str) -> KeptVersion:
    """One list. Raises UnknownList."""
    count = select(func.count()).where(list_entries.c.list_number == number).scalar_subquery().label("lines")
    row = connection.execute(select(list_versions, count).where(list_versions.c.number == number)).one_or_none()
    if row is None:
        raise UnknownList(f"no list {number} has been imported")
    return _kept(row)


def entries(connection: Connection, number: str, *, by_target: bool) -> Iterator[ListEntry]:
    """The lines of a list, streamed: as they stood in their file, or by target and pages."""
    own = list_entries.c
    # The order of code points, whatever the database's own language: two streams are merged by it.
    target = collate(own.target_id, "C" if connection.dialect.name == "postgresql" else "BINARY")
    pages = (func.coalesce(own.first_page, 0), func.coalesce(own.last_page, 0))
    order = (target, *pages, own.id) if by_target else (own.line, own.id)
    query = select(list_entries).where(own.list_number == number).order_by(*order)
    for row in connection.execute(query, execution_options={"yield_per": BATCH}):
        yield _entry(row)


def _head(connection: Connection, number: str) -> Row[Any]:
    row = connection.execute(select(list_versions).where(list_versions.c.number == number)).one_or_none()
    if row is None:
        raise UnknownList(f"no list {number} has been imported")
    return row


def _kept(row: Row[Any]) -> KeptVersion:
    values = dict(row._mapping)
    del values["end_revision"]
    head = ListVersion(*(values.pop(name) for name in ("number", "issued_on", "authority", "legal_basis")))
    return KeptVersion(head, **values)


def _entry(row: Row[Any]) -> ListEntry:
    values = dict(row._mapping)
    del values["id"], values["list_number"]
    return ListEntry(**values)
