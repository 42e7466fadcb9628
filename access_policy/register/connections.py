"""Transactions of the register on PostgreSQL and SQLite, with one error for whatever a driver may say.

A reader sees one state of the database and never waits for a writer. Writers that take a revision follow one another,
so that whoever has seen a revision has seen every smaller one.
"""

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from access_policy.register.errors import RegisterUnavailable
from access_policy.register.tables import changes

BUSY_SECONDS = 30
"""How long a writer waits for another one."""

CONNECT_SECONDS = 5

_WRITES = {"register_writes": True}


def open_engine(url: str) -> Engine:
    """An engine for the register's database; it connects later. Raises RegisterUnavailable for a URL it cannot use."""
    with suppress(ArgumentError, NoSuchModuleError, ImportError):
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            # A new connection each time: a file put in place of another one is noticed, and threads share nothing.
            return create_engine(parsed, poolclass=NullPool if _file(parsed.database) else None)
        if parsed.get_backend_name() == "postgresql":
            return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_SECONDS})
    raise RegisterUnavailable("the address of the register is no SQLAlchemy URL of an SQLite or PostgreSQL database")


def prepare(engine: Engine) -> None:
    """Set up an engine whoever made it: transactions that begin when they say so, and none inherited by a fork."""
    if event.contains(engine, "begin", _begin):
        return
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", _refuse_missing_file)
        event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    _forget_connections_after_fork(engine)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One read-only transaction that sees one state of the database. Raises RegisterUnavailable."""
    with _answering(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that takes a revision: all of it or nothing, after every other such one. Raises as `reading`."""
    with drafting(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"LOCK TABLE {changes.name} IN EXCLUSIVE MODE"))
        yield connection


@contextmanager
def drafting(engine: Engine) -> Iterator[Connection]:
    """One transaction that no reader feels; on PostgreSQL it keeps nobody from writing. Raises as `reading`."""
    with _answering(engine), engine.connect().execution_options(**_WRITES) as connection, connection.begin():
        yield connection


def make_file(engine: Engine) -> None:
    """Make the file of an SQLite register where it is missing, readable while it is written (WAL)."""
    if engine.dialect.name != "sqlite":
        return
    with _answering(engine):
        if file := _file(engine.url.database):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.touch()
            except OSError as error:
                raise RegisterUnavailable(f"register {engine.url}: {error.strerror}") from None
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()


def _file(database: str | None) -> Path | None:
    """The file of an SQLite address, or None for one in memory or given as a URI of its own."""
    return Path(database) if database and database != ":memory:" and not database.startswith("file:") else None


def _refuse_missing_file(_dialect: Dialect, _record: Any, arguments: list[Any], _options: dict[str, Any]) -> None:
    """Opening would answer with a new, empty register, in which nothing is closed."""
    file = _file(str(arguments[0])) if arguments else None
    if file is not None and not file.exists():
        raise RegisterUnavailable(f"register {file}: there is no such file; run archive-indexer register migrate")


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin below, not when the driver thinks fit
    connection.cursor().execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _begin(connection: Connection) -> None:
    """SQLite: a writer says so at once, since one that was reading before could not wait for its turn."""
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("register_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _forget_connections_after_fork(engine: Engine) -> None:
    """A child of this process opens connections of its own; those of its parent stay the parent's."""
    known = weakref.ref(engine)

    def forget() -> None:
        alive = known()
        if alive is not None:
            alive.dispose(close=False)

    os.register_at_fork(after_in_child=forget)


@contextmanager
def _answering(engine: Engine) -> Iterator[None]:
    """Turns whatever the driver says into RegisterUnavailable: one line, where it was asked, no password."""
    try:
        yield
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        said = (str(getattr(error, "orig", None) or error).splitlines() or ["no answer"])[0]
        if engine.url.password:
            said = said.replace(str(engine.url.password), "***")
        hint = "; run archive-indexer register migrate" if _tables_missing(said) else ""
        raise RegisterUnavailable(f"register {where}: {said[:300]}{hint}") from None


def _tables_missing(said: str) -> bool:
    return said.startswith(("no such table", "no such column", 'relation "', "column "))
