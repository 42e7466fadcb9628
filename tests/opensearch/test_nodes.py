"""Nodes go away while people search and records change: nobody is turned away, and nothing is lost."""

import random
import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.opensearch.breaker import PAUSE_SECONDS
from indexer.index.opensearch.current import CurrentGeneration
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows, IndexUnavailable, Search
from indexer.index.query import parse
from tests.index.conftest import filled, on_cluster
from tests.index.corpus import TODAY, documents, pages, record
from tests.servers.opensearch import OpenSearchServer

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
SEARCHERS = 4
RECORDS = 200
KILLS, SEED = 5, 7


def made(ordinal: int, row_version: int = 1) -> Documents:
    found = documents(record(ordinal, f"giao đất lần {row_version}", row_version=row_version), pages("thủy lợi"))
    assert found is not None
    return found


@pytest.fixture
def cluster(opensearch_cluster: OpenSearchServer) -> Iterator[OpenSearchServer]:
    yield opensearch_cluster
    opensearch_cluster.restore()


class Searching:
    """Some readers who search without a pause, each as a process of the portal does; `failed` is what they were told
    instead of an answer, `short` counts answers in which a record was missing.
    """

    def __init__(self, generations: OpenSearchGenerations) -> None:
        self._current = CurrentGeneration(generations._client, generations._prefix)
        self._over = threading.Event()
        self.answered, self.failed, self.short = 0, list[str](), 0
        self._threads = [threading.Thread(target=self._search) for _ in range(SEARCHERS)]

    def __enter__(self) -> "Searching":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _search(self) -> None:
        while not self._over.is_set():
            try:
                found = self._current.reader().search(Search(parse("giao đất")), visibility=ANYBODY)
                self.short += found.total != RECORDS
                self.answered += 1
            except IndexUnavailable as error:
                self.failed.append(str(error))


class Writing:
    """Every fourth record is written anew again and again; `version` is the newest that was acknowledged."""

    def __init__(self, generations: OpenSearchGenerations) -> None:
        self._generations, self.version = generations, 1

    def write(self, times: int) -> None:
        for _ in range(times):
            version = self.version + 1
            fresh = [made(number, version) for number in range(0, RECORDS, 4)]
            assert list(self._generations.amend({}, fresh, Follows(version, TODAY, str(version)))) == []
            self.version = version


def kill_and_check(cluster: OpenSearchServer, victims: Sequence[int]) -> None:
    """Kill one node after the other under readers and a writer; each comes back before the next one goes."""
    cluster.restore()
    generations = on_cluster(cluster.urls)
    filled(generations, [made(number) for number in range(RECORDS)])
    writing = Writing(generations)
    with Searching(generations) as readers:
        for victim in victims:
            cluster.ask("/_cluster/health?wait_for_status=green&timeout=60s", node=victim)
            writing.write(2)
            before = readers.answered
            cluster.kill_node(victim)
            writing.write(4)
            assert readers.answered > before, "readers were answered while the node was away"
            cluster.start_node(victim)
    assert readers.failed == []
    assert readers.short == 0
    reader = generations.reader()
    shown = reader.search(Search(limit=RECORDS), visibility=ANYBODY)
    changed = [hit for hit in shown.hits if hit.title == f"giao đất lần {writing.version}"]
    assert (shown.total, len(changed)) == (RECORDS, RECORDS // 4)
    assert reader.page_total(visibility=ANYBODY) == RECORDS
    assert reader.position() == str(writing.version)


@pytest.mark.parametrize("victim", [0, *(pytest.param(other, marks=pytest.mark.long) for other in (1, 2))])
def test_a_node_of_three_that_is_killed_fails_no_search_and_loses_no_record(
    victim: int, cluster: OpenSearchServer
) -> None:
    kill_and_check(cluster, [victim])


@pytest.mark.long
def test_nodes_that_are_killed_in_turn_fail_no_search_and_lose_no_record(cluster: OpenSearchServer) -> None:
    kill_and_check(cluster, random.Random(SEED).choices((0, 1, 2), k=KILLS))


def test_an_engine_that_stands_still_is_noticed_and_taken_up_again(opensearch_server: OpenSearchServer) -> None:
    generations = on_cluster(opensearch_server.urls, seconds=1)
    filled(generations, [made(1)])
    reader = generations.reader()
    opensearch_server.pause(0)
    try:
        began = time.monotonic()
        with pytest.raises(IndexUnavailable):
            reader.search(Search(), visibility=ANYBODY)
        assert time.monotonic() - began < 10
        with pytest.raises(IndexUnavailable):
            generations.amend({}, [made(2)], Follows(1, TODAY, "1"))
    finally:
        opensearch_server.resume(0)
    time.sleep(PAUSE_SECONDS)
    assert reader.search(Search(), visibility=ANYBODY).total == 1
    assert generations.reader().position() == "", "what was not acknowledged is not counted as done"
    assert list(generations.amend({}, [made(2)], Follows(1, TODAY, "1"))) == []
    assert generations.reader().search(Search(), visibility=ANYBODY).total == 2
