"""A cluster that is down is asked seldom, and everybody hears so at once."""

import pytest
from opensearchpy.exceptions import ConnectionError as NotConnected
from opensearchpy.exceptions import NotFoundError, RequestError, TransportError

from indexer.index.opensearch.breaker import FAILURES, PAUSE_SECONDS, Breaker
from indexer.index.port import IndexUnavailable


class Cluster:
    """Counts how often it is asked; raises what it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.error: Exception | None = None

    def answer(self) -> str:
        self.asked += 1
        if self.error is not None:
            raise self.error
        return "answer"


DOWN = [NotConnected("N/A", "refused", OSError()), TransportError(503, "busy"), TransportError(500, "broken")]
ANSWERS = [NotFoundError(404, "no index"), RequestError(400, "bad question")]


@pytest.mark.parametrize("error", DOWN, ids=repr)
def test_after_some_failures_nobody_asks_for_a_while_and_then_one_does(error: Exception) -> None:
    now, cluster = [0.0], Cluster()
    breaker, cluster.error = Breaker(clock=lambda: now[0]), error
    for _ in range(FAILURES):
        with pytest.raises(type(error)):
            breaker.through(cluster.answer)
    for _ in range(20):
        with pytest.raises(IndexUnavailable):
            breaker.through(cluster.answer)
    assert cluster.asked == FAILURES
    now[0] += PAUSE_SECONDS
    with pytest.raises(type(error)):
        breaker.through(cluster.answer)
    with pytest.raises(IndexUnavailable):
        breaker.through(cluster.answer)
    cluster.error = None
    now[0] += PAUSE_SECONDS
    assert breaker.through(cluster.answer) == "answer"
    assert breaker.through(cluster.answer) == "answer"


@pytest.mark.parametrize("error", ANSWERS, ids=repr)
def test_a_refusal_is_an_answer(error: Exception) -> None:
    cluster, breaker = Cluster(), Breaker()
    cluster.error = error
    for _ in range(FAILURES * 3):
        with pytest.raises(type(error)):
            breaker.through(cluster.answer)
    assert cluster.asked == FAILURES * 3


def test_a_success_between_failures_forgets_them() -> None:
    cluster, breaker = Cluster(), Breaker()
    for _ in range(FAILURES * 2):
        cluster.error = DOWN[0]
        with pytest.raises(NotConnected):
            breaker.through(cluster.answer)
        cluster.error = None
        breaker.through(cluster.answer)
