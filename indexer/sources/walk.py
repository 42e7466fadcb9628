"""Reading an archive database from end to end: each table in the order of its row numbers, its pages beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Select, func, select

from access_policy.record import DigitalObject, Page, Record
from access_policy.terms import Level
from indexer.secrecy_net import secrecy_marks
from indexer.sources.attachments import read_objects, read_pages
from indexer.sources.fields import RowRefused, refusal
from indexer.sources.identity import CodeTooLong
from indexer.sources.kinship import Kinship
from indexer.sources.port import BadRow, SourceRecord, SourceUnavailable
from indexer.sources.repeated import repeated_rows
from indexer.sources.standing import Standing
from indexer.sources.streams import AnyRow, Follower, stream


@dataclass(frozen=True)
class Stage:
    """One table of described things, and the four queries that read it in ascending row number (their first column).

    `rows` yields the things themselves (`rows_near` those with given numbers, without looking at the rest); `repeated`
    the numbers of rows whose code an earlier row already has; `pages` (row, number, text, word boxes, version) and
    `objects` (row, path, media type, sha256, first page, page count, version) what belongs to them. `describe` makes a
    record of one row, or raises RowRefused, a pydantic ValidationError or CodeTooLong.
    """

    level: Level
    table: str
    standing: Standing
    rows: Select[Any]
    rows_near: Callable[[Select[Any]], Select[Any]]
    repeated: Select[Any]
    pages: Select[Any]
    objects: Select[Any]
    describe: Callable[[AnyRow, Kinship], Record]

    def parted(self, number: int) -> tuple["Stage", "Stage"]:
        """The part of the table up to a row, that row included, and the part after it."""
        return self._where(lambda row: row <= number), self._where(lambda row: row > number)

    def _where(self, holds: Callable[[Any], Any]) -> "Stage":
        rows, repeated = self.standing.rows, self.repeated.selected_columns[0]
        pages, objects = self.pages.selected_columns[0], self.objects.selected_columns[0]
        return replace(
            self,
            rows=self.rows.where(holds(rows)),
            repeated=self.repeated.where(holds(repeated)),
            pages=self.pages.where(holds(pages)),
            objects=self.objects.where(holds(objects)),
        )

    def near(self, numbers: Select[Any]) -> "Stage":
        """The rows with these numbers; the query must give numbers of rows that exist."""
        return replace(
            self,
            rows=self.rows_near(numbers),
            repeated=repeated_rows(self.standing, near=numbers),
            pages=self.pages.where(self.pages.selected_columns[0].in_(numbers)),
            objects=self.objects.where(self.objects.selected_columns[0].in_(numbers)),
        )


def walk(connection: Connection, stages: Sequence[Stage], *, after: str = "") -> Iterator[SourceRecord | BadRow]:
    """Every row of every stage in order; stages must run from parents to children.

    With `after`, a row key, only what comes after that row. Tables before it are read again as far as what is left
    stands in their rows: whether a row can be described is known only when it is read with all that belongs to it.
    Raises SourceUnavailable when no stage has the table of that row.
    """
    kinship = Kinship()
    before, left = _parted(stages, after) if after else ((), stages)
    for stage in _standing_above(before, left):
        for _ in Passage(connection, stage, kinship).entries():
            pass
    for stage in left:
        yield from Passage(connection, stage, kinship).entries()


def _parted(stages: Sequence[Stage], row_key: str) -> tuple[Sequence[Stage], Sequence[Stage]]:
    """What comes up to a row and what comes after it; the table of that row is in both."""
    table, _, number = row_key.partition(" ")
    for place, stage in enumerate(stages):
        if stage.table == table and number.isdecimal():
            upto, beyond = stage.parted(int(number))
            return (*stages[:place], upto), (beyond, *stages[place + 1 :])
    raise SourceUnavailable("the archive database has no table of the row after which reading should go on")


def _standing_above(earlier: Sequence[Stage], later: Sequence[Stage]) -> list[Stage]:
    """Of the earlier stages those in whose rows anything of the later ones may stand, however far above."""
    needed: list[Stage] = []
    for stage in reversed(earlier):
        if any(stage.level in below.standing.inside for below in (*later, *needed)):
            needed.insert(0, stage)
    return needed


class Passage:
    """One way through one table."""

    def __init__(self, connection: Connection, stage: Stage, kinship: Kinship) -> None:
        self._stage = stage
        self._kinship = kinship
        self._rows = stream(connection, stage.rows)
        self._repeated = Follower(stream(connection, stage.repeated))
        self._pages = Follower(stream(connection, stage.pages))
        self._objects = Follower(stream(connection, stage.objects))

    def numbered(self) -> Iterator[tuple[int, SourceRecord | BadRow]]:
        """The entry of each row with the row's number; nothing about pages and objects of rows that do not exist."""
        return ((row[0], self._entry(row)) for row in self._rows)

    def entries(self) -> Iterator[SourceRecord | BadRow]:
        """The entry of each row, and one for each missing row that pages or objects refer to."""
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
        if secrecy_marks(entry.pages):
            self._kinship.mark(entry.record.id)
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
                row_key=f"{self._stage.table} {row[0]}",
                secrecy_above=self._kinship.is_marked(record.parents),
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
