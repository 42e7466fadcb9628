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
    """What a generation was derived from: the register up to `revision`, as it stood on the day `derived_on`, and the
    archive database up to `position` in the log of its changes (empty: there is none).
    """

    revision: int
    derived_on: date
    position: str = ""


@dataclass(frozen=True)
class Unwritten:
    """A record whose documents the engine refused, and why in one line; then nothing of it is in the generation."""

    record_id: str
    reason: str


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

    def position(self) -> str:
        """How far the generation follows the changes of the archive database; see `Follows`."""
        ...


class Amendable(Protocol):
    """A full generation that can be brought up to date."""

    def reader(self) -> IndexReader:
        """The generation as it is now."""
        ...

    def ids_of(self, row_keys: Collection[str]) -> Mapping[str, str]:
        """The ids of all records of the generation that were made of some rows, each with its row's key.

        Raises IndexUnavailable.
        """
        ...

    def amend(
        self, targets: Mapping[str, int], documents: Iterable[Documents], follows: Follows
    ) -> Sequence[Unwritten]:
        """Put these documents in the place of whatever there is of them, and of everything at or below the targets.

        `targets` are record ids, each with the row version of its change (0: the change was not one of its row). An
        engine that several processes write never lets an older version overwrite or bring back a newer one.
        Readers see all of it at once. Raises IndexUnavailable; then readers see nothing of it, and doing it again
        mends whatever was left half done.
        """
        ...


class Generation(Amendable, Protocol):
    """One full generation, whether it is the current one or not."""

    name: str


class GenerationWriter(Generation, Protocol):
    """A generation that is being filled and that nobody reads yet; once sealed it can be read and amended.

    `follows` is what it was begun with, and `done` the place of its last mark: of this run or, for a generation that
    is gone on with, of an earlier one.
    """

    follows: Follows
    done: str

    def add(self, record: RecordDocument, pages: Sequence[PageDocument]) -> None:
        """Write one record with its pages. A record may come again after a mark was not reached."""
        ...

    def mark(self, place: str) -> None:
        """Make what was added outlive this process, and note how far that is."""
        ...

    def seal(self) -> Sequence[Unwritten]:
        """Finish writing, and open the generation for questions before anybody else sees it."""
        ...


class Generations(Amendable, Protocol):
    """The generations of one index: at most one is current, and a new one replaces it in one step.

    As an `Amendable` it is the current one; ask for its reader anew for every request, it costs next to nothing.
    """

    def begin(self, follows: Follows, *, resume: bool = False) -> AbstractContextManager[GenerationWriter]:
        """Start a generation, or go on with one that was left unfinished, if there is one.

        Leaving the block with an error discards it, unless it has a mark or was switched to; whatever is current keeps
        serving.
        """
        ...

    def switch(self, generation: Generation) -> None:
        """Make a sealed generation current, and note in the same step which one it replaces: that one is kept, all
        others are removed. Doing it again changes nothing.
        """
        ...

    def previous(self) -> Generation:
        """The generation that was in service before the current one, to be amended and switched back to; never one that
        was left before its switch. Raises IndexUnavailable: there is none.
        """
        ...

    def inventory(self, *, today: date, withheld: frozenset[str]) -> Inventory:
        """Everything that lies in the current generation, whoever may see it. Raises IndexUnavailable."""
        ...
