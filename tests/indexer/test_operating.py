"""Followers and rebuilds as real processes: one follower at a time, and killing any of them loses nothing."""

import signal
import time
from contextlib import suppress

import pytest

from indexer.index.port import IndexUnavailable
from tests.indexer.operated import SECONDS, Operated, until

ON_SERVERS, IN_FILES, MANY_POINTS, STRETCHES = 3, 7, 10, 5
"""Kills of one test; in a full run of several, so that fifty kills take no test so long that it looks hung."""

ON_SERVERS_FIRST = pytest.mark.parametrize(
    "operated", ["on_servers", pytest.param("in_files", marks=pytest.mark.long)], indirect=True
)
"""What behaves the same on files and on servers is shown on servers in every run, and on both in a long one."""

FOLLOWERS, MANY_FOLLOWERS = 2, 6


@ON_SERVERS_FIRST
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


@pytest.mark.long
@ON_SERVERS_FIRST
def test_a_second_rebuild_is_turned_away(operated: Operated) -> None:
    assert operated.run("rebuild")[0] == 3
    with operated.started("rebuild") as first:
        until(lambda: operated.rebuilding() or first.poll() is not None, "the first has taken its lock")
        first.send_signal(signal.SIGSTOP)
        code, said = operated.run_again("rebuild")
        assert (code, "another process is rebuilding" in said) == (1, True), said
        first.send_signal(signal.SIGCONT)
        assert first.wait(timeout=SECONDS) == 3
    assert operated.reconciled().counts == {}


class Killing:
    """Kills a follower and a rebuild in turn at drawn moments; after each, one run brings everything together again."""

    def __init__(self, operated: Operated) -> None:
        self.operated, self.chance = operated, operated.chance
        self.killed, self.served = 0, set[str]()
        code, self.rebuilding = operated.run("rebuild")
        assert code == 3, "done, and the dirty rows were refused"
        operated.happen(10)
        code, self.following = operated.run("follow", "--once")
        assert code == 0

    def run(self, points: int) -> None:
        for point in range(points):
            self.operated.happen(6)
            self._rebuild() if point % 2 else self._follow()
            assert self.operated.waiting() == 0, f"after point {point}"
            assert self.operated.reconciled().counts == {}, f"after point {point}"
            self._note_service()

    def _follow(self) -> None:
        self._kill("follow", "--once", longest=self.following)
        code, said = self.operated.run_again("follow", "--once")
        assert code == 0, said

    def _rebuild(self) -> None:
        self._kill("rebuild", longest=self.rebuilding)
        self.operated.happen(3)
        code, said = self.operated.run_again("rebuild", "--resume")
        assert code == 3, said
        assert "not named" not in said

    def _kill(self, *command: str, longest: float) -> None:
        self.killed += self.operated.run_and_kill(*command, after=self.chance.uniform(0.05, 1.0) * longest)
        self._note_service()

    def _note_service(self) -> None:
        """What can be gone back to has been in service, wherever the last rebuild was killed."""
        generations = self.operated.generations()
        self.served.add(generations.reader().generation())
        with suppress(IndexUnavailable):
            assert generations.previous().name in self.served


@pytest.mark.parametrize(
    ("operated", "points"), [("on_servers", ON_SERVERS), ("in_files", IN_FILES)], indirect=["operated"]
)
def test_kills_lose_nothing(operated: Operated, points: int) -> None:
    killing = Killing(operated)
    killing.run(points)
    assert killing.killed >= points // 2


@pytest.mark.long
@pytest.mark.parametrize("stretch", range(1, STRETCHES + 1))
def test_many_kills_lose_nothing(operated: Operated, stretch: int) -> None:
    operated.chance.seed(stretch)
    killing = Killing(operated)
    killing.run(MANY_POINTS)
    assert killing.killed >= MANY_POINTS // 2


def overtake_and_check(operated: Operated, followers: int) -> None:
    """Halt a follower in the middle, let another one take over, and let the first go on with what it had in hand."""
    assert operated.run("rebuild")[0] == 3
    log = operated.folder / "overtaken.log"
    for _ in range(followers):
        with log.open("wb") as words, operated.started("follow", "--interval", "0.05", log=words) as slow:
            until(lambda: "this process follows now" in log.read_text(), "it follows")
            operated.happen(operated.chance.randint(1, 8))
            time.sleep(operated.chance.uniform(0, 0.5))
            slow.send_signal(signal.SIGSTOP)
            operated.lose_locks(slow.pid)
            operated.happen(8)
            assert operated.run("follow", "--once")[0] == 0
            assert operated.waiting() == 0
            slow.send_signal(signal.SIGCONT)
            until(lambda: "stands in line again" in log.read_text(), "it has noticed")
            until(lambda: log.read_text().count("this process follows now") == 2, "it follows again")
            until(lambda: operated.waiting() == 0, "everything is followed")
            slow.send_signal(signal.SIGTERM)
            assert slow.wait(timeout=SECONDS) == 0
        assert operated.reconciled().counts == {}


@pytest.mark.long
def test_a_follower_that_was_overtaken_does_not_undo_what_is_newer(on_servers: Operated) -> None:
    overtake_and_check(on_servers, FOLLOWERS)


@pytest.mark.long
def test_many_followers_that_were_overtaken_undo_nothing(on_servers: Operated) -> None:
    overtake_and_check(on_servers, MANY_FOLLOWERS)


@pytest.mark.long
@ON_SERVERS_FIRST
def test_changes_that_come_again_change_nothing(operated: Operated) -> None:
    """Old ones after newer ones, and late ones of rows that are gone."""
    assert operated.run("rebuild")[0] == 3
    before = operated.generations().reader().position()
    operated.happen(30)
    assert operated.run("follow", "--once")[0] == 0
    assert operated.reconciled().counts == {}
    operated.forget_changes(before)
    assert operated.waiting() > 0
    assert operated.run("follow", "--once")[0] == 0
    assert operated.waiting() == 0
    assert operated.reconciled().counts == {}


@pytest.mark.long
@ON_SERVERS_FIRST
def test_a_rebuild_runs_beside_a_follower(operated: Operated) -> None:
    assert operated.run("rebuild")[0] == 3
    with operated.started("follow", "--interval", "0.1") as follower, operated.started("rebuild") as rebuild:
        operated.happen(12)
        assert rebuild.wait(timeout=SECONDS) == 3
        follower.send_signal(signal.SIGTERM)
        assert follower.wait(timeout=SECONDS) == 0
    assert operated.reconciled().counts == {}
