"""The restricted-use lists of the archive, imported and activated by two invented people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from access_policy.register.entries import ListEntry, ListVersion
from access_policy.register.store import Register
from indexer.demo_archive.standing import ENDED, FROM_TODAY, FROM_TOMORROW, IN_FORCE

IMPORTED_BY, ACTIVATED_BY = "Trịnh Thị Sổ", "Đoàn Văn Niêm"
_AUTHORITY = "Lưu trữ lịch sử thành phố"
_LEGAL_BASIS = "Luật Lưu trữ số 33/2024/QH15, Điều 25"
_OPENING_HOUR = time(1, tzinfo=UTC)


@dataclass(frozen=True)
class _Plan:
    """From when a list binds, in days from today, and which list it replaces."""

    since: int
    replaces: str | None = None


_PLANS = {
    ENDED: _Plan(-900),
    IN_FORCE: _Plan(-365),
    FROM_TODAY: _Plan(0, replaces=ENDED),
    FROM_TOMORROW: _Plan(1),
}


def write_lists(register: Register, today: date, entries: Sequence[tuple[str, ListEntry]]) -> None:
    """The four lists with their lines. Raises RegisterError."""
    for number, plan in _PLANS.items():
        effective = today + timedelta(days=plan.since)
        issued = effective - timedelta(days=20)
        lines = [entry for of_list, entry in entries if of_list == number]
        version = ListVersion(number, issued, _AUTHORITY, _LEGAL_BASIS)
        register.import_version(version, lines, author=IMPORTED_BY, now=_morning(issued))
        register.activate(
            number,
            effective_from=effective,
            author=ACTIVATED_BY,
            now=_morning(issued + timedelta(days=1)),
            replaces=plan.replaces,
        )


def _morning(day: date) -> datetime:
    return datetime.combine(day, _OPENING_HOUR)
