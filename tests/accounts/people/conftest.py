"""A store of its own for each test."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

import pytest

from portal.accounts.people.accounts import Accounts
from portal.store.database import Database
from portal.store.migrating import migrate
from portal.store.sealing import Sealing

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all its tables and nothing in them, to be copied."""
    file = tmp_path_factory.mktemp("store") / "portal.db"
    migrate(Database(f"sqlite:///{file}"))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture
def database(tmp_path: Path, empty_store: Path) -> Database:
    copy(empty_store, tmp_path / "portal.db")
    return Database(f"sqlite:///{tmp_path / 'portal.db'}")


@pytest.fixture
def sealing() -> Sealing:
    return Sealing([b"s" * 32], matching_key=b"m" * 32)


@pytest.fixture
def accounts(database: Database, sealing: Sealing) -> Accounts:
    return Accounts(database, sealing)
