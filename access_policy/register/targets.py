"""What a line, a withdrawal or a permit names: an id, and some pages of it or all."""

from access_policy.register.errors import ImpossibleEntry
from access_policy.register.tables import LONGEST_ID

MOST_PAGES = 1_000_000

Pages = tuple[int, int] | None
"""First and last page, or None: the record as a whole."""


def target_key(written: str) -> str:
    """Ids of records are lower case without margins, however somebody spells them."""
    return written.strip().lower()


def given_target(written: str) -> str:
    """The id to be kept. Raises ImpossibleEntry for none and for one no record can have."""
    key = target_key(written)
    if not 0 < len(key) <= LONGEST_ID or " " in key or not key.isprintable():
        raise ImpossibleEntry(f"an id has 1 to {LONGEST_ID} characters and no spaces")
    return key


def given_pages(target: str, first: int | None, last: int | None) -> Pages:
    """The range to be kept; a first page alone is one page. Raises ImpossibleEntry."""
    if first is None and last is None:
        return None
    pages = pages_kept(first, last)
    if pages is None or pages[1] > MOST_PAGES:
        raise ImpossibleEntry(f"{target}: {first} to {last} are no pages; they run from 1 upwards, the first one first")
    return pages


def pages_kept(first: int | None, last: int | None) -> Pages:
    """The range that a row means; None, the whole record, when it has no pages and when they make no sense."""
    if first is None or first < 1:
        return None
    last = first if last is None else last
    return (first, last) if first <= last else None
