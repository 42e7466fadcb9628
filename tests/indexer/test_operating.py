"""Followers and rebuilds as real processes: one follower at a time, and killing any of them loses nothing."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.indexer.operated import SECONDS, Operated
from tests.servers.opensearch import OpenSearchServer
from tests.servers.postgres import PostgresServer

POINTS, MANY_POINTS, SEED = 5, 25, 11


@pytest.fixture
def in_files(tmp_path: Path) -> Iterator[Operated]:
    """Everything in files, as in the demonstration."""
    urls = [f"sqlite:///{tmp_path / name}" for name in ("archive.db", "register.db")]
    made = Operated(tmp_path, *urls, random.Random(SEED))
    yield made
    made.close()


@pytest.fixture
def on_servers(
    tmp_path: Path, postgres_server: PostgresServer, opensearch_server: OpenSearchServer
) -> Iterator[Operated]:
    """PostgreSQL and OpenSearch, as in production."""
    opensearch_server.clear()
    names = [postgres_server.create_database() for _ in range(2)]
    made = Operated(tmp_path, *map(postgres_server.url, names), random.Random(SEED), opensearch_server.urls)
    yield made
    made.close()
    for name in names:
        postgres_server.drop_database(name)


@pytest.fixture(params=["in_files", "on_servers"])
def operated(request: pytest.FixtureRequest) -> Operated:
    """Both."""
    made: Operated = request.getfixturevalue(request.param)
    return made


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def test_a_second_follower_waits_and_takes_over_when_the_first_is_killed(operated: Operated) -> None:
    assert operated.run("rebuild")[0] == 3
    logs = [operated.folder / f"follower-{number}.log" for number in (1, 2)]

    def said(number: int) -> str:
        return logs[number - 1].read_text()

    with (
        logs[0].open("wb") as first_log,
        logs[1].open("wb") as second_log,
        operated.started("follow", "--interval", "0.1", log=first_log) as first,
    ):
        until(lambda: "this process follows now" in said(1), "the first follows")
        with operated.started("follow", "--interval", "0.1", log=second_log) as second:
            until(lambda: f"process {first.pid} follows" in said(2), "the second says for whom it waits")
            operated.happen(5)
            until(lambda: "changes of the archive database" in said(1), "the first follows the changes")
            assert "this process follows now" not in said(2)
            first.send_signal(signal.SIGKILL)
            operated.happen(5)
            until(lambda: "changes of the archive database" in said(2), "the second takes over")
            second.send_signal(signal.SIGTERM)
            assert second.wait(timeout=SECONDS) == 0
            assert said(2).rstrip().endswith("ended")
    assert operated.run("follow", "--once")[0] == 0
    assert operated.reconciled().counts == {}
    assert "archive_index_changes_waiting 0" in (operated.folder / "reports" / "metrics.prom").read_text()


def kill_and_check(operated: Operated, points: int) -> None:
    """Kill follower and rebuild in turn at drawn moments; after each, one run brings everything together again."""
    code, rebuilding = operated.run("rebuild")
    assert code == 3, "done, and the dirty rows were refused"
    operated.happen(10)
    code, following = operated.run("follow", "--once")
    assert code == 0
    killed = 0
    for point in range(points):
        operated.happen(6)
        if point % 2:
            killed += operated.run_and_kill("rebuild", after=operated.chance.uniform(0.05, 1.0) * rebuilding)
            operated.happen(3)
            assert operated.run_again("rebuild", "--resume") == 3
        else:
            killed += operated.run_and_kill("follow", "--once", after=operated.chance.uniform(0.05, 1.0) * following)
            assert operated.run_again("follow", "--once") == 0
        assert operated.reconciled().counts == {}, f"after point {point}"
    assert killed >= points // 2


def test_kills_lose_nothing(operated: Operated) -> None:
    kill_and_check(operated, POINTS)


@pytest.mark.long
def test_many_kills_lose_nothing(operated: Operated) -> None:
    kill_and_check(operated, MANY_POINTS)


def stop_the_engine_and_check(operated: Operated, server: OpenSearchServer, seconds: float) -> None:
    """Take the engine away under a follower while rows change, and bring it back."""
    assert operated.run("rebuild")[0] == 3
    with operated.started("follow", "--interval", "0.1") as follower:
        operated.happen(5)
        server.stop_node(0)
        operated.happen(10)
        time.sleep(seconds)
        assert follower.poll() is None
        server.restore()
        operated.happen(5)
        until(lambda: operated.waiting() == 0, "the follower has caught up")
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(timeout=SECONDS) == 0
    assert operated.reconciled().counts == {}


def test_while_the_engine_is_stopped_changes_wait_and_nothing_is_lost(
    on_servers: Operated, opensearch_server: OpenSearchServer
) -> None:
    stop_the_engine_and_check(on_servers, opensearch_server, 2)


@pytest.mark.long
def test_a_minute_without_the_engine_loses_nothing(on_servers: Operated, opensearch_server: OpenSearchServer) -> None:
    stop_the_engine_and_check(on_servers, opensearch_server, 60)


def test_a_rebuild_runs_beside_a_follower(operated: Operated) -> None:
    assert operated.run("rebuild")[0] == 3
    with operated.started("follow", "--interval", "0.1") as follower, operated.started("rebuild") as rebuild:
        operated.happen(12)
        assert rebuild.wait(timeout=SECONDS) == 3
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(timeout=SECONDS) == 0
    assert operated.reconciled().counts == {}
