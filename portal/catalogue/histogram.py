"""The years of a result drawn as columns."""

from itertools import groupby

from portal.catalogue.presented import Bar, Histogram
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
    bars = tuple(_bar(slot, count, first + slot * step, step, width, highest, chosen) for slot, count in slots.items())
    fullest = max(years, key=lambda y: y[1])
    summary = _(
        "Tài liệu từ năm %(first)s đến năm %(last)s; nhiều nhất năm %(year)s (%(count)s).",
        first=first,
        last=last,
        year=fullest[0],
        count=number(fullest[1]),
    )
    return Histogram(bars, WIDTH, HEIGHT, first, last, summary)


def _bar(
    slot: int, count: int, year: int, step: int, width: float, highest: int, chosen: tuple[int, int] | None
) -> Bar:
    height = max(LOWEST, HEIGHT * count / highest)
    span = f"{year}" if step == 1 else f"{year}–{year + step - 1}"
    return Bar(
        x=round(slot * width, 2),
        y=round(HEIGHT - height, 2),
        width=round(width * (1 - GAP), 2),
        height=round(height, 2),
        label=f"{span}: {number(count)}",
        chosen=chosen is not None and year <= chosen[1] and year + step - 1 >= chosen[0],
    )
