"""The tables are made by migrations alone, and these agree with what the code reads."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import CliRunner
from sqlalchemy import insert

from portal.cli import main
from portal.store.database import Database, StoreUnavailable
from portal.store.migrating import migrate
from portal.store.tables import metadata, once
from tests.sessions.moments import NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    new = f"sqlite:///{tmp_path / 'new' / 'portal.db'}" if sqlite else request.getfixturevalue("postgres_database")
    opened = Database(new)
    yield opened
    opened.close()


def test_migrations_make_exactly_the_tables_of_the_code_and_may_run_twice(database: Database) -> None:
    migrate(database)
    migrate(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "store_alembic_version"})
        assert compare_metadata(context, metadata) == []


def test_a_transaction_is_whole_or_has_not_happened(database: Database) -> None:
    migrate(database)
    row = {"application": "reader", "name": "n", "expires_at": NOW}
    with suppress(KeyError), database.writing() as connection:
        connection.execute(insert(once).values(row))
        raise KeyError
    with database.reading() as connection:
        assert connection.execute(once.select()).all() == []


def test_the_file_of_a_store_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "portal.db"
    migrate(Database(f"sqlite:///{file}"))
    assert file.stat().st_mode & 0o077 == 0


def test_a_store_without_tables_says_what_to_run(database: Database) -> None:
    with (
        pytest.raises(StoreUnavailable, match="archive-portal store migrate"),
        database.reading() as connection,
    ):
        connection.execute(once.select())


@pytest.mark.parametrize("address", ["", "mysql://x", "nonsense", "postgresql+nodriver://x/y"])
def test_an_address_of_no_use_is_refused_at_once(address: str) -> None:
    with pytest.raises(StoreUnavailable, match="no SQLAlchemy URL"):
        Database(address)


def test_a_server_that_is_away_is_one_line_without_its_password() -> None:
    database = Database("postgresql+psycopg://portal:s3cret@127.0.0.1:9/none")
    with pytest.raises(StoreUnavailable) as refused, database.reading():
        pass
    assert "s3cret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_command_migrates_and_says_when_it_cannot(tmp_path: Path) -> None:
    environment = {"ARCHIVE_SECRET_KEY": "k" * 32, "ARCHIVE_STORE_URL": f"sqlite:///{tmp_path / 'portal.db'}"}
    done = CliRunner().invoke(main, ["store", "migrate"], env=environment)
    assert (done.exit_code, done.output) == (0, "the store is up to date\n")
    environment["ARCHIVE_STORE_URL"] = "nonsense"
    assert CliRunner().invoke(main, ["store", "migrate"], env=environment).exit_code == 1
