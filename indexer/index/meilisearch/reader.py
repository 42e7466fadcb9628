"""Answering from one generation of Meilisearch indexes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from access_policy.record import Box
from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.description import Description, from_json
from indexer.index.highlight import snippet
from indexer.index.inventory import Part
from indexer.index.meilisearch.counting import counting, counts, facet_counts, year_counts
from indexer.index.meilisearch.documents import page_key
from indexer.index.meilisearch.fields import KEY
from indexer.index.meilisearch.filters import (
    Filters,
    access_filters,
    any_of,
    choice_filters,
    is_in,
    match_filters,
    suggestion_filters,
)
from indexer.index.meilisearch.names import Names
from indexer.index.meilisearch.ranked import ranking
from indexer.index.meilisearch.server import Server
from indexer.index.meilisearch.state import Noted
from indexer.index.meilisearch.strangers import strangers
from indexer.index.port import Listed, PageHit, PageHits, Search, SearchResult, Suggestion
from indexer.index.query import EMPTY_QUERY, Query
from indexer.index.schema import Sort
from indexer.index.suggesting import CANDIDATES, best_titles, suggestion_words

_ORDERS: dict[Sort, list[str]] = {
    Sort.OLDEST: ["date_order:asc"],
    Sort.NEWEST: ["date_order:desc"],
    Sort.REFERENCE_CODE: ["code_order:asc"],
}


class MeiliReader:
    """Answers from the generation that was noted. See `indexer.index.port.IndexReader`."""

    def __init__(self, server: Server, names: Names, noted: Noted) -> None:
        self._server, self._noted = server, noted
        self._records, self._pages = (names.index(noted.name, part) for part in (Part.RECORDS, Part.PAGES))

    def search(self, search: Search, *, visibility: Visibility) -> SearchResult:
        """See the port."""
        access = access_filters(visibility)
        unlike = strangers(self._server, self._records, search.query, access, codes=True)
        base = [*access, *match_filters(search.query, codes=True, strangers=unlike)]
        best = self._question([*base, *choice_filters(search)], "description")
        ordered = {**best, **_order(search), "offset": search.offset, "limit": search.limit}
        found, *counted = self._server.ask([ordered, *counting(self._records, base, search)])
        values = counts(search, counted)
        return SearchResult(counted[0]["totalHits"], _descriptions(found), facet_counts(values), year_counts(values))

    def page_hits(
        self, query: Query, record_ids: Sequence[str], *, visibility: Visibility, limit: int = 3
    ) -> Mapping[str, PageHits]:
        """See the port."""
        if query == EMPTY_QUERY or not record_ids:
            return {}
        wanted = Query(query.wanted)
        access = access_filters(visibility)
        unlike = strangers(self._server, self._pages, wanted, [*access, any_of("record", record_ids)], codes=False)
        base = [*access, *match_filters(wanted, codes=False, strangers=unlike)]
        size = {"page": 1, "hitsPerPage": limit, **ranking(wanted)}
        fields = {"indexUid": self._pages, "attributesToRetrieve": ["number", "text"], **size}
        answers = self._server.ask([{**fields, "filter": [*base, is_in("record", each)]} for each in record_ids])
        return {
            record_id: PageHits(answer["totalHits"], tuple(_page_hit(page, query) for page in answer["hits"]))
            for record_id, answer in zip(record_ids, answers, strict=True)
            if answer["totalHits"]
        }

    def suggest(self, text: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
        """See the port."""
        words = suggestion_words(text)
        if words is None:
            return ()
        filters = [*access_filters(visibility), *suggestion_filters(words)]
        found = self._listed(filters, Search(limit=CANDIDATES)).hits
        return best_titles(((hit.title, hit.id) for hit in found), text, limit)

    def records(self, record_ids: Sequence[str], *, visibility: Visibility) -> Mapping[str, Description]:
        """See the port."""
        if not record_ids:
            return {}
        filters = [*access_filters(visibility), any_of("id", record_ids)]
        found = self._listed(filters, Search(limit=len(record_ids))).hits
        return {hit.id: hit for hit in found}

    def acknowledged(self, record_id: str, *, visibility: Visibility) -> Description | None:
        """See the port."""
        filters = [*access_filters(visibility, Known.EXISTENCE), is_in("id", record_id)]
        return next(iter(self._listed(filters, Search(limit=1)).hits), None)

    def children(self, parent_id: str, *, visibility: Visibility, offset: int = 0, limit: int = 50) -> Listed:
        """See the port."""
        filters = [*access_filters(visibility), is_in("parent_id", parent_id)]
        return self._listed(filters, Search(sort=Sort.REFERENCE_CODE, offset=offset, limit=limit))

    def page_text(self, record_id: str, number: int, *, visibility: Visibility) -> str | None:
        """See the port."""
        page = self._page(record_id, number, visibility)
        return None if page is None else str(page["text"])

    def page_redactions(self, record_id: str, number: int, *, visibility: Visibility) -> tuple[Box, ...]:
        """See the port."""
        page = self._page(record_id, number, visibility)
        return () if page is None else tuple(map(_box, json.loads(page["redactions"])))

    def page_total(self, *, visibility: Visibility) -> int:
        """See the port."""
        question = {"indexUid": self._pages, "filter": access_filters(visibility), "page": 1, "hitsPerPage": 0}
        return int(self._server.ask([question])[0]["totalHits"])

    def generation(self) -> str:
        """See the port."""
        return self._noted.name

    def revision(self) -> int:
        """See the port."""
        return self._noted.follows.revision

    def derived_on(self) -> date:
        """See the port."""
        return self._noted.follows.derived_on

    def position(self) -> str:
        """See the port."""
        return self._noted.follows.position

    def _question(self, filters: Filters, *fields: str) -> dict[str, Any]:
        return {"indexUid": self._records, "filter": filters, "attributesToRetrieve": list(fields)}

    def _listed(self, filters: Filters, search: Search) -> Listed:
        question = {**self._question(filters, "description"), **_order(search)}
        piece = {**question, "offset": search.offset, "limit": search.limit}
        found, whole = self._server.ask([piece, {**question, "page": 1, "hitsPerPage": 0}])
        return Listed(whole["totalHits"], _descriptions(found))

    def _page(self, record_id: str, number: int, visibility: Visibility) -> dict[str, Any] | None:
        filters = [*access_filters(visibility), f'{KEY} = "{page_key(record_id, number)}"']
        fields = ["text", "redactions"]
        question = {"indexUid": self._pages, "filter": filters, "attributesToRetrieve": fields, "limit": 1}
        return next(iter(self._server.ask([question])[0]["hits"]), None)


def _order(search: Search) -> dict[str, Any]:
    return ranking(search.query) if search.sort is Sort.RELEVANCE else {"sort": _ORDERS[search.sort]}


def _descriptions(answer: dict[str, Any]) -> tuple[Description, ...]:
    return tuple(from_json(hit["description"]) for hit in answer["hits"])


def _page_hit(page: dict[str, Any], query: Query) -> PageHit:
    return PageHit(int(page["number"]), snippet(page["text"], query))


def _box(edges: Sequence[int]) -> Box:
    left, top, right, bottom = edges
    return left, top, right, bottom
