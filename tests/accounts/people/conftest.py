"""A store of its own for each test."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.accounts.people.accounts import Accounts
from portal.store.database import Database
from portal.store.sealing import Sealing
from tests.empty import empty_store

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return empty_store(tmp_path / "portal.db")


@pytest.fixture
def sealing() -> Sealing:
    return Sealing([b"s" * 32], matching_key=b"m" * 32)


@pytest.fixture
def accounts(database: Database, sealing: Sealing) -> Accounts:
    return Accounts(database, sealing)
