"""Answering from one generation of Tantivy indexes."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Order

from access_policy.record import Box
from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.counted import by_count, by_year
from indexer.index.description import Description, from_json
from indexer.index.highlight import snippet
from indexer.index.port import IndexUnavailable, Listed, PageHit, PageHits, Search, SearchResult, Suggestion
from indexer.index.query import EMPTY_QUERY, Query
from indexer.index.schema import FACETS, MAX_FACET_VALUES, Sort
from indexer.index.suggesting import CANDIDATES, best_titles, suggestion_words
from indexer.index.tantivy.compile import (
    Clause,
    access_clauses,
    all_of,
    any_of,
    choice_clauses,
    exactly,
    match_clauses,
    preferring,
    required,
    suggestion_clauses,
)
from indexer.index.tantivy.following import read_follows
from indexer.index.tantivy.schema import record_key
from indexer.index.tantivy.withholding import Indexes, Withholding

_ORDERS: dict[Sort, tuple[str | None, Order]] = {
    Sort.RELEVANCE: (None, Order.Desc),
    Sort.OLDEST: ("date_order", Order.Asc),
    Sort.NEWEST: ("date_order", Order.Desc),
    Sort.REFERENCE_CODE: ("code_order", Order.Asc),
}

_RECORD_PREFERENCES = frozenset({"exact", "folded", "pairs", "title_exact", "title_folded", "codes"})
_PAGE_PREFERENCES = frozenset({"exact", "folded"})

MOST_OF_ROWS = 4
"""Records that one row can have become, at most: a row makes one, and one more after a crash between two commits."""

AT_ONCE = 1000
"""Matching pages fetched for all records of a result list together."""

Opened = tuple[tantivy.Schema, tantivy.Searcher]
"""What a question needs of one index: its fields, and the documents to search."""

Addresses = tuple[int, list[tantivy.DocAddress]]
"""How many documents match, and where the first of them are."""


class TantivyReader:
    """Answers from the generation in one folder. See `indexer.index.port.IndexReader`."""

    def __init__(self, folder: Path) -> None:
        self._name = folder.name
        try:
            self._withholding = Withholding(folder)
            self._follows = read_follows(folder)
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"generation {folder.name} cannot be opened") from error

    def search(self, search: Search, *, visibility: Visibility) -> SearchResult:
        """See the port."""
        schema, searcher = self._records(visibility)
        base = [*access_clauses(schema, visibility), *match_clauses(schema, search.query, codes=True)]
        chosen = all_of([*base, *choice_clauses(schema, search)])
        hits = _listed(searcher, _ranked(schema, chosen, search), search)
        counts = _facet_counts(searcher, schema, base, search)
        return SearchResult(
            hits.total, hits.hits, {name: by_count(counts[name]) for name in FACETS}, by_year(counts["years"])
        )

    def page_hits(
        self, query: Query, record_ids: Sequence[str], *, visibility: Visibility, limit: int = 3
    ) -> Mapping[str, PageHits]:
        """See the port."""
        if query == EMPTY_QUERY or not record_ids:
            return {}
        schema, searcher = self._pages(visibility)
        wanted = Query(query.wanted)
        matching = all_of([*access_clauses(schema, visibility), *match_clauses(schema, wanted, codes=False)])
        ranked = preferring(schema, matching, wanted, _PAGE_PREFERENCES)
        return {
            record_id: PageHits(total, tuple(_page_hit(searcher.doc(address), query) for address in best[:limit]))
            for record_id, (total, best) in _best_of_each(searcher, schema, ranked, record_ids).items()
        }

    def suggest(self, text: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
        """See the port."""
        words = suggestion_words(text)
        if words is None:
            return ()
        schema, searcher = self._records(visibility)
        clauses = [*access_clauses(schema, visibility), *suggestion_clauses(schema, words)]
        found = _listed(searcher, all_of(clauses), Search(limit=CANDIDATES)).hits
        return best_titles(((hit.title, hit.id) for hit in found), text, limit)

    def records(self, record_ids: Sequence[str], *, visibility: Visibility) -> Mapping[str, Description]:
        """See the port."""
        if not record_ids:
            return {}
        schema, searcher = self._records(visibility)
        clauses = [*access_clauses(schema, visibility), any_of(schema, "id", record_ids)]
        found = _listed(searcher, all_of(clauses), Search(limit=len(record_ids))).hits
        return {hit.id: hit for hit in found}

    def acknowledged(self, record_id: str, *, visibility: Visibility) -> Description | None:
        """See the port."""
        schema, searcher = self._records(visibility)
        clauses = [*access_clauses(schema, visibility, Known.EXISTENCE), any_of(schema, "id", [record_id])]
        return next(iter(_listed(searcher, all_of(clauses), Search(limit=1)).hits), None)

    def children(self, parent_id: str, *, visibility: Visibility, offset: int = 0, limit: int = 50) -> Listed:
        """See the port."""
        schema, searcher = self._records(visibility)
        clauses = [*access_clauses(schema, visibility), any_of(schema, "parent_id", [parent_id])]
        return _listed(searcher, all_of(clauses), Search(sort=Sort.REFERENCE_CODE, offset=offset, limit=limit))

    def page_text(self, record_id: str, number: int, *, visibility: Visibility) -> str | None:
        """See the port."""
        page = self._page(record_id, number, visibility)
        return None if page is None else _text(page)

    def page_redactions(self, record_id: str, number: int, *, visibility: Visibility) -> tuple[Box, ...]:
        """See the port."""
        page = self._page(record_id, number, visibility)
        return () if page is None else tuple(map(_box, json.loads(_text(page, "redactions") or "[]")))

    def page_total(self, *, visibility: Visibility) -> int:
        """See the port."""
        schema, searcher = self._pages(visibility)
        return _total(searcher.search(all_of(access_clauses(schema, visibility)), 1))

    def generation(self) -> str:
        """See the port."""
        return self._name

    def revision(self) -> int:
        """See the port."""
        return self._follows.revision

    def derived_on(self) -> date:
        """See the port."""
        return self._follows.derived_on

    def position(self) -> str:
        """See the port."""
        return self._follows.position

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """See `Amendable` in the port; for the writing half alone."""
        if not row_keys:
            return {}
        schema, searcher = _opened(self._withholding.without(frozenset()).records)
        made = searcher.search(all_of([any_of(schema, "row_key", sorted(row_keys))]), MOST_OF_ROWS * len(row_keys))
        documents = (searcher.doc(address) for _, address in made.hits)
        return {_description(each).id: str(each.get_first("row_key")) for each in documents}

    def _records(self, visibility: Visibility) -> Opened:
        return _opened(self._without(visibility).records)

    def _pages(self, visibility: Visibility) -> Opened:
        return _opened(self._without(visibility).pages)

    def _page(self, record_id: str, number: int, visibility: Visibility) -> tantivy.Document | None:
        schema, searcher = self._pages(visibility)
        page = [any_of(schema, "record_id", [record_id]), exactly(schema, "number", number)]
        result = searcher.search(all_of([*access_clauses(schema, visibility), *page]), 1)
        return searcher.doc(result.hits[0][1]) if result.hits else None

    def _without(self, visibility: Visibility) -> Indexes:
        try:
            return self._withholding.without(visibility.withheld)
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"generation {self._name} cannot be had without what is withheld") from error


def _opened(index: tantivy.Index) -> Opened:
    return index.schema, index.searcher()


def _ranked(schema: tantivy.Schema, wanted: tantivy.Query, search: Search) -> tantivy.Query:
    if search.sort is not Sort.RELEVANCE:
        return wanted
    return preferring(schema, wanted, search.query, _RECORD_PREFERENCES)


def _listed(searcher: tantivy.Searcher, wanted: tantivy.Query, search: Search) -> Listed:
    field, order = _ORDERS[search.sort]
    result = searcher.search(wanted, search.limit, offset=search.offset, order_by_field=field, order=order)
    return Listed(_total(result), tuple(_description(searcher.doc(address)) for _, address in result.hits))


def _best_of_each(
    searcher: tantivy.Searcher, schema: tantivy.Schema, ranked: tantivy.Query, record_ids: Sequence[str]
) -> dict[str, Addresses]:
    """For each record that has any: how many pages match, and where the best of them are, best first.

    All records are asked at once, which costs hardly more than one; only when together they have more pages than are
    fetched at once is each asked for itself.
    """
    total, addresses = _ranked_pages(searcher, schema, ranked, record_ids)
    if total > len(addresses):
        apart = {record_id: _ranked_pages(searcher, schema, ranked, [record_id]) for record_id in record_ids}
        return {record_id: found for record_id, found in apart.items() if found[0]}
    by_key: dict[Any, str] = {record_key(record_id): record_id for record_id in record_ids}
    best: dict[str, list[tantivy.DocAddress]] = {}
    for key, address in zip(searcher.fast_field_values("record_key", addresses), addresses, strict=True):
        best.setdefault(by_key[key], []).append(address)
    return {record_id: (len(pages), pages) for record_id, pages in best.items()}


def _ranked_pages(
    searcher: tantivy.Searcher, schema: tantivy.Schema, ranked: tantivy.Query, record_ids: Sequence[str]
) -> Addresses:
    result = searcher.search(all_of([any_of(schema, "record_id", record_ids), required(ranked)]), AT_ONCE)
    return _total(result), [address for _, address in result.hits]


def _facet_counts(
    searcher: tantivy.Searcher, schema: tantivy.Schema, base: Sequence[Clause], search: Search
) -> dict[str, dict[Any, int]]:
    """Every facet counted without its own choice: one pass for all facets without one, one more for each with."""
    chosen = [name for name, values in search.selections.items() if values and name in FACETS]
    chosen += ["years"] if search.years is not None else []
    free = [name for name in (*FACETS, "years") if name not in chosen]
    counts: dict[str, dict[Any, int]] = {}
    for names, but in [(free, ""), *(([name], name) for name in chosen)]:
        query = all_of([*base, *choice_clauses(schema, search, but=but)])
        found = searcher.aggregate(query, {name: _terms(name) for name in names})
        counts |= {name: {b["key"]: b["doc_count"] for b in found[name]["buckets"]} for name in names}
    return counts


def _terms(name: str) -> dict[str, Any]:
    field = "years" if name == "years" else f"facet_{name}"
    return {"terms": {"field": field, "size": MAX_FACET_VALUES, "segment_size": MAX_FACET_VALUES}}


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count or 0)  # type: ignore[attr-defined] # the stubs of tantivy leave it out


def _description(document: tantivy.Document) -> Description:
    return from_json(bytes(document.get_first("description") or b""))


def _page_hit(document: tantivy.Document, query: Query) -> PageHit:
    return PageHit(
        int(document.get_first("number") or 0), snippet(_text(document), query, _text(document, "folded_text"))
    )


def _text(document: tantivy.Document, field: str = "text") -> str:
    return bytes(document.get_first(field) or b"").decode()


def _box(edges: Sequence[int]) -> Box:
    left, top, right, bottom = edges
    return left, top, right, bottom
