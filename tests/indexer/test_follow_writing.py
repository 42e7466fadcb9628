"""What a change sends to the engine: as little as it needs, and never less."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.terms import Audience
from access_policy.visibility import visible_to
from indexer.index.document import Documents, PageDocument
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows, Search
from tests.index.conftest import filled, on_cluster
from tests.index.corpus import TODAY, documents, pages, record
from tests.servers.opensearch import OpenSearchServer

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
ONE = "h38.td.01.1"
BOX = (100, 100, 200, 200)


class Noting:
    """An index on a node, and what is asked of the node in passing."""

    def __init__(self, server: OpenSearchServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.index: OpenSearchGenerations = on_cluster(server.urls)
        self.searches = 0
        self.sent: list[str] = []
        client = self.index._client
        bulk, search = client.bulk, client.search

        def noting_bulk(lines: str) -> dict[str, object]:
            self.sent += [json.loads(line)["index"]["_id"] for line in lines.splitlines()[::2]]
            return bulk(lines)

        def noting_search(index: str, body: dict[str, object], **parameters: str) -> dict[str, object]:
            self.searches += 1
            return search(index, body, **parameters)

        monkeypatch.setattr(client, "bulk", noting_bulk)
        monkeypatch.setattr(client, "search", noting_search)

    def amend(self, fresh: Iterable[Documents], targets: Iterable[tuple[str, int]] = ()) -> list[str]:
        """The names of the documents that were sent for it, in order."""
        self.sent.clear()
        self.searches = 0
        assert list(self.index.amend(dict(targets), fresh, Follows(0, TODAY))) == []
        return sorted(self.sent)

    def text(self, number: int) -> str | None:
        return self.index.reader().page_text(ONE, number, visibility=ANYBODY)


@pytest.fixture
def noting(opensearch_server: OpenSearchServer, monkeypatch: pytest.MonkeyPatch) -> Noting:
    return Noting(opensearch_server, monkeypatch)


def made(ordinal: int, title: str, row_version: int, *texts: str) -> Documents:
    row = f"items {ordinal}"
    found = documents(record(ordinal, title, row_version=row_version, row_key=row), pages(*texts))
    assert found is not None
    return found


def test_a_new_title_is_written_and_the_pages_that_stay_are_not(noting: Noting) -> None:
    filled(noting.index, [made(1, "đầu", 1, "một", "hai", "ba")])
    assert noting.amend([made(1, "mới", 2, "một", "hai khác", "ba", "bốn")], [(ONE, 2)]) == [
        ONE,
        f"{ONE}:2",
        f"{ONE}:4",
    ]
    assert [noting.text(number) for number in (1, 2, 3, 4)] == ["một", "hai khác", "ba", "bốn"]
    assert noting.amend([made(1, "mới", 3, "một", "hai khác")]) == [ONE, f"{ONE}:3", f"{ONE}:4"]
    assert [noting.text(number) for number in (1, 2, 3, 4)] == ["một", "hai khác", None, None]


def test_a_page_that_was_left_alone_goes_with_its_record_and_does_not_come_back(noting: Noting) -> None:
    filled(noting.index, [made(1, "đầu", 1, "một")])
    noting.amend([made(1, "mới", 5, "một")])
    noting.amend([], [(ONE, 9)])
    noting.amend([made(1, "muộn", 7, "một")])
    assert noting.text(1) is None
    noting.amend([made(1, "lại", 12, "một")])
    assert noting.text(1) == "một"


@pytest.mark.parametrize(
    "closer",
    [
        lambda page: replace(page, redactions=(BOX,)),
        lambda page: replace(page, disclosure=replace(page.disclosure, audience=Audience.READING_ROOM)),
    ],
    ids=["with a box", "for the reading room"],
)
def test_a_page_that_is_not_open_to_all_is_written_with_its_new_version(
    noting: Noting, closer: Callable[[PageDocument], PageDocument]
) -> None:
    (first, texts), (second, _) = made(1, "đầu", 1, "một"), made(1, "mới", 2, "một")
    closed = tuple(map(closer, texts))
    filled(noting.index, [(first, closed)])
    assert noting.amend([(second, closed)]) == [ONE, f"{ONE}:1"]


def test_a_name_that_comes_twice_ends_as_it_came_last(noting: Noting) -> None:
    others = [made(ordinal, "khác", 2) for ordinal in range(2, 102)]
    filled(noting.index, [made(1, "đầu", 1, "một")])
    twice = [made(1, "giữa", 2, "hai"), *others, made(1, "cuối", 3, "một")]
    noting.amend(twice)
    assert noting.text(1) == "một"


def test_many_changes_ask_no_more_than_a_few(noting: Noting) -> None:
    filled(noting.index, [made(ordinal, "đầu", 1, "một") for ordinal in range(1, 91)])
    fresh = [made(ordinal, "mới", 2, "một") for ordinal in range(1, 81)]
    assert len(noting.amend(fresh, [(f"h38.td.01.{ordinal}", 2) for ordinal in range(1, 91)])) == 80 + 2 * 10
    assert noting.searches <= 8
    found = noting.index.reader().search(Search(limit=100), visibility=ANYBODY)
    assert {hit.id for hit in found.hits} == {f"h38.td.01.{ordinal}" for ordinal in range(1, 81)}
