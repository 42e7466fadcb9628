"""Rows on their way into the database: kept for a moment, written by the thousand, all in one transaction."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, insert

_BATCH = 2_000


class RowWriter:
    """Writes rows through one connection; `progress` is told the number of page rows written so far."""

    def __init__(self, connection: Connection, pages: Table, progress: Callable[[int], None] | None) -> None:
        self._connection = connection
        self._waiting: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        self._count = 0
        self._pages = pages
        self._pages_written = 0
        self._progress = progress

    def add(self, table: Table, **row: Any) -> None:
        """Take one row; columns that a row does not name stay empty, so all rows of a table must name the same."""
        self._waiting[table].append(row)
        self._count += 1
        if self._count >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write whatever is waiting."""
        for table, rows in self._waiting.items():
            if rows:
                self._connection.execute(insert(table), rows)
        self._pages_written += len(self._waiting[self._pages])
        self._waiting.clear()
        self._count = 0
        if self._progress:
            self._progress(self._pages_written)
