"""No question leaves for the cluster without the access filter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from access_policy.overlay import NO_OVERLAY, Overlay, Withholding
from access_policy.reader import ANONYMOUS, NOBODY
from access_policy.terms import Known
from access_policy.visibility import Visibility, visible_to
from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.compile import access_clauses
from indexer.index.opensearch.names import GenerationNames
from indexer.index.opensearch.reader import MOST_WITHHELD_EACH, OpenSearchReader
from indexer.index.port import Follows, IndexReader, Search
from indexer.index.query import parse
from indexer.index.schema import Sort
from tests.index.corpus import TODAY

ANYBODY = visible_to(reader=ANONYMOUS, today=TODAY, overlay=NO_OVERLAY)
SOME_WITHHELD = visible_to(
    reader=ANONYMOUS, today=TODAY, overlay=Overlay(1, (Withholding("h38.td.1"), Withholding("h99")))
)
MANY_WITHHELD = replace(ANYBODY, withheld=frozenset(f"h38.{number}" for number in range(MOST_WITHHELD_EACH + 1)))
QUESTIONS = {
    "search": lambda index, seeing: index.search(Search(parse("giao đất -xã")), visibility=seeing),
    "search with choices": lambda index, seeing: index.search(
        Search(parse("12/QĐ-UB"), {"kind": frozenset({"file"})}, (1960, 1969), Sort.OLDEST), visibility=seeing
    ),
    "deep search": lambda index, seeing: index.search(Search(offset=20_000), visibility=seeing),
    "page hits": lambda index, seeing: index.page_hits(parse("giao"), ["h38.td.1", "h38.td.2"], visibility=seeing),
    "suggest": lambda index, seeing: index.suggest("giao d", visibility=seeing),
    "records": lambda index, seeing: index.records(["h38.td.1"], visibility=seeing),
    "children": lambda index, seeing: index.children("h38.td", visibility=seeing),
    "page text": lambda index, seeing: index.page_text("h38.td.1", 1, visibility=seeing),
    "page redactions": lambda index, seeing: index.page_redactions("h38.td.1", 1, visibility=seeing),
    "page total": lambda index, seeing: index.page_total(visibility=seeing),
    "acknowledged": lambda index, seeing: index.acknowledged("h38.td.1", visibility=seeing),
}


class NotingClient(Client):
    """Notes every question, and finds what its own test says; the product's client is the base, so none is missed."""

    def __init__(self, found: Sequence[str] = ()) -> None:
        self.bodies: list[Body] = []
        self._found = found

    def search(self, index: str, body: Body, **parameters: str) -> Body:
        self.bodies.append(body)
        return self._answer(body)

    def search_all(self, questions: Sequence[tuple[Body, Body]]) -> list[Body]:
        self.bodies += [body for _, body in questions]
        return [self._answer(body) for _, body in questions]

    def open_point_in_time(self, index: str, keep_alive: str) -> str:
        return "point"

    def close_point_in_time(self, point: str) -> None:
        return

    def _answer(self, body: Body) -> Body:
        aggregations = {
            group: {"doc_count": 0, **{name: {"buckets": []} for name in asked["aggs"]}}
            for group, asked in body.get("aggs", {}).items()
        }
        return {"hits": {"total": {"value": 0}, "hits": []}, "aggregations": aggregations}


def reader(client: Client) -> IndexReader:
    return OpenSearchReader(client, GenerationNames("archive", "000001"), Follows(0, TODAY))


def filtered(body: Body, visibility: Visibility) -> bool:
    """Whether a question can only be answered with what the filter admits, wherever in it something is counted."""
    held = body["query"].get("bool", {}).get("filter", [])
    ways = (access_clauses(visibility, known) for known in (Known.DESCRIPTION, Known.EXISTENCE))
    everything = not any(
        "global" in str(found) or "min_doc_count" in str(found) for found in body.get("aggs", {}).values()
    )
    return everything and "suggest" not in body and any(all(clause in held for clause in way) for way in ways)


@pytest.mark.parametrize("visibility", [ANYBODY, SOME_WITHHELD], ids=["anybody", "some withheld"])
@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question_carries_the_filter(ask: Any, visibility: Visibility) -> None:
    client = NotingClient()
    ask(reader(client), visibility)
    assert client.bodies
    assert all(filtered(body, visibility) for body in client.bodies)


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_nobody_asks_for_nothing(ask: Any) -> None:
    client = NotingClient()
    ask(reader(client), visible_to(reader=NOBODY, today=TODAY, overlay=NO_OVERLAY))
    assert all({"match_none": {}} in body["query"]["bool"]["filter"] for body in client.bodies)


def test_the_double_tells_a_question_without_the_filter() -> None:
    bare: Iterator[Body] = iter(
        (
            {"query": {"match_all": {}}},
            {"query": {"bool": {"filter": access_clauses(ANYBODY)[:1]}}},
            {"query": {"bool": {"filter": access_clauses(ANYBODY)}}, "aggs": {"x": {"global": {}}}},
            {"query": {"bool": {"should": access_clauses(ANYBODY)}}},
        )
    )
    assert not any(filtered(body, ANYBODY) for body in bare)
    assert not filtered({"query": {"bool": {"filter": access_clauses(ANYBODY)}}}, SOME_WITHHELD)
    tomorrow = replace(ANYBODY, today=date(2026, 11, 22))
    assert not filtered({"query": {"bool": {"filter": access_clauses(ANYBODY)}}}, tomorrow)


def test_with_much_withheld_the_records_are_asked_first_and_only_those_left_are_looked_into() -> None:
    client = NotingClient()
    assert reader(client).page_hits(parse("giao"), ["h38.td.1"], visibility=MANY_WITHHELD) == {}
    assert len(client.bodies) == 1
    assert filtered(client.bodies[0], MANY_WITHHELD)


def test_scores_and_explanations_are_never_asked_for() -> None:
    client = NotingClient()
    for ask in QUESTIONS.values():
        ask(reader(client), ANYBODY)
    assert not any(body.get("explain") or body.get("profile") or body.get("track_scores") for body in client.bodies)
