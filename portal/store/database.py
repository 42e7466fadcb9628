"""Transactions of the store on PostgreSQL and SQLite, with one error for whatever a driver may say."""

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

CONNECT_SECONDS = 5

BUSY_SECONDS = 10
"""How long a writer waits for another one (SQLite)."""

STATEMENT_SECONDS = 10
"""How long one statement may take (PostgreSQL)."""

_WRITES = {"store_writes": True}


class StoreUnavailable(Exception):
    """The store cannot be read or written now; one line says why, without a password."""


class Database:
    """The store at an SQLAlchemy URL; it connects with the first transaction. StoreUnavailable for a URL of no use."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine, "connect", _set_up_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        _forget_connections_after_fork(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that reads. Raises StoreUnavailable."""
        with self._answering(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing; on SQLite one writer after another. Raises StoreUnavailable."""
        with self._answering(), self._engine.connect().execution_options(**_WRITES) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of every connection; the next transaction opens another one."""
        self._engine.dispose()

    def make_file(self) -> None:
        """Make the file of an SQLite store where it is missing, for this account alone, and readable while written."""
        file = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not file or file == ":memory:":
            return
        with self._answering():
            Path(file).parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
            finally:
                connection.close()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            said = (str(getattr(error, "orig", None) or error).splitlines() or ["no answer"])[0]
            if self._engine.url.password:
                said = said.replace(str(self._engine.url.password), "***")
            where = self._engine.url.render_as_string(hide_password=True)
            hint = "; run archive-portal store migrate" if _tables_missing(said) else ""
            raise StoreUnavailable(f"store {where}: {said[:300]}{hint}") from None


def _engine(url: str) -> Engine:
    with suppress(ArgumentError, NoSuchModuleError, ImportError):
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return create_engine(parsed, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})
        if parsed.get_backend_name() == "postgresql":
            options = f"-c statement_timeout={STATEMENT_SECONDS * 1000}"
            arguments = {"connect_timeout": CONNECT_SECONDS, "options": options}
            return create_engine(parsed, pool_pre_ping=True, connect_args=arguments)
    raise StoreUnavailable("the address of the store is no SQLAlchemy URL of an SQLite or PostgreSQL database")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin below, not when the driver thinks fit
    connection.cursor().execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    """A writer says so at once, since one that was reading before could not wait for its turn."""
    writes = connection.get_execution_options().get("store_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _forget_connections_after_fork(engine: Engine) -> None:
    """A child of this process opens connections of its own; those of its parent stay the parent's."""
    known = weakref.ref(engine)

    def forget() -> None:
        alive = known()
        if alive is not None:
            alive.dispose(close=False)

    os.register_at_fork(after_in_child=forget)


def _tables_missing(said: str) -> bool:
    return said.startswith(("no such table", "no such column", "unable to open database file", 'relation "', "column "))
