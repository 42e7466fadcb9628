"""A permit: what the archive granted one reader for one record, for some pages, actions and days."""

from dataclasses import dataclass
from datetime import date

from access_policy.terms import Action, Audience


@dataclass(frozen=True)
class Permit:
    """Granted from `starts_on` to `ends_on`, both included. `pages` (first, last) or None for the whole record.

    `pages_per_day` None is no limit; with `reading_room_only` it is good on the archive's own screens alone, and with
    `strong_watermark` what it opens is marked more strongly than usual.
    """

    code: str
    record_id: str
    actions: frozenset[Action]
    starts_on: date
    ends_on: date
    pages: tuple[int, int] | None = None
    reading_room_only: bool = False
    pages_per_day: int | None = None
    strong_watermark: bool = False

    def covers(
        self, action: Action, *, record_id: str, page: int | None, audiences: frozenset[Audience], today: date
    ) -> bool:
        """True when this permit grants the action to somebody in these circles. A permit for some pages says nothing of
        the record as a whole.
        """
        if record_id != self.record_id or action not in self.actions:
            return False
        if self.reading_room_only and Audience.READING_ROOM not in audiences:
            return False
        if not self.starts_on <= today <= self.ends_on:
            return False
        return self.pages is None or (page is not None and self.pages[0] <= page <= self.pages[1])
