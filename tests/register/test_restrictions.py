"""What is said against a record: by its own id, by whatever stands above it, in lists and withdrawals."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, insert

from access_policy.record import Withdrawal
from access_policy.register.store import Register
from access_policy.register.tables import list_entries
from tests.register.given import AN, NOW, active, entry, record


@pytest.mark.parametrize("target", ["r", "R", " r ", "R\t"])
def test_a_target_is_found_in_any_case_and_with_margins(register: Register, target: str) -> None:
    active(register, entries=[entry(target)])
    register.withdraw(target, reason="đơn", author=AN, now=NOW)
    restrictions = register.restrictions()
    assert len(restrictions.of(record())) == 2
    assert restrictions.unmatched() == []


def test_lines_and_withdrawals_of_everything_above_bind_the_record(register: Register) -> None:
    active(register, entries=[entry("h38.f"), entry("h38.f.1"), entry("h38.f.2")])
    register.withdraw("h38", reason="đơn", author=AN, now=NOW)
    restrictions = register.restrictions()
    found = restrictions.of(record("h38.f.1.7", "h38.f", "h38.f.1"))
    assert len(found) == 3
    assert [type(each) for each in found].count(Withdrawal) == 1


def test_pages_bind_only_the_record_that_is_named(register: Register) -> None:
    active(register, entries=[entry("f", first_page=2, last_page=3)])
    register.withdraw("f", pages=(5, 6), reason="đơn", author=AN, now=NOW)
    restrictions = register.restrictions()
    assert sorted(each.pages for each in restrictions.of(record("f")) if each.pages) == [(2, 3), (5, 6)]
    assert restrictions.of(record("f.1", "f")) == ()


def test_what_names_no_record_is_told(register: Register) -> None:
    active(register, entries=[entry("r"), entry("khac")])
    register.withdraw("nham", reason="đơn", author=AN, now=NOW)
    restrictions = register.restrictions()
    restrictions.of(record())
    assert restrictions.unmatched() == ["khac", "nham"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 21, 16, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 17, 0, tzinfo=UTC), date(2026, 11, 22)),
    ],
)
def test_a_withdrawal_counts_from_the_day_in_viet_nam(register: Register, moment: datetime, day: date) -> None:
    register.withdraw("r", reason="đơn của gia đình", author=AN, now=moment)
    assert register.restrictions().of(record()) == (Withdrawal(day, "đơn của gia đình"),)


def test_a_lifted_withdrawal_says_nothing_more(register: Register) -> None:
    first = register.withdraw("r", reason="đơn", author=AN, now=NOW)
    register.withdraw("r", reason="đơn khác", author=AN, now=NOW)
    register.lift(first, reason="xong", author=AN, now=NOW)
    assert [each.reason for each in register.restrictions().of(record())] == ["đơn khác"]


def test_everything_is_of_one_revision(register: Register) -> None:
    active(register)
    register.withdraw("r", reason="đơn", author=AN, now=NOW)
    assert register.restrictions().revision == register.revision() == 2


@pytest.mark.parametrize("pages", [(3, 2), (0, 4), (-1, None), (None, 4)])
def test_impossible_pages_that_stand_in_the_database_close_the_whole_record(
    register: Register, engine: Engine, pages: tuple[int | None, int | None]
) -> None:
    active(register, entries=[])
    line = {"list_number": "1/DM", "line": 1, "target_id": "r", "category": "", "reason": ""}
    with engine.begin() as connection:
        connection.execute(insert(list_entries).values(**line, first_page=pages[0], last_page=pages[1]))
    assert [found.pages for found in register.restrictions().of(record())] == [None]
