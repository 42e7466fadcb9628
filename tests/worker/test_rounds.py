"""A round does every job whose time has come; one that fails keeps no other from being done, and names nobody."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from portal.store.database import Database, StoreUnavailable
from portal.store.leases import Leases
from portal.worker.job import Going, Job
from portal.worker.rounds import Rounds
from tests.worker.given import Clock

LASTING = timedelta(seconds=30)


def rounds(database: Database, jobs: Sequence[Job], clock: Clock, ending: Callable[[], bool] = lambda: False) -> Rounds:
    return Rounds(jobs, Leases(database, lasting=LASTING), now=clock, ending=ending)


def failing(error: Exception) -> Callable[[Going], int]:
    def run(_going: Going) -> int:
        raise error

    return run


def test_a_job_that_fails_keeps_no_other_from_being_done(database: Database, clock: Clock) -> None:
    jobs = [
        Job("first", failing(ValueError("an@vidu.vn"))),
        Job("second", failing(StoreUnavailable("store: no answer"))),
        Job("third", lambda _going: 3),
    ]
    done = rounds(database, jobs, clock).round()
    assert not done.sound
    line = str(done)
    assert "first: failed, ValueError in run, line" in line
    assert "second: failed, store: no answer" in line
    assert line.endswith("third=3")
    assert "an@vidu.vn" not in line


def test_what_failed_is_tried_in_the_next_round_and_what_was_done_when_its_time_comes(
    database: Database, clock: Clock
) -> None:
    runs: list[str] = []

    def noted(name: str) -> Callable[[Going], int]:
        def run(_going: Going) -> int:
            runs.append(name)
            if name == "bad":
                raise OSError
            return 1

        return run

    hour = timedelta(hours=1)
    worker = rounds(database, [Job("good", noted("good"), hour), Job("bad", noted("bad"), hour)], clock)
    worker.round()
    worker.round()
    assert runs == ["good", "bad", "bad"]
    clock.on(hours=1)
    worker.round()
    assert runs == ["good", "bad", "bad", "good", "bad"]


def test_what_another_worker_does_is_left_to_it(database: Database, clock: Clock) -> None:
    other = Leases(database, lasting=LASTING)
    other.take("first", now=clock())
    worker = rounds(database, [Job("first", lambda _going: 1), Job("second", lambda _going: 2)], clock)
    done = worker.round()
    assert done.sound
    assert str(done).endswith("first=elsewhere; second=2")
    clock.on(seconds=31)
    assert "first=1" in str(worker.round())


def test_told_to_end_it_begins_nothing_more(database: Database, clock: Clock) -> None:
    ended: list[bool] = []

    def run(going: Going) -> int:
        assert going()
        ended.append(True)
        assert not going()
        return 1

    worker = rounds(database, [Job("first", run), Job("second", lambda _going: 2)], clock, lambda: bool(ended))
    assert str(worker.round()).endswith("first=1")


def test_without_a_store_a_round_says_so(tmp_path: object, clock: Clock) -> None:
    missing = Database(f"sqlite:///{tmp_path}/nowhere/portal.db")
    done = rounds(missing, [Job("first", lambda _going: 1)], clock).round()
    assert "run archive-portal store migrate" in str(done)
