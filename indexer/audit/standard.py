"""What an index is measured by."""

from dataclasses import dataclass
from datetime import date

from access_policy.overlay import Overlay
from access_policy.register.restrictions import Restrictions
from access_policy.register.store import Register
from indexer.index.port import IndexReader

READINGS = 10
"""How often the register is read again when it changes between two readings."""


@dataclass(frozen=True)
class Standard:
    """The register at one revision, what it withholds from this index, and the day."""

    restrictions: Restrictions
    overlay: Overlay
    today: date

    @property
    def withheld(self) -> frozenset[str]:
        """The ids kept back on this day."""
        return self.overlay.withheld(self.today)


def standard(register: Register, index: IndexReader, *, today: date) -> Standard:
    """The register and what it withholds from an index, at one revision. Raises RegisterUnavailable."""
    for _ in range(READINGS):
        restrictions, overlay = register.restrictions(), register.overlay(index.revision())
        if restrictions.revision == overlay.revision:
            break
    return Standard(restrictions, overlay, today)
