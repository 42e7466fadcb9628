"""The register answers while it is written, in threads and after a fork; when it cannot, one line says so."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from access_policy.register.connections import open_engine
from access_policy.register.entries import ListEntry
from access_policy.register.errors import RegisterUnavailable
from access_policy.register.store import Register, open_register
from tests.register.given import AN, NOW, active, draft, entry
from tests.servers.ports import free_port

ROOT = Path(__file__).resolve().parents[2]


def test_it_can_be_asked_all_the_time_while_a_list_is_written(register: Register, register_url: str) -> None:
    active(register)
    writing, asked = threading.Event(), []

    def lines() -> Iterator[ListEntry]:
        writing.set()
        for number in range(8_000):
            yield entry(f"r{number}")

    def ask() -> None:
        own = open_register(register_url)
        writing.wait(30)
        while writing.is_set():
            started = time.monotonic()
            assert own.revision() == 1
            assert len(own.restrictions().unmatched()) == 1
            asked.append(time.monotonic() - started)
        own.close()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    draft(register, "2/DM", lines())
    writing.clear()
    for thread in threads:
        thread.join()
    assert len(asked) > 20
    assert max(asked) < 5


def test_one_register_serves_many_threads(register: Register) -> None:
    active(register)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(8):
                register.withdraw(f"r{number}.{turn}", reason="đơn", author=AN, now=NOW)
                assert register.revision() >= turn
                assert len(register.overlay(1).withholdings) >= turn
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert register.revision() == 49


_FORKING = """
import os, sys
from datetime import UTC, datetime
from access_policy.register.store import open_register

register = open_register(sys.argv[1])
stream = register.entries("1/DM")
next(stream)
assert register.revision() == 1
children = []
for child in range(3):
    if (number := os.fork()) == 0:
        for turn in range(10):
            register.withdraw(f"r{child}.{turn}", reason="x", author="An", now=datetime.now(UTC))
            register.revision()
        register.close()
        os._exit(0)
    children.append(number)
for turn in range(10):
    register.revision()
assert all(os.waitpid(child, 0)[1] == 0 for child in children)
assert len(list(stream)) == 2999
assert register.revision() == 31
register.close()
"""


def test_a_fork_opens_connections_of_its_own(register: Register, register_url: str) -> None:
    active(register, entries=[entry(f"r{number}") for number in range(3000)])
    command = [sys.executable, "-W", "error", "-c", _FORKING, register_url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


_STALLING = """
import sys, time
from datetime import UTC, date, datetime
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import open_register

def lines():
    for number in range(5000):
        yield ListEntry(f"r{number}", "other", "")
    print("half", flush=True)
    time.sleep(60)
    yield ListEntry("last", "other", "")

version = ListVersion("1/DM", date(2026, 1, 1), "UBND", "Luật")
open_register(sys.argv[1]).import_version(version, lines(), author="An", now=datetime.now(UTC))
"""


def test_an_import_killed_in_the_middle_leaves_nothing(register: Register, register_url: str) -> None:
    command = [sys.executable, "-c", _STALLING, register_url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        assert register.versions() == [], "nobody sees half a list"
        os.kill(process.pid, signal.SIGKILL)
    assert register.versions() == []
    active(register)
    assert register.version("1/DM").lines == 1


def test_a_file_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'register.db'}")
    for ask in (register.revision, register.restrictions, lambda: register.overlay(0), lambda: draft(register)):
        with pytest.raises(RegisterUnavailable, match="no such file; run archive-indexer register migrate"):
            ask()
    assert list(tmp_path.iterdir()) == []


def test_a_file_put_in_the_place_of_another_is_noticed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    register = open_register(url)
    register.migrate()
    active(register)
    assert register.revision() == 1
    (tmp_path / "register.db").rename(tmp_path / "old.db")
    register.migrate()
    assert register.revision() == 0


def test_missing_tables_are_said_to_need_a_migration(register_url: str, tmp_path: Path) -> None:
    (tmp_path / "register.db").touch()
    register = open_register(register_url)
    with pytest.raises(RegisterUnavailable, match="register migrate"):
        register.revision()
    register.close()


def test_a_server_that_is_away_is_one_line_without_the_password() -> None:
    url = f"postgresql+psycopg://archive:top%40secret@127.0.0.1:{free_port()}/register"
    with pytest.raises(RegisterUnavailable) as caught:
        open_register(url).revision()
    assert "127.0.0.1" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "nonsense", "oracle9://x", "mysql://x/y", "register.db"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(RegisterUnavailable, match="SQLAlchemy URL"):
        open_engine(url)
