"""An SQL archive database of any layout, read through its stages."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Engine

from indexer.sources.port import BadRow, SourceRecord
from indexer.sources.streams import reading
from indexer.sources.walk import Stage, count_entries, walk


class DatabaseSource:
    """A database whose layout is given by its stages, parents before children; an `indexer.sources.port.Source`.

    All tables are read at one state of the database (PostgreSQL: one REPEATABLE READ transaction).
    """

    def __init__(self, engine: Engine, stages: Sequence[Stage]) -> None:
        self._engine = engine
        self._stages = stages

    def count(self) -> int:
        """How many entries a walk yields. Raises SourceUnavailable."""
        with reading(self._engine) as connection:
            return count_entries(connection, self._stages)

    def entries(self) -> Iterator[SourceRecord | BadRow]:
        """Every row of every stage in order. Raises SourceUnavailable."""
        with reading(self._engine) as connection:
            yield from walk(connection, self._stages)
