"""What the archive knows of one described thing: the facts the policy weighs, and the description people read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from access_policy.terms import Level


@dataclass(frozen=True)
class DateSpan:
    """Dates of the material as a range of days, and as somebody wrote them. Either end may be unknown."""

    start: date | None = None
    end: date | None = None
    written: str = ""


@dataclass(frozen=True)
class Parent:
    """One step of the way up from a record to its fonds, denormalised so that a record explains itself."""

    id: str
    level: Level
    title: str
    reference_code: str
    mode: str | None = None


@dataclass(frozen=True)
class Place:
    """A place as the material names it, and the province-level place that holds it today (empty when unknown)."""

    written: str
    today: str = ""


@dataclass(frozen=True)
class DigitalObject:
    """A file that holds (part of) the record. `path` is relative to the page store; it never leaves the server."""

    path: str
    media_type: str
    sha256: str
    first_page: int = 1
    page_count: int = 0


Box = tuple[int, int, int, int]
"""Left, top, right, bottom in thousandths of a page's width and height."""


@dataclass(frozen=True)
class Page:
    """One page of a record: number from 1 within the record, text as recognised, words with boxes when known."""

    number: int
    text: str
    words: tuple[tuple[str, Box], ...] = ()


def lineage(record_id: str, parent_ids: Iterable[str]) -> tuple[str, ...]:
    """What a restriction may name to close a record: its archive (with whose id its own begins), parents, itself."""
    return tuple(dict.fromkeys((record_id.partition(".")[0], *parent_ids, record_id)))


@dataclass(frozen=True)
class Record:
    """One described thing: a fonds, an inventory, a file, an item, a photo, a film, a recording.

    `id` is stable, unique across former archives and safe in a URL. `mode` is the access mode exactly as the row has
    it (None when the row has none). `parents` run from the fonds down to the immediate parent. `number` is the
    number and notation of an item ("67/KH-UBND"). `page_count` is how many pages can be opened, whatever the extent
    says. `row_version` grows with every change of the row or of what it takes over from others; `row_key` names the row
    (its table and number). `secrecy_above` tells that a mark of secrecy stands on a page of something above the record.
    """

    id: str
    level: Level
    reference_code: str
    archive_code: str
    archive_name: str
    title: str
    mode: str | None
    parents: tuple[Parent, ...] = ()
    dates: DateSpan = field(default_factory=DateSpan)
    creator: str = ""
    creator_today: str = ""
    document_type: str = ""
    number: str = ""
    language: str = ""
    places: tuple[Place, ...] = ()
    scope: str = ""
    keywords: tuple[str, ...] = ()
    extent: str = ""
    condition: str = ""
    retention: str = ""
    signs: str = ""
    details: tuple[tuple[str, str], ...] = ()
    page_count: int = 0
    objects: tuple[DigitalObject, ...] = ()
    row_version: int = 0
    row_key: str = ""
    secrecy_above: bool = False

    @property
    def lineage(self) -> tuple[str, ...]:
        """The ids of the archive, of everything above the record, and of the record itself."""
        return lineage(self.id, (parent.id for parent in self.parents))

    @property
    def fonds(self) -> Parent | None:
        """The fonds above this record, or None for a fonds itself and for a record outside any fonds."""
        return next((parent for parent in self.parents if parent.level is Level.FONDS), None)


@dataclass(frozen=True)
class Listing:
    """One line of a restricted-use list (danh mục hạn chế sử dụng), as far as the policy needs it.

    In force from `since` to the day before `until` (None: no end of its own); `opens_on` is the day the list itself
    sets for opening. `pages` (first, last) limits the line to some pages of the record.
    """

    list_number: str
    legal_basis: str
    category: str
    reason: str
    since: date
    until: date | None = None
    opens_on: date | None = None
    pages: tuple[int, int] | None = None
    existence_shown: bool = False
    description_shown: bool = False
    requestable: bool = False


@dataclass(frozen=True)
class Withdrawal:
    """Material taken out of use at once, whatever else speaks of it. `pages` (first, last) or None for all of it."""

    since: date
    reason: str
    pages: tuple[int, int] | None = None


@dataclass(frozen=True)
class Quarantine:
    """A mark of secrecy found on a page when it was read in: people have to look at it, whatever the mode says."""

    page: int
    mark: str


Registered = Listing | Withdrawal
"""What the register can say against a record."""

Restriction = Registered | Quarantine
"""What can be said against a record besides its own mode: by the register, or by what stands on its pages."""
