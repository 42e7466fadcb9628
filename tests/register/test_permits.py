"""Permits and redactions come back as they were given, and nothing that was taken back does."""

from datetime import date

import pytest
from sqlalchemy import Engine, update

from access_policy.permit import Permit
from access_policy.register.errors import ImpossibleEntry, PermitExists
from access_policy.register.store import Register
from access_policy.register.tables import permits
from access_policy.terms import Action, Audience
from tests.register.given import AN, NOW

FROM, TO = date(2026, 1, 1), date(2026, 12, 31)
WHOLE = Permit("G-1", "r", frozenset({Action.READ, Action.PRINT}), FROM, TO)
PAGES = Permit("G-2", "s", frozenset({Action.READ}), FROM, TO, (3, 9))


def grant(register: Register, permit: Permit, reader: str = "d-1") -> int:
    return register.grant(permit, reader_id=reader, author=AN, now=NOW)


def test_permits_are_kept_by_reader(register: Register) -> None:
    grant(register, PAGES)
    grant(register, WHOLE)
    grant(register, Permit("G-3", "R ", frozenset({Action.READ}), FROM, TO), "d-2")
    assert register.permits_of("d-1") == (WHOLE, PAGES)
    assert [permit.record_id for permit in register.permits_of("d-2")] == ["r"]
    assert register.permits_of("d-3") == ()
    assert len(register.open_permits()) == 3


def test_a_revoked_permit_is_gone(register: Register) -> None:
    grant(register, WHOLE)
    grant(register, PAGES)
    register.revoke("G-1", author=AN, now=NOW)
    assert register.permits_of("d-1") == register.open_permits() == (PAGES,)


def test_a_code_is_used_once(register: Register) -> None:
    grant(register, WHOLE)
    register.revoke("G-1", author=AN, now=NOW)
    with pytest.raises(PermitExists):
        grant(register, WHOLE, "d-2")
    assert register.revision() == 2


@pytest.mark.parametrize(
    "bad",
    [
        Permit("", "r", frozenset({Action.READ}), FROM, TO),
        Permit("G-1", " ", frozenset({Action.READ}), FROM, TO),
        Permit("G-1", "r", frozenset(), FROM, TO),
        Permit("G-1", "r", frozenset({Action.READ}), TO, FROM),
        Permit("G-1", "r", frozenset({Action.READ}), FROM, TO, (9, 3)),
    ],
)
def test_a_permit_that_allows_nothing_is_refused(register: Register, bad: Permit) -> None:
    with pytest.raises(ImpossibleEntry):
        grant(register, bad)
    assert register.open_permits() == ()


@pytest.mark.parametrize("pages", [(0, 4), (9, 3), (None, 4)])
def test_rows_that_make_no_sense_open_nothing(
    register: Register, engine: Engine, pages: tuple[int | None, int | None]
) -> None:
    grant(register, WHOLE)
    with engine.begin() as connection:
        connection.execute(update(permits).values(actions="read,fly", first_page=pages[0], last_page=pages[1]))
    (permit,) = register.permits_of("d-1")
    assert permit.actions == {Action.READ}
    for page in (None, 0, 1, 4, 9):
        today = date(2026, 6, 1)
        audiences = frozenset({Audience.EVERYONE})
        covered = permit.covers(Action.READ, record_id="r", page=page, audiences=audiences, today=today)
        assert not covered or page == 0


def test_boxes_are_kept_by_page(register: Register) -> None:
    boxes = ((0, 0, 1000, 1000), (100, 200, 101, 201))
    for box in boxes:
        register.redact(" R", 3, box, reason="số định danh", author=AN, now=NOW)
    removed = register.redact("r", 3, (5, 5, 6, 6), reason="nhầm", author=AN, now=NOW)
    register.redact("s", 1, boxes[0], reason="số định danh", author=AN, now=NOW)
    register.remove_redaction(removed, author=AN, now=NOW)
    assert register.redactions() == {("r", 3): boxes, ("s", 1): boxes[:1]}
    kept = register.all_redactions()
    assert [(each.id, each.removed_by) for each in kept] == [(1, None), (2, None), (3, AN), (4, None)]


def test_withdrawals_are_kept_with_all_that_happened_to_them(register: Register) -> None:
    number = register.withdraw("R", pages=(2, 3), reason=" đơn  của\ngia đình ", author=AN, now=NOW)
    register.lift(number, reason="xong", author="Lê Thị Bình", now=NOW)
    (kept,) = register.withdrawals()
    assert (kept.id, kept.target_id, kept.pages, kept.reason) == (number, "r", (2, 3), "đơn của gia đình")
    assert (kept.author, kept.withdrawn_at) == (AN, NOW)
    assert (kept.lifted_by, kept.lifted_at, kept.lift_reason) == ("Lê Thị Bình", NOW, "xong")
