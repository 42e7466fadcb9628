"""The two Redis servers in containers, started as there: a flood of one kind ends no session."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from portal.opening import open_sessions
from portal.sessions.store import SessionsAway, SessionStore, Stored
from portal.settings import PortalSettings
from portal.store.database import Database
from tests.deploy.compose import SERVICES
from tests.servers.leash import Leash, new_folder
from tests.servers.ports import free_port
from tests.servers.waiting import wait_until

KEY = "a" * 64
SESSION = Stored("c" * 32, {"level": 2}, datetime(2026, 11, 21, 2, 30, tzinfo=UTC))
SMALL = "4mb"
"""Memory of a server that is filled, so that it is soon full."""

Started = Callable[[str], redis.Redis]


@pytest.fixture
def started() -> Iterator[Started]:
    """Starts the server of a service with its own command, less memory, and a port of this machine."""
    leashes: list[Leash] = []

    def start(service: str) -> redis.Redis:
        name, *options = SERVICES[service]["command"]
        options[options.index("--maxmemory") + 1] = SMALL
        program, port, folder = shutil.which(name), free_port(), new_folder("redis")
        assert program is not None
        own = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
        leash = Leash([program, *options, *own], folder=folder, env={"PATH": os.defpath}, cwd=folder)
        leashes.append(leash)
        client: redis.Redis = redis.Redis(port=port, socket_timeout=5)
        wait_until(lambda: answers(client), leash=leash, what="Redis")
        return client

    yield start
    for leash in leashes:
        leash.end()


def answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def url(client: redis.Redis) -> str:
    return f"redis://127.0.0.1:{client.get_connection_kwargs()['port']}/0"


def opened(tmp_path: Path, **settings: str) -> SessionStore:
    """The sessions of the public site with these settings."""
    return open_sessions(
        PortalSettings(secret_key="k" * 32, **settings),  # type: ignore[arg-type]
        Database(f"sqlite:///{tmp_path / 'none.db'}"),
        application="reader",
        idle=timedelta(minutes=30),
        longest=timedelta(hours=8),
    )


def count_beyond_memory(client: redis.Redis) -> None:
    """More counts of questions than the server holds."""
    with client.pipeline(transaction=False) as pipeline:
        for number in range(40_000):
            pipeline.set(f"LIMITS:LIMITER/soft/{number}/search/60/1/minute", 1, ex=60)
        pipeline.execute()


def begin_sessions_of_nobody(sessions: SessionStore) -> None:
    """As many as somebody can who throws every cookie away, but not for ever."""
    for number in range(40_000):
        sessions.add(f"{number:064x}", Stored("", {"csrf_token": "d" * 40}, SESSION.begun_at))


def test_sessions_outlive_a_flood_in_the_redis_of_limits(started: Started, tmp_path: Path) -> None:
    limits, kept = started("redis"), started("sessions")
    sessions = opened(tmp_path, redis_url=url(limits), session_redis_url=url(kept))
    sessions.add(KEY, SESSION)
    count_beyond_memory(limits)
    assert limits.info()["evicted_keys"] > 0
    assert sessions.load(KEY) == SESSION
    assert kept.dbsize() == len({"the session", "the list of its owner"})


def test_a_full_redis_of_sessions_lets_nobody_new_in_and_nobody_fall_out(started: Started, tmp_path: Path) -> None:
    kept = started("sessions")
    sessions = opened(tmp_path, redis_url=url(kept))
    sessions.add(KEY, SESSION)
    with pytest.raises(SessionsAway):
        begin_sessions_of_nobody(sessions)
    assert kept.info()["evicted_keys"] == 0
    assert sessions.load(KEY) == SESSION
    assert [listed.key for listed in sessions.of_owner(SESSION.owner)] == [KEY]
    sessions.delete(KEY)
    assert sessions.load(KEY) is None


def test_neither_of_them_writes_to_a_disk() -> None:
    for service in ("redis", "sessions"):
        words = SERVICES[service]["command"]
        assert words[words.index("--save") + 1] == ""
        assert words[words.index("--appendonly") + 1] == "no"
        assert "volumes" not in SERVICES[service]
