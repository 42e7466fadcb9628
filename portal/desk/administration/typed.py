"""Single values as somebody typed them."""

import re
from datetime import date

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PAGES = re.compile(r"(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?", re.ASCII)


def read_day(value: str) -> date | None:
    """A day written as 16/2/2027 or 2027-02-16; None for what is none."""
    found = _DAY.fullmatch(value.strip())
    if found is None:
        return None
    parts = (found[3], found[2], found[1]) if found[1] else (found[4], found[5], found[6])
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def read_pages(value: str) -> tuple[int, int] | None:
    """Pages written as 3-5, or 3 for one page. ValueError for what is neither; None for nothing, the whole record."""
    if not value.strip():
        return None
    found = _PAGES.fullmatch(value.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2] or found[1]):
        raise ValueError("pages")
    return int(found[1]), int(found[2] or found[1])


def tidy_line(value: str) -> str | None:
    """One line without margins; None when it holds characters that nobody can see."""
    line = " ".join(value.split())
    return line if line.isprintable() else None


def tidy_text(value: str) -> str | None:
    """Lines of text; None when they hold characters that nobody can see."""
    lines = value.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(lines) if all(line.replace("\t", " ").isprintable() for line in lines) else None
