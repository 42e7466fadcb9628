"""What is looked at to tell whether a row has changed: little of each row, read in the order of the row numbers."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from access_policy.terms import Level
from indexer.sources.standing import Standing
from indexer.sources.streams import AnyRow, Follower, stream
from indexer.sources.walk import Stage


@dataclass(frozen=True)
class Print:
    """What is remembered of a row. `code` is the same for rows of one code; both it and `mark` are digests."""

    number: int
    mark: bytes
    code: bytes
    version: int


def prints(connection: Connection, stage: Stage) -> Iterator[Print]:
    """The prints of a table in ascending row number, a batch in memory at a time."""
    pages = Follower(stream(connection, _sums(stage.pages)))
    objects = Follower(stream(connection, _sums(stage.objects)))
    for row in stream(connection, _looked_at(stage)):
        yield _print(stage.standing, row, pages.of(row[0]), objects.of(row[0]))
        pages.strays(), objects.strays()


def _looked_at(stage: Stage) -> Select[Any]:
    """The columns that decide where a row stands and who may see it; of a fonds all, and its archive's name."""
    if stage.level is Level.FONDS:
        return stage.rows
    standing = stage.standing
    return select(*(standing.table.c[name] for name in _names(standing))).order_by(standing.rows)


def _names(standing: Standing) -> list[str]:
    links = (here for pairs in standing.inside.values() for here, _ in pairs)
    names = (standing.number, standing.version, standing.mode, *standing.code, *links)
    return list(dict.fromkeys(name for name in names if name))


def _sums(parts: Select[Any]) -> Select[Any]:
    """Of the pages or objects of each row how many there are, and the highest version of any."""
    number, *_, version = parts.selected_columns
    counted = parts.order_by(None).with_only_columns(number, func.count(), func.max(version))
    return counted.group_by(number).order_by(number)


def _print(standing: Standing, row: AnyRow, pages: list[AnyRow], objects: list[AnyRow]) -> Print:
    written = row._mapping
    code = (_plain(written[name]) for name in standing.code)
    parts = [part for part in (*pages, *objects) if part[2] is not None]
    return Print(
        number=row[0],
        mark=_digest((*row, [tuple(part) for part in pages], [tuple(part) for part in objects])),
        code=_digest(tuple(code)),
        version=max((int(written[standing.version] or 0), *(int(part[2]) for part in parts))),
    )


def _plain(part: Any) -> Any:
    return part.strip(" ").lower() if isinstance(part, str) else part


def _digest(facts: tuple[Any, ...]) -> bytes:
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).digest()
