"""Law as data: which version binds on which day, and that what nobody named is treated most strictly."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.requests.authority import approval_of, check_decides
from portal.requests.case import Application, Case, NotAllowed, Requester
from portal.requests.provisions.defaults import DEFAULTS
from portal.requests.provisions.kept import VersionTaken
from portal.requests.provisions.models import Approval, Approvals, Approver, Calendar, Deadline, Deadlines, Provision
from portal.requests.provisions.models import Requester as Whom
from portal.requests.states import State
from portal.requests.terms import ItemClass, Kind
from tests.requests.bureau import HOA, LAN, MONDAY, TUAN, Bureau, line

DAY = date(2026, 11, 16)


def deadlines(days: int) -> Deadlines:
    row = Deadline(kind=Kind.READING, item=ItemClass.OPEN, days=days, citation="thử")
    return Deadlines(rows=(row,), receipt_days=1, patience_days=10)


def add(bureau: Bureau, days: int, *, after: int, valid_from: date) -> None:
    bureau.provisions.add(
        Provision.DEADLINES, deadlines(days), after=after, valid_from=valid_from, author="hoa", now=MONDAY
    )


def test_of_each_kind_the_newest_version_that_is_valid_by_then_binds(bureau: Bureau) -> None:
    assert bureau.provisions.in_force(DAY).deadlines == DEFAULTS[Provision.DEADLINES]
    add(bureau, 3, after=0, valid_from=DAY)
    add(bureau, 5, after=1, valid_from=DAY + timedelta(days=10))
    add(bureau, 4, after=2, valid_from=DAY + timedelta(days=1))

    def binding(days: int) -> int:
        return bureau.provisions.in_force(DAY + timedelta(days=days)).deadlines.rows[0].days

    assert [binding(each) for each in (-1, 0, 1, 9, 10, 400)] == [1, 3, 4, 4, 4, 4]
    assert [each.number for each in bureau.provisions.versions(Provision.DEADLINES)] == [3, 2, 1, 0]
    assert bureau.provisions.in_force(DAY).calendar == DEFAULTS[Provision.CALENDAR], "other kinds are as they were"


def test_two_who_write_the_next_version_do_not_overwrite_each_other(bureau: Bureau) -> None:
    add(bureau, 3, after=0, valid_from=DAY)
    with pytest.raises(VersionTaken):
        add(bureau, 9, after=0, valid_from=DAY)
    [kept, _delivered] = bureau.provisions.versions(Provision.DEADLINES)
    assert (kept.content, kept.author, kept.at) == (deadlines(3), "hoa", MONDAY)


def test_a_case_is_counted_by_the_law_of_the_day_it_was_received(bureau: Bureau) -> None:
    add(bureau, 3, after=0, valid_from=DAY + timedelta(days=1))
    early, late = bureau.submitted(), bureau.submitted("b" * 32)
    bureau.handling.receive(early.id, by=LAN, turn=early.turn, now=MONDAY)
    bureau.handling.receive(late.id, by=LAN, turn=late.turn, now=MONDAY + timedelta(days=1))
    assert bureau.handling.case(early.id).due_on == date(2026, 11, 17)
    assert bureau.handling.case(late.id).due_on == date(2026, 11, 20)


def test_the_archives_own_holidays_count_for_cases(bureau: Bureau) -> None:
    closed = Calendar(off=(date(2026, 11, 17), date(2026, 11, 18)))
    bureau.provisions.add(Provision.CALENDAR, closed, after=0, valid_from=DAY, author="hoa", now=MONDAY)
    case = bureau.submitted()
    bureau.handling.receive(case.id, by=LAN, turn=case.turn, now=MONDAY)
    assert bureau.handling.case(case.id).due_on == date(2026, 11, 19)


def test_a_deadline_that_nobody_named_is_the_longest() -> None:
    delivered = DEFAULTS[Provision.DEADLINES]
    assert isinstance(delivered, Deadlines)
    assert delivered.days_for(Kind.READING, ItemClass.OPEN) == 1
    assert delivered.days_for(Kind.COPY, ItemClass.CLOSED) == 7


def case_of(kind: str | None, *items: tuple[ItemClass, Kind], state: State = State.PROPOSED, by: str = "") -> Case:
    lines = tuple(replace(line(item=item, kind=of), number=n) for n, (item, of) in enumerate(items, start=1))
    asked_by = Requester("a" * 32, kind, "An") if kind is not None else None
    return Case("c" * 32, "a" * 32, state, 1, Application(requester=asked_by), MONDAY, MONDAY, lines, proposed_by=by)


READ, COPY = Kind.READING, Kind.COPY
OPEN, CONDITIONAL, CLOSED = ItemClass.OPEN, ItemClass.CONDITIONAL, ItemClass.CLOSED


@pytest.mark.parametrize(
    ("kind", "items", "approver", "four_eyes"),
    [
        ("citizen", [(OPEN, READ)], Approver.ARCHIVIST, False),
        ("citizen", [(OPEN, READ), (OPEN, COPY)], Approver.HEAD, True),
        ("citizen", [(OPEN, READ), (CONDITIONAL, READ)], Approver.HEAD, True),
        ("citizen", [(CLOSED, READ)], Approver.HEAD, True),
        ("foreigner", [(OPEN, READ), (CONDITIONAL, COPY)], Approver.AUTHORITY, True),
        ("anyone", [(CONDITIONAL, READ)], Approver.AUTHORITY, True),
        ("spaceship", [(CONDITIONAL, READ)], Approver.AUTHORITY, True),
        (None, [(CONDITIONAL, READ)], Approver.AUTHORITY, True),
    ],
)
def test_the_strictest_row_over_all_records_binds_the_case(
    kind: str | None, items: list[tuple[ItemClass, Kind]], approver: Approver, four_eyes: bool
) -> None:
    delivered = DEFAULTS[Provision.APPROVALS]
    assert isinstance(delivered, Approvals)
    needed = approval_of(case_of(kind, *items), delivered)
    assert (needed.approver, needed.four_eyes) == (approver, four_eyes)


def row(item: ItemClass, approver: Approver, *, four_eyes: bool, kind: Kind | None = None) -> Approval:
    return Approval(item=item, kind=kind, approver=approver, four_eyes=four_eyes, citation="thử")


def test_four_eyes_of_one_record_are_not_lost_to_the_higher_approver_of_another() -> None:
    table = Approvals(
        rows=(row(OPEN, Approver.ARCHIVIST, four_eyes=True), row(CONDITIONAL, Approver.HEAD, four_eyes=False))
    )
    mixed = case_of("citizen", (OPEN, READ), (CONDITIONAL, READ), by=TUAN.id)
    needed = approval_of(mixed, table)
    assert (needed.approver, needed.four_eyes) == (Approver.HEAD, True)
    with pytest.raises(NotAllowed, match="own-proposal"):
        check_decides(mixed, needed, TUAN)
    check_decides(mixed, needed, HOA)


def test_of_two_rows_on_the_same_records_both_bind() -> None:
    table = Approvals(
        rows=(
            row(OPEN, Approver.ARCHIVIST, four_eyes=True),
            row(OPEN, Approver.HEAD, four_eyes=False, kind=COPY),
        )
    )
    needed = table.needed(OPEN, COPY, Whom.CITIZEN)
    assert (needed.approver, needed.four_eyes) == (Approver.HEAD, True)
