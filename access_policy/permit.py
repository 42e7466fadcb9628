"""A permit: what the archive granted one reader for one record, for some pages, actions and days."""

from dataclasses import dataclass
from datetime import date

from access_policy.terms import Action


@dataclass(frozen=True)
class Permit:
    """Granted from `starts_on` to `ends_on`, both included. `pages` (first, last) or None for the whole record."""

    code: str
    record_id: str
    actions: frozenset[Action]
    starts_on: date
    ends_on: date
    pages: tuple[int, int] | None = None

    def covers(self, action: Action, *, record_id: str, page: int | None, today: date) -> bool:
        """True when this permit grants the action. A permit for some pages says nothing of the record as a whole."""
        if record_id != self.record_id or action not in self.actions:
            return False
        if not self.starts_on <= today <= self.ends_on:
            return False
        return self.pages is None or (page is not None and self.pages[0] <= page <= self.pages[1])
