"""What an index answers (`IndexReader`) and what fills it (`Generations`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from access_policy.record import Box
from access_policy.visibility import Visibility
from indexer.index.description import Description
from indexer.index.document import Documents, PageDocument, RecordDocument
from indexer.index.highlight import Snippet
from indexer.index.inventory import Inventory
from indexer.index.query import EMPTY_QUERY, Query
from indexer.index.schema import Sort


class IndexUnavailable(Exception):
    """The engine did not answer, or there is no generation to ask."""


@dataclass(frozen=True)
class Search:
    """One search: parsed words, chosen facet values (any of them within a facet, all facets together), years, order.

    `years` is a first and a last year, both included; a record is in it when it covers any of these years.
    """

    query: Query = EMPTY_QUERY
    selections: Mapping[str, frozenset[str]] = field(default_factory=dict)
    years: tuple[int, int] | None = None
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True)
class SearchResult:
    """What was found. A facet counts as if nothing were chosen in it; `years` likewise, year by year in order."""

    total: int
    hits: tuple[Description, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    years: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Listed:
    """A slice of an ordered list, and how long the whole list is."""

    total: int
    hits: tuple[Description, ...]


@dataclass(frozen=True)
class PageHit:
    """A page on which the words stand, with the words marked."""

    number: int
    snippet: Snippet


@dataclass(frozen=True)
class PageHits:
    """The best pages of one record, and on how many pages of it the words stand."""

    total: int = 0
    hits: tuple[PageHit, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A title that completes what is being typed, and the record it belongs to."""

    text: str
    record_id: str


@dataclass(frozen=True)
class Follows:
    """What a generation was derived from: the register up to `revision`, as it stood on the day `derived_on`."""

    revision: int
    derived_on: date


class IndexReader(Protocol):
    """Questions to the current generation. All raise IndexUnavailable; none answers beyond `visibility`."""

    def search(self, search: Search, *, visibility: Visibility) -> SearchResult:
        """Hits in order, the exact total, and every facet with true counts."""
        ...

    def page_hits(
        self, query: Query, record_ids: Sequence[str], *, visibility: Visibility, limit: int = 3
    ) -> Mapping[str, PageHits]:
        """For each record the pages that hold all words of the query, best first."""
        ...

    def suggest(self, text: str, *, visibility: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
        """Titles that hold every word typed, the last one perhaps not finished."""
        ...

    def records(self, record_ids: Sequence[str], *, visibility: Visibility) -> Mapping[str, Description]:
        """Records by id. Absent and forbidden ids are missing alike."""
        ...

    def acknowledged(self, record_id: str, *, visibility: Visibility) -> Description | None:
        """A record of which only its being there may be known: its id, level, place and conditions, and no title."""
        ...

    def children(self, parent_id: str, *, visibility: Visibility, offset: int = 0, limit: int = 50) -> Listed:
        """What stands directly below a record, in the order of reference codes. An empty id asks for the fonds."""
        ...

    def page_text(self, record_id: str, number: int, *, visibility: Visibility) -> str | None:
        """The text of one page, or None when it is absent or forbidden."""
        ...

    def page_redactions(self, record_id: str, number: int, *, visibility: Visibility) -> tuple[Box, ...]:
        """The boxes of the page's image that nobody may see; none when the page is absent or forbidden."""
        ...

    def page_total(self, *, visibility: Visibility) -> int:
        """How many pages with text can be found."""
        ...

    def generation(self) -> str:
        """The name of the generation that answers now."""
        ...

    def revision(self) -> int:
        """The revision of the register up to which the generation follows it; newer restrictions are to be withheld."""
        ...

    def derived_on(self) -> date:
        """The day for which the documents were derived; what has opened since then is not in the generation yet."""
        ...


class GenerationWriter(Protocol):
    """A generation that is being filled and that nobody reads yet."""

    name: str

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """Write one record with its pages."""
        ...

    def seal(self) -> IndexReader:
        """Finish writing and open the generation for questions, before anybody else sees it."""
        ...


class Generations(Protocol):
    """The generations of one index: at most one is current, and a new one replaces it in one step."""

    def begin(self, follows: Follows) -> AbstractContextManager[GenerationWriter]:
        """Start a generation.

        Leaving the block with an error discards it; the current one keeps serving.
        """
        ...

    def switch(self, writer: GenerationWriter) -> None:
        """Make a sealed generation current in one step and remove the others."""
        ...

    def amend(self, ids: Collection[str], documents: Iterable[Documents], follows: Follows) -> None:
        """Put these documents in the place of everything at or below some ids in the current generation.

        Readers see all of it at once. Raises IndexUnavailable; then they see nothing of it.
        """
        ...

    def reader(self) -> IndexReader:
        """The reader of the current generation. Ask again for every request: it costs next to nothing."""
        ...

    def inventory(self, *, today: date, withheld: frozenset[str]) -> Inventory:
        """Everything that lies in the current generation, whoever may see it. Raises IndexUnavailable."""
        ...
