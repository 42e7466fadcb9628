"""What the templates are given: plain values, ready to print. Marked text is safe HTML with <mark> and nothing else."""

from dataclasses import dataclass

from markupsafe import Markup

from portal.standing import Status, WhyClosed


@dataclass(frozen=True)
class Link:
    """A label and where it leads; `current` for the one the reader is on."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class FacetOption:
    """One value of a facet, with the number of records it would give."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One group of options. The first `shown` are in sight, the rest unfolds. `name` is the form field."""

    name: str
    label: str
    options: tuple[FacetOption, ...]
    shown: int = 6


@dataclass(frozen=True)
class Histogram:
    """Years drawn as columns in a box of `width` x `height` units; `summary` says the same in words.

    `columns` and `chosen` are paths of SVG: the columns outside and inside the chosen years.
    """

    columns: str
    chosen: str
    width: int
    height: int
    first_year: int
    last_year: int
    summary: str


@dataclass(frozen=True)
class PageLink:
    """A page on which the words stand, with its snippet."""

    number: int
    url: str
    text: Markup


@dataclass(frozen=True)
class Hit:
    """One record of the result list. `thumbnail` is empty when there is nothing to see; then `no_picture` says why."""

    url: str
    status: Status
    kind: str
    reference_code: str
    title: Markup
    facts: tuple[str, ...]
    excerpt: Markup
    pages: tuple[PageLink, ...] = ()
    more_pages: int = 0
    thumbnail: str = ""
    no_picture: str = ""


@dataclass(frozen=True)
class ResultPage:
    """The whole result page. `kept` are the form fields that must survive when the words change."""

    words: str
    total: int
    understood: tuple[str, ...]
    chips: tuple[Link, ...]
    clear_url: str
    facets: tuple[Facet, ...]
    histogram: Histogram | None
    year_from: str
    year_to: str
    sorts: tuple[Link, ...]
    sort: str
    hits: tuple[Hit, ...]
    page: int
    last_page: int
    previous_url: str
    next_url: str
    retries: tuple[Link, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Fact:
    """One labelled line of a description; `explanation` says in plain words what the label means."""

    label: str
    values: tuple[Link, ...]
    explanation: str = ""


@dataclass(frozen=True)
class Child:
    """One row of what is inside a record."""

    number: int
    title: str
    url: str
    date: str
    status: Status


@dataclass(frozen=True)
class Thumbnail:
    """A page of the record in small; without `image` only its text can be read."""

    number: int
    url: str
    image: str


@dataclass(frozen=True)
class RecordPage:
    """The description page of one record, of whatever kind."""

    id: str
    kind: str
    title: str
    status: Status
    trail: tuple[Link, ...]
    facts: tuple[Fact, ...]
    citation: str
    permalink: str
    children: tuple[Child, ...] = ()
    children_total: int = 0
    children_previous: str = ""
    children_next: str = ""
    children_search: str = ""
    thumbnails: tuple[Thumbnail, ...] = ()
    more_thumbnails: int = 0
    read_url: str = ""
    page_count: int = 0
    words: str = ""
    page_hits: tuple[PageLink, ...] = ()
    page_hits_total: int = 0
    why_closed: WhyClosed | None = None
    request_url: str = ""


@dataclass(frozen=True)
class FondsPage:
    """A part of the list of fonds."""

    fonds: tuple[Child, ...]
    total: int
    previous_url: str
    next_url: str
