"""Answering from lists in memory, one record after the other."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from access_policy.record import Box
from access_policy.terms import Known
from access_policy.visibility import Visibility
from indexer.index.analysis import Analysed
from indexer.index.description import Description
from indexer.index.document import PageDocument, RecordDocument
from indexer.index.highlight import snippet
from indexer.index.matching import matches
from indexer.index.memory.scoring import Scorer
from indexer.index.port import Follows, Listed, PageHit, PageHits, Search, SearchResult, Suggestion
from indexer.index.query import EMPTY_QUERY, Query
from indexer.index.schema import FACETS, MAX_FACET_VALUES, Sort
from indexer.index.suggesting import best_titles, suggestion_words


@dataclass(frozen=True)
class Entry:
    """One record with its pages and their tokens."""

    record: RecordDocument
    pages: tuple[PageDocument, ...]
    analysed: Analysed

    @property
    def codes(self) -> frozenset[str]:
        """The record's codes."""
        return frozenset(self.record.codes)


class MemoryReader:
    """Answers for one list of entries. See `indexer.index.port.IndexReader`."""

    def __init__(self, name: str, follows: Follows, entries: Sequence[Entry]) -> None:
        self._name, self._follows, self.entries = name, follows, entries
        self._scorer = Scorer([entry.analysed for entry in entries], [entry.codes for entry in entries])

    def amended(
        self, targets: frozenset[str], renewed: frozenset[str], entries: Sequence[Entry], follows: Follows
    ) -> "MemoryReader":
        """The same generation with entries in the place of the renewed records and of all at or below the targets."""
        left = (entry for entry in self.entries if targets.isdisjoint(entry.record.lineage))
        kept = [entry for entry in left if entry.record.description.id not in renewed]
        return MemoryReader(self._name, follows, [*kept, *entries])

    def search(self, search: Search, *, visibility: Visibility) -> SearchResult:
        """See the port."""
        found = [(i, e) for i, e in enumerate(self.entries) if self._visible_match(e, search.query, visibility)]
        hits = [(i, e) for i, e in found if _selected(e.record, search)]
        hits.sort(key=lambda pair: self._order(pair[0], pair[1], search))
        return SearchResult(
            total=len(hits),
            hits=tuple(e.record.description for _, e in hits[search.offset : search.offset + search.limit]),
            facets={name: _count(found, name, search) for name in FACETS},
            years=_years(found, search),
        )

    def page_hits(
        self, query: Query, record_ids: Sequence[str], *, visibility: Visibility, limit: int = 3
    ) -> Mapping[str, PageHits]:
        """See the port."""
        if query == EMPTY_QUERY:
            return {}
        shown = {e.record.description.id: e for e in self._visible(visibility)}
        found = {i: _pages(shown[i], query, visibility, limit) for i in record_ids if i in shown}
        return {record_id: hits for record_id, hits in found.items() if hits.total}

    def suggest(self, text: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
        """See the port."""
        words = suggestion_words(text)
        fitting = (e.record for e in self._visible(visibility) if words and words.fit(e.analysed.title.folded))
        return best_titles(((r.title, r.description.id) for r in fitting), text, limit)

    def records(self, record_ids: Sequence[str], *, visibility: Visibility) -> Mapping[str, Description]:
        """See the port."""
        wanted = frozenset(record_ids)
        shown = (e.record.description for e in self._visible(visibility))
        return {description.id: description for description in shown if description.id in wanted}

    def acknowledged(self, record_id: str, *, visibility: Visibility) -> Description | None:
        """See the port."""
        records = (entry.record for entry in self.entries if entry.record.description.id == record_id)
        known = (r for r in records if visibility.admits(r.disclosure, r.lineage, Known.EXISTENCE))
        return next((record.description for record in known), None)

    def children(self, parent_id: str, *, visibility: Visibility, offset: int = 0, limit: int = 50) -> Listed:
        """See the port."""
        below = [e.record for e in self._visible(visibility) if e.record.parent_id == parent_id]
        below.sort(key=lambda record: record.code_order)
        return Listed(len(below), tuple(record.description for record in below[offset : offset + limit]))

    def page_text(self, record_id: str, number: int, *, visibility: Visibility) -> str | None:
        """See the port."""
        return next((page.text for page in self._page(record_id, number, visibility)), None)

    def page_redactions(self, record_id: str, number: int, *, visibility: Visibility) -> tuple[Box, ...]:
        """See the port."""
        return next((page.redactions for page in self._page(record_id, number, visibility)), ())

    def page_total(self, *, visibility: Visibility) -> int:
        """See the port."""
        return sum(_shown(page, visibility) for entry in self.entries for page in entry.pages)

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

    def _page(self, record_id: str, number: int, visibility: Visibility) -> Iterator[PageDocument]:
        pages = (p for e in self.entries for p in e.pages if p.record_id == record_id and p.number == number)
        return (page for page in pages if _shown(page, visibility))

    def _visible(self, visibility: Visibility) -> list[Entry]:
        return [entry for entry in self.entries if _shown(entry.record, visibility)]

    def _visible_match(self, entry: Entry, query: Query, visibility: Visibility) -> bool:
        return _shown(entry.record, visibility) and matches(query, entry.analysed.everything, entry.codes)

    def _order(self, index: int, entry: Entry, search: Search) -> tuple[float | str | int, ...]:
        record = entry.record
        if search.sort is Sort.RELEVANCE:
            return (-self._scorer.score(index, search.query), index)
        if search.sort is Sort.REFERENCE_CODE:
            return (record.code_order, index)
        if record.date_order is None:
            return (1, 0, index)
        return (0, record.date_order if search.sort is Sort.OLDEST else -record.date_order, index)


def _shown(document: RecordDocument | PageDocument, visibility: Visibility) -> bool:
    return visibility.admits(document.disclosure, document.lineage)


def _selected(record: RecordDocument, search: Search, *, but: str = "") -> bool:
    chosen = ((name, values) for name, values in search.selections.items() if name != but and values)
    in_years = (
        but == "years"
        or search.years is None
        or any(search.years[0] <= year <= search.years[1] for year in record.years)
    )
    return in_years and all(values.intersection(record.facets.get(name, ())) for name, values in chosen)


def _count(found: list[tuple[int, Entry]], name: str, search: Search) -> tuple[tuple[str, int], ...]:
    others = (e.record for _, e in found if _selected(e.record, search, but=name))
    counts = Counter(value for record in others for value in record.facets.get(name, ()))
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MAX_FACET_VALUES])


def _years(found: list[tuple[int, Entry]], search: Search) -> tuple[tuple[int, int], ...]:
    others = (e.record for _, e in found if _selected(e.record, search, but="years"))
    return tuple(sorted(Counter(year for record in others for year in record.years).items()))


def _pages(entry: Entry, query: Query, visibility: Visibility, limit: int) -> PageHits:
    wanted = replace(query, excluded=())
    found = [
        page
        for page, text in zip(entry.pages, entry.analysed.pages, strict=True)
        if _shown(page, visibility) and matches(wanted, text, frozenset())
    ]
    return PageHits(len(found), tuple(PageHit(p.number, snippet(p.text, query)) for p in found[:limit]))
