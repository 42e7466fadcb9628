"""A job belongs to one worker at a time, and to the next one when the first no longer renews."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest

from portal.clock import utc_now
from portal.store.database import Database
from portal.store.leases import Leases
from portal.worker.holding import holding
from tests.worker.given import NOW

LASTING = timedelta(seconds=30)


@pytest.fixture
def worker(database: Database) -> Callable[[], Leases]:
    return lambda: Leases(database, lasting=LASTING)


def test_one_worker_has_a_job_and_may_renew_it(worker: Callable[[], Leases]) -> None:
    first, second = worker(), worker()
    assert first.take("notices", now=NOW) == NOW + LASTING
    assert second.take("notices", now=NOW) is None
    assert second.take("permits", now=NOW) == NOW + LASTING
    later = NOW + timedelta(seconds=20)
    assert first.take("notices", now=later) == later + LASTING
    assert second.take("notices", now=NOW + LASTING) is None


def test_what_is_not_renewed_goes_to_whoever_comes_next(worker: Callable[[], Leases]) -> None:
    first, second = worker(), worker()
    first.take("notices", now=NOW)
    assert second.take("notices", now=NOW + LASTING - timedelta(milliseconds=1)) is None
    assert second.take("notices", now=NOW + LASTING) == NOW + LASTING * 2
    assert first.take("notices", now=NOW + LASTING) is None
    first.release("notices", now=NOW + LASTING)
    assert first.take("notices", now=NOW + LASTING) is None, "what is somebody else's cannot be let go"


def test_what_is_let_go_is_free_at_once_and_tells_when_it_was_done(worker: Callable[[], Leases]) -> None:
    first, second = worker(), worker()
    assert first.newest() is None
    first.take("notices", now=NOW)
    first.release("notices", now=NOW)
    assert second.newest() == NOW
    assert second.take("notices", now=NOW) == NOW + LASTING


def test_of_many_that_ask_at_once_one_gets_it(worker: Callable[[], Leases]) -> None:
    with ThreadPoolExecutor(6) as threads:
        given = list(threads.map(lambda leases: leases.take("notices", now=NOW), [worker() for _ in range(6)]))
    assert sum(until is not None for until in given) == 1


def test_a_job_that_takes_longer_than_its_lease_keeps_it(database: Database) -> None:
    lasting = timedelta(seconds=0.8)
    first, second = Leases(database, lasting=lasting), Leases(database, lasting=lasting)
    with holding(first, "notices", now=utc_now) as hold:
        assert hold is not None
        sleep(1.6)
        assert hold.kept()
        with holding(second, "notices", now=utc_now) as other:
            assert other is None
    with holding(second, "notices", now=utc_now) as other:
        assert other is not None


def test_who_lost_a_lease_finds_out(database: Database) -> None:
    moment = [NOW]
    with holding(Leases(database, lasting=LASTING), "notices", now=lambda: moment[0]) as hold:
        assert hold is not None
        assert hold.kept()
        moment[0] = NOW + LASTING
        assert not hold.kept()
