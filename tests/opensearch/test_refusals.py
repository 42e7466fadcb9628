"""What the cluster refuses is reported and not half there; what it is too busy for is sent again."""

from collections.abc import Iterator
from typing import Any

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.opensearch.bulk import ATTEMPTS, Bulk, Document
from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows, IndexUnavailable, Search, Unwritten
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
TOO_LONG = "x" * 40_000
"""A facet value longer than the engine takes for one term."""
REFUSED = Unwritten("h38.td.01.2", "the search engine refused it: illegal_argument_exception")


def made(ordinal: int, **changes: object) -> Documents:
    found = documents(record(ordinal, page_count=1, **changes), pages("giao đất"))
    assert found is not None
    return found


def test_a_record_that_is_refused_is_reported_and_leaves_no_page_behind(generations: OpenSearchGenerations) -> None:
    with generations.begin(Follows(0, TODAY)) as writer:
        for one in (made(1), made(2, creator=TOO_LONG), made(3)):
            writer.add(*one)
        assert list(writer.seal()) == [REFUSED]
        generations.switch(writer)
    reader = generations.reader()
    assert reader.search(Search(), visibility=ANYBODY).total == 2
    assert reader.page_total(visibility=ANYBODY) == 2


def test_a_change_that_is_refused_takes_out_what_stood_before(generations: OpenSearchGenerations) -> None:
    filled(generations, [made(1), made(2)])
    assert list(generations.amend({}, [made(2, creator=TOO_LONG)], Follows(0, TODAY))) == [REFUSED]
    reader = generations.reader()
    assert reader.records(["h38.td.01.2"], visibility=ANYBODY) == {}
    assert reader.page_text("h38.td.01.2", 1, visibility=ANYBODY) is None
    assert reader.search(Search(), visibility=ANYBODY).total == 1


class BusyCluster(Client):
    """Has no room for a document the first few times it is sent."""

    def __init__(self, times: int) -> None:
        self._times = times
        self.requests = 0

    def bulk(self, lines: str) -> Body:
        self.requests += 1
        count = len(lines.splitlines()) // 2
        statuses: Iterator[int] = iter([429 if self.requests <= self._times else 201, *[201] * (count - 1)])
        return {"items": [{"index": {"status": status}} for status in statuses]}


def test_only_what_had_no_room_is_sent_again_after_longer_and_longer_pauses() -> None:
    cluster, pauses = BusyCluster(3), list[float]()
    bulk = Bulk(cluster, pause=pauses.append)
    bulk.put(Document("i", str(number), str(number), 1, {}) for number in range(5))
    bulk.finish()
    bulk.close()
    assert (cluster.requests, bulk.unwritten) == (4, [])
    assert pauses == sorted(pauses)
    assert len(set(pauses)) == 3


def test_a_cluster_that_never_has_room_is_away() -> None:
    bulk = Bulk(BusyCluster(ATTEMPTS), pause=lambda _: None)
    bulk.put([Document("i", "1", "1", 1, {})])
    with pytest.raises(IndexUnavailable, match="no room for 1 "):
        bulk.finish()
    bulk.close()


@pytest.mark.parametrize(("status", "counts"), [(201, 0), (200, 0), (409, 0), (400, 1), (404, 1)])
def test_a_newer_document_in_its_place_is_no_refusal(status: int, counts: int) -> None:
    class Cluster(Client):
        def __init__(self) -> None:
            return

        def bulk(self, lines: str) -> dict[str, Any]:
            return {"items": [{"index": {"status": status, "error": {"type": "why", "reason": "quotes the document"}}}]}

    bulk = Bulk(Cluster())
    bulk.put([Document("i", "1", "r", 1, {})])
    bulk.finish()
    bulk.close()
    assert [each.reason for each in bulk.unwritten] == ["the search engine refused it: why"] * counts
