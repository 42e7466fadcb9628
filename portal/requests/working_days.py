"""Working days of the archive, and the deadlines counted in them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from holidays import country_holidays

from portal.clock import ARCHIVE_ZONE

SATURDAY = 5

_LONGEST_WALK = 4000
"""Days: far beyond every deadline; reached only when all days of a table are holidays."""


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday without public holidays, as a decision of the government may shift them.

    Public holidays, Tết by the lunar calendar among them, come from the library; `off` are days it does not know,
    `working` days on which the archive works nevertheless, such as a Saturday that makes up for a bridging day.
    Whatever arrives at or after `cut_off` counts as arriving on the next working day.
    """

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    cut_off: time = time(17)

    def is_working(self, day: date) -> bool:
        """Whether the archive works on this day."""
        if day in self.working:
            return True
        if day in self.off:
            return False
        free, made_up_for = _public_holidays(day.year)
        return day in made_up_for or (day.weekday() < SATURDAY and day not in free)

    def day_of_arrival(self, moment: datetime) -> date:
        """The working day as which an aware moment counts."""
        local = moment.astimezone(ARCHIVE_ZONE)
        late = local.timetz().replace(tzinfo=None) >= self.cut_off
        return self._from(local.date() + timedelta(days=1) if late else local.date())

    def after(self, day: date, count: int) -> date:
        """The working day that is so many after `day`, or with a negative count before it; with 0 the day itself or the
        next that is one.
        """
        step = 1 if count >= 0 else -1
        found = self._from(day)
        for _ in range(abs(count)):
            found = self._from(found + timedelta(days=step), step)
        return found

    def between(self, first: date, last: date) -> int:
        """How many working days come after `first` until `last`, that one included; negative when `last` is before."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + timedelta(days=each)) for each in range(1, (last - first).days + 1))

    def _from(self, day: date, step: int = 1) -> date:
        for walked in range(_LONGEST_WALK):
            if self.is_working(found := day + timedelta(days=step * walked)):
                return found
        raise ValueError("the table of holidays leaves no working day")


def shifted(off: Collection[date], working: Collection[date], *, cut_off: time) -> WorkingDays:
    """Working days with a table of the archive's own. ValueError for a day that is both."""
    both = sorted(set(off) & set(working))
    if both:
        raise ValueError(f"{both[0]:%d/%m/%Y} cannot be a holiday and a working day")
    return WorkingDays(frozenset(off), frozenset(working), cut_off)


def public_holidays(year: int) -> Sequence[tuple[date, str]]:
    """The holidays of a year as the library knows them, with their Vietnamese names, in order."""
    return sorted(country_holidays("VN", years=year, language="vi").items())


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off, and weekend days on which work is made up for."""
    known = country_holidays("VN", years=year, language="vi")
    return frozenset(known), frozenset(known.weekend_workdays)
