"""Conditions allow more exactly when somebody may do something on some day that the others refuse."""

from datetime import date, timedelta
from itertools import product

import pytest

from access_policy.conditions import AccessConditions, Ground
from access_policy.terms import AccessStatus, Audience, Known
from indexer.audit.differences import description_differences, text_side
from indexer.audit.finding import Side
from indexer.audit.openness import allows_more

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)
OPEN = Ground("public-mode", AccessStatus.OPEN, known=Known.DESCRIPTION)
CLOSED = Ground("restricted-list", AccessStatus.CLOSED)

CASES = {
    "a ground lost": ((OPEN,), (OPEN, CLOSED), True, False),
    "a page opened": ((OPEN,), (OPEN, Ground("restricted-list", AccessStatus.CLOSED, pages=(2, 3))), True, False),
    "fewer pages closed": (
        (OPEN, Ground("restricted-list", AccessStatus.CLOSED, pages=(2, 2))),
        (OPEN, Ground("restricted-list", AccessStatus.CLOSED, pages=(2, 3))),
        True,
        False,
    ),
    "opening a day earlier": (
        (OPEN, Ground("restricted-list", AccessStatus.CLOSED, until=TODAY + DAY)),
        (OPEN, Ground("restricted-list", AccessStatus.CLOSED, until=TODAY + 2 * DAY)),
        True,
        False,
    ),
    "differing only in days gone by": (
        (OPEN, Ground("restricted-list", AccessStatus.CLOSED, since=TODAY - 9 * DAY)),
        (OPEN, Ground("restricted-list", AccessStatus.CLOSED, since=TODAY - 5 * DAY)),
        False,
        False,
    ),
    "a wider circle": (
        (OPEN,),
        (Ground("public-mode", AccessStatus.OPEN, known=Known.DESCRIPTION, audience=Audience.READING_ROOM),),
        True,
        False,
    ),
    "requests taken": (
        (Ground("conditional-mode", AccessStatus.CONDITIONAL, known=Known.DESCRIPTION, requestable=True),),
        (Ground("conditional-mode", AccessStatus.CONDITIONAL, known=Known.DESCRIPTION),),
        True,
        False,
    ),
    "requests taken for what can be read": (
        (Ground("conditional-mode", AccessStatus.CONDITIONAL, known=Known.DESCRIPTION, requestable=True),),
        (OPEN,),
        False,
        True,
    ),
    "the same": ((OPEN, CLOSED), (CLOSED, OPEN), False, False),
    "nothing at all": ((), (OPEN,), False, True),
}


@pytest.mark.parametrize("case", CASES)
def test_more_and_less(case: str) -> None:
    one, other, more, less = CASES[case]
    held, true = AccessConditions(one), AccessConditions(other)
    assert allows_more(held, true, today=TODAY) is more
    assert allows_more(true, held, today=TODAY) is less


def test_nothing_allows_more_than_itself() -> None:
    for known, status, audience in product(Known, AccessStatus, Audience):
        conditions = AccessConditions((Ground("r", status, TODAY, TODAY + DAY, known, audience),))
        assert not allows_more(conditions, conditions, today=TODAY)


def test_a_text_says_more_when_it_has_a_word_of_its_own() -> None:
    assert text_side("CCCD 049204001234", "CCCD ••••••••••••") is Side.LEAK
    assert text_side("CCCD ••••••••••••", "CCCD 049204001234") is Side.LATE
    assert text_side("giao, đất", "đất giao") is Side.LATE


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"null", b"\xff"])
def test_a_description_that_cannot_be_read_is_a_leak(broken: bytes) -> None:
    assert list(description_differences(broken, b'{"id":"a"}', today=TODAY)) == [(Side.LEAK, "description")]
