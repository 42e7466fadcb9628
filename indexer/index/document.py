"""The two kinds of documents every engine takes: one a record, one a page."""

from collections.abc import Mapping
from dataclasses import dataclass

from access_policy.disclosure import Disclosure
from access_policy.record import Box
from indexer.index.description import Description


@dataclass(frozen=True)
class RecordDocument:
    """One record in the index: described, or only acknowledged, as its disclosure says.

    `lineage` is the ids of the archive, of everything above the record, and its own: what may be withheld.
    `title` and `about` are searched as words, and with them the text of the record's pages; `codes` are matched whole
    (document numbers, reference codes); `facets` maps a name of `schema.FACETS` to its values; `years` is every year
    the material covers; `date_order` sorts by day (None: undated, last), `code_order` by reference code. `row_key` and
    `row_version` say which row of the archive database it was derived from, and how new that was.
    """

    description: Description
    disclosure: Disclosure
    lineage: tuple[str, ...]
    title: str
    about: tuple[str, ...]
    codes: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    years: tuple[int, ...]
    parent_id: str
    date_order: int | None
    code_order: str
    row_key: str = ""
    row_version: int = 0


@dataclass(frozen=True)
class PageDocument:
    """One page in the index, with its own days of being shown, and the boxes of its image that nobody may see."""

    record_id: str
    number: int
    text: str
    disclosure: Disclosure
    lineage: tuple[str, ...]
    redactions: tuple[Box, ...] = ()


Documents = tuple[RecordDocument, tuple[PageDocument, ...]]
"""Everything the index holds of one record."""
