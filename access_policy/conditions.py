"""Access conditions of a record (ISAD(G) 3.4.1): every ground that speaks, and which one governs on a given day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from access_policy.terms import AccessStatus, Audience, Known


@dataclass(frozen=True)
class Ground:
    """One reason why a record stands as it does, in force from `since` to the day before `until`.

    `rule` names the row of the rule table that gave this ground, and through it the citation and the words. `known`
    is what may be known of the record while this ground holds it closed; `audience` is who may read it while it is
    open; `requestable` whether the archive takes requests for it. `pages` (first, last) limits it to some pages.
    """

    rule: str
    status: AccessStatus
    since: date | None = None
    until: date | None = None
    known: Known = Known.NOTHING
    audience: Audience = Audience.EVERYONE
    requestable: bool = False
    source: str = ""
    pages: tuple[int, int] | None = None

    def in_force(self, today: date) -> bool:
        """True from `since` to the day before `until`; a missing end is no end."""
        return (self.since is None or self.since <= today) and (self.until is None or today < self.until)


NO_GROUND = Ground("no-ground", AccessStatus.CLOSED)
"""What governs when nothing speaks: closed, and nothing may be known."""


@dataclass(frozen=True)
class AccessConditions:
    """All grounds of one record, or of one page of it."""

    grounds: tuple[Ground, ...] = ()

    def for_page(self, number: int) -> "AccessConditions":
        """The conditions of one page: the record's own, and those that name this page."""
        return AccessConditions(tuple(ground for ground in self.grounds if _binds(ground, number)))

    def for_record(self) -> "AccessConditions":
        """The conditions of the record as a whole, without those that close single pages of it."""
        return AccessConditions(tuple(ground for ground in self.grounds if ground.pages is None))

    def governing(self, today: date) -> Ground:
        """The ground that decides on this day: the strictest in force, and of equals the one that may say least."""
        in_force = [ground for ground in self.grounds if ground.in_force(today)]
        return max(in_force, key=_strictness, default=NO_GROUND)

    def known(self, today: date) -> Known:
        """How much may be known on this day: the least that any ground in force allows."""
        return min((ground.known for ground in self.grounds if ground.in_force(today)), default=Known.NOTHING)

    def audience(self, today: date) -> Audience:
        """Who may read while the record is open: the narrowest circle that any ground in force names."""
        circles = [ground.audience for ground in self.grounds if ground.in_force(today)]
        return max(circles, key=_NARROWNESS.__getitem__, default=Audience.STAFF)

    def boundaries(self) -> list[date]:
        """Every day on which a ground begins or ends, in order."""
        return sorted({day for ground in self.grounds for day in (ground.since, ground.until) if day is not None})


_NARROWNESS = {Audience.EVERYONE: 0, Audience.SIGNED_IN: 1, Audience.READING_ROOM: 2, Audience.STAFF: 3}


def _binds(ground: Ground, number: int) -> bool:
    return ground.pages is None or ground.pages[0] <= number <= ground.pages[1]


def _strictness(ground: Ground) -> tuple[int, int, int, date]:
    """Strictest first; of equals the one that shows least, then the one that ends last."""
    return (ground.status, -ground.known, _NARROWNESS[ground.audience], ground.until or date.max)


def to_wire(conditions: AccessConditions) -> list[dict[str, Any]]:
    """The conditions as plain JSON values, for the document that carries them."""
    return [_ground_to_wire(ground) for ground in conditions.grounds]


def from_wire(values: Iterable[Mapping[str, Any]]) -> AccessConditions:
    """The conditions a document carries. Anything that cannot be understood leaves no ground: closed."""
    try:
        return AccessConditions(tuple(_ground_from_wire(value) for value in values))
    except (AttributeError, LookupError, TypeError, ValueError):
        return AccessConditions()


def _ground_to_wire(ground: Ground) -> dict[str, Any]:
    wire: dict[str, Any] = {
        "rule": ground.rule,
        "status": ground.status.name,
        "known": ground.known.name,
        "audience": ground.audience.value,
        "requestable": ground.requestable,
        "source": ground.source,
        "since": ground.since.isoformat() if ground.since else None,
        "until": ground.until.isoformat() if ground.until else None,
        "pages": list(ground.pages) if ground.pages else None,
    }
    return wire


def _ground_from_wire(wire: Mapping[str, Any]) -> Ground:
    first_last = wire["pages"]
    return Ground(
        rule=str(wire["rule"]),
        status=AccessStatus[wire["status"]],
        since=date.fromisoformat(wire["since"]) if wire["since"] else None,
        until=date.fromisoformat(wire["until"]) if wire["until"] else None,
        known=Known[wire["known"]],
        audience=Audience(wire["audience"]),
        requestable=wire["requestable"] is True,
        source=str(wire["source"]),
        pages=(int(first_last[0]), int(first_last[1])) if first_last else None,
    )
