"""What the register closes and the index does not know yet: joined into the filter until the index has caught up.

It can only close. While a target is withheld nothing of it may be known, even where its list would show more: the
index cannot show a part of what it holds whole.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True)
class Withholding:
    """One target (a record, or whatever stands above it) kept back from `since` to the day before `until`."""

    target_id: str
    since: date = date.min
    until: date | None = None

    def in_force(self, today: date) -> bool:
        """True from `since` to the day before `until`; a missing end is no end."""
        return self.since <= today and (self.until is None or today < self.until)


@dataclass(frozen=True)
class Overlay:
    """Every withholding newer than an index, and the revision of the register that said so."""

    revision: int = 0
    withholdings: tuple[Withholding, ...] = ()

    def withheld(self, today: date) -> frozenset[str]:
        """The ids kept back on this day, with everything below them; asked for every request, so counted once a day."""
        if today not in self._days:
            self._days[today] = frozenset(each.target_id for each in self.withholdings if each.in_force(today))
        return self._days[today]

    @cached_property
    def _days(self) -> dict[date, frozenset[str]]:
        return {}


NO_OVERLAY = Overlay()
"""The index is all there is to know: for whoever has just built it."""
