"""Reading single cells. Each function raises ValueError with a few plain words for a value it cannot mean."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

from access_policy.register.targets import MOST_PAGES
from indexer.text.clean import clean
from indexer.text.folding import fold

LONGEST_REASON = 2000

YES = frozenset({"co", "x", "yes", "y", "true", "1", "✓"})
NO = frozenset({"khong", "no", "n", "false", "0", "-"})

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True)
class NoValue:
    """A cell that holds something else than a value: `what` says what."""

    what: str


def text(value: object) -> str:
    """Words on one line, fit for display; "" for an empty cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, NoValue):
        raise ValueError(f"holds {value.what}; only values are read")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("should be words")
    written = str(value)
    if not (written.isascii() and written.isprintable()) or "&" in written:
        written = clean(written)
    tidy = " ".join(written.split())
    if not tidy.isprintable():
        raise ValueError("holds characters that cannot be shown")
    return tidy


def reason(value: object) -> str:
    """The words of a reason."""
    words = text(value)
    if len(words) > LONGEST_REASON:
        raise ValueError(f"is longer than {LONGEST_REASON:,} characters")
    return words


def page(value: object) -> int | None:
    """The number of a page from 1, or None for an empty cell."""
    written = text(value)
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 10) or not 1 <= int(written) <= MOST_PAGES:
        raise ValueError(f'"{short(written)}" is no page number')
    return int(written)


def day(value: object) -> date | None:
    """A date cell, or a date written as 31/12/2030 or 2030-12-31; None for an empty cell."""
    if isinstance(value, datetime):
        if value.time() != time():
            raise ValueError("holds a time of day beside the date")
        return _plausible(value.date())
    if isinstance(value, date):
        return _plausible(value)
    written = text(value)
    return parse_day(written) if written else None


def parse_day(written: str) -> date:
    """A date written as 31/12/2030 or 2030-12-31."""
    if found := _ISO.fullmatch(written):
        numbers = found.groups()
    elif found := _VIETNAMESE.fullmatch(written):
        numbers = found.groups()[::-1]
    else:
        raise ValueError(f'"{short(written)}" is no date (write 31/12/2030)')
    try:
        found_day = date(*map(int, numbers))
    except ValueError:
        raise ValueError(f'"{short(written)}" is a day that does not exist') from None
    return _plausible(found_day)


def _plausible(given: date) -> date:
    """Spreadsheets know no day before 1900, and no list means one."""
    if given.year <= 1900:
        raise ValueError(f"{given.isoformat()} lies too far back")
    return given


def answer(value: object) -> bool | None:
    """Yes or no; None for an empty cell."""
    if isinstance(value, bool):
        return value
    written = text(value)
    if not written:
        return None
    if (plain := fold(written)) in YES or plain in NO:
        return plain in YES
    raise ValueError(f'"{short(written)}" is neither yes (có, x) nor no (không)')


def short(written: str) -> str:
    """The beginning of a value, to be quoted in a report."""
    return written if len(written) <= 40 else f"{written[:39]}…"
