"""The one table of facets and sort orders that engines, portal and documentation share."""

from enum import Enum

from access_policy.terms import Audience, Known

FACETS: tuple[str, ...] = (
    "access",
    "fonds",
    "kind",
    "document_type",
    "creator",
    "place",
    "place_today",
    "language",
    "has_pages",
)
"""Facets in the order they are shown; the year range stands beside them. Names are also the URL parameters."""

MAX_FACET_VALUES = 1000
"""Most values counted in one facet: above the number of fonds and agencies of a province."""


class Sort(Enum):
    """Orders of a result list. Ties are broken by the engine, the same way on every page of one generation."""

    RELEVANCE = "relevance"
    OLDEST = "oldest"
    NEWEST = "newest"
    REFERENCE_CODE = "reference-code"


class Access(Enum):
    """Values of the access facet, as far as they can be known when the document is written."""

    READ_NOW = "open"
    ON_REQUEST = "conditional"
    READING_ROOM = "reading-room"
    NOT_OPEN = "closed"


class PagesShown(Enum):
    """Values of the facet of pages: what of them everybody may see."""

    IMAGES = "images"
    TEXT = "text"
    NONE = "none"


def circle(audience: Audience, known: Known) -> str:
    """The term of a document's audience: another one for a document that only says that a record is there."""
    return audience.value if known is Known.DESCRIPTION else f"{audience.value}:{known.name.lower()}"
