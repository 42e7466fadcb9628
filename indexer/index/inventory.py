"""What a generation really holds, whatever anybody may see of it: for proving that nothing leaks, never for answering.

Only the writing half has one. It is taken on a day and with what is withheld on it, so that it can tell what readers
could still reach from what the filter keeps back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from access_policy.record import Box
from access_policy.terms import Audience, Known

Circle = tuple[Audience, Known]
"""Whom a document is for, and how much of the record it lets them know."""


class Part(Enum):
    """The two indexes of a generation."""

    RECORDS = "records"
    PAGES = "pages"


@dataclass(frozen=True)
class Size:
    """Documents that are there, and those that were deleted in place and whose words are still counted."""

    live: int
    deleted: int


@dataclass(frozen=True)
class Shown:
    """To whom and on which days (as ordinals, the second one excluded) a document is shown.

    `reachable`: some reader's filter admits it on the day of the inventory.
    """

    circles: frozenset[Circle]
    first_day: int
    end_day: int
    reachable: bool


@dataclass(frozen=True)
class HeldRecord:
    """A record as it lies in the index: its description as `description.to_json` writes it, and its order by day."""

    description: bytes
    shown: Shown
    date_order: int | None


@dataclass(frozen=True)
class HeldPage:
    """A page as it lies in the index; `redactions` are the boxes of its image that nobody may see.

    `keyed`: its column names the same record as its term.
    """

    number: int
    text: bytes
    folded: bytes
    redactions: frozenset[Box]
    shown: Shown
    keyed: bool


@dataclass(frozen=True)
class Term:
    """A word of a dictionary: how many documents have it that are there, and how many counting deleted ones."""

    word: str
    live: int
    counted: int


class Inventory(Protocol):
    """One generation as it was when the inventory was taken; see `Generations.inventory`.

    Fields of words: exact, folded, pairs (two folded neighbours and a space between), title_exact, title_folded, codes
    of records; exact, folded of pages. Fields of keywords: parent_id of records, lineage of both, and
    `facet_` with each name of `schema.FACETS`.
    """

    def generation(self) -> str:
        """Its name."""
        ...

    def revision(self) -> int:
        """The revision of the register that it follows."""
        ...

    def size(self, part: Part) -> Size:
        """How many documents one index has."""
        ...

    def records(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldRecord]]:
        """Every document of some record ids; an id without any is missing."""
        ...

    def pages(self, ids: Sequence[str]) -> Mapping[str, Sequence[HeldPage]]:
        """Every page document of some record ids; an id without any is missing."""
        ...

    def ids(self, part: Part) -> Iterator[str]:
        """Every record id that has a document there, in no order."""
        ...

    def values(self, ids: Sequence[str] | None = None) -> Mapping[str, Mapping[str, int]]:
        """The counts of every facet and of `years` over some records, or all of them, as result pages count them."""
        ...

    def lacking(self, part: Part, field: str, words: Sequence[str], ids: Sequence[str]) -> frozenset[str]:
        """Those of the ids that have a document there with none of some words in a field."""
        ...

    def terms(self, part: Part, field: str, beginnings: Collection[str]) -> Iterator[Term]:
        """Every term of a field, and its counts. `beginnings`, letters, only serve to take it piecemeal."""
        ...

    def count(self, part: Part, field: str, word: str, *, but: Sequence[str] = ()) -> int:
        """How many documents have a word in a field, leaving out those of some record ids."""
        ...

    def having(self, part: Part, field: str, word: str, ids: Sequence[str]) -> frozenset[str]:
        """Those of the ids that have a document there with a word in a field."""
        ...
