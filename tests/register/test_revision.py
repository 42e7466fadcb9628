"""Revisions: one for each change, none for what nobody feels or what failed, and seen in order by everybody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest

from access_policy.permit import Permit
from access_policy.register.errors import RegisterError, UnknownPermit, UnknownRedaction, UnknownWithdrawal
from access_policy.register.store import Register, open_register
from access_policy.terms import Action
from tests.register.given import AN, BINH, NOW, SINCE, draft

BOX = (100, 200, 900, 300)
PERMIT = Permit("G-1", "r", frozenset({Action.READ}), date(2026, 1, 1), date(2027, 1, 1))

CHANGES: dict[str, Callable[[Register], object]] = {
    "activate": lambda register: register.activate("1/DM", effective_from=SINCE, author=BINH, now=NOW),
    "withdraw": lambda register: register.withdraw("r", reason="đơn", author=AN, now=NOW),
    "lift": lambda register: register.lift(1, reason="xong", author=AN, now=NOW),
    "redact": lambda register: register.redact("r", 1, BOX, reason="số", author=AN, now=NOW),
    "remove-redaction": lambda register: register.remove_redaction(1, author=AN, now=NOW),
    "grant": lambda register: register.grant(PERMIT, reader_id="d-1", author=AN, now=NOW),
    "revoke": lambda register: register.revoke("G-1", author=AN, now=NOW),
}

REFUSED: tuple[Callable[[Register], object], ...] = (
    lambda register: register.activate("1/DM", effective_from=SINCE, author=AN, now=NOW),
    lambda register: register.withdraw("r", reason=" ", author=AN, now=NOW),
    lambda register: register.withdraw("", reason="đơn", author=AN, now=NOW),
    lambda register: register.withdraw("r", reason="đơn", author="", now=NOW),
    lambda register: register.withdraw("r", pages=(3, 2), reason="đơn", author=AN, now=NOW),
    lambda register: register.redact("r", 0, BOX, reason="số", author=AN, now=NOW),
    lambda register: register.redact("r", 1, (0, 0, 1001, 1000), reason="số", author=AN, now=NOW),
    lambda register: register.redact("r", 1, (500, 0, 500, 1000), reason="số", author=AN, now=NOW),
    lambda register: register.redact("r", 1, (0, 9, 500, 8), reason="số", author=AN, now=NOW),
)


def test_each_change_takes_one_revision_and_stands_in_the_log(register: Register) -> None:
    draft(register)
    for expected, change in enumerate(CHANGES.values(), start=1):
        change(register)
        assert register.revision() == expected
    log = register.changes(100)
    assert [each.kind for each in reversed(log)] == list(CHANGES)
    assert [each.revision for each in log] == [7, 6, 5, 4, 3, 2, 1]
    assert {each.at for each in log} == {NOW}
    assert log[-1].author == BINH
    assert [each.revision for each in register.changes(2)] == [7, 6]


@pytest.mark.parametrize("change", REFUSED)
def test_what_is_refused_takes_none(register: Register, change: Callable[[Register], object]) -> None:
    draft(register)
    with pytest.raises(RegisterError):
        change(register)
    assert register.revision() == 0
    assert register.changes(9) == []


def test_taking_back_works_once(register: Register) -> None:
    for make, undo, error in (
        ("withdraw", "lift", UnknownWithdrawal),
        ("redact", "remove-redaction", UnknownRedaction),
        ("grant", "revoke", UnknownPermit),
    ):
        with pytest.raises(error):
            CHANGES[undo](register)
        CHANGES[make](register)
        CHANGES[undo](register)
        before = register.revision()
        with pytest.raises(error):
            CHANGES[undo](register)
        assert register.revision() == before


def test_the_log_cuts_what_is_too_long(register: Register) -> None:
    register.withdraw("x" * 120, pages=(1, 1_000_000), reason="đơn", author="n" * 120, now=NOW)
    assert len(register.changes(1)[0].what) <= 300


def test_nobody_sees_a_revision_before_a_smaller_one(register: Register, register_url: str) -> None:
    """Three write at once; in every state that a fourth sees there are as many withdrawals as revisions."""
    done = Event()

    def write(writer: int) -> None:
        own = open_register(register_url)
        for turn in range(15):
            own.withdraw(f"r{writer}.{turn}", reason="đơn", author=AN, now=NOW)
        own.close()

    def watch() -> list[int]:
        own, seen = open_register(register_url), []
        while not done.is_set() or not seen or seen[-1] < 45:
            overlay = own.overlay(0)
            assert len(overlay.withholdings) == overlay.revision
            seen.append(overlay.revision)
        own.close()
        return seen

    with ThreadPoolExecutor(4) as pool:
        watched = pool.submit(watch)
        for writer in [pool.submit(write, writer) for writer in range(3)]:
            writer.result(60)
        done.set()
        seen = watched.result(60)
    assert seen == sorted(seen)
    assert seen[-1] == register.revision() == 45
