"""Restricted-use lists (danh mục hạn chế sử dụng) as they are issued and as the register keeps them."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from access_policy.register.errors import ImpossibleEntry
from access_policy.register.tables import LONGEST_NUMBER
from access_policy.register.targets import Pages, given_pages, given_target, pages_kept


@dataclass(frozen=True)
class ListVersion:
    """What stands at the head of an issued list."""

    number: str
    issued_on: date
    authority: str
    legal_basis: str


@dataclass(frozen=True)
class ListEntry:
    """One line of a list. `target_id` is the id of a fonds, an inventory, a file, an item or any other record.

    `line` is its number in the file it came from; 0 lets the register count.
    """

    target_id: str
    category: str
    reason: str
    opens_on: date | None = None
    first_page: int | None = None
    last_page: int | None = None
    existence_shown: bool = False
    description_shown: bool = False
    requestable: bool = False
    line: int = 0

    @property
    def pages(self) -> Pages:
        """The pages it binds; None, the whole record, also where they make no sense."""
        return pages_kept(self.first_page, self.last_page)


@dataclass(frozen=True)
class KeptVersion:
    """A list in the register: a draft until it has `effective_from`, in force up to the day before `effective_to`.

    `revision` is that of its activation, `lines` how many it has.
    """

    version: ListVersion
    lines: int
    imported_by: str
    imported_at: datetime
    effective_from: date | None = None
    effective_to: date | None = None
    activated_by: str | None = None
    activated_at: datetime | None = None
    revision: int | None = None


def checked_version(version: ListVersion) -> ListVersion:
    """The head as it is kept, without margins. Raises ImpossibleEntry."""
    tidy = ListVersion(
        version.number.strip(), version.issued_on, version.authority.strip(), version.legal_basis.strip()
    )
    if not 0 < len(tidy.number) <= LONGEST_NUMBER or not tidy.number.isprintable():
        raise ImpossibleEntry(f"the number of a list has 1 to {LONGEST_NUMBER} characters")
    if not 0 < len(tidy.authority) <= 200 or not tidy.legal_basis:
        raise ImpossibleEntry("a list names the authority that issued it (up to 200 characters) and its legal basis")
    return tidy


def checked_entry(entry: ListEntry, ordinal: int) -> ListEntry:
    """A line as it is kept. Raises ImpossibleEntry for what could not be kept or would contradict itself."""
    target = given_target(entry.target_id)
    pages = given_pages(target, entry.first_page, entry.last_page)
    if entry.description_shown and not entry.existence_shown:
        raise ImpossibleEntry(f"{target}: its description would be shown, but not that it is there")
    return replace(
        entry,
        target_id=target,
        first_page=pages[0] if pages else None,
        last_page=pages[1] if pages else None,
        line=entry.line or ordinal,
    )
