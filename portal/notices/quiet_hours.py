"""Hours of the night in which no telephone is made to ring."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from portal.clock import ARCHIVE_ZONE


@dataclass(frozen=True)
class QuietHours:
    """From one time of the archive's day to another, often of the next day; none when both are the same."""

    first: time
    last: time

    def end(self, now: datetime) -> datetime | None:
        """When the quiet ends that holds now, or None when it is not quiet."""
        local = now.astimezone(ARCHIVE_ZONE)
        ends = datetime.combine(local.date(), self.last, ARCHIVE_ZONE)
        if local >= ends:
            ends += timedelta(days=1)
        begins = datetime.combine(ends.date(), self.first, ARCHIVE_ZONE)
        if begins >= ends:
            begins -= timedelta(days=1)
        quiet = self.first != self.last and begins <= local
        return ends if quiet else None
