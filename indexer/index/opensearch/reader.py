"""Answering from one generation of OpenSearch indexes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from access_policy.record import Box
from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.counted import by_count, by_year
from indexer.index.description import Description, from_json
from indexer.index.highlight import snippet
from indexer.index.opensearch.client import Body, Client
from indexer.index.opensearch.compile import (
    ORDERS,
    PAGE_PREFERENCES,
    RECORD_PREFERENCES,
    Clause,
    access_clauses,
    all_of,
    any_of,
    choice_clauses,
    facet_counts,
    matching,
    suggestion_clauses,
)
from indexer.index.opensearch.deep import WINDOW, deep_hits
from indexer.index.opensearch.names import GenerationNames
from indexer.index.port import Follows, Listed, PageHit, PageHits, Search, SearchResult, Suggestion
from indexer.index.query import EMPTY_QUERY, Query
from indexer.index.schema import FACETS, Sort
from indexer.index.suggesting import CANDIDATES, best_titles, suggestion_words

MOST_WITHHELD_EACH = 500
"""Withheld ids that are repeated for every record of a result list; more are asked about once, before."""


class OpenSearchReader:
    """Answers from one generation. See `indexer.index.port.IndexReader`."""

    def __init__(self, client: Client, names: GenerationNames, follows: Follows, *, window: int = WINDOW) -> None:
        self._client, self._names, self._follows, self._window = client, names, follows, window

    def search(self, search: Search, *, visibility: Visibility) -> SearchResult:
        """See the port."""
        body = {
            **_listing(matching(access_clauses(visibility), search.query, RECORD_PREFERENCES), search),
            "aggs": facet_counts(search),
        }
        choices = choice_clauses(search)
        if choices:
            body["post_filter"] = all_of(choices)
        answer, hits = self._page_of_list(body, search)
        counts = _counts(answer["aggregations"])
        return SearchResult(
            answer["hits"]["total"]["value"],
            hits,
            {name: by_count(counts[name]) for name in FACETS},
            by_year(counts["years"]),
        )

    def page_hits(
        self, query: Query, record_ids: Sequence[str], *, visibility: Visibility, limit: int = 3
    ) -> Mapping[str, PageHits]:
        """See the port."""
        if len(visibility.withheld) > MOST_WITHHELD_EACH:
            record_ids = [
                record_id for record_id in record_ids if record_id in self._not_withheld(record_ids, visibility)
            ]
            visibility = Visibility(visibility.audiences, visibility.today, frozenset())
        if query == EMPTY_QUERY or not record_ids:
            return {}
        filters, wanted = access_clauses(visibility), Query(query.wanted)
        questions = [
            (
                {"index": self._names.pages, "routing": record_id},
                {
                    "query": matching([*filters, any_of("record_id", [record_id])], wanted, PAGE_PREFERENCES),
                    "size": limit,
                    "sort": [{"_score": "desc"}, {"number": "asc"}],
                    "track_total_hits": True,
                    "_source": ["number", "text", "folded_text"],
                },
            )
            for record_id in record_ids
        ]
        answers = zip(record_ids, self._client.search_all(questions), strict=True)
        return {record_id: _page_hits(answer, query) for record_id, answer in answers if _total(answer)}

    def suggest(self, text: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
        """See the port."""
        words = suggestion_words(text)
        if words is None:
            return ()
        wanted = all_of(access_clauses(visibility), suggestion_clauses(words))
        found = self._listed(wanted, Search(limit=CANDIDATES)).hits
        return best_titles(((hit.title, hit.id) for hit in found), text, limit)

    def records(self, record_ids: Sequence[str], *, visibility: Visibility) -> Mapping[str, Description]:
        """See the port."""
        wanted = all_of([*access_clauses(visibility), any_of("id", record_ids)])
        parts = (
            Search(offset=at, limit=min(self._window, len(record_ids)))
            for at in range(0, len(record_ids), self._window)
        )
        return {hit.id: hit for part in parts for hit in self._listed(wanted, part).hits}

    def acknowledged(self, record_id: str, *, visibility: Visibility) -> Description | None:
        """See the port."""
        wanted = all_of([*access_clauses(visibility, Known.EXISTENCE), any_of("id", [record_id])])
        return next(iter(self._listed(wanted, Search(limit=1)).hits), None)

    def children(self, parent_id: str, *, visibility: Visibility, offset: int = 0, limit: int = 50) -> Listed:
        """See the port."""
        wanted = all_of([*access_clauses(visibility), any_of("parent_id", [parent_id])])
        return self._listed(wanted, Search(sort=Sort.REFERENCE_CODE, offset=offset, limit=limit))

    def page_text(self, record_id: str, number: int, *, visibility: Visibility) -> str | None:
        """See the port."""
        page = self._page(record_id, number, visibility, "text")
        return None if page is None else str(page["text"])

    def page_redactions(self, record_id: str, number: int, *, visibility: Visibility) -> tuple[Box, ...]:
        """See the port."""
        page = self._page(record_id, number, visibility, "redactions") or {}
        return tuple(tuple(box) for box in json.loads(page.get("redactions") or "[]"))

    def page_total(self, *, visibility: Visibility) -> int:
        """See the port."""
        body = {"query": all_of(access_clauses(visibility)), "size": 0, "track_total_hits": True}
        return _total(self._client.search(self._names.pages, body))

    def generation(self) -> str:
        """See the port."""
        return self._names.name

    def revision(self) -> int:
        """See the port."""
        return self._follows.revision

    def derived_on(self) -> date:
        """See the port."""
        return self._follows.derived_on

    def position(self) -> str:
        """See the port."""
        return self._follows.position

    def _listed(self, wanted: Clause, search: Search) -> Listed:
        answer, hits = self._page_of_list(_listing(wanted, search), search)
        return Listed(_total(answer), hits)

    def _page_of_list(self, body: Body, search: Search) -> tuple[Body, tuple[Description, ...]]:
        """The answer, and one slice of its list, however deep it lies."""
        if search.offset + search.limit <= self._window:
            answer = self._client.search(self._names.records, {**body, "from": search.offset, "size": search.limit})
            return answer, tuple(_descriptions(answer["hits"]["hits"]))
        answer = self._client.search(self._names.records, {**body, "size": 0})
        hits = deep_hits(self._client, self._names.records, body, search.offset, search.limit, step=self._window)
        return answer, tuple(_descriptions(hits))

    def _page(self, record_id: str, number: int, visibility: Visibility, field: str) -> Body | None:
        own = [any_of("record_id", [record_id]), {"term": {"number": number}}]
        body = {"query": all_of([*access_clauses(visibility), *own]), "size": 1, "_source": [field]}
        found = self._client.search(self._names.pages, body, routing=record_id)["hits"]["hits"]
        return dict(found[0]["_source"]) if found else None

    def _not_withheld(self, record_ids: Sequence[str], visibility: Visibility) -> frozenset[str]:
        """Those of some records that may be shown; a page is never withheld apart from its record."""
        return frozenset(self.records(record_ids, visibility=visibility))


def _listing(wanted: Clause, search: Search) -> Body:
    return {"query": wanted, "sort": ORDERS[search.sort], "track_total_hits": True, "_source": ["description"]}


def _total(answer: Body) -> int:
    return int(answer["hits"]["total"]["value"])


def _descriptions(hits: Sequence[Body]) -> Iterator[Description]:
    return (from_json(hit["_source"]["description"].encode()) for hit in hits)


def _page_hits(answer: Body, query: Query) -> PageHits:
    pages = (hit["_source"] for hit in answer["hits"]["hits"])
    hits = tuple(PageHit(page["number"], snippet(page["text"], query, page["folded_text"])) for page in pages)
    return PageHits(_total(answer), hits)


def _counts(groups: Mapping[str, Body]) -> dict[str, dict[Any, int]]:
    return {
        name: {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
        for group in groups.values()
        for name, found in group.items()
        if name != "doc_count"
    }
