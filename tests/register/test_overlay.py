"""What an index of some revision does not know: every kind of closing, and nothing that opens."""

from datetime import date

from sqlalchemy import Engine, delete

from access_policy.overlay import Overlay, Withholding
from access_policy.register.store import Register
from access_policy.register.tables import withdrawals
from tests.register.given import AN, NOW, SINCE, active, entry

BOX = (0, 0, 500, 500)


def test_lines_of_a_list_that_was_activated_later(register: Register) -> None:
    lines = [
        entry("whole"),
        entry("pages", first_page=2, last_page=3),
        entry("opens", opens_on=date(2040, 1, 1)),
        entry("shown", existence_shown=True, description_shown=True),
    ]
    active(register, entries=lines)
    assert register.overlay(0) == Overlay(
        1,
        (
            Withholding("whole", SINCE),
            Withholding("pages", SINCE),
            Withholding("opens", SINCE, date(2040, 1, 1)),
            Withholding("shown", SINCE),
        ),
    )
    assert register.overlay(1) == Overlay(1, ())


def test_a_line_is_withheld_until_it_opens_or_its_list_ends_whichever_comes_first(register: Register) -> None:
    active(register, "1/DM", [entry("a", opens_on=date(2030, 1, 1)), entry("b", opens_on=date(2020, 1, 1)), entry("c")])
    active(register, "2/DM", [], since=date(2028, 1, 1), replaces="1/DM")
    ends = {each.target_id: each.until for each in register.overlay(0).withholdings}
    assert ends == {"a": date(2028, 1, 1), "b": date(2020, 1, 1), "c": date(2028, 1, 1)}


def test_withdrawals_and_redactions_close_at_once(register: Register) -> None:
    register.withdraw("a", reason="đơn", author=AN, now=NOW)
    register.withdraw("b", pages=(2, 2), reason="đơn", author=AN, now=NOW)
    register.redact("c", 3, BOX, reason="số định danh", author=AN, now=NOW)
    assert register.overlay(0) == Overlay(3, (Withholding("a"), Withholding("b"), Withholding("c")))
    assert register.overlay(1).withheld(date(1990, 1, 1)) == {"b", "c"}
    assert register.overlay(2).withheld(date(2990, 1, 1)) == {"c"}


def test_what_was_taken_back_is_not_withheld(register: Register) -> None:
    register.lift(register.withdraw("a", reason="đơn", author=AN, now=NOW), reason="xong", author=AN, now=NOW)
    register.remove_redaction(register.redact("b", 1, BOX, reason="x", author=AN, now=NOW), author=AN, now=NOW)
    assert register.overlay(0) == Overlay(4, ())


def test_a_target_named_twice_is_withheld_once(register: Register) -> None:
    register.withdraw("a", reason="đơn", author=AN, now=NOW)
    register.redact("a", 1, BOX, reason="x", author=AN, now=NOW)
    assert register.overlay(0).withholdings == (Withholding("a"),)


def test_an_index_newer_than_the_register_is_trusted_in_nothing(register: Register, engine: Engine) -> None:
    """A backup was put back: the next revisions mean something else than those the index has seen."""
    register.withdraw("a", reason="đơn", author=AN, now=NOW)
    with engine.begin() as connection:
        connection.execute(delete(withdrawals).where(withdrawals.c.target_id == "b"))
    assert register.overlay(7).withheld(date(2026, 1, 1)) == {"a"}
