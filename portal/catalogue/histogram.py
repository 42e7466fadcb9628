"""The years of a result drawn as columns."""

from itertools import groupby

from portal.catalogue.presented import Histogram
from portal.i18n import _, number

WIDTH, HEIGHT = 240, 60
MOST_BARS = 80
GAP = 0.25
LOWEST = 2.0
"""Units that even the smallest column is high, so that it can be seen."""


def histogram(years: tuple[tuple[int, int], ...], chosen: tuple[int, int] | None) -> Histogram | None:
    """Columns for (year, count) in order, several years to a column when there are many. None without years."""
    if not years:
        return None
    first, last = years[0][0], years[-1][0]
    step = -(-(last - first + 1) // MOST_BARS)
    slots = {slot: sum(n for _y, n in group) for slot, group in groupby(years, lambda y: (y[0] - first) // step)}
    highest, width = max(slots.values()), WIDTH / ((last - first) // step + 1)
    columns = {slot: _column(slot * width, width, count / highest) for slot, count in slots.items()}
    inside = {slot for slot in slots if _overlaps(first + slot * step, step, chosen)}
    fullest = max(years, key=lambda y: y[1])
    summary = _(
        "Tài liệu từ năm %(first)s đến năm %(last)s; nhiều nhất năm %(year)s (%(count)s).",
        first=first,
        last=last,
        year=fullest[0],
        count=number(fullest[1]),
    )
    return Histogram(
        columns="".join(path for slot, path in columns.items() if slot not in inside),
        chosen="".join(path for slot, path in columns.items() if slot in inside),
        width=WIDTH,
        height=HEIGHT,
        first_year=first,
        last_year=last,
        summary=summary,
    )


def _column(x: float, width: float, share: float) -> str:
    """A column that stands on the floor of the box, as a closed path."""
    height = max(LOWEST, HEIGHT * share)
    return f"M{x:.1f} {HEIGHT}v{-height:.1f}h{width * (1 - GAP):.1f}V{HEIGHT}z"


def _overlaps(year: int, step: int, chosen: tuple[int, int] | None) -> bool:
    return chosen is not None and year <= chosen[1] and year + step - 1 >= chosen[0]
