"""Credentials over a database of the test, at a low cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.accounts.credentials.credentials import Credentials
from portal.accounts.credentials.events import Owner
from portal.accounts.credentials.hashing import Cost, Hashing
from portal.accounts.credentials.rules import PasswordRules
from portal.store.database import Database
from portal.store.sealing import Sealing
from tests.empty import empty_store

NOW = datetime(2026, 11, 21, 2, 30, tzinfo=UTC)
CHEAP = Cost(passes=1, memory=64)
GOOD = "Mưa rào 7 ngày"
OWNER_ID = "a" * 32


class CountedHashing(Hashing):
    """The real thing, and how often it was asked to verify."""

    verified = 0

    def verify(self, password_hash: str, password: str) -> bool:
        self.verified += 1
        return super().verify(password_hash, password)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    sqlite = request.param == "sqlite"
    opened = empty_store(tmp_path / "portal.db") if sqlite else request.getfixturevalue("postgres_store")
    yield opened
    opened.close()


@pytest.fixture
def hashing() -> CountedHashing:
    return CountedHashing(CHEAP)


@pytest.fixture
def sealing() -> Sealing:
    return Sealing([b"k" * 32], matching_key=b"m" * 32)


@pytest.fixture
def credentials(database: Database, sealing: Sealing, hashing: Hashing) -> Credentials:
    return Credentials(database, sealing, PasswordRules(), hashing=hashing)


@pytest.fixture
def hanh(credentials: Credentials) -> str:
    """The login of somebody whose password is GOOD."""
    credentials.issue("hanh", owner=Owner.STAFF, owner_id=OWNER_ID, author="test", now=NOW)
    assert credentials.replace_password("hanh", GOOD, owner=Owner.STAFF, name="Nguyễn Thị Hạnh", now=NOW) == ()
    return "hanh"
