"""Reading an archive database from end to end: each table in the order of its row numbers, its pages beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, func, select

from access_policy.record import DigitalObject, Page, Record
from access_policy.terms import Level
from indexer.sources.attachments import read_objects, read_pages
from indexer.sources.fields import RowRefused, refusal
from indexer.sources.identity import CodeTooLong
from indexer.sources.kinship import Kinship
from indexer.sources.port import BadRow, SourceRecord
from indexer.sources.streams import AnyRow, Follower, stream


@dataclass(frozen=True)
class Stage:
    """One table of described things, and the four queries that read it in ascending row number (their first column).

    `rows` yields the things themselves; `repeated` the numbers of rows whose code an earlier row already has; `pages`
    (row, number, text, word boxes, version) and `objects` (row, path, media type, sha256, first page, page count,
    version) what belongs to them. `describe` makes a record of one row, or raises RowRefused, a pydantic
    ValidationError or CodeTooLong.
    """

    level: Level
    table: str
    rows: Select[Any]
    repeated: Select[Any]
    pages: Select[Any]
    objects: Select[Any]
    describe: Callable[[AnyRow, Kinship], Record]


def walk(connection: Connection, stages: Sequence[Stage]) -> Iterator[SourceRecord | BadRow]:
    """Every row of every stage in order; stages must run from parents to children."""
    kinship = Kinship()
    for stage in stages:
        yield from _Passage(connection, stage, kinship).entries()


class _Passage:
    """One way through one table."""

    def __init__(self, connection: Connection, stage: Stage, kinship: Kinship) -> None:
        self._stage = stage
        self._kinship = kinship
        self._rows = stream(connection, stage.rows)
        self._repeated = Follower(stream(connection, stage.repeated))
        self._pages = Follower(stream(connection, stage.pages))
        self._objects = Follower(stream(connection, stage.objects))

    def entries(self) -> Iterator[SourceRecord | BadRow]:
        for row in self._rows:
            entry = self._entry(row)
            yield from self._strays("pages", self._pages.strays())
            yield from self._strays("digital objects", self._objects.strays())
            yield entry
        for number in self._pages.rest():
            yield from self._strays("pages", [number])
        for number in self._objects.rest():
            yield from self._strays("digital objects", [number])

    def _entry(self, row: AnyRow) -> SourceRecord | BadRow:
        number = row[0]
        pages, objects = self._pages.of(number), self._objects.of(number)
        try:
            if self._repeated.of(number):
                raise RowRefused("another row has the same code")
            entry = self._source_record(row, pages, objects)
        except (RowRefused, CodeTooLong) as error:
            return self._refused(number, str(error))
        except ValidationError as error:
            return self._refused(number, str(refusal(error)))
        self._kinship.admit(self._stage.level, number, entry.record)
        return entry

    def _source_record(self, row: AnyRow, pages: list[AnyRow], objects: list[AnyRow]) -> SourceRecord:
        text, held = read_pages(pages), read_objects(objects)
        record = self._stage.describe(row, self._kinship)
        versions = (record.row_version, *(part[-1] for part in (*pages, *objects)))
        return SourceRecord(
            replace(
                record,
                objects=held,
                page_count=_digitised(text, held),
                row_version=max(versions),
            ),
            text,
        )

    def _refused(self, number: int, reason: str) -> BadRow:
        self._kinship.refuse(self._stage.level, number)
        return BadRow(key=f"{self._stage.table} {number}", reason=reason)

    def _strays(self, what: str, numbers: list[int]) -> Iterator[BadRow]:
        for number in numbers:
            yield BadRow(key=f"{what} of {self._stage.table} {number}", reason="that row does not exist")


def _digitised(pages: tuple[Page, ...], objects: tuple[DigitalObject, ...]) -> int:
    """How many pages can be opened: the last page with text or in an object."""
    ends = (*(page.number for page in pages), *(held.first_page + held.page_count - 1 for held in objects))
    return max(ends, default=0)


def count_entries(connection: Connection, stages: Sequence[Stage]) -> int:
    """How many entries `walk` yields: one a row, and one for each missing row that pages or objects refer to."""
    return sum(_count(connection, stage) for stage in stages)


def _count(connection: Connection, stage: Stage) -> int:
    rows = stage.rows.order_by(None).subquery()
    own = connection.execute(select(func.count()).select_from(rows)).scalar_one()
    for belonging in (stage.pages, stage.objects):
        parts = belonging.order_by(None).subquery()
        strays = (
            select(func.count(parts.c[0].distinct()))
            .select_from(parts.outerjoin(rows, parts.c[0] == rows.c[0]))
            .where(rows.c[0].is_(None))
        )
        own += connection.execute(strays).scalar_one()
    return own
