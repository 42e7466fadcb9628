"""What may be in the index today, as flat values that cross from one process to another cheaply."""

from collections.abc import Mapping
from typing import NamedTuple

from access_policy.disclosure import Disclosure
from access_policy.record import Box
from indexer.index.description import to_json
from indexer.index.document import Documents
from indexer.index.inventory import Circle


class DerivedPage(NamedTuple):
    """One page that may be there, with the boxes of it that nobody may see; circle and days as in `Derived`."""

    number: int
    text: str
    redactions: tuple[Box, ...]
    circle: Circle
    first_day: int
    end_day: int


class Derived(NamedTuple):
    """One record that may be there, field by field as in `RecordDocument`; the description as it is written, days as
    ordinals, the second one excluded.

    `kept_back`: the register withholds it until the index has caught up.
    """

    record_id: str
    description: bytes
    circle: Circle
    first_day: int
    end_day: int
    lineage: tuple[str, ...]
    parent_id: str
    title: str
    about: tuple[str, ...]
    codes: tuple[str, ...]
    facets: Mapping[str, tuple[str, ...]]
    years: tuple[int, ...]
    date_order: int | None
    pages: tuple[DerivedPage, ...]
    kept_back: bool


class KeptOut(NamedTuple):
    """A record of which nothing may be there."""

    record_id: str


Item = Derived | KeptOut


def flat(documents: Documents, *, withheld: frozenset[str]) -> Derived:
    """The documents of one record as the comparison takes them."""
    record, pages = documents
    return Derived(
        record.description.id,
        to_json(record.description),
        *_shown(record.disclosure),
        record.lineage,
        record.parent_id,
        record.title,
        record.about,
        record.codes,
        record.facets,
        record.years,
        record.date_order,
        tuple(DerivedPage(page.number, page.text, page.redactions, *_shown(page.disclosure)) for page in pages),
        kept_back=not withheld.isdisjoint(record.lineage),
    )


def _shown(disclosure: Disclosure) -> tuple[Circle, int, int]:
    circle = (disclosure.audience, disclosure.known)
    return circle, disclosure.shown_from.toordinal(), disclosure.shown_until.toordinal()
