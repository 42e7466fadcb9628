"""The accounts of the databases in containers, made by their script on a real PostgreSQL: each may do what it must."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy

from access_policy.permit import Permit
from access_policy.register.store import open_register
from access_policy.terms import Action
from portal.sessions.database import DatabaseSessions
from portal.sessions.store import Stored
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.readings import Readings
from portal.store.tables import metadata
from tests.deploy.compose import DEPLOY
from tests.servers.postgres import PostgresServer

Url = Callable[[str, str], str]
"""The URL of a database for an account: `url("indexer", "register")`."""

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
DENIED = {
    "CREATE TABLE mine (id integer)": "permission denied for schema public",
    "DROP TABLE staff": "must be owner of table staff",
    "ALTER TABLE events ADD COLUMN mine integer": "must be owner of table events",
    "TRUNCATE events": "permission denied for table events",
    "CREATE INDEX mine ON events (at)": "must be owner of table events",
    "CREATE TRIGGER mine BEFORE INSERT ON events EXECUTE FUNCTION suppress_redundant_updates_trigger()": "permission",
    "SELECT setval('events_id_seq', 1)": "permission denied for sequence",
    "CREATE TEMPORARY TABLE mine (id integer)": "permission denied to create temporary tables",
    "CREATE ROLE mine": "permission denied to create role",
    "COPY staff TO PROGRAM 'cat'": "external program",
}
"""What the account of portals and desk may not do in the store, and what PostgreSQL says to it."""


@pytest.fixture(scope="module")
def url(secrets: Path) -> Iterator[Url]:
    """After the script that makes the accounts; a cluster of its own, because accounts belong to the whole of it."""
    server = PostgresServer()
    register = server.create_database()
    made = sqlalchemy.make_url(server.url(register))
    env = {**os.environ, "PGHOST": str(made.query["host"]), "POSTGRES_USER": str(made.username)}
    script = str(DEPLOY / "compose/postgres/accounts.sh")
    subprocess.run([script], env={**env, "POSTGRES_DB": register, "PASSWORDS": str(secrets)}, check=True, timeout=60)
    databases = {"register": register}
    yield lambda account, database: made.set(
        username=account, database=databases.get(database, database)
    ).render_as_string(hide_password=False)
    server.stop()


@pytest.fixture(scope="module")
def store(url: Url) -> str:
    """The URL of the store as portals and desk have it, after the migrations of its owner."""
    owner = Database(url("store_owner", "portal"))
    migrate(owner)
    migrate(owner)
    owner.close()
    return url("store_portal", "portal")


def statement(url: str, text: str) -> None:
    engine = sqlalchemy.create_engine(url, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(text))


def test_the_desk_writes_rows_of_the_register_and_deletes_none(url: Url) -> None:
    of_indexer, of_desk = url("indexer", "register"), url("desk", "register")
    permit = Permit("G-1", "r", frozenset({Action.READ}), NOW.date(), NOW.date())
    with closing(open_register(of_indexer)) as owned, closing(open_register(of_desk)) as used:
        owned.migrate()
        used.grant(permit, reader_id="d-1", author="hoa", now=NOW)
        used.revoke("G-1", author="hoa", now=NOW)
        used.lift(used.withdraw("r", reason="rà soát", author="hoa", now=NOW), reason="xong", author="hoa", now=NOW)
    with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
        statement(of_desk, "DELETE FROM permits")
    with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
        statement(of_desk, "CREATE TABLE mine (id integer)")


def test_the_indexer_owns_the_register_and_the_portal_only_reads_it(url: Url) -> None:
    of_indexer, of_portal = url("indexer", "register"), url("portal", "register")
    with closing(open_register(of_indexer)) as owned, closing(open_register(of_portal)) as read:
        owned.migrate()
        assert read.revision() == owned.revision()
    tables = sqlalchemy.inspect(sqlalchemy.create_engine(of_portal, poolclass=sqlalchemy.NullPool)).get_table_names()
    assert tables
    for table in tables:
        statement(of_portal, f"SELECT count(*) FROM {table}")
        with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
            statement(of_portal, f"DELETE FROM {table}")
    with pytest.raises(sqlalchemy.exc.ProgrammingError, match="permission denied"):
        statement(of_portal, "CREATE TABLE mine (id integer)")


def test_portal_and_desk_work_with_the_rows_of_the_store(store: str) -> None:
    own = {"ARCHIVE_SETTINGS": os.devnull, "ARCHIVE_SECRET_KEY": "k" * 32, "ARCHIVE_STORE_URL": store}
    add = ["add", "hanh", "--name", "Nguyễn Thị Hạnh", "--role", "archivist"]
    for command in (add, ["lock", "hanh"], ["unlock", "hanh", "--new-password"]):
        program = str(Path(sys.executable).parent / "archive-portal")
        subprocess.run([program, "staff", *command], env={**os.environ, **own}, check=True, timeout=60)
    database = Database(store)
    sessions = DatabaseSessions(database, application="desk", idle=timedelta(minutes=15), now=lambda: NOW)
    sessions.add("a" * 64, Stored("b" * 32, {"level": 1}, NOW, labels=("sid issuer 1",)))
    assert sessions.load("a" * 64) is not None
    assert sessions.end_labelled("sid issuer 1") == 1
    assert sessions.once("jti", 60)
    assert Readings(database).of("b" * 32, most=1) == []
    database.close()


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_every_table_of_the_store_is_open_to_portal_and_desk(name: str, store: str) -> None:
    column = next(iter(metadata.tables[name].columns)).name
    for text in (
        f"SELECT count(*) FROM {name}",
        f"UPDATE {name} SET {column} = {column} WHERE false",
        f"DELETE FROM {name} WHERE false",
        f"INSERT INTO {name} SELECT * FROM {name} WHERE false",
    ):
        statement(store, text)


@pytest.mark.parametrize(("text", "refusal"), DENIED.items())
def test_portal_and_desk_change_no_table_and_nothing_beside_them(text: str, refusal: str, store: str) -> None:
    with pytest.raises(sqlalchemy.exc.DBAPIError, match=refusal):
        statement(store, text)


@pytest.mark.parametrize(
    ("account", "database"),
    [
        ("store_portal", "register"),
        ("store_owner", "register"),
        ("portal", "portal"),
        ("indexer", "portal"),
        ("store_portal", "postgres"),
        ("portal", "postgres"),
    ],
)
def test_an_account_does_not_even_enter_what_is_not_its_own(account: str, database: str, url: Url) -> None:
    with pytest.raises(sqlalchemy.exc.OperationalError, match="permission denied for database"):
        statement(url(account, database), "SELECT 1")
