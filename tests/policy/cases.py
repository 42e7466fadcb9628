"""Every kind of conditions there is, for tests that enumerate."""

from datetime import date, timedelta
from itertools import product

from access_policy.conditions import AccessConditions, Ground
from access_policy.permit import Permit
from access_policy.reader import Reader
from access_policy.record import Listing, Parent, Record
from access_policy.terms import AccessStatus, Action, Audience, Known, Level

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
AROUND = (None, TODAY - DAY, TODAY, TODAY + DAY)
DAYS = (date(1990, 1, 1), TODAY - 2 * DAY, TODAY - DAY, TODAY, TODAY + DAY, TODAY + 2 * DAY, date(2100, 1, 1))

OPEN = Ground("public-mode", AccessStatus.OPEN, known=Known.DESCRIPTION)

GROUNDS = tuple(
    Ground("restricted-list", status, since, until, known, audience, requestable=status is AccessStatus.CONDITIONAL)
    for status, since, until, known, audience in product(AccessStatus, AROUND, AROUND, Known, Audience)
)

CONDITIONS = (
    AccessConditions(),
    *(AccessConditions((ground,)) for ground in GROUNDS),
    *(AccessConditions((OPEN, ground)) for ground in GROUNDS),
)

PERMIT = Permit("G-1", "r", frozenset({Action.READ}), TODAY - DAY, TODAY + DAY)
READERS = tuple(
    Reader(frozenset(audiences), permits)
    for audiences in ((), (Audience.EVERYONE,), (Audience.EVERYONE, Audience.READING_ROOM), (Audience.STAFF,))
    for permits in ((), (PERMIT,))
)


def record(mode: str | None = "01", level: Level = Level.ITEM, parents: tuple[Parent, ...] = ()) -> Record:
    """A record with nothing but what the policy weighs."""
    return Record("r", level, "K 1", "h38", "Lưu trữ", "Tên", mode, parents)


def parent(mode: str | None = None, level: Level = Level.FILE) -> Parent:
    """Something above it."""
    return Parent("p", level, "Hồ sơ", "K", mode)


def listing(**changes: object) -> Listing:
    """A line of a list that has been in force for a while."""
    values: dict[str, object] = {
        "list_number": "DM-1",
        "legal_basis": "",
        "category": "đời tư",
        "reason": "",
        "since": TODAY - 30 * DAY,
    }
    return Listing(**(values | changes))  # type: ignore[arg-type]
