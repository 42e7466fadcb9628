"""Locks between processes, in files and in PostgreSQL: one at a time, told who, given up with the process, never held
twice without anybody noticing.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from access_policy.register.errors import RegisterUnavailable
from indexer.keeping.locks import LockLost, LockTaken, Purpose, holding
from indexer.keeping.open_locks import open_locks

HOLDER = """
import sys, time
from indexer.keeping.locks import Purpose
from indexer.keeping.open_locks import open_locks
locks = open_locks(sys.argv[1])
assert locks.take(Purpose.FOLLOWING)
print("taken", flush=True)
time.sleep(600)
"""


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return str(request.getfixturevalue("postgres_database"))
    return f"sqlite:///{tmp_path / 'register.db'}"


@pytest.fixture
def holder(url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that follows."""
    process = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"taken\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_lock_is_taken_once_and_given_back(url: str) -> None:
    first, second = open_locks(url), open_locks(url)
    assert first.take(Purpose.WRITING)
    assert not second.take(Purpose.WRITING)
    assert second.take(Purpose.FOLLOWING), "another purpose, another lock"
    first.check()
    assert f"process {os.getpid()}" in second.holder(Purpose.WRITING)
    first.release(Purpose.WRITING)
    assert second.holder(Purpose.WRITING) == ""
    assert second.take(Purpose.WRITING)
    for purpose in Purpose:
        second.release(purpose)


def test_a_lock_ends_with_its_process_however_it_ends(url: str, holder: subprocess.Popen[bytes]) -> None:
    locks = open_locks(url)
    assert not locks.take(Purpose.FOLLOWING)
    assert f"process {holder.pid}" in locks.holder(Purpose.FOLLOWING)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with holding(locks, Purpose.FOLLOWING, patience(30)):
        assert f"process {os.getpid()}" in locks.holder(Purpose.FOLLOWING)


def patience(seconds: float) -> Callable[[], None]:
    """Waits a little each time it is called, and fails when that has been long enough."""
    end = time.monotonic() + seconds

    def wait() -> None:
        assert time.monotonic() < end, "nobody gave the lock back"
        time.sleep(0.05)

    return wait


def test_whoever_does_not_wait_is_told_and_whoever_waits_gets_it(url: str) -> None:
    first, second = open_locks(url), open_locks(url)
    assert first.take(Purpose.REBUILDING)
    with pytest.raises(LockTaken, match="rebuilding"), holding(second, Purpose.REBUILDING, None):
        pass
    with holding(second, Purpose.REBUILDING, lambda: first.release(Purpose.REBUILDING)):
        assert not first.take(Purpose.REBUILDING)
    assert first.take(Purpose.REBUILDING)
    first.release(Purpose.REBUILDING)


def test_a_lost_connection_is_a_lost_lock_for_good(postgres_database: str) -> None:
    locks = open_locks(postgres_database)
    assert locks.take(Purpose.FOLLOWING)
    engine = create_engine(postgres_database)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
    for _ in range(2):
        with pytest.raises(LockLost):
            locks.check()
    with pytest.raises(LockLost):
        locks.take(Purpose.WRITING)
    locks.release(Purpose.FOLLOWING)
    locks.check()
    assert locks.take(Purpose.FOLLOWING), "whoever gave up may stand in line again"
    locks.release(Purpose.FOLLOWING)
    engine.dispose()


def test_a_lock_file_that_is_not_the_one_that_was_locked_is_a_lost_lock(tmp_path: Path) -> None:
    locks = open_locks(f"sqlite:///{tmp_path / 'register.db'}")
    assert locks.take(Purpose.FOLLOWING)
    file = tmp_path / "register.db.following.lock"
    file.rename(tmp_path / "elsewhere")
    with pytest.raises(LockLost):
        locks.check()
    file.touch()
    with pytest.raises(LockLost):
        locks.check()
    locks.release(Purpose.FOLLOWING)


@pytest.mark.parametrize(
    "address",
    ["not a url", "sqlite://", "sqlite:////nowhere/register.db", "postgresql+psycopg://a:sesame@127.0.0.1:1/register"],
)
def test_a_register_without_a_place_for_locks_is_one_clear_line(address: str) -> None:
    with pytest.raises(RegisterUnavailable) as refused:
        open_locks(address).take(Purpose.WRITING)
    assert "sesame" not in str(refused.value)
    assert "\n" not in str(refused.value)
