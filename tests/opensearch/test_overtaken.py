"""A writer that is overtaken between looking and writing: another process has lost patience with it and was quicker."""

from collections.abc import Callable

import pytest

from access_policy.overlay import NO_OVERLAY
from access_policy.reader import ANONYMOUS
from access_policy.visibility import visible_to
from indexer.index.document import Documents
from indexer.index.inventory import Part
from indexer.index.opensearch.generations import OpenSearchGenerations
from indexer.index.port import Follows, Search
from tests.index.conftest import filled
from tests.index.corpus import TODAY, documents, pages, record

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
ONE = "h38.td.01.1"


def made(title: str, row_version: int, *texts: str) -> Documents:
    found = documents(record(1, title, row_version=row_version, row_key="items 1"), pages(*texts))
    assert found is not None
    return found


def overtaken(
    generations: OpenSearchGenerations,
    monkeypatch: pytest.MonkeyPatch,
    slow: Callable[[], object],
    quick: Callable[[], object],
) -> None:
    """Let `quick` happen when `slow` has looked at what is there and is about to send the first documents."""
    send = generations._client.bulk

    def late(lines: str) -> object:
        monkeypatch.undo()
        quick()
        return send(lines)

    monkeypatch.setattr(generations._client, "bulk", late)
    slow()
    assert generations._client.bulk == send, "documents were sent"


def test_a_newer_change_stands(generations: OpenSearchGenerations, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(generations, [made("đầu", 1, "một", "hai")])
    overtaken(
        generations,
        monkeypatch,
        lambda: generations.amend({ONE: 3}, [made("cũ", 3, "cũ một", "cũ hai")], Follows(0, TODAY, "3")),
        lambda: generations.amend({ONE: 5}, [made("mới", 5, "mới một")], Follows(0, TODAY, "5")),
    )
    reader = generations.reader()
    assert [hit.title for hit in reader.search(Search(), visibility=ANYBODY).hits] == ["mới"]
    assert reader.page_text(ONE, 1, visibility=ANYBODY) == "mới một"
    assert reader.page_total(visibility=ANYBODY) == 1


def test_what_was_deleted_stays_deleted(generations: OpenSearchGenerations, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(generations, [made("đầu", 1, "một")])
    overtaken(
        generations,
        monkeypatch,
        lambda: generations.amend({ONE: 3}, [made("muộn", 3, "muộn")], Follows(0, TODAY, "3")),
        lambda: generations.amend({ONE: 5}, [], Follows(0, TODAY, "5")),
    )
    assert generations.reader().search(Search(), visibility=ANYBODY).total == 0
    inventory = generations.inventory(today=TODAY, withheld=frozenset())
    assert [inventory.size(part).live for part in Part] == [0, 0]


def test_what_the_register_closed_meanwhile_stays_closed(
    generations: OpenSearchGenerations, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is the same; only the register has gone on."""
    filled(generations, [made("đầu", 1, "một")])
    overtaken(
        generations,
        monkeypatch,
        lambda: generations.amend({ONE: 3}, [made("sửa", 3, "sửa")], Follows(0, TODAY, "3")),
        lambda: generations.amend({ONE: 3}, [], Follows(4, TODAY, "3")),
    )
    assert generations.reader().search(Search(), visibility=ANYBODY).total == 0
    assert generations.reader().page_total(visibility=ANYBODY) == 0
