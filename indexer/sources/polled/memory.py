"""What was seen of an archive database, and the changes found since, in an SQLite file of ours."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.sources.polled.prints import Print
from indexer.sources.port import SourceUnavailable

BUSY_SECONDS = 60
"""How long to wait for somebody else who is comparing."""

_TABLES = """
CREATE TABLE IF NOT EXISTS memory (name TEXT NOT NULL, compared INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS seen (
    place TEXT, number INTEGER, mark BLOB NOT NULL, code BLOB NOT NULL, version INTEGER NOT NULL,
    PRIMARY KEY (place, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_code ON seen (place, code);
CREATE TABLE IF NOT EXISTS changes (
    change INTEGER PRIMARY KEY AUTOINCREMENT, row_key TEXT NOT NULL, version INTEGER NOT NULL
);
"""
_FOUND = "CREATE TEMP TABLE found (number INTEGER PRIMARY KEY, mark BLOB, code BLOB, version INTEGER)"

_WRITE_CHANGES = """
INSERT INTO changes (row_key, version)
SELECT :place || ' ' || number, version FROM (
    SELECT number, version FROM found
    UNION
    SELECT number, version FROM seen
    WHERE place = :place AND number NOT IN (SELECT number FROM found) AND code IN (
        SELECT code FROM found WHERE code IS NOT NULL
        UNION
        SELECT seen.code FROM seen JOIN found USING (number) WHERE seen.place = :place
    )
    ORDER BY number
)
"""
"""The rows that differ, and those that have, or had until now, the code of one of them."""

_FORGET_GONE = "DELETE FROM seen WHERE place = ? AND number IN (SELECT number FROM found WHERE mark IS NULL)"
_REMEMBER = "INSERT OR REPLACE INTO seen SELECT ?, number, mark, code, version FROM found WHERE mark IS NOT NULL"


@contextmanager
def remembering(file: Path) -> Iterator["Memory"]:
    """The memory in this file, made when it is not there. Raises SourceUnavailable when it cannot be used."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.executescript(_TABLES)
            yield Memory(connection)
    except (sqlite3.Error, OSError) as error:
        raise SourceUnavailable(f"what was seen of the archive database, {file}: {error}") from None


class Memory:
    """An open memory. Whatever it does is done as a whole or not at all."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(_FOUND)
        connection.execute(
            "INSERT INTO memory SELECT ?, 0 WHERE NOT EXISTS (SELECT 1 FROM memory)", (secrets.token_hex(8),)
        )
        self.name, compared = connection.execute("SELECT name, compared FROM memory").fetchone()
        self._is_new = not compared

    def last(self) -> int:
        """The number of the newest change that was ever found."""
        found = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").fetchone()
        return int(found[0]) if found else 0

    def changes(self, after: int, limit: int) -> list[tuple[int, str, int]]:
        """Number, row key and version of the next changes."""
        return self._connection.execute(
            "SELECT change, row_key, version FROM changes WHERE change > ? ORDER BY change LIMIT ?", (after, limit)
        ).fetchall()

    def count(self, after: int) -> int:
        """How many changes there are after one."""
        return int(self._connection.execute("SELECT count(*) FROM changes WHERE change > ?", (after,)).fetchone()[0])

    def forget(self, upto: int) -> None:
        """Drop the changes up to one."""
        self._connection.execute("DELETE FROM changes WHERE change <= ?", (upto,))

    @contextmanager
    def comparing(self) -> Iterator[None]:
        """All tables are compared, or what was seen stays what it was."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("UPDATE memory SET compared = 1")
            self._connection.execute("COMMIT")
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._is_new = False

    def compare(self, place: str, now: Iterator[Print]) -> None:
        """Find what differs from before in one table, whose prints come in ascending number, and remember them."""
        self._connection.execute("DELETE FROM found")
        before = self._connection.execute(
            "SELECT number, mark, version FROM seen WHERE place = ? ORDER BY number", (place,)
        )
        differing = _differences(before, now)
        self._connection.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", differing)
        if not self._is_new:
            self._connection.execute(_WRITE_CHANGES, {"place": place})
        self._connection.execute(_FORGET_GONE, (place,))
        self._connection.execute(_REMEMBER, (place,))


Found = tuple[int, bytes | None, bytes | None, int]
"""A row that differs: number, mark and code (None: it is gone), version (of a row that is gone, the last one seen)."""


def _differences(before: Iterator[tuple[int, bytes, int]], now: Iterator[Print]) -> Iterator[Found]:
    known = next(before, None)
    for found in now:
        while known is not None and known[0] < found.number:
            yield known[0], None, None, known[2]
            known = next(before, None)
        if known is not None and known[0] == found.number:
            same = known[1] == found.mark
            known = next(before, None)
            if same:
                continue
        yield found.number, found.mark, found.code, found.version
    while known is not None:
        yield known[0], None, None, known[2]
        known = next(before, None)
