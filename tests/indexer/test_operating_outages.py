"""Servers go away under real processes: changes wait, readers are told so, and everything comes back by itself."""

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Self
from urllib.parse import quote

import pytest

from tests.demonstration import UNLIMITED
from tests.indexer.operated import SECONDS, Operated, until
from tests.servers.opensearch import OpenSearchServer
from tests.servers.portal import PortalServer
from tests.servers.postgres import PostgresServer

FOUND = f"/tim-kiem?q={quote('ủy ban')}"
AWAY_WORDS = "Dịch vụ đang tạm gián đoạn"
LONGEST_ANSWER = 20
"""Seconds within which a reader hears something, on a machine that is busy with other things."""

MINUTE, MOMENT = 60, 3
RESTARTS, MANY_RESTARTS = 2, 5


@dataclass
class Asking:
    """Somebody who searches again and again; `heard` is the status and the text of each answer, `slowest` in seconds."""

    url: str
    heard: list[tuple[int, str]] = field(default_factory=list)
    slowest: float = 0.0
    _over: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._ask)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def next_answers(self, count: int) -> list[tuple[int, str]]:
        """So many that were asked for after this call, and the one that was under way."""
        begin = len(self.heard)
        until(lambda: len(self.heard) > begin + count, "the portal answers")
        return self.heard[begin:]

    def _ask(self) -> None:
        while not self._over.is_set():
            began = time.monotonic()
            self.heard.append(asked(self.url))
            self.slowest = max(self.slowest, time.monotonic() - began)
            self._over.wait(0.2)


def asked(url: str) -> tuple[int, str]:
    """Status and text of one answer, whatever the status."""
    try:
        with urllib.request.urlopen(url, timeout=SECONDS) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def portal(on_servers: Operated) -> Iterator[PortalServer]:
    """The portal over the same index and register; it serves from its first generation on."""
    assert on_servers.run("rebuild")[0] == 3
    folder = on_servers.folder
    own = {
        "ARCHIVE_ENGINE_SECONDS": "2",
        "ARCHIVE_ACCESS_LOG_DIR": str(folder / "access-log"),
        "ARCHIVE_CACHE_DIR": str(folder / "cache"),
        "ARCHIVE_SECRET_KEY": "o" * 32,
        "ARCHIVE_LIMIT_SEARCH": UNLIMITED,
    }
    with PortalServer({**on_servers.environment, **own}) as server:
        yield server


def stop_the_engine_and_check(
    operated: Operated, portal: PortalServer, server: OpenSearchServer, seconds: float
) -> None:
    """Take the engine away under a follower and a portal while rows change, and bring it back."""
    log = operated.folder / "follower.log"
    with (
        log.open("wb") as words,
        operated.started("follow", "--interval", "0.1", log=words) as follower,
        Asking(portal.url + FOUND) as reader,
    ):
        operated.happen(5)
        assert reader.next_answers(2)[-1][0] == 200
        server.stop_node(0)
        operated.happen(10)
        away_since = len(reader.heard) + 1
        time.sleep(seconds)
        reader.next_answers(1)
        away_until = len(reader.heard)
        until(lambda: "waiting: " in log.read_text(), "the follower says why it waits")
        assert follower.poll() is None
        server.restore()
        operated.happen(5)
        until(lambda: reader.heard[-1][0] == 200, "searches come back by themselves")
        until(lambda: operated.waiting() == 0, "the follower has caught up")
        until(lambda: "everything answers again" in log.read_text(), "the follower says so")
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(timeout=SECONDS) == 0
    assert {status for status, _ in reader.heard} == {200, 503}
    for status, text in reader.heard[away_since:away_until]:
        assert (status, AWAY_WORDS in text, "Traceback" in text) == (503, True, False)
    assert reader.slowest < LONGEST_ANSWER
    assert operated.reconciled().counts == {}


def test_while_the_engine_is_stopped_changes_wait_and_readers_are_told(
    on_servers: Operated, portal: PortalServer, opensearch_server: OpenSearchServer
) -> None:
    stop_the_engine_and_check(on_servers, portal, opensearch_server, MOMENT)


@pytest.mark.long
def test_a_minute_without_the_engine_loses_nothing(
    on_servers: Operated, portal: PortalServer, opensearch_server: OpenSearchServer
) -> None:
    stop_the_engine_and_check(on_servers, portal, opensearch_server, MINUTE)


def restart_the_database_and_check(operated: Operated, server: PostgresServer, times: int) -> None:
    """Restart PostgreSQL, which holds archive, register and locks, under a follower and a rebuild that reads."""
    code, rebuilding = operated.run("rebuild")
    assert code == 3
    broken, served = 0, operated.generations().reader().generation()
    with operated.started("follow", "--interval", "0.1") as follower:
        for _ in range(times):
            operated.happen(4)
            with operated.started("rebuild") as rebuild:
                time.sleep(operated.chance.uniform(0.1, 0.7) * rebuilding)
                server.restart()
                operated.happen(4)
                code = rebuild.wait(timeout=SECONDS)
            if code == 1:
                broken += 1
                assert operated.generations().reader().generation() == served, "the old one serves"
                code = operated.run("rebuild", "--resume")[0]
            assert code == 3
            served = operated.generations().reader().generation()
            until(lambda: operated.waiting() == 0, "the follower has found its way back")
            assert operated.reconciled().counts == {}
        assert follower.poll() is None
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(timeout=SECONDS) == 0
    assert broken, "at least one was read from when it restarted"


def test_a_database_that_restarts_while_it_is_read_loses_nothing(
    on_servers: Operated, postgres_server: PostgresServer
) -> None:
    restart_the_database_and_check(on_servers, postgres_server, RESTARTS)


@pytest.mark.long
def test_a_database_that_restarts_often_loses_nothing(on_servers: Operated, postgres_server: PostgresServer) -> None:
    restart_the_database_and_check(on_servers, postgres_server, MANY_RESTARTS)
