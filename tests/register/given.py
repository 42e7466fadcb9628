"""Names, days and lists that the tests of the register share."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from access_policy.record import Parent, Record
from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register
from access_policy.terms import Level

AN, BINH = "Nguyễn Văn An", "Lê Thị Bình"
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SINCE = date(2026, 12, 1)


def version(number: str = "1/DM", issued: date = date(2026, 11, 1)) -> ListVersion:
    return ListVersion(number, issued, "UBND tỉnh", "Luật Lưu trữ")


def entry(target: str = "r", **changes: object) -> ListEntry:
    return ListEntry(**({"target_id": target, "category": "private-life", "reason": "đời tư"} | changes))  # type: ignore[arg-type]


def draft(register: Register, number: str = "1/DM", entries: Iterable[ListEntry] = (entry(),)) -> None:
    """A list that An imported."""
    register.import_version(version(number), entries, author=AN, now=NOW)


def active(
    register: Register,
    number: str = "1/DM",
    entries: Iterable[ListEntry] = (entry(),),
    *,
    since: date = SINCE,
    replaces: str | None = None,
) -> int:
    """A list that An imported and Bình activated."""
    draft(register, number, entries)
    return register.activate(number, effective_from=since, author=BINH, now=NOW, replaces=replaces)


def record(record_id: str = "r", *parents: str) -> Record:
    above = tuple(Parent(parent, Level.FILE, "Hồ sơ", "K") for parent in parents)
    return Record(record_id, Level.ITEM, "K 1", "h38", "Lưu trữ", "Tên", "01", above)
