"""Who is asking."""

from dataclasses import dataclass

from access_policy.permit import Permit
from access_policy.terms import Audience


@dataclass(frozen=True)
class Reader:
    """The circles a reader belongs to, the permits the reader holds, and how surely we know who it is (0: not)."""

    audiences: frozenset[Audience]
    permits: tuple[Permit, ...] = ()
    assurance: int = 0


ANONYMOUS = Reader(frozenset({Audience.EVERYONE}))
"""Anybody on the internet."""

NOBODY = Reader(frozenset())
"""A reader who belongs to no circle: finds nothing, reads nothing."""
