"""A follower waits for what is away, longer each time, says so once, and stops before it writes without its lock."""

from pathlib import Path
from random import Random
from threading import Event

import pytest

from access_policy.register.errors import RegisterUnavailable
from indexer.index.port import IndexUnavailable
from indexer.keeping.followed_log import RebuildNeeded
from indexer.keeping.following import LONGEST_PAUSE, Follower
from indexer.keeping.locks import LockLost, Locks, Purpose
from indexer.keeping.open_locks import open_locks
from indexer.keeping.patience import LONGEST, Patience, patiently
from indexer.sources.port import SourceUnavailable


class Ending(Event):
    """An event that nobody waits for: the seconds are noted instead."""

    def __init__(self) -> None:
        super().__init__()
        self.waited: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waited.append(timeout or 0.0)
        return self.is_set()


class Following:
    """A follower whose rounds are told beforehand: an error to be raised, or whether there was something to do."""

    def __init__(self, folder: Path, *rounds: Exception | bool) -> None:
        self.said: list[str] = []
        self.ending, self.seconds = Ending(), 0.0
        self.locks: Locks = open_locks(f"sqlite:///{folder / 'register.db'}")
        self._rounds = iter(rounds)
        self.took = 0.0

    def round_(self) -> bool:
        self.seconds += self.took
        told = next(self._rounds, None)
        if isinstance(told, Exception):
            raise told
        if told is None:
            self.ending.set()
        return bool(told)

    def run(self) -> None:
        Follower(self.round_, self.locks, 1.0, self.said.append, self.ending, Random(1), lambda: self.seconds).run()


AWAY = (SourceUnavailable("archive away"), RegisterUnavailable("register away"), IndexUnavailable("index away"))


def test_what_is_away_is_waited_for_longer_each_time_and_told_once(tmp_path: Path) -> None:
    following = Following(tmp_path, *(AWAY * 5), True, *AWAY[:1], True)
    following.run()
    first = following.ending.waited[:15]
    assert all(0.5 * min(60.0, 2.0**n) <= waited <= min(60.0, 2.0**n) for n, waited in enumerate(first))
    assert len(set(first)) == len(first), "a part is left to chance"
    assert following.said == [
        "this process follows now",
        "waiting: archive away",
        "everything answers again",
        "waiting: archive away",
        "everything answers again",
    ]
    assert following.ending.waited[16] <= 1.0, "after an answer it begins anew"
    assert following.locks.take(Purpose.FOLLOWING), "and the lock is given back"


def test_only_a_rebuild_helps_is_not_waited_for(tmp_path: Path) -> None:
    following = Following(tmp_path, True, RebuildNeeded("cut"))
    with pytest.raises(RebuildNeeded):
        following.run()
    assert following.locks.take(Purpose.FOLLOWING)


def test_a_lost_lock_sends_the_follower_back_into_the_line(tmp_path: Path) -> None:
    following = Following(tmp_path, True, LockLost("gone"), True)
    following.run()
    assert following.said == [
        "this process follows now",
        "stopped writing, and stands in line again: gone",
        "this process follows now",
    ]


def test_a_second_follower_says_who_follows_and_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    first, second = Following(tmp_path), Following(tmp_path, True)
    assert first.locks.take(Purpose.FOLLOWING)
    waits: list[float] = []

    def wait(timeout: float | None = None) -> bool:
        waits.append(timeout or 0.0)
        if len(waits) == 3:
            second.ending.set()
        return second.ending.is_set()

    second.ending.wait = wait  # type: ignore[method-assign]
    second.run()
    assert len(second.said) == 1
    assert "process" in second.said[0]
    assert "takes over" in second.said[0]


@pytest.mark.parametrize(
    ("took", "busy", "pause"),
    [(0.01, False, 1.0), (5.0, False, 45.0), (500.0, False, LONGEST_PAUSE), (0.3, True, 0.7), (5.0, True, 0.5)],
)
def test_looking_in_vain_takes_a_tenth_of_the_time_and_work_leaves_others_room_for_a_turn(
    tmp_path: Path, took: float, busy: bool, pause: float
) -> None:
    following = Following(tmp_path, busy)
    following.took = took
    following.run()
    assert following.ending.waited[0] == pytest.approx(pause)


def test_waits_never_grow_beyond_the_longest() -> None:
    patience = Patience(Random(3))
    waits = [patience.wait() for _ in range(500)]
    assert max(waits) <= LONGEST
    assert min(waits[7:]) >= LONGEST / 2


@pytest.mark.parametrize(("failures", "fails"), [(0, False), (2, False), (3, True)])
def test_the_last_failure_of_several_attempts_is_raised(failures: int, fails: bool) -> None:
    left, waited, said = [failures], list[float](), list[str]()

    def work() -> str:
        if left[0]:
            left[0] -= 1
            raise SourceUnavailable("away")
        return "done"

    def attempt() -> str:
        return patiently(work, attempts=3, patience=Patience(Random(1)), sleep=waited.append, say=said.append)

    if fails:
        with pytest.raises(SourceUnavailable):
            attempt()
    else:
        assert attempt() == "done"
    assert len(waited) == len(said) == min(failures, 2)
