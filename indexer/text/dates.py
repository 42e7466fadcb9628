"""Dates as descriptions write them, read as spans of days; and one date written the official way."""

import re
import unicodedata
from datetime import date, timedelta

from access_policy.record import DateSpan

EARLIEST_YEAR = 1000
LATEST_YEAR = 2100

_DAY = re.compile(
    r"(?:ngày )?(?P<day>\d{1,2}) ?(?P<sep>[/.-]) ?(?P<month>\d{1,2}) ?(?P=sep) ?(?P<year>\d{2,5})"
    r"|(?P<iso_year>\d{4,5})(?P<iso_sep>[/.-])(?P<iso_month>\d{1,2})(?P=iso_sep)(?P<iso_day>\d{1,2})"
    r"|ngày (?P<long_day>\d{1,2}) tháng (?P<long_month>\d{1,2}),? năm (?P<long_year>\d{2,5})"
)
_MONTH = re.compile(
    r"(?:tháng )?(?P<month>\d{1,2}) ?[/.-] ?(?P<year>\d{3,5})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{2})"
    r"|tháng (?P<long_month>\d{1,2}),? năm (?P<long_year>\d{3,5})"
)
_YEAR = re.compile(r"(?:năm )?(?P<year>\d{3,5})|năm (?P<long_year>\d{1,2})")
_RANGE = re.compile(r" ?(?:[-–—−]|->|→) ?| (?:đến|tới) ")
_ISO_RANGE = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)/(\d{4}-\d{2}(?:-\d{2})?)")

_Days = tuple[date, date]


class ImpossibleDate(ValueError):
    """A date that no calendar has, lies outside 1000–2100, or a range that ends before it starts."""


def parse_dates(text: str) -> DateSpan:
    """The days that `text` covers, first and last, with `written` as it stands (stripped).

    Understands days, months and years in figures or in words, ISO dates, and ranges of them ("14/8/1991 – 02/6/1994",
    "từ năm 1954 đến năm 1975"); "từ 1954" and "đến 1975" leave the other end open. A month or a year covers all its
    days. Whatever is not a date ("", "k.nt", "không ngày tháng", an era name) leaves both ends None. Raises
    ImpossibleDate for what has the form of a date and cannot be one.
    """
    written = text.strip()
    words = " ".join(unicodedata.normalize("NFC", written).lower().rstrip(".").split())
    start, end = _covered(words)
    if start and end and end < start:
        raise ImpossibleDate(f"range ends before it starts: {written!r}")
    return DateSpan(start, end, written)


def format_date(d: date) -> str:
    """dd/mm/yyyy as official papers write it: a zero before days under 10 and before months 1 and 2 only."""
    month = f"{d.month:02d}" if d.month <= 2 else f"{d.month}"
    return f"{d.day:02d}/{month}/{d.year}"


def _covered(words: str) -> tuple[date | None, date | None]:
    single = _days(words)
    if single:
        return single
    if words.startswith("từ "):
        words = words.removeprefix("từ ")
        start = _days(words)
        if start:
            return start[0], None
    if words.startswith("đến "):
        end = _days(words.removeprefix("đến "))
        return (None, end[1]) if end else (None, None)
    return _range(words) or (None, None)


def _range(words: str) -> _Days | None:
    iso = _ISO_RANGE.fullmatch(words)
    halves = [iso.groups()] if iso else [(words[: cut.start()], words[cut.end() :]) for cut in _RANGE.finditer(words)]
    for first, last in halves:
        if _has_form(first) and _has_form(last):
            start, end = _days(first), _days(last)
            if start and end:
                return start[0], end[1]
    return None


def _has_form(words: str) -> bool:
    return any(form.fullmatch(words) for form in (_DAY, _MONTH, _YEAR))


def _days(words: str) -> _Days | None:
    """First and last day of one day, month or year; None when `words` is none of them."""
    if found := _DAY.fullmatch(words):
        day = _day(_figure(found, "year"), _figure(found, "month"), _figure(found, "day"))
        return day, day
    if found := _MONTH.fullmatch(words):
        year, month = _figure(found, "year"), _figure(found, "month")
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        return _day(year, month, 1), date(*following, 1) - timedelta(days=1)
    if found := _YEAR.fullmatch(words):
        year = _figure(found, "year")
        return _day(year, 1, 1), _day(year, 12, 31)
    return None


def _figure(found: re.Match[str], part: str) -> int:
    """The named figure of a match, from whichever of the forms matched."""
    groups = found.groupdict()
    written = groups.get(part) or groups.get(f"iso_{part}") or groups[f"long_{part}"]
    return int(written)


def _day(year: int, month: int, day: int) -> date:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ImpossibleDate(f"year {year} is outside {EARLIEST_YEAR}–{LATEST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ImpossibleDate(f"no such day: {day}/{month}/{year}") from error
