"""What the index keeps of a record for showing: a white-list, and its form on disk."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from access_policy.conditions import AccessConditions, from_wire, to_wire
from access_policy.record import DateSpan, DigitalObject, Place, lineage
from access_policy.terms import Level


@dataclass(frozen=True)
class Ancestor:
    """One step of the hierarchy above a record, as shown."""

    id: str
    level: Level
    title: str
    reference_code: str


@dataclass(frozen=True)
class Description:
    """A record as the portal may show it. `objects` is empty unless everybody may read the record."""

    id: str
    level: Level
    reference_code: str
    archive_name: str
    title: str
    conditions: AccessConditions
    ancestors: tuple[Ancestor, ...] = ()
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

    @property
    def lineage(self) -> tuple[str, ...]:
        """The ids of the archive, of everything above the record that is shown, and of the record itself."""
        return lineage(self.id, (ancestor.id for ancestor in self.ancestors))

    def object_with(self, page: int) -> DigitalObject | None:
        """The digital object that holds a page of the record, if any does."""
        return next((o for o in self.objects if o.first_page <= page < o.first_page + o.page_count), None)


def to_json(description: Description) -> bytes:
    """The description in UTF-8 JSON. Days are ISO text, levels their codes."""
    return json.dumps(description, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def from_json(data: bytes) -> Description:
    """The inverse of `to_json`."""
    values: dict[str, Any] = json.loads(data)
    dates = values["dates"]
    return Description(
        **{
            **values,
            "level": Level(values["level"]),
            "conditions": from_wire(values["conditions"]),
            "ancestors": tuple(Ancestor(**{**a, "level": Level(a["level"])}) for a in values["ancestors"]),
            "dates": DateSpan(_day(dates["start"]), _day(dates["end"]), dates["written"]),
            "places": tuple(Place(**place) for place in values["places"]),
            "keywords": tuple(values["keywords"]),
            "details": tuple((label, value) for label, value in values["details"]),
            "objects": tuple(DigitalObject(**value) for value in values["objects"]),
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _plain(value: object) -> object:
    if isinstance(value, AccessConditions):
        return to_wire(value)
    if isinstance(value, Level):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Description | Ancestor | DateSpan | Place | DigitalObject):
        return vars(value)
    raise TypeError(type(value).__name__)
