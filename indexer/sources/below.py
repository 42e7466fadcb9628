"""From record ids back to the rows that may have them.

An id is made of codes (`identity.py`) and cannot be turned back into them, but it says in which fonds to look. There
the ids of all codes are made anew and compared, which reads nothing but codes.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_

from access_policy.record import Record
from access_policy.terms import Level
from indexer.sources.identity import CodeTooLong, id_in_fonds, item_id, level_of
from indexer.sources.kinship import Kinship
from indexer.sources.port import SourceRecord
from indexer.sources.standing import Standing, listed
from indexer.sources.streams import stream
from indexer.sources.walk import Passage, Stage

_FEW_ENDINGS = 50
"""Up to so many ids the database compares the ends of codes itself."""


def rows_of_ids(connection: Connection, stages: Sequence[Stage], ids: Collection[str]) -> dict[Level, set[int]]:
    """The rows whose records may have one of these ids, and all fonds of an archive that is named."""
    search = _Search(connection, stages, frozenset(ids))
    search.look_through_fonds()
    search.look_inside_fonds()
    return search.found


@dataclass(frozen=True)
class _Fonds:
    number: int
    record: Record

    def id_of(self, level: Level, code: str) -> str:
        """The id of a record of this code in this fonds, as the describers make it; empty when there is none."""
        prefix = f"{self.record.archive_code}.{self.record.reference_code}" if level is Level.FILE else ""
        try:
            return id_in_fonds(level, self.record.id, code, given_prefix=prefix)
        except CodeTooLong:
            return ""


class _Search:
    def __init__(self, connection: Connection, stages: Sequence[Stage], ids: frozenset[str]) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name
        self._stages = {stage.level: stage for stage in stages}
        self._ids = ids
        self._inside: list[_Fonds] = []
        self.found: dict[Level, set[int]] = {level: set() for level in self._stages}

    def look_through_fonds(self) -> None:
        """Fonds are few: all of them are read."""
        fonds_of_ids = {".".join(record_id.split(".")[:2]) for record_id in self._ids}
        for number, entry in Passage(self._connection, self._stages[Level.FONDS], Kinship()).numbered():
            if not isinstance(entry, SourceRecord):
                continue
            if not self._ids.isdisjoint(entry.record.lineage):
                self.found[Level.FONDS].add(number)
            elif entry.record.id in fonds_of_ids:
                self._inside.append(_Fonds(number, entry.record))

    def look_inside_fonds(self) -> None:
        """Whatever is counted in the fonds that ids name, and the items of files that ids of items name."""
        by_level: dict[Level, set[str]] = {}
        files_of_items: dict[str, set[str]] = {}
        for record_id in self._ids:
            parts = record_id.split(".")
            if len(parts) == 3 and (level := level_of(parts[2])) in self._stages:
                by_level.setdefault(level, set()).add(record_id)
            elif len(parts) == 4:
                files_of_items.setdefault(".".join(parts[:3]), set()).add(record_id)
        for level, ids in by_level.items():
            self.found[level].update(number for number, _, _ in self._rows_in_fonds(level, ids))
        for number, code, file in list(self._rows_in_fonds(Level.FILE, files_of_items.keys())):
            self.found[Level.ITEM].update(self._items(number, code, file, files_of_items[file]))

    def _rows_in_fonds(self, level: Level, ids: Collection[str]) -> Iterator[tuple[int, str, str]]:
        """Row number, code and id of the rows that make one of these ids."""
        for fonds in self._inside:
            own = {record_id for record_id in ids if record_id.startswith(f"{fonds.record.id}.")}
            if not own:
                continue
            for number, code in self._codes(level, Level.FONDS, fonds.number, own):
                if (made := fonds.id_of(level, code)) in own:
                    yield number, code, made

    def _items(self, file_row: int, file_code: str, file: str, ids: Collection[str]) -> Iterator[int]:
        for number, code in self._codes(Level.ITEM, Level.FILE, file_row, ids):
            try:
                if item_id(file, code, given_prefix=file_code) in ids:
                    yield number
            except CodeTooLong:
                continue

    def _codes(self, level: Level, above: Level, row: int, ids: Collection[str]) -> Iterator[tuple[int, str]]:
        """Number and code of the rows that stand in a row above and may have one of these ids."""
        standing, parent = self._stages[level].standing, self._stages[above].standing
        query = standing.standing_in(above, parent, listed([row], self._dialect)).add_columns(standing.own_code)
        for number, code in stream(self._connection, _narrowed(query, standing, ids)):
            if isinstance(code, str) and (kept := code.strip(" ")):
                yield number, kept


def _narrowed(query: Select[Any], standing: Standing, ids: Collection[str]) -> Select[Any]:
    """Only codes with the right end, where the ids still show it: without a digest, they end as their codes do."""
    ends = [_end(record_id) for record_id in ids]
    if len(ends) > _FEW_ENDINGS or any("_" in end for end in ends):
        return query
    code = func.trim(standing.own_code)
    return query.where(or_(*(code.ilike(f"%{_pattern(end)}") for end in ends)))


def _end(record_id: str) -> str:
    """The part of an id that was made of the row's own code, without the marks that stand before it."""
    own = record_id.split(".")[-1]
    if record_id.count(".") == 2:
        own = own.partition("-")[2]
    return own.removeprefix("x-")


def _pattern(end: str) -> str:
    """A hyphen stands for a dot of the code; a k also for the sign of the kelvin, whose small letter it is."""
    return re.sub("[-k]", "_", end)
