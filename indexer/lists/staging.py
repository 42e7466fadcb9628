"""Lines and faults of one list on their way into the register, kept in a temporary file: memory stays flat."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Self

from access_policy.register.entries import ListEntry
from indexer.lists.faults import Fault

_TABLES = """
CREATE TABLE lines (
    line INTEGER PRIMARY KEY, target TEXT, first INTEGER, last INTEGER, category TEXT, reason TEXT, opens_on TEXT,
    existence INTEGER, description INTEGER, requestable INTEGER
);
CREATE TABLE faults (line INTEGER, reason TEXT);
CREATE TABLE unseen (target TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_WHOLE = "coalesce(first, 1), coalesce(last, 9223372036854775807)"
_MEANING = "category, opens_on, existence, description, requestable"

_BATCH = 1000


class Staging:
    """Takes lines and faults as they come, then tells what is wrong between the lines."""

    def __init__(self) -> None:
        self._folder = TemporaryDirectory(prefix="list-")
        self._database = sqlite3.connect(Path(self._folder.name) / "lines.db", isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES} BEGIN;")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, entry: ListEntry) -> None:
        """Take a good line."""
        opens_on = entry.opens_on and entry.opens_on.isoformat()
        shown = (entry.existence_shown, entry.description_shown, entry.requestable)
        meaning = (entry.category, entry.reason, opens_on, *shown)
        row = (entry.line, entry.target_id, entry.first_page, entry.last_page, *meaning)
        self._database.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def refuse(self, line: int, reason: str) -> None:
        """Take a fault."""
        self._database.execute("INSERT INTO faults VALUES (?, ?)", (line, reason))

    def compare(self) -> None:
        """Refuse lines that contradict another one on the same pages, or say again what it says."""
        query = f"SELECT target, line, {_WHOLE}, {_MEANING} FROM lines ORDER BY target, 3, 4, {_MEANING}, line"  # noqa: S608 - constants
        with closing(self._database.execute(query)) as rows:
            for _, of_target in groupby(rows, key=lambda row: row[0]):
                for line, reason in _clashes(of_target):
                    self.refuse(line, reason)

    def refuse_unknown(self, ids: Iterable[str]) -> None:
        """Refuse lines whose target is none of these ids, which may be a stream."""
        self._database.execute("INSERT INTO unseen SELECT DISTINCT target FROM lines")
        batch: list[tuple[str]] = []
        for known in ids:
            batch.append((known,))
            if len(batch) == _BATCH:
                self._see(batch)
                batch.clear()
        self._see(batch)
        self._database.execute(
            "INSERT INTO faults SELECT line, 'no record of the archive database has the id ' || target "
            "FROM lines WHERE target IN (SELECT target FROM unseen)"
        )

    def _see(self, batch: list[tuple[str]]) -> None:
        self._database.executemany("DELETE FROM unseen WHERE target = ?", batch)

    def count(self) -> int:
        """How many good lines there are."""
        return int(self._database.execute("SELECT count(*) FROM lines").fetchone()[0])

    def faulty(self) -> int:
        """How many lines have faults."""
        return int(self._database.execute("SELECT count(DISTINCT line) FROM faults").fetchone()[0])

    def faults(self) -> Iterator[Fault]:
        """Every fault, in the order of the lines."""
        with closing(self._database.execute("SELECT line, reason FROM faults ORDER BY line, rowid")) as rows:
            yield from (Fault(*row) for row in rows)

    def entries(self) -> Iterator[ListEntry]:
        """Every good line, as they stood in the file."""
        with closing(self._database.execute("SELECT * FROM lines ORDER BY line")) as rows:
            yield from map(_entry, rows)


def _clashes(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[int, str]]:
    """Lines of one target, by their first page, against the line that reaches furthest, and the furthest other one.

    Whatever overlaps a line of another meaning that begins before it overlaps one of these two.
    """
    before: tuple[Any, ...] = ()
    said_by = 0
    reach: dict[tuple[Any, ...], tuple[int, int]] = {}
    for _, line, first, last, *rest in rows:
        meaning = tuple(rest)
        other = max((held for key, held in reach.items() if key != meaning), default=(0, 0))
        if before == (first, last, meaning):
            yield line, f"says again what line {said_by} says"
        elif other[0] >= first:
            earlier, later = sorted((line, other[1]))
            yield later, f"contradicts line {earlier}: the same pages, but another category, date or answer"
        before, said_by = (first, last, meaning), line
        reach[meaning] = max(reach.get(meaning, (0, 0)), (last, line))
        if len(reach) > 2:
            del reach[min(reach, key=lambda key: reach[key])]


def _entry(row: tuple[Any, ...]) -> ListEntry:
    line, target, first, last, category, reason, opens_on, existence, description, requestable = row
    return ListEntry(
        target_id=target,
        category=category,
        reason=reason,
        opens_on=opens_on and date.fromisoformat(opens_on),
        first_page=first,
        last_page=last,
        existence_shown=bool(existence),
        description_shown=bool(description),
        requestable=bool(requestable),
        line=line,
    )
