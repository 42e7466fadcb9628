"""The two stores of sessions, real, with a clock that a test moves where the store has none of its own."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from portal.sessions.database import DatabaseSessions
from portal.sessions.redis import RedisSessions
from portal.sessions.store import SessionStore
from tests.empty import empty_store
from tests.sessions.moments import NOW

IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=8)

Opened = Callable[[str], SessionStore]
"""Opens the store of an application."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at

    def on(self, step: timedelta) -> None:
        self.at += step


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql", "redis"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Opened]:
    if request.param == "redis":
        url = request.getfixturevalue("redis_server").url
        yield lambda name: RedisSessions(url, application=name, idle=IDLE, longest=LONGEST, now=clock)
        return
    sqlite = request.param == "sqlite"
    database = empty_store(tmp_path / "portal.db") if sqlite else request.getfixturevalue("postgres_store")
    yield lambda name: DatabaseSessions(database, application=name, idle=IDLE, now=clock)
    database.close()


@pytest.fixture
def store(open_store: Opened) -> SessionStore:
    return open_store("reader")


@pytest.fixture
def kept_in_database(tmp_path: Path, clock: Clock) -> SessionStore:
    """A store whose time is the test's."""
    database = empty_store(tmp_path / "timed.db")
    return DatabaseSessions(database, application="reader", idle=IDLE, now=clock)
