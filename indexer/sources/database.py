"""An SQL archive database of any layout, read through its stages."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Engine

from indexer.sources.below import rows_of_ids
from indexer.sources.narrow import asked_rows, read_near, with_twins
from indexer.sources.outbox.log import OutboxLog, has_outbox
from indexer.sources.polled.changes import PolledChanges
from indexer.sources.port import BadRow, ChangeLog, SourceRecord
from indexer.sources.streams import reading
from indexer.sources.walk import Stage, count_entries, walk


class DatabaseSource:
    """A database whose layout is given by its stages, parents before children; an `indexer.sources.port.Source`.

    All tables are read at one state of the database (PostgreSQL: one REPEATABLE READ transaction). `state_dir` is a
    folder in which a database without an outbox may be remembered, so that its changes can be found.
    """

    def __init__(self, engine: Engine, stages: Sequence[Stage], *, state_dir: Path | None = None) -> None:
        self._engine = engine
        self._stages = stages
        self._state_dir = state_dir

    def count(self) -> int:
        """How many entries a walk yields. Raises SourceUnavailable."""
        with reading(self._engine) as connection:
            return count_entries(connection, self._stages)

    def entries(self, *, after: str = "") -> Iterator[SourceRecord | BadRow]:
        """Every row of every stage in order; with `after`, a row key, only what comes after that row, whether or not
        it is still there. Raises SourceUnavailable.
        """
        with reading(self._engine) as connection:
            yield from walk(connection, self._stages, after=after)

    def rows(self, row_keys: Collection[str]) -> Iterator[SourceRecord | BadRow]:
        """The rows with these keys, the rows that have the same code as one of them, and everything that stands in any
        of these. Raises SourceUnavailable.
        """
        with reading(self._engine) as connection:
            asked = with_twins(connection, self._stages, asked_rows(self._stages, row_keys))
            yield from read_near(connection, self._stages, asked)

    def below(self, targets: Collection[str]) -> Iterator[SourceRecord | BadRow]:
        """Every record at or below some ids of records or archives; bad rows too. Raises SourceUnavailable."""
        wanted = frozenset(targets)
        with reading(self._engine) as connection:
            for entry in read_near(connection, self._stages, rows_of_ids(connection, self._stages, wanted)):
                if isinstance(entry, BadRow) or not wanted.isdisjoint(entry.record.lineage):
                    yield entry

    def changes(self) -> ChangeLog | None:
        """The outbox of the database; without one, what polling finds, when there is a folder to remember things in."""
        if has_outbox(self._engine):
            return OutboxLog(self._engine)
        if self._state_dir is not None:
            return PolledChanges(self._engine, self._stages, self._state_dir)
        return None
