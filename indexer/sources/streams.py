"""Ordered streams out of a database, and following one beside another."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select
from sqlalchemy.exc import SQLAlchemyError

from indexer.sources.port import SourceUnavailable

AnyRow = Row[*tuple[Any, ...]]
"""A row of a query written elsewhere; its columns are named in that query's docstring."""

BATCH = 1000
"""Rows fetched at a time. With PostgreSQL each stream is a server-side cursor."""


def stream(connection: Connection, query: Select[Any]) -> Iterator[AnyRow]:
    """The rows of a query, a batch in memory at a time. Whoever lets go of it before its end closes it too."""
    with connection.execute(query, execution_options={"yield_per": BATCH}) as rows:
        yield from rows


class Follower:
    """Rows that belong to the rows of another stream, both in ascending order of the row number they share.

    The followed number is each row's first column. Rows that belong to no row of the other stream are strays.
    """

    def __init__(self, rows: Iterator[AnyRow]) -> None:
        self._rows = rows
        self._next = next(rows, None)
        self._strays: list[int] = []

    def of(self, number: int) -> list[AnyRow]:
        """The rows that belong to this number. Numbers must be asked for in ascending order."""
        found: list[AnyRow] = []
        while self._next is not None and self._next[0] <= number:
            if self._next[0] == number:
                found.append(self._next)
            elif not self._strays or self._strays[-1] != self._next[0]:
                self._strays.append(self._next[0])
            self._next = next(self._rows, None)
        return found

    def strays(self) -> list[int]:
        """Numbers passed by since the last call that no row of the other stream had, each once."""
        strays, self._strays = self._strays, []
        return strays

    def rest(self) -> Iterator[int]:
        """Every number left when the other stream has ended, each once."""
        while self._next is not None:
            number = self._next[0]
            while self._next is not None and self._next[0] == number:
                self._next = next(self._rows, None)
            yield number


@contextmanager
def answering(engine: Engine) -> Iterator[None]:
    """Turns whatever the driver says into SourceUnavailable: one line, where it was asked, no password."""
    try:
        yield
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        said = (str(getattr(error, "orig", None) or error).splitlines() or ["no answer"])[0]
        if engine.url.password:
            said = said.replace(str(engine.url.password), "***")
        raise SourceUnavailable(f"archive database {where}: {said[:300]}") from None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One connection that sees one state of the database from the first row to the last."""
    with answering(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection
