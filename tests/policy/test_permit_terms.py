"""The terms of a permit: where it is good, what it obliges to, and that nobody needs one for what everybody may read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from access_policy.conditions import AccessConditions
from access_policy.decide import Decision, decide
from access_policy.permit import Permit
from access_policy.reader import ANONYMOUS, Reader
from access_policy.register.errors import ImpossibleEntry
from access_policy.terms import Action, Audience
from tests.empty import empty_register
from tests.policy.cases import CONDITIONS, OPEN, TODAY

PERMIT = Permit("GP-1", "r", frozenset({Action.READ}), TODAY, TODAY, pages=(2, 3), pages_per_day=5)
HERE = ANONYMOUS.audiences | {Audience.READING_ROOM}
CLOSED = [
    each
    for each in CONDITIONS
    if not decide(Action.READ, each, record_id="r", reader=Reader(HERE), today=TODAY, page=2).allowed
    and decide(Action.READ, each, record_id="r", reader=Reader(HERE, (PERMIT,)), today=TODAY, page=2).allowed
]
"""Conditions under which the page is read by a permit or not at all."""


def asked(permits: tuple[Permit, ...], conditions: AccessConditions, *, here: bool = False, page: int = 2) -> Decision:
    reader = Reader(HERE if here else ANONYMOUS.audiences, permits)
    return decide(Action.READ, conditions, record_id="r", reader=reader, today=TODAY, page=page)


@pytest.fixture(params=CLOSED[:12])
def closed(request: pytest.FixtureRequest) -> AccessConditions:
    conditions: AccessConditions = request.param
    return conditions


def test_there_are_closed_conditions_to_try() -> None:
    assert CLOSED


def test_pages_per_day_and_the_strong_mark_are_carried_as_obligations(closed: AccessConditions) -> None:
    told = asked((replace(PERMIT, strong_watermark=True),), closed).obligations
    assert told is not None
    assert (told.watermark, told.permit, told.pages_per_day, told.strong_watermark) == (True, "GP-1", 5, True)
    assert not asked((PERMIT,), closed, page=4).allowed


def test_in_the_reading_room_only_means_only_there(closed: AccessConditions) -> None:
    only = (replace(PERMIT, reading_room_only=True),)
    assert not asked(only, closed).allowed
    assert asked(only, closed, here=True).allowed


def test_of_several_permits_the_one_that_obliges_to_least_counts(closed: AccessConditions) -> None:
    few, many, all_of_it = (
        replace(PERMIT, code=str(most), pages_per_day=most, strong_watermark=strong)
        for most, strong in ((5, False), (50, False), (None, True))
    )
    for permits, code in (((few, many), "50"), ((many, few), "50"), ((few, all_of_it, many), "None")):
        told = asked(permits, closed).obligations
        assert told is not None
        assert told.permit == code


def test_what_everybody_may_read_is_read_without_a_permit() -> None:
    for permits in ((), (PERMIT,)):
        told = asked(permits, AccessConditions((OPEN,))).obligations
        assert told is not None
        assert (told.permit, told.pages_per_day, told.strong_watermark) == (None, None, False)
    assert asked((PERMIT,), AccessConditions((OPEN,)), page=4).allowed


def test_the_register_keeps_the_terms(tmp_path: Path) -> None:
    register = empty_register(tmp_path / "register.db")
    now = datetime(2026, 11, 21, 3, tzinfo=UTC)
    given = replace(PERMIT, reading_room_only=True, strong_watermark=True, ends_on=TODAY + timedelta(days=3))
    register.grant(given, reader_id="reader-1", author="An", now=now)
    register.grant(replace(PERMIT, code="GP-2", pages_per_day=None), reader_id="reader-1", author="An", now=now)
    assert register.permits_of("reader-1") == (given, replace(PERMIT, code="GP-2", pages_per_day=None))
    with pytest.raises(ImpossibleEntry):
        register.grant(replace(PERMIT, code="GP-3", pages_per_day=0), reader_id="reader-1", author="An", now=now)
    register.revoke("GP-1", author="An", now=now)
    assert [permit.code for permit in register.permits_of("reader-1")] == ["GP-2"]
    register.close()
